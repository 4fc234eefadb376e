"""Sheets of texts become forms: the way through recognition from one end to the other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from model.forms.definition import FormDefinition
from model.recognition.anatomy import Anatomy
from model.recognition.area import Area, areas
from model.recognition.assemble import Assembly
from model.recognition.beside import parted
from model.recognition.blank import is_blank
from model.recognition.captions import Vocabulary
from model.recognition.evidence import Evidence
from model.recognition.found import Found, Left, scalars, settle
from model.recognition.headings import find_headings
from model.recognition.identify import identify, is_form_of
from model.recognition.incoming import SeenSheet
from model.recognition.layouts import Layout, fits, placed_pairs, words_for, words_of
from model.recognition.lists import Listing, find_lists, is_list
from model.recognition.loader import evidence, vocabulary
from model.recognition.reader import read_segment
from model.recognition.segments import Segment, find_segments

LEARNED = "own-"  # what the ids of forms begin with that were made of bureaus' blanks


class Recogniser:
    """Finds forms on sheets by the captions and definitions that it was given."""

    def __init__(
        self,
        definitions: Mapping[str, FormDefinition],
        words: Vocabulary | None = None,
        signs: Mapping[str, Evidence] | None = None,
        layouts: Sequence[Layout] = (),
        keeps_empty: bool = False,
    ) -> None:
        self.definitions = definitions
        self.layouts = layouts
        self.keeps_empty = keeps_empty
        self.words = words or vocabulary()
        self.signs = evidence() if signs is None else signs

    def forms(self, sheets: Sequence[SeenSheet]) -> Iterator[Found]:
        """Yield the forms of a file in order; none where there is none."""
        for area in areas(sheets):
            yield from self.forms_on(area)

    def forms_on(self, area: Area) -> list[Found]:
        """The forms on an area; a layout that was explained counts where our own captions say less."""
        parts = parted(area, self.words)
        if len(parts) > 1:
            return [form for part in parts for form in self.forms_on(part)]
        found = [self.found(form) for form in self.anatomies(area)]
        for definition in self._with_words_of_their_own:
            mine = Recogniser(self.definitions, words_for(definition, self.words), self.signs)
            own = [mine.found(form) for form in mine.anatomies(area)]
            found = own if any(form.layout == definition.id for form in own) else found
        if found and all(form.data["form"] and not form.kept for form in found):
            return found
        for layout in self.layouts:
            if fits(layout, area):
                explained = Recogniser(self.definitions, words_of(layout, self.words), self.signs)
                remembered = [explained.found(form, layout) for form in explained.anatomies(area)]
                found = max(found, remembered, key=_placed)
        return found

    @cached_property
    def _with_words_of_their_own(self) -> tuple[FormDefinition, ...]:
        """The forms of bureaus' blanks that call a column by a word which means nothing or another one."""
        learned = (self.definitions[key] for key in self.definitions if key.startswith(LEARNED))
        return tuple(form for form in learned if words_for(form, self.words) is not self.words)

    def as_form(self, sheets: Sequence[SeenSheet], definition: FormDefinition) -> list[Found]:
        """Return the forms of a file as forms of a definition, whatever else they may be; empty rows too."""
        words = words_for(definition, self.words)
        mine = Recogniser({definition.id: definition}, words, self.signs, keeps_empty=True)
        forms = (form for area in areas(sheets) for form in mine.anatomies(area))
        return [mine.found(form, definition=definition) for form in forms]

    def anatomies(self, area: Area) -> Iterator[Anatomy]:
        """Yield the parts of each form on an area."""
        headings = {
            row: heading
            for row, heading in find_headings(area, self.words).items()
            if heading.kind != "indicators" or not is_list(area, heading, self.words)
        }
        for segment in find_segments(area, headings, self.words):
            if self._is_other(area, segment):
                continue
            yield read_segment(area, segment, headings, self.words, self.keeps_empty)

    def _is_other(self, area: Area, segment: Segment) -> bool:
        """Whether the title says that this is no form but what is printed beside one (得分说明)."""
        rows = (area.filled(row) for row in range(segment.first, segment.last + 1))
        first = next((cells for cells in rows if cells), [])
        return len(first) == 1 and self.words.knows(first[0].text, "others")

    def lists_on(self, area: Area) -> Iterator[Listing]:
        """Yield the lists of projects on an area."""
        return find_lists(area, self.words)

    def found(
        self, form: Anatomy, layout: Layout | None = None, definition: FormDefinition | None = None
    ) -> Found:
        """Return a form whose parts were read, in the words of the definition or layout that it fits, or of
        one that is said."""
        known = identify(form, self.definitions, self.signs, self.words)
        if definition is not None:
            layout_id = definition.id if is_form_of(form, definition) else ""
            known = known._replace(form=definition.id, layout=layout_id)
        if layout is not None:
            known = known._replace(form=layout.form or known.form, layout=layout.name)
            form.unit = layout.money_unit
            placed = placed_pairs(layout, form)
            cells = [pair.value.cell for pair in placed]
            form.pairs = [pair for pair in form.pairs if pair.value.cell not in cells] + placed
        assembly = Assembly(form, self.definitions.get(known.form), self.words)
        settled = settle(assembly.tree())
        kept = (settled.cells[path] for path in assembly.kept if path in settled.cells)
        left = dict.fromkeys(Left(cell.place, cell.text.strip()) for cell in (*form.left(), *kept))
        return Found(
            data=settled.data,
            places={path: cell.place for path, cell in settled.cells.items()},
            marks=settled.marks,
            left=tuple(left),
            layout=known.layout,
            candidates=known.candidates,
            kept=tuple(assembly.kept),
            is_blank=is_blank(form),
            sheet=form.area.name,
            hidden=form.area.hidden,
            cells=settled.cells,
            inline=assembly.inline,
            units=assembly.units,
            options=assembly.options,
            unsaid=assembly.unsaid,
            money_unit=assembly.wanted,
        )


def _placed(found: list[Found]) -> tuple[bool, int]:
    """How much was placed in forms of a known kind."""
    values = sum(1 for form in found for _, value in scalars(form.data) if value != "")
    return all(form.data["form"] for form in found), values - sum(len(form.kept) for form in found)
