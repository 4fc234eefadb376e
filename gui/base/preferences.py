"""What the program remembers, while it runs: the settings of now, written whenever one of them changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from gui.base import settings as settings_store
from gui.base.settings import Settings


def _forgotten(settings: Settings) -> None:
    """A window that remembers nothing."""


class Preferences:
    """The settings of a window; one that only shows something keeps changes to itself."""

    def __init__(self, settings: Settings, *, is_kept: bool = True) -> None:
        self.now = settings
        self._write: Callable[[Settings], object] = settings_store.save if is_kept else _forgotten

    def keep(self, settings: Settings) -> None:
        """Go on with other settings, also at the next start."""
        self.now = settings
        self._write(settings)

    def set(self, **values: Any) -> None:
        """Change some of them by name."""
        self.keep(replace(self.now, **values))

    def note(self, **values: Any) -> None:
        """Change some that change often: they are written with the next ones, at the latest in the end."""
        self.now = replace(self.now, **values)

    def remember(self, document: Path) -> None:
        """A document was opened, or lies here from now on."""
        self.keep(self.now.remembering(document))
