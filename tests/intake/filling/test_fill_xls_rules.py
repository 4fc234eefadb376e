"""What holds for a bureau's old workbook as for any other, and what cannot be filled.

1. in a protected sheet only open cells are filled; a hint is meant to be replaced
2. a list takes only what it offers: written out, or in cells of this sheet or another
3. figures are numbers where the format is one for numbers
4. rows that are too low are made higher, also below a merged cell; where that does not help it is said
5. what cannot be filled is refused in one sentence: signed, shared, older than 97, locked, damaged
6. LibreOffice shows what was filled in; a big file with pictures keeps all its streams
"""

import random
import shutil
import struct
import subprocess
from contextlib import suppress

import pytest
import xlrd

from intake.filling.fill import fill_file
from intake.filling.workbook import LOCKED, NO_WRAP, NOT_IN_LIST, TOO_LONG, TOO_LOW
from intake.filling.xls import fill_xls
from intake.filling.xls_proof import is_same_but_cells
from intake.filling.xls_unused import without_unused
from intake.readers.xls import read_xls
from model.basics.errors import UserError
from model.document.answers import Answers
from model.reading.reading import read
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place
from model.recognition.recognise import Recogniser
from tests.bureaus import D14, FILES, UNIT, bureau, made_document
from tests.intake.filling.test_fill_xls import made, records, stream_of, values
from tests.intake.old_books import (
    DATE,
    GENERAL,
    LOCKED_OPEN,
    MONEY,
    PERCENT,
    TEXT_FORMAT,
    WRAPS,
    blank,
    book,
    choices,
    column_width,
    container,
    merged,
    rec,
    row,
    size,
    text,
)


def edit(row_, column, said="", figure="", kind="write", part="表"):
    return Edit(Place(part, row_, column, "sheet"), kind, said, figure)


# ---- 1 -------------------------------------------------------------------------------------------

PROTECTED = [rec(0x12, b"\1\0"), text(0, 0, 0), blank(0, 1, LOCKED_OPEN), blank(0, 2)]


def test_1_only_open_cells_of_a_protected_sheet_are_filled():
    done = fill_xls(made(PROTECTED), [edit(1, 2, "开"), edit(1, 3, "锁"), edit(1, 1, kind="clear")])
    assert values(done.data) == {(1, 1): "旧字", (1, 2): "开"}
    assert [(one.text, one.reason) for one in done.plan.locked] == [("锁", LOCKED), ("", LOCKED)]


def test_1_a_locked_hint_is_meant_to_be_replaced():
    done = fill_xls(made(PROTECTED), [edit(1, 1, "指标")._replace(over_hint=True)])
    assert values(done.data)[1, 1] == "指标"


@pytest.mark.parametrize("off", [[rec(0x12, b"\0\0")], []])
def test_1_without_protection_locked_cells_are_filled(off):
    done = fill_xls(made([*off, blank(0, 2)]), [edit(1, 3, "开")])
    assert (values(done.data)[1, 3], done.plan.locked) == ("开", ())


# ---- 2 -------------------------------------------------------------------------------------------

OFFERED = "达成\0部分达成\0未达成"
WRITTEN_OUT = b"\x17" + struct.pack("<BB", len(OFFERED), 1) + OFFERED.encode("utf-16-le")
HERE = b"\x25" + struct.pack("<4H", 0, 2, 0xC007, 0xC007)
ELSEWHERE = b"\x3b" + struct.pack("<5H", 0, 0, 2, 0, 0)
BY_NAME = b"\x23" + struct.pack("<IH", 1, 0)


def with_list(tokens, refuses=True):
    """A list for B1:B5; what it offers stands in column H of the sheet, and in column A of another."""
    strings = ("达成", "部分达成", "未达成")
    sheet = [size(6, 8), *[row(n) for n in range(5)], *[text(n, 7, n) for n in range(3)]]
    other = [size(3, 1), *[row(n) for n in range(3)], *[text(n, 0, n) for n in range(3)]]
    meant = rec(0x1AE, b"\2\0\1\4") + rec(0x17, struct.pack("<4H", 1, 0, 1, 1))
    sheets = {"表": [*sheet, choices((0, 4, 1, 1), tokens, refuses)], "选项": other}
    return container({"Workbook": book(sheets, strings, meant)})


