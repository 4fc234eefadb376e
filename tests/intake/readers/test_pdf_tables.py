"""Tables of PDF files are read by their lines, however those are drawn; what is not certain is refused."""

import io
from collections.abc import Callable
from itertools import pairwise

import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from reportlab.pdfgen.canvas import Canvas

from export.fonts import regular
from intake.reading import read_bytes
from model.recognition.incoming import Incoming, SeenSheet
from tests.intake.grids import BAD

COLUMNS, ROWS = (60, 160, 260, 400), (760, 720, 680, 640)
TEXTS = (("项目名称", "教育信息化", ""), ("指标", "年度指标值", "得分"), ("培训次数", "≥5次", "10"))
FONT = regular()


def made(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, texts=TEXTS, columns=COLUMNS, rows=ROWS) -> None:
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            canvas.drawString(columns[column] + 4, rows[row] - 24, text)


def strokes(canvas: Canvas, columns=COLUMNS, rows=ROWS) -> None:
    for y in rows:
        canvas.line(columns[0], y, columns[-1], y)
    for x in columns:
        canvas.line(x, rows[0], x, rows[-1])


def bars(canvas: Canvas) -> None:
    for y in ROWS:
        canvas.rect(COLUMNS[0], y - 0.4, COLUMNS[-1] - COLUMNS[0], 0.8, stroke=0, fill=1)
    for x in COLUMNS:
        canvas.rect(x - 0.4, ROWS[-1], 0.8, ROWS[0] - ROWS[-1], stroke=0, fill=1)


def boxes(canvas: Canvas) -> None:
    for left, right in pairwise(COLUMNS):
        for top, bottom in pairwise(ROWS):
            canvas.rect(left, bottom, right - left, top - bottom)


def pieces(canvas: Canvas) -> None:
    """Lines in pieces of each cell, as office programs draw them, a little apart."""
    for left, right in pairwise(COLUMNS):
        for y in ROWS:
            canvas.line(left + 0.5, y + 0.3, right - 0.5, y + 0.3)
    for top, bottom in pairwise(ROWS):
        for x in COLUMNS:
            canvas.line(x, bottom + 0.5, x, top - 0.5)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("lines")
    strokes(canvas)
    canvas.endForm()
    canvas.doForm("lines")


def read(data: bytes) -> Incoming:
    return read_bytes("a.pdf", data)


def rows(sheet: SeenSheet) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = {}
    for cell in sheet.cells:
        found.setdefault(cell.place.row, []).append(cell.text)
    return tuple(map(tuple, found.values()))


@pytest.mark.parametrize("lines", [strokes, bars, boxes, pieces, in_a_form])
def test_lines_may_be_drawn_in_many_ways(lines):
    def page(canvas: Canvas) -> None:
        lines(canvas)
        write(canvas)

    (sheet,) = read(made(page)).sheets
    assert rows(sheet) == TEXTS


def table(canvas: Canvas) -> None:
    strokes(canvas)
    write(canvas)


def test_cells_without_a_line_between_them_are_one():
    def page(canvas: Canvas) -> None:
        for y in (760, 640):
            canvas.line(60, y, 400, y)
        canvas.line(160, 720, 400, 720)
        canvas.line(60, 680, 400, 680)
        for x in (60, 160, 400):
            canvas.line(x, 640, x, 760)
        canvas.line(260, 640, 260, 680)
        write(canvas, (("甲", "乙", ""), ("", "丙", ""), ("丁", "戊", "己")))

    (sheet,) = read(made(page)).sheets
    assert [(c.text, c.place.row, c.place.column, c.rows, c.columns) for c in sheet.cells] == [
        ("甲", 1, 1, 2, 1),
        ("乙", 1, 2, 1, 2),
        ("丙", 2, 2, 1, 2),
        ("丁", 3, 1, 1, 1),
        ("戊", 3, 2, 1, 1),
        ("己", 3, 3, 1, 1),
    ]


def test_lines_nobody_sees_part_nothing():
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.line(60, 700, 400, 700)

    assert rows(read(made(page)).sheets[0]) == TEXTS


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_may_be_turned_or_its_table_drawn_on_its_side(quarters):
    turned, drawn = (PdfWriter(PdfReader(io.BytesIO(made(table)))) for _ in range(2))
    turned.pages[0].rotate(90 * quarters)
    drawn.pages[0].add_transformation(Transformation().translate(-300, -400).rotate(90 * quarters))
    for writer in (turned, drawn):
        (sheet,) = read(written(writer)).sheets
        assert rows(sheet) == TEXTS


