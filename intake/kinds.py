"""What a file is, by its content and never by its name; what is not read is refused by what it is."""

import re
from pathlib import PurePath
from typing import Literal, NamedTuple, get_args

from intake import refusals
from intake.guard import names_of
from intake.ole import MAGIC, Compound
from model.recognition.incoming import FileKind

ReaderKind = Literal["xlsx", "xls", "docx", "word97", "pdf", "html", "none"]


class Sort(NamedTuple):
    """What a file is called, who reads it ("none": our own file, read by the model), what to say about it."""

    kind: FileKind
    reader: ReaderKind
    notes: tuple[str, ...] = ()


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_WORD = ("docx", "docm", "doc", "wps")
_BOOKS, _TEXTS = ("xls", "et"), ("doc", "wps")
_BARE_BOOKS = (b"\x09\x08\x10\0", b"\x09\x08\x08\0")  # records of a workbook without a container
_ZIP_MARK = b"PK"
_HTML = re.compile(rb"<\s*(?:!doctype html|html|head|meta|body|table|style|div|script)\b", re.IGNORECASE)


def sort_of(data: bytes, name: str) -> Sort:
    """Return what some bytes are; raise UserError for what is not read. The name only tells .xls from .et."""
    if not data.strip(b"\0 \r\n\t"):
        raise refusals.EMPTY()
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if data.startswith(_ZIP_MARK):
        found = _of_zip(data)
    elif data[:8] == MAGIC or MAGIC.startswith(data[:8]):
        found = _of_compound(data, suffix)
    elif data[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        found = Sort("pdf", "pdf")
    elif data[:4] in _BARE_BOOKS:
        found = Sort("et" if suffix == "et" else "xls", "xls")
    elif data.startswith(b"SQLite format 3\0"):
        found = Sort("zpb", "none")
    else:
        found = _of_text(data)
    return found._replace(notes=_notes(found, suffix))


def _notes(found: Sort, suffix: str) -> tuple[str, ...]:
    """What is to be said where the name promises another kind."""
    called = {"xlsx": " Excel 表格", "docx": " Word 文档", "pdf": " PDF 文件", "html": "网页表格"}
    called |= dict.fromkeys(_BOOKS, " Excel 97 表格") | dict.fromkeys(_TEXTS, " Word 97 文档")
    same = {found.kind, {"xlsm": "xlsx", "xltx": "xlsx", "htm": "html"}.get(suffix, suffix)}
    if suffix not in get_args(FileKind) or len(same) == 1 or found.kind not in called:
        return found.notes
    return (*found.notes, f"文件名是 .{suffix}，内容是{called[found.kind]}。")


def _of_zip(data: bytes) -> Sort:
    names = names_of(data)
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if "xl" in folders:
        if "xl/workbook.bin" in names:
            raise refusals.BINARY_BOOK()
        macros = any(name.endswith("vbaproject.bin") for name in names)
        return Sort("xlsx", "xlsx", ("文件含宏，已忽略。",) if macros else ())
    if "word" in folders:
        macros = any(name.endswith("vbaproject.bin") for name in names)
        return Sort("docx", "docx", ("文件含宏，已忽略。",) if macros else ())
    if "ppt" in folders:
        raise refusals.SLIDES()
    if {"content.xml", "mimetype"} <= names:
        raise refusals.OPEN_BOOK() if b"opendocument.spreadsheet" in data[:200] else refusals.OPEN_TEXT()
    raise refusals.NOT_OFFICE()


def _of_compound(data: bytes, suffix: str) -> Sort:
    names = Compound(data).names
    if "encryptedpackage" in names:
        raise (refusals.PASSWORD_TEXT if suffix in _WORD else refusals.PASSWORD)()
    macros = ("文件含宏，已忽略。",) if names & {"macros", "_vba_project_cur"} else ()
    if names & {"workbook", "book"}:
        return Sort("et" if suffix == "et" else "xls", "xls", macros)
    if "worddocument" in names:
        return Sort("wps" if suffix == "wps" else "doc", "word97", macros)
    raise refusals.SLIDES() if "powerpoint document" in names else refusals.UNKNOWN()


def _of_text(data: bytes) -> Sort:
    for mark in _PICTURES:
        if data.startswith(mark):
            raise refusals.PICTURE()
    if data.startswith(b"{\\rtf"):
        raise refusals.RTF()
    text = decoded(data)
    if text is None:
        raise refusals.UNKNOWN()
    start = text.lstrip("\ufeff \r\n\t")
    if start[:1] in ("{", "["):
        return Sort("json", "none")
    if start.startswith("<"):
        return _of_markup(start)
    raise (refusals.WEB_PAGE if start[:12].lower() == "mime-version" else refusals.PLAIN_TEXT)()


def _of_markup(text: str) -> Sort:
    head = text[:4096]
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head.lower():
        raise refusals.XML_2003()
    if "schemas.microsoft.com/office/word/2003/wordml" in head or "pkg:package" in head:
        raise refusals.XML_TEXT()
    if _HTML.search(head.encode()):
        if "<table" not in text.lower():
            raise refusals.WEB_PAGE()
        return Sort("html", "html")
    raise refusals.UNKNOWN()


_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_ENCODINGS = ("utf-8", "gb18030")


def decoded(data: bytes) -> str | None:
    """Return a file of text as text, by its mark of order, its charset, or as UTF-8 or GB18030; else None."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        named = _CHARSET.search(data[:2048])
        charset = named[1].decode("ascii").lower() if named else ""
        known = {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset, charset)
        encodings = (*((known,) if known in ("gb18030", "utf-8", "big5") else ()), *_ENCODINGS)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(character < " " and character not in "\t\n\r\f" for character in set(text)):
            return text
    return None
