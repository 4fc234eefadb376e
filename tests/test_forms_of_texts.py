"""What real forms say in words, each with a made-up form.

1. long texts with limits: 评价结论, 存在问题, 其他说明
2. tables of items: 资金管理情况 (情况, 问题, 措施), 附件一 基础数据表
3. choices of a region's own; seals, signatures and persons in any line
"""

import json
from dataclasses import replace

import pytest

from gui.editors.cells import TextCell
from gui.session.places import Places
from gui.tabs.funds_panel import FundsPanel
from model.checks import check_form
from model.exchange.exchange import read_exchange, write_exchange
from model.filling.find import find
from model.filling.guidance import advice
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from tests import made_up
from tests.builders import form_of
from tests.desk import open_session, write
from tests.made_up import data, definition, read, row
from tests.model.paper.test_layout import text_at

# --- 1

TEXTS = definition(
    """
[[block]]
kind = "fields"
tab = "自评结论"
rows = [
  [{ caption = "评价结论", span = 2 }, { field = "conclusion", span = 8 }],
  [{ caption = "存在问题", span = 2 }, { field = "problems", span = 8 }],
  [{ caption = "其他说明", span = 2 }, { field = "remarks", span = 8 }],
]
""",
    top="scored = true",
    fields="""
[[field]]
id = "conclusion"
caption = "评价结论"
kind = "long"
limit = 20
required = true

[[field]]
id = "problems"
caption = "存在问题"
kind = "long"
limit = 500

[[field]]
id = "remarks"
caption = "其他说明"
kind = "long"
""",
)


def test_1_texts_have_their_limits(tmp_path):
    library = made_up.library(tmp_path, TEXTS)
    fields = {"项目名称": "示例项目", "评价结论": "全" * 21, "存在问题": "问" * 500, "其他说明": "无"}
    form = read(library, data(fields=fields, indicators=[row("甲", "≥1", "1", "100")]))
    (found,) = [one for one in check_form(form) if one.code == "text-too-long"]
    assert found.address[1] == "conclusion"
    assert text_at(lay_out_form(form, metrics()), "remarks") == "无"


# --- 2

MANAGEMENT = definition(
    """
[[block]]
kind = "items"
id = "management"
tab = "预算执行情况"
label = "资金管理情况"
columns = [
  { key = "label", caption = "", span = 2 },
  { key = "state", caption = "情况说明", span = 4, align = "left" },
  { key = "problem", caption = "存在问题和改进措施", span = 3, align = "left" },
]
rows = [
  { key = "allocation", caption = "分配科学性" },
  { key = "payment", caption = "下达及时性" },
  { key = "compliance", caption = "拨付合规性" },
]
""",
    """
[[block]]
kind = "items"
id = "basics"
tab = "基本情况"
label = "基础数据表"
columns = [
  { key = "side", caption = "类别", span = 2 },
  { key = "label", caption = "指标", span = 2 },
  { key = "measure", caption = "单位" },
  { key = "value", caption = "数值", span = 4, kind = "points" },
]
rows = [
  { key = "staff", caption = "在职人数", group = "人员", fixed = { measure = "人" } },
  { key = "retired", caption = "离退休人数", group = "人员", fixed = { measure = "人" } },
  { key = "area", caption = "房屋面积", group = "资产", fixed = { measure = "平方米" } },
]
""",
    top="scored = true",
)
ITEMS = [
    {"label": "分配科学性", "state": "按因素法分配", "problem": ""},
    {"label": "下达及时性", "state": "3月底前下达", "problem": "个别资金滞后；已督办"},
    {"label": "拨付合规性", "state": "", "problem": ""},
]
BASICS = [{"side": "人员", "label": "在职人数", "measure": "", "value": "35"}]


@pytest.fixture
def library(tmp_path):
    return made_up.library(tmp_path, MANAGEMENT)


@pytest.fixture
def form(library):
    return read(library, data(management=ITEMS, basics=BASICS, indicators=[row("甲", "≥1", "1", "100")]))


