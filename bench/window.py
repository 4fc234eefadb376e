"""Prints how fast the window is: `python bench/window.py`; LibreOffice Calc stands beside the start.

A key is timed from the key press in a real editor until all views have painted again; beside it stands its
work, the processor's time, which does not grow when others use the machine. Garbage is collected when the
window is idle, as the program does it.
"""

import gc
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QTableWidgetItem, QWidget  # noqa: E402

from export import pdf_bytes  # noqa: E402
from gui.accounts.explanation_page import ExplanationPage  # noqa: E402
from gui.accounts.subjects_page import SubjectsPage  # noqa: E402
from gui.base import theme  # noqa: E402
from gui.base.garbage import Garbage  # noqa: E402
from gui.frame.document_view import DocumentView  # noqa: E402
from gui.frame.sided_view import SETTLE_MS  # noqa: E402
from gui.pane.pane import FINDINGS, HELP  # noqa: E402
from gui.session.accounts_places import ACCOUNTS_TABS  # noqa: E402
from gui.session.accounts_places import TEXTS as EXPLANATION  # noqa: E402
from gui.session.places import INDICATORS  # noqa: E402
from gui.session.session import Session  # noqa: E402
from gui.tables.sheet_view import SheetView  # noqa: E402
from model.accounts.loader import subjects_of  # noqa: E402
from model.document import store  # noqa: E402
from model.document.answers import ACCOUNTS, Answers, FormAnswers  # noqa: E402
from model.document.document import Document  # noqa: E402
from model.exchange.exchange import decode, read_exchange  # noqa: E402
from model.exchange.gather import gather  # noqa: E402
from model.forms.definition import TABS  # noqa: E402
from model.forms.loader import Library, shipped  # noqa: E402
from tests.final_accounts import QIAOKOU_CELLS, accounts_answers  # noqa: E402

FORMS = ROOT / "tests" / "data" / "published" / "forms"
EXAMPLE = sorted((ROOT / "resources" / "example").glob("*.json"))
IN_SIGHT = "key, 300 rows, the list of findings in sight"
LONG = "key, 2,000 rows"
HELPED = "key, 300 rows, 填写说明 in sight"
YUEYANG = sorted(FORMS.glob("yueyang_*.json"))


class Took(NamedTuple):
    """How many milliseconds something took, and how many of them the processor worked for it."""

    whole: float
    work: float


def took(action: Callable[[], object]) -> Took:
    """Return how long an action took until all views had painted again."""
    start, before = time.perf_counter(), time.process_time()
    action()
    QApplication.processEvents()
    return Took((time.perf_counter() - start) * 1000, (time.process_time() - before) * 1000)


def document(paths: Sequence[Path]) -> Answers:
    """Return some exchange files as one document."""
    forms = [(path.name, read_exchange(decode(path.read_bytes()), shipped())) for path in paths]
    return gather(forms, shipped()).answers


def long_form(count: int) -> Answers:
    """Return a project form with so many rows."""
    answers = document([path for path in YUEYANG if "_07_" in path.name])
    (key, form), *_ = answers.forms.items()
    texts = {cell: text for cell, text in form.texts.items() if not cell.startswith("i")}
    for n in range(1, count + 1):
        texts |= {
            f"i{n}.{c}": form.texts[f"i1.{c}"] for c in ("level1", "level2", "target", "actual", "weight")
        }
        texts[f"i{n}.name"] = f"{n}.开展第 {n} 项活动"
    rows = {**form.rows, "indicators": tuple(f"i{n}" for n in range(1, count + 1))}
    return Answers({key: FormAnswers(form.definition, texts, rows)}, answers.unit, answers.year)


def opened(answers: Answers, folder: Path, library: Library | None = None) -> DocumentView:
    """Show a document as the window does."""
    path = folder / "bench.zpb"
    store.create(path, answers, replace=True)
    stored = store.open_document(path)
    view = DocumentView(Session(library or shipped(), Document(stored.answers), path, stored), pdf_bytes)
    view.resize(1366, 700)
    view.show()
    QTest.qWait(2 * SETTLE_MS)
    return view


