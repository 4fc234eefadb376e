"""Tries what the frozen program does with children: many forms to export, a folder to audit.

They start as the program itself (`main._be_a_child`); that they did is seen among the processes of Linux.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import compare
from clerk import PATIENCE_S, Clerk, wait_for
from window_trial import DOCUMENT_TITLE, EXPORT_TITLE
from wine import BUILD, ROOT, Failed, Wine, say, windows_path

from model.document import store
from model.document.answers import Answers
from tests.handed_in import sound

FORMS = 64
CHILD = b"--multiprocessing-fork"
MANY = BUILD / "doors" / "多个项目.zpb"
HERE, THERE = BUILD / "doors/many here", BUILD / "doors/many there"
FILLED = ROOT / "tests/data/intake/files"
IN_ONE = """
import sys
from export import cores
from main import main
cores.FEW = 1_000_000
sys.exit(main(sys.argv[1:]))
"""


def run(wine: Wine, program: Path) -> None:
    """Do with ziping-cli.exe what one process does here, and compare."""
    _write_document()
    _export_many(wine, program)
    _audit(wine, program)


def try_window(clerk: Clerk, program: Path, exports: Path) -> None:
    """Export the same from the window, which then lie in `exports`."""
    before = set(exports.iterdir())
    clerk.start(DOCUMENT_TITLE, program, MANY)
    clerk.press("ctrl+e")
    clerk.window(EXPORT_TITLE)
    clerk.press("Return")
    children: set[int] = set()

    def all_there() -> bool:
        children.update(_children("ziping.exe"))
        return len(set(exports.iterdir()) - before) >= 2 * FORMS

    wait_for("the files of many forms", all_there, 3 * PATIENCE_S)
    clerk.picture("11-many")
    clerk.press("Escape")
    wait_for("the dialog to close", lambda: not clerk.count(EXPORT_TITLE))
    clerk.window(DOCUMENT_TITLE)
    clerk.quit()
    files = sorted(set(exports.iterdir()) - before)
    same = compare.must_be_alike(HERE.iterdir(), files)
    _must_have("the window", children)
    say(f"the window exports {FORMS} forms by {len(children)} children: {same} of {len(files)} to the byte")
    for file in files:
        file.unlink()


def _write_document() -> None:
    answers = sound()
    *others, project = answers.forms
    copies = {
        f"p{n}": answers.forms[project].with_texts({"project_name": f"第 {n} 个项目"})
        for n in range(1, FORMS - len(others) + 1)
    }
    forms = {**{key: answers.forms[key] for key in others}, **copies}
    MANY.unlink(missing_ok=True)
    store.create(MANY, Answers(forms, answers.unit, answers.year))


def _export_many(wine: Wine, program: Path) -> None:
    """As many processes as the machine has cores write what one writes here."""
    for folder in (HERE, THERE):
        shutil.rmtree(folder, ignore_errors=True)
    options = ("export", MANY, "--to", "pdf,xlsx", "--out")
    subprocess.run([sys.executable, "-c", IN_ONE, *map(str, (*options, HERE))], cwd=ROOT, capture_output=True)
    code, output, children = _watched(wine, program, *options, THERE)
    if code not in (0, 1) or not THERE.exists():
        raise Failed(f"many forms are not exported: {code}\n{output}")
    files = list(THERE.iterdir())
    same = compare.must_be_alike(HERE.iterdir(), files)
    _must_have("ziping-cli.exe export", children)
    done = f"{len(files)} files as one process writes here, {same} of them to the byte"
    say(f"ziping-cli.exe export of {FORMS} forms by {len(children)} children: {done}")


def _audit(wine: Wine, program: Path) -> None:
    """A folder of files of office programs, looked at by children, is found to be as it is here."""
    folder = BUILD / "doors" / "审核"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in sorted(FILLED.iterdir()):
        if path.suffix in (".xls", ".xlsx", ".docx", ".doc"):
            shutil.copy(path, folder)
    results = [BUILD / "doors" / f"检查 {name}" for name in ("here", "there")]
    for result in results:
        shutil.rmtree(result, ignore_errors=True)
    compare.on_linux("audit", folder, "--to", "md", "--out", results[0])
    code, output, children = _watched(wine, program, "audit", folder, "--to", "md", "--out", results[1])
    if code not in (0, 1, 2) or not results[1].exists():
        raise Failed(f"the folder is not audited: {code}\n{output}")
    here, there = (next(result.glob("*.md")).read_text("utf-8").splitlines() for result in results)
    there = [line.replace(windows_path(folder), str(folder)) for line in there]
    if here != there:
        different = [f"{a}\n{b}" for a, b in zip(here, there, strict=False) if a != b]
        raise Failed("the audit says something else than here:\n" + "\n".join(different[:5]))
    _must_have("ziping-cli.exe audit", children)
    count = sum(1 for _ in folder.iterdir())
    say(f"ziping-cli.exe audit of {count} files by {len(children)} children: as here")


def _watched(wine: Wine, program: Path, *arguments: str | Path) -> tuple[int, str, set[int]]:
    """Run a program to its end and return its exit code, what it said, and the children it had."""
    children: set[int] = set()
    process = wine.start(program, *arguments)

    def has_ended() -> bool:
        children.update(_children(program.name))
        return process.poll() is not None

    wait_for("the program to end", has_ended, 3 * PATIENCE_S)
    return (*wine.result(process, PATIENCE_S), children)


def _children(name: str) -> set[int]:
    """The processes that are children of this program."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:  # it has just ended
            continue
        if CHILD in command and f"\\{name}".encode() in command:
            found.add(int(path.parent.name))
    return found


def _must_have(what: str, children: set[int]) -> None:
    if len(children) < 2:
        raise Failed(f"{what} had {len(children)} children: it did all alone")
