"""What the clerk is asked before forms are added up: nothing that has two meanings is guessed."""

from typing import NamedTuple

LEAVE = "leave"  # the choice that takes the odd forms out of this indicator


class Choice(NamedTuple):
    """One answer to a question."""

    id: str
    caption: str


class Question(NamedTuple):
    """What does not fit in an indicator, as a sentence, and what may be answered; there is no default.

    `parts` are the forms that differ from the others: LEAVE takes them out of this indicator alone.
    """

    id: str
    sentence: str
    choices: tuple[Choice, ...]
    parts: tuple[str, ...]


def leaving(names: str) -> Choice:
    """Return the choice to leave forms out of an indicator."""
    return Choice(LEAVE, f"这一项不计{names}")


def listed(names: tuple[str, ...], most: int = 3) -> str:
    """Return names as a sentence lists them: 示例一小、示例二小等 5 个单位."""
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等 {len(names)} 个单位"
