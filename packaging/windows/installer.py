"""Packs the folder of the program: the installer for one user, and a zip to run from a USB stick."""

import time
import tomllib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bundle import FOLDER
from wine import BUILD, HERE, ROOT, Failed, call, say

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
SETUP = BUILD / f"ziping-{VERSION}-setup.exe"
PORTABLE = BUILD / f"ziping-{VERSION}-portable.zip"
SWITCH = "portable"  # a file of this name beside the program: settings lie there too
MOST_MB = {SETUP: 36, PORTABLE: 55}


def pack() -> None:
    """Make both anew."""
    for make, path in ((_make_setup, SETUP), (_make_portable, PORTABLE)):
        began = time.monotonic()
        path.unlink(missing_ok=True)
        make()
        size, seconds = path.stat().st_size / 1e6, time.monotonic() - began
        say(f"{path.name}: {size:.1f} MB, made in {seconds:.0f} s")
        if size > MOST_MB[path]:
            raise Failed(f"{path.name} may have {MOST_MB[path]} MB")


def _make_setup() -> None:
    given = {"TARGET": "amd64-unicode", "VERSION": VERSION, "SOURCE": FOLDER, "OUT": SETUP}
    defined = [f"-D{name}={value}" for name, value in given.items()]
    call("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, HERE / "installer.nsi")


def _make_portable() -> None:
    with ZipFile(PORTABLE, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(f"ziping/{SWITCH}", "")
        for path in sorted(FOLDER.rglob("*")):
            if path.is_file():
                archive.write(path, Path("ziping") / path.relative_to(FOLDER))
