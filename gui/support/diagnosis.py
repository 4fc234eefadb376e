"""The diagnosis package: what a maintainer needs to find a fault, and nothing of what was filled in."""

from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from PySide6.QtGui import QGuiApplication

from gui.base.settings import Settings
from gui.support.program import LOG_NAME, versions
from model.basics.files import refusals, write_whole
from model.document import store

LEFT_OUT = ("recent", "last_folder", "export_folder")  # settings that name files and folders


def save(target: Path, log_folder: Path, settings: Settings, document: Path | None = None) -> None:
    """Write the package, with the document if one is given. Raises UserError."""
    content = package(log_folder, settings, document)
    with refusals("写入", target):
        write_whole(target, content)


def package(log_folder: Path, settings: Settings, document: Path | None) -> bytes:
    """Return the package as a zip file. Raises UserError where a file can't be read."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("版本.txt", versions() + "\n")
        zipped.writestr("设置.txt", _settings(settings))
        zipped.writestr("屏幕.txt", _screens())
        for path in sorted(log_folder.glob(f"{LOG_NAME}*")):
            with refusals("读取", path):
                zipped.writestr(f"日志/{path.name}", path.read_bytes())
        if document is not None:
            zipped.writestr(f"自评簿/{document.name}", store.content(document))
    return buffer.getvalue()


def _settings(settings: Settings) -> str:
    kept = {name: value for name, value in asdict(settings).items() if name not in LEFT_OUT}
    return "".join(f"{name} = {value}\n" for name, value in kept.items())


def _screens() -> str:
    """The size and the scaling of every screen."""
    lines = [f"{QGuiApplication.platformName()}"]
    for n, screen in enumerate(QGuiApplication.screens(), 1):
        size, ratio = screen.size(), screen.devicePixelRatio()
        lines.append(
            f"屏幕 {n}：{size.width()}×{size.height()}，缩放 {round(ratio * 100)}%，"
            f"每英寸 {round(screen.logicalDotsPerInch())} 点"
        )
    return "\n".join(lines) + "\n"
