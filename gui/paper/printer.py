"""What both ways of printing share: how large a page becomes, and what is said where nothing is printed."""

from PySide6.QtCore import QSizeF

from model.basics.errors import UserError

_NEARLY = 0.99  # A4 is a little less than A4 to some printers


def no_printer() -> UserError:
    """Say that there is nothing to print on."""
    hint = "请先“导出…”成 PDF，再到连着打印机的电脑上打开它打印；或在系统设置里添加打印机。"
    return UserError("这台电脑上没有打印机。", hint)


def refusal(printer: str) -> UserError:
    """Say that a printer takes nothing; its name may be unknown."""
    name = f"“{printer}”" if printer else ""
    return UserError(f"打印机{name}没有接受这次打印。", "请查看打印机是否开着、有没有卡纸。")


def fit(size: QSizeF, paper: QSizeF) -> float:
    """Return how large a page becomes on a sheet: 1, less only if the sheet is smaller than the page."""
    room = min(paper.width() / size.width(), paper.height() / size.height())
    return 1.0 if room > _NEARLY else room
