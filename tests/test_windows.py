"""The parts of the Windows build that can be looked at without it; `python3 dev.py windows` does the rest.

1. the program imports nothing that ziping.spec leaves out, and all it imports of Qt is kept
2. the locks hold for Windows: hashes everywhere, and nothing that only a pip on Windows would take
3. imports.py misses a DLL that is nowhere, and a function that a DLL lacks
4. the window and the files of the program name one version
5. every package that is shipped stands in docs/licences.md and in the notice, and has its licence
6. the icon and the side of the installer are those of the drawing
7. the installer can be made, and takes away again what it writes
8. the tests can be run in Python for Windows with what their lock names
"""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType, SimpleNamespace

import PIL
import pytest
from PIL import Image, ImageChops

from gui.app import VERSION
from gui.handin.pictures import FORMATS

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


WITHOUT_READERS = """
import sys
left_out = {names!r}
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in left_out:
            raise ImportError(name)
sys.meta_path.insert(0, Missing())
from pathlib import Path
from export import commands
from export.charts import picture
from model.report.chart import Drawing
commands.run(["export", {form!r}, "--to", "xlsx", "--out", {out!r}])
from openpyxl import load_workbook
[book] = Path({out!r}).rglob("*.xlsx")
images = [image for sheet in load_workbook(book).worksheets for image in sheet._images]
from gui.handin.pictures import read_picture
from PySide6.QtCore import QSize
photos = sorted(Path({photos!r}).iterdir())
print([path.name for path in photos if read_picture(path.read_bytes(), QSize(9, 9)).isNull()])
print(len(images), picture(Drawing(width=50, height=20, shapes=(), labels=()))[:4])
"""


def test_1_pictures_are_made_and_read_without_what_reads_those_of_other_formats(tmp_path):
    read = ast.literal_eval(in_spec("READ"))
    names = {f"PIL.{name}" for name in PIL._plugins if name not in read}
    assert {"PIL.IcnsImagePlugin", "PIL.EpsImagePlugin", "PIL.WebPImagePlugin"} <= names
    assert ast.unparse(in_spec("PICTURES")) == ast.unparse(
        ast.parse("[f'PIL.{name}' for name in PIL._plugins if name not in READ]", mode="eval").body
    )
    form = next((ROOT / "resources/example").glob("*.json"))
    photos = tmp_path / "photos"
    photos.mkdir()
    for kind in (*FORMATS, "MPO"):
        more = {"save_all": True, "append_images": [Image.new("RGB", (9, 9))]} if kind == "MPO" else {}
        Image.new("RGB", (9, 9)).save(photos / kind, kind, **more)
    code = WITHOUT_READERS.format(names=names, form=str(form), out=str(tmp_path), photos=str(photos))
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-2:] == ["[]", "1 b'\\x89PNG'"]


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


@pytest.fixture
def part(monkeypatch):
    """Import a module of packaging/windows by its name."""
    monkeypatch.syspath_prepend(WINDOWS)
    return importlib.import_module


def test_5_licences_are_named_and_there(part):
    licences = part("licences")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M))
    listed = (ROOT / "docs" / "licences.md").read_text("utf-8").lower()
    notice = (ROOT / "packaging" / "licences" / "NOTICE.txt").read_text("utf-8").lower()
    assert licences.shipped() == list(locked)
    for name, version in locked.items():
        plain = name.removesuffix("-essentials")  # of the two that are Qt
        assert re.search(rf"^\| {plain}\b[^|]*\| {re.escape(version)} \|", listed, re.M), name
        assert plain in notice
        if plain not in ("pyside6", "shiboken6"):  # they bring the licence that is bought
            assert licences.texts(distribution(name)), name


