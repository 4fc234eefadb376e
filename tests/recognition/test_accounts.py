"""Final accounts are found by title, caption, code and line; nothing is taken by place."""

import json
from pathlib import Path

import pytest

from model.accounts.loader import editions
from model.document.answers import FormAnswers
from model.forms.loader import shipped
from model.recognition.accounts import find_accounts
from model.recognition.adopt import adopted_accounts
from model.recognition.area import areas
from model.recognition.found import scalars
from model.recognition.incoming import Mark
from model.recognition.loader import accounts_words, vocabulary
from tests import judge
from tests.recognition.drawn import drawn

CASE = Path(__file__).parent.parent / "data" / "accounts" / "qiaokou_2022.json"
PUBLIC = "D12_部门决算公开表.xlsx"


def find(*sheets):
    return find_accounts(list(areas(sheets)), editions(shipped()), accounts_words(), vocabulary())


def tables(*drawings):
    found = find(*(drawn(text, name=f"页{n}") for n, text in enumerate(drawings)))
    return found.data["tables"]


@pytest.mark.parametrize("name", [PUBLIC, "D12_部门决算公开表.xls"])
def test_the_published_tables_are_read_whole(name):
    found = find(*judge.read(name).sheets)
    wanted = json.loads(CASE.read_text("utf-8"))
    assert judge.judge(found.data["tables"], wanted["tables"], {}).faults == ()
    assert (found.data["edition"], found.data["unit"]) == ("wuhan-2022", wanted["unit"])
    assert found.data["money_unit"] == "万元"


def test_what_is_read_compared_and_left_is_told_apart():
    found = find(*judge.read(PUBLIC).sheets)
    assert "t3.2050199.project" in found.read
    assert {"t3.all.total", "t1.in.year", "t2.205.total"} <= set(found.compared)
    assert "人员经费" in [left.text for left in found.left]  # a column that no edition has


def test_every_figure_has_its_place():
    sheets = judge.read(PUBLIC).sheets
    texts = {cell.place: cell.text for sheet in sheets for cell in sheet.cells}
    found = find(*sheets)
    for path, value in scalars(found.data["tables"]):
        if value and value != "合计" and not path.endswith("code"):
            assert "".join(value.split()) in "".join(texts[found.places[f"tables.{path}"]].split())


def test_accounts_become_those_of_a_document_with_sources():
    found = find(*judge.read(PUBLIC).sheets)
    found = found._replace(data={**found.data, "year": 2022})
    form = adopted_accounts(found, shipped(), PUBLIC)
    assert isinstance(form, FormAnswers)
    assert form.definition == "wuhan-2022"
    row = next(row for row in form.rows["subjects"] if form.text(f"{row}.code") == "2050199")
    assert form.text(f"{row}.t3.project") == "98.00"
    assert form.sources[f"{row}.t3.project"] == f"{PUBLIC} › GK03 E8"


# --- layouts that differ

LEDGER = """
某单位2023年度收入支出决算总表>4
部门：某单位>2|单位：元>2
收入>2|支出>2
项目|决算数|项目|决算数
一、一般公共预算财政拨款收入|1,000.00|一、一般公共服务支出|
二、政府性基金预算财政拨款收入|—|二、教育支出|900.00
本年收入合计|1,000.00|本年支出合计|900.00
使用非财政拨款结余（含专用结余）|0.00|结余分配|
年初结转和结余|50.00|年末结转和结余|150.00
总计|1,050.00|总计|1,050.00
"""


def test_a_ledger_without_line_numbers_is_read_by_its_captions():
    found = find(drawn(LEDGER))
    ledger = found.data["tables"]["t1"]
    assert (found.data["unit"], found.data["year"], found.data["money_unit"]) == ("某单位", 2023, "元")
    assert ledger["in"]["general"] == "1,000.00"
    assert ledger["in"]["nonfiscal_used"] == "0.00"
    assert ledger["out"]["205"] == "900.00"
    assert (ledger["in"]["opening"], ledger["out"]["closing"]) == ("50.00", "150.00")


def test_two_lines_of_one_caption_are_told_by_their_order():
    ledger = tables("""
财政拨款收入支出决算总表>6
收入>2|支出>4
项目|金额|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款
一、一般公共预算财政拨款|80|五、教育支出|90|70|20
二、政府性基金预算财政拨款|20||||
本年收入合计|100|本年支出合计|90|70|20
年初财政拨款结转和结余|7|年末财政拨款结转和结余|17|16|1
一般公共预算财政拨款|6||||
政府性基金预算财政拨款|1||||
总计|107|总计|107|86|21
""")["t4"]
    assert (ledger["in"]["general"], ledger["in"]["opening_general"]) == ("80", "6")
    assert (ledger["in"]["fund"], ledger["in"]["opening_fund"]) == ("20", "1")
    assert ledger["out"]["205"] == {"total": "90", "general": "70", "fund": "20"}
    assert ledger["out"]["closing"] == {"total": "17", "general": "16", "fund": "1"}


