"""Builds the folder of the Windows program with PyInstaller; looks whether it is whole and wholly ours."""

import os
import re
import shutil
import subprocess
import sys
import time
from io import BytesIO

import cpython
from PIL import Image
from wine import BUILD, HERE, ROOT, Failed, Wine, say

FOLDER = BUILD / "dist" / "ziping"
ICON = BUILD / "ziping.ico"
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
WINES_OWN = re.compile(rb"Wine (builtin|placeholder) DLL")


def build(wine: Wine) -> None:
    """Make the folder anew."""
    began = time.monotonic()
    make_icon()
    shutil.rmtree(FOLDER, ignore_errors=True)
    folders = ("--distpath", FOLDER.parent, "--workpath", BUILD / "work")
    pyinstaller = (cpython.PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders)
    output = wine.run(*pyinstaller, ROOT / "packaging/ziping.spec", timeout=900)
    (BUILD / "pyinstaller.log").write_text(output)
    sizes = [path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()]
    seconds = time.monotonic() - began
    say(f"program: {sum(sizes) / 1e6:.1f} MB in {len(sizes)} files, built in {seconds:.0f} s")


def make_icon() -> None:
    """Draw the icon of the window in all sizes that Windows shows."""
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(str(ROOT / "resources/icons/app.svg"))
    pictures = []
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes
        pictures.append(Image.open(BytesIO(buffer.data().data())))
    pictures[-1].save(ICON, append_images=pictures[:-1], sizes=[picture.size for picture in pictures])


def check() -> None:
    """Raise Failed if the folder lacks something, or holds something of wine's."""
    for path in FOLDER.rglob("*"):
        if path.is_file() and WINES_OWN.search(path.read_bytes()):
            raise Failed(f"{path.name} is wine's own")
    resources = ROOT / "resources"
    for path in resources.rglob("*"):
        part = path.relative_to(resources)
        is_code = path.suffix == ".py" or "__pycache__" in part.parts
        if not is_code and not (FOLDER / "_internal/resources" / part).exists():
            raise Failed(f"{part} of resources is missing")
    environment = {**os.environ, "PYTHONPATH": str(cpython.PACKAGES)}  # for pefile
    command = [sys.executable, str(HERE / "imports.py"), str(FOLDER)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"the program lacks something:\n{done.stdout}{done.stderr}")
    say(f"program: {done.stdout.strip()}")
