"""Opens the window on a document and ends at its first paint: what bench/window.py times."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from export import pdf_bytes
from export.batch import WINDOW_FORMATS, export_forms
from gui import app, theme
from gui.window import Doors

window = app.start(Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
window.open_path(Path(sys.argv[1]))
theme.dress(QApplication.instance())
window.show()
window.repaint()
os._exit(0)
