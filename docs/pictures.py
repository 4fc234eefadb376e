"""Takes pictures of all tabs, panes and dialogs, on several screens and in every look (dev.py pictures).

The real program on the shipped example and other documents; docs/scenes.py says what is shown. A picture
is named <screen>-<look>-<what>.png and goes to out/pictures or the folder that is named. Some of those of
the smallest screen become the pictures of the user guide in resources/guide.

It starts itself again on a virtual screen for each, because Qt reads its scale once.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSize, Qt  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

import main  # noqa: E402
from docs import accounts_scenes, scenes  # noqa: E402
from gui import app as program  # noqa: E402
from gui.base.theme import LOOKS  # noqa: E402

GUIDE = ROOT / "resources/guide"
SMALLEST = "1366-100"


class Screen(NamedTuple):
    """A screen in pixels, and how much larger the system shows everything on it."""

    width: int
    height: int
    scale: float


SCREENS = {
    "1366-100": Screen(1366, 768, 1),
    "1366-125": Screen(1366, 768, 1.25),
    "1920-150": Screen(1920, 1080, 1.5),
    "4k-200": Screen(3840, 2160, 2),
}

# the pictures of the user guide, and what they show, on the smallest screen
GUIDE_PICTURES = {
    "start": "light-start",
    "indicators": "light-d-4-绩效目标与指标",
    "findings": "light-show-问题列表",
    "help": "light-show-填写说明",
    "report": "light-d-1-自评结论",
    "export": "light-dialog-导出",
    "dark": "dark-d-3-预算执行情况",
}


# --- one screen


def one_screen(name: str, folder: Path, looks: list[str]) -> None:
    """Take all pictures of one screen in some looks; the process has its scale."""
    screen = SCREENS[name]
    window = program.start(main.doors())
    window.guard.remove()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program.theme.dress(app)
    window.resize(QSize(round(screen.width / screen.scale), round(screen.height / screen.scale)))
    window.show()
    scenes.settle(500)
    window.grab().save(str(folder / f"{name}-light-start.png"))
    for look in looks:
        getattr(window.commands.views, f"theme_{look}")()
        scenes.settle(400)
        window.commands.files.open_example()
        home = Path.home()
        others = chain(scenes.of_others(window, home), accounts_scenes.of_accounts(window, home))
        for what, picture in chain(scenes.of_example(window), others):
            picture.save(str(folder / f"{name}-{look}-{what.replace('/', '、')}.png"))
    os._exit(0)  # nothing of it is to be kept


# --- all screens


@contextmanager
def _home() -> Iterator[str]:
    """A folder of a user, whose path stands in the pictures and is the same every time."""
    home = Path(tempfile.gettempdir()) / "自评材料"
    home.mkdir()  # one run at a time
    try:
        yield str(home)
    finally:
        shutil.rmtree(home)


def take(folder: Path, screens: list[str], looks: list[str]) -> int:
    """Take the pictures of some screens, each in its own process and a home of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in screens:
        with _home() as home:
            width, height, factor = SCREENS[name]
            scale = {"QT_SCALE_FACTOR": str(factor), "QT_QPA_PLATFORM": "xcb"}
            homes = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            screen = ["xvfb-run", "--auto-servernum", "--server-args", f"-screen 0 {width}x{height}x24"]
            command = [*screen, sys.executable, __file__, str(folder), "--one", name, "--looks", *looks]
            if code := subprocess.run(command, env={**os.environ, **scale, **homes}).returncode:
                return code
    return 0


def fill_guide(folder: Path) -> None:
    """Put the pictures of the guide from a folder into the guide, with a palette: a third of the bytes."""
    for name, source in GUIDE_PICTURES.items():
        taken = folder / f"{SMALLEST}-{source}.png"
        if taken.exists():
            with_palette(QImage(str(taken))).save(str(GUIDE / f"{name}.png"), "png", 0)


def with_palette(picture: QImage) -> QImage:
    """Return a picture in its 256 most frequent colours; the edges of letters take the nearest."""
    pixels = memoryview(picture.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    frequent = [colour for colour, _ in Counter(pixels).most_common(256)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return picture.convertToFormat(QImage.Format.Format_Indexed8, frequent, flags)


def run() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "out/pictures")
    parser.add_argument("--screens", nargs="+", choices=SCREENS, default=list(SCREENS))
    parser.add_argument("--looks", nargs="+", choices=LOOKS, default=list(LOOKS))
    parser.add_argument("--one", choices=SCREENS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one_screen(given.one, given.folder, given.looks)
    if code := take(given.folder, given.screens, given.looks):
        return code
    fill_guide(given.folder)
    return 0


if __name__ == "__main__":
    sys.exit(run())
