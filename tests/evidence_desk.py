"""The tab 佐证材料 of a window for tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from gui.handin.evidence_dropping import drop_on
from model.forms.definition import TABS
from model.reading.evidence import Evidence, evidence_of

EVIDENCE = len(TABS) - 1


def panel(window: Any) -> Any:
    """The catalogue of the department form."""
    return window.view.stack.page("d", TABS[EVIDENCE]).evidence


def evidence(window: Any) -> list[Evidence]:
    """Its lines that have a file."""
    return [one for one in evidence_of(window.session.answers.forms["d"]) if one.sha]


def drop(widget: Any, paths: Sequence[Path], at: Any = None) -> None:
    """Drop files and wait until they are in."""
    drop_on(widget, paths, at)
    QTest.qWait(20)
