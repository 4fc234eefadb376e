"""Layouts as provinces print them, drawn by hand: what each of them is hard by, and that it is read right."""

import pytest

from model.forms.loader import shipped
from model.recognition.incoming import Mark
from model.recognition.recognise import Recogniser
from tests.recognition.drawn import drawn

RECOGNISER = Recogniser(shipped().forms)


def read(text, kind="sheet"):
    return list(RECOGNISER.forms([drawn(text, kind=kind)]))


def only(text):
    (form,) = read(text)
    return form


def column(form, key):
    return [row.get(key) for row in form.data["indicators"]]


SICHUAN = """
附件3>11
2023年度部门预算项目支出绩效自评表>11
主管部门及代码>2|某市教育局[205001]>4|实施单位>2|某市电化教育馆>3
项目名称>2|智慧教育平台建设>9
项目基本情况^4|1.项目年度目标完成情况^2|项目年度目标>5|年度目标完成情况>4
建成平台1个，培训教师300人次。>5|已建成平台，培训教师320人次。>4
2.项目实施内容及过程概述|按照计划完成招标、建设、验收。>9
3.年度工作情况|完成>9
预算执行情况（10分）^5|年度预算数（万元）|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因分析>3
总额|100.00|95.00|90.25|95%|10|9.5|年底未支付尾款>3
其中：财政资金|100.00|95.00|90.25|95%|/|/|/>3
财政专户管理资金||||||/|/>3
单位资金||||||/|/>3
绩效指标（90分）^6|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析
产出指标^3|数量指标^2|建设平台数量|＝|1|个|1|20|20|
培训教师人次|≥|300|人次|320|10|10|
质量指标|验收合格率|≥|95|%|100|20|20|
效益指标|社会效益指标|教育信息化水平|定性|好坏||好|20|20|
满意度指标|服务对象满意度指标|教师满意度|≥|90|%|88|10|9.8|部分学校网络不稳定
合计>8|100|99.3|
评价结论|自评总分99.3分，等级为优。>10
存在问题|无>10
改进措施|加快支付进度>10
项目负责人：张某　　财务负责人：李某>11
"""


def test_a_target_in_three_columns_is_joined_and_its_parts_are_kept():
    form = only(SICHUAN)
    assert column(form, "target") == ["＝1个".replace("＝", "="), "≥300人次", "≥95%", "好坏", "≥90%"]
    assert form.data["indicators"][1]["target_parts"] == {"operator": "≥", "value": "300", "unit": "人次"}
    assert form.marks["indicators[1].target"] is Mark.JOINED
    assert form.data["indicators"][3]["nature"] == "定性"


def test_the_column_of_names_of_the_money_may_be_called_a_budget():
    form = only(SICHUAN)
    labels = [row["label"] for row in form.data["funds"]]
    assert labels == ["总额", "其中：财政资金", "财政专户管理资金", "单位资金"]
    assert (form.data["funds"][0]["budget"], form.data["funds"][0]["executed"]) == ("95.00", "90.25")


def test_what_a_form_says_below_its_table_is_kept_under_its_captions():
    form = only(SICHUAN)
    assert form.data["fields"]["评价结论"] == "自评总分99.3分，等级为优。"
    assert form.data["improvement"] == "加快支付进度"
    assert form.data["signatures"] == {"项目负责人": "张某", "财务负责人": "李某"}
    assert "fields.评价结论" in form.kept


def test_a_layout_of_another_province_is_not_called_known():
    form = only(SICHUAN)
    assert (form.data["form"], form.layout) == ("national-project-2020", "")


SHANGHAI = """
项目支出绩效自评表>9
（2022年度）>9
项目名称>2|信息化运维>7
主管部门>2|某区教育局>3|实施单位>1|某中心>3
项目资金（元）^5|>2|年初预算数|预算数|执行数|分值|执行率|得分
年度资金总额>2|1,200,000.00|1,180,000.50|1,100,000.00|10|93.22%|9.3
其中：当年财政拨款>2|1,200,000.00|1,180,000.50|1,100,000.00|/|/|/
上年结转资金>2|0|0|0|/|/|/
其他资金>2|0|0|0|/|/|/
年度总体目标^2|预期目标>4|实际完成情况>4
保障网络安全稳定运行>4|全年网络稳定运行>4
绩效指标^3|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|维护系统数|=12个|12个|60|60|
满意度指标|服务对象满意度|用户满意度|≥90%|92.5%|30|30|
总分>6|100|99.3|
"""


