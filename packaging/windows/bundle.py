"""Builds the folder of the Windows program with PyInstaller; looks whether it is whole and wholly ours."""

import os
import re
import shutil
import subprocess
import sys
import time

import cpython
import licences
from wine import BUILD, HERE, ROOT, Failed, Wine, say

FOLDER = BUILD / "dist" / "ziping"
MOST_MB = 105
BUILT_S = 3600  # a machine with other work took 900
NAMING = ("NOTICE.txt", "Qt-parts.txt")  # name the texts of licences by their files
WINES_OWN = re.compile(rb"Wine (builtin|placeholder) DLL")


def build(wine: Wine) -> None:
    """Make the folder anew."""
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    folders = ("--distpath", FOLDER.parent, "--workpath", BUILD / "work")
    pyinstaller = (cpython.PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders)
    output = wine.run(*pyinstaller, ROOT / "packaging/ziping.spec", timeout=BUILT_S)
    (BUILD / "pyinstaller.log").write_text(output)
    sizes = [path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()]
    size, seconds = sum(sizes) / 1e6, time.monotonic() - began
    say(f"program: {size:.1f} MB in {len(sizes)} files, built in {seconds:.0f} s")
    if size > MOST_MB:
        raise Failed(f"it may have {MOST_MB} MB; python bench/windows.py names the largest files")


def check() -> None:
    """Raise Failed if the folder lacks something, or holds something of wine's."""
    for path in FOLDER.rglob("*"):
        if path.is_file() and WINES_OWN.search(path.read_bytes()):
            raise Failed(f"{path.name} is wine's own")
    resources = ROOT / "resources"
    for path in resources.rglob("*"):
        part = path.relative_to(resources)
        is_code = path.suffix == ".py" or "__pycache__" in part.parts
        if not is_code and not (FOLDER / "_internal/resources" / part).exists():
            raise Failed(f"{part} of resources is missing")
    _must_have_licences()
    environment = {**os.environ, "PYTHONPATH": str(cpython.PACKAGES)}  # for pefile
    command = [sys.executable, str(HERE / "imports.py"), str(FOLDER)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"the program lacks something:\n{done.stdout}{done.stderr}")
    say(f"program: {done.stdout.strip()}")


def _must_have_licences() -> None:
    """What is kept in packaging/licences is there, the texts of every package that has any, and every text
    that one of these names."""
    there = FOLDER / "licences"
    wanted = [path.name for path in licences.KEPT.iterdir()]
    named = re.findall(r"[\w/.-]+\.txt\b", "".join((there / name).read_text("utf-8") for name in NAMING))
    places = (there, FOLDER)
    missing = [name for name in (*wanted, *named) if not any((place / name).exists() for place in places)]
    for name in (*licences.shipped(), licences.BUILT_WITH, "ziping"):
        if not name.startswith(("pyside6", "shiboken6")) and not any((there / name).rglob("*")):
            missing.append(name)
    if missing:
        raise Failed(f"the folder of licences lacks {', '.join(missing)}")
