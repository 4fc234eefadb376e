"""附表4-11, the declaration of goals: a form without scores.

1. the published one is read and written back without loss; labels give the terms of the goals
2. it has no scores, and nothing that speaks of scores says anything
3. shares and totals are computed; what a file had printed is kept beside them
4. what must be filled in, and how places are called
5. it is printed as the form is, exported, and read again from paper and workbook
6. it is stored, has a check code, and stands first in a document
7. many rows, rare characters, an empty form
"""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

import main
from model.basics.amount import Amount
from model.basics.errors import UserError
from model.checks import check_form
from model.checks.open_items import completeness
from model.document import store
from model.document.answers import Answers
from model.exchange.checkcode import check_code, qr_text
from model.exchange.exchange import decode, encode, read_exchange, write_exchange
from model.exchange.gather import gather
from model.filling.blank import blank_form
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.paper.pages import paginate
from model.reading.shares import sides
from model.reading.summary import score_by_block
from tests.builders import DECLARATION, form_of
from tests.golden import assert_golden
from tests.model.exchange.test_exchange import leaves, with_value, written
from tests.model.paper.test_layout import described, text_at
from tests.published import DECLARATION as NAME
from tests.published import FOLDER, published

FILE = FOLDER / f"{NAME}.json"
DEFINITION = shipped().form(DECLARATION)


def original():
    return json.loads(FILE.read_text("utf-8"))


def read(data):
    return read_exchange(data, shipped())


def blank():
    return blank_form(DEFINITION, "示例单位", "2025")


def with_texts(**texts):
    """An empty declaration with some texts (shares__own__amount for shares.own.amount)."""
    return blank().with_texts({cell.replace("__", "."): text for cell, text in texts.items()})


# --- 1: read and written back


def test_1_what_was_read_is_written_back():
    before, after = dict(leaves(original())), dict(leaves(written(read(original()))))
    differing = {path for path in before | after if before.get(path) != after.get(path)}
    assert differing == {"funds.3.label", "funds.7.label"}  # one of the two blanks in 合  计 does not break
    assert read(written(read(original()))) == read(original())


def test_1_only_the_line_about_the_unit_of_money_is_unknown():
    assert read(original()).extra == {'["fields", "单位"]': '"万元"'}


def test_1_the_unit_of_the_amounts_is_read_and_one_that_is_none_is_kept():
    in_yuan = with_value(original(), "fields.单位", "元")
    assert read(in_yuan).text("money_unit") == "元"
    assert written(read(in_yuan))["fields"]["单位"] == "元"
    assert read(written(read(in_yuan))) == read(in_yuan)
    with pytest.raises(UserError, match="金额单位写了“亿元”，又写了“元”"):
        read(in_yuan | {"money_unit": "亿元"})
    with pytest.raises(UserError, match="“money_unit”应为 元、万元、亿元。"):
        read(original() | {"money_unit": "千元"})
    for kept in ("某学校", ["万元"]):
        assert written(read(with_value(original(), "fields.单位", kept)))["fields"]["单位"] == kept


def test_1_lists_are_lines_and_the_year_in_a_caption_is_a_field():
    answers = read(original())
    assert answers.text("annual_tasks").splitlines()[3].startswith("四是持续抓好领军人才")
    assert answers.text("overall_until") == "2023"
    assert answers.text("overall_long").splitlines()[0] == "目标1：建强“三个教育中心”"
    assert answers.text("overall_annual").count("\n") == 2


def test_1_rows_of_projects_have_ids_of_their_own():
    answers = read(original())
    assert answers.rows["projects"] == ("p1", "p2", "p3", "p4", "p5")
    assert answers.text("p4.total_budget") == "19,831.11"


def test_1_a_label_gives_the_term_and_is_not_kept_where_the_form_prints_it():
    answers = read(original())
    assert [answers.text(f"{goal}.term") for goal in answers.goals] == ["长期目标"] * 3 + ["年度目标"] * 3
    assert not [cell for cell in answers.given if cell.endswith(".label")]
    assert [goal["label"] for goal in written(answers)["goals"]][2:4] == ["长期目标3", "年度目标1"]


