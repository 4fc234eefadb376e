"""Makes a CPython 3.11.7 for Windows with everything the program and its build need, on Linux.

python.org's own is not to be had from a package index; its parts are. python311.dll and the extension
modules, as signed by the PSF, lie in panda3d's wheel; the rest of the release is plain Python, kept here as
stdlib-3.11.7.tar.xz. sqlite3.dll is of the newest such wheel, as that of 3.11.7 has known holes. What is
missing then is made with mingw: a python.exe to build with, and python3.dll, which hands every function of
the stable ABI on to python311.dll. Qt for Python needs that, so it is shipped.
"""

import shutil
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from wine import BUILD, COMPILER, HERE, ROOT, Failed, call, digest

RELEASE = "3.11.7"
STDLIB = HERE / f"stdlib-{RELEASE}.tar.xz"
RUNTIME_LOCK = HERE / "requirements-python.txt"
SQLITE_LOCK = HERE / "requirements-sqlite.txt"
LOCKS = (ROOT / "requirements.txt", HERE / "requirements-build.txt")
FOLDER = BUILD / "python"
PYTHON = FOLDER / "python.exe"
PACKAGES = FOLDER / "Lib/site-packages"

# of the wheel's deploy_libs; without OpenSSL (6 MB): the program is never online, hashlib has its own sums
LIBRARIES = ("libffi-8.dll",)
SQLITE = "sqlite3.dll"
MODULES = (
    "_asyncio _bz2 _ctypes _decimal _elementtree _lzma _multiprocessing _overlapped _queue _socket _sqlite3"
    " _uuid _zoneinfo pyexpat select unicodedata winsound"
).split()
RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")  # Microsoft's, of shiboken6: panda3d's is of 2016

PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
_OF_WINDOWS = (
    "--no-deps --require-hashes --only-binary=:all: --platform win_amd64 --implementation cp".split()
)
FOR_WINDOWS = [*_OF_WINDOWS, "--python-version", "3.11"]
FOR_SQLITE = [*_OF_WINDOWS, "--python-version", "3.14"]


def make() -> bool:
    """Make the folder unless it is whole; tell whether there was something to do."""
    made = BUILD / "python.made"
    sources = (Path(__file__), HERE / "python.c", HERE / "python3.rc", STDLIB)
    wanted = digest((*sources, RUNTIME_LOCK, SQLITE_LOCK, *LOCKS))
    if made.exists() and made.read_text() == wanted:
        return False
    made.unlink(missing_ok=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "DLLs").mkdir(parents=True)
    _take_binaries()
    _check_release()
    with tarfile.open(STDLIB) as stdlib:
        stdlib.extractall(FOLDER)
    _compile()
    _install()
    made.write_text(wanted)
    return True


def _take_binaries() -> None:
    binaries = ("python311.dll", *LIBRARIES, *(f"{module}.pyd" for module in MODULES))
    _take(RUNTIME_LOCK, FOR_WINDOWS, binaries)
    _take(SQLITE_LOCK, FOR_SQLITE, (SQLITE,))


def _take(lock: Path, platform: Sequence[str], names: Sequence[str]) -> None:
    """Copy files of deploy_libs of the wheel that a lock names."""
    download = BUILD / "download"
    call(*PIP, "download", *platform, "--dest", download, "-r", lock)
    (wheel,) = download.glob("panda3d-*.whl")
    with ZipFile(wheel) as files:
        for name in names:
            target = FOLDER / name if name == "python311.dll" else FOLDER / "DLLs" / name
            target.write_bytes(files.read(f"deploy_libs/{name}"))
    shutil.rmtree(download)


def _check_release() -> None:
    """The plain Python and the binaries must be of the same release."""
    if f"tags/v{RELEASE}".encode() not in (FOLDER / "python311.dll").read_bytes():
        raise Failed(f"python311.dll is not of the release {RELEASE}")


def _compile() -> None:
    work = BUILD / "compiled"
    work.mkdir(exist_ok=True)
    call(COMPILER, "-O2", "-s", "-municode", "-o", PYTHON, HERE / "python.c")
    exports = call("gendef", "-", FOLDER / "python311.dll").splitlines()
    names = [line.split()[0] for line in exports if line.startswith(("Py", "_Py"))]
    forwards = [f"  {name}=python311.{name}" for name in names]
    (work / "python3.def").write_text("\n".join(["LIBRARY python3", "EXPORTS", *forwards, ""]))
    (work / "python3.c").write_text("int __stdcall start(void *dll, int why, void *more) { return 1; }\n")
    call(COMPILER.replace("gcc", "windres"), HERE / "python3.rc", work / "python3.o")
    parts = [work / name for name in ("python3.c", "python3.o", "python3.def")]
    call(COMPILER, "-shared", "-s", "-nostdlib", "-e", "start", "-o", FOLDER / "python3.dll", *parts)


def _install() -> None:
    """Install the wheels of the locks, which name all that Windows needs; pip would look at Linux."""
    locks = [part for lock in LOCKS for part in ("-r", str(lock))]
    call(*PIP, "install", *FOR_WINDOWS, "--no-compile", "--target", PACKAGES, *locks)
    for name in RUNTIME:
        shutil.copy(PACKAGES / "shiboken6" / name, FOLDER)
