"""Takes pictures of all tabs, panes and dialogs, on several screens and in every look (dev.py pictures).

The real program on the shipped example. A picture is named <screen>-<look>-<what>.png and goes to
out/pictures or the folder that is named. Some of those of the smallest screen become the pictures of the
user guide in resources/guide.

Needs a display; starts itself again for each screen, because Qt reads its scale once.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSize, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QImage, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

import main  # noqa: E402
from gui import app as program  # noqa: E402
from gui.actions import MENUS, Entry  # noqa: E402
from gui.theme import LOOKS  # noqa: E402
from gui.window import Window  # noqa: E402
from model.definition import TABS  # noqa: E402

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
ENTRIES = [entry for _, entries in MENUS for entry in entries if isinstance(entry, Entry)]
INDICATORS = TABS.index("绩效目标与指标")

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


def settle(milliseconds: int = 150) -> None:
    """Let the program paint, and do what it does a moment later."""
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QTest.qWait(20)


def in_dialog(open_it: Callable[[], object]) -> QPixmap | None:
    """Return the picture of the dialog that a call opens, and close it; None if it opens none."""
    found: list[QPixmap] = []

    def look(tries: int = 100) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            if tries:
                QTimer.singleShot(20, lambda: look(tries - 1))
            return
        settle()
        found.append(dialog.grab())
        dialog.reject() if isinstance(dialog, QDialog) else dialog.close()

    QTimer.singleShot(20, look)
    open_it()
    settle()
    return found[0] if found else None


Pictures = Iterator[tuple[str, QPixmap]]  # what is shown, and how it looks


def forms(window: Window) -> Pictures:
    """Every tab of every form."""
    assert window.session
    assert window.view
    for key in window.session.answers.forms:
        for n, tab in enumerate(TABS):
            window.view.show_form(key, n)
            settle()
            yield f"{key}-{n + 1}-{tab}", window.grab()


def faces(window: Window) -> Pictures:
    """The faces of the pane on the right, and the windows that help opens, beside the indicators."""
    assert window.session
    assert window.view
    window.view.show_form(next(iter(window.session.answers.forms)), INDICATORS)
    for entry in ENTRIES:
        if entry.slot.startswith("show_") and not entry.text.endswith("…"):
            dialog = in_dialog(getattr(window, entry.slot))
            yield f"show-{entry.text}", dialog or beside(window) or window.grab()


def finding(window: Window) -> Pictures:
    """What is found, in the place of the pane."""
    assert window.view
    window.find()
    window.view.pane.finder.field.setText("培训")
    for _ in range(2):
        window.find_next()
    settle()
    yield "find", window.grab()
    window.view.pane.close_finder()


def dialogs(window: Window) -> Pictures:
    """The dialogs that the lines of the menus with … open."""
    for entry in ENTRIES:
        action = window._actions[entry.slot][0]
        if entry.text.endswith("…") and action.isEnabled() and (picture := in_dialog(action.trigger)):
            yield f"dialog-{entry.text.rstrip('…')}", picture


def beside(window: Window) -> QPixmap | None:
    """Return the picture of a second window that stands open, and close it."""
    for other in QApplication.topLevelWidgets():
        if other is not window and isinstance(other, QDialog) and other.isVisible():
            settle()
            picture = other.grab()
            other.close()
            return picture
    return None


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
    settle(500)
    window.grab().save(str(folder / f"{name}-light-start.png"))
    window.open_example()
    for look in looks:
        getattr(window, f"theme_{look}")()
        settle(400)
        for what, picture in chain(forms(window), faces(window), finding(window), dialogs(window)):
            picture.save(str(folder / f"{name}-{look}-{what}.png"))
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
            scale = {"QT_SCALE_FACTOR": str(SCREENS[name].scale), "QT_QPA_PLATFORM": "xcb"}
            homes = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            command = [sys.executable, __file__, str(folder), "--one", name, "--looks", *looks]
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
