"""Blank → form → filled by a made document → filled in place → read again = the document.

1. D09 and D10 of bureaus, and three made layouts that are not shipped: no text is lost, nothing is left over
2. every byte outside the filled cells stays: other parts of the package, other cells
3. D14 (.xls) becomes a form like D09, and goes the whole way too
4. blanks with any captions, columns and rows
5. our own forms as exported, of every shipped definition
6. LibreOffice opens what was filled in
"""

import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.batch import export_files
from export.opening import open_all
from intake.filling.fill import fill_file
from intake.filling.proof import untouched
from intake.filling.xlsx import fill_xlsx
from intake.reading import read_bytes
from model.document.answers import Answers
from model.exchange.exchange import encode, write_exchange
from model.filling.blank import blank_form
from model.forms.loader import shipped
from model.reading.reading import read
from model.recognition.fill_plan import Edit
from model.recognition.recognise import Recogniser
from tests.builders import DECLARATION, HUNAN, PLAN, SHIPPED, TRANSFER, WUHAN, WUHAN_PROJECT
from tests.bureaus import D09, D10, D14, UNIT, bureau, differences, learnt, made_document, ours, round_trip
from tests.workshop.made import MADE, blank_of
from tests.workshop.strange import made_file

YEARS = {D10: "2022", "三栏目标.xlsx": "2024"}  # that stand in the title of the blank


def form_of(name):
    return bureau(name) if name in (D09, D10, D14) else learnt(name, blank_of(MADE[name]))


@pytest.mark.parametrize("name", [D09, D10, *MADE])
def test_1_what_was_filled_in_is_read_back(name):
    made = form_of(name)
    done = round_trip(made, made_document(made.file.form, YEARS.get(name, "2025")))
    lost = {"unit", "year"} if name == "不计分.xlsx" else set()  # which this blank does not ask for
    assert differences(done.answers, done.back).keys() == lost
    assert (done.back.rows, done.back.extra, done.left) == (done.answers.rows, {}, [])


def test_1_a_blank_whose_formulas_were_computed_is_still_a_blank():
    """As Excel saves it: the formulas of D09 give 0, so do its rates; nobody has filled anything in."""
    made = bureau(D09)
    kept = round_trip(made, made_document(made.form)).filled.plan.kept
    zeros = [Edit(place, "renew", "0", "0") for place in kept]
    computed = fill_xlsx(made.blank, zeros).data
    assert learnt(D09, computed).file.blank == computed
    name = Edit(kept[0]._replace(row=4, column=3), "write", "示例项目")
    filled = fill_xlsx(computed, [name]).data
    assert learnt(D09, filled).file.blank not in (filled, b"")


@pytest.mark.parametrize("name", [D09, D14])
def test_1_hints_that_nobody_wrote_over_stay_where_a_filled_blank_is_emptied(name):
    made = bureau(name)
    before = [cell.text for sheet in read_bytes(name, made.blank).sheets for cell in sheet.cells]
    (form,) = read(made.library, Answers({"p1": made_document(made.form)}, UNIT, "2025")).forms
    filled = fill_file(name, made.blank, form, Recogniser(made.library.forms), clears=False).data
    emptied = learnt(name, filled).file.blank
    after = [cell.text for sheet in read_bytes(name, emptied).sheets for cell in sheet.cells]
    assert after.count("指标2：") == before.count("指标2：") > 0
    assert after.count("……") == before.count("……") > 0
    assert not [text for text in after if text.startswith("第")]


def test_1_nothing_of_a_blank_without_formulas_is_left_out():
    for name in (D10, *MADE):
        made = form_of(name)
        done = round_trip(made, made_document(made.file.form, YEARS.get(name, "2025")))
        assert (done.filled.plan.missing, done.filled.plan.locked) == ((), ())