def test_5_what_is_no_python_package_is_named_too(part):
    """CPython and its parts, SQLite, Microsoft's runtime, PyInstaller, NSIS: each with its fixed version."""
    text = (ROOT / "docs" / "licences.md").read_text("utf-8")
    beside = text.partition("Beside them the Windows program holds")[2].partition("OpenSSL is not there")[0]
    rows = [
        [cell.strip() for cell in line.split("|")[1:3]] for line in beside.splitlines()[4:] if "|" in line
    ]
    kept = ROOT / "packaging" / "licences"
    notice = "".join(path.read_text("utf-8") for path in kept.glob("*.txt")).lower()
    assert len(rows) >= 7
    versions = dict(rows)
    for name in versions.keys() - {"CPython", "`python3.dll`"}:  # which is our own
        for word in name.partition(", its")[0].split(", "):
            assert word.lower() in notice, word
    assert f"python {versions['CPython']}" in notice
    assert versions["CPython"] == part("cpython").RELEASE
    assert (kept / f"Python-{versions['CPython']}.txt").exists()
    sqlite = (WINDOWS / "requirements-sqlite.txt").read_text("utf-8")
    assert f"SQLite {versions['SQLite']}" in sqlite
    build = (WINDOWS / "requirements-build.txt").read_text("utf-8")
    assert f"pyinstaller=={versions['PyInstaller, its start of a program']} " in build


def test_6_icons_are_those_of_the_drawing(part, qapp):
    icon = part("icon")
    with Image.open(icon.ICON) as kept, Image.open(icon.SIDE) as side:
        assert kept.info["sizes"] == {(size, size) for size in icon.SIZES}
        assert not ImageChops.difference(kept.convert("RGBA"), icon.picture(256).convert("RGBA")).getbbox()
        assert not ImageChops.difference(side.convert("RGB"), icon.side().convert("RGB")).getbbox()


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
@pytest.mark.parametrize("target", ["amd64-unicode", "x86-unicode"])  # on Debian, on Windows
def test_7_the_installer_can_be_made(tmp_path, target):
    for name in ("ziping.exe", "ziping-cli.exe", "_internal/some.dll", "licences/NOTICE.txt"):
        (tmp_path / "ziping" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ziping" / name).write_bytes(b"some")
    given = {
        "TARGET": target,
        "VERSION": VERSION,
        "SOURCE": tmp_path / "ziping",
        "OUT": tmp_path / "ziping-setup.exe",
    }
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{k}={v}" for k, v in given.items())]
    done = subprocess.run([*command, WINDOWS / "installer.nsi"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "ziping-setup.exe").read_bytes().startswith(b"MZ")


def test_7_what_is_installed_is_taken_away():
    installing, removing = (WINDOWS / "installer.nsi").read_text("utf-8").split('Section "Uninstall"')
    for name in re.findall(r'File "\$\{SOURCE\}\\(\S+)"', installing):
        assert f'Delete "$INSTDIR\\{name}"' in removing
    for name in re.findall(r'File /r "\$\{SOURCE\}\\(\S+)"', installing):
        assert f'RMDir /r "$INSTDIR\\{name}"' in removing
    for link in re.findall(r'CreateShortcut ("\S+")', installing):
        assert f"Delete {link}" in removing
    keys = set(re.findall(r'WriteReg\w+ HKCU ("[^"]+")', installing))
    assert len(keys) > 5
    for key in keys:
        parents = [f'"{key[1:-1][: end.start()]}"' for end in re.finditer(r"\\|$", key[1:-1])]
        assert any(
            re.search(rf"DeleteRegKey( /ifempty)? HKCU {re.escape(name)}", removing) for name in parents
        )
    assert 'RMDir /r "$INSTDIR"' not in removing


def test_8_the_lock_of_the_tests_holds_for_windows(part):
    lock = part("suite")._lock()
    names = set(re.findall(r"^([a-z0-9-]+)==[\w.]+ \\$", lock, re.M))
    assert {"pytest", "colorama", "hypothesis", "pypdf", "python-calamine", "pytest-qt"} <= names
    assert not names & {"ruff", "mypy", "reportlab"}
    assert ";" not in lock
