"""Content controls of a .docx: what is typed goes into the control of a cell, which stays."""

from collections.abc import Iterator
from typing import NamedTuple

from intake.filling.spans import Span, spliced

_NOT_OF_TEXT = ("checkbox", "picture", "docPartObj", "docPartList", "group", "citation", "equation")
_LOCKED = ("contentLocked", "sdtContentLocked")
_BESIDE = ("tcPr", "pPr")
_OVER = ("showingPlcHdr", "dataBinding")  # a hint is shown; what else holds the text would be put over it


class Control(NamedTuple):
    """The control of a cell: around paragraphs, or around the text of one; what it takes.

    `choices` are those of a list that takes nothing else, () of another; `is_hint`: a hint stands in it.
    """

    span: Span
    inside: Span
    is_inline: bool
    is_hint: bool
    is_locked: bool
    choices: tuple[str, ...]

    def takes(self, text: str) -> bool:
        """Whether a text may be put in: a list takes what it offers."""
        return not self.choices or text in self.choices

    def look(self, content: bytes) -> bytes:
        """The run properties for what is typed over a hint."""
        found = self.span.child("sdtPr", "rPr")
        return content[found.start : found.end] if found else b""

    def written(self, content: bytes, cell: Span, new: bytes) -> bytes:
        """The inside of the cell with other runs, or paragraphs, in the control."""
        properties = self.span.child("sdtPr")
        over = [one for one in properties.children if one.name in _OVER] if properties else []
        changes = {(one.start, one.end): b"" for one in over} | {(self.inside.inner, self.inside.last): new}
        moved = {(start - cell.inner, end - cell.inner): text for (start, end), text in changes.items()}
        return spliced(content[cell.inner : cell.last], moved)


def control_of(cell: Span) -> Control | None:
    """Return the control that alone has the text of a cell; None for any other cell."""
    blocks = [one for one in cell.children if one.name not in _BESIDE]
    if (found := _only(blocks)) is not None:
        return _control(found, is_inline=False)
    if len(blocks) == 1 and blocks[0].name == "p":
        found = _only([one for one in blocks[0].children if one.name not in _BESIDE])
        return _control(found, is_inline=True) if found is not None else None
    return None


def _only(parts: list[Span]) -> Span | None:
    controls = [one for one in parts if one.name == "sdt"]
    is_alone = len(controls) == 1 and not any(_has_run(one) for one in parts if one is not controls[0])
    return controls[0] if is_alone else None


def _has_run(span: Span) -> bool:
    is_run = span.name == "r" and any(one.name != "rPr" for one in span.children)
    return is_run or any(map(_has_run, span.children))


def _control(span: Span, is_inline: bool) -> Control | None:
    inside, properties = span.child("sdtContent"), span.child("sdtPr")
    if inside is None or inside.is_empty_tag or any(one.name in ("sdt", "tbl") for one in _below(inside)):
        return None
    marks = {one.name: one for one in properties.children} if properties else {}
    if any(name in marks for name in _NOT_OF_TEXT):
        return None
    offers = marks["dropDownList"].all("listItem") if "dropDownList" in marks else []
    choices = tuple(one.get("displayText") or one.get("value") or "" for one in offers)
    lock = (marks["lock"].get("val") or "") if "lock" in marks else ""
    return Control(span, inside, is_inline, "showingPlcHdr" in marks, lock in _LOCKED, choices)


def _below(span: Span) -> Iterator[Span]:
    for one in span.children:
        yield one
        yield from _below(one)
