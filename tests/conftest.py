"""Options of the test run; the same examples every time; widgets of one test are gone before the next."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import golden

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window import Window
    from model.checks import Finding
    from model.reading.reading import Form

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("ziping", derandomize=True, deadline=None)
settings.load_profile("ziping")
gc.disable()  # it would come in the thread of a save as well; see gui/base/garbage.py


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep the outputs of this run as golden")


def pytest_configure(config: pytest.Config) -> None:
    golden.update = config.getoption("--update-golden")


def pytest_sessionfinish() -> None:
    """The clipboard without a screen outlives Python: it may not end with what Python put there."""
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().setText("")


@pytest.fixture(autouse=True)
def _widgets_are_gone() -> Iterator[None]:
    """Without an event loop nobody deletes what closed: do it after each test of the window."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if gc.get_count()[0] > gc.get_threshold()[0]:
        gc.collect(2 if gc.get_count()[1] > gc.get_threshold()[1] else 1)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say what the program checks in this test: at first nothing."""

    def set_checks(*made: "Callable[[Form], Iterable[Finding]]") -> None:
        from model.checks.finding import answered
        from model.checks.open_items import open_findings

        def run(form: "Form") -> "tuple[Finding, ...]":
            return answered((finding for check in made for finding in check(form)), (form,))

        for name in ("check_between", "check_accounts"):
            monkeypatch.setattr(f"gui.session.snapshot.{name}", lambda _: ())
        monkeypatch.setattr("gui.session.snapshot.check_form", run)
        monkeypatch.setattr("gui.session.snapshot.all_items", lambda _, findings: open_findings(findings))

    set_checks()
    return set_checks


@pytest.fixture
def start(qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "Window"]:
    """Start the program on some exchange files, else on the example, with the list of findings in sight."""
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")

    def started(files: Sequence[Path] = (), width: int = 1366) -> "Window":
        from gui.pane.pane import FINDINGS
        from tests.desk import EXAMPLE, open_session, open_window

        window = open_window(qtbot, open_session(tmp_path, files or EXAMPLE).path, width)
        if not window.view.pane.isHidden():
            window.view.open_pane(FINDINGS)
        return window

    return started
