"""Prints how fast many forms are audited and added up, with memory: `python bench/units.py [--long]`.

Each figure stands beside its goal (issue 18); nothing is asserted here. `--long` audits 20,000 forms, too. On
a busy machine look at the work: divided by the cores it is what an idle one takes.
Memory is the most that the program and all its children held at once (PSS on Linux: shared pages count once).
"""

import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from export.auditing import Audits, Folders  # noqa: E402
from export.opening import open_all  # noqa: E402
from intake import files_in  # noqa: E402
from intake.auditing import audit_files, cores  # noqa: E402
from model.aggregation.parts import Part  # noqa: E402
from model.aggregation.result import aggregate  # noqa: E402
from model.forms.loader import shipped  # noqa: E402

DATA = ROOT / "tests" / "data"
PUBLISHED = sorted((DATA / "published").rglob("*.json"))
BOOKS = sorted((DATA / "intake" / "files").glob("D0[127]*.xlsx"))
MB = 1024 * 1024


class Memory:
    """Looks at the memory of this process and its children, fifty times a second."""

    def __init__(self) -> None:
        self.most = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.02):
            self.most = max(self.most, sum(map(_pss, _family())))


def _family() -> Iterator[int]:
    """This process and its children."""
    yield os.getpid()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{os.getpid()}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


def _pss(process: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def show(name: str, seconds: float, work: float, memory: int, goal: str) -> None:
    """Print a figure beside its goal; `work` is the time of all cores, which others do not change."""
    print(f"{name:<40}{seconds:>8.2f} s  (work {work:>6.2f} s) {memory / MB:>6.0f} MB   goal {goal}")


def measured(action: Callable[[], object]) -> tuple[float, float, int]:
    """Return how long an action took, the work of all processes, and the most memory meanwhile."""
    with Memory() as memory:
        start, before = time.perf_counter(), _work()
        action()
        return time.perf_counter() - start, _work() - before, memory.most


def _work() -> float:
    """The seconds that this process and its ended children have worked."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def exchange_files(folder: Path, count: int) -> None:
    """Write exchange files of units that do not exist, each another one."""
    forms = [json.loads(path.read_text("utf-8")) for path in PUBLISHED]
    forms = [form for form in forms if form.get("schema") == "ziping.form/1"]
    for n in range(count):
        data = {**forms[n % len(forms)], "unit": f"示例{n // 8:05}学校"}
        inside = folder / f"{n // 1000:03}"
        inside.mkdir(parents=True, exist_ok=True)
        (inside / f"{n:06}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def books(folder: Path, count: int) -> None:
    """Write workbooks; each is another file, for the same file counts once."""
    folder.mkdir()
    for n in range(count):
        path = folder / f"{n:05}.xlsx"
        shutil.copy(BOOKS[n % len(BOOKS)], path)
        with ZipFile(path, "a") as archive:  # nothing reads it, and it makes another file of it
            archive.writestr("docProps/number.txt", f"{n}")


def audit(folder: Path, out: Path) -> None:
    """Audit a folder and write the workbook of it."""
    audits = Audits(Folders(files_in, audit_files))
    out.mkdir(exist_ok=True)
    audits.audit(folder, out / "record.json", lambda _: None, lambda *_: None, lambda: False)


def add_up(units: int, forms: int) -> None:
    """Add up the forms of units: each unit has several projects, each project is added up."""
    (opened,) = open_all([DATA / "mended" / "qiaokou_xinxi_2022_project.json"], shipped())
    assert opened.reading is not None
    (form,) = opened.reading.forms
    for project in range(forms):
        parts = []
        for unit in range(units):
            texts = {"unit": f"示例{unit}小", "project_name": f"项目{project}"}
            answers = form.answers.with_texts(texts)
            parts.append(Part(f"{unit}", f"{unit}.json", replace(form, answers=answers)))
        aggregate(parts, form.definition, form.answers.year)


if __name__ == "__main__":
    print(f"{cores()} cores")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        exchange_files(work / "json", 1000)
        show(
            "1,000 exchange files audited", *measured(lambda: audit(work / "json", work / "a")), "2 s, 150 MB"
        )
        books(work / "xlsx", 1000)
        show(
            "1,000 workbooks audited",
            *measured(lambda: audit(work / "xlsx", work / "b")),
            "60 s on two cores",
        )
        show("40 units with 10 forms added up", *measured(lambda: add_up(40, 10)), "1 s")
        if "--long" in sys.argv:
            for count in (5_000, 20_000):
                exchange_files(work / f"{count}", count)
                took = measured(lambda count=count: audit(work / f"{count}", work / f"{count}o"))
                show(f"{count:,} forms audited", *took, "level in memory")