def keys(view: DocumentView, count: int) -> list[Took]:
    """Return how long each key took, typed into the result of the second row."""
    return keys_in(view.indicators.panel.view, "i2.actual", count)


def keys_in(table: SheetView, cell: str, count: int) -> list[Took]:
    """Return how long each key took, typed into a cell of a table."""
    table.show_cell(cell)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    return keys_into(editor, count)


def keys_into(editor: QWidget, count: int) -> list[Took]:
    """Return how long each key took: a figure, taken back, a figure …"""
    typed = [Qt.Key.Key_1, Qt.Key.Key_Backspace]
    return [took(partial(QTest.keyClick, editor, typed[n % 2])) for n in range(count)]


def show(name: str, times: Sequence[Took], bound: float | None = None) -> None:
    """Print median, worst and work beside what is wanted."""
    wholes, work = [one.whole for one in times], median(one.work for one in times)
    print(
        f"{name:<52}{median(wholes):>8.2f} ms  worst {max(wholes):>7.2f} ms  work {work:>6.2f} ms"
        + (f"  (wanted: {bound:g} ms)" if bound is not None else "")
    )


def many_forms(count: int) -> Answers:
    """Return the eleven forms with copies of their projects, so many in all."""
    answers = document(YUEYANG)
    projects = [answers.forms[key] for key in answers.projects]
    more = {
        f"p{n}": projects[n % len(projects)].with_texts({"project_name": f"第 {n} 个项目"})
        for n in range(len(answers.forms), count)
    }
    return Answers({**answers.forms, **more}, answers.unit, answers.year)


def stall(milliseconds: int) -> float:
    """Return the longest time, in ms, in which the window would not have heard a key."""
    gaps, before, ends = [0.0], time.perf_counter(), time.perf_counter() + milliseconds / 1000
    while before < ends:
        QApplication.processEvents()
        time.sleep(0.001)
        now = time.perf_counter()
        gaps.append((now - before) * 1000)
        before = now
    return max(gaps)


def bench_peer() -> None:
    """What Qt alone takes from a key to the painted table: an editor that writes into a plain table."""
    for rows in (30, 5000):
        table = QTableWidget(rows, 8)
        table.resize(1366, 700)
        for row in range(rows):
            for column in range(8):
                table.setItem(row, column, QTableWidgetItem("开展第 1 项活动"))
        table.show()
        table.setCurrentCell(1, 3)
        table.editItem(table.item(1, 3))
        QTest.qWait(200)
        editor = table.findChild(QLineEdit)
        assert editor is not None
        editor.textEdited.connect(lambda text, table=table: table.item(1, 4).setText(text))
        times = keys_into(editor, 100)
        show(f"peer: a key in a plain table of Qt, {rows} rows", times)
        table.deleteLater()


