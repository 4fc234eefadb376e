"""The explanation of the final accounts (决算情况说明).

1. the sentences of 硚口 2022 come out letter by letter, but for those with a slip of the original
2. 增加, 减少, 持平 follow the figures; no quotient of nothing; what is not known is not said
3. reasons are wanted where figures differ, and refused where they do not; one serves the wider ones
4. a sentence may be written over, and says when its figures moved
5. lists are exactly what is not empty, in the order of the table
6. other outlines are data; a slot that nobody fills is refused with its place
7. the glossary names the subjects that are used; charts are right with one part, and no last year
"""

import pytest

from model.accounts.loader import edition, editions
from model.basics.errors import UserError
from model.explanation.charts import chart
from model.explanation.explanation import WANTED, explain
from model.explanation.glossary import terms
from model.explanation.loader import outline_for, outlines
from model.explanation.outline_toml import read_explanation
from model.explanation.slots import CLASS, DOCUMENT, ITEM
from model.explanation.values import Values
from model.forms.loader import shipped, with_folder
from tests.explained import explained, paragraphs, plain, qiaokou_explained, shipped_outline
from tests.final_accounts import case, read, typed_accounts
from tests.narrated import accounts, facts

ORIGINAL = [plain(text) for text in case("qiaokou_2022")["narrative"]]
WITH_A_SLIP = {  # part: what the original prints instead
    "spending": "52.16%",
    "grant_fund": "增加0万元",
    "grant_capital": "增加0万元",
    "classes.205": "87.7%",
    "items.2050199": "105.17%",
    "items.2080505": "6.11",
    "sg": "0.0%",
    "abroad": "0.0%",
    "car": "0.0%",
    "reception": "0.0%",
    "buy": "货物采购授予",
    "assets": "特种专业技术用车辆",
    "transfers": "专项支行",
}


def sentences(accounts, outline_id="wuhan-2022"):
    return {
        one.sentence.cell.removeprefix("text."): one.text
        for section in explained(accounts, outline_id)
        for one in section.passages
        if one.text
    }


@pytest.mark.parametrize("part", sorted(sentences(qiaokou_explained())))
def test_1_the_original_is_made_again(part):
    text = plain(sentences(qiaokou_explained())[part])
    assert any(text in paragraph for paragraph in ORIGINAL) == (part not in WITH_A_SLIP)


def test_1_what_differs_are_slips_of_the_original():
    made = sentences(qiaokou_explained())
    assert set(WITH_A_SLIP) <= set(made)
    for part, printed in WITH_A_SLIP.items():
        assert any(printed in paragraph for paragraph in ORIGINAL)
        assert printed not in plain(made[part])


CHANGES = {
    "100": "增加87.89万元，增长87.9%",
    "200": "减少12.11万元，下降6.1%",
    "187.89": "与2021年度持平",
    "0": "各增加187.89万元，主要原因",  # no growth of nothing
    "": "",
}


@pytest.mark.parametrize("last", CHANGES)
def test_2_more_less_or_the_same(last):
    made = sentences(qiaokou_explained(**{"last.total": last}))
    assert CHANGES[last] in made.get("total", "")
    assert ("total" in made) == bool(CHANGES[last])


def test_2_an_empty_document_says_nothing():
    assert paragraphs(explained(typed_accounts({}))) == []


def test_2_a_budget_that_nobody_typed_is_not_nothing():
    accounts = typed_accounts({"2050199": {"t3.basic": "10"}})
    assert "items.2050199" not in sentences(accounts)
    nothing = typed_accounts({"2050199": {"t3.basic": "10", "budget": "0", "reason": "年中追加"}})
    assert sentences(nothing)["items.2050199"].endswith(
        "年初预算为0万元，支出决算为10万元，支出决算数大于年初预算数的主要原因：年中追加。"
    )


def wanted(accounts):
    return {cell for section in explained(accounts) for one in section.passages for cell in one.wanted}


def test_3_a_reason_is_wanted_where_figures_differ():
    accounts = qiaokou_explained(total_reason="")
    assert wanted(accounts) == {"total_reason", "grant_reason", "general_income_reason", "general_reason"}
    assert WANTED in sentences(accounts)["total"]
    assert wanted(qiaokou_explained()) == set()


