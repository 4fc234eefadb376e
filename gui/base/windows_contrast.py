"""Whether Windows shows one of its contrast themes; Qt tells only from 6.10 on."""

import ctypes
import sys

_GET_HIGH_CONTRAST = 0x42


class _HighContrast(ctypes.Structure):
    """HIGHCONTRASTW of Windows."""

    _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))


def is_on() -> bool:
    """Ask Windows; elsewhere there is none."""
    if sys.platform != "win32":
        return False
    found = _HighContrast(ctypes.sizeof(_HighContrast), 0, None)
    is_known = ctypes.windll.user32.SystemParametersInfoW(
        _GET_HIGH_CONTRAST, found.size, ctypes.byref(found), 0
    )
    return bool(is_known) and bool(found.flags & 1)
