"""Checks of texts: what can't be printed, what was left of a blank form, what is missing."""

from collections.abc import Iterator
from functools import lru_cache

from model.checks.finding import Finding, finding
from model.loader import covers
from model.reading import Form

# --- characters


def characters_can_be_printed(form: Form) -> Iterator[Finding]:
    """Every character has a glyph in the shipped fonts."""
    for cell, text in form.answers.texts.items():
        if lacking := _lacking(text):
            chars = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:5])
            yield finding(form, "missing-glyph", "computed", cell, f"{chars}无法打印，请换字。")


@lru_cache(maxsize=20_000)
def _lacking(text: str) -> tuple[str, ...]:
    printable = covers()
    return tuple(sorted({char for char in text if not char.isspace() and not printable(char)}))