def test_3_one_reason_serves_the_others_until_they_have_their_own():
    made = sentences(qiaokou_explained(grant_reason="拨款增加"))
    assert "主要原因是在职人员工资福利和项目经费的增加。" in made["total"]
    assert "主要原因是拨款增加。" in made["grant"]
    assert "主要原因是拨款增加。" in made["grant_general"]
    assert "主要原因是在职人员工资福利和项目经费的增加。" in made["general"]


def test_4_a_sentence_that_was_written_over_says_when_its_figures_moved():
    generated = sentences(qiaokou_explained())["total"]
    own = {"text.total": "全年收支187.89万元。", "text.total.from": generated}
    one = explained(qiaokou_explained(**own))[0].passages[0]
    assert (one.text, one.sentence.is_stale) == ("全年收支187.89万元。", False)
    moved = explained(qiaokou_explained(**own, **{"last.total": "150"}))[0].passages[0]
    assert moved.sentence.is_stale


def test_5_lists_are_what_is_not_empty_in_the_order_of_the_table():
    accounts = qiaokou_explained(**{"t6.30239": "0.11", "t6.30101": ""})
    made = sentences(accounts)
    assert "主要包括：津贴补贴、绩效工资、" in made["staff"]
    assert made["running"].endswith("福利费、其他交通费用、其他商品和服务支出。")


@pytest.mark.parametrize("outline", outlines(shipped()), ids=lambda outline: outline.id)
def test_6_every_outline_tells_the_accounts_without_a_hole(outline):
    made = sentences(qiaokou_explained(), outline.id)
    assert "187.89" in made["total"]
    assert not any("{" in text or "None" in text for text in made.values())


def test_6_the_region_says_how_figures_are_written():
    assert "占47.84%；项目支出98.00万元" in sentences(qiaokou_explained(), "shanghai-2024")["spending"]
    assert "占本年支出47.8%；项目支出98万元" in sentences(qiaokou_explained())["spending"]


MINIMAL = """
id = "own"
name = "自备"
source = "试"
amounts = "plain"
title = ["{unit}"]
[[chapter]]
kind = "explanation"
title = "说明"
[[chapter.section]]
headings = ["一、总体"]
[[chapter.section.part]]
id = "total"
kind = "sentence"
patterns = [{ text = "共{total}万元。", when = "total" }]
"""
MISTAKES = [
    ("{total}万元", "{totals}万元", "不认识 {totals}"),
    ('when = "total"', 'when = "sum"', "没有“sum”这个数"),
    ('kind = "sentence"', 'kind = "list"', "应有 items、item 和 of"),
    ('kind = "sentence"', 'kind = "chart"', "图只能是 chart1"),
    ('kind = "sentence"', 'kind = "text"', "应写明填在哪里"),
    ('patterns = [{ text = "共{total}万元。", when = "total" }]', "patterns = []", "至少一句"),
    ('amounts = "plain"', 'amounts = "some"', "不能是“some”"),
]


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES)
def test_6_a_mistake_is_refused_with_its_place(tmp_path, old, new, problem):
    path = tmp_path / "own.toml"
    path.write_text(MINIMAL.replace(old, new), "utf-8")
    with pytest.raises(UserError) as refused:
        read_explanation(path)
    assert problem in str(refused.value)
    assert "own.toml" in str(refused.value)


def test_2_the_budget_is_that_of_general_money_alone():
    items = {
        "2050199": {"t3.basic": "10", "t5.basic": "10", "t5.project": "0", "t2.fiscal": "10", "budget": "8"},
        "2060101": {"t3.basic": "3", "t5.basic": "0", "t5.project": "0", "t2.other": "3", "budget": "2"},
    }
    accounts = typed_accounts(items)
    assert accounts.value("s.all.budget") == 10
    assert Values(accounts, shipped_outline("wuhan-2022")).document["general_budget"] == "8"


def test_5_what_the_blank_does_not_name_is_told_where_it_is_not_nothing():
    made = sentences(qiaokou_explained())
    assert "附属单位上缴收入" not in made["income"]
    assert "对附属单位补助支出" not in made["spending"]
    cells = {"s1.t2.subsidiary": "10", "s1.t2.fiscal": "164.90", "s1.t3.to_subsidiary": "10"}
    more = sentences(qiaokou_explained(**cells))
    assert "；附属单位上缴收入10万元，占本年收入5.7%；其他收入0万元" in more["income"]
    assert more["spending"].endswith("；对附属单位补助支出10万元，占本年支出5.1%。")


