"""What real forms say of money and points, each with a made-up form.

1. any columns by role; the rate is measured by what the form prints: adjusted or initial, with its change
2. several tables of money; split headings with a total of their own; 元
3. a form without points for the execution, or with the execution as a row of indicators or as the last row
4. a total that the execution rate caps; two scores; figures left for others
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from gui.tabs.funds_panel import computed_texts
from model.checks import check_form
from model.checks.open_items import completeness
from model.exchange.exchange import read_exchange, write_exchange
from model.forms.loader import metrics
from model.paper.explain import explanation_rows
from model.paper.layout import lay_out_form
from model.reading.summary import score_by_block
from tests import made_up
from tests.made_up import INDICATORS, data, definition, read, row
from tests.model.paper.test_layout import text_at

LABEL = '{ key = "label", caption = "资金来源" }'


def funds(*columns: str, rows: str = '{ key = "total", caption = "年度资金总额" }', more: str = "") -> str:
    """A table of money of these columns; the last takes what the others leave of the eight."""
    spare = 8 - len(columns) + 1
    *first, last = columns
    wide = last.replace(" }", f", span = {spare} }}")
    listed = ",\n  ".join((LABEL, *first, wide))
    return f"""
[[block]]
kind = "funds"
tab = "预算执行情况"
label = "资金"
columns = [
  {listed},
]
rows = [
  {rows},
]
{more}
"""


def column(key: str, caption: str, **more: str) -> str:
    options = "".join(f', {name} = "{value}"' for name, value in more.items())
    return f'{{ key = "{key}", caption = "{caption}"{options} }}'


BUDGET, EXECUTED = column("budget", "全年预算数"), column("executed", "全年执行数")
INITIAL, RATE, SCORE = column("initial", "年初预算数"), column("rate", "执行率"), column("score", "得分")
SOURCES = """{ key = "total", caption = "年度资金总额" },
  { key = "fiscal", caption = "其中：当年财政拨款" },
  { key = "other", caption = "其他资金" }"""


@pytest.fixture
def made(tmp_path):
    """Read a form of one made-up definition."""

    def make(text, regulations=None, **entries):
        library = made_up.library(tmp_path, text, regulations=regulations)
        return read(library, data(**entries))

    return make


# --- 1

EVERY_COLUMN = definition(
    funds(
        INITIAL,
        column("adjustment", "年中调整"),
        BUDGET,
        column("arrived", "到位数"),
        EXECUTED,
        column("left_over", "结余"),
        RATE,
        column("reason", "未执行原因"),
        rows=SOURCES,
    )
)
WHOLE = {
    "label": "年度资金总额",
    "initial": "80",
    "adjustment": "20",
    "budget": "100",
    "arrived": "95",
    "executed": "90",
    "left_over": "10",
    "rate": "90%",
    "reason": "招标结余",
}


def test_1_every_column_is_read_printed_and_written(made):
    form = made(EVERY_COLUMN, funds=[WHOLE])
    written = write_exchange(form.answers, form.definition)["funds"][0]
    assert {key: written[key] for key in WHOLE} == WHOLE
    grid = lay_out_form(form, metrics())
    printed = [
        text_at(grid, f"funds.total.{key}") for key in ("adjustment", "arrived", "left_over", "reason")
    ]
    assert printed == ["20", "95", "10", "招标结余"]
    assert form.place("funds.total.left_over") == "资金 · 年度资金总额 · 结余"


def test_1_every_column_of_amounts_adds_up(made):
    parts = [
        {"label": "其中：当年财政拨款", "arrived": "60", "budget": "70"},
        {"label": "其他资金", "arrived": "30", "budget": "30"},
    ]
    form = made(EVERY_COLUMN, funds=[WHOLE, *parts])
    (found,) = [one for one in check_form(form) if one.code == "fund-rows-sum"]
    assert found.address[1] == "funds.total.arrived"
    assert "明细合计 60 ＋ 30 ＝ 90，相差 5" in found.message


@pytest.mark.parametrize(
    ("columns", "entry", "rate"),
    [
        ((BUDGET, EXECUTED, RATE), {"budget": "100", "executed": "90"}, Fraction(9, 10)),
        (
            (INITIAL, BUDGET, EXECUTED, RATE),
            {"initial": "80", "budget": "100", "executed": "90"},
            Fraction(9, 10),
        ),
        ((INITIAL, EXECUTED, RATE), {"initial": "120", "executed": "90"}, Fraction(3, 4)),
        (
            (INITIAL, column("adjustment", "年中调整"), EXECUTED),
            {"initial": "120", "adjustment": "-20", "executed": "90"},
            Fraction(9, 10),
        ),
        (
            (INITIAL, column("adjustment", "年中调整"), EXECUTED),
            {"initial": "100", "executed": "90"},
            Fraction(9, 10),
        ),
    ],
)
def test_1_the_rate_is_measured_by_what_the_form_prints(made, columns, entry, rate):
    form = made(definition(funds(*columns)), funds=[{"label": "年度资金总额", **entry}])
    assert form.sheet.execution_rate == rate
    assert form.sheet.execution.score == 10 * Decimal(rate.numerator) / rate.denominator
    assert "no-budget" not in [found.code for found in check_form(form)]


def test_1_a_form_may_say_what_the_rate_is_of(made):
    text = definition(funds(BUDGET, column("arrived", "到位数"), EXECUTED, more='rate_of = "arrived"'))
    form = made(text, funds=[{"label": "年度资金总额", "budget": "100", "arrived": "50", "executed": "45"}])
    assert form.sheet.execution_rate == Fraction(9, 10)
    lacking = made(text, funds=[{"label": "年度资金总额", "budget": "100", "executed": "45"}])
    spoken_of = [found.address[1] for found in check_form(lacking) if found.code == "no-budget"]
    assert spoken_of == ["funds.total.arrived"]
    nothing = made(text, funds=[{"label": "年度资金总额", "budget": "100"}])
    assert "funds.total.arrived" in completeness(nothing).missing


# --- 2

TWO_TABLES = definition(
    funds(BUDGET, EXECUTED, RATE, SCORE, rows=SOURCES),
    funds(BUDGET, EXECUTED, RATE, rows='{ key = "total", caption = "上级补助资金" }', more='id = "second"'),
)


def test_2_a_second_table_of_money_has_its_own_rate_and_no_points(made):
    second = [{"label": "上级补助资金", "budget": "40", "executed": "10", "rate": "25%"}]
    first = [{"label": "年度资金总额", "budget": "100", "executed": "90"}]
    form = made(TWO_TABLES, funds=first, second=second)
    assert form.sheet.execution.score == 9
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "funds.total.rate"), text_at(grid, "second.total.rate")) == ("90%", "25%")
    written = write_exchange(form.answers, form.definition)
    assert written["second"] == second
    assert form.answers.given["second.total.rate"] == "25%"


def test_2_a_second_table_takes_rows_of_any_name(made):
    second = [{"label": "上级补助资金", "budget": "40"}, {"label": "其中：省级", "budget": "30"}]
    form = made(TWO_TABLES, funds=[], second=second)
    assert form.answers.rows == {"second": ("s1",)}
    assert form.answers.text("s1.label") == "其中：省级"


SPLIT = definition(
    funds(
        column("initial", "合计", above="X"),
        column("central", "中央资金", above="X", kind="money"),
        column("local", "地方资金", above="X", kind="money"),
        EXECUTED,
        RATE,
    ).replace('above = "X"', 'above = ["年初预算数"]')
)


def test_2_a_split_heading_has_a_total_of_its_own(made):
    entry = {"label": "年度资金总额", "initial": "100", "central": "60", "local": "40", "executed": "50"}
    form = made(SPLIT, funds=[entry])
    assert form.sheet.execution_rate == Fraction(1, 2)
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "funds.total.central"), text_at(grid, "funds.total.local")) == ("60", "40")
    assert [cell.colspan for cell in grid.cells if cell.text == "年初预算数"] == [3]
    spoiled = made(SPLIT, funds=[entry | {"central": "六十"}])
    assert [one.address[1] for one in check_form(spoiled) if one.code == "not-a-number"] == [
        "funds.total.central"
    ]


def test_2_amounts_may_be_in_yuan(made):
    form = made(
        definition(funds(BUDGET, EXECUTED, RATE), unit="元"),
        funds=[{"label": "年度资金总额", "budget": "1000000", "executed": "90万元"}],
    )
    assert str(form.sheet.whole.executed) == "900,000 元"
    assert form.sheet.execution_rate == Fraction(9, 10)


# --- 3

NO_POINTS = definition(funds(BUDGET, EXECUTED, RATE), top="scored = true")
MONEY = [{"label": "年度资金总额", "budget": "100", "executed": "75"}]


def test_3_an_execution_without_points_gets_none(made):
    form = made(NO_POINTS, funds=MONEY, indicators=[row("数字化档案", "≥50", "52", "100")])
    sheet = form.sheet
    assert (sheet.execution.score, sheet.total, sheet.weights_total, sheet.missing) == (None, 100, 100, ())
    assert [block.name for block in score_by_block(form)] == ["产出"]
    assert "weights-not-100" not in [found.code for found in check_form(form)]
    assert [line[0] for line in explanation_rows(form)] == ["产出指标 · 数量指标", "总分"]


def test_3_a_scored_form_may_have_no_money_at_all(made):
    form = made(definition(top="scored = true"), indicators=[row("数字化档案", "≥50", "52", "100")])
    assert (form.sheet.total, form.sheet.execution_rate, form.sheet.funds) == (100, None, ())
    assert lay_out_form(form, metrics()).cells
    assert not [found for found in check_form(form) if found.address[1].startswith("funds")]


AS_ROW = definition(
    funds(BUDGET, EXECUTED, RATE), top='scored = true\nexecution_rows = ["预算执行率", "资金执行率"]'
)


def test_3_a_row_of_indicators_may_be_the_execution(made):
    rows = [row("预算执行率", "100%", "", "20"), row("数字化档案", "≥50", "52", "80")]
    form = made(AS_ROW, funds=MONEY, indicators=rows)
    first = form.sheet.indicator("i1")
    assert (first.score, first.outcome.explanation) == (15, "20 × 75 ÷ 100 = 15")
    assert (form.sheet.total, form.sheet.missing) == (95, ())
    assert text_at(lay_out_form(form, metrics()), "i1.actual") == "75%"
    assert completeness(form).missing == ()
    codes = [found.code for found in check_form(form)]
    assert not {"actual-missing", "reason-missing"} & set(codes)


def test_3_a_typed_score_of_such_a_row_is_compared_with_the_rate(made):
    form = made(AS_ROW, funds=MONEY, indicators=[row("资金执行率", "100%", "75%", "20", "20")])
    assert [found.code for found in check_form(form) if found.address[1] == "i1.score"] == [
        "score-not-by-rule"
    ]


LAST_ROW = definition(
    funds(BUDGET, EXECUTED),
    indicators=INDICATORS
    + """
