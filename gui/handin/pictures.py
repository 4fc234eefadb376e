"""Pictures in evidence, whoever made them: read by Pillow in few formats, never by the readers of Qt.

Qt would take any format it has a reader for, by the content and not by the name (decision 96).
"""

import struct
from io import BytesIO

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF")  # and MPO, the JPEG of a telephone that holds more than one
_ORIENTATION, _LYING = 0x0112, 5  # how the camera was held: from 5 on height and width change places
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    MemoryError,
)


def read_picture(content: bytes, room: QSize) -> QImage:
    """Return a picture as the camera was held, within `room` and no larger than it is; null for none."""
    from PIL import Image, ImageOps, TiffImagePlugin  # which Pillow loads not by itself

    assert TiffImagePlugin
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as found:
            lies = found.getexif().get(_ORIENTATION, 1) >= _LYING
            wide = (room.height(), room.width()) if lies else (room.width(), room.height())
            found.thumbnail(wide)  # decodes a large photo no finer than that
            upright = ImageOps.exif_transpose(found)
            canvas = Image.new("RGBA", upright.size)
            canvas.paste(upright)  # whatever colours it has
    except (*_DAMAGED, Image.DecompressionBombError):
        return QImage()
    width, height = canvas.size
    return QImage(canvas.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
