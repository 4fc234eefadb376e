"""Short codes for paper: eight characters of Crockford's base 32, and how people mistype them."""

import hashlib
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_ALIKE = str.maketrans(
    "OIL", "011"
)  # letters that Crockford's alphabet lacks, as the figures they are taken for
_NO_SIGN = re.compile("[^0-9A-Z]")


def code_of(text: str) -> str:
    """Return the code of a text, 4-4: the first 40 bits of its SHA-256."""
    bits = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:5], "big")
    code = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{code[:4]}-{code[4:]}"


def bare_code(text: str) -> str:
    """Return what was typed or scanned as the signs of a code: capitals, no blanks, O as 0, I and L as 1.

    Of the contents of a check square (ZP1|code|…) it is the code; 校验码 before it is left out.
    """
    parts = text.strip().split("|")
    found = parts[1] if len(parts) > 1 and parts[0].upper().startswith("ZP") else text
    wide = found.translate({n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F)})
    return _NO_SIGN.sub("", wide.upper()).translate(_ALIKE)


def shown_code(bare: str) -> str:
    """Return a code as it is printed: 7K4M-2QXD."""
    return f"{bare[:4]}-{bare[4:]}" if len(bare) > 4 else bare


def distance(one: str, other: str) -> int:
    """Return how many signs differ, a sign too many or too few being one; 99 for other lengths."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True))
    longer, shorter = sorted((one, other), key=len, reverse=True)
    is_near = len(longer) == len(shorter) + 1
    drops = (longer[:n] + longer[n + 1 :] for n in range(len(longer)))
    return 1 if is_near and shorter in drops else 99