def bench_own_form(folder: Path) -> None:
    """A key in a form that was made of a bureau's blank, beside a shipped one of as many rows."""
    from tests.bureaus import D09, UNIT, bureau, made_document  # brings the readers of files into memory

    made = bureau(D09)
    for name, form, library in (
        ("key, a form made of a bureau's blank", made.form, made.library),
        (
            "peer: a key in a shipped form of as many rows",
            shipped().forms["national-project-2022"],
            shipped(),
        ),
    ):
        view = opened(Answers({"p1": made_document(form, rows=12)}, UNIT, "2025"), folder, library)
        view.show_form("p1", TABS.index(INDICATORS))
        keys(view, 10)
        show(f"{name} ({len(view.session.answers.forms['p1'].indicators)})", keys(view, 100))
        view.session.save()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def bench_all_panels(folder: Path) -> None:
    """A key with 300 rows, final accounts, a report, and list, help and all tabs made."""
    answers = long_form(300)
    accounts = final_accounts(80, is_explained=True).forms[ACCOUNTS]
    view = opened(answers.with_form(ACCOUNTS, accounts), folder)
    form = view.key
    for tab in reversed(range(len(ACCOUNTS_TABS))):
        view.show_form(ACCOUNTS, tab)
        QApplication.processEvents()
    view.show_form(form, 0)
    for tab in range(7):
        view.tabs.choose(tab)
        QApplication.processEvents()
    view.show_form(form, TABS.index(INDICATORS))
    view.open_pane(HELP)
    view.open_pane(FINDINGS)
    keys(view, 10)
    show("key, 300 rows, final accounts, report, all panels", keys(view, 100), 16)
    view.session.save()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def bench_preview(folder: Path) -> None:
    """Pages of 300 rows are made anew behind an edit: how long no key is heard meanwhile."""
    view = opened(long_form(300), folder)
    keys(view, 1)
    view.show_preview(view.key)
    QTest.qWait(3000)
    view.session.undo()
    found = stall(5000)
    print(f"{'preview of 300 rows made anew: the longest stall':<52}{found:>8.0f} ms  (wanted: 30 ms)")
    view.session.save()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def bench_keys(folder: Path) -> None:
    """A key to repainted views, checks included."""
    for name, answers, bound in (
        ("key, one form of the example", document(EXAMPLE[:1]), 4),
        ("key, eleven forms with checks", document(YUEYANG), 8),
        ("key, 300 rows", long_form(300), 16),
        (IN_SIGHT, long_form(300), 16),
        (HELPED, long_form(300), 16),
        (LONG, long_form(2000), 16),
        ("key, 5,000 rows", long_form(5000), 50),
        ("key, 1,000 forms", many_forms(1000), 50),
    ):
        view = opened(answers, folder)
        if name == IN_SIGHT:
            view.open_pane(FINDINGS)
        elif name == HELPED:
            view.open_pane(HELP)
        first = keys(view, 1)
        keys(view, 10)
        show(name, keys(view, 100), bound)
        if bound > 16 or name == LONG:
            show("  the first key after opening", first, 200)
            print(f"{'  the longest stall when keys rest then':<52}{stall(8000):>8.0f} ms  (wanted: 200 ms)")
        view.session.save()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


TEXTS = {  # what an explanation with all its sentences wants, two of them in the clerk's own words
    **{f"last.{name}": "1000" for name in ("total", "grant", "general_income", "general")},
    "total_reason": "人员变动",
    "duties": "负责教育信息化。",
    "phone": "027-00000000",
    "equipment": "0",
    **{f"cars_{kind}": "0" for kind in "leader chief secret emergency law special retired other".split()},
    "buy_goods": "1",
    "buy_works": "0",
    "buy_services": "2",
    "sme": "1",
    "micro": "1",
    "office": "0",
    "text.spending": "本年支出如表所示，基本支出用于人员，项目支出用于运行维护。",
    "text.total": "收支总计如表所示。",
}


def final_accounts(count: int, is_explained: bool = False) -> Answers:
    """Return the example with final accounts of so many subjects, each with budget and reason;
    `is_explained`: with all that its explanation says."""
    answers = document(EXAMPLE)
    known = [code for code in subjects_of(shipped(), "2022").functional if len(code) == 7]
    known += [f"20599{n:02}" for n in range(10, 99)]
    items = {
        code: {"t3.basic": f"{n}.23", "t3.project": "4.5", "budget": f"{n}.5", "reason": "人员变动"}
        for n, code in enumerate(known[:count], start=1)
    }
    cells = QIAOKOU_CELLS | TEXTS if is_explained else QIAOKOU_CELLS
    accounts = accounts_answers(items, cells, year=answers.year)
    return answers.with_form(ACCOUNTS, accounts)


