"""Everything that the program asks of the system while it works: no connection, no file elsewhere (Linux)."""

import re
import subprocess
import sys
from pathlib import Path
from random import Random
from shutil import copy, which

from tests.stress.trial import Trial, Tried, must

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data"
CALLS = "trace=network,openat,open,creat,rename,renameat,unlink,unlinkat,mkdir,execve"
_CHANGES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^(?:\d+\s+)?(?:creat|rename|unlink|mkdir)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OWN = ("/dev/", "/proc/", "/tmp/stress ", "/dev/shm")  # besides the folder of the trial


def watched(chance: Random, folder: Path) -> Tried:
    """A command opens no socket but the printing system's and changes nothing outside its own folder."""
    if not which("strace"):
        return Tried(0)
    form = chance.choice(sorted((DATA / "published" / "forms").glob("*.json")))
    file = chance.choice(sorted(path for path in (DATA / "intake" / "files").iterdir() if path.is_file()))
    for path in (form, file):
        copy(path, folder)
    command = chance.choice(
        [
            ["check", form.name],
            ["export", form.name, "--to", "xlsx,pdf,docx,json", "--what", "all", "--out", "out"],
            ["import", form.name, "-o", "某表.zpb"],
            ["import", file.name, "--show"],
            ["check", file.name],
        ]
    )
    trace = folder / "trace"
    calls = [
        "strace",
        "-f",
        "-e",
        CALLS,
        "-o",
        str(trace),
        sys.executable,
        "-B",
        str(ROOT / "main.py"),
        *command,
    ]
    home = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    run = subprocess.run(calls, cwd=folder, env=home, capture_output=True, encoding="utf-8")
    must(run.returncode in (0, 1, 2), f"{command[0]} ended with {run.returncode}: {run.stderr[-300:]}")
    must("Traceback" not in run.stderr, f"{command}: {run.stderr[-500:]}")
    lines = trace.read_text("utf-8", "replace").splitlines()
    for line in lines:
        _must_be_harmless(line, folder)
    return Tried(len(lines))


def _must_be_harmless(line: str, folder: Path) -> None:
    if "socket(" in line:
        must("AF_UNIX" in line or "socketpair" in line, f"a connection: {line}")
    if _CHANGES.search(line) and " = -1 " not in line and (found := _PATH.search(line)):
        path = found[1].encode("latin-1", "replace").decode("unicode_escape", "replace")
        is_inside = not path.startswith("/") or path.startswith((str(folder), *_OWN))
        must(is_inside, f"a change elsewhere: {line}")


TRIALS = (Trial("calls of the system (strace)", watched, 200_000, 0, "s"),)