@pytest.mark.parametrize("name", [D09, D10, *MADE])
def test_2_every_other_part_stays_byte_by_byte(name):
    made = form_of(name)
    done = round_trip(made, made_document(made.file.form, YEARS.get(name, "2025")))
    with zipfile.ZipFile(BytesIO(made.blank)) as package:
        parts = {part.lower() for part in package.namelist()}
    changed = parts - untouched(made.blank, done.filled.data)
    allowed = {"word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert changed <= allowed
    assert done.filled.said.startswith(f"除 {len(done.filled.plan.edits)} 个单元格")


def test_3_an_old_workbook_becomes_a_form_and_is_filled_too():
    made = bureau(D14)
    assert [i.role for i in made.found.part("indicators").items] == [
        i.role for i in bureau(D09).found.part("indicators").items
    ]
    done = round_trip(made, made_document(made.file.form))
    assert differences(done.answers, done.back) == {}
    assert (done.back.rows, done.back.extra, done.left) == (done.answers.rows, {}, [])
    assert (done.filled.plan.missing, done.filled.plan.locked) == ((), ())


# --- 4

HEADS = ("项目编码", "项目负责人", "起止时间", "自评方式", "主管部门")
FUNDS = ("年初预算数", "年中调整数", "全年预算数", "到位数", "执行率", "结余", "备注说明")
ROWS = ("其中：财政拨款", "上级补助资金", "自筹资金", "其他资金")
COLUMNS = ("指标性质", "度量单位", "评价标准", "实际完成值", "分值", "得分", "复核分", "偏差原因", "佐证材料")
TAILS = ("评价结论", "存在问题", "下一步打算", "其他说明")


@st.composite
def blanks(draw: st.DrawFn) -> str:
    """A blank as it is drawn: any head, money, indicators and tail, in any order of columns."""
    few = {"unique": True}
    heads = draw(st.lists(st.sampled_from(HEADS), max_size=3, **few))
    money = [c for c in draw(st.permutations(FUNDS)) if c == "全年预算数" or draw(st.booleans())]
    money.insert(draw(st.integers(0, len(money))), "全年执行数")
    columns = [c for c in draw(st.permutations(COLUMNS)) if c == "实际完成值" or draw(st.booleans())]
    columns.insert(draw(st.integers(0, len(columns))), "年度指标值")
    levels = draw(st.sampled_from([(), ("二级指标",), ("一级指标", "二级指标")]))
    wide = max(len(money) + 2, len(levels) + len(columns) + 2, 4)
    rows = draw(st.lists(st.sampled_from(ROWS), max_size=3, **few))
    tails = draw(st.lists(st.sampled_from(TAILS), max_size=2, **few))
    lines = ["项目支出绩效自评表>{w}", "（　　　　年度）>{w}", "项目名称|>{r}", "实施单位|>{r}"]
    lines += [f"{caption}|>{{r}}" for caption in heads]
    lines += [_line([f"项目资金（万元）^{len(rows) + 2}", "", *money], wide)]
    lines += [_line([name, *[""] * len(money)], wide - 1) for name in ("年度资金总额", *rows)]
    count = draw(st.integers(1, 4))
    lines += [_line([f"绩效指标^{count + 1}", *levels, "三级指标", *columns], wide)]
    names = ("产出指标", "数量指标")[-len(levels) :] if levels else ()
    spans = [f"{name}^{count}" for name in names]
    lines += [_line([*spans, "指标1：", *[""] * len(columns)], wide - 1)]
    lines += [_line(["", *[""] * len(columns)], wide - 1 - len(levels)) for _ in range(count - 1)]
    lines += [f"{caption}|>{{r}}" for caption in tails]
    lines += ["填表人：　　　　填报日期：　　　　联系电话：　　　　>{w}"]
    return "\n".join(line.format(w=wide, r=wide - 1) for line in lines)


def _line(cells: list[str], wide: int) -> str:
    """Cells across the whole width, the last one as wide as is left."""
    rest = wide - len(cells) + 1
    last = cells[-1].partition("^")
    cells[-1] = f"{last[0]}>{rest}{''.join(last[1:])}" if rest > 1 else cells[-1]
    return "|".join(cells)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(blanks())
def test_4_any_blank_is_filled_and_read_back(text):
    made = learnt("空白表.xlsx", blank_of(text))
    done = round_trip(made, made_document(made.file.form, rows=text.count("指标1：")))
    assert differences(done.answers, done.back) == {}
    assert done.filled.plan.missing == ()


# --- 5

NOT_PRINTED = {WUHAN: "weight", WUHAN_PROJECT: "weight", HUNAN: "initial"}  # by the paper of these forms
LEFT_OUT = {PLAN: "initial", TRANSFER: "management"}  # tables that recognition does not know yet


@pytest.mark.parametrize("form_id", [form for form in SHIPPED if form != DECLARATION])
def test_5_our_own_paper_is_filled_and_read_back(form_id, tmp_path):
    definition = shipped().form(form_id)
    blank = tmp_path / "blank.json"
    blank.write_bytes(encode(write_exchange(blank_form(definition, "", "2025"), definition)))
    export_files(open_all([blank], shipped()), ("xlsx",), tmp_path / "out", False, (), ("forms",))
    (path,) = (tmp_path / "out").iterdir()
    answers = made_document(definition)
    done = round_trip(ours(path.name, path.read_bytes(), definition), answers)
    allowed = NOT_PRINTED.get(form_id, "") or LEFT_OUT.get(form_id, "nothing")
    assert [cell for cell in differences(answers, done.back) if allowed not in cell] == []
    assert done.back.rows == answers.rows


# --- 6


def test_6_libreoffice_opens_each_filled_file_and_shows_what_was_filled_in(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    texts = {}
    for name, file in (("a.xlsx", D09), ("b.docx", D10), ("c.xlsx", "甲.xlsx")):
        made = bureau(file) if file in (D09, D10) else learnt(file, made_file(file))
        year = YEARS.get(file, "2025")
        answers = made_document(made.form, year).with_text("i1.name", f"硚口〇䶮{name}")
        (tmp_path / name).write_bytes(round_trip(made, answers).filled.data)
        texts[name] = f"硚口〇䶮{name}"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kinds = {"xlsx": "csv:Text - txt - csv (StarCalc):44,34,76", "docx": "txt:Text (encoded):UTF8"}
    for suffix, kind in kinds.items():
        files = sorted(tmp_path.glob(f"*.{suffix}"))
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    for name, text in texts.items():
        found = (tmp_path / name).with_suffix(".csv" if name.endswith("xlsx") else ".txt")
        assert text in found.read_text("utf-8")
