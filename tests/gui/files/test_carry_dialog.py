"""沿用上年新建, in the window: the dialog, the menu, and last year's results beside the rows."""

import pytest

from gui.files.carry_dialog import CarryDialog
from gui.pane.how_indicator import IndicatorFace
from gui.session.session import Session
from model.document import store
from model.document.answers import Answers
from model.document.document import Document
from model.filling.blank import sets
from model.forms.loader import shipped
from tests.desk import dressed, write
from tests.published import published

UNIT = "硚口区教育局信息技术中心"


def last() -> Answers:
    forms = {
        "d": published("qiaokou_xinxi_2022_department").answers,
        "p1": published("qiaokou_xinxi_2022_project").answers,
    }
    return Answers(forms, UNIT, "2022")


@pytest.fixture
def dialog(qtbot, tmp_path):
    found = CarryDialog(last(), shipped(), sets(shipped()), tmp_path)
    qtbot.addWidget(found)
    found.show()
    return found


def test_unit_forms_and_the_next_year_are_preset(dialog):
    assert (dialog.unit.text(), dialog.year.text()) == (UNIT, "2023")
    assert dialog.set_box.currentText() == "武汉市 2022"
    assert "上年的结果在旁边显示" in dialog.forms.text()
    assert dialog.declare.isHidden()
    assert dialog.path.name == f"2023年度-{UNIT}.zpb" or UNIT in dialog.path.name


def test_it_writes_the_document_of_the_year_that_is_typed(dialog):
    dialog.year.selectAll()
    write(dialog.year, "2024")
    dialog.yes.click()
    found = store.open_document(dialog.path).answers
    assert (found.year, list(found.forms)) == ("2024", ["d", "p1"])
    assert found.forms["d"].text("i2.name") == "市级智慧校园学校创建数量"
    assert found.forms["d"].text("i2.actual") == ""
    assert found.forms["d"].text("i2.last_actual") == "11 个"


def test_last_years_result_stands_in_the_pane_and_nowhere_else(qtbot, dialog):
    dressed()
    dialog.yes.click()
    stored = store.open_document(dialog.path)
    session = Session(shipped(), Document(stored.answers), dialog.path, stored)
    face = IndicatorFace(session)
    qtbot.addWidget(face)
    form = session.form("d")
    face.show_row(form, form.sheet.indicator("i2"))
    assert face.last.text() == "上年：目标 8个，完成 11 个，得 4 分"
    assert form.sheet.indicator("i2").score is None
