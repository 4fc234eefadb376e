"""Options of the test run."""

import os

import pytest

from tests import golden

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep the outputs of this run as golden")


def pytest_configure(config: pytest.Config) -> None:
    golden.update = config.getoption("--update-golden")
