"""Looks at the bytes of a file before any parser does: size, parts, what they unpack to, definitions."""

import io
import re
import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from intake import refusals

MB = 1_000_000
MOST_BYTES = 30 * MB
MOST_PARTS = 2_000
MOST_UNPACKED = 60 * MB
MOST_OF_A_PART = 40 * MB
MOST_RATIO = 200  # of a part of more than one megabyte
_HEAD = 4096
_STORED, _DEFLATED = 0, 8
_DEFINITION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def guard(data: bytes) -> None:
    """Raise UserError for a file that is too large, or whose parts could harm the one who opens them."""
    if len(data) > MOST_BYTES:
        raise refusals.TOO_BIG()
    if data.startswith(b"PK"):
        _guard_zip(data)


def name_of(part: ZipInfo) -> str:
    """Return the name of a part as the package knows it: small letters, slashes, none in front."""
    return part.orig_filename.replace("\\", "/").lstrip("/").lower()


def names_of(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a zip."""
    return frozenset(map(name_of, open_zip(data).infolist()))


def open_zip(data: bytes) -> ZipFile:
    """Open a zip; raise UserError where its end is missing or wrong, or it has too many parts."""
    try:
        package = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise refusals.INCOMPLETE() from None
    if len(package.infolist()) > MOST_PARTS:
        raise refusals.MANY_PARTS()
    return package


def unpack(package: ZipFile, part: ZipInfo, most: int = MOST_OF_A_PART) -> bytes:
    """Return at most so many bytes of a part; raise UserError if it is damaged or locked."""
    if part.flag_bits & 1:
        raise refusals.PASSWORD()
    if part.compress_type not in (_STORED, _DEFLATED):
        raise refusals.DAMAGED()
    try:
        with package.open(part) as file:
            return file.read(most)
    except (BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise refusals.DAMAGED() from None


def _guard_zip(data: bytes) -> None:
    package = open_zip(data)
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refusals.UNPACKED()
    names = [name_of(part) for part in parts]
    if len(set(names)) < len(names):
        raise refusals.TWICE()
    for part, name in zip(parts, names, strict=True):
        if part.file_size > MOST_OF_A_PART:
            raise refusals.UNPACKED()
        if part.file_size > MB and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise refusals.UNPACKED()
        if name.endswith((".xml", ".rels", ".vml")):
            _guard_xml(unpack(package, part, _HEAD))


def _guard_xml(head: bytes) -> None:
    """No part may define anything: neither in UTF-8 nor, with a zero beside each letter, in UTF-16."""
    if _DEFINITION.search(head.replace(b"\0", b"")):
        raise refusals.FORBIDDEN()
