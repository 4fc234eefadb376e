"""At most ten settings, in an INI file of the user's own folder; nothing of what is filled in goes there."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QStandardPaths

import resources
from gui.base import theme
from gui.base.panel_widths import are_widths

RECENT = 10  # documents that the start page and the menu remember
PORTABLE = "portable"  # a file of this name beside the program: settings lie there too
PANE, LEAD, SCORES = (
    "pane",
    "lead",
    "scores",
)  # a small screen needs the room; who knows the way needs no line
THEMES = ("system", *theme.LOOKS)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers from one start to the next; `replace` makes another one."""

    recent: tuple[str, ...] = ()  # paths of documents, the last one first: a clerk opens the same ones
    last_folder: str = ""  # file dialogs begin there
    export_folder: str = ""  # what is handed in goes where it went before
    form_set: str = ""  # chosen last for a new document: an office fills in one region's forms
    theme: str = "system"  # eyes differ, and Windows 10 leaves some PCs no choice
    zoom: int = 100  # a projector, old eyes
    geometry: str = ""  # of the window, as Qt packs it, in hexadecimal
    widths: str = ""  # that were dragged, as gui/base/panel_widths.py writes them
    without: tuple[str, ...] = ()  # PANE, LEAD, SCORES: what is switched off, by name
    topic: str = ""  # of the indicator library, chosen last: an office works in one field

    def wants(self, name: str) -> bool:
        """Return whether something is not switched off."""
        return name not in self.without

    def wanting(self, name: str, is_wanted: bool) -> "Settings":
        """Return the same with something switched on or off."""
        others = tuple(other for other in self.without if other != name)
        return replace(self, without=others if is_wanted else (*others, name))

    def remembering(self, path: Path) -> "Settings":
        """Return the same with a document as the last one opened, and its folder."""
        rest = self.forgetting(path).recent
        recent = (str(path.absolute()), *rest)[:RECENT]
        return replace(self, recent=recent, last_folder=str(path.absolute().parent))

    def forgetting(self, path: Path) -> "Settings":
        """Return the same without a document among the recent ones."""
        return replace(self, recent=tuple(p for p in self.recent if _same(p) != _same(str(path))))

    def relocated(self, old: Path, new: Path) -> "Settings":
        """Return the same with a recent document found again elsewhere, in its old place of the list."""
        recent = self.forgetting(new).recent
        moved = tuple(str(new.absolute()) if _same(p) == _same(str(old)) else p for p in recent)
        return replace(self, recent=moved)

    def start_folder(self) -> Path:
        """Return the folder where a file dialog begins: the last one, else 文档."""
        return _first_of(self.last_folder, _documents())


def folder_in_sight(folder: Path) -> Path:
    """Return a folder that a file dialog may begin in: instead of that of the settings, where the example
    lies and nobody finds a file again, 文档."""
    return _first_of(_documents()) if _same(str(folder)) == _same(str(config_folder())) else folder


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _first_of(*names: str) -> Path:
    return next((Path(name) for name in names if name and os.path.isdir(name)), Path.home())


def _same(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))


# --- where things lie


def own_file(name: str) -> Path | None:
    """Return a file of the user's own beside the settings (审核意见.toml), None where there is none."""
    path = config_folder() / name
    return path if path.is_file() else None


def config_folder(program: Path | None = None) -> Path:
    """Return the user's folder for settings, forms and log: beside a portable program, else the system's."""
    program = program or _program_folder()
    if (program / PORTABLE).exists():
        return program
    place = QStandardPaths.StandardLocation.GenericConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "ziping"


def forms_folder() -> Path:
    """Return the folder of the user's own form definitions, which need not be there."""
    return config_folder() / "forms"


def log_folder() -> Path:
    """Return the folder of the log, which need not be there."""
    return config_folder() / "log"


def _program_folder() -> Path:
    frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).parent if frozen else resources.path("").parent


# --- reading and writing


def load(folder: Path | None = None) -> Settings:
    """Return the settings; what is missing or unusable is as at the first start."""
    folder = folder or config_folder()
    stored, standard = _file(folder), Settings()
    found = {f.name: stored.value(f.name) for f in fields(Settings) if stored.contains(f.name)}
    usable: dict[str, Any] = {}
    for name, value in found.items():
        read = _READERS[type(getattr(standard, name))](value)
        if read is not None and _ALLOWED.get(name, _anything)(read):
            usable[name] = _from_there(folder, read) if name in _carried(folder) else read
    return replace(standard, **usable)


def save(settings: Settings, folder: Path | None = None) -> None:
    """Write the settings; where the system refuses, the next start does without."""
    folder = folder or config_folder()
    stored = _file(folder)
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if field.name in _carried(folder):
            value = _from_here(folder, value)
        stored.setValue(field.name, list(value) if isinstance(value, tuple) else value)
    stored.sync()


def _file(folder: Path) -> QSettings:
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


# --- a portable program: a stick has another letter in another PC, so what lies on it is found from there


def _carried(folder: Path) -> tuple[str, ...]:
    """The settings that are paths, if the program is portable."""
    return ("recent", "last_folder", "export_folder") if (folder / PORTABLE).exists() else ()


def _from_here(folder: Path, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_from_here(folder, path) for path in value)
    if isinstance(value, str) and value and _drive(value) == _drive(str(folder)):
        return os.path.relpath(value, folder)
    return value


def _from_there(folder: Path, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_from_there(folder, path) for path in value)
    return os.path.normpath(os.path.join(folder, value)) if isinstance(value, str) and value else value


def _drive(path: str) -> str:
    return os.path.normcase(os.path.splitdrive(path)[0])


# --- what is read


def _texts(value: object) -> tuple[str, ...] | None:
    """Qt reads a list of one text back as a text."""
    listed = value if isinstance(value, list) else [value] if value else []
    return tuple(text for text in listed if isinstance(text, str))[:RECENT]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else None


def _flag(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())


_READERS: dict[type, Callable[[object], Any]] = {tuple: _texts, str: _text, int: _whole, bool: _flag}


def _anything(value: object) -> bool:
    return True


_ALLOWED: dict[str, Callable[[Any], bool]] = {
    "theme": THEMES.__contains__,
    "zoom": theme.ZOOMS.__contains__,
    "widths": are_widths,
}
