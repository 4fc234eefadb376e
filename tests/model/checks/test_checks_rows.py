# ruff: noqa: E501
"""The checks of one indicator: each fires where the catalogue says so, and is silent where it says so.

A case is a code, its severity, the rows of a sound Wuhan project form (weights on screen only), the column that
is marked, the figures that the message must hold, and why.
"""

import pytest

from model.checks import check_form
from tests.builders import HUNAN, WUHAN, WUHAN_PROJECT, Row, row
from tests.findings import COMPUTED, JUDGED, NOTE, WARNING, codes, filled, of, unfinished

GOOD = "稳步提高"


def rows(*given: Row, **texts: str):
    """A form of these rows alone, in which nothing else is to be found but their sums."""
    return filled(WUHAN_PROJECT, *given, **({"budget": "1", "executed": "1"} | texts))


SUMS = {"weights-not-100", "required-missing"}  # a row or two do not make a hundred, nor have all a name

FIRES = [
    ("actual-missing", COMPUTED, [row("5次", "", "5", "5")], "实际完成值", ("5 分",), "a score without a result"),
    ("actual-missing", COMPUTED, [row("5次", "—", "5", "0")], "实际完成值", ("0 分",), "a dash is none, 0 is a score"),
    ("indicator-name-missing", JUDGED, [row("5次", "5次", "5", "5", name="")], "三级指标", ("5 分",), "points without name"),
    ("indicator-name-missing", JUDGED, [row("5次", "", "5", name="—")], "三级指标", ("5 分",), "a weight alone"),
    ("target-missing", JUDGED, [row("", "5次", "5", "5")], "年初目标值", ("5 分",), "points without target"),
    ("actual-not-final", JUDGED, [row("≥95%", "等待省数据", "5", "5")], "实际完成值", ("等待省数据", "5 分"), "awaited"),
    ("actual-not-final", JUDGED, [row(GOOD, "待统计", "5", "5")], "实际完成值", ("待统计",), "to be counted"),
    ("actual-not-final", JUDGED, [row(GOOD, "尚未公布", "5")], "实际完成值", ("尚未公布",), "a weight is points too"),
    ("indicator-none", JUDGED, [row("100%", "100%", "10", "10", name="无")], "三级指标", ("10 分",), "无 with points"),
    ("indicator-none", JUDGED, [row("", "", "10", name="（无）")], "三级指标", ("10 分",), "无 in brackets, a weight alone"),
    ("missed-but-full", JUDGED, [row("≥95%", "94.9%", "10", "10")], "得分", ("95%", "94.9%", "10 分", "9.99"), "just missed"),
    ("missed-but-full", JUDGED, [row("≤5天", "6天", "10", "10")], "得分", ("8.33",), "a limit exceeded"),
    ("missed-but-full", JUDGED, [row("5次、3次", "5次、2次", "10", "10")], "得分", ("8.33",), "one part of two"),
    ("missed-but-full", JUDGED, [row("≥95%", "90%", "10", "10", reason="疫情影响，已说明")], "得分", ("9.47",), "a reason does not help"),
    ("met-but-cut", WARNING, [row("90%", "92%", "10", "8")], "得分", ("92%", "8 分", "10 分", "2 分"), "a number"),
    ("met-but-cut", WARNING, [row(GOOD, GOOD, "10", "7.99")], "得分", ("7.99 分",), "prose, just below the top band"),
    ("unit-mismatch", WARNING, [row("450人", "100%", "8", "8")], "实际完成值", ("450人", "100%"), "a count in %"),
    ("unit-mismatch", WARNING, [row("9科", "9门", "8", "8")], "实际完成值", ("9科", "9门"), "two units"),
    ("unit-mismatch", WARNING, [row("1万", "100%", "8", "8")], "实际完成值", ("1万",), "no unit is not %"),
    ("unit-mismatch", WARNING, [row("2次，3万人", "100%", "8", "8")], "实际完成值", ("2次，3万人",), "no part can be compared"),
    ("unit-mismatch", WARNING, [row("450人", "100%")], "实际完成值", ("450人",), "without weight and score too"),
    ("type-mismatch", WARNING, [row("≥95%", "按计划完成", "5", "5")], "实际完成值", ("95%", "按计划完成"), "prose for a number"),
    ("type-mismatch", WARNING, [row("完成全部教材开发", "100%", "5", "5")], "实际完成值", ("100%",), "a number for prose"),
    ("type-mismatch", WARNING, [row("2025.12.31", "100%", "5", "5")], "实际完成值", ("2025.12.31",), "a number for a date"),
    ("actual-has-comparator", WARNING, [row("≥95%", "≥95%", "5", "5")], "实际完成值", ("照抄", "≥95%"), "the target copied"),
    ("actual-has-comparator", WARNING, [row("≥95%", "98%以上", "5", "5")], "实际完成值", ("98%以上",), "not measured"),
    ("qualitative-band", JUDGED, [row(GOOD, "提高", "10", "7.9", level="达成", reason="评分偏低")], "得分", ("7.9", "8–10"), "below the band"),
    ("qualitative-band", JUDGED, [row(GOOD, "提高", "10", "8", level="部分达成", reason="仍有差距")], "得分", ("5–8",), "80 % belongs to the band above"),
    ("qualitative-band", JUDGED, [row(GOOD, "未动", "10", "5", level="未达成", reason="未开展")], "得分", ("0–5",), "50 % too"),
    ("score-not-by-rule", JUDGED, [row("50个", "45个", "10", "8.94")], "得分", ("8.94", "9", "45 ÷ 50"), "0.06 off"),
    ("score-not-by-rule", JUDGED, [row("50个", "45个", "10", "9.06")], "得分", ("9.06",), "0.06 above"),
    ("reason-missing", JUDGED, [row("50个", "45个", "10", "9")], "偏差原因", ("9 分", "10 分", "1 分"), "a number, by the rule"),
    ("reason-missing", JUDGED, [row("50个", "45个", "10", "8.95")], "偏差原因", ("1.05 分",), "0.05 off the rule is near enough"),
    ("reason-missing", JUDGED, [row("50个", "45个", "10")], "偏差原因", ("9 分",), "the computed score counts"),
    ("reason-missing", JUDGED, [row("50个", "45个", "10", "9", reason="无")], "偏差原因", (), "无 is no reason"),
    ("reason-missing", NOTE, [row(GOOD, "提高", "10", "8")], "偏差原因", ("2 分",), "prose, at the lower end of the top band"),
    ("reason-missing", WARNING, [row(GOOD, "提高", "10", "7.99")], "偏差原因", ("2.01 分",), "prose, below it"),
    ("weight-missing", WARNING, [row("5次", "5次", "5", "5"), row("5次", "5次", "", "4", name="教研")], "分值", ("4 分",), "other rows have one"),
    ("over-achieved", WARNING, [row("≥100人", "120人", "5", "5")], "实际完成值", ("120%",), "exactly 120 %"),
    ("over-achieved", WARNING, [row("100人", "250人")], "实际完成值", ("250%",), "without weight"),
    ("over-achieved", WARNING, [row("=100人", "101人", "5", "5")], "实际完成值", ("101%",), "with = any excess"),
    ("over-achieved", WARNING, [row("8间/2间", "8间/3间", "5", "5")], "实际完成值", ("150%",), "a part"),
    ("cost-over-limit", WARNING, [row("≤5万元", "6万元", level2="成本指标")], "实际完成值", ("5", "6", "1"), "its own limit"),
    ("no-comparator", NOTE, [row("5分钟", "2分钟", name="系统故障响应时间")], "年初目标值", ("5分钟", "2分钟"), "less may be better"),
    ("ambiguous-number", NOTE, [row("1.3次", "", name="高三模考")], "年初目标值", ("1. 3 次", "1.3 次"), "a list number?"),
    ("ambiguous-number", NOTE, [row("3次", "1.3次", name="高三模考")], "实际完成值", ("1.3 次",), "in the result"),
    ("name-target-differ", WARNING, [row("8个", "8个", name="组建10个研修团队")], "年初目标值", ("10 个", "8 个"), "10 is not 8"),
    ("name-target-differ", WARNING, [row("8公里", "8公里", name="改造村道12.5公里")], "年初目标值", ("12.5 公里", "8 公里"), "a decimal, a unit of length"),
    ("name-target-differ", WARNING, [row("12.5公里", "12.5公里", name="改造村道8公里")], "年初目标值", ("8 公里", "12.5 公里"), "whatever number is larger"),
    ("name-target-differ", WARNING, [row("8", "8", name="改造村道12.5公里")], "年初目标值", ("12.5 公里", "8"), "a target without unit"),
    ("name-target-differ", WARNING, [row("≥8公里", "8公里", name="2025年改造村道12.5公里")], "年初目标值", ("12.5 公里",), "with comparator and year"),
    ("name-target-differ", WARNING, [row("≥300人次", "310人次", name="培训教师500人")], "年初目标值", ("500 人", "300 人次"), "人次 is 人"),
    ("adverse-direction", WARNING, [row("≥100%", "100%", name="延误率")], "年初目标值", ("延误率", "≥100%"), "a rate"),
    ("adverse-direction", WARNING, [row("≥1起", "1起", name="事故数")], "年初目标值", ("事故数", "≥1起"), "a count"),
    ("adverse-direction", WARNING, [row("≥90%", "95%", name="投诉率")], "年初目标值", ("投诉率", "≥90%"), "complaints"),
    ("adverse-direction", WARNING, [row("=5起", "5起", name="安全责任事故")], "年初目标值", ("=5起",), "exactly five"),
    ("adverse-direction", WARNING, [row("3次以上", "3次", name="群众投诉次数")], "年初目标值", ("3次以上",), "以上"),
    ("adverse-direction", WARNING, [row("3次", "3次", name="群众投诉次数", direction="≥")], "年初目标值", ("3次",), "chosen on screen"),
    ("missed-but-full", JUDGED, [row("=0起", "2起", "5", "5", name="安全责任事故")], "得分", ("0起", "2起", "5 分", "0 分"), "an excess over 0"),
    ("missed-but-full", JUDGED, [row("≤0.5%", "0.6%", "5", "5", name="差错率")], "得分", ("0.6%",), "a limit exceeded by a hair"),
    ("missed-but-full", JUDGED, [row("2-4场", "1场", "10", "10")], "得分", ("2-4场", "1场"), "below a range"),
    ("missed-but-full", JUDGED, [row("20天内", "21天", "10", "10")], "得分", ("20天内",), "a limit of days"),
    ("actual-has-comparator", WARNING, [row("≥2场", "2-4场", "5", "5")], "实际完成值", ("2-4场",), "a range was not measured"),
    ("actual-has-comparator", WARNING, [row("150人", "近150人", "5", "5")], "实际完成值", ("近150人",), "fewer than 150?"),
    ("no-comparator", NOTE, [row("2-4场", "5场")], "年初目标值", ("2-4场", "5场"), "above a range"),
    ("no-comparator", NOTE, [row("0万元", "3万元", name="新增债务")], "年初目标值", ("0万元",), "above 0"),
    ("name-target-differ", WARNING, [row("400000元", "400000元", name="投入资金50万元")], "年初目标值", ("50 万元", "400,000 元"), "money is converted"),
    ("name-target-differ", WARNING, [row("≤400元/人", "400元/人", name="补助500元/人")], "年初目标值", ("500 元/人", "400 元/人"), "a price a head"),
    ("name-target-differ", WARNING, [row("8公里", "8公里", name="改造村道12.5KM")], "年初目标值", ("12.5", "8 公里"), "a unit in letters"),
    ("name-target-differ", WARNING, [row("≥95%", "96%", name="1.培训合格率100%")], "年初目标值", ("100%", "95%"), "a list number is taken away"),
]  # fmt: skip