@pytest.mark.parametrize(
    ("label", "term"),
    [("年度目标7", "年度目标"), ("年度 目标1：", "年度目标"), ("目标一", ""), ("年度目标表", ""), ("", "")],
)
def test_1_another_label_is_kept(label, term):
    answers = read(with_value(original(), "goals.3.label", label))
    assert (answers.text("g4.term"), answers.given.get("g4.label", "")) == (term, label)
    assert read(written(answers)) == answers


def test_1_a_term_that_its_label_does_not_say_stands_beside_it():
    answers = read(with_value(original(), "goals.3.label", "目标一")).with_text("g4.term", "长期目标")
    assert written(answers)["goals"][3] == {
        "label": "目标一", "term": "长期目标", "text": answers.text("g4.text"), "points": None,
        "expected": None, "actual": None,
    }  # fmt: skip
    assert read(written(answers)) == answers


@pytest.mark.parametrize("key", ["长期目标(截止2030年)", "长期目标（截止 2030 年）", "长期目标 (截止2030年)"])
def test_1_blanks_and_wide_brackets_in_a_caption_do_not_matter(key):
    data = original()
    data["overall_goals"] = {key: ["一", "二"]}
    assert (read(data).text("overall_until"), read(data).text("overall_long")) == ("2030", "一\n二")


def test_1_an_overall_goal_without_a_year_is_found_by_its_caption():
    data = original()
    data["overall_goals"] = {"长期目标": "一句话", "中期目标": ["三"]}
    answers = read(data)
    assert (answers.text("overall_until"), answers.text("overall_long")) == ("", "一句话")
    assert written(answers)["overall_goals"] == {
        "长期目标(截止年)": ["一句话"],
        "年度目标": [],
        "中期目标": ["三"],
    }


def test_1_rows_that_the_form_does_not_know_and_entries_inside_rows_are_kept():
    data = original()
    data["funds"].insert(1, {"side": "收入构成", "label": "上年结转", "amount": "1"})
    data["funds"][2]["note"] = "财政专户"
    data["projects"][1]["owner"] = "某科"
    data["goals"][0]["owner"] = "某科"
    data["total"] = "100"
    answers = read(data)
    assert answers.given["total"] == "100"
    back = written(answers)
    assert [row["label"] for row in back["funds"]][1] == "上年结转"
    assert (back["funds"][2]["note"], back["projects"][1]["owner"]) == ("财政专户", "某科")
    assert (back["goals"][0]["owner"], back["total"]) == ("某科", "100")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("funds.0.amount", 5, "“收入构成 财政拨款 amount”"),
        ("funds.1.label", "财政拨款", "“收入构成 财政拨款”写了两次"),
        ("funds.0.side", 5, "“funds 第 1 行 side”"),
        ("projects", {}, "“projects”"),
        ("projects.2.name", 5, "“projects 第 3 行 name”"),
        ("functions.1", 5, "“functions”"),
        ("annual_tasks", 5, "“annual_tasks”"),
        ("overall_goals", [], "“overall_goals”"),
        ("overall_goals.年度目标", [5], "“年度目标”"),
        ("goals.0.term", 5, "“目标 1 term”"),
        ("indicators.0.basis", 5, "“第 1 行指标 basis”"),
    ],
)
def test_1_a_wrong_entry_is_refused_and_named(path, value, words):
    with pytest.raises(UserError) as refusal:
        read(with_value(original(), path, value))
    assert words in refusal.value.message


# --- 2: no scores


def test_2_there_is_nothing_but_rows():
    form = published(NAME)
    sheet = form.sheet
    assert not form.definition.is_scored
    assert (sheet.funds, sheet.total, sheet.grade, sheet.missing) == ((), None, "", ())
    assert (sheet.execution_rate, sheet.weights_total, sheet.execution.why) == (None, None, "unscored")
    assert {row.outcome.why for row in sheet.indicators} == {"unscored"}
    assert score_by_block(form) == ()
    assert check_form(form) == ()


