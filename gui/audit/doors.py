"""What the window may use of export and intake to audit folders; main.py fills it in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from gui.base.worker import IsCancelled, Progress
from model.audit.audited import FileAudit


class Audits(Protocol):
    """Audits a folder and writes what was found, both in a thread. `export.auditing.Audits` is one."""

    def audit(
        self,
        folder: Path,
        record: Path,
        heard: Callable[[FileAudit], object],
        progress: Progress,
        is_cancelled: IsCancelled,
    ) -> bool:
        """Write the record of a folder, say each file; return whether all were read."""

    def write(
        self, record: Path, last: Path | None, kind: str, out: Path, pattern: Path | None
    ) -> Sequence[Path]:
        """Write what was found as xlsx, md or docx (a letter a unit, as `pattern` says); return the files."""
