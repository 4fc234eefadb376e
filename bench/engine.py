"""Prints how fast the engine is, each figure with a peer beside it in the same run: `python bench/engine.py`.

Nothing is asserted here; the figures are for people. LibreOffice stands in as peer where it is installed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402

from export import EXCEL, PDF, REPORT_PDF, WORD  # noqa: E402
from export.cores import write_files  # noqa: E402
from export.handin import pieces_of, publication_of  # noqa: E402
from export.naming import Names  # noqa: E402
from model.checks import run_checks  # noqa: E402
from model.document.answers import Answers  # noqa: E402
from model.exchange.exchange import decode, read_exchange  # noqa: E402
from model.forms.loader import metrics, shipped  # noqa: E402
from model.paper.accounts_layout import lay_out_accounts  # noqa: E402
from model.paper.layout import lay_out  # noqa: E402
from model.reading.reading import Reading, read  # noqa: E402
from model.report.prose import Table  # noqa: E402
from tests.explained import qiaokou_explained  # noqa: E402
from tests.final_accounts import (  # noqa: E402
    QIAOKOU_CELLS,
    QIAOKOU_ITEMS,
    accounts_answers,
    typed_accounts,
)
from tests.reports import long_table, report, texts, whole  # noqa: E402

FORMS = ROOT / "tests" / "data" / "published" / "forms"
YUEYANG = sorted(FORMS.glob("yueyang_*.json"))
PEERS = 20  # workbooks that the peer converts
LARGEST = FORMS / "qiaokou_xinxi_2022_department.json"


def milliseconds(action: Callable[[], object], runs: int) -> list[float]:
    """Return how long each of `runs` calls took."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return times


def show(name: str, times: Sequence[float], note: str = "") -> float:
    """Print median and worst of some times in milliseconds; return the median."""
    middle = median(times)
    print(f"{name:<52}{middle:>10.1f} ms  worst {max(times):>8.1f} ms  {note}")
    return middle


def document(paths: Sequence[Path]) -> Answers:
    """Return the forms of some exchange files as one document."""
    return Answers(
        {f"p{n}": read_exchange(decode(path.read_bytes()), shipped()) for n, path in enumerate(paths)}
    )


def reading(paths: Sequence[Path]) -> Reading:
    """Return the document of some exchange files, read and scored."""
    return read(shipped(), document(paths))