def test_yuan_become_wan_yuan_exactly_and_marked():
    total = only(SHANGHAI).data["funds"][0]
    assert (total["initial"], total["budget"], total["executed"]) == ("120", "118.00005", "110")
    assert only(SHANGHAI).marks["funds[0].budget"] is Mark.CONVERTED


@pytest.mark.parametrize("unit", ["单位：元", "金额单位：元", "（单位：元）"])
def test_the_unit_may_stand_in_a_line_above(unit):
    text = SHANGHAI.replace("项目资金（元）", "项目资金").replace("项目名称>2|信", f"{unit}>9\n项目名称>2|信")
    assert only(text).data["funds"][0]["executed"] == "110"


TRANSFER = """
转移支付区域（项目）绩效目标自评表>8
（2021年度）>8
转移支付（项目）名称>2|城乡义务教育补助经费>6
中央主管部门>2|教育部>6
地方主管部门>2|某省教育厅>3|资金使用单位|某市教育局>2
资金投入情况（万元）^4||全年预算数（A）>2|全年执行数（B）>2|预算执行率（B/A×100%）>2
年度资金总额：|5000>2|4800>2|96%>2
其中：中央财政资金|3000>2|2900>2|96.67%>2
地方资金|2000>2|1900>2|95%>2
资金管理情况^3||情况说明>4|存在问题和改进措施>2
分配科学性|按因素法分配>4|无>2
下达及时性|及时下达>4|无>2
总体目标完成情况^2|总体目标>4|全年实际完成情况>3
巩固经费保障机制>4|已完成>3
绩效指标^3|一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因和改进措施>2
产出指标|数量指标|补助学生数|≥3万人|3.2万人|>2
|质量指标|达标率|100%|100%|>2
说明|无>7
"""


def test_a_form_without_scores_is_of_the_kind_that_its_title_says():
    form = only(TRANSFER)
    assert form.data["form"] == "national-transfer-2022"
    assert form.data["management"][0] == {"label": "分配科学性", "state": "按因素法分配", "problem": "无"}
    assert column(form, "actual") == ["3.2万人", "100%"]
    assert form.data["funds"][1] | {"weight": None} == {
        "label": "其中：中央财政资金",
        "initial": None,
        "budget": "3000",
        "executed": "2900",
        "weight": None,
        "rate": "96.67%",
        "score": None,
    }


def test_a_table_without_a_home_is_left_whole():
    as_project = TRANSFER.replace("转移支付区域（项目）", "项目").replace("转移支付（项目）名称", "项目名称")
    left = [one.text for one in only(as_project).left]
    for text in ("资金管理情况", "情况说明", "分配科学性", "按因素法分配", "下达及时性"):
        assert text in left


GUANGXI = """
2023年度项目支出绩效自评表>8
单位：某市图书馆>4|金额单位：万元>4
项目名称|全民阅读活动>7
主管部门|某市文广旅局>3|项目实施单位|某市图书馆>3
预算执行情况|项目|年初预算|调整预算|执行数|分值|执行率|得分
|资金总额|60|58|58|10|100%|10
|其中：中央资金|20|20|20|-|100%|-
年度目标完成情况|年初设定目标>3|实际完成情况>4
|举办活动100场>3|举办活动112场>4
一级指标|二级指标|三级指标|分值|年度指标值|全年完成值|得分|未完成原因和改进措施
成本指标（20分）^2|经济成本指标（10分）|活动成本|10|≤58万元|58万元|10|
社会成本指标（10分）|负面影响|10|无|无|10|
（以下指标由业务科室填写）>8
产出指标（40分）^2|数量指标（20分）^2|阅读活动场次|20^2|≥100场|112场|20^2|
其中：送书下乡|≥20场|22场|
满意度指标（10分）|服务对象满意度指标（10分）|读者满意度|10|≥95%|96%|10|
合  计>3|100|>2|96.8|
自评等级|优>7
填报人：张某　联系电话：0771-0000000　单位负责人（签章）：王某>8
"""


def test_costs_are_a_level_of_their_own_and_a_remark_is_no_row():
    form = only(GUANGXI)
    assert column(form, "level1") == ["成本指标", "成本指标", "产出指标", "产出指标", "满意度指标"]
    assert column(form, "level1_weight") == ["20", "20", "40", "40", "10"]
    assert "（以下指标由业务科室填写）" in [left.text for left in form.left]


