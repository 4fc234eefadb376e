"""A bureau's old workbook is filled in place, record by record.

1. a cell of any kind takes a text or a figure, or is emptied; xlrd and calamine read it as it was put
2. cells of a record that holds several are parted from it, the others stay what they are
3. what is no cell stays: every record of every sheet; only the sheet that is meant is filled
4. cells and rows that are not there come in their order, with the look of their column, to the last place
5. formulas stay, their values are renewed, and the workbook asks to be computed when it is opened
6. whatever is written is read back, and nothing else changes
"""

import io
import struct

import pytest
import xlrd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from intake.filling.proof import deviations
from intake.filling.workbook import BEYOND
from intake.filling.xls import fill_xls
from intake.filling.xls_proof import is_same_but_cells
from model.recognition.fill_plan import Edit, FillPlan
from model.recognition.incoming import Place
from tests.intake.old_books import (
    GENERAL,
    MONEY,
    PERCENT,
    WRAPS,
    blank,
    blanks,
    book,
    container,
    formula,
    label,
    number,
    of_shared,
    rec,
    rk,
    rks,
    row,
    shared,
    size,
    string,
    text,
    truth,
)

ALL = [row(0), row(1), row(2), row(3)]
CELLS = [
    *(text(0, 0, 0), blank(0, 1, WRAPS), number(0, 2, 2.5, MONEY), rk(0, 3, 7), truth(0, 4, 1)),
    *(label(0, 5, "原字"), text(0, 6, 1)),
    *(blanks(1, 0, [15, 17, 17, 15]), rks(1, 4, [1, 2, 3, 4])),
    *(text(2, 0, 0), formula(2, 1, 2.5), formula(2, 2, "由公式给出"), rk(2, 3, 9)),
]
STRINGS = ("旧字", string("粗体字", runs=2))
DRAWING, VIEW = rec(0xEC, b"\x0f\0\x02\xf0" + bytes(20)), rec(0x1D, bytes(15))


def edit(row_, column, said="", figure="", kind="write", part="表"):
    return Edit(Place(part, row_, column, "sheet"), kind, said, figure)


def made(cells=None, rows=ALL, strings=STRINGS, **more):
    sheet = [size(4, 8), *rows, *(CELLS if cells is None else cells), rec(0xD7, bytes(8)), DRAWING, VIEW]
    return container({"Workbook": book({"表": sheet, **more.pop("sheets", {})}, strings, **more)})


def values(data, part="表"):
    """What xlrd reads of each cell that has something, by place from 1."""
    sheet = xlrd.open_workbook(file_contents=data, formatting_info=True).sheet_by_name(part)
    cells = ((r, c) for r in range(sheet.nrows) for c in range(sheet.ncols))
    return {(r + 1, c + 1): sheet.cell_value(r, c) for r, c in cells if sheet.cell_value(r, c) != ""}


def styles(data, part="表"):
    sheet = xlrd.open_workbook(file_contents=data, formatting_info=True).sheet_by_name(part)
    cells = ((r, c) for r in range(sheet.nrows) for c in range(sheet.ncols))
    return {(r + 1, c + 1): sheet.cell_xf_index(r, c) for r, c in cells if sheet.cell_type(r, c)}


def seen_by_calamine(data, part="表"):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(part)
    lines = rows.to_python(skip_empty_area=False)
    return {(r + 1, c + 1): v for r, line in enumerate(lines) for c, v in enumerate(line) if v != ""}


def stream_of(data):
    stream = xlrd.compdoc.CompDoc(data).get_named_stream("Workbook")
    assert stream is not None
    return stream


def records(data):
    stream, at, found = stream_of(data), 0, []
    while at + 4 <= len(stream) and stream[at : at + 4] != bytes(4):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def of_kind(data, kind):
    return [body for one, body in records(data) if one == kind]


def check(data, edits, **how):
    """Fill, and see that nothing else has changed."""
    done = fill_xls(data, edits, **how)
    assert is_same_but_cells(data, done.data, done.plan)
    assert list(deviations("表.xls", data, done.data, done.plan.edits)) == []
    return done


# ---- 1 -------------------------------------------------------------------------------------------

EVERY = [*((1, column) for column in range(1, 8)), *((2, column) for column in range(1, 9)), (3, 1), (3, 4)]


@pytest.mark.parametrize("place", EVERY)
@pytest.mark.parametrize(("said", "figure", "value"), [("新字", "", "新字"), ("93.5", "93.5", 93.5)])
def test_1_any_cell_takes_a_text_or_a_figure_and_keeps_its_look(place, said, figure, value):
    data = made()
    done = check(data, [edit(*place, said, figure)]).data
    assert values(done) == values(data) | {place: value}
    assert {p: v for p, v in seen_by_calamine(done).items() if p == place} == {place: value}
    assert styles(done)[place] == styles(data)[place]


