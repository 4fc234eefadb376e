"""The check square beside the title, made once for all outputs of a form."""

from functools import lru_cache

import segno


@lru_cache(maxsize=64)  # choosing the best of eight patterns costs more than drawing a page
def check_square(text: str) -> segno.QRCode:
    """Return the QR code of a text, of medium error correction, in UTF-8."""
    return segno.make_qr(text, error="m", encoding="utf-8")
