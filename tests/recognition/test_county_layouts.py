"""Layouts of counties, drawn in tests/data/intake/drawn: what is read of each, and no figure wrong under ✓.

The first line of a file says what its layout is hard by; `none` below it says that nothing may be read.
"""

from pathlib import Path

import pytest

from model.forms.loader import shipped
from model.recognition.found import KNOWN
from model.recognition.incoming import Mark
from model.recognition.recognise import Recogniser
from tests.recognition.drawn import drawn

FOLDER = Path(__file__).parent.parent / "data" / "intake" / "drawn"
RECOGNISER = Recogniser(shipped().forms)
FUNDS = ("initial", "budget", "executed")


def layout(name):
    """A drawn sheet and what is to be read of it, by form and key."""
    head, *wanted = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n---\n")
    forms = [dict(line.split(": ", 1) for line in one.strip().splitlines()) for one in wanted if ": " in one]
    return drawn(head.split("\n", 1)[1]), forms


def read(name):
    return list(RECOGNISER.forms([layout(name)[0]]))


def column(form, key):
    if key == "funds":
        return [
            " ".join("-" if row.get(k) is None else row[k] or "+" for k in FUNDS) for row in form.data[key]
        ]
    if key in ("total", "unit", "year"):
        return [str(form.data[key])]
    return [row.get(key) or "+" for row in form.data["indicators"]]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_a_county_layout_is_read_right(name):
    _, wanted = layout(name)
    found = read(name)
    assert len(found) == len(wanted)
    for form, of in zip(found, wanted, strict=True):
        assert {key: column(form, key) for key in of} == {key: text.split(" | ") for key, text in of.items()}


def test_levels_before_a_stroke_and_in_rows_of_their_own_are_marked_understood():
    (one,) = read("levels_in_one_cell")
    (rows,) = read("levels_filled_and_numbered")
    assert [form.sign("indicators[1].level1") for form in (one, rows)] == ["~", "~"]
    assert [row["level1_weight"] for row in rows.data["indicators"]] == ["50", "50", "50", "30", "10"]


def test_a_target_in_cells_without_captions_is_joined_and_marked():
    (form,) = read("three_columns_without_captions")
    assert form.marks["indicators[1].target"] is Mark.JOINED
    assert all(left.text != "%" for left in form.left)


def test_two_numbers_below_one_caption_are_in_doubt():
    (form,) = read("units_apart")
    assert form.marks["indicators[0].target"] is Mark.TWO_CANDIDATES


def test_two_totals_are_two_candidates():
    (form,) = read("two_totals")
    assert (form.data["total"], form.marks["total"]) == ("99", Mark.TWO_CANDIDATES)


def test_a_column_whose_unit_is_not_that_of_its_label_is_converted():
    (form,) = read("execution_in_yuan_below_wan")
    assert (form.sign("funds[0].executed"), form.sign("funds[0].budget")) == ("!", KNOWN)


def test_money_without_a_unit_is_to_be_looked_at():
    (form,) = read("unit_unsaid")
    assert {form.sign(f"funds[0].{key}") for key in FUNDS} == {"!"}


def test_numbers_in_brackets_behind_names_are_weights_only_in_doubt():
    text = """
项目支出绩效自评表（2023年度）>7
项目名称|甲>6
一级指标|二级指标|三级指标|指标值|完成值|得分|备注
产出指标|数量指标|场次（10）|5场|5场|10|
产出指标|质量指标|合格率（20）|90%|91%|19|
"""
    (form,) = RECOGNISER.forms([drawn(text)])
    assert (column(form, "name"), column(form, "weight")) == (["场次", "合格率"], ["10", "20"])
    assert form.sign("indicators[0].weight") == "!"
    (form,) = RECOGNISER.forms(
        [drawn(text.replace("（10）", "（1）"))]
    )  # a number of a list: a score is more
    assert column(form, "name") == ["场次（1）", "合格率（20）"]


@pytest.mark.parametrize("text", ["产出指标（50）", "产出指标 50", "产出指标50分", "产出指标\\n（50分）"])
def test_points_of_a_level_with_and_without_brackets(text):
    (form,) = RECOGNISER.forms(
        [
            drawn(f"""
项目支出绩效自评表（2023年度）>7
项目名称|甲>6
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
{text}|数量指标（20）|场次|5场|5场|20|20
""")
        ]
    )
    row = form.data["indicators"][0]
    assert (row["level1"], row["level1_weight"], row["level2"]) == ("产出指标", "50", "数量指标")