def bench_subjects(folder: Path, count: int = 80, is_explained: bool = False) -> None:
    """A key in the list of subjects of final accounts, all their tabs made and their tables in the list; with
    all text and charts, every entry of the explanation unfolded."""
    view = opened(final_accounts(count, is_explained), folder)
    for tab in reversed(range(len(ACCOUNTS_TABS))):
        view.show_form(ACCOUNTS, tab)
        QApplication.processEvents()
    face = view.accounts
    assert face is not None
    if is_explained:
        texts = face.pages.page(EXPLANATION)
        assert isinstance(texts, ExplanationPage)
        texts.unfold_all()
    page = face.pages.page(0)
    assert isinstance(page, SubjectsPage)
    view.activateWindow()
    QTest.qWaitForWindowActive(view)
    times = keys_in(page.view, "s2.t3.basic", 110)[10:]
    show(f"key, {count} subjects of final accounts{', all text and charts' * is_explained}", times, 16)
    view.session.save()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def bench_finding(folder: Path) -> None:
    """A key in the finder to the painted list of what is found."""
    view = opened(long_form(300), folder)
    view.pane.open_finder(view.key, "")
    show("key in the finder, 300 rows", keys_into(view.pane.finder.field, 60)[2:], 50)
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def memory_mb() -> float:
    """Return what the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def bench_growth(folder: Path, rounds: int = 20) -> None:
    """An hour of editing in short: 20 rounds of keys, undo, rows, tabs and pages; memory must not climb."""
    view = opened(document(YUEYANG), folder)
    figures = []
    for _ in range(rounds):
        keys(view, 100)
        table = view.indicators.panel.view
        for _ in range(10):
            table.add_row()
            view.session.undo()
        for tab in range(7):
            view.tabs.choose(tab)
            QApplication.processEvents()
        view.show_form(view.key, 3)
        view.session.save()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        figures.append(memory_mb())
    climb = " ".join(f"{mb:.0f}" for mb in figures)
    print(f"memory after each of {rounds} rounds of editing eleven forms: {climb} MB (wanted: 120, level)")


def run(command: Sequence[str], environment: dict[str, str]) -> Took:
    """Return how long a command ran, and how long it worked with all its children."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, env=environment, capture_output=True, check=False)
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return Took((time.perf_counter() - start) * 1000, work * 1000)


def bench_start(folder: Path) -> None:
    """Start of the program to the first paint of a document, beside Calc opening the exported form."""
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    # The installed program is compiled; without this the first start compiles, or all of them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    probe = ROOT / "bench" / "first_paint.py"
    path = folder / "start.zpb"
    store.create(path, document(EXAMPLE), replace=True)
    times = [run([sys.executable, str(probe), str(path)], environment) for _ in range(8)][1:]
    show("start to first paint of a document", times)
    if office := shutil.which("soffice"):
        book = folder / "form.xlsx"
        export = [sys.executable, str(ROOT / "main.py"), "export", str(EXAMPLE[0]), "--to", "xlsx"]
        subprocess.run([*export, "--out", str(folder)], capture_output=True, check=False)  # a draft
        next(folder.glob("*.xlsx")).rename(book)
        command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
        command += ["--convert-to", "csv", "--outdir", str(folder / "peer"), str(book)]
        run(command, environment)
        peer = [run(command, environment) for _ in range(5)]
        show("peer: LibreOffice Calc opening the exported form", peer)
        whole = median(one.whole for one in times) / median(one.whole for one in peer)
        work = median(one.work for one in times) / median(one.work for one in peer)
        print(f"ours ÷ LibreOffice: {whole:.2f}, work {work:.2f} (wanted: 0.25)")


if __name__ == "__main__":
    app = QApplication([])
    app.setStyle("Fusion")
    theme.apply(app, "light")
    Garbage(app)
    with tempfile.TemporaryDirectory() as name:
        bench_growth(Path(name))  # first: memory that longer forms have left behind is not given back
        bench_peer()
        bench_keys(Path(name))
        bench_own_form(Path(name))
        bench_all_panels(Path(name))
        bench_preview(Path(name))
        bench_subjects(Path(name))
        bench_subjects(Path(name), 7, is_explained=True)
        bench_subjects(Path(name), is_explained=True)
        bench_finding(Path(name))
        bench_start(Path(name))
    print(f"memory at the end, with 5,000 rows and 1,000 forms behind it: {memory_mb():.0f} MB")
