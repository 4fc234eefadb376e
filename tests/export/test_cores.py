"""Many forms are written by several processes: the same files, the same words, whatever happens to one."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from zipfile import ZipFile

import pytest

from export import cores
from export.batch import export_forms
from export.cores import write_files
from export.handin import REPLIES, SCORES, pieces_of
from export.naming import Names
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.forms.loader import shipped
from model.reading.reading import Reading, read

FORMS = Path(__file__).parents[1] / "data" / "published" / "forms"
FORMATS = ("xlsx", "pdf", "json")


@pytest.fixture(scope="module")
def forms() -> Reading:
    """Return a document of three forms, in one of which an error is open."""
    paths = sorted(FORMS.glob("yueyang_*.json"))[:3]
    found = [(path.name, read_exchange(decode(path.read_bytes()), shipped())) for path in paths]
    answers = gather(found, shipped()).answers
    key, *_ = answers.projects
    return read(shipped(), answers.with_form(key, answers.forms[key].with_text("i1.score", "99")))


def content_of(path: Path) -> object:
    """Return what a file holds, but for when it was made."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


def written(reading: Reading, folder: Path) -> list[tuple[str, str, bool, str, str, object]]:
    """Export all forms; return what became of each file and what it holds."""
    folder.mkdir()
    keys = [form.key for form in reading.forms]
    steps: list[tuple[int, int]] = []
    results = export_forms(
        keys, FORMATS, folder, reading, lambda *step: steps.append(step), bool, (SCORES, REPLIES)
    )
    assert steps == [(n, len(results)) for n in range(1, len(results) + 1)]
    return [
        (made.path.name, made.problem, made.is_draft, made.key, made.code, content_of(made.path))
        for made in results
    ]


@pytest.fixture
def by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two processes write even a few files."""
    monkeypatch.setattr(cores, "FEW", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_processes_write_the_files_that_are_written_here(forms, tmp_path, by_processes, monkeypatch):
    far = written(forms, tmp_path / "far")
    monkeypatch.setattr(cores, "FEW", 10**6)
    here = written(forms, tmp_path / "here")
    assert len(far) == len(FORMATS) * len(forms.forms)
    assert any(is_draft for _, _, is_draft, *_ in far)
    assert far == here


def test_a_file_that_can_not_be_written_costs_itself_alone(forms, tmp_path, by_processes):
    pieces = pieces_of(forms, Names())
    (tmp_path / f"{pieces[1].name}.pdf").mkdir()
    made = list(write_files([(piece, "pdf") for piece in pieces], tmp_path, bool))
    assert [bool(result.problem) for result in made] == [False, True, False]


def test_who_cancels_waits_for_no_more_files(forms, tmp_path, by_processes):
    files = [(piece, "pdf") for piece in pieces_of(forms, Names())]
    made = write_files(files, tmp_path, iter([False, True]).__next__)
    assert len(list(made)) == 1


def test_what_a_process_that_died_owes_is_written_here(forms, tmp_path, by_processes, monkeypatch):
    def died(*_: object) -> "Future[object]":
        future: Future[object] = Future()
        future.set_exception(BrokenProcessPool())
        return future

    monkeypatch.setattr(cores.ProcessPoolExecutor, "submit", died)
    made = list(write_files([(piece, "pdf") for piece in pieces_of(forms, Names())], tmp_path, bool))
    assert [result.problem for result in made] == ["", "", ""]
    assert all(result.path.read_bytes().startswith(b"%PDF") for result in made)
