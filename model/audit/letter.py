"""审核意见: what was found in the forms of a unit as a letter to it, from a pattern that is data."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.audit.audited import STATE_NAMES, FormAudit
from model.report.prose import Heading, Paragraph, Part, Report, Signature

NAME = "审核意见"


class Pattern(NamedTuple):
    """The sentences of a letter; names in braces are put in. `states` are the findings that are told."""

    title: tuple[str, ...]
    greeting: str
    found: str
    sound: str
    form: str
    source: str
    totals: str
    remark: str
    sound_form: str
    closing: str
    states: tuple[str, ...]
    unit: str
    date: str


def letter(unit: str, forms: Sequence[FormAudit], pattern: Pattern, today: str) -> Report:
    """Return the letter to a unit about its forms, in the order given; `today` as it is printed."""
    names = _names(unit, forms, today)
    is_sound = not any(form.count(state) for form in forms for state in pattern.states)
    parts: list[Part] = [Paragraph(pattern.greeting.format(**names))]
    parts.append(Paragraph((pattern.sound if is_sound else pattern.found).format(**names)))
    if not is_sound:
        for number, form in enumerate(forms, start=1):
            parts += _form(number, form, pattern)
        parts.append(Paragraph(pattern.closing.format(**names)))
    parts.append(Signature(pattern.unit.format(**names), pattern.date.format(**names)))
    title = tuple(line.format(**names) for line in pattern.title)
    return Report(NAME, title, tuple(part for part in parts if not _is_blank(part)))


def _is_blank(part: Part) -> bool:
    return isinstance(part, Paragraph) and not part.text.strip()


def _names(unit: str, forms: Sequence[FormAudit], today: str) -> dict[str, str]:
    years = sorted({form.year for form in forms if form.year})
    counts = {state: sum(form.count(state) for form in forms) for state in STATE_NAMES}
    return {
        "unit": unit,
        "year": years[-1] if years else "",
        "forms": str(len(forms)),
        "errors": str(counts["error"]),
        "warnings": str(counts["warning"]),
        "gaps": str(counts["gap"]),
        "today": today,
    }


def _form(number: int, form: FormAudit, pattern: Pattern) -> Iterator[Part]:
    project = f"（{form.project}）" if form.project else ""
    yield Heading(2, f"（{_numeral(number)}）" + pattern.form.format(name=form.name, project=project))
    sheet = f" › {form.sheet}" if form.sheet else ""
    yield Paragraph(pattern.source.format(file=form.file + sheet))
    if form.printed and form.computed and form.printed != form.computed:
        yield Paragraph(pattern.totals.format(printed=form.printed, computed=form.computed))
    listed = [remark for state in pattern.states for remark in form.remarks if remark.state == state]
    for n, remark in enumerate(listed, start=1):
        yield Paragraph(
            pattern.remark.format(
                n=n,
                state=STATE_NAMES[remark.state],
                where=remark.where,
                place=f"（{remark.place}）" if remark.place else "",
                message=remark.message,
            )
        )
    if not listed:
        yield Paragraph(pattern.sound_form)


_DIGITS = "零一二三四五六七八九"


def _numeral(number: int) -> str:
    """Return a number as headings count: 一, 十二, 二十; from a hundred on in digits."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ((_DIGITS[tens] if tens > 1 else "") + "十" if tens else "") + (_DIGITS[ones] if ones else "")
