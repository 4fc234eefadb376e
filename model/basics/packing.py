"""Entries of packed files that say nothing of when and where they were packed."""

from zipfile import ZIP_DEFLATED, ZipInfo

_DATE = (2000, 1, 1, 0, 0, 0)
_ANY_SYSTEM = 0


def entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """Return the head of an entry: the same content gives the same bytes, on Windows and elsewhere."""
    head = ZipInfo(name, _DATE)
    head.compress_type = compression
    head.create_system = _ANY_SYSTEM
    return head
