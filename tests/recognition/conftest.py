"""Prints the table of the judge below the results of a test run."""

import pytest

from tests import judge


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how the files of tests/data/intake are read, key by key."""
    terminalreporter.section("readings of foreign files (python -m tests.judge)")
    for line in judge.table(judge.verdicts()):
        terminalreporter.write_line(line)
