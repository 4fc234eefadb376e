"""The parts of the Windows build that can be looked at without it; `python3 dev.py windows` does the rest.

1. the program imports nothing that ziping.spec leaves out, and all it imports of Qt is kept
2. the locks hold for Windows: hashes everywhere, and nothing that only a pip on Windows would take
3. imports.py misses a DLL that is nowhere, and a function that a DLL lacks
4. the window and the files of the program name one version
"""

import ast
import importlib
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from gui.app import VERSION

ROOT = Path(__file__).parent.parent
WINDOWS = ROOT / "packaging" / "windows"
LOCKS = [ROOT / "requirements.txt", WINDOWS / "requirements-build.txt", WINDOWS / "requirements-python.txt"]
PARTS = ("model", "export", "gui")
PROGRAM = [ROOT / "main.py", *(path for part in PARTS for path in (ROOT / part).rglob("*.py"))]


def in_spec(name: str) -> ast.expr:
    """Return what a name of the spec stands for."""
    nodes = ast.parse((ROOT / "packaging" / "ziping.spec").read_text("utf-8")).body
    return next(n.value for n in nodes if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == name)


def imported() -> set[str]:
    """The modules that the program imports."""
    found = set()
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_1_nothing_is_left_out_that_the_program_imports():
    excluded = set(ast.literal_eval(in_spec("EXCLUDES")))
    packages = {".".join(name.split(".")[:n]) for name in imported() for n in range(1, name.count(".") + 2)}
    assert not excluded & packages


def test_1_qt_is_kept_as_far_as_it_is_imported():
    call = in_spec("QT")
    assert isinstance(call, ast.Call)
    kept = re.compile(ast.literal_eval(call.args[0]), re.IGNORECASE)
    parts = {name.split(".")[1] for name in imported() if name.startswith("PySide6.Qt")}
    assert {"QtCore", "QtGui", "QtWidgets"} <= parts
    for part in parts:
        assert kept.fullmatch(f"{part}.pyd")
        assert kept.fullmatch(part.replace("Qt", "Qt6", 1) + ".dll")
    assert not kept.fullmatch("opengl32sw.dll")
    assert not kept.fullmatch("translations/qtbase_de.qm")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_2_every_package_has_hashes_and_no_condition(lock):
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    packages = [line for line in lines if not line.startswith(" ")]
    hashes = [line for line in lines if line.startswith(" ")]
    assert packages
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+ \\", line) for line in packages)
    assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)


@pytest.fixture
def imports(monkeypatch) -> ModuleType:
    """imports.py; it reads DLLs with a package that only the Windows Python has."""
    monkeypatch.setitem(sys.modules, "pefile", ModuleType("pefile"))
    monkeypatch.syspath_prepend(WINDOWS)
    return importlib.import_module("imports")


def test_3_what_is_missing_is_told(imports):
    needed = {"qt.dll": {b"draw", b"print"}, "kernel32.dll": {b"Sleep"}, "api-ms-win-crt-1.dll": {b"sin"}}
    program = SimpleNamespace(needed=needed, offered=set())
    library = SimpleNamespace(needed={"msvcp140.dll": {b"new"}}, offered={b"draw"})
    files = {Path("a/ziping.exe"): program, Path("a/Qt.dll"): library}
    assert list(imports.problems(files)) == ["ziping.exe: qt.dll lacks print", "Qt.dll: no msvcp140.dll"]


def test_4_there_is_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
