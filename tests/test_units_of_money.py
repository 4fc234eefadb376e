"""A project form in 元 beside a department form in 万元: the same money, whichever way one looks at it.

One of the two projects is filled in 元, as its file says; of tests/data/seventh the very definition is. Each
path that adds, compares or prints amounts is walked: scores, report, statement, 表间核对, checks between the
forms, takeover, next year's document, audit, paper, workbook, exchange file and window.
"""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import main
from gui.frame.crosscheck_box import CrossCheckBox
from gui.tabs.funds_panel import FundsPanel
from model.aggregation.summary_table import line_of, total_of
from model.basics.amount import Amount
from model.checks import check_between, check_form, run_checks
from model.document import store
from model.document.answers import Answers
from model.document.document import Document
from model.exchange.exchange import decode, encode, read_exchange, write_exchange
from model.filling import guidance
from model.filling.blank import blank_form, set_with
from model.filling.carryover import carry_over
from model.filling.takeover import take_over
from model.forms.loader import metrics, shipped, with_folder
from model.paper.layout import lay_out_form
from model.reading.crosscheck import cross_checks
from model.reading.reading import read
from model.reading.summary import score_by_block
from model.report.report import compose
from model.report.report_tables import table_grid
from model.report.teller import statement_teller, teller
from tests.builders import DECLARATION, HUNAN, NATIONAL, WUHAN_2020, WUHAN_PROJECT_2020, form_of, row
from tests.desk import open_window
from tests.findings import codes, filled, whole
from tests.reports import texts

ROW = row("4次", "4次", "40", "40", level2="数量指标")
MORE = row("90%", "90%", "40", "40", level1="效益指标", level2="社会效益指标", name="受益教师比例")
SEVENTH = Path(__file__).parent / "data" / "seventh"


def department(**more):
    """600 万元 in all, 200 万元 of it projects."""
    fields = {"basic": "400", "project": "200", "budget": "600", "executed": "600"} | more
    return filled(WUHAN_2020, ROW, MORE, filled_on="2026年5月8日", **fields)


def in_yuan(budget="1,000,000", executed="1000000.00", unit="元", **more):
    """A project whose file says that its amounts are in 元."""
    cells = {"money_unit": unit} | more.pop("cells", {})
    fields = {"project_name": "教师培训", "budget": budget, "executed": executed} | more
    return filled(WUHAN_PROJECT_2020, ROW, MORE, cells=cells, **fields)


def in_wan(**more):
    fields = {"project_name": "校园维修", "budget": "100", "executed": "100"} | more
    return filled(WUHAN_PROJECT_2020, ROW, MORE, **fields)


def document(*projects, whole_form=None):
    projects = projects or (in_yuan(), in_wan())
    forms = {"d": whole_form or department()} | {f"p{n}": form for n, form in enumerate(projects, start=1)}
    answers = {key: form.answers for key, form in forms.items()}
    return read(shipped(), Answers(answers, "示例单位", "2025"))


# --- scores and sentences


def test_the_score_is_the_same_in_both_units():
    yuan, wan = in_yuan(executed="655,000"), in_wan(executed="65.5")
    assert yuan.sheet.execution.score == wan.sheet.execution.score
    assert yuan.sheet.execution_rate == wan.sheet.execution_rate
    assert yuan.sheet.execution.explanation == "20 × 655,000 ÷ 1,000,000 = 13.1"
    assert score_by_block(yuan) == score_by_block(wan)
    assert yuan.sheet.funds[0].budget == Amount(wan.sheet.funds[0].budget.number * 10000, "元")


def statement(reading):
    return "\n".join(texts(compose(statement_teller(reading, shipped()), metrics())))


def test_the_public_statement_says_what_it_says_of_the_same_money_in_wan():
    reading = document()
    said = statement(reading)
    assert "共涉及项目2个，资金200万元，占一般公共预算项目支出总额的100.0%" in said
    assert "1.教师培训项目绩效自评综述：项目全年预算数为100万元，执行数为100万元，完成预算的100.0%" in said
    assert said == statement(document(in_wan(project_name="教师培训"), in_wan()))


