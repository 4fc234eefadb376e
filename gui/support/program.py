"""What is known of the running program, for whoever mends it: its log and the versions of its parts."""

import PySide6
from PySide6.QtCore import QCoreApplication, qVersion

LOG_NAME, LOG_BYTES, LOG_FILES = "ziping.log", 300_000, 5


def versions() -> str:
    """Return the versions of program, Python, Qt and system in one line."""
    import platform

    program = QCoreApplication.applicationVersion()
    return (
        f"ziping {program}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, Qt {qVersion()}, {platform.platform()}"
    )
