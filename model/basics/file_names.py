"""Names of files that Windows takes, made of any text."""

import unicodedata

_LOOK_ALIKES = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    device + digit for device in ("COM", "LPT") for digit in "0123456789¹²³"
}
_LONGEST_NAME_BYTES = 180  # in UTF-8, 60 Chinese characters: room for a suffix and for the folders before it
_LONGEST_SUFFIX = 10  # with its dot; what is longer is a part of the name
_INVISIBLE = ("Cc", "Cf", "Cs")


def safe_name(text: str) -> str:
    """Return a file name, without suffix, that looks like `text` and that Windows accepts.

    Forbidden characters become full-width ones, line breaks and invisible characters go, what is too long
    is cut; an empty name becomes 未命名.
    """
    name = _shortened(_visible(text).translate(_LOOK_ALIKES)).strip(" .")
    if name.partition(".")[0].rstrip().upper() in _RESERVED:
        name = f"_{name}"
    return name or "未命名"


def suffix_of(file: str) -> str:
    """Return the suffix of a file name in small letters with its dot, as Windows would see it; "" of none."""
    name = _visible(file).translate(_LOOK_ALIKES).strip(" .")
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot > 0 else ""
    return suffix if len(suffix) <= _LONGEST_SUFFIX and " " not in suffix else ""


def _visible(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in _INVISIBLE)


def _shortened(name: str) -> str:
    return name.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore")