def test_the_report_of_a_form_in_yuan_says_wan():
    reading = document(in_yuan(budget="1,234,567.89", executed="655,432.10"))
    tells = teller(reading.projects[0], reading, shipped())
    said = "\n".join(texts(compose(tells, metrics())))
    assert "全年预算数 123.46 万元，执行数 65.54 万元" in said
    assert "少 57.91 万元" in said  # of the exact amounts


def test_the_department_in_yuan_says_the_same_of_its_spending():
    yuan = department(
        basic="4000000", project="2000000", budget="6000000", executed="6000000", cells={"money_unit": "元"}
    )
    assert statement(document(whole_form=yuan)) == statement(document())
    reading = document(whole_form=yuan)
    values = teller(reading.department, reading, shipped()).values
    assert (values["basic"], values["project_spending"], values["executed"]) == ("400", "200", "600")


def test_the_table_of_the_report_names_the_unit_in_which_it_is_filled():
    form = department(cells={"money_unit": "元", "outturn.staff.final": "3000000"})
    reading = document(whole_form=form)
    tells = teller(reading.department, reading, shipped())
    table = next(table for table in tells.outline.tables if table.rows)
    printed = [part for part in compose(tells, metrics()).parts if getattr(part, "unit_line", "")]
    assert [part.unit_line for part in printed] == ["单位：元"]
    assert "3000000.00" in {cell.text for cell in table_grid(tells.form, table, metrics()).cells}


@pytest.mark.parametrize(
    ("written", "contradicts"),
    [
        ("执行数100万元。", False),
        ("执行数1000000元。", False),
        ("执行数 100。", False),  # as the report says its amounts
        ("执行数1000000万元。", True),
        ("执行数99.99万元。", True),
        ("执行数999999元。", True),
    ],
)
def test_a_figure_in_the_text_is_held_against_the_same_money(written, contradicts):
    reading = document(in_yuan(cells={"report.execution_analysis": written}), in_wan())
    assert ("text-contradicts-form" in codes(check_between(reading))) == contradicts


# --- between the forms


def test_表间核对_and_the_checks_agree_about_the_same_money():
    reading = document()
    assert [(str(found.left), str(found.right), found.agrees) for found in cross_checks(reading)] == [
        ("200 万元", "200 万元", True),
        ("600 万元", "600 万元", True),
    ]
    assert {found.code for found in check_between(reading)} == set()


def test_a_difference_is_told_in_the_unit_of_the_department_form():
    reading = document(in_yuan(budget="1100000", executed="1,100,000"), in_wan())
    [found] = [found for found in check_between(reading) if found.code == "projects-sum"]
    assert "执行数合计 210，整体表项目支出 200，多 10" in found.message
    assert not next(iter(cross_checks(reading))).agrees


@pytest.mark.parametrize(("executed", "fires"), [("1000000", False), ("10000000000", True), ("100", True)])
def test_the_unit_is_doubted_only_where_the_same_money_differs_by_ten_thousand(executed, fires):
    form = in_yuan(budget="1000000", executed=executed)
    found = [found for found in check_form(form) if found.code == "unit-of-money"]
    assert bool(found) == fires
    assert all("把万元填成了元" in one.message for one in found)


def test_rounding_is_allowed_for_in_money_not_in_digits():
    def parts(executed):
        form = department(
            basic="4000000", project="2000000", budget=executed, executed=executed, cells={"money_unit": "元"}
        )
        return {found.severity for found in check_form(form) if found.code == "parts-sum"}

    assert parts("6000200") == {"note"}  # 0.02 万元 of two parts
    assert parts("6000201") == {"judged"}


def test_the_table_of_results_adds_up_the_same_money():
    lines = [line_of(form) for form in document().projects]
    assert [line.budget for line in lines] == [100, 100]
    assert (total_of(lines).budget, total_of(lines).rate) == (200, 1)