def test_2_a_form_that_was_read_with_a_total_and_scores_has_none_either():
    answers = read(with_value(original(), "indicators.0.name", "甲")).with_text("i1.score", "5")
    form = form_of(answers)
    assert (form.sheet.total, form.sheet.missing) == (None, ())
    assert read(written(answers)) == answers


def test_2_the_command_line_says_so(capsys):
    assert main.main(["check", str(FILE)]) == 0
    assert "不计分，已填完" in capsys.readouterr().out
    assert main.main(["check", str(FILE), "--json"]) == 0
    ((form,),) = [found["forms"] for found in json.loads(capsys.readouterr().out)]
    figures = ("execution_rate", "execution_score", "weights_total", "total", "total_printed")
    assert [form[key] for key in figures] == [None] * 5
    assert (form["missing"], form["indicators"][0]["score"]) == ([], None)


def test_2_amounts_and_characters_are_checked_all_the_same():
    answers = with_texts(shares__own__amount="约五十", p1__total_budget="-3", unit_name="某\U0010ffff局")
    found = [(finding.code, finding.place) for finding in check_form(form_of(answers)) if not finding.is_gap]
    assert found == [
        ("not-a-number", "收入构成 · 单位资金 · 当年金额"),
        ("not-a-number", "项目支出情况 · 第1行 · 项目总预算"),
        ("missing-glyph", "部门(单位)名称"),
    ]


# --- 3: shares


def test_3_shares_and_totals_of_the_published_form():
    income, spending = sides(DEFINITION, read(original()))
    assert income.sums["amount"] == Amount(Decimal("182142.95"), "万元")
    assert [str(part.share) for part in spending.parts] == ["54.00", "10.04", "35.96"]
    assert [part.given_share for part in spending.parts] == ["54.00%", "10.03%", "35.97%"]
    assert spending.given == {
        "amount": "182,142.95",
        "two_years_before": "158,435.79",
        "year_before": "164,264.39",
        "share": "100.00%",
    }
    assert spending.parts[0].exact == Fraction(9835228, 18214295)


@pytest.mark.parametrize(
    ("amounts", "total", "shares"),
    [
        (("1", "1", "1"), "3", ["33.34", "33.33", "33.33"]),
        (("1万元", "", "0"), "1", ["100.00", None, "0.00"]),  # nothing typed is nothing
        (("5", "abc", "5"), None, [None, None, None]),  # what can't be read leaves the total open
        (("5", "-1", "5"), None, [None, None, None]),
        (("0", "0", ""), "0", [None, None, None]),
        (("", "", ""), None, [None, None, None]),
        (("—", "7.50", ""), "7.50", [None, "100.00", None]),
    ],
)
def test_3_what_follows_from_amounts(amounts, total, shares):
    rows = zip(("fiscal", "special_account", "own"), amounts, strict=True)
    side, _ = sides(DEFINITION, with_texts(**{f"shares__{row}__amount": text for row, text in rows}))
    assert side.sums["amount"] == (total and Amount(Decimal(total), "万元"))
    shown = [None if part.share is None else str(part.share) for part in side.parts]
    assert shown == shares


def test_3_a_form_without_sides_has_none():
    assert sides(shipped().form("wuhan-department-2022"), blank()) == ()


# --- 4: what must be filled in, how places are called


def test_4_unit_goal_texts_and_names_and_targets_are_required():
    found = completeness(form_of(blank()))
    assert found.missing == ("filled_on", "g1.text", "g2.text", "i1.name")
    assert completeness(published(NAME)).is_complete
    assert "unit_name" in completeness(form_of(with_texts(unit_name=""))).missing


