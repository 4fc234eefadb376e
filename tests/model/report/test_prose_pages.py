"""Pages of prose: 22 lines of 28 characters, nothing alone at an end of a page, tables in place."""

from dataclasses import replace
from decimal import Decimal

import pytest

from model.forms.loader import metrics
from model.paper.measure import text_width
from model.paper.pages import Page
from model.report.prose import Annex, Bar, Bars, Heading, Paragraph, Report, Signature, Table
from model.report.prose_pages import PAPER, Gauge, Line, ProsePage, bar_permille, bar_text, prose_pages
from tests.grids import form
from tests.reports import SCORES, SENTENCE, long_table, merged, report, whole

ONE_LINE = Paragraph("一行")
RIGHT = PAPER.width - PAPER.right


def pages(*parts, title: tuple[str, ...] = (), mark: str = "") -> tuple[ProsePage, ...]:
    return prose_pages(Report("自评报告", title, parts, mark), metrics())


def lines(page: ProsePage) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line)]


def body(page: ProsePage) -> list[str]:
    """The lines between header and footer."""
    return [line.text for line in lines(page) if not line.text.startswith("—") and not line.grey]


def text(count: int) -> Paragraph:
    """A paragraph of so many lines; a full stop ends it."""
    return Paragraph("一" * (28 * count - 2 - 5) + "。")


def end_of(line: Line) -> float:
    width = text_width(line.text, line.style.size_pt, line.style.bold, metrics())
    return line.x + width + line.spacing * (len(line.text) - 1)


# ---- lines


def test_a_page_has_22_lines_of_28_characters():
    first = lines(pages(text(60))[0])[:-1]
    assert len(first) == 22
    assert [len(line.text) for line in first] == [26] + [28] * 21


def test_the_first_line_is_set_in_by_two_characters():
    first, second, *_ = lines(pages(text(3))[0])
    assert first.x - second.x == pytest.approx(2 * 156 / 28, abs=0.01)
    assert second.x == PAPER.left


def test_full_lines_reach_the_right_margin():
    for line in lines(pages(text(5))[0])[:4]:
        assert end_of(line) == pytest.approx(RIGHT, abs=0.01)


def test_a_line_before_something_long_is_left_ragged():
    first = lines(pages(Paragraph("一" * 10 + "a" * 50 + "。"))[0])[0]
    assert first.text == "一" * 10
    assert end_of(first) < RIGHT - 50


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    shown = [line for page in pages(Paragraph(SENTENCE * 20)) for line in body(page)]
    assert not [line for line in shown if line[0] in "，。、》）%" or line[-1] in "（《“"]
    assert "".join("".join(shown).split()) == "".join((SENTENCE * 20).split())


def test_line_breaks_and_blanks_around_a_paragraph_do_not_count():
    assert body(pages(Paragraph("　　一\n二 "))[0]) == ["一 二"]


def test_lines_are_28_95_points_apart():
    first, second, *_ = lines(pages(text(3))[0])
    assert second.base - first.base == pytest.approx(28.95 * 25.4 / 72)


def test_a_long_title_is_broken_evenly_and_centred():
    title = "2024 年度武汉市硚口区教育局信息技术中心部门整体支出绩效自评报告"
    shown = lines(pages(ONE_LINE, title=(title,))[0])
    titles = [line for line in shown if line.style.size_pt == 22]
    assert len(titles) == 2
    for line in titles:
        assert line.x + end_of(line) == pytest.approx(PAPER.left + RIGHT, abs=0.1)


# ---- what stays together


@pytest.mark.parametrize("before", range(15, 23))
def test_no_line_of_a_paragraph_is_alone_on_a_page(before):
    first, second = (body(page) for page in pages(*[ONE_LINE] * before, text(10)))
    shown = len(first) - before
    assert shown == 0 or shown >= 2
    assert len(second) >= 2


@pytest.mark.parametrize("before", range(15, 23))
def test_no_heading_is_last_on_a_page(before):
    headings = (Heading(1, "一、标题"), Heading(2, "（一）标题"))
    for page in pages(*[ONE_LINE] * before, *headings, text(4)):
        assert "标题" not in body(page)[-1]


@pytest.mark.parametrize("before", range(12, 23))
def test_the_signature_stays_with_the_end_of_the_text(before):
    shown = pages(*[ONE_LINE] * before, text(4), Signature("单位", "2025 年 5 月"))
    assert body(shown[-1])[-2:] == ["单位", "2025 年 5 月"]
    assert len(body(shown[-1])) >= 4


def test_unit_and_date_stand_at_the_right():
    *_, unit, date, _ = lines(pages(ONE_LINE, Signature("示例单位", "2025 年 5 月"))[0])
    assert end_of(unit) == pytest.approx(end_of(date), abs=0.1)
    assert RIGHT - 12 < end_of(unit) < RIGHT - 10


def test_more_headings_than_fit_a_page_are_cut():
    assert len(pages(*[Heading(1, "标题")] * 50)) == 3


