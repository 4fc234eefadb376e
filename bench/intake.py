"""Prints how fast foreign files are read, each figure with its goal: `python bench/intake.py`.

Nothing is asserted here; the figures are for people. "Through the child" is what a clerk waits for.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from intake.filling.docx import fill_docx  # noqa: E402
from intake.filling.fill import fill_file  # noqa: E402
from intake.filling.xls import fill_xls  # noqa: E402
from intake.filling.xlsx import fill_xlsx  # noqa: E402
from intake.guard import guard  # noqa: E402
from intake.kinds import sort_of  # noqa: E402
from intake.reader import Reader, read_many  # noqa: E402
from intake.reading import read_bytes  # noqa: E402
from model.document.answers import Answers  # noqa: E402
from model.forms.loader import shipped  # noqa: E402
from model.reading.reading import read as model_read  # noqa: E402
from model.recognition.block import Where  # noqa: E402
from model.recognition.block_columns import recognise_block  # noqa: E402
from model.recognition.clipboard import sheet_of_text  # noqa: E402
from model.recognition.examine import examine  # noqa: E402
from model.recognition.incoming import Incoming  # noqa: E402
from model.recognition.recognise import Recogniser  # noqa: E402
from tests.bureaus import D09, D10, D14, UNIT, bureau, made_document  # noqa: E402

DATA = ROOT / "tests" / "data" / "intake"
FILES = sorted((DATA / "files").iterdir())
BAD = sorted(path for path in (DATA / "bad").iterdir() if path.suffix != ".json")
RECOGNISED = {".xlsx": 40, ".xls": 50, ".et": 50, ".docx": 50, ".doc": 50, ".wps": 50, ".pdf": 200}
GOALS = {".xlsx": 30, ".xls": 40, ".et": 40, ".docx": 40, ".doc": 40, ".wps": 40, ".pdf": 150}


def milliseconds(action: Callable[[], object], runs: int) -> list[float]:
    """Return how long each of `runs` calls took."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return times


def show(name: str, times: Sequence[float], goal: float) -> None:
    """Print median and worst of some times in milliseconds, beside the goal for the median."""
    print(f"{name:<44}{median(times):>9.1f} ms  worst {max(times):>8.1f} ms  goal {goal:>6.0f} ms")


def bench_readers(runs: int = 20) -> None:
    """Each kind, warm, in this process: the median of all its files."""
    print("read, warm")
    for suffix, goal in GOALS.items():
        contents = [(path.name, path.read_bytes()) for path in FILES if path.suffix == suffix]
        times = [
            median(milliseconds(lambda name=name, data=data: read_bytes(name, data), runs))
            for name, data in contents
        ]
        show(f"  {suffix} ({len(contents)} files)", times, goal)


def bench_recognition(runs: int = 10) -> None:
    """Read and recognised, warm: the median of all files of a kind; and a pasted block of 20 rows."""
    print("read and recognised, warm")
    library = shipped()
    for suffix, goal in RECOGNISED.items():
        paths = [path for path in FILES if path.suffix == suffix]
        times = [
            median(milliseconds(lambda path=path: examine(path, read(path), library), runs)) for path in paths
        ]
        show(f"  {suffix} ({len(paths)} files)", times, goal)
    columns = library.form("hunan-project-2023").indicators.columns
    where = Where("indicators", columns, 2, typed=frozenset(column.key for column in columns))
    block = sheet_of_text("\n".join("培训人数\t≥50人\t45人\t10\t9" for _ in range(20)))
    show("  a pasted block", milliseconds(lambda: recognise_block(block, where), runs), 5)


def read(path: Path) -> Incoming:
    """Read a file in this process."""
    return read_bytes(path.name, path.read_bytes())


def bench_guard() -> None:
    """What is looked at before any parser, good and bad files."""
    print("guard and kind")
    for name, paths in (("good files", FILES), ("bad files", BAD)):
        times = []
        for path in paths:
            data = path.read_bytes()
            times.append(median(milliseconds(lambda data=data, path=path: looked_at(data, path), 5)))
        show(f"  {name}", times, 5)


def looked_at(data: bytes, path: Path) -> None:
    """Look at a file as the parent does."""
    try:
        sort_of(data, path.name)
        guard(data)
    except Exception:  # a refusal is as good as any answer here
        return


def bench_child() -> None:
    """What a clerk waits for: the first file with the start of the child, the next, bad ones, a folder."""
    print("through the child")
    book = next(path for path in FILES if path.suffix == ".xlsx")
    first = []
    for _ in range(5):
        reader = Reader()
        first += milliseconds(lambda reader=reader: reader.read(book), 1)
        reader.close()
    show("  the first file, with the start of the child", first, 1000)
    reader = Reader()
    reader.read(book)
    show("  the next file", milliseconds(lambda: reader.read(book), 20), 40)
    show("  bad files", [milliseconds(lambda path=path: reader.read(path), 1)[0] for path in BAD], 2000)
    reader.close()
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for number in range(100):
            path = FILES[number % len(FILES)]
            copies.append(Path(folder) / f"{number}{path.suffix}")
            copies[-1].write_bytes(path.read_bytes())
        show("  100 files by two children", milliseconds(lambda: list(read_many(copies)), 1), 10_000)


def bench_filling(runs: int = 10) -> None:
    """A bureau's blank filled in place and read back, warm: recognised, planned, written, compared."""
    print("filled in place")
    for name in (D09, D10, D14):
        made = bureau(name)
        answers = made_document(made.form)
        (form,) = model_read(made.library, Answers({"p1": answers}, UNIT, "2025")).forms
        recogniser = Recogniser(made.library.forms)
        fill = partial(fill_file, name, made.blank, form, recogniser)
        show(f"  {Path(name).suffix}, with what is read back", milliseconds(fill, runs), 120)
        edits = fill().plan.edits
        write = {".xlsx": fill_xlsx, ".docx": fill_docx, ".xls": fill_xls}[Path(name).suffix]
        show(
            f"  {Path(name).suffix}, written alone", milliseconds(partial(write, made.blank, edits), runs), 50
        )


if __name__ == "__main__":
    bench_readers()
    bench_recognition()
    bench_guard()
    bench_child()
    bench_filling()
