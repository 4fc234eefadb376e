"""A clerk at the screen of wine: starts the program, looks for its windows, types, takes pictures."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageChops
from wine import BUILD, Failed, Wine

T = TypeVar("T")

PATIENCE_S = 60  # a busy machine of two cores took ten seconds to the window


class Clerk:
    """Has one program open at a time."""

    def __init__(self, wine: Wine) -> None:
        self._wine = wine
        self._process: subprocess.Popen[str] | None = None

    def start(self, title: str, *command: str | Path) -> float:
        """Start a program; return the seconds until its window is there."""
        began = time.monotonic()
        self._process = self._wine.start(*command)
        self.window(title)
        return time.monotonic() - began

    def end(self, *keys: str) -> int:
        """Close the program with these keys; return its exit code."""
        assert self._process
        self.press(*keys)
        code, _ = self._wine.result(self._process, PATIENCE_S)
        self._process = None
        return code

    def quit(self) -> None:
        """Close 自评簿 by its key; it must end well."""
        if code := self.end("ctrl+q"):
            raise Failed(f"the program ended with {code}")

    def window(self, title: str) -> str:
        """Wait for a window by its title, put the focus on it, and return its number."""

        def look() -> str:
            if self._process and self._process.poll() is not None:
                raise Failed(f"the program ended with {self._wine.result(self._process, PATIENCE_S)}")
            return self._wine.on_screen("xdotool", "search", "--onlyvisible", "--name", title)

        found = wait_for(f"the window {title}", look).split()[-1]
        self._wine.on_screen("xdotool", "windowfocus", "--sync", found)
        return found

    def count(self, title: str) -> int:
        """How many windows of a title are to be seen."""
        return len(self._wine.on_screen("xdotool", "search", "--onlyvisible", "--name", title).split())

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._wine.on_screen("xdotool", "key", "--delay", "50", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._wine.on_screen("xdotool", "type", "--delay", "50", text)

    def picture(self, name: str, window: str = "root") -> Image.Image:
        """Leave a picture of the screen, or of one window, when it has come to rest."""
        path = BUILD / f"{name}.png"
        last = None
        for _ in range(20):
            time.sleep(0.3)
            self._wine.on_screen("import", "-window", window, str(path))
            picture = Image.open(path).convert("RGB")
            is_painted = picture.getcolors(1) is None
            if last and is_painted and not ImageChops.difference(last, picture).getbbox():
                break
            last = picture
        return picture


def wait_for(what: str, look: Callable[[], T], seconds: float = PATIENCE_S) -> T:
    """Return what `look` finds as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise Failed(f"waited {seconds:g} s for {what}")
        time.sleep(0.02)
    return found