PLAIN = """
项目支出绩效自评表（2023年度）>5|总分：|98.6>2
项目名称|甲>7
实施单位|某站>7
项目资金（万元）^2|年初预算数|全年预算数|全年执行数|执行率|分值|得分>2
10|12|11.4|95%|10|9.5>2
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|原因
产出指标|数量指标|人数|≥5人|6人|50|50|
效益指标|社会效益|覆盖|≥90%|88%|40|39.1|
总分>5|90|89.1|
"""


@pytest.mark.parametrize(
    "row",
    [
        "效益指标|覆盖|≥90%|88%|40|39.1||",  # no level 2
        "效益指标|社会效益|覆盖|88%|40|39.1||",  # no target
        "效益指标|社会效益|覆盖|≥90%|40|39.1||",  # no result
        "效益指标||社会效益|覆盖|≥90%|88%|40|39.1",  # a cell too many in front
        "效益指标|社会效益|覆盖||≥90%|88%|40|39.1",  # and amid its texts
        "效益指标|社会效益|覆盖|≥90%||88|40|39.1",
    ],
)
def test_a_row_with_a_cell_too_few_or_too_many_has_no_figure_wrong_under_a_tick(row):
    (form,) = RECOGNISER.forms([drawn(PLAIN.replace("效益指标|社会效益|覆盖|≥90%|88%|40|39.1|", row))])
    right = {"target": "≥90%", "actual": "88%", "weight": "40", "score": "39.1"}
    wrong = [key for key, text in right.items() if form.data["indicators"][1][key] not in (text, "")]
    assert [
        form.sign(f"indicators[1].{key}") for key in wrong if form.sign(f"indicators[1].{key}") == KNOWN
    ] == []
    assert [form.sign(f"indicators[0].{key}") for key in right] == [KNOWN] * 4


def test_a_total_beside_the_title_that_is_not_that_of_the_table_is_in_doubt():
    (form,) = RECOGNISER.forms([drawn(PLAIN)])
    assert form.marks["total"] is Mark.TWO_CANDIDATES
    (form,) = RECOGNISER.forms([drawn(PLAIN.replace("98.6", "89.1"))])
    assert form.sign("total") == KNOWN


MONEY = """
项目支出绩效自评表（2023年度）>9
项目名称>2|甲>7
项目资金（万元）^3|>2|年初预算数|全年预算数|全年执行数|执行率|分值|得分
年度资金总额>2|10|12|11.4|95%|10|9.5
其中：财政拨款>2|10|12|11.4|95%||
一级指标|二级指标|三级指标|年度指标值>2|实际完成值|分值|得分|原因
产出指标|数量指标|人数|≥5人>2|6人|90|90|
"""


def test_a_row_of_money_that_lacks_a_cell_is_marked_whole():
    (form,) = RECOGNISER.forms([drawn(MONEY.replace("财政拨款>2|10|12", "财政拨款>2|12") + "\n")])
    assert all(form.sign(f"funds[1].{key}") in "!✕" for key in FUNDS)
    assert [form.sign(f"funds[0].{key}") for key in FUNDS] == [KNOWN] * 3


@pytest.mark.parametrize(
    ("rate", "sign"),
    [("95%", KNOWN), ("95", KNOWN), ("0.95", KNOWN), ("96%", KNOWN), ("97%", "!"), ("—", KNOWN)],
)
def test_amounts_whose_rate_is_another_one_are_to_be_looked_at(rate, sign):
    (form,) = RECOGNISER.forms([drawn(MONEY.replace("11.4|95%|10", f"11.4|{rate}|10"))])
    assert {form.sign(f"funds[0].{key}") for key in FUNDS} == {sign}


def test_two_columns_of_one_meaning_are_in_doubt():
    (form,) = RECOGNISER.forms([drawn(MONEY.replace("年初预算数|全年预算数", "全年预算数|全年预算数"))])
    assert form.sign("funds[0].budget") == "✕"