@pytest.mark.parametrize("tokens", [WRITTEN_OUT, HERE, ELSEWHERE], ids=["written", "here", "elsewhere"])
@pytest.mark.parametrize("refuses", [True, False])
def test_2_a_list_that_refuses_other_texts_takes_only_what_it_offers(tokens, refuses):
    done = fill_xls(
        with_list(tokens, refuses), [edit(1, 2, "达成"), edit(2, 2, "差不多"), edit(6, 2, "别处")]
    )
    written = {edit.text for edit in done.plan.edits}
    assert written == {"达成", "别处"} | (set() if refuses else {"差不多"})
    assert [(one.text, one.reason) for one in done.plan.missing] == [("差不多", NOT_IN_LIST)] * refuses


def test_2_a_list_behind_a_name_refuses_nothing():
    done = fill_xls(with_list(BY_NAME), [edit(1, 2, "差不多")])
    assert done.plan.missing == ()


# ---- 3 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "value"),
    [(GENERAL, 93), (MONEY, 93), (TEXT_FORMAT, "93.00"), (DATE, "93.00"), (PERCENT, "93.00")],
)
def test_3_a_figure_is_a_number_where_the_format_is_one_for_numbers(style, value):
    done = fill_xls(made([blank(0, 0, style)]), [edit(1, 1, "93.00", "93")])
    assert values(done.data)[1, 1] == value


# ---- 4 -------------------------------------------------------------------------------------------

LONG = "示例中心全年完成各项工作任务。" * 4
LOW = [column_width(0, 1, 20), blank(0, 0, WRAPS), blank(1, 0, WRAPS), blank(2, 0), merged((1, 2, 0, 0))]


def heights(data):
    sheet = xlrd.open_workbook(file_contents=data, formatting_info=True).sheet_by_name("表")
    return {number + 1: info.height for number, info in sheet.rowinfo_map.items()}


def low():
    return made(LOW, rows=[row(0), row(1), row(2)])


@pytest.mark.parametrize(("said", "is_higher"), [("一二三四五六七八", False), (LONG, True)])
def test_4_more_than_a_line_makes_a_row_higher(said, is_higher):
    data = low()
    done = fill_xls(data, [edit(1, 1, said)])
    assert (heights(done.data)[1] > 600) is is_higher
    assert {n: h for n, h in heights(done.data).items() if n > 1} == {2: 300, 3: 300}
    assert (len(done.plan.raised), done.plan.missing) == (is_higher, ())
    assert is_same_but_cells(data, done.data, done.plan)


def test_4_of_a_cell_merged_over_rows_the_last_one_grows_also_where_it_was_not_there():
    data = made(LOW, rows=[row(0), row(1)])
    done = fill_xls(data, [edit(2, 1, LONG)])
    assert heights(done.data)[2] == 300
    assert heights(done.data)[3] > 600
    assert is_same_but_cells(data, done.data, done.plan)


def test_4_without_the_tick_it_is_said_and_nothing_changed():
    done = fill_xls(low(), [edit(1, 1, LONG)], heightens=False)
    assert (heights(done.data)[1], [one.reason for one in done.plan.missing]) == (300, [TOO_LOW])


def test_4_what_no_height_helps_is_said():
    done = fill_xls(low(), [edit(1, 1, LONG * 30), edit(4, 1, LONG)])
    assert [one.reason for one in done.plan.missing] == [TOO_LONG, NO_WRAP]
    assert heights(done.data)[1] == 409 * 20


def test_4_a_figure_makes_no_row_higher():
    data = made([column_width(0, 0, 4), blank(0, 0, WRAPS)])
    done = fill_xls(data, [edit(1, 1, "1234567890", "1234567890")])
    assert (done.plan.raised, done.plan.missing) == ((), ())


# ---- 5 -------------------------------------------------------------------------------------------


def beside(name):
    data = made()
    return container({"Workbook": stream_of(data), name: bytes(5000)})


def other_version():
    stream = bytearray(stream_of(made()))
    struct.pack_into("<H", stream, 4, 0x500)
    return container({"Workbook": bytes(stream)})


def locked():
    stream = stream_of(made())
    return container({"Workbook": stream[:20] + rec(0x2F, bytes(6)) + stream[20:]})


