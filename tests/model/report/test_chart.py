"""Charts of a report.

1. a pie: parts in order, one part is a whole circle, nothing and unknown are no part, shares close the circle
2. columns: as high as their values, labels above; unknown is a dash, nothing has no column
3. without figures a sentence says so; nothing stands outside the width
4. PDF draws outlines with the labels as text; Word has a sharp picture and the caption as text
"""

from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from docx import Document
from PIL import Image

from export import report_pdf, word
from model.forms.loader import metrics
from model.report.chart import (
    NO_FIGURES,
    UNKNOWN,
    Chart,
    Column,
    Columns,
    Pie,
    Rect,
    Series,
    Slice,
    Wedge,
    hatching,
    lay_out_chart,
    lay_out_small_pie,
)
from model.report.prose import Paragraph, Report

WIDTH = 156.0


def pie(*values):
    parts = [
        Slice(f"第{n}项收入", None if v is None else Decimal(v), f"{v}万元", "%")
        for n, v in enumerate(values)
    ]
    return Chart("图2：收入决算结构", "", Pie(tuple(parts)))


def columns(last, this):
    def column(value):
        return Column(None if value is None else Decimal(value), value or "")

    series = tuple(Series(name, (column(last), column(this))) for name in ("收入总计", "支出总计"))
    return Chart("图1：收、支决算总计变动情况", "单位：万元", Columns(("2021年度", "2022年度"), series))


def drawn(chart):
    return lay_out_chart(chart, WIDTH, metrics())


def shapes(chart, kind):
    return [shape for shape in drawn(chart).shapes if isinstance(shape, kind)]


def test_1_one_part_is_a_whole_circle():
    (wedge,) = shapes(pie("187.89"), Wedge)
    assert (wedge.start, wedge.sweep) == (0.0, 360.0)


def test_1_parts_go_round_once_in_order():
    wedges = shapes(pie("1", "1", "1", "0.001"), Wedge)
    assert [wedge.start for wedge in wedges] == sorted(wedge.start for wedge in wedges)
    assert sum(wedge.sweep for wedge in wedges) == pytest.approx(360)
    assert wedges[0].sweep == pytest.approx(120, abs=0.1)
    assert len({wedge.fill for wedge in wedges}) == 4


def test_1_nothing_unknown_and_less_than_nothing_are_no_parts_but_are_named():
    chart = pie("5", "0", None, "-1")
    assert len(shapes(chart, Wedge)) == 1
    assert {"第1项收入", "第2项收入", "第3项收入"} <= {label.text for label in drawn(chart).labels}


def bars(chart):
    return [shape for shape in shapes(chart, Rect) if shape.y + shape.height == pytest.approx(base(chart))]


def base(chart):
    return next(shape.y1 for shape in drawn(chart).shapes if hasattr(shape, "y1"))


def test_1_a_small_pie_names_its_parts_below_each_other():
    figure = Pie(tuple(Slice(f"附属单位上缴收入{n}", Decimal(n), f"{n}万元", f"{n}%") for n in (1, 2, 3)))
    drawing = lay_out_small_pie(figure, metrics())
    wedges = [shape for shape in drawing.shapes if isinstance(shape, Wedge)]
    assert sum(wedge.sweep for wedge in wedges) == 360
    assert [label.text for label in drawing.labels if label.text.endswith("万元")] == [
        "1万元",
        "2万元",
        "3万元",
    ]
    assert all(label.base <= drawing.height for label in drawing.labels)
    bases = [label.base for label in drawing.labels]
    assert bases == sorted(set(bases))


def test_2_columns_are_as_high_as_their_values():
    low, _, high, _ = bars(columns("50", "100"))
    assert high.height == pytest.approx(2 * low.height)


def test_2_unknown_is_a_dash_and_nothing_has_no_column():
    chart = columns(None, "0")
    texts = [label.text for label in drawn(chart).labels]
    assert texts.count(UNKNOWN) == texts.count("0") == 2
    assert bars(chart) == []


@pytest.mark.parametrize("chart", [pie("0", None), pie(), columns(None, None)])
def test_3_without_figures_a_sentence_says_so(chart):
    assert [label.text for label in drawn(chart).labels] == [NO_FIGURES]
    assert drawn(chart).shapes == ()


@pytest.mark.parametrize("chart", [pie("1234567890.12", "3"), columns("12345678.90", "1.00")])
def test_3_everything_stands_inside(chart):
    drawing = drawn(chart)
    for label in drawing.labels:
        assert 0 <= label.x < WIDTH
        assert 0 < label.base < drawing.height
    for shape in shapes(chart, Rect):
        assert 0 <= shape.x <= shape.x + shape.width <= WIDTH
        assert 0 <= shape.y <= shape.y + shape.height <= drawing.height


def test_3_patterns_differ_and_one_is_blank():
    patterns = {tuple(hatching(fill, 0.0, 0.0, 10.0, 10.0)) for fill in range(6)}
    assert len(patterns) == 6
    assert () in patterns


REPORT = Report("说明", ("说明",), (Paragraph("二、收入。"), pie("89.89", "98.00"), columns("1", "2")))


def test_4_the_pdf_has_the_labels_as_text():
    text = pypdf.PdfReader(BytesIO(report_pdf.to_bytes([REPORT]))).pages[0].extract_text()
    for part in ("89.89万元", "图2：收入决算结构", "单位：万元", "2022年度"):
        assert part in text


def test_4_word_has_a_sharp_picture_and_the_caption_as_text():
    content = word.to_bytes([REPORT])
    document = Document(BytesIO(content))
    assert len(document.inline_shapes) == 2
    shape = document.inline_shapes[0]
    assert shape.width.mm == pytest.approx(WIDTH, abs=1)
    parts = [part for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    assert len(parts) == 2
    picture = Image.open(BytesIO(parts[0].blob))
    assert picture.width >= shape.width.inches * 290
    assert "图2：收入决算结构" in [paragraph.text for paragraph in document.paragraphs]
    assert content == word.to_bytes([REPORT])
