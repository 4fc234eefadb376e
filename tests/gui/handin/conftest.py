"""A window on the tab 佐证材料, and files to put there."""

import zlib

import pytest
from PySide6.QtGui import QImage

from export import pdf_bytes
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from tests.evidence_desk import EVIDENCE


@pytest.fixture
def window(start):
    made = start()
    made.view.show_form("d", EVIDENCE)
    return made


@pytest.fixture
def files(tmp_path, window):
    """A PDF, a picture and a table."""
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "批复.pdf").write_bytes(pdf_bytes((lay_out_form(window.session.form("d"), metrics()),)))
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(folder / "照片.png"))
    (folder / "测速.xlsx").write_bytes(zlib.compress(b"table"))
    return folder