def cut():
    return container({"Workbook": stream_of(made())[:900]})


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: beside("_signatures"), "数字签名"),
        (lambda: beside("Revision Log"), "另存为 xlsx"),
        (lambda: beside("Book"), "另存为 xlsx"),
        (other_version, "另存"),
        (locked, "密码"),
        (cut, "再试"),
        (lambda: beside("Macros")[:2000], "再试"),
        (lambda: container({"WordDocument": bytes(5000)}), "再试"),
    ],
    ids=["signed", "shared", "two", "older", "locked", "cut", "torn", "other"],
)
def test_5_what_cannot_be_filled_is_refused_in_one_sentence(make, why):
    with pytest.raises(UserError, match=why) as refused:
        fill_xls(make(), [edit(1, 1, "新")])
    assert str(refused.value).endswith("。")


def test_5_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="没有要填的工作表"):
        fill_xls(made(), [edit(1, 1, "新", part="另一张")])


def test_5_a_workbook_without_a_container_is_filled_too():
    stream = stream_of(made())
    done = fill_xls(stream, [edit(1, 1, "新")])
    assert values(done.data)[1, 1] == "新"
    assert is_same_but_cells(stream, done.data, done.plan)


def test_5_macros_stay_byte_by_byte():
    data = beside("_VBA_PROJECT_CUR")
    done = fill_xls(data, [edit(1, 1, "新")])
    assert is_same_but_cells(data, done.data, done.plan)
    assert xlrd.compdoc.CompDoc(done.data).get_named_stream("_VBA_PROJECT_CUR") == bytes(5000)


@pytest.mark.parametrize("seed", range(8))
def test_5_one_that_was_changed_by_chance_is_filled_right_or_refused(seed):
    chance = random.Random(seed)
    for whole in (made(), made(PROTECTED), (FILES / D14).read_bytes()):
        for _ in range(12):
            data = bytearray(whole)
            for _ in range(chance.choice([1, 2, 5, 20])):
                data[chance.randrange(len(data))] = chance.choice([0, 1, 0xFF, chance.randrange(256)])
            name = xlrd.open_workbook(file_contents=whole).sheet_names()[0]
            edits = [edit(row_, 9, "新", part=name) for row_ in (1, 3, 99)]
            with suppress(UserError):
                done = fill_xls(bytes(data), edits)
                without_unused(done.data)
                is_same_but_cells(bytes(data), done.data, done.plan)


# ---- 6 -------------------------------------------------------------------------------------------


def shown_by_libreoffice(path, folder):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=120)
    return path.with_suffix(".csv").read_text("utf-8")


def test_6_libreoffice_shows_what_was_filled_in(tmp_path):
    long = "𠮷" + "长" * 9000 + "末"
    path = tmp_path / "填.xls"
    path.write_bytes(fill_xls(made(), [edit(1, 1, "硚口〇䶮"), edit(6, 2, "新行"), edit(2, 2, long)]).data)
    shown = shown_by_libreoffice(path, tmp_path)
    assert all(said in shown for said in ("硚口〇䶮", "新行", long, "粗体字"))


def test_6_a_big_file_with_pictures_is_filled(tmp_path):
    pictures = [rec(0xEB, bytes(8224)), *[rec(0x3C, bytes([n % 251]) * 8224) for n in range(900)]]
    sheets = {"表": [size(1, 1), row(0), text(0, 0, 0)]}
    stream = book(sheets, ("旧",), b"".join(pictures))
    data = container({"Workbook": stream, "Macros": b"m" * 300_000, "\x05SummaryInformation": b"s" * 300})
    assert len(data) > 7_000_000
    done = fill_xls(data, [edit(1, 1, "新"), edit(1, 2, "x" * 30_000)])
    assert values(done.data) == {(1, 1): "新", (1, 2): "x" * 30_000}
    assert is_same_but_cells(data, done.data, done.plan)
    assert len([kind for kind, _ in records(done.data) if kind == 0xEB]) == 1


def test_6_a_blank_of_a_bureau_is_filled_and_said(tmp_path):
    made_form = bureau(D14)
    answers = made_document(made_form.form).with_text("project_name", "硚口〇䶮项目")
    (form,) = read(made_form.library, Answers({"p1": answers}, UNIT, "2025")).forms
    before = (FILES / D14).read_bytes()
    filled = fill_file(D14, before, form, Recogniser(made_form.library.forms))
    assert filled.said.startswith(f"除 {len(filled.plan.edits)} 个单元格")
    assert "请用 Excel 或 WPS 打开核对" in filled.said
    (sheet,) = read_xls(filled.data).sheets
    assert "硚口〇䶮项目" in [cell.text for cell in sheet.cells]