def test_6_every_slot_is_filled_by_something():
    values = Values(accounts("bureau"), shipped_outline("wuhan-2022"), facts("district").forms)
    assert set(values.document) >= DOCUMENT
    assert set(values.of_item("2010301", 1)) >= ITEM
    assert set(values.of_class("201", 1)) >= CLASS


FIELDLESS = """
base = "wuhan-2022"
id = "own"
name = "自备"
region = "某市"
year = "2022"
source = "试"
outline = "own"
"""


def test_6_a_slot_that_the_edition_has_no_field_for_is_refused_with_its_place(tmp_path):
    folder = tmp_path / "accounts"
    (folder / "outlines").mkdir(parents=True)
    (folder / "own.toml").write_text(FIELDLESS, "utf-8")
    outline = folder / "outlines" / "own.toml"
    outline.write_text(MINIMAL.replace('{total}万元。", when = "total"', '{sme_won}万元。"'), "utf-8")
    library = with_folder(tmp_path)
    with pytest.raises(UserError) as refused:
        outline_for(library, edition(library, "own"))
    assert str(refused.value).startswith(
        "own.toml：一、总体 · total：决算表样“own”里没有可以填“sme_won”的地方。"
    )


@pytest.mark.parametrize("found", editions(shipped()), ids=lambda found: found.id)
def test_6_shipped_editions_have_what_their_outlines_want(found):
    assert outline_for(shipped(), found) is not None


def test_6_what_shanghai_reserves_for_small_firms_is_told():
    cells = dict.fromkeys(("sme_reserved", "micro_reserved", "sme_won", "micro_won", "sme_other"), "100000")
    answers = accounts("street").answers.with_texts(cells)
    paragraphs_there = " ".join(paragraphs(explain(read(answers), shipped_outline("shanghai-2024"))))
    assert "面向中小企业预留政府采购项目预算金额10.00万元" in paragraphs_there


def test_7_the_glossary_names_the_subjects_that_are_used():
    lines = [entry.line for entry in terms(qiaokou_explained(), shipped_outline("wuhan-2022"))]
    assert lines[0] == "（一）一般公共预算财政拨款收入：指区级财政一般公共预算当年拨付的资金。"
    used = [line for line in lines if line[0].isdecimal()]
    assert len(used) == 7
    assert used[1].startswith("2.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险")
    assert lines[-1].startswith("（十七）机关运行经费：")


def test_7_the_level_and_a_typed_explanation_count():
    accounts = qiaokou_explained(level="市级", **{"explain.2050199": "自己的说明。"})
    lines = [entry.line for entry in terms(accounts, shipped_outline("wuhan-2022"))]
    assert "市级财政" in lines[0]
    assert any("市直部门用财政拨款" in line for line in lines)
    assert any(line.endswith("（项）：自己的说明。") for line in lines)


def charts(accounts):
    outline = shipped_outline("wuhan-2022")
    values = Values(accounts, outline)
    return {part.id: chart(part, values) for _, part in outline.parts() if part.kind == "chart"}


def test_7_charts_have_the_figures_of_the_tables():
    found = charts(qiaokou_explained())
    slices = {
        name: [(one.name, one.amount, one.share) for one in found[name].figure.slices]
        for name in ("chart2", "chart3")
    }
    assert slices["chart2"] == [("财政拨款收入", "187.89万元", "100.0%")]
    assert slices["chart3"] == [("基本支出", "89.89万元", "47.8%"), ("项目支出", "98.00万元", "52.2%")]
    for name in ("chart1", "chart4"):
        labels = [[column.label for column in one.columns] for one in found[name].figure.series]
        assert labels == [["157.11", "187.89"], ["157.11", "187.89"]]


def test_7_without_last_year_or_figures_charts_say_so():
    found = charts(qiaokou_explained(**{"last.total": ""}))
    assert [one.columns[0].value for one in found["chart1"].figure.series] == [None, None]
    assert not any(one.has_figures for one in charts(typed_accounts({})).values())
