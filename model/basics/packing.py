"""Entries of packed files that say nothing of when and where they were packed."""

from zipfile import ZIP_DEFLATED, ZipInfo

_DATE = (2000, 1, 1, 0, 0, 0)
_ANY_SYSTEM, _UNIX = 0, 3
_ANYBODY_READS = 0o644 << 16


def entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """Return the head of an entry: the same content gives the same bytes, on Windows and elsewhere.

    Unzippers read a Chinese name of no system in an old code page, though it is marked as UTF-8.
    """
    head = ZipInfo(name, _DATE)
    head.compress_type = compression
    head.create_system = _ANY_SYSTEM if name.isascii() else _UNIX
    head.external_attr = _ANYBODY_READS
    return head
