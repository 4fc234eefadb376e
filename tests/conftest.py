"""Options of the test run."""

import pytest

from tests import golden


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="keep the outputs of this run as golden")


def pytest_configure(config: pytest.Config) -> None:
    golden.update = config.getoption("--update-golden")