@pytest.mark.parametrize("place", EVERY)
def test_1_any_cell_is_emptied_and_keeps_its_look(place):
    data = made()
    done = check(data, [edit(*place, kind="clear")]).data
    assert values(done) == {p: v for p, v in values(data).items() if p != place}
    assert styles(done) == styles(data)


def test_1_nothing_to_fill_gives_the_same_bytes():
    data = made()
    assert fill_xls(data, []).data == data
    assert fill_xls(data, [edit(9, 9, kind="clear")]).data == data


@pytest.mark.parametrize("said", ["=1+1", "+86", "-5", "@x", "'", " 空 ", "两\n行", "硚口〇䶮", "𠮷𝄞", "·"])
def test_1_a_text_is_a_string_whatever_it_begins_with(said):
    done = check(made(), [edit(1, 1, said)]).data
    assert values(done)[1, 1] == said
    assert seen_by_calamine(done)[1, 1] == said


def test_1_the_figure_has_the_digits_that_were_typed():
    figures = ["0.1", "1234567.89", "-0.07", "99999999999.99", "0"]
    done = check(made(), [edit(2, n, one, one) for n, one in enumerate(figures, start=1)]).data
    assert [values(done)[2, n] for n in range(1, 6)] == [0.1, 1234567.89, -0.07, 99999999999.99, 0]


def test_1_a_figure_of_more_digits_than_a_cell_holds_stays_the_text_it_is():
    figures = ["123456789012345", "1234567890123.456"]
    done = check(made(), [edit(1, n, one, one) for n, one in enumerate(figures, start=1)]).data
    assert [values(done)[1, n] for n in (1, 2)] == [123456789012345, "1234567890123.456"]


def test_1_a_second_run_over_a_filled_file_works():
    once = check(made(), [edit(1, 1, "一"), edit(2, 2, "5", "5")]).data
    twice = check(once, [edit(1, 1, "二"), edit(2, 2, "6", "6"), edit(2, 3, "一")]).data
    assert (values(twice)[1, 1], values(twice)[2, 2], values(twice)[2, 3]) == ("二", 6, "一")


def test_1_a_text_longer_than_a_cell_holds_is_not_written():
    done = fill_xls(made(), [edit(1, 1, "长" * 32_768), edit(1, 2, "长" * 32_767)])
    assert [one.reason for one in done.plan.missing][:1] == [BEYOND]
    assert (values(done.data)[1, 1], len(values(done.data)[1, 2])) == ("旧字", 32_767)