def test_a_score_over_two_rows_belongs_to_the_first_and_both_are_marked():
    form = only(GUANGXI)
    assert column(form, "score")[2:4] == ["20", ""]
    assert form.sign("indicators[2].score") == form.sign("indicators[3].score") == "!"


def test_danwei_may_name_an_institution_or_the_money():
    form = only(GUANGXI)
    assert form.data["unit"] == "某市图书馆"
    assert form.data["funds"][0]["executed"] == "58"


YUNNAN = """
项目支出绩效自评表>10
公开13表>10
项目名称>2|乡村教师培训>8
主管部门>2|某县教育局>3|实施单位>2|某县教师进修学校>3
项目资金（万元）^3|>2|年初预算数|全年预算数|全年执行数|分值|执行率|得分>2
年度资金总额>2|30|30|28.5|10|95.00%|9.50>2
其他资金>2||||||>2
绩效指标>3|年度指标值>3|实际完成值^2|分值^2|得分^2|偏差原因分析及改进措施^2
一级指标|二级指标|三级指标|指标性质|指标值|度量单位
产出指标|数量指标|培训人次|≥|200|人次|206|60|60|
满意度指标|服务对象满意度指标|教师满意度|≥|90|%|95%|30|30|
其他需要说明事项>3|无>7
总分>4||总分值|100|总得分|99.50|自评等级：优|
"""


def test_a_heading_of_two_rows_whose_upper_one_names_only_groups():
    form = only(YUNNAN)
    assert column(form, "name") == ["培训人次", "教师满意度"]
    assert column(form, "target") == ["≥200人次", "≥90%"]
    assert column(form, "weight") == ["60", "30"]


def test_a_total_stands_beside_its_own_caption_in_a_row_of_several():
    assert only(YUNNAN).data["total"] == "99.50"


GUANGDONG = """
部门整体支出绩效自评表>10
部门名称|某局>9
评价指标>6|指标说明^3|评分标准^3|自评得分^3|佐证材料^3
一级指标>2|二级指标>2|三级指标>2
名称|权重(%)|名称|权重(%)|名称|权重(%)
履职效能^2|50^2|整体效能^2|50^2|绩效目标完成率|30|反映目标完成|完成率×分值|28|年度总结
重点工作完成率|20|反映重点工作|完成率×分值|20|
管理效率|50|预算编制|50|预算编制合规性|50|反映合规|合规得满分|48|
合计>8|96|
"""


def test_each_level_may_have_its_own_weight():
    form = only(GUANGDONG)
    assert column(form, "name") == ["绩效目标完成率", "重点工作完成率", "预算编制合规性"]
    assert column(form, "weight") == ["30", "20", "50"]
    assert column(form, "level1_weight") == ["50", "50", "50"]
    assert column(form, "score") == ["28", "20", "48"]
    assert form.data["total"] == "96"


EXECUTION = """
2022年度项目绩效自评表>8
项目名称>2|图书购置>6
主管部门>2|某局>2|实施单位>2|某馆>2
项目资金(万元)^2|>2|年初预算数|全年预算数|全年执行数|执行率>2
年度资金总额>2|20|20|19.5|97.5%>2
绩效指标^3|一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|得分
预算执行（10分）>3|10|100%|97.5%|9.75
产出指标|数量指标|购书册数|90|≥5000册|5100册|90
总分>4|100|>2|99.75
"""


def test_execution_may_be_a_row_of_the_indicators():
    form = only(EXECUTION)
    assert column(form, "name") == ["预算执行", "购书册数"]
    assert column(form, "level1") == ["", "产出指标"]
    assert column(form, "score") == ["9.75", "90"]


LIST = """
项目绩效目标表>11
序号|单位名称|项目名称|项目编码|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重
1|甲单位|项目A|4301001|产出指标|数量指标|a|≥|5|个|20
2|甲单位|项目A|4301001|效益指标|社会效益|b|≥|5|个|20
3|乙单位|项目B|4301002|产出指标|数量指标|c|≥|5|个|20
"""


def test_a_list_of_many_projects_is_no_form():
    assert read(LIST) == []


MISALIGNED = """
2023年度项目支出绩效自评表>8
项目名称>2|甲>6
项目资金（万元）^2|>2|年初预算数|全年预算数|全年执行数|分值>2
年度资金总额>2|1|2|3|10>2
一级指标|二级指标|三级指标>2|年度指标值|实际完成值|分值|得分
产出指标|数量指标|培训|50人>2|45人>2|10
产出指标|数量指标|考试|50人>2|45人|10|9
总分>6|100|
"""