@pytest.mark.parametrize("before", range(0, 22, 3))
def test_bars_stand_on_one_page_with_their_caption(before):
    shown = pages(*[ONE_LINE] * before, Bars("得分情况", SCORES), ONE_LINE)
    (page,) = [page for page in shown if any(isinstance(item, Gauge) for item in page.items)]
    assert "得分情况" in body(page)
    assert [item.permille for item in page.items if isinstance(item, Gauge)] == [1000, 970, 0]


@pytest.mark.parametrize(
    ("score", "points", "shown", "permille"),
    [
        ("18.5", "20", "18.5/20 分", 925),
        ("21", "20", "21/20 分", 1000),
        ("-1", "20", "-1/20 分", 0),
        ("3", "0", "3/0 分", 0),
        (None, "20", "—/20 分", 0),
        ("3", None, "3 分", 0),
    ],
)
def test_a_bar_says_what_was_reached(score, points, shown, permille):
    bar = Bar("产出", score and Decimal(score), points and Decimal(points))
    assert (bar_text(bar), bar_permille(bar)) == (shown, permille)


# ---- tables


def tables(page: ProsePage) -> list[Page]:
    return [item for item in page.items if isinstance(item, Page)]


def bottom(page: Page) -> float:
    return max(part.box.y + part.box.height for part in page.placed)


def test_a_long_table_goes_on_below_its_heading():
    shown = pages(ONE_LINE, Table("表 1", "单位：万元", long_table(100)), ONE_LINE)
    parts = [part for page in shown for part in tables(page)]
    assert [part.heading for part in parts] == [(), (0,), (0,), (0,)]
    assert [row for part in parts for row in part.rows] == list(range(101))
    assert all(bottom(part) <= PAPER.height - PAPER.bottom + 0.01 for part in parts)
    assert body(shown[-1]) == ["一行"]


@pytest.mark.parametrize("before", range(10, 23))
def test_a_table_begins_with_its_caption_and_a_row(before):
    for grid in (merged(), long_table(100)):
        shown = pages(*[ONE_LINE] * before, Table("表 1", "单位：万元", grid))
        (first,) = [page for page in shown if "表 1" in body(page)]
        (part,) = tables(first)
        assert len(part.rows) > grid.headings[0].last + 1
        assert bottom(part) <= PAPER.height - PAPER.bottom + 0.01


def test_a_table_stands_in_the_middle_and_its_unit_at_its_right():
    (page,) = pages(Table("表 1", "单位：万元", merged()))
    boxes = [part.box for part in tables(page)[0].placed]
    left, right = min(box.x for box in boxes), max(box.x + box.width for box in boxes)
    assert left + right == pytest.approx(PAPER.left + RIGHT)
    (unit,) = [line for line in lines(page) if line.text == "单位：万元"]
    assert end_of(unit) == pytest.approx(right, abs=0.1)


def test_what_follows_a_table_stands_below_it():
    (page,) = pages(Table("表 1", "", merged()), ONE_LINE)
    (after,) = [line for line in lines(page) if line.text == "一行"]
    assert after.base - bottom(tables(page)[0]) > 5


def test_a_form_has_pages_of_its_own_paper():
    shown = pages(ONE_LINE, Annex(form()), ONE_LINE)
    assert [page.paper for page in shown] == [PAPER, form().paper, form().paper, PAPER]
    assert body(shown[2])[0] == f"{form().running_title}（续）"


# ---- page numbers, mark, headings


def test_pages_are_numbered_through_text_and_forms():
    numbers = [lines(page)[-1].text for page in prose_pages(whole(), metrics())]
    assert numbers == [f"— {n} —" for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("page", prose_pages(whole("草稿"), metrics()), ids=lambda page: page.number)
def test_every_page_of_a_draft_has_the_mark_above_and_below_in_grey(page):
    marks = [line for line in lines(page) if line.grey]
    assert [line.text for line in marks] == ["草稿"] * 3
    assert marks[0].base < page.paper.top < page.paper.height - page.paper.bottom < marks[1].base
    middle = lines(page)[-2]
    assert middle.text == f"— {page.number} —"
    centre = (page.paper.left + page.paper.width - page.paper.right) / 2
    assert (middle.x + end_of(middle)) / 2 == pytest.approx(centre, abs=0.1)


def test_the_mark_of_a_form_is_kept_in_a_report_that_has_none():
    shown = pages(ONE_LINE, Annex(replace(form(1), mark="草稿")))
    assert [any(line.grey for line in lines(page)) for page in shown] == [False, True, True]


def test_pages_know_the_headings_that_begin_on_them():
    found = [heading for page in prose_pages(report(), metrics()) for heading in page.headings]
    assert found[:4] == [
        (1, "一、自评结论"),
        (2, "（一）自评得分"),
        (2, "（二）绩效目标完成情况"),
        (3, "1.执行率情况"),
    ]


@pytest.mark.parametrize("parts", [(), (Paragraph(""),), (Bars("", ()),), (Signature("", ""),)])
def test_there_is_always_a_page(parts):
    assert len(pages(*parts)) == 1
