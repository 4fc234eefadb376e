"""Evidence (佐证材料) as the rows of a form name it: which file, how large, and for which indicators.

The rows are those of the catalogue in the report, so it fills itself; the files lie in the document by
content (model/handin/attachments.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from model.document.answers import Answers, CellId, FormAnswers
from model.reading.reading import Form
from model.reading.scoring import Indicator

BLOCK = "evidence"  # the rows, and the table of the report that prints them
TITLE, REMARK = "material", "remark"  # columns that are printed
FILE, SHA, SIZE, ADDED, USE = "file", "sha", "size", "added", "use"  # columns of a row that has a file
HIDDEN = (FILE, SHA, SIZE, ADDED, USE)
_KINDS = {
    ".pdf": "PDF",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff"), "图片"),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".csv"), "Excel"),
    **dict.fromkeys((".doc", ".docx", ".wps"), "Word"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "压缩包"),
    **dict.fromkeys((".mp4", ".avi", ".mov"), "视频"),
}


class Evidence(NamedTuple):
    """A line of the catalogue: its row, how it is called, the file with its content's SHA-256 and size in
    bytes ("" and 0 where it has none), when it was added, and the indicators that it proves."""

    row: str
    title: str
    file: str
    sha: str
    size: int
    added: str
    used_for: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What kind of file it is, by its suffix."""
        dot = self.file.rfind(".")
        suffix = self.file[dot:].lower() if dot >= 0 else ""
        return _KINDS.get(suffix) or suffix.removeprefix(".").upper() or "文件"

    def cell(self, column: str) -> CellId:
        """Return the cell of a column."""
        return f"{self.row}.{column}"


def evidence_of(answers: FormAnswers) -> tuple[Evidence, ...]:
    """Return the catalogue of a form in its order, lines without a file among it."""
    return tuple(_read(answers, row) for row in answers.rows.get(BLOCK, ()))


def _read(answers: FormAnswers, row: str) -> Evidence:
    title, file, sha, size, added, use = (
        answers.text(f"{row}.{column}") for column in (TITLE, FILE, SHA, SIZE, ADDED, USE)
    )
    number = int(size) if size.isascii() and size.isdecimal() and len(size) < 12 else 0
    return Evidence(row, title, file, sha, number, added, tuple(use.split()))


def lacking(form: Form) -> tuple[Indicator, ...]:
    """Return the indicators without evidence; none for a form that has no file at all."""
    found = [one for one in evidence_of(form.answers) if one.sha]
    proved = {row for one in found for row in one.used_for}
    if not found or not form.definition.is_scored:
        return ()
    rows = form.sheet.indicators
    return tuple(
        row
        for row in rows
        if row.counted and not row.is_none and not row.is_execution and row.id not in proved
    )


def names_of(answers: FormAnswers, use: Iterable[CellId]) -> str:
    """Return the names of indicators by their rows, as the catalogue prints them beside a file."""
    return "、".join(" ".join(answers.text(f"{row}.name").split()) for row in use)


def following(before: Answers, after: Answers) -> Answers:
    """Return a document whose catalogue follows its indicators: a file is for none that is gone, and where
    the remark only named them it names them as they are called now."""
    for key, form in after:
        old = before.forms.get(key)
        if old is not None and form is not old and BLOCK in form.rows and _differ_in_names(old, form):
            texts = dict(_followed(old, form))
            after = after.with_form(key, form.with_texts(texts)) if texts else after
    return after


def _differ_in_names(old: FormAnswers, form: FormAnswers) -> bool:
    """Whether indicators went or are called otherwise: most keys change neither."""
    names = (f"{row}.name" for row in form.indicators)
    return not set(old.indicators) <= set(form.indicators) or any(old.text(n) != form.text(n) for n in names)


def _followed(old: FormAnswers, form: FormAnswers) -> Iterator[tuple[CellId, str]]:
    """The cells of the catalogue that are no longer true, and what they say now."""
    indicators = set(form.indicators)
    for row in form.rows[BLOCK]:
        use = form.text(f"{row}.{USE}").split()
        if not use or old.text(f"{row}.{USE}").split() != use:
            continue
        kept = [one for one in use if one in indicators]
        was, named, remark = names_of(old, use), names_of(form, kept), form.text(f"{row}.{REMARK}")
        if kept != use:
            yield f"{row}.{USE}", " ".join(kept)
        if remark == was and named != remark:
            yield f"{row}.{REMARK}", named


def new_row(title: str, file: str, sha: str, size: int, use: str, moment: datetime) -> dict[str, str]:
    """Return the texts of a new line by column."""
    return {
        TITLE: title,
        FILE: file,
        SHA: sha,
        SIZE: str(size),
        ADDED: moment.isoformat(" ", "minutes"),
        USE: use,
    }


def in_bytes(size: int) -> str:
    """Write a size: 48 KB, 1.2 MB."""
    if size < 2**20:
        return f"{max(round(size / 1024), 1)} KB"
    tenths = round(size * 10 / 2**20)
    return f"{tenths // 10}.{tenths % 10} MB"
