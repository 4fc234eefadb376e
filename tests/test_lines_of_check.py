"""What `check` says to somebody who reads its lines: tables without a figure, and a reader who leaves."""

import json
import subprocess
import sys

import pytest

import main
from tests.command import SOUND, command


@pytest.fixture
def tables(tmp_path):
    def write(amounts):
        entries = {"schema": "ziping.accounts/1", "edition": "wuhan-2022", "unit": "某中心", "year": 2022}
        path = tmp_path / "tables.json"
        path.write_text(json.dumps(entries | {"tables": amounts}, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_accounts_without_a_figure_are_not_without_a_problem(capsys, tables):
    _, said, _ = command(capsys, "check", tables({}))
    assert "没有发现问题" not in said
    assert "没有问题" not in said
    assert "还没有科目" in said
    assert "没有填完" in said


def test_published_tables_are_not_asked_for_what_only_a_document_has(capsys, tables):
    said = command(capsys, "check", tables({"t1": {"in": {"general": "187.89"}}}))[1]
    assert "还没有科目" not in said
    assert "未填" not in said.split("结果")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that is closed looks different there")
def test_a_reader_who_has_seen_enough_gets_no_traceback():
    process = subprocess.Popen(
        [sys.executable, main.__file__, "check", *[str(SOUND)] * 3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == main.READER_LEFT
    assert errors == ""