def written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_lines_of_a_cell_are_joined_where_they_were_wrapped_only():
    def page(canvas: Canvas) -> None:
        strokes(canvas, (60, 160, 260), (760, 640))
        for n, line in enumerate(("一二三四五六七八九", "十一二")):
            canvas.drawString(64, 740 - 14 * n, line)
        for n, line in enumerate(("年度总体", "目标", "Budget of", "2023")):
            canvas.drawString(164, 740 - 14 * n, line)

    (sheet,) = read(made(page)).sheets
    assert [cell.text for cell in sheet.cells] == [
        "一二三四五六七八九十一二",
        "年度总体\n目标\nBudget of\n2023",
    ]


def test_lines_outside_of_tables_are_kept_with_gaps_as_blanks():
    def page(canvas: Canvas) -> None:
        canvas.drawString(200, 800, "项目支出绩效自评表")
        table(canvas)
        canvas.drawString(60, 600, "填表人：经办人甲")
        canvas.drawString(300, 600, "填报日期：2024年")

    (sheet,) = read(made(page)).sheets
    assert sheet.before == ("项目支出绩效自评表",)
    assert sheet.after == ("填表人：经办人甲  填报日期：2024年",)


def test_letters_printed_twice_for_bold_are_read_once():
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.translate(0.3, 0)
        write(canvas)

    assert rows(read(made(page)).sheets[0]) == TEXTS


def test_a_table_without_lines_is_refused():
    assert "没有带框线的表格" in read(made(write)).refused


def test_a_frame_around_a_text_is_no_table():
    def page(canvas: Canvas) -> None:
        canvas.rect(60, 640, 300, 120)
        canvas.drawString(70, 700, "通知")

    assert "没有带框线的表格" in read(made(page)).refused


def test_letters_that_lie_on_one_another_are_refused():
    def page(canvas: Canvas) -> None:
        table(canvas)
        write(canvas, (("无", "丙", "丁"), ("戊", "己", "庚"), ("辛", "壬", "癸")))

    assert "文字互相重叠" in read(made(page)).refused


def test_letters_that_lie_on_lines_are_refused():
    def page(canvas: Canvas) -> None:
        strokes(canvas)
        write(canvas, rows=(784, 744, 704))
        canvas.drawString(64, 676, "线上的字")

    assert "文字互相重叠" in read(made(page)).refused


LEFT, RIGHT = (60, 160, 260, 400), (60, 200, 330)


def part(title: str, columns: tuple[int, ...], texts) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(200, 800, title)
        strokes(canvas, columns)
        write(canvas, texts, columns)

    return draw


def test_a_table_cut_across_two_pages_is_refused():
    title = "2023年度部门整体支出绩效自评表"
    cut = [part(title, LEFT, TEXTS), part(title[6:], RIGHT, (("分值", "得分"), ("1", "2"), ("3", "4")))]
    assert "横向被分成两页" in read(made(*cut)).refused


def test_two_tables_with_titles_of_their_own_are_two():
    two = [part("收入决算表", LEFT, TEXTS), part("支出决算表", RIGHT, (("甲", "乙"), ("1", "2"), ("3", "4")))]
    assert [sheet.name for sheet in read(made(*two)).sheets] == ["第1页 表1", "第2页 表1"]


@pytest.mark.parametrize(("pages", "read_"), [(60, True), (61, False)])
def test_a_pdf_has_60_pages_at_most(pages, read_):
    assert bool(read(made(*[table] * pages)).sheets) == read_


def test_a_pdf_with_a_password_is_said_to_have_one():
    writer = PdfWriter(PdfReader(io.BytesIO(made(table))))
    writer.encrypt("geheim", algorithm="RC4-128")
    assert "有打开密码" in read(written(writer)).refused


def test_a_page_that_is_a_picture_among_others_is_said():
    picture = (BAD / "scan_only.pdf").read_bytes()
    writer = PdfWriter()
    for data in (made(table), picture):
        writer.append(PdfReader(io.BytesIO(data)))
    incoming = read(written(writer))
    assert len(incoming.sheets) == 1
    assert incoming.notes == ("第 2 页是图片，没有读。",)


def test_a_watermark_is_left_out_and_said():
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.saveState()
        canvas.translate(150, 640)
        canvas.rotate(35)
        canvas.drawString(0, 0, "内部资料请勿外传")
        canvas.restoreState()

    incoming = read(made(page))
    assert rows(incoming.sheets[0]) == TEXTS
    assert incoming.notes == ("斜着的文字（水印）没有读。",)


def test_letters_that_do_not_say_which_they_are_are_refused():
    writer = PdfWriter(PdfReader(io.BytesIO(made(table))))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop("/ToUnicode", None)
    incoming = read(written(writer))
    assert "程序读不出来" in incoming.refused
