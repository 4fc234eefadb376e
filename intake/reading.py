"""From the bytes of a file to what was read of it; the parsers run where this is called, which is a child."""

import re

from intake import refusals
from intake.guard import guard
from intake.kinds import ReaderKind, Sort, decoded, sort_of
from intake.package import Package
from intake.readers.sheets import SeenBook
from model.basics.errors import UserError
from model.recognition.incoming import FileKind, Incoming


def sort(name: str, data: bytes) -> Sort | Incoming:
    """Return what a file is, or that it is refused; nothing of it is parsed."""
    kind: FileKind = "unknown"
    try:
        found = sort_of(data, name)
        kind = found.kind
        guard(data)
    except UserError as error:
        return Incoming(name, kind, refused=str(error))
    return found


def read_bytes(name: str, data: bytes) -> Incoming:
    """Return what stands in a file, here and now; a file of our own kinds comes back without sheets."""
    found = sort(name, data)
    return found if isinstance(found, Incoming) else parse(name, found, data)


def parse(name: str, found: Sort, data: bytes) -> Incoming:
    """Return what stands in a file of a known kind, or the sentence that says why it is not read."""
    if found.reader == "none":
        return Incoming(name, found.kind, notes=found.notes)
    try:
        book = _read(found.reader, data)
    except UserError as error:
        return Incoming(name, found.kind, refused=str(error), notes=found.notes)
    except RecursionError:
        return Incoming(name, found.kind, refused=str(refusals.TOO_DEEP()), notes=found.notes)
    except MemoryError:
        return Incoming(name, found.kind, refused=str(refusals.UNPACKED()), notes=found.notes)
    lies = _is_lying(found.reader, data)
    return Incoming(name, found.kind, book.sheets, notes=found.notes + book.notes, is_lying=lies)


_ON_ITS_SIDE = {
    "xlsx": re.compile(rb'<(?:\w+:)?pageSetup\b[^>]*\borientation="landscape"'),
    "docx": re.compile(rb'<w:pgSz\b[^>]*\bw:orient="landscape"'),
}


def _is_lying(reader: ReaderKind, data: bytes) -> bool:
    """Whether the first sheet or section of a file lies on its side."""
    pattern = _ON_ITS_SIDE.get(reader)
    if pattern is None:
        return False
    package = Package(data)
    names = sorted(name for name in package.names if name.startswith("xl/worksheets/sheet"))
    part = package.main_part("word/document.xml") if reader == "docx" else next(iter(names), "")
    return part in package and pattern.search(package.bytes_of(part)) is not None


def _read(reader: ReaderKind, data: bytes) -> SeenBook:
    """Call the reader of a kind; each brings libraries of its own, loaded when first wanted."""
    match reader:
        case "xlsx":
            from intake.readers.xlsx import read_xlsx

            return read_xlsx(data)
        case "xls":
            from intake.readers.xls import read_xls

            return read_xls(data)
        case "docx":
            from intake.readers.docx import read_docx

            return read_docx(data)
        case "word97":
            from intake.readers.word97 import read_word97

            return read_word97(data)
        case "pdf":
            from intake.readers.pdf import read_pdf

            return read_pdf(data)
        case "html":
            return _read_html(data)
    raise refusals.UNKNOWN()


def _read_html(data: bytes) -> SeenBook:
    """The tables of a web page, which many systems save under a name of Excel."""
    from model.recognition.clipboard import sheets_of_html

    sheets = sheets_of_html(decoded(data) or "", "网页表格")
    if not sheets:
        raise refusals.WEB_PAGE()
    return SeenBook(sheets, ())
