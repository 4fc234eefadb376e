"""Goals of a list of indicators: the rows of one project as a form with nothing but what is to be reached."""

from collections.abc import Iterator
from typing import Any

from model.document.answers import Answers
from model.exchange.form_writer import SCHEMA
from model.forms.loader import Library
from model.recognition.amounts import AmountMatch, match_amounts
from model.recognition.anatomy import Taken
from model.recognition.found import Found, settle
from model.recognition.incoming import Mark
from model.recognition.indicators import LEVELS
from model.recognition.lists import Listed, Listing
from model.recognition.targets import joined_target
from model.recognition.texts import level_points, on_one_line

_KEPT = ("level1", "level1_weight", "level2", "name", "target", "weight", "nature", "unit")


def match_projects(listing: Listing, answers: Answers, library: Library) -> list[AmountMatch]:
    """Return for each project of a list the form it belongs to, as for amounts; the texts are none."""
    firsts = {row.project.text: row for row in reversed(listing.rows)}
    rows = tuple(firsts[name]._replace(texts={}) for name in listing.projects)
    return match_amounts(listing._replace(rows=rows), answers, library)


def goals_of(listing: Listing, match: AmountMatch, answers: Answers, library: Library) -> Found:
    """Return what a list says of one project as a form of the kind that it goes to."""
    form = answers.forms[match.form]
    caption = library.form(form.definition).fields["project_name"].caption
    rows = [row for row in listing.rows if row.project.text == match.row.project.text]
    settled = settle(
        {
            "schema": SCHEMA,
            "form": form.definition,
            "title": "",
            "unit": form.text("unit") or answers.unit,
            "year": int(answers.year),
            "fields": {caption: form.text("project_name")},
            "funds": [],
            "goals": [],
            "indicators": list(_indicators(rows)),
        }
    )
    places = {path: cell.place for path, cell in settled.cells.items()}
    return Found(settled.data, places, settled.marks, cells=settled.cells, sheet=listing.sheet)


def _indicators(rows: list[Listed]) -> Iterator[dict[str, Any]]:
    """The rows of one project that name an indicator; levels go on from above."""
    above: dict[str, Taken] = {}
    for row in rows:
        texts = {key: text for key, text in row.texts.items() if text.text}
        if "level1" in texts and texts["level1"].text != above.get("level1", texts["level1"]).text:
            above.pop("level2", None)
        for key in LEVELS:
            if key in texts:
                above[key] = texts[key]
            elif key in above:
                texts[key] = above[key].marked(Mark.FILLED_DOWN)
        if "name" in texts:
            yield _indicator(texts)


def _indicator(texts: dict[str, Taken]) -> dict[str, Any]:
    joined_target(texts)
    found: dict[str, Any] = {key: texts[key] for key in _KEPT if key in texts}
    if level1 := texts.get("level1"):
        name, points = level_points(on_one_line(level1.text))
        found["level1"] = level1._replace(text=name)
        if points:
            found["level1_weight"] = level1.shortened(points, Mark.SPLIT)
    return found
