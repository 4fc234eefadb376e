"""A form that was read becomes a form of a document: nothing is lost, each text says where it stood."""

import json

import pytest

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.exchange.exchange import write_exchange
from model.forms.loader import shipped
from model.reading.origin import source_of
from model.recognition.adopt import adopted
from model.recognition.examine import examine, named_forms
from model.recognition.incoming import Incoming
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser
from tests import judge
from tests.recognition.drawn import drawn

FILE = "D02_岳阳项目多表.xlsx"


def forms(name=FILE):
    return list(Recogniser(shipped().forms).forms(judge.read(name).sheets))


def adopt(found, file=FILE):
    return adopted(found, shipped(), file, vocabulary())


@pytest.mark.parametrize("name", [n for n in judge.names() if judge.wanted_of(n)])
def test_every_text_of_a_known_layout_has_its_source(name):
    for found in judge.forms_of(judge.read(name)):
        form = adopt(found, name)
        without = {cell for cell in form.texts if not form.sources.get(cell, "").startswith(f"{name} › ")}
        assert {cell for cell in without if not cell.startswith(("split.", "year"))} <= _counted(form)


def _counted(form):
    """Cells that hold no text of the file: which goal a row has, which term a goal."""
    return {cell for cell in form.texts if cell.endswith((".goal", ".term")) or cell == "overall_until"}


def test_a_source_names_file_and_cell():
    form = adopt(forms()[0])
    assert form.sources["i1.target"] == "D02_岳阳项目多表.xlsx › 高三教研 E12"
    assert form.sources["funds.total.score"].endswith("I5")


def test_a_source_is_told_until_the_text_is_edited():
    form = adopt(forms()[0])
    assert source_of(form, "i1.target").endswith("E12")
    assert source_of(form.with_text("i1.target", "500人"), "i1.target") == ""


def test_what_was_printed_where_the_program_computes_has_its_source_too():
    form = adopt(forms()[0])
    assert form.given["total"]
    assert source_of(form, "total").startswith("D02_岳阳项目多表.xlsx › ")


def test_sources_are_kept_in_the_document(tmp_path):
    form = adopt(forms()[0])
    answers = Answers({"p1": form}, form.unit, form.year)
    store.create(tmp_path / "簿.zpb", answers)
    assert store.open_document(tmp_path / "簿.zpb").answers == answers


def test_what_is_left_comes_back_on_export():
    found = forms()[0]
    data = write_exchange(adopt(found), shipped().form("hunan-project-2023"))
    assert {"place": "高三教研!D13", "text": "（示例）开展活动"} in data["left"]


UNKNOWN = """
项目绩效自评表>4
项目名称|甲|主管部门|乙
指标名称|目标值|完成值|得分
人数|5|6|10
次数|7|8|10
"""

ROWS = """
{title}>9
项目名称>2|甲>7
主管部门>2|乙>3|实施单位|丙>3
项目资金（万元）^4|>2|年初预算数|全年预算数|全年执行数|分值|执行率|得分
其中：财政拨款>2|60|60|50|||
上年结转>2|40|40|40|||
资金总额>2|100|100|90|10|90%|9
绩效指标^2|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|培训人数|5人|6人|90|90|
总分>6|100|99|
"""


def only(text):
    (found,) = Recogniser(shipped().forms).forms([drawn(text)])
    return found


def test_a_form_of_no_known_kind_is_asked_about():
    with pytest.raises(UserError, match="还不认识"):
        adopt(only(UNKNOWN))


def test_a_form_without_a_year_is_asked_about():
    with pytest.raises(UserError, match="年度"):
        adopt(only(ROWS.format(title="项目支出绩效自评表")))


def test_rows_of_money_find_their_home_by_name_whatever_their_order():
    form = adopt(only(ROWS.format(title="2023年度项目支出绩效自评表")))
    assert form.text("funds.total.executed") == "90"
    assert form.text("funds.fiscal.executed") == "50"
    assert form.text("funds.carried.executed") == "40"
    assert form.sources["funds.total.executed"].endswith("F7")


def named(path, kind):
    [(_, form)] = named_forms(examine(path, Incoming(path.name, kind), shipped()), shipped())
    return form


def test_texts_of_an_exchange_file_and_of_a_document_say_which_file_they_are_from(tmp_path):
    form = adopt(forms()[0])
    path = tmp_path / "表.json"
    path.write_text(json.dumps(write_exchange(form, shipped().form(form.definition))), "utf-8")
    assert named(path, "json").sources["i1.target"] == "表.json › 高三复习迎考"
    store.create(
        tmp_path / "簿.zpb", Answers({"p1": form.with_text("i2.name", "新的")}, form.unit, form.year)
    )
    found = named(tmp_path / "簿.zpb", "zpb").sources
    assert found["i1.target"] == "D02_岳阳项目多表.xlsx › 高三教研 E12"  # where it was from before
    assert found["i2.name"] == "簿.zpb › 高三复习迎考"