def test_a_row_out_of_line_is_never_certain():
    form = only(MISALIGNED)
    for row in (0, 1):
        for key in ("name", "target", "actual", "weight", "score"):
            if form.data["indicators"][row].get(key):
                assert form.sign(f"indicators[{row}].{key}") in "!✕"


def test_two_forms_in_a_text_take_their_own_titles_and_no_sentence_around():
    first = drawn(EXECUTION.split("\n", 2)[2], name="表1", kind="table")
    second = drawn(EXECUTION.split("\n", 2)[2].replace("图书购置", "设备购置"), name="表2", kind="table")
    sheets = [
        first._replace(before=("2023年，我单位开展了自评。", "附件1", "2022年度项目绩效自评表")),
        second._replace(
            before=("以上是第一张表：见附件。", "2022年度某馆项目绩效自评表"),
            after=("二、存在问题：进度慢。",),
        ),
    ]
    found = list(RECOGNISER.forms(sheets))
    assert [form.data["title"] for form in found] == ["2022年度项目绩效自评表", "2022年度某馆项目绩效自评表"]
    assert [form.data["fields"]["项目名称"] for form in found] == ["图书购置", "设备购置"]
    assert not any("以上" in str(form.data["fields"]) for form in found)


MONITORED = """
项目支出绩效目标执行监控表>10
（2024年度）>10
项目名称>2|数字档案>8
主管部门>2|某局>3|实施单位>2|某档案馆>3
项目资金（元）^3|>2|年初预算数>2|1—7月执行数>2|1-7月执行率|全年预计执行数>2
年度资金总额>2|1,000,000>2|600,000>2|60%|950,000>2
其中：财政拨款>2|1,000,000>2|600,000>2|60%|950,000>2
年度总体目标>2|扫描档案五十万页。>8
绩效指标^3|一级指标|二级指标|三级指标|年度指标值|1至7月执行情况|全年预计完成值|偏差原因分析|完成目标可能性|备注
产出指标^2|数量指标|扫描档案|50万页|30万页|50万页||确定能|
质量指标|差错率|≤1%|0.5%|0.5%||有可能|
"""


def test_what_a_project_is_watched_by_is_read_with_the_months_it_names():
    form = only(MONITORED)
    assert form.data["form"] == "national-monitoring-2019"
    total, first = form.data["funds"][0], form.data["indicators"][0]
    assert (total["initial"], total["executed"], total["rate"], total["expected"]) == (
        "100",
        "60",
        "60%",
        "95",
    )
    assert (first["actual"], first["expected"], first["chance"]) == ("30万页", "50万页", "确定能")
    assert form.marks["funds[0].expected"] is Mark.CONVERTED


DECLARED = """
项目支出绩效目标申报表>6
（2024年度）>6
项目名称>2|数字档案>4
主管部门>2|某局>2|实施单位|某档案馆
项目资金（万元）^3|年度资金总额：|100>4
其中：财政拨款|90>4
其他资金|10>4
年度总体目标>2|扫描档案五十万页。>4
绩效指标^3|一级指标|二级指标|三级指标|指标值>2
成本指标|经济成本指标|每页成本|≤2元>2
产出指标|数量指标|扫描档案|50万页>2
"""


def test_what_a_project_declares_has_its_money_in_lines():
    form = only(DECLARED)
    assert form.data["form"] == "national-project-declaration-2022"
    assert [(row["label"], row["initial"]) for row in form.data["funds"]] == [
        *(("年度资金总额", "100"), ("其中：财政拨款", "90")),
        ("其他资金", "10"),
    ]
    assert form.sign("funds[0].initial") == "~"
    assert column(form, "target") == ["≤2元", "50万页"]


def test_a_report_before_a_form_is_none_of_it():
    prose = "2023年度某馆\n各部分得分\n年度目标>9|70/80分>1\n单位名称：别的单位\n"
    (found,) = Recogniser(shipped().forms).forms(
        [drawn(prose, "表1", "table"), drawn(MONITORED, "表2", "table")]
    )
    assert found.data["goals"][0]["text"] == "扫描档案五十万页。"
    assert (len(found.data["goals"]), found.data["unit"], found.left) == (1, "某档案馆", ())