def test_4_a_row_with_a_name_wants_a_target_and_nothing_else():
    found = completeness(form_of(with_texts(i3__name="开展培训"))).missing
    assert [cell for cell in found if cell.startswith("i3.")] == ["i3.target"]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("shares.special.year_before", "支出构成 · 特定目标类项目支出 · 2023年"),
        ("shares.income.amount", "收入构成 · 合计 · 当年金额"),
        ("p2.use", "项目支出情况 · 第2行 · 项目主要支出方向和用途"),
        ("g5.text", "年度目标2 · 内容"),
        ("i1.target", "长期目标1 · 产出指标 · 数量指标 · 第1行 · 指标值"),
        ("i20.target", "年度目标1 · 产出指标 · 数量指标 · 第1行 · 预期当年实现值"),
        ("i20.year_before", "年度目标1 · 产出指标 · 数量指标 · 第1行 · 上年"),
    ],
)
def test_4_how_places_are_called(cell, place):
    assert published(NAME).place(cell) == place


# --- 5: paper


def test_5_the_printed_form_row_by_row():
    assert_golden(f"layout_{NAME}.txt", described(lay_out_form(published(NAME), metrics())))


def test_5_everything_the_clerk_typed_is_printed():
    form = published(NAME)
    printed = "".join("".join(cell.text.split()) for cell in lay_out_form(form, metrics()).cells)
    hidden = ("unit", "year", "goal", "term")
    for cell, text in form.answers.texts.items():
        if cell.rpartition(".")[2] not in (*hidden, "total_budget", "current_year_budget"):
            assert all("".join(line.split()) in printed for line in text.splitlines()), cell


def test_5_computed_figures_are_printed_and_given_ones_are_not():
    answers = read(with_value(original(), "funds.3.amount", "9"))
    grid = lay_out_form(form_of(answers), metrics())
    assert text_at(grid, "shares.income.amount") == "182,142.95"
    assert (text_at(grid, "shares.running.share"), text_at(grid, "shares.income.share")) == (
        "10.04%",
        "100.00%",
    )
    share = next(c for c in grid.cells if c.source == ("p1", "shares.running.share"))
    assert (share.value, share.number_format) == (Decimal("0.1004"), "0.00%")


def test_5_there_is_no_sheet_about_scores():
    assert lay_out_form(published(NAME), metrics()).annex is None


def test_5_a_heading_of_three_lines_stands_again_on_the_next_page():
    answers = blank().with_texts({f"i{n}.name": f"第{n}个指标" for n in range(1, 81)})
    rows = [f"i{n}" for n in range(1, 81)]
    answers = answers.with_rows("indicators", rows).with_texts(
        {f"{row}.{key}": text for row in rows for key, text in (("goal", "g2"), ("level1", "产出指标"))}
    )
    pages = paginate(lay_out_form(form_of(answers), metrics()))
    last = {part.cell.text for part in pages[-1].placed}
    assert {"指标值", "近两年指标值", "前年", "上年", "预期当年实现值", "指标值确定依据"} <= last
    assert len(pages[-1].heading) == 3


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("declaration")
    assert main.main(["export", str(FILE), "--to", "xlsx,pdf,json", "--out", str(out)]) == 0
    return {path.suffix: path for path in out.iterdir()}


def test_5_files_are_named(exported):
    assert {path.name for path in exported.values()} == {
        f"2024-武汉市汉阳区教育局-目标申报表{suffix}" for suffix in (".xlsx", ".pdf", ".json")
    }


def test_5_the_paper_can_be_read_back(exported):
    text = "".join("".join(p.extract_text() for p in PdfReader(exported[".pdf"]).pages).split())
    for shown in ("附表4-11", "单位：万元", "182,142.95", "100.00%", "16,055.49", "长期目标(截止2023年)"):
        assert shown in text, shown
    for shown in ("2022年", "2023年", "近两年指标值", "教联体建设", "长期目标3：", "年度目标3："):
        assert shown in text, shown


