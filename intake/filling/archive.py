"""A zip with some parts replaced: every other part is copied as it stands, compressed bytes, order and times.

Written after the published description of the zip format (APPNOTE, sections 4.3 and 4.4).
"""

import struct
import zlib
from collections.abc import Mapping
from itertools import pairwise
from zipfile import ZipFile, ZipInfo

from intake import refusals
from intake.guard import name_of, open_zip

_LOCAL = struct.Struct("<4s5H3L2H")  # sign, versions, flags, method, time, date, crc, sizes, lengths
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LATER_SIZES = 0x08  # flag: sizes stand behind the data
_ZIP64 = 0xFFFFFFFF
_MOST_PARTS = 0xFFFF
_DEFLATED = 8
_SIGNATURES = "_xmlsignatures/"


def replaced(data: bytes, new: Mapping[str, bytes]) -> bytes:
    """Return a package in which the parts of these names have other content.

    Raises UserError for a package that is signed, locked, too large for a plain zip, or has a part twice.
    """
    package = open_zip(data)
    parts = package.infolist()
    _refuse_odd(parts)
    starts = [*sorted(part.header_offset for part in parts), package.start_dir]
    ends = dict(pairwise(starts))
    out = bytearray(data[: starts[0]])
    central = bytearray()
    changes = {name.lower(): content for name, content in new.items()}
    for part, entry in zip(parts, _central_entries(data, package), strict=True):
        offset = len(out)
        content = changes.pop(name_of(part), None)
        if content is None:
            out += data[part.header_offset : ends[part.header_offset]]
            central += _moved(entry, offset)
        else:
            head, body, entry = _packed(data, part, entry, content)
            out += head + body
            central += _moved(entry, offset)
    if changes:
        raise refusals.DAMAGED()
    start = len(out)
    out += central
    out += _end(data, len(parts), start, len(central))
    return bytes(out)


def _refuse_odd(parts: list[ZipInfo]) -> None:
    names = [name_of(part) for part in parts]
    if not parts or len(set(names)) < len(names):
        raise refusals.TWICE()
    if any(name.startswith(_SIGNATURES) for name in names):
        raise refusals.SIGNED()
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.PASSWORD()
    if len(parts) >= _MOST_PARTS or any(part.file_size >= _ZIP64 for part in parts):
        raise refusals.UNPACKED()


def _central_entries(data: bytes, package: ZipFile) -> list[bytes]:
    """The entries of the central directory as they stand, in its order."""
    at, found = package.start_dir, []
    for _ in package.infolist():
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != _CENTRAL_SIGN:
            raise refusals.DAMAGED()
        length = _CENTRAL.size + fields[10] + fields[11] + fields[12]
        found.append(data[at : at + length])
        at += length
    return found


def _moved(entry: bytes, offset: int) -> bytes:
    """An entry whose part begins elsewhere."""
    return entry[: _CENTRAL.size - 4] + struct.pack("<L", offset) + entry[_CENTRAL.size :]


def _packed(data: bytes, part: ZipInfo, entry: bytes, content: bytes) -> tuple[bytes, bytes, bytes]:
    """Local header, data and central entry of a part with new content; time and name stay."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    body = packer.compress(content) + packer.flush()
    sizes = zlib.crc32(content), len(body), len(content)
    at = part.header_offset
    local = list(_LOCAL.unpack_from(data, at))
    if local[0] != _LOCAL_SIGN:
        raise refusals.DAMAGED()
    name = data[at + _LOCAL.size : at + _LOCAL.size + local[9]]
    local[2], local[3] = local[2] & ~_LATER_SIZES, _DEFLATED
    local[6:9] = sizes
    local[10] = 0  # extra fields of the local header speak of the old data
    fields = list(_CENTRAL.unpack_from(entry))
    fields[3], fields[4] = fields[3] & ~_LATER_SIZES, _DEFLATED
    fields[7:10] = sizes
    return _LOCAL.pack(*local) + name, body, _CENTRAL.pack(*fields) + entry[_CENTRAL.size :]


def _end(data: bytes, parts: int, start: int, length: int) -> bytes:
    """The end record, with the comment that the old one has."""
    at = data.rfind(_END_SIGN)
    fields = _END.unpack_from(data, at)
    comment = data[at + _END.size : at + _END.size + fields[7]]
    return _END.pack(_END_SIGN, 0, 0, parts, parts, length, start, len(comment)) + comment
