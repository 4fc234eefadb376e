"""Options of the test run; the same examples every time; widgets of one test are gone before the next."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import golden

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("ziping", derandomize=True, deadline=None)
settings.load_profile("ziping")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep the outputs of this run as golden")


def pytest_configure(config: pytest.Config) -> None:
    golden.update = config.getoption("--update-golden")


@pytest.fixture(autouse=True)
def _widgets_are_gone() -> Iterator[None]:
    """Without an event loop nobody deletes what closed: do it after each test of the window."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
