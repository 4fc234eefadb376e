"""Draws the icon of the programs in all sizes, and the side of the installer's first page, from the window's.

    .venv/bin/python packaging/windows/icon.py

Both files are kept in the repository, so that a build needs no Qt of its own; a test tells when they are old.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "app.svg"
ICON = ROOT / "packaging" / "ziping.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
SIDE = ROOT / "packaging" / "windows" / "side.bmp"
SIDE_SIZE = (164, 314)  # as NSIS wants it
SIDE_MARK = 128
BLUE = "#1F5C99"  # of the drawing


def picture(size: int) -> Image.Image:
    """Return the drawing with so many pixels a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes
    return Image.open(BytesIO(buffer.data().data()))


def side() -> Image.Image:
    """Return the side of the installer's first page: the mark on its own blue, with few colours."""
    page, mark = Image.new("RGB", SIDE_SIZE, BLUE), picture(SIDE_MARK)
    room = SIDE_SIZE[0] - SIDE_MARK
    page.paste(mark, (room // 2, room), mark)
    return page.quantize(64)


def main() -> None:
    """Write both files."""
    *smaller, largest = map(picture, SIZES)
    largest.save(ICON, append_images=smaller, sizes=[(size, size) for size in SIZES])
    side().save(SIDE)


if __name__ == "__main__":
    main()
