"""Puts the licences of what the program ships into one folder; called by ziping.spec.

The texts come from the wheels that are installed; what those lack is kept in packaging/licences.
"""

import re
import shutil
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "packaging" / "licences"
LOCK = ROOT / "requirements.txt"
BUILT_WITH = "pyinstaller"  # its start of a program is shipped too

_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_BOUGHT = "LicenseRef-Qt-Commercial.txt"  # not the licence that Qt is used under


def gather(folder: Path) -> None:
    """Make the folder of licences anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(KEPT, folder)
    _copy(ROOT / "LICENSE", folder / "ziping" / "LICENSE")
    for name in (*shipped(), BUILT_WITH):
        for source, place in texts(distribution(name)):
            _copy(source, folder / name / place)


def shipped() -> list[str]:
    """Return the names of the packages that the program is locked to."""
    return re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def texts(package: Distribution) -> list[tuple[Path, str]]:
    """Return the licence texts of an installed package, with their places within its folder of licences."""
    found = []
    for file in package.files or ():
        inside = file.parts[1:]
        if not file.parts[0].endswith(".dist-info") or not inside or file.name == _BOUGHT:
            continue
        if _TEXT.search("/".join(inside)):
            place = "/".join(part for part in inside if part != "licenses")
            found.append((Path(str(package.locate_file(file))), place))
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