[[block]]
kind = "fields"
tab = "自评结论"
rows = [
  [{ caption = "执行率", span = 7 }, { computed = "rate" }, { text = "10" }, { computed = "execution" }],
  [{ caption = "总分", span = 7 }, { computed = "total" }, { caption = "等级" }, { computed = "grade" }],
]
""",
)


def test_3_the_execution_may_be_the_last_row(made):
    form = made(LAST_ROW, funds=MONEY, indicators=[row("数字化档案", "≥50", "52", "90")])
    grid = lay_out_form(form, metrics())
    last = [cell.text for cell in grid.cells if cell.row >= max(c.row for c in grid.cells) - 1]
    assert last == ["执行率", "75%", "10", "7.5", "总分", "97.5", "等级", "优"]


def test_3_points_want_money(tmp_path):
    from model.basics.errors import UserError

    with pytest.raises(UserError, match="有执行数"):
        made_up.library(tmp_path, definition())
    with pytest.raises(UserError, match="不计分的表没有预算执行分值"):
        made_up.library(
            tmp_path, definition(funds(BUDGET, EXECUTED), top="scored = false\nexecution_points = 10")
        )


# --- 4

CAPPED = """
id = "capped"
name = "执行率封顶"
source = "虚构"

[quantitative]
reverse = "ratio"
source = "虚构"