# ---- 2 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "left"),
    [(1, [(0x201, 1), (0xBE, 3)]), (2, [(0x201, 2), (0xBE, 2)]), (4, [(0x201, 1), (0xBE, 3)])],
)
def test_2_the_others_of_a_record_of_blanks_stay_together(column, left):
    done = fill_xls(made([blanks(1, 0, [15, 17, 17, 15])]), [edit(2, column, "3", "3")]).data
    sizes = [(kind, (len(body) - 6) // 2 if kind == 0xBE else 1) for kind, body in records(done)
             if kind in (0xBE, 0x201)]  # fmt: skip
    assert sorted((kind, count) for kind, count in sizes if kind == 0xBE) == sorted(
        one for one in left if one[0] == 0xBE
    )
    assert sum(count for _, count in sizes) == 3


def test_2_several_of_one_record_are_parted_at_once():
    edits = [edit(2, 5, "一"), edit(2, 6, "8", "8"), edit(2, 8, kind="clear")]
    done = check(made(), edits).data
    assert {p: v for p, v in values(done).items() if p[0] == 2} == {(2, 5): "一", (2, 6): 8, (2, 7): 3}
    assert len(of_kind(done, 0xBD)) == 0


# ---- 3 -------------------------------------------------------------------------------------------

MENDED = (0x85, 0xFC, 0x3C, 0xFF, 0x20B, 0xD7, 0x200, 0x208, 0x1C1)
CELL = (0xFD, 0x201, 0x203, 0x27E, 0xBE, 0xBD, 0x204, 0x205, 0x06, 0x207)


def test_3_every_record_that_is_no_cell_stays_in_its_place():
    data = made()
    done = fill_xls(data, [edit(1, 1, "新"), edit(2, 2, "8", "8"), edit(4, 3, "更")]).data
    before, after = ([one for one in records(d) if one[0] not in (*MENDED, *CELL)] for d in (data, done))
    assert before == after
    assert (0xEC, DRAWING[4:]) in after
    assert [len(of_kind(done, kind)) for kind in (0x20B, 0xD7, 0xFF)] == [0, 0, 0]


def test_3_only_the_sheet_that_is_meant_is_filled_and_each_is_found_again():
    other = [size(1, 1), row(0), text(0, 0, 0), VIEW]
    data = made(sheets={"封面": other, "三": [*other, text(0, 1, 1)]})
    done = check(data, [edit(1, 1, "新", part="封面"), edit(1, 9, "长" * 5000, part="封面")]).data
    assert values(done) == values(data)
    assert values(done, "三") == {(1, 1): "旧字", (1, 2): "粗体字"}
    assert values(done, "封面") == {(1, 1): "新", (1, 9): "长" * 5000}


def test_3_a_chart_within_a_sheet_is_left_alone():
    chart = [rec(0x809, struct.pack("<4H2I", 0x600, 0x20, 0, 0, 0, 0)), text(0, 0, 1), rec(0x0A)]
    data = made([text(0, 0, 0), *chart, text(3, 0, 0)])
    done = fill_xls(data, [edit(1, 1, "新"), edit(4, 2, "新")])
    assert is_same_but_cells(data, done.data, done.plan)
    assert [body for kind, body in records(done.data) if kind == 0xFD][1] == text(0, 0, 1)[4:]


@pytest.mark.parametrize("hit", [0xEC, 0x1D, 0x31, 0xE0, 0x208, 0xFC, 0xFD, 0xBE])
def test_3_the_proof_sees_a_record_that_has_changed(hit):
    data = made()
    stream = bytearray(stream_of(data))
    at = 0
    while struct.unpack_from("<H", stream, at)[0] != hit:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    stream[at + {0xFC: 20, 0x208: 10}.get(hit, 8)] ^= 1
    other = container({"Workbook": bytes(stream)})
    assert is_same_but_cells(data, data, FillPlan(()))
    assert not is_same_but_cells(data, other, FillPlan(()))


# ---- 4 -------------------------------------------------------------------------------------------


def order(data):
    kinds = {0x208: "行", 0xFD: "格", 0x203: "格", 0xBE: "格", 0xBD: "格", 0x201: "格", 0x06: "格"}
    found = [(kinds[k], *struct.unpack_from("<HH", body)) for k, body in records(data) if k in kinds]
    return [(kind, r, c if kind == "格" else 0) for kind, r, c in found]


def test_4_new_cells_stand_in_their_row_by_columns_with_the_look_of_the_column():
    cells = [text(0, 2, 0, WRAPS), text(0, 5, 0), text(1, 0, 0)]
    data = made(cells)
    done = check(data, [edit(2, 3, "丙"), edit(1, 4, "丁"), edit(1, 1, "甲"), edit(1, 8, "辛")]).data
    assert [one for one in order(done) if one[0] == "格"] == [
        *(("格", 0, c) for c in (0, 2, 3, 5, 7)),
        *(("格", 1, c) for c in (0, 2)),
    ]
    assert styles(done)[2, 3] == WRAPS
    assert styles(done)[1, 8] == GENERAL


def test_4_a_row_that_is_not_there_comes_behind_the_ones_above_it():
    data = made([text(0, 0, 0), text(6, 0, 0)], rows=[row(0), row(6)])
    done = check(data, [edit(4, 2, "新"), edit(9, 1, "末"), edit(3, 1, "三")]).data
    assert order(done) == [
        *(("行", n, 0) for n in (0, 2, 3, 6, 8)),
        *(("格", 0, 0), ("格", 2, 0), ("格", 3, 1), ("格", 6, 0), ("格", 8, 0)),
    ]
    assert struct.unpack_from("<II", of_kind(done, 0x200)[0]) == (0, 9)


def test_4_rows_and_cells_that_take_turns_go_on_doing_so():
    data = made([], rows=[row(0), text(0, 0, 0), row(2), text(2, 0, 0)])
    done = check(data, [edit(2, 1, "新"), edit(1, 2, "乙"), edit(3, 2, "丙")]).data
    assert order(done) == [
        *(("行", 0, 0), ("行", 1, 0), ("格", 0, 0), ("格", 0, 1), ("格", 1, 0)),
        *(("行", 2, 0), ("格", 2, 0), ("格", 2, 1)),
    ]


def test_4_a_sheet_without_records_of_rows_gets_none():
    data = made([text(0, 0, 0), text(2, 0, 0)], rows=[])
    done = check(data, [edit(2, 2, "新"), edit(1, 3, "一"), edit(4, 1, "四")]).data
    assert [one[1:] for one in order(done)] == [(0, 0), (0, 2), (1, 1), (2, 0), (3, 0)]


def test_4_an_empty_sheet_takes_its_first_cell():
    done = check(made([], rows=[], strings=()), [edit(3, 2, "新")]).data
    assert values(done) == {(3, 2): "新"}


def test_4_the_last_row_and_column_of_such_a_file_are_filled():
    data = made([text(0, 0, 0), text(65_535, 255, 0)], rows=[row(0), row(65_535, last=256)])
    done = fill_xls(data, [edit(65_536, 256, "末"), edit(65_536, 1, "5", "5"), edit(65_535, 256, "前")]).data
    assert (values(done)[65_536, 256], values(done)[65_536, 1], values(done)[65_535, 256]) == ("末", 5, "前")


@pytest.mark.parametrize("place", [(65_537, 1), (1, 257)])
def test_4_a_place_beyond_it_is_said_and_not_written(place):
    data = made()
    done = fill_xls(data, [edit(*place, "外")])
    assert (done.data, done.plan.edits) == (data, ())
    assert "65536 行" in done.plan.missing[0].reason


# ---- 5 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [(3, 2), (3, 3)])
def test_5_the_value_under_a_formula_is_renewed_and_the_formula_stays(place):
    data = made()
    done = fill_xls(data, [edit(*place, "50%", "0.5", "renew")])
    assert values(done.data)[place] == 0.5
    assert [(p.row, p.column) for p in done.plan.kept] == [place]
    assert [body[14:] for body in of_kind(done.data, 0x06)] == [body[14:] for body in of_kind(data, 0x06)]
    assert len(of_kind(done.data, 0x207)) == len(of_kind(data, 0x207)) - (place == (3, 3))


def test_5_a_formula_is_never_written_over():
    data = made()
    done = fill_xls(data, [edit(3, 2, "有字"), edit(3, 3, "", kind="clear")])
    assert done.plan.edits == ()
    assert (3, 3) not in values(done.data)
    assert of_kind(done.data, 0x06)[0] == of_kind(data, 0x06)[0]
    assert is_same_but_cells(data, done.data, done.plan)


def test_5_a_formula_that_others_share_stays_behind_its_first_cell():
    cells = [formula(0, 0, 1, of_shared(0, 0)), shared(0, 0, 1), formula(1, 0, "字", of_shared(0, 0))]
    data = made(cells)
    done = check(data, [edit(1, 1, "7", "7", "renew"), edit(2, 1, "8", "8", "renew"), edit(1, 2, "新")]).data
    kinds = [kind for kind, _ in records(done) if kind in (0x06, 0x4BC, 0xFD, 0x207)]
    assert kinds == [0x06, 0x4BC, 0xFD, 0x06]
    assert (values(done)[1, 1], values(done)[2, 1]) == (7, 8)


@pytest.mark.parametrize(("cells", "build"), [(CELLS, 0), ([text(0, 0, 0)], 0x1E5)])
def test_5_a_workbook_with_formulas_is_computed_when_it_is_opened(cells, build):
    done = fill_xls(made(cells), [edit(1, 1, "新")]).data
    assert struct.unpack_from("<I", of_kind(done, 0x1C1)[0], 4)[0] == build


def test_5_a_rate_is_a_number_only_where_the_format_has_a_percent_sign():
    data = made([blank(0, 0, PERCENT), blank(0, 1), blank(0, 2, PERCENT)])
    done = fill_xls(data, [edit(1, 1, "50%", "0.5"), edit(1, 2, "50%", "0.5"), edit(1, 3, "5", "5")]).data
    assert values(done) == {(1, 1): 0.5, (1, 2): "50%", (1, 3): "5"}


# ---- 6 -------------------------------------------------------------------------------------------

LONG = ["硚口〇䶮", "第一行\n第二行", "𠮷野家𝄞", "长" * 2000, "=SUM(A1)"]
ANY = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)
TEXTS = (ANY | st.sampled_from(LONG)).map(lambda one: (one, ""))
FIGURES = st.decimals(-(10**10), 10**10, places=2).map(lambda one: (f"{one:f}", f"{one.normalize():f}"))
PLACES = st.tuples(st.integers(1, 6), st.integers(1, 12))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(st.dictionaries(PLACES, TEXTS | FIGURES, max_size=12))
def test_6_whatever_is_written_is_read_back_and_nothing_else_changes(wanted):
    data = made()
    done = check(data, [edit(*place, *one) for place, one in wanted.items()])
    written = {
        place: pytest.approx(float(figure)) if figure else said
        for place, (said, figure) in wanted.items()
        if place not in [(3, 2), (3, 3)]  # which are formulas
    }
    assert values(done.data) == values(data) | written
    assert len(done.plan.edits) == len(written)
