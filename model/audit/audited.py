"""What an audit keeps of a file: texts alone, so that it goes through a pipe and into a file as JSON."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from model.basics.errors import UserError

OPEN = ("error", "gap", "warning")  # states of what is to be mended
STATE_NAMES = {"error": "错误", "gap": "未填", "warning": "提醒", "note": "提示", "answered": "已说明"}


class Remark(NamedTuple):
    """A finding: `state` is how it counts, `place` where it stands in the file (Sheet1 D14, "" in our own
    files), `where` the same in the words of the form.
    """

    code: str
    state: str
    place: str
    where: str
    message: str
    answer: str = ""

    @property
    def at(self) -> str:
        """Where to look: the place in the file, else the words of the form."""
        return self.place or self.where


class FormAudit(NamedTuple):
    """A form: where it stands, whose it is, total as printed and as computed ("" is unknown), how many cells
    were read with doubt, what was found.
    """

    file: str
    sheet: str
    unit: str
    project: str
    year: str
    form: str
    name: str
    printed: str
    computed: str
    unsure: int
    remarks: tuple[Remark, ...]

    def count(self, state: str) -> int:
        """How many findings have a state."""
        return sum(remark.state == state for remark in self.remarks)

    @property
    def weight(self) -> tuple[int, int, int]:
        """How bad it is: errors, warnings, what is not filled in."""
        return self.count("error"), self.count("warning"), self.count("gap")

    @property
    def whose(self) -> str:
        """The unit, else the file."""
        return self.unit or self.file


class FileAudit(NamedTuple):
    """A file: its forms, sentences why it or a part of it was not read, what is to be known of it.

    `digest` tells the same file twice, "" where it was not read.
    """

    file: str
    forms: tuple[FormAudit, ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""


def as_data(file: FileAudit) -> dict[str, Any]:
    """Return a file as plain data for JSON."""
    forms = [
        {**form._asdict(), "remarks": [remark._asdict() for remark in form.remarks]} for form in file.forms
    ]
    return {**file._asdict(), "forms": forms}


def from_data(data: Any) -> FileAudit:
    """Return a file from plain data; raises UserError where it is no record of an audit."""
    try:
        forms = tuple(_form(form) for form in data["forms"])
        refused, notes = (tuple(map(_text, data[key])) for key in ("refused", "notes"))
        return FileAudit(_text(data["file"]), forms, refused, notes, _text(data["digest"]))
    except (KeyError, TypeError, ValueError):
        raise UserError("这不是检查文件夹得到的结果。", "请选“检查结果.json”。") from None


def _form(data: Mapping[str, Any]) -> FormAudit:
    remarks = tuple(
        Remark(**{key: _text(text) for key, text in remark.items()}) for remark in data["remarks"]
    )
    texts = {key: _text(data[key]) for key in FormAudit._fields if key not in ("unsure", "remarks")}
    return FormAudit(**texts, unsure=int(data["unsure"]), remarks=remarks)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
