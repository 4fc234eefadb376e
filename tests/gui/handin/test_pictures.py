"""Pictures of evidence: what is read, how large it becomes, and what is not read whatever it is called.

1. photos and scans in the usual formats, as the camera was held
2. no larger than the room, and than the picture is
3. other formats, damaged ones and ones that claim to be huge are no picture
"""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from gui.handin.pictures import FORMATS, read_picture

ROOM = QSize(100, 100)


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """Left half red, right half blue."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, *size))
    buffer = BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def is_alike(found: QColor, wanted: str) -> bool:
    return max(abs(a - b) for a, b in zip(found.getRgb(), QColor(wanted).getRgb(), strict=True)) < 40


# -- 1 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_1_the_usual_formats_are_read(kind):
    found = read_picture(picture(kind), ROOM)
    assert found.size() == QSize(40, 30)
    assert is_alike(found.pixelColor(5, 15), "red")
    assert is_alike(found.pixelColor(35, 15), "blue")


def test_1_a_photo_of_two_pictures_is_its_first():
    buffer = BytesIO()
    other = Image.new("RGB", (40, 30), "green")
    Image.new("RGB", (40, 30), "red").save(buffer, "MPO", save_all=True, append_images=[other])
    assert is_alike(read_picture(buffer.getvalue(), ROOM).pixelColor(20, 15), "red")


def test_1_a_photo_stands_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    found = read_picture(picture("JPEG", (40, 30), exif=exif), ROOM)
    assert found.size() == QSize(30, 40)
    assert is_alike(found.pixelColor(15, 5), "red")
    assert is_alike(found.pixelColor(15, 35), "blue")


def test_1_what_is_transparent_stays_so():
    buffer = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(buffer, "PNG")
    assert read_picture(buffer.getvalue(), ROOM).pixelColor(4, 4).alpha() == 0


# -- 2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "room", "shown"),
    [
        ((40, 30), (100, 100), (40, 30)),
        ((400, 300), (100, 100), (100, 75)),
        ((300, 400), (100, 100), (75, 100)),
        ((4000, 3000), (44, 46), (44, 33)),
    ],
)
def test_2_it_fits_into_its_room(size, room, shown):
    assert read_picture(picture("JPEG", size), QSize(*room)).size() == QSize(*shown)


# -- 3 ------------------------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = {b"IHDR": head, b"IDAT": zlib.compress(b""), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks.items())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG" + bytes(100),
        SVG,
        picture("WEBP"),
        picture("PPM"),
        picture("ICO"),
        picture("JPEG")[:200],
        picture("PNG")[:60],
        claiming(60_000, 60_000),
        claiming(9_000, 9_000),
    ],
    ids=lambda content: str(content[:12]),
)
def test_3_what_is_none_of_these_is_no_picture(content):
    assert read_picture(content, ROOM).isNull()
