"""Layouts on disk: a TOML file each, shipped ones and those of the clerk's settings folder."""

import json
import os
import re
import sys
from pathlib import Path

import resources
from model.basics.errors import UserError
from model.basics.files import write_whole
from model.forms.toml_table import TomlTable, open_toml
from model.recognition.layouts import Layout, Layouts

SUFFIX = ".toml"
PORTABLE = "portable"  # a file of this name beside the program: what it remembers lies there too
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
NOT_READ = "这个版式文件读不懂，没有使用，其他文件照常读入（{why}）。请删除它，需要时再说明一次版式。"
_UNITS = ("", "元", "万元", "亿元")


def own_folder() -> Path:
    """Return the folder of the layouts that were explained here, which need not be there: `layouts` beside
    the settings of the window (`gui.base.settings.config_folder`)."""
    program = Path(sys.executable).parent if getattr(sys, "frozen", False) else Path(__file__).parent.parent
    if (program / PORTABLE).exists():
        return program / "layouts"
    system = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", "")
    home = Path.home() / ("AppData/Local" if sys.platform == "win32" else ".config")
    return (Path(system) if system else home) / "ziping" / "layouts"


def load(*folders: Path) -> Layouts:
    """Return the layouts of some folders and the shipped ones; a file with a mistake is passed over, named.

    Of two with one name that of the folder named first counts.
    """
    paths = [
        path for folder in (*folders, resources.path("layouts")) for path in sorted(folder.glob("*.toml"))
    ]
    found: dict[str, Layout] = {}
    problems: list[tuple[Path, str]] = []
    for path in paths:
        try:
            layout = _read(path)
        except UserError as error:
            problems.append((path, NOT_READ.format(why=error.message.rstrip("。"))))
        else:
            found.setdefault(layout.name, layout)
    return Layouts(tuple(found.values()), tuple(problems))


def _read(path: Path) -> Layout:
    top = open_toml(path)
    layout = Layout(
        top.filled("name"),
        top.text("form", ""),
        top.texts("fits"),
        _words(top, "captions"),
        top.choice("money_unit", _UNITS, ""),
        _words(top, "places"),
    )
    top.done()
    return layout


def _words(top: TomlTable, key: str) -> dict[str, str]:
    return top.words(key) if top.has(key) else {}


def save(folder: Path, layout: Layout) -> Path:
    """Write a layout into a folder, under its name; raises UserError where that cannot be."""
    name = _UNSAFE.sub("_", layout.name).strip(" .")
    if not name:
        raise UserError("版式没有名称。", "请给它起一个名称。")
    path = folder / f"{name}{SUFFIX}"
    try:
        write_whole(path, _text(layout).encode("utf-8"))
    except OSError as error:
        raise UserError(f"版式“{layout.name}”没有记住（{error.strerror}）。", "请核对设置文件夹。") from None
    return path


def _text(layout: Layout) -> str:
    """A layout as TOML, whose texts are written as in JSON."""
    lines = [f"name = {_quoted(layout.name)}", f"form = {_quoted(layout.form)}"]
    lines += [f"money_unit = {_quoted(layout.money_unit)}"] if layout.money_unit else []
    lines += ["fits = [", *(f"  {_quoted(caption)}," for caption in layout.fits), "]"]
    for key, words in (("captions", layout.captions), ("places", layout.places)):
        if words:
            lines += ["", f"[{key}]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in words.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
