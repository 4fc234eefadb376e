"""Lines as Chinese offices set them: look.md, "Lines", and the breaker of pitfalls.md."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.metrics import BOXES, read_metrics
from model.forms.loader import metrics
from model.paper.grid import Style
from model.paper.measure import break_label, break_lines, text_width, upright_lines

TEXT = Style(10.5)
SMALL = Style(9)
CENTRED = Style(9, align="center")
LABEL = Style(10.5, bold=True, align="center")
NEVER_FIRST = "，。、；：？！）》」』】〕”’％%…—·"
NEVER_LAST = "（《「『【〔“‘￥"
EM_MM = 10.5 * 25.4 / 72

# What clerks write, in pieces that no rule tears; marks follow words, so no run of marks fills a line.
words = st.sampled_from(
    "推进义务教育 优质均衡 发展 完成率 95.5% 1,234.50_万元 ≥98% 2023年5月 Windows_10 3.5倍 人 ￥50 （试行）"
    " “双减” 《纲要（2012年修订）》 https://example.org/a".replace("_", "\xa0").split(" ")
)
marks = st.sampled_from(["", "", "，", "。", "；", "、", "：", "！", "……", " ", "  ", "　", "\n"])
texts = st.lists(st.tuples(words, marks), max_size=40).map(lambda pairs: "".join(map("".join, pairs)))
widths = st.integers(30, 170)


def lines_of(text: str, width_mm: float, style: Style = TEXT) -> tuple[str, ...]:
    return break_lines(text, width_mm, style, metrics())


# ---- running text


@given(texts, widths)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, width):
    for line in lines_of(text, width):
        assert not line or line[0] not in NEVER_FIRST
        assert not line or line[-1] not in NEVER_LAST


@given(texts, widths)
def test_nothing_is_lost_but_blanks(text, width):
    assert "".join("".join(lines_of(text, width)).split()) == "".join(text.split())


@given(texts, widths)
def test_every_line_fits_but_for_the_blank_half_of_a_last_mark(text, width):
    for line in lines_of(text, width):
        assert text_width(line, 10.5, False, metrics()) <= width + 0.5 * EM_MM + 0.01


@given(texts, widths)
def test_a_number_and_its_unit_stand_on_one_line(text, width):
    text = text.replace("https://example.org/a", "甲")  # wider than a line: broken anywhere
    together = "\n".join(lines_of(text, width))
    for whole in ("95.5%", "1,234.50\xa0万元", "≥98%", "3.5倍"):
        assert together.count(whole) == text.count(whole)


@given(st.text(max_size=300), st.integers(3, 170))
def test_any_text_can_be_broken_into_any_width(text, width):
    assert len(lines_of(text, width)) >= 1


@pytest.mark.parametrize(
    ("text", "width_em", "lines"),
    [
        ("", 10, ("",)),
        ("完成率 95.5%", 20, ("完成率 95.5%",)),
        ("任务完成率达到95.5%以上", 9, ("任务完成率达到", "95.5%以上")),  # the figure goes down whole
        (
            "教育教学融合工作，促进",
            8.5,
            ("教育教学融合工作，", "促进"),
        ),  # half the comma is blank and hangs out
        ("教育教学融合工作。", 8.5, ("教育教学融合工作。",)),
        ("一二三四五六七八九", 8, ("一二三四五六七", "八九")),  # no line of one character
        ("一二三四五六七八九。", 8, ("一二三四五六七", "八九。")),  # nor of one and a mark
        ("推进 发展 工作", 2, ("推进", "发展", "工作")),  # blanks vanish where the line breaks
        ("1.第一项\n2.第二项", 20, ("1.第一项", "2.第二项")),
        ("　　开头空两格的段落文字", 8, ("　　开头空两格的", "段落文字")),  # as the clerk typed it
        (
            "A" * 20,
            5,
            ("A" * 6, "A" * 6, "A" * 6, "A" * 2),
        ),  # wider than the cell: the only thing broken hard
        ("合计1234567.89万元", 6, ("合计", "1234567.89", "万元")),  # a unit goes before a figure is torn
    ],
)
def test_lines(text, width_em, lines):
    assert lines_of(text, width_em * EM_MM) == lines


def test_a_text_of_2000_characters_takes_milliseconds():
    text = "推进义务教育优质均衡发展，完成率 95.5%，经费 1,234.50 万元；" * 56
    lines_of(text, 130)
    start = time.perf_counter()
    lines = lines_of(text, 130)
    assert time.perf_counter() - start < 2
    assert len(text) > 2000
    assert len(lines) > 40


# ---- labels


@pytest.mark.parametrize(
    ("label", "width_mm", "style", "lines"),
    [
        ("产出指标", 30, CENTRED, "产出指标"),
        ("产出指标（50 分）", 12.6, CENTRED, "产出/指标/（50 分）"),
        ("社会公众或服务对象满意度指标", 15.9, CENTRED, "社会公众或/服务对象/满意度指标"),
        ("可持续影响指标", 15.6, CENTRED, "可持续/影响指标"),
        ("项目资金（万元）", 20.6, CENTRED, "项目资金/（万元）"),
        ("偏差原因分析及改进措施", 25, CENTRED, "偏差原因分析/及改进措施"),
        ("年初预算数", 13, CENTRED, "年初/预算数"),
        ("一级指标", 13.8, LABEL, "一级/指标"),
        ("可持续影响指标", 19.8, LABEL, "可持续影响/指标"),
        ("群众满意度指标", 19.8, LABEL, "群众满意度/指标"),
        ("预算执行情况（万元）（20 分）", 23.8, LABEL, "预算执行/情况（万元）/（20 分）"),
        ("年初目标值（A）", 22.8, LABEL, "年初目标值/（A）"),
        ("得分（20 分×执行率）", 15.6, LABEL, "得分/（20 分×/执行率）"),
        ("执行率（B/A）", 22.8, LABEL, "执行率/（B/A）"),
        ("偏差大或目标未完成原因分析", 23.8, LABEL, "偏差大或/目标未完成/原因分析"),
        ("改进措施及结果应用方案", 23.8, LABEL, "改进措施及/结果应用方案"),
        ("部门整体支出总额", 20, LABEL, "部门整体/支出总额"),
    ],
)
def test_labels_break_where_a_clerk_would_break_them(label, width_mm, style, lines):
    assert "/".join(break_label(label, width_mm, style, metrics())) == lines


@given(texts, st.integers(12, 60))
def test_a_label_loses_nothing_and_stays_within_its_cell(label, width):
    lines = break_label(label, width, LABEL, metrics())
    assert "".join("".join(lines).split()) == "".join(label.split())
    for line in lines:
        assert text_width(line, 10.5, True, metrics()) <= width + EM_MM + 0.01


@pytest.mark.parametrize(
    ("label", "width_mm", "lines"),
    [
        ("年度绩效指标", 6.8, "年/度/绩/效/指/标"),
        ("年度绩效目标1（30分）", 6.8, "年/度/绩/效/目/标/1/（30/分）"),
        ("目标 2（30 分）", 20, "目/标/2/（30 分）"),
        ("", 6.8, ""),
    ],
)
def test_upright_labels_have_one_character_a_line(label, width_mm, lines):
    assert "/".join(upright_lines(label, width_mm, LABEL, metrics())) == lines


# ---- metrics


def test_metrics_are_read_from_data():
    read = read_metrics(
        "# comment\n[regular]\n0041-005A\n4E00-9FFF # Chinese\n[bold]\n4E00\n",
        "[regular]\n0041-0043 700\n0044 650\n",
    )
    assert read.covers("A", bold=False)
    assert not read.covers("A", bold=True)
    assert not read.covers("a", bold=False)
    assert read.covers("一", bold=True)
    assert text_width("BD一", 10, False, read) == pytest.approx((700 + 650 + 1000) / 1000 * 10 * 25.4 / 72)
    assert text_width("B", 10, True, read) == text_width("B", 10, False, read)  # what Bold lacks


def test_tick_boxes_need_no_font():
    assert all(metrics().covers(box, bold) for box in BOXES for bold in (False, True))


@pytest.mark.parametrize("bad", ["[regular]\nxyz\n", "[regular]\n4E00-\n-1\n"])
def test_what_is_no_code_point_is_refused(bad):
    with pytest.raises(ValueError, match="invalid literal"):
        read_metrics(bad, "")


@pytest.mark.parametrize("odd", ["9", "a", "1."])
def test_one_word_of_any_length_is_cut_into_lines(odd):
    """Nothing grows with the square of its length: that would take minutes."""
    lines = lines_of(odd * 100_000, 60)
    assert "".join(lines) == odd * 100_000
    assert set(map(len, lines[:-1])) <= {len(lines[0])}
