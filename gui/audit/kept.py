"""Where the last audit of each folder lies: in the folder of the settings, under a name made of its path."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from model.audit.record import Record
from model.basics.errors import UserError
from model.basics.files import replace


class Kept(NamedTuple):
    """The record of the last audit, and of the one that is under way."""

    last: Path
    fresh: Path

    def last_record(self) -> Record | None:
        """Return the last audit, None where there is none that can be read."""
        try:
            return Record(self.last) if self.last.exists() else None
        except (UserError, OSError):
            return None

    def take_over(self) -> None:
        """The audit that was under way is the last one now."""
        replace(self.fresh, self.last)


def kept(settings: Path, folder: Path) -> Kept:
    """Return where the audits of a folder lie."""
    name = hashlib.sha256(os.path.normcase(str(folder.absolute())).encode()).hexdigest()[:16]
    audits = settings / "audits"
    return Kept(audits / f"{name}.json", audits / f"{name}.new.json")
