"""A version that was locked in 2026, and kept as a file since: read by whatever the program has become.

tests/data/documents/locked-2026.zpb was made once and is never made anew.
"""

import hashlib
import shutil
from pathlib import Path

import pytest

from model.document import store
from model.document.document import Document
from model.forms.loader import shipped
from model.handin import versions
from model.handin.verification import known_as, verify
from model.reading.reading import read

KEPT = Path(__file__).resolve().parents[2] / "data" / "documents" / "locked-2026.zpb"
OF_ALL_FILES = "d5a8886399612c5fae15f08cf129f3b25bce8951934221b3da156d3924871a3b"
FIRST_PAGE = "AMHT-PH7T"


@pytest.fixture
def path(tmp_path):
    return Path(shutil.copy(KEPT, tmp_path / "自评簿.zpb"))


def sum_of_files(path):
    [version] = versions.listed(path)
    found = hashlib.sha256()
    for file in version.files:
        content = versions.file_of(path, 1, file)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        found.update(file.name.encode() + b"\0" + content)
    return found.hexdigest()


def edited(path, change):
    """Save the document with a step of editing, as the window does."""
    stored = store.open_document(path)
    document = Document(stored.answers)
    with document.edit("改") as edit:
        change(edit)
    store.save(path, stored.revision, stored.answers, document.answers)


def test_its_files_are_the_same_bytes(path):
    assert sum_of_files(path) == OF_ALL_FILES


def test_the_paper_of_then_is_known(path):
    answers = store.open_document(path).answers
    verdict = verify(FIRST_PAGE, known_as(path, read(shipped(), answers), answers))
    assert verdict.state in ("same", "changed")
    assert "定稿 1（2026-04-28 16:20，经办人甲）" in verdict.sentence
    assert "第 1 页" in verdict.sentence


def test_what_it_said_is_read(path):
    answers = versions.answers_of(path, 1)
    assert answers.forms["p1"].text("project_name") == "资产及信息化运行维护"


def test_what_is_imported_or_deleted_changes_none_of_it(path):
    other = versions.answers_of(path, 1).forms["p1"]
    edited(path, lambda edit: edit.add_form(other.with_text("project_name", "另一个项目")))
    edited(path, lambda edit: edit.take_in("p1", {"project_name": "改过"}, {}, {}))
    edited(path, lambda edit: edit.remove_form("p1"))
    assert sum_of_files(path) == OF_ALL_FILES


def test_copies_have_it(path, tmp_path):
    answers = store.open_document(path).answers
    store.save_copy(path, tmp_path / "副本.zpb")
    store.save_as(path, tmp_path / "另存.zpb", answers)
    for other in ("副本.zpb", "另存.zpb"):
        assert sum_of_files(tmp_path / other) == OF_ALL_FILES