[qualitative]
source = "虚构"
bands = [{ level = "达成", low = 0.8, high = 1 }, { level = "未达成", low = 0, high = 0.8 }]

[direction]
source = "虚构"
doubtful = ["时间"]
clear = ["完成率"]

[grades]
source = "虚构"
list = [{ name = "优", lowest = 90 }, { name = "良", lowest = 80 }, { name = "差", lowest = 0 }]

[caps]
source = "虚构"
list = [{ below = 0.8, most = 89 }, { below = 0.7, most = 79 }]
"""


@pytest.mark.parametrize(
    ("executed", "total", "grade"),
    [("80", "98", "优"), ("79.99", "89", "良"), ("70", "89", "良"), ("69.99", "79", "差")],
)
def test_4_a_low_execution_caps_the_total(made, executed, total, grade):
    money = [{"label": "年度资金总额", "budget": "100", "executed": executed}]
    text = definition(funds(BUDGET, EXECUTED, RATE), regulation="capped")
    rows = [row("数字化档案", "≥50", "52", "90")]
    form = made(text, {"capped": CAPPED}, funds=money, indicators=rows)
    assert (form.sheet.total, form.sheet.grade) == (Decimal(total), grade)


def test_4_the_explanation_and_the_check_say_so(made):
    text = definition(funds(BUDGET, EXECUTED, RATE), regulation="capped")
    rows = [row("数字化档案", "≥50", "52", "90")]
    form = made(text, {"capped": CAPPED}, funds=MONEY, indicators=rows, total="97.5")
    said = "执行率 75% 低于 80%，总分最高 89 分，各项合计 97.5 分按 89 分计"
    assert said in list(explanation_rows(form))[-1][-1]
    (found,) = [found for found in check_form(form) if found.code == "total-mismatch"]
    assert said in found.message


TWICE = definition(
    funds(BUDGET, EXECUTED, RATE),
    indicators=INDICATORS.replace(
        '{ key = "score", caption = "得分" },\n  { key = "note", caption = "备注" },',
        """{ key = "single", caption = "单项得分", kind = "points" },
  { key = "score", caption = "折算得分" },""",
    ),
)


def test_4_of_two_scores_the_one_that_is_called_so_counts(made):
    rows = [row("数字化档案", "≥50", "50", "90", "90", single="100")]
    form = made(TWICE, funds=MONEY, indicators=rows)
    assert form.sheet.total == Decimal("97.5")
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "i1.single"), text_at(grid, "i1.score")) == ("100", "90")


def test_4_columns_and_fields_are_left_for_others(made):
    text = (
        definition(
            funds(BUDGET, EXECUTED, RATE, column("checked", "财政审核数", kind="money", filled_by="others")),
            fields='[[field]]\nid = "opinion"\ncaption = "财政审核评分"\nfilled_by = "others"\n',
        )
        + """
[[block]]
kind = "fields"
tab = "自评结论"
rows = [[{ caption = "财政审核评分", span = 4 }, { field = "opinion", span = 6 }]]
"""
    )
    form = made(text, funds=[MONEY[0] | {"checked": "74"}])
    assert form.answers.text("funds.total.checked") == "74"
    assert "opinion" not in completeness(form).missing


# --- the window


def test_the_panel_shows_what_follows(made):
    form = made(EVERY_COLUMN, funds=[WHOLE])
    assert computed_texts(form, form.definition.funds) == {
        "funds.total.weight": "10",
        "funds.total.rate": "90%",
        "funds.total.score": "9",
    }


def test_reading_again_gives_the_same(made, tmp_path):
    form = made(EVERY_COLUMN, funds=[WHOLE, {"label": "其中：中央补助", "arrived": "3", "reason": "见附件"}])
    library = made_up.library(tmp_path, EVERY_COLUMN)
    assert read_exchange(write_exchange(form.answers, form.definition), library) == form.answers