def test_5_the_workbook_has_one_sheet_with_numbers(exported):
    book = CalamineWorkbook.from_path(exported[".xlsx"])
    assert book.sheet_names == ["部门整体支出绩效目标申报表"]
    rows = book.get_sheet_by_index(0).to_python()
    row = next(row for row in rows if "人员类项目支出" in row)
    assert [cell for cell in row if isinstance(cell, float)] == [98352.28, 0.54, 95050.51, 93850.32]


def test_5_the_exchange_file_gives_the_form_again(exported):
    assert read(decode(exported[".json"].read_bytes())) == read(original())


# --- 6: documents


def test_6_it_stands_first_in_a_document_and_is_stored(tmp_path):
    department = blank_form(shipped().form("wuhan-department-2022"), "武汉市汉阳区教育局", "2024")
    answers = gather([("1", department), ("2", read(original()))], shipped()).answers
    assert list(answers.forms) == ["t", "d"]
    store.create(tmp_path / "a.zpb", answers)
    assert store.open_document(tmp_path / "a.zpb").answers == answers


def test_6_its_code_knows_terms_and_projects_and_not_what_was_printed():
    answers = read(original())
    code = check_code(form_of(answers))
    given = {**answers.given, "shares.income.amount": "9", "title": "另一个标题", "g1.label": "一"}
    assert check_code(form_of(replace(answers, given=given, extra={}))) == code
    for cell in ("g1.term", "p1.use", "shares.own.amount", "i20.year_before", "overall_until"):
        assert check_code(form_of(answers.with_text(cell, "另"))) != code, cell
    assert qr_text(form_of(answers), code) == f"ZP1|{code}|{DECLARATION}|2024|武汉市汉阳区教育局|"


# --- 7: many rows, rare characters, nothing at all


def test_7_three_hundred_rows_of_projects():
    ids = [f"p{n}" for n in range(1, 301)]
    answers = blank().with_rows("projects", ids).with_texts({f"{row}.name": f"项目{row}" for row in ids})
    grid = lay_out_form(form_of(answers), metrics())
    assert text_at(grid, "p300.name") == "项目p300"
    pages = paginate(grid)
    assert len(pages) > 5
    assert "项目本年度预算" in {part.cell.text for part in pages[3].placed}
    assert read(decode(encode(write_exchange(answers, DEFINITION)))) == answers


def test_7_rare_characters_go_through_every_part():
    rare = "硚〇䶮𬭊＝=+<&>"
    answers = with_texts(p1__name=rare, functions=f"{rare}\n{rare}", g2__text=rare, i12__basis=rare)
    answers = answers.with_texts({"overall_until": rare, "overall_long": rare})
    assert read(decode(encode(write_exchange(answers, DEFINITION)))) == answers
    grid = lay_out_form(form_of(answers), metrics())
    assert (text_at(grid, "p1.name"), text_at(grid, "overall_until")) == (rare, f"长期目标(截止{rare}年)")


def test_7_an_empty_form_is_printed_with_an_empty_row_in_each_table():
    bare = blank().with_rows("projects", ()).with_rows("goals", ()).with_rows("indicators", ())
    texts = [cell.text for cell in lay_out_form(form_of(bare), metrics()).cells]
    for caption in (
        "项目支出情况",
        "长期绩效指标",
        "年度绩效指标",
        "长期目标(截止    年)",
        "2023年",
        "2024年",
    ):
        assert caption in texts, caption


def test_7_rows_without_a_goal_are_printed_once():
    answers = blank().with_rows("goals", ()).with_text("i1.name", "没有目标的指标")
    texts = [cell.text for cell in lay_out_form(form_of(answers), metrics()).cells]
    assert texts.count("没有目标的指标") == 1


def test_7_a_year_that_is_none_leaves_the_captions_of_the_years_open():
    form = form_of(blank().with_text("year", ""))
    assert form.filled("{two_years_before}年 {year_before}年") == "年 年"
    assert Answers({"t": form.answers}).forms["t"] is form.answers