def test_codes_in_three_cells_a_total_below_and_a_row_of_column_numbers():
    rows = tables("""
2022年度支出决算表>10
项目>4|本年支出合计^2|基本支出^2|项目支出^2|上缴上级支出^2|经营支出^2|对附属单位补助支出^2
支出功能分类科目编码>3|科目名称
类|款|项|栏次|1|2|3|4|5|6
201|||一般公共服务支出|10|6|4|||
201|03||政府办公厅及相关机构事务|10|6|4|||
201|03|01|行政运行|6|6||||
201|03|02|一般行政\\n管理事务|4||4|||
|||合计|10|6|4|||
注：本表反映部门本年度各项支出情况。>10
""")["t3"]
    assert [row["code"] for row in rows] == ["201", "20103", "2010301", "2010302", ""]
    assert rows[3]["name"] == "一般行政管理事务"
    assert (rows[3]["basic"], rows[3]["project"]) == ("", "4")
    assert rows[4]["total"] == "10"


def test_an_export_with_three_amounts_a_group_gives_the_final_ones():
    export = """
编制单位：某单位>8
科目编码|科目名称|年初预算数>3|决算数>3
||小计|基本支出|项目支出|小计|基本支出|项目支出
2010301|行政运行|5|5|0|6.5|6.5|—
"""
    found = find(drawn(export, name="Z07 一般公共预算财政拨款收入支出决算表(财决07表)"))
    rows = found.data["tables"]["t5"]
    assert rows == [{"code": "2010301", "name": "行政运行", "total": "6.5", "basic": "6.5", "project": "—"}]


def test_economic_subjects_stand_in_blocks_beside_each_other():
    table = tables("""
一般公共预算财政拨款基本支出决算表>9
人员经费>3|公用经费>6
科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数
301|工资福利支出|80|302|商品和服务支出|9|310|资本性支出|1
30101|基本工资|50|30201|办公费|5|31002|办公设备购置|1
30113|住房公积金|30|30217|公务接待费|4|||
人员经费合计>2|80|公用经费合计>5|10
""")["t6"]
    assert table == {
        "301": "80", "302": "9", "310": "1", "30101": "50", "30201": "5", "31002": "1",
        "30113": "30", "30217": "4", "staff": "80", "running": "10",
    }  # fmt: skip


SINGLE = """
财政拨款“三公”经费支出决算表>12
预算数>6|决算数>6
合计^2|因公出国（境）费^2|公务用车购置及运行费>3|公务接待费^2|合计^2|因公出国（境）费^2|公务用车购置及运行费>3|公务接待费^2
小计|公务用车购置费|公务用车运行费|小计|公务用车购置费|公务用车运行费
1|2|3|4|5|6|7|8|9|10|11|12
9|1|6|2|4|2|8|0|6|2|4|2
"""
PAIRS = """
2023年度“三公”经费支出决算表>3
项目|预算数|决算数
“三公”经费合计|9|8
1.因公出国（境）费用|1|0
2.公务用车购置及运行维护费|6|6
其中：公务用车购置费|2|2
公务用车运行维护费|4|4
3.公务接待费|2|2
"""


def test_travel_cars_and_guests_in_one_row_or_in_pairs():
    wanted = {
        "budget.total": "9", "budget.abroad": "1", "budget.car": "6", "budget.car_purchase": "2",
        "budget.car_running": "4", "budget.reception": "2", "final.total": "8", "final.abroad": "0",
        "final.car": "6", "final.car_purchase": "2", "final.car_running": "4", "final.reception": "2",
    }  # fmt: skip
    assert tables(SINGLE)["t9"] == wanted
    assert tables(PAIRS)["t9"] == wanted


def test_several_tables_on_one_sheet_are_told_apart():
    both = find(drawn(LEDGER.strip("\n") + "\n\n" + PAIRS.strip("\n")))
    assert set(both.data["tables"]) == {"t1", "t9"}


def test_a_line_or_column_that_no_edition_has_is_left():
    found = find(drawn(LEDGER.replace("结余分配|", "交纳所得税|5")))
    assert {"交纳所得税", "5"} <= {left.text for left in found.left}


def test_a_figure_that_stands_there_twice_is_marked():
    found = find(
        drawn("""
支出决算表>4
科目编码|科目名称|本年支出合计|基本支出
2010301|行政运行|6|6
2010301|行政运行|7|7
""")
    )
    assert found.marks["tables.t3[0].total"] is Mark.TWO_CANDIDATES


def test_forms_are_no_final_accounts():
    assert find(*judge.read("D02_岳阳项目多表.xlsx").sheets) is None
