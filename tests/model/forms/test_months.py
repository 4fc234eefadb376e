"""The headings of a monitoring form say up to which month, as the clerk typed it.

1. from the field 监控期间; on screen, on paper; without a month as the form is printed
2. such a form is known again when it comes back
"""

import pytest

from export.batch import export_files
from export.opening import open_all
from intake.reading import read_bytes
from model.document.answers import Answers
from model.exchange.exchange import encode, write_exchange
from model.filling.blank import blank_form
from model.forms.loader import shipped
from model.forms.months import in_months
from model.reading.reading import read
from model.recognition.recognise import Recogniser
from tests.builders import MONITORING


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1—7月", "7月"),
        ("2025年1月至10月", "10月"),
        ("1-8", "8月"),
        ("1—7月（截至2025年7月31日）", "7月"),
        ("", "n月"),
        ("上半年", "n月"),
        ("1—13月", "n月"),
        ("0月", "n月"),
    ],
)
def test_1_the_last_month_is_in_the_headings(said, month):
    form = in_months(shipped().form(MONITORING), said)
    captions = [c.caption for c in (*form.funds.columns, *form.indicators.columns)]
    assert [c for c in captions if c.startswith("1—")] == [
        f"1—{month}执行数",
        f"1—{month}执行率",
        f"1—{month}执行情况",
    ]


def test_1_a_form_without_the_field_stays_itself():
    form = shipped().form("national-project-2020")
    assert in_months(form, "1—7月") is form


def test_1_what_is_read_has_the_month_of_its_answers():
    form = blank_form(shipped().form(MONITORING), "示例中心", "2025").with_text("months", "1—7月")
    (found,) = read(shipped(), Answers({"p1": form}, "示例中心", "2025")).forms
    assert found.definition.funds.columns[2].caption == "1—7月执行数"


def test_2_paper_says_the_month_and_is_known_again(tmp_path):
    definition = shipped().form(MONITORING)
    texts = {"months": "1—7月", "project_name": "示例项目", "funds.total.executed": "5", "i1.name": "人数"}
    form = blank_form(definition, "示例中心", "2025").with_texts(texts)
    path = tmp_path / "a.json"
    path.write_bytes(encode(write_exchange(form, definition)))
    export_files(open_all([path], shipped()), ("xlsx",), tmp_path / "out", False, (), ("forms",))
    (book,) = (tmp_path / "out").rglob("*.xlsx")
    (sheet, *_) = read_bytes(book.name, book.read_bytes()).sheets
    texts = {cell.text for cell in sheet.cells}
    assert {"1—7月执行数", "1—7月执行情况"} <= texts
    found = next(Recogniser(shipped().forms).forms([sheet]))
    assert (found.data["form"], found.layout) == (MONITORING, MONITORING)