def command(arguments: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its wall time in milliseconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, _, usage = os.wait4(process.pid, 0)
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024


def ours(*arguments: str) -> list[str]:
    """Return the command line of our program."""
    return [sys.executable, str(ROOT / "main.py"), *arguments]


def bench_reading() -> None:
    """Reading, scoring and checking eleven forms, beside only parsing their JSON."""
    texts = [path.read_bytes() for path in YUEYANG]
    answers = document(YUEYANG)
    print(f"document of {len(YUEYANG)} forms, {sum(len(a.texts) for _, a in answers)} filled cells")
    anew = iter([Answers({key: replace(form) for key, form in answers}) for _ in range(200)])
    show("  read and score, every form anew", milliseconds(lambda: read(shipped(), next(anew)), 50))
    readings = iter([read(shipped(), next(anew)) for _ in range(50)])
    show("  check, every form anew", milliseconds(lambda: run_checks(next(readings)), 49))
    show("  read, score and check, one form anew", milliseconds(lambda: one_edited(answers), 50))
    show("  peer: json.loads of the eleven files", milliseconds(lambda: [json.loads(t) for t in texts], 50))


def one_edited(answers: Answers) -> None:
    """What a key does: one form is another, the others stay."""
    key, form = next(iter(answers))
    run_checks(read(shipped(), answers.with_form(key, replace(form))))


def bench_export(folder: Path) -> None:
    """Export of one form, warm and cold, beside LibreOffice converting the same workbook to PDF."""
    printout = lay_out(reading([LARGEST]), metrics())
    book, paper = folder / "form.xlsx", folder / "form.pdf"
    EXCEL.write(printout, book)
    PDF.write(printout, paper)
    print(f"export of one form ({LARGEST.stem})")
    show("  lay out", milliseconds(lambda: lay_out(reading([LARGEST]), metrics()), 20))
    show("  Excel, warm", milliseconds(lambda: EXCEL.write(printout, book), 20))
    warm = show("  PDF, warm", milliseconds(lambda: PDF.write(printout, paper), 20))
    for suffix in ("xlsx", "pdf"):
        cold = [command(ours("export", str(LARGEST), "--to", suffix, "--out", str(folder))) for _ in range(5)]
        show(f"  {suffix}, cold: the whole command", [ms for ms, _ in cold], f"{cold[0][1]:.0f} MB")
    if office := shutil.which("soffice"):
        convert = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
        convert += ["--convert-to", "pdf", "--outdir", str(folder / "peer"), str(book)]
        command(convert)
        peer = [command(convert) for _ in range(5)]
        middle = show("  peer: LibreOffice, Excel to PDF", [ms for ms, _ in peer], f"{peer[0][1]:.0f} MB")
        print(f"  LibreOffice ÷ ours: {middle / warm:.0f}")
    else:
        print("  peer: LibreOffice is not installed")


def bench_reports(folder: Path) -> None:
    """A report with a table of 300 rows and one with two forms, beside the Word library used as usual."""
    reports = [report(Table("表 2", "单位：万元", long_table())), whole()]

    def plainly() -> None:
        """The same texts without any look: rows filled by row.cells, the quick way of the library."""
        document = Document()
        for text in texts(whole()):
            document.add_paragraph(text)
        grid = long_table()
        table = document.add_table(len(grid.heights_mm), len(grid.widths_mm))
        cells = iter(grid.cells)
        for row in table.rows:
            for cell in row.cells:
                cell.text = next(cells).text
        document.save(str(folder / "peer.docx"))

    WORD.write(reports, folder / "report.docx")
    REPORT_PDF.write(reports, folder / "report.pdf")
    print("reports: a table of 300 rows, two forms")
    show("  Word, warm", milliseconds(lambda: WORD.write(reports, folder / "report.docx"), 20))
    show("  PDF, warm", milliseconds(lambda: REPORT_PDF.write(reports, folder / "report.pdf"), 20))
    show("  peer: python-docx with its own calls", milliseconds(plainly, 3))


def bench_many(folder: Path, count: int = 1000) -> None:
    """A thousand forms to Excel and PDF, as the export writes them: on all cores."""
    readings = [
        reading([path]) for path in sorted(FORMS.glob("*_20*.json")) if "declaration" not in path.name
    ]
    names = Names()
    pieces = [piece for n in range(count) for piece in pieces_of(readings[n % len(readings)], names)]
    files = [(piece, suffix) for piece in pieces for suffix in ("xlsx", "pdf")]
    print(f"{count} forms to Excel and PDF, {os.cpu_count()} cores")
    before = sum(os.times()[:4])
    written = milliseconds(lambda: list(write_files(files, folder, bool)), 1)
    work = sum(os.times()[:4]) - before  # of all processes; others on the machine do not change it much
    show("  read, laid out and written", written, f"(wanted: 30000 ms), work {work:.0f} s")
    if office := shutil.which("soffice"):
        some = [str(path) for path in sorted(folder.glob("*.xlsx"))[:PEERS]]
        command = [office, f"-env:UserInstallation={(folder / 'many').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder / "peer"), *some]
        peer = milliseconds(lambda: subprocess.run(command, capture_output=True, check=False), 1)
        show(f"  peer: LibreOffice, {PEERS} of the workbooks to PDF", peer)


def bench_command_line(folder: Path) -> None:
    """Start of the command line and the check of 100 files, beside Python doing nothing."""
    print("command line")
    show("  forms", [command(ours("forms"))[0] for _ in range(10)])
    show("  peer: python doing nothing", [command([sys.executable, "-c", ""])[0] for _ in range(10)])
    copies = []
    for n in range(100):
        path = folder / f"{n}.json"
        path.write_bytes(YUEYANG[n % len(YUEYANG)].read_bytes())
        copies.append(str(path))
    checked = command(ours("check", *copies))
    rate = len(copies) / checked[0] * 1000
    show("  check of 100 files", [checked[0]], f"{rate:.0f} files a second, {checked[1]:.0f} MB")


def bench_accounts(folder: Path, rows: int = 80) -> None:
    """Final accounts with many subjects: a key to all tables and findings, and the nine tables written."""
    items = {
        f"205{n:04}": {"name": "科目", "t3.basic": f"{n}.25", "t3.project": "12.34"} for n in range(rows)
    }
    answers = accounts_answers(items, QIAOKOU_CELLS)
    keys = iter(range(10**6))

    def key() -> None:
        typed = answers.with_text("s3.t3.basic", str(next(keys)))
        run_checks(read(shipped(), Answers({"a": typed}, "示例单位", "2022")))

    sheets = lay_out_accounts(typed_accounts(QIAOKOU_ITEMS, QIAOKOU_CELLS), metrics())
    accounts = typed_accounts(QIAOKOU_ITEMS, QIAOKOU_CELLS)
    print(f"final accounts: a list of {rows} subjects, nine tables")
    show("  a key: all tables read and checked", milliseconds(key, 30))
    show("  laid out", milliseconds(lambda: lay_out_accounts(accounts, metrics()), 10))
    show("  PDF, warm", milliseconds(lambda: PDF.write(sheets, folder / "accounts.pdf"), 10))
    show("  Excel, warm", milliseconds(lambda: EXCEL.write(sheets, folder / "accounts.xlsx"), 10))
    peer = milliseconds(lambda: json.loads((FORMS / "qiaokou_xinxi_2022_department.json").read_bytes()), 10)
    show("  peer: one form read as JSON", peer)


def bench_publication(folder: Path) -> None:
    """The whole publication of 硚口 2022: some 35 pages with tables, charts and the forms annexed."""
    paths = sorted(FORMS.glob("qiaokou_xinxi_2022_*.json"))
    explained = qiaokou_explained(
        duties="负责全区教育信息化。", phone="027-00000000", **{"result.p1": "保障了运行"}
    )
    answers = document(paths).with_form("a", explained.answers)
    found = read(shipped(), answers)
    composed = publication_of(found)
    assert composed is not None
    print("the whole publication of final accounts")
    show("  composed", milliseconds(lambda: publication_of(found), 5))
    for name, writer, bound in (("PDF", REPORT_PDF, 1500), ("Word", WORD, 2500)):
        path = folder / f"p{writer.suffix}"
        times = milliseconds(lambda writer=writer, path=path: writer.write((composed,), path), 5)
        show(f"  {name}, warm", times, f"(wanted: {bound} ms)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        bench_reading()
        bench_export(Path(name))
        bench_reports(Path(name))
        bench_accounts(Path(name))
        bench_publication(Path(name))
        bench_command_line(Path(name))
        bench_many(Path(name))