def test_limits_of_costs_are_compared_with_the_money_spent():
    def limited(limit):
        cost = row(f"≤{limit}万元", f"{limit}万元", "0", "0", level2="成本指标", name="培训成本")
        form = filled(WUHAN_PROJECT_2020, ROW, MORE, cost, cells={"money_unit": "元"}, executed="1000000")
        return [found.message for found in check_form(form) if found.code == "cost-over-limit"]

    assert limited("100") == []
    assert "成本控制数合计 900,000，执行数 1,000,000，超出 100,000" in limited("90")[0]


def test_the_audit_of_a_folder_has_nothing_to_say(tmp_path, capsys):
    path = tmp_path / "单位.zpb"
    reading = document()
    store.create(path, Answers({form.key: form.answers for form in reading.forms}, "示例单位", "2025"))
    assert main.main(["audit", str(path), "-o", str(tmp_path / "audit.md")]) == 0
    text = (tmp_path / "audit.md").read_text("utf-8")
    assert "unit-of-money" not in text
    assert "projects-sum" not in text


# --- from one form into another


def test_what_the_declaration_plans_comes_in_the_unit_of_each_form():
    library = with_folder(SEVENTH)
    declared = blank_form(library.form(DECLARATION), "示例单位", "2025")
    declared = declared.with_texts({"p1.name": "智慧课堂", "p1.current_year_budget": "5,000"})
    seventh = blank_form(library.form("huaibei-project-2024"), "示例单位", "2025")
    taken = Document(Answers({"t": declared, "p1": seventh}, "示例单位", "2025"))
    with taken.edit("接收目标") as edit:
        take_over(edit, library)
    assert taken.answers.forms["p2"].text("funds.all.budget") == "50000000"

    in_yuan = declared.with_text("money_unit", "元")
    taken = Document(Answers({"t": in_yuan}, "示例单位", "2025"))
    with taken.edit("接收目标") as edit:
        take_over(edit, shipped())
    project = taken.answers.forms["p1"]
    first = shipped().form(project.definition).funds.rows[0].key
    assert "0.5" in (project.text(f"funds.{first}.initial"), project.text(f"funds.{first}.budget"))


def test_next_years_document_begins_in_the_unit_of_its_forms():
    last = document()
    answers = Answers({form.key: form.answers for form in last.forms}, "示例单位", "2025")
    carried = carry_over(answers, set_with(shipped(), WUHAN_2020), "示例单位", "2026", shipped())
    new = read(shipped(), carried)
    assert {form.definition.money_unit for form in new.forms} == {"万元"}
    assert not [cell for form in new.forms for cell in form.answers.texts if cell.startswith("funds.")]
    assert carried.forms["p1"].text("report.last_total") == "100"


# --- shown, printed and written in its own unit


@pytest.mark.parametrize("definition", [NATIONAL, WUHAN_PROJECT_2020, HUNAN])
def test_paper_names_the_unit_above_the_figures(definition):
    form = filled(definition, ROW, MORE, budget="1234567.89", executed="1000000", cells={"money_unit": "元"})
    printed = [cell.text for cell in lay_out_form(form, metrics()).cells]
    assert any("（元）" in text.replace("(", "（").replace(")", "）") for text in printed)
    assert not any("万元" in text for text in printed)
    assert any(text.replace(",", "") == "1234567.89" for text in printed)


def test_the_declaration_says_it_above_its_tables():
    form = form_of(blank_form(shipped().form(DECLARATION), "示例单位", "2025").with_text("money_unit", "元"))
    printed = [cell.text for cell in lay_out_form(form, metrics()).cells]
    assert "单位：元" in printed
    assert not any("万元" in text for text in printed)


def test_a_typed_unit_stays_behind_its_figure():
    form = in_yuan(executed="98.00万元")
    assert "98.00万元" in [cell.text for cell in lay_out_form(form, metrics()).cells]
    assert form.sheet.funds[0].executed == Amount(form.sheet.funds[0].executed.number, "元")
    assert str(form.sheet.funds[0].executed) == "980,000 元"


