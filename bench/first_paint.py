"""Opens the window on a document and ends at its first paint: what bench/window.py times."""

import gc
import os
import sys
from pathlib import Path

gc.disable()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication  # noqa: E402

import main  # noqa: E402
from gui import app  # noqa: E402
from gui.base import theme  # noqa: E402

window = app.start(main.doors())
window.commands.files.open_path(Path(sys.argv[1]))
theme.dress(QApplication.instance())
window.show()
window.repaint()
os._exit(0)