def test_2_items_are_read_written_and_printed(form, library):
    written = write_exchange(form.answers, form.definition)
    assert written["management"] == ITEMS
    assert written["basics"][0] == BASICS[0]
    assert read_exchange(written, library) == form.answers
    grid = lay_out_form(form, metrics())
    assert text_at(grid, "management.payment.problem") == "个别资金滞后；已督办"
    assert [cell.text for cell in grid.cells if cell.text == "平方米"] == ["平方米"]
    assert [cell.rowspan for cell in grid.cells if cell.text == "人员"] == [2]


def test_2_they_are_found_called_explained_and_in_their_tab(form, library):
    assert [hit.address[1] for hit in find(form, "", "督办")] == ["management.payment.problem"]
    assert form.place("management.payment.problem") == "资金管理情况 · 下达及时性 · 存在问题和改进措施"
    assert advice(library, form, "management.payment.state") is not None
    assert Places(form).tab("management.payment.state") == "预算执行情况"
    assert Places(form).tab("basics.staff.value") == "基本情况"


def test_2_another_item_stays(library):
    items = [*ITEMS, {"label": "使用规范性", "state": "规范", "problem": ""}]
    form = read(library, data(management=items))
    assert (form.answers.text("m1.label"), form.answers.text("m1.state")) == ("使用规范性", "规范")


def test_2_items_do_not_count_as_money(form):
    assert (form.sheet.funds, form.sheet.total) == ((), 100)
    spoiled = form.answers.with_text("basics.staff.value", "三十五")
    found = form_of(spoiled, replace(shipped(), forms={form.definition.id: form.definition}))
    assert [one.address[1] for one in check_form(found) if one.code == "not-a-number"] == [
        "basics.staff.value"
    ]


def test_2_they_are_typed_in_the_window(qtbot, tmp_path, library):
    path = tmp_path / "form.json"
    path.write_text(json.dumps(data(management=ITEMS)), "utf-8")
    session = open_session(tmp_path, [path], library=library)
    block = session.form("p1").definition.money_blocks[0]
    panel = FundsPanel(session, "p1", block)
    qtbot.addWidget(panel)
    panel.show()
    editors = {one.address[1]: one for one in panel.findChildren(TextCell)}
    write(editors["management.compliance.state"], "合规")
    assert session.form("p1").answers.text("management.compliance.state") == "合规"


# --- 3

SIGNED = definition(
    """
[[block]]
kind = "fields"
tab = "自评结论"
rows = [
  [{ caption = "评价等级", span = 2 }, { field = "grade", span = 8 }],
  [{ inline = ["leader", "finance", "filled_by"], span = 10 }],
]

[[block]]
kind = "fields"
tab = "基本情况"
framed = false
rows = [
  [{ inline = ["seal"], span = 5, align = "left" }, { inline = ["filled_on"], span = 5, align = "right" }],
]
""",
    top="scored = true",
    fields="""
[[field]]
id = "grade"
caption = "评价等级"
kind = "choice"
choices = ["优（90分以上）", "良（80—90分）", "一般（60—80分）"]

[[field]]
id = "leader"
caption = "项目负责人（签字）"
at = "signatures"

[[field]]
id = "finance"
caption = "财务负责人（签字）"
at = "signatures"

[[field]]
id = "filled_by"
caption = "填表人"
at = "signatures"

[[field]]
id = "seal"
caption = "单位（盖章）"
at = "signatures"

[[field]]
id = "filled_on"
caption = "填表日期"
kind = "date"
at = "signatures"
""",
)


def test_3_choices_and_persons_stand_where_the_form_has_them(tmp_path):
    library = made_up.library(tmp_path, SIGNED)
    signatures = {"填表人": "张三", "单位（盖章）": "示例单位", "填表日期": "2026年3月1日"}
    fields = {"项目名称": "示例项目", "评价等级": ["良（80—90分）"]}
    form = read(library, data(fields=fields, signatures=signatures))
    grid = lay_out_form(form, metrics())
    assert text_at(grid, "grade") == "优（90分以上）□  良（80—90分）☑  一般（60—80分）□"
    (line,) = [cell.text for cell in grid.cells if "财务负责人" in cell.text]
    assert "项目负责人（签字）：" in line
    assert "填表人：张三" in line
    written = write_exchange(form.answers, form.definition)
    assert {key: written["signatures"][key] for key in signatures} == signatures