SILENT = [
    ("actual-missing", [row("5次", "", "5")], "no score yet"),
    ("actual-missing", [row("5次", "0次", "5", "0", reason="未开展，因疫情")], "0 is a result"),
    ("indicator-name-missing", [row("5次", "5次", name="")], "no points"),
    ("indicator-name-missing", [row("", "", "10", name="无")], "indicator-none speaks"),
    ("target-missing", [row("", "5次")], "no points"),
    ("target-missing", [row("", "", "10", name="无")], "indicator-none speaks"),
    ("actual-not-final", [row(GOOD, "尚未发生安全事故", "5", "5")], "that is a result"),
    ("actual-not-final", [row(GOOD, "待统计")], "no points"),
    ("actual-not-final", [row(GOOD, "待统计", "0", "0")], "0 points"),
    ("indicator-none", [row("", "", name="无")], "no points"),
    ("indicator-none", [row("", "", "0", "0", name="无")], "0 points"),
    ("indicator-none", [row("5次", "5次", "5", "5", name="无故障运行次数")], "a name that begins with it"),
    ("missed-but-full", [row("≥95%", "95%", "10", "10")], "just reached"),
    ("missed-but-full", [row("≥95%", "94.9%", "10", "9.99", reason="略低")], "not full"),
    ("missed-but-full", [row("5天", "6天", "10", "10", name="响应时间")], "the direction is doubtful"),
    ("missed-but-full", [row("≥95%", "94%", "", "10")], "no weight to compare with"),
    ("missed-but-full", [row("≥95%", "94%", "0", "0")], "there is nothing to be had"),
    ("met-but-cut", [row("90%", "92%", "10", "10")], "full"),
    ("met-but-cut", [row("90%", "92%", "10", "8", reason="材料不全")], "a reason"),
    ("met-but-cut", [row(GOOD, GOOD, "10", "8")], "prose at the lower end of the top band"),
    ("met-but-cut", [row(GOOD, "提高", "10", "5")], "other prose"),
    ("unit-mismatch", [row("450人", "460人次", "8", "8")], "人次 is 人"),
    ("unit-mismatch", [row("450人", "460", "8", "8")], "a missing unit takes the other's"),
    ("unit-mismatch", [row("5万元", "50000元", "8", "8")], "units of money"),
    ("unit-mismatch", [row("2次，3万人", "2次", "8", "8")], "another number of parts, one of them comparable"),
    ("unit-mismatch", [row("1.3次", "100%")], "the reading is open"),
    ("type-mismatch", [row(GOOD, "提高", "5", "5")], "prose for prose"),
    ("type-mismatch", [row("2025年内", "2025年内", "5", "5")], "a date for a date"),
    ("type-mismatch", [row("1.3次", "按计划完成")], "the reading is open"),
    ("type-mismatch", [row(GOOD, "", "5")], "no result yet"),
    ("actual-has-comparator", [row("≥95%", "96.2%", "5", "5")], "measured"),
    ("actual-has-comparator", [row("100%", "=100%", "5", "5")], "= says no more than the number"),
    ("actual-has-comparator", [row(GOOD, "300个以上作品", "5", "5")], "prose"),
    ("qualitative-band", [row(GOOD, "提高", "10", "8", level="达成")], "80 % is in it"),
    ("qualitative-band", [row(GOOD, "提高", "10", "10", level="达成")], "100 % too"),
    ("qualitative-band", [row(GOOD, "提高", "10", "7.99", level="部分达成", reason="有差距")], "just below 80 %"),
    ("qualitative-band", [row(GOOD, "提高", "10", "5", reason="有差距")], "no level chosen"),
    ("qualitative-band", [row("50个", "45个", "10", "9", level="未达成", reason="差5个")], "a number has no band"),
    ("score-not-by-rule", [row("50个", "45个", "10", "8.95", reason="")], "0.05 off"),
    ("score-not-by-rule", [row("50个", "45个", "10", "9.05")], "0.05 above"),
    ("score-not-by-rule", [row("50个", "45个", "10", "7", reason="另有一项未达标")], "a reason"),
    ("score-not-by-rule", [row("50个", "45人", "10", "7")], "no rule applies"),
    ("reason-missing", [row("50个", "45个", "10", "9", reason="五个未验收")], "a reason"),
    ("reason-missing", [row("50个", "50个", "10", "10")], "nothing lost"),
    ("reason-missing", [row("50个", "45个", "", "9")], "unknown whether anything is lost"),
    ("weight-missing", [row("5次", "5次", "5", "5"), row("5次", "", "", "", name="教研")], "not scored"),
    ("over-achieved", [row("≥100人", "119.9人", "5", "5")], "just below 120 %"),
    ("over-achieved", [row("≥100人", "120人", "5", "5", reason="线上培训扩大了范围")], "a reason"),
    ("over-achieved", [row("≤100元", "20元", "5", "5")], "less is better"),
    ("over-achieved", [row("0次", "3次", name="投诉")], "the target is not positive"),
    ("over-achieved", [row("5分钟", "20分钟", name="响应时间")], "the direction is doubtful"),
    ("over-achieved", [row("=100人", "100人", "5", "5")], "exactly"),
    ("cost-over-limit", [row("≤5万元", "5万元", level2="成本指标")], "at the limit"),
    ("cost-over-limit", [row("≤5万元", "6万元", level2="数量指标")], "no cost row"),
    ("cost-over-limit", [row("≥5万元", "6万元", level2="成本指标")], "no limit"),
    ("no-comparator", [row("≤5分钟", "2分钟", name="系统故障响应时间")], "with comparator"),
    ("no-comparator", [row("5分钟", "5分钟", name="系统故障响应时间")], "exactly the target"),
    ("no-comparator", [row("5分钟", "2分钟", name="响应时间", direction="≤")], "the clerk has chosen"),
    ("no-comparator", [row("100%", "99%", name="按时间完成率")], "completion is clear"),
    ("no-comparator", [row("5次", "6次", name="培训次数")], "a name that leaves no doubt"),
    ("ambiguous-number", [row("1.3%", "1.3%")], "a rate"),
    ("ambiguous-number", [row("2.3次", "2次")], "not its place among its siblings"),
    ("name-target-differ", [row("10个", "10个", name="组建10个研修团队")], "the same"),
    ("name-target-differ", [row("8个", "8个", name="2025年组建研修团队")], "a year is taken away"),
    ("name-target-differ", [row("8个", "8个", name="组建10个团队、3个基地")], "two numbers in the name"),
    ("name-target-differ", [row("8人", "8人", name="组建10个研修团队")], "another unit"),
    ("name-target-differ", [row("2-4场", "3场", name="研讨5场")], "a range"),
    ("name-target-differ", [row("500000元", "500000元", name="投入资金50万元")], "the same money"),
    ("name-target-differ", [row("400元", "400元", name="补助500元/人")], "a price a head is no sum"),
    ("name-target-differ", [row("≤0", "0", name="5个校区安全")], "0 of something"),
    ("name-target-differ", [row("100%", "100%", name="第3批设备")], "an ordinal"),
    ("name-target-differ", [row("95", "96", name="合格率100%")], "% is not without unit"),
    ("adverse-direction", [row("≤1%", "0", name="延误率")], "a limit"),
    ("adverse-direction", [row("=0起", "0起", name="事故数")], "none"),
    ("adverse-direction", [row("≥95%", "96%", name="投诉处理率")], "what is done about it"),
    ("adverse-direction", [row("≥2次", "2次", name="事故应急演练次数")], "an exercise"),
    ("adverse-direction", [row("100%", "100%", name="零事故率")], "denied"),
    ("adverse-direction", [row("5起", "5起", name="事故数")], "no comparator: no-comparator asks where it matters"),
    ("missed-but-full", [row("=0起", "0", "5", "5", name="安全责任事故")], "none, without unit"),
    ("missed-but-full", [row("=50人", "60人", "5", "5", reason="扩大了范围")], "an excess of a good thing"),
    ("missed-but-full", [row("2-4场", "3场", "5", "5")], "inside the range"),
    ("type-mismatch", [row("20天内", "18天", "5", "5")], "a limit of days"),
    ("type-mismatch", [row("11月底前", "10月20日", "5", "5")], "dates"),
    ("type-mismatch", [row("150人", "150余人", "5", "5")], "a number that is not exact"),
    ("type-mismatch", [row("≥40%且≤70%", "55%", "5", "5")], "a range"),
    ("type-mismatch", [row("2-4场", "3场", "5", "5")], "a range too"),
    ("type-mismatch", [row("100%（9人）", "100%", "5", "5")], "a remark in brackets"),
    ("type-mismatch", [row("≤3个工作日", "2个工作日", "5", "5")], "a longer unit"),
    ("unit-mismatch", [row("≤0.5%", "0", "5", "5")], "0 agrees with every unit"),
    ("unit-mismatch", [row("≥60人/次", "62人次", "5", "5")], "人/次 is 人次"),
    ("unit-mismatch", [row("8台", "8台（套）", "5", "5")], "two names of one thing"),
    ("unit-mismatch", [row("≤400元/人·天", "380元/人/天", "5", "5")], "two signs of per"),
    ("actual-has-comparator", [row("150人", "150余人", "5", "5")], "met whatever it was"),
    ("no-comparator", [row("2-4场", "3场")], "inside the range"),
    ("no-comparator", [row("0起", "3起", name="安全责任事故")], "over 0 of what must not happen there is no doubt"),
    ("over-achieved", [row("=0起", "3起", name="安全责任事故")], "missed, not passed"),
    ("over-achieved", [row("20-40场", "47场", direction="≥")], "below 120 % of the upper end"),
    ("name-target-differ", [row("2次", "2次", name="1.2次分析")], "may be a list number"),
    ("name-target-differ", [row("8个", "8个", name="1. 组建研修团队")], "a list number is none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "severity", "given", "column", "figures"),
    [case[:5] for case in FIRES],
    ids=[f"{case[0]}: {case[5]}" for case in FIRES],
)
def test_it_fires(code, severity, given, column, figures):
    [found] = of(code, rows(*given))
    assert found.severity == severity
    assert found.place.endswith(f" · {column}")
    assert all(figure in found.message for figure in figures), found.message
    assert found.message.endswith("。")


@pytest.mark.parametrize(
    ("code", "given"), [(case[0], case[2]) for case in FIRES], ids=[f"{case[0]}: {case[5]}" for case in FIRES]
)
def test_one_cause_is_one_finding(code, given):
    beside = {
        "no-comparator": {"weight-missing"},
        "ambiguous-number": {"actual-missing"},
        "cost-over-limit": {"weight-missing"},
    }
    form = rows(*given)
    assert codes(check_form(form)) - SUMS - beside.get(code, set()) - unfinished(form) == {code}


@pytest.mark.parametrize(
    ("code", "given"),
    [case[:2] for case in SILENT],
    ids=[f"{c}: {why} {n}" for n, (c, _, why) in enumerate(SILENT)],
)
def test_it_is_silent(code, given):
    assert of(code, rows(*given)) == []


def test_a_sound_row_yields_nothing():
    assert codes(check_form(rows(row("≥95%", "96.2%", "40", "40"), row(GOOD, GOOD, "40", "40")))) == set()


def test_a_deviation_text_is_the_reason_of_all_rows_where_the_form_has_no_column_for_reasons():
    lost = row("50个", "45个", "10", "9")
    assert of("reason-missing", rows(lost, deviation="五个项目因招标推迟到次年验收。")) == []
    assert of("reason-missing", rows(lost, deviation="无较大偏差。")) != []


def test_where_the_form_has_a_column_for_reasons_each_row_has_its_own():
    assert of("reason-missing", filled(HUNAN, row("50个", "45个", "10", "9"))) != []
    assert of("reason-missing", filled(HUNAN, row("50个", "45个", "10", "9", reason="五个未验收"))) == []


def test_many_losses_in_top_bands_are_one_note():
    lost = [row(GOOD, "提高", "10", "9", name=f"指标{n}的情况") for n in "甲乙丙丁"]
    [note] = of("reason-missing", rows(*lost))
    assert note.severity == NOTE
    assert "4 行" in note.message
    assert "少 4 分" in note.message


def test_without_any_weight_in_a_form_that_prints_none_one_note_says_so():
    [note] = of("weight-missing", filled(WUHAN, row("5次", "5次", score="5"), row("5次", "5次", score="4")))
    assert (note.severity, note.place) == (NOTE, "各行分值")
    assert "2 行" in note.message


def test_a_form_that_prints_weights_wants_one_in_every_scored_row():
    found = of("weight-missing", filled(HUNAN, row("5次", "5次", score="5"), row("5次", "5次", score="4")))
    assert [finding.severity for finding in found] == [WARNING, WARNING]


@pytest.mark.parametrize(
    ("limits", "executed", "fires"),
    [
        (["≤5万元", "≤4万元"], "9", False),
        (["≤5万元", "≤4万元"], "9.01", True),
        (["≤50000元", "≤4万元"], "9.01", True),  # converted
        (["≤5万元", "控制在预算内"], "90", False),  # one is no number
        (["控制在预算内"], "90", False),
        (["≤5万元", "≤100%"], "9", True),  # a rate is no amount and does not count
        (["≤5万元", "≤3元/人"], "9", True),  # by head
        (["≤3元/人"], "9", False),
    ],
)
def test_the_limits_of_all_costs_together_allow_for_what_was_executed(limits, executed, fires):
    costs = [row(limit, "", level2="成本指标", name=f"支出{n}") for n, limit in enumerate(limits)]
    found = of("cost-over-limit", filled(WUHAN_PROJECT, *costs, executed=executed, budget="100"))
    assert bool(found) == fires
    assert not fires or executed in found[0].message


def test_a_cost_by_head_is_left_out_of_the_sum():
    costs = [row("≤5万元", "", level2="成本指标"), row("≤3万元", "", level2="成本指标", name="人均成本")]
    assert of("cost-over-limit", filled(WUHAN_PROJECT, *costs, executed="6"))
    assert of("cost-over-limit", filled(WUHAN_PROJECT, *costs, executed="5")) == []
