"""A layout that nobody knew is explained once, remembered under a name, and then read, marked ~."""

import pytest

from intake.layouts import load, save
from model.basics.errors import UserError
from model.forms.loader import shipped
from model.recognition.area import areas
from model.recognition.captions import IGNORE
from model.recognition.incoming import Mark
from model.recognition.layouts import UNKNOWN, Layout, choices, fits, proposals, remembered
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser
from tests.recognition.drawn import drawn

STRANGE = """
某区项目绩效自查表>9
（2024年度）>9
承担事项|数字档案>3|牵头处室|办公室>4
操作单位|某档案馆>8
钱款（元）^2|名目|年初盘子|年末盘子|实际花销|占分|花销比例|拿分|
全部钱款|1,000,000|900,000|810,000|10|90%|9|
序|一级|二级|考核点|本年要求|做到多少|占分|拿分|领导评语
1|产出指标|数量指标|扫描档案|50万页|52万页|60|60|好
2|满意度指标|服务对象满意度指标|群众满意度|≥90%|95%|30|30|好
最终拿分>6|100|99|
"""
EXPLAINED = Layout(
    "某区自查表",
    "national-project-2020",
    (
        "承担事项",
        "操作单位",
        "年初盘子",
        "年末盘子",
        "实际花销",
        "考核点",
        "本年要求",
        "做到多少",
        "占分",
        "拿分",
    ),
    {
        "承担事项": "fields.project_name",
        "牵头处室": "fields.主管部门",
        "操作单位": "fields.implementer",
        "名目": "funds.label",
        "年初盘子": "funds.initial",
        "年末盘子": "funds.budget",
        "实际花销": "funds.executed",
        "花销比例": "funds.rate",
        "占分": "indicators.weight",
        "拿分": "indicators.score",
        "考核点": "indicators.name",
        "本年要求": "indicators.target",
        "做到多少": "indicators.actual",
        "领导评语": IGNORE,
    },
)


def read(text, *layouts):
    return list(Recogniser(shipped().forms, layouts=layouts).forms([drawn(text)]))


def test_without_being_explained_it_is_no_form():
    assert read(STRANGE) == []


def test_once_explained_it_is_read_and_marked():
    (form,) = read(STRANGE, EXPLAINED)
    first = form.data["indicators"][0]
    assert (form.data["form"], form.layout) == ("national-project-2020", "某区自查表")
    assert (first["name"], first["target"], first["actual"], first["weight"], first["score"]) == (
        "扫描档案",
        "50万页",
        "52万页",
        "60",
        "60",
    )
    assert form.data["fields"]["主管部门"] == "办公室"
    assert form.sign("indicators[0].target") == "~"


def test_money_is_read_by_the_layout_and_its_unit():
    (form,) = read(STRANGE, EXPLAINED)
    total = form.data["funds"][0]
    assert (total["initial"], total["budget"], total["executed"]) == ("100", "90", "81")
    assert form.marks["funds[0].budget"] is Mark.CONVERTED


def test_a_caption_that_is_not_imported_is_left():
    (form,) = read(STRANGE, EXPLAINED)
    assert "好" in [left.text for left in form.left]
    assert "领导评语" not in form.data["indicators"][0]


def test_85_of_100_captions_are_enough_and_less_are_not():
    (area,) = areas([drawn("\n".join(f"标题{n}" for n in range(20)))])
    assert fits(Layout("", "", tuple(f"标题{n}" for n in range(3, 23))), area)  # 17 of 20
    assert not fits(Layout("", "", tuple(f"标题{n}" for n in range(4, 24))), area)  # 16 of 20


KNOWN = """
2023年度项目支出绩效自评表>9
项目支出名称>2|甲>7
主管部门>2|乙>3|实施单位：丙>4
项目资金（万元）^2|>2|年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额>2|1|1|1|10|100%|10
绩效指标^2|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|人数|5|6|90|90|
合计>6|100|100|
"""


def test_what_our_own_captions_know_no_layout_changes():
    wrong = Layout("错", "hunan-project-2023", ("年度指标值",), {"年度指标值": "indicators.actual"})
    (form,) = read(KNOWN, wrong)
    assert form.data["indicators"][0]["target"] == "5"


def test_our_guesses_are_proposed_and_what_the_clerk_says_is_remembered():
    (area,) = areas([drawn(KNOWN.replace("年度指标值", "想要达到"))])
    recogniser = Recogniser(shipped().forms)
    (form,) = recogniser.anatomies(area)
    found = {one.caption: one for one in proposals(form, vocabulary())}
    assert found["三级指标"].meaning == "indicators.name"
    assert found["想要达到"].meaning == UNKNOWN
    assert ("indicators.target", "年度指标值") in choices("indicators", vocabulary())
    placed = [
        one.with_meaning("indicators.target") if one.caption == "想要达到" else one for one in found.values()
    ]
    layout = remembered("想要的版式", "hunan-project-2023", placed)
    (again,) = read(KNOWN.replace("年度指标值", "想要达到"), layout)
    assert again.data["indicators"][0]["target"] == "5"


def test_a_text_without_a_caption_is_found_by_its_place():
    numbered = EXPLAINED._replace(places={"fields.报表编号": "C1"})
    (form,) = read(STRANGE.replace("某区项目绩效自查表>9", "某区项目绩效自查表>2|BH-07>7"), numbered)
    assert form.data["fields"]["报表编号"] == "BH-07"


# --- on disk


def test_a_layout_comes_back_from_disk_as_it_was(tmp_path):
    layout = EXPLAINED._replace(name='某/区 "甲"', money_unit="元", places={"fields.编号": "B1"})
    path = save(tmp_path / "layouts", layout)
    assert path.name == "某_区 _甲_.toml"
    assert layout in load(tmp_path / "layouts").known


def test_a_layout_without_a_name_is_refused(tmp_path):
    with pytest.raises(UserError, match="没有名称"):
        save(tmp_path, EXPLAINED._replace(name=" . "))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('fits = ["x"]', "缺少"),
        ('name = "甲"\nfits = 3', "fits"),
        ('name = "甲"\nfits = []\nmoney_unit = "两"', "money_unit"),
        ('name = "甲"\nfits = []\n[captions]\n"x" = 3', "captions"),
        ('name = "甲"\nfits = []\nmore = 1', "more"),
    ],
)
def test_a_layout_with_a_mistake_is_passed_over_and_named(tmp_path, text, words):
    (tmp_path / "坏.toml").write_text(text, "utf-8")
    save(tmp_path, EXPLAINED)
    found = load(tmp_path)
    [(path, problem)] = found.problems
    assert path.name == "坏.toml"
    assert words in problem
    assert EXPLAINED in found.known
