"""The clipboard: cells are put there for other programs, a block from there finds its columns."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QMimeData, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from gui.tables.paste_dialog import PasteDialog, Places
from model.basics.table_text import format_block, parse_block
from model.recognition.block import SKIP, BlockReading, Where, placed
from model.recognition.block_columns import recognise_block
from model.recognition.clipboard import html_of, sheet_of_text, sheets_of
from model.recognition.incoming import Mark, SeenSheet

OWN = "application/x-ziping-cells"  # beside the texts, if they are cells of this program

# own: cells as on screen · headed: a block with headings · plain: one without
Scope = Literal["own", "headed", "plain"]


def put(rows: Sequence[Sequence[str]]) -> None:
    """Put cells on the clipboard, as text and as HTML, the way spreadsheets do."""
    data = QMimeData()
    text = rows[0][0]
    if len(rows) == len(rows[0]) == 1 and parse_block(text) == ((text,),):
        data.setText(text)
    else:
        data.setText(format_block(rows))
        data.setHtml(html_of(rows))
    data.setData(OWN, b"1")
    QGuiApplication.clipboard().setMimeData(data)


def text() -> str:
    """Return the clipboard as text."""
    return QGuiApplication.clipboard().text()


def read(where: Callable[[Scope], Where]) -> BlockReading | None:
    """Return the block on the clipboard with its columns found, None where there is none."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None while nothing was ever copied
    if data is None:
        return None
    if data.hasFormat(OWN):
        own = sheets_of(data.text(), "")
        return recognise_block(own[0], where("own"), is_own=True) if own else None
    sheet = _sheet(data.text(), data.html())
    if sheet is None:
        return None
    plain = recognise_block(sheet, where("plain"))
    return recognise_block(sheet, where("headed")) if any(plain.captions) else plain


def _sheet(plain: str, html: str) -> SeenSheet | None:
    """What was copied as one sheet; of several tables, the text that has them all."""
    found = sheets_of(plain, html)
    if len(found) > 1 and plain.strip():
        return sheet_of_text(plain)
    return found[0] if found else None


def agreed(
    parent: QWidget,
    block: BlockReading,
    effect: Callable[[BlockReading], str],
    take: Callable[[BlockReading], None],
    places: Places | None = None,
) -> None:
    """Take a block, after the clerk was asked if there is doubt; `effect` says what pasting it will do at the
    place gone to, `places` are those that she can choose."""
    if not block.is_doubtful:
        take(block)
        return
    dialog = PasteDialog(block, effect, parent, places)
    dialog.accepted.connect(lambda: take(dialog.block))
    dialog.open()


def say_remarks(block: BlockReading, widget: QWidget, box: QRect) -> None:
    """Say below a box what of a pasted block was left out or is to be looked at."""
    if said := remarks(block):
        QToolTip.showText(widget.mapToGlobal(box.bottomLeft()), said, widget, box, 10_000)


def remarks(block: BlockReading) -> str:
    """Return what is to be said once a block is pasted, "" where all of it went where it belongs."""
    marks = [mark for row in placed(block) for mark in row.marks.values()]
    said = list(block.notes)
    if number := marks.count(Mark.NOT_A_NUMBER):
        said.append(f"{number} 格要填数，贴的是文字，请核对。")
    if number := marks.count(Mark.CONVERTED):
        said.append(f"{number} 格按标题里的单位换算过，请核对。")
    if all(key == SKIP for key in block.keys):
        said.append("没有可以粘贴的列。")
    return "\n".join(said)
