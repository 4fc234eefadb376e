"""Puts files into the document as evidence: read in a thread, kept once, their lines added in one step."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from gui.base import waiting
from gui.base.worker import IsCancelled, Progress
from gui.session.session import Session
from model.basics.errors import UserError
from model.document.answers import CellId, FormKey
from model.document.document import Edit
from model.handin import attachments
from model.reading.evidence import BLOCK, REMARK, USE, evidence_of, names_of, new_row

READING = "正在放入材料…"
READ_ONLY = "自评簿是只读的，不能放入材料。"
NOT_SAVED = "现在的内容没有保存，所以没有放入材料。"


class _Kept(NamedTuple):
    """A file that lies in the document now, or why it does not."""

    path: Path
    sha: str = ""
    size: int = 0
    problem: str = ""


def add_evidence(
    session: Session, key: FormKey, paths: Sequence[Path], use: str, parent: QWidget | None
) -> tuple[str, ...]:
    """Add files to the catalogue of a form, for an indicator if `use` is its row; return what went wrong.

    What went well is added whatever became of the others; undo takes the lines back, not the content.
    """
    if session.read_only:
        return (READ_ONLY,)
    if not session.save():
        return (NOT_SAVED,)
    target = session.path

    def job(progress: Progress, cancelled: IsCancelled) -> list[_Kept]:
        found = []
        for done, path in enumerate(paths, start=1):
            if cancelled():
                break
            found.append(_keep(target, path))
            progress(done, len(paths))
        return found

    try:
        kept = waiting.do(parent, READING, job)
    except waiting.Cancelled:
        return ()
    if good := [one for one in kept if not one.problem]:
        session.edit("添加佐证材料", lambda edit: _add(edit, session, key, good, use))
    return tuple(one.problem for one in kept if one.problem)


def _keep(target: Path, path: Path) -> _Kept:
    """Read a file and keep it; whatever happens to its disk is one sentence."""
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹，没有放入。", "请选里面的文件。")
        content = attachments.read_file(path)
        return _Kept(path, attachments.put(target, content, path.name), len(content))
    except UserError as error:
        return _Kept(path, problem=str(error))


def _add(edit: Edit, session: Session, key: FormKey, kept: Sequence[_Kept], use: str) -> None:
    form = edit.answers.forms[key]
    known = {one.sha: one for one in evidence_of(form) if one.sha}
    rows = []
    for one in kept:
        if one.sha in known:  # the same file once more: it may prove another indicator
            if use and use not in known[one.sha].used_for:
                set_use(edit, session, key, known[one.sha].row, (*known[one.sha].used_for, use))
        else:
            rows.append(new_row(one.path.stem, one.path.name, one.sha, one.size, "", datetime.now()))
    at = len(form.rows.get(BLOCK, ()))
    for row in edit.add_rows(key, BLOCK, at, rows):
        if use:
            set_use(edit, session, key, row, (use,))


def set_use(edit: Edit, session: Session, key: FormKey, row: str, use: Sequence[CellId]) -> None:
    """Let a line prove some indicators; its remark names them unless the clerk has written another."""
    form = edit.answers.forms[key]
    was = remark_of(session, key, form.text(f"{row}.{USE}").split())
    edit.set_text((key, f"{row}.{USE}"), " ".join(use))
    if form.text(f"{row}.{REMARK}") in ("", was):
        edit.set_text((key, f"{row}.{REMARK}"), remark_of(session, key, use))


def remark_of(session: Session, key: FormKey, use: Sequence[CellId]) -> str:
    """Return the names of indicators, as the catalogue prints them beside a file."""
    return names_of(session.answers.forms[key], use)
