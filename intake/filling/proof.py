"""Reads a filled file again and says where it is not as planned, or where anything else has changed."""

from collections.abc import Iterator, Sequence
from zipfile import ZipInfo

from intake.guard import name_of, open_zip
from intake.reading import read_bytes
from model.recognition.area import AFTER, BEFORE
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet

_HEAD = 30


def untouched(before: bytes, after: bytes) -> frozenset[str]:
    """Return the parts whose compressed bytes are the same in both packages."""
    old = {name_of(part): _raw(before, part) for part in open_zip(before).infolist()}
    new = {name_of(part): _raw(after, part) for part in open_zip(after).infolist()}
    return frozenset(name for name, raw in old.items() if new.get(name) == raw)


def _raw(data: bytes, part: ZipInfo) -> bytes:
    at = part.header_offset
    start = at + _HEAD + int.from_bytes(data[at + 26 : at + 28], "little")
    start += int.from_bytes(data[at + 28 : at + 30], "little")
    return data[start : start + part.compress_size]


def deviations(name: str, before: bytes, after: bytes, edits: Sequence[Edit]) -> Iterator[str]:
    """Yield what is wrong in the filled file, read again by our own reader."""
    old, new = read_bytes(name, before), read_bytes(name, after)
    if new.refused:
        yield new.refused
        return
    wanted = {edit.place: edit for edit in edits}
    texts = {cell.place: cell for sheet in new.sheets for cell in (*sheet.cells, *_lines(sheet))}
    was = {cell.place: cell for sheet in old.sheets for cell in (*sheet.cells, *_lines(sheet))}
    for place in texts.keys() | was.keys() | wanted.keys():
        found = texts[place].text if place in texts else ""
        edit = wanted.get(place)
        if edit is None:
            is_formula = place in was and bool(was[place].marks & {Mark.FORMULA, Mark.NO_VALUE})
            if found != (was[place].text if place in was else "") and not is_formula:
                yield f"{place.part}!{place.row},{place.column}：没有要改的格子变了。"
        elif not _as_wanted(edit, found, texts[place].exact if place in texts else ""):
            yield f"{place.part}!{place.row},{place.column}：写的是“{edit.text}”，读回来是“{found}”。"


def _lines(sheet: SeenSheet) -> Iterator[SeenCell]:
    """The lines around a table, as cells."""
    for lines, where in ((sheet.before, BEFORE), (sheet.after, AFTER)):
        for n, text in enumerate(lines, start=1):
            yield SeenCell(text.strip(), "", 1, 1, Place(f"{sheet.name} {where}", n, 0, sheet.kind))


def _as_wanted(edit: Edit, text: str, exact: str) -> bool:
    if edit.kind == "clear":
        return not text
    return text.strip() == edit.text.strip() or (
        bool(edit.number) and edit.number in (text, exact, _plain(text))
    )


def _plain(text: str) -> str:
    return text.replace(",", "").rstrip("0").rstrip(".") if "." in text else text.replace(",", "")