def test_a_definition_whose_headings_name_another_unit_is_put_right(tmp_path):
    shipped_form = Path(main.__file__).parent / "resources" / "forms" / f"{NATIONAL}.toml"
    text = shipped_form.read_text("utf-8").replace('money_unit = "万元"', 'money_unit = "元"')
    (tmp_path / f"{NATIONAL}.toml").write_text(text, encoding="utf-8")
    assert with_folder(tmp_path).form(NATIONAL).funds.label == "项目资金（元）"
    assert shipped().form(NATIONAL).funds.label == "项目资金（万元）"


def test_the_file_says_its_unit_and_is_read_again():
    form = in_yuan()
    written = write_exchange(form.answers, form.definition)
    assert written["money_unit"] == "元"
    assert read_exchange(decode(encode(written)), shipped()).texts == form.answers.texts
    assert "money_unit" not in write_exchange(in_wan().answers, in_wan().definition)


@pytest.fixture
def exported(tmp_path):
    """A file that says 单位：元 above its table, as it comes from another program."""
    form = in_yuan()
    written = write_exchange(form.answers, form.definition)
    del written["money_unit"]
    written["fields"]["单位"] = "元"
    source = tmp_path / "教师培训.json"
    source.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    document = tmp_path / "单位.zpb"
    assert main.main(["import", str(source), "-o", str(document)]) == 0
    out = tmp_path / "out"
    main.main(["export", str(document), "--to", "xlsx,json", "--out", str(out)])
    return {path.suffix: path for path in out.iterdir()}


def test_a_file_in_yuan_comes_out_in_yuan(exported):
    sheet = load_workbook(exported[".xlsx"]).worksheets[0]
    cells = [cell for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None]
    assert 1000000 in cells
    assert not any("万元" in str(cell) for cell in cells)
    written = json.loads(exported[".json"].read_text("utf-8"))
    assert (written["money_unit"], written["fields"]["单位"]) == ("元", "元")
    assert written["funds"][0]["budget"] == "1,000,000"


def test_the_window_shows_the_unit_of_the_form(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    path = tmp_path / "单位.zpb"
    reading = document()
    store.create(path, Answers({form.key: form.answers for form in reading.forms}, "示例单位", "2025"))
    window = open_window(qtbot, path)
    for key, unit in (("p1", "元"), ("p2", "万元")):
        window.view.show_cell(key, "funds.total.budget")
        [panel] = [one for one in window.view.findChildren(FundsPanel) if one.isVisible()]
        shown = [label.text() for label in panel.findChildren(type(panel.explanation))]
        assert f"{unit} · 20 分" in shown
    [box] = window.findChildren(CrossCheckBox)
    assert [line.figures.text() for line in box.lines] == ["200 ＝ 200", "600 ＝ 600"]
    assert "万元" in box.lines[0].toolTip()


def test_the_help_of_a_cell_names_the_unit_of_the_form():
    for form, unit in ((in_yuan(), "元"), (in_wan(), "万元")):
        found = guidance.advice(shipped(), form, "funds.total.budget")
        assert f"；{unit}。" in guidance.how(form, found)


def test_everything_of_a_sound_form_stays_sound_in_yuan():
    """In either unit the same is found."""
    wan = whole(HUNAN, budget="100", executed="95")
    texts = dict(wan.answers.texts) | {"money_unit": "元"}
    for cell in wan.amount_cells():
        if text := wan.answers.text(cell):
            texts[cell] = str(int(text) * 10000)
    yuan = form_of(type(wan.answers)(wan.answers.definition, texts, wan.answers.rows))
    kinds = [[(found.code, found.severity) for found in check_form(form)] for form in (wan, yuan)]
    assert kinds[0] == kinds[1]
    assert run_checks(read(shipped(), Answers({"d": yuan.answers}, "示例单位", "2025"))) is not None
