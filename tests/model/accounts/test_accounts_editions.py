"""Editions are data: the shipped ones as published, one's own folder, and a mistake named with its place."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from model.accounts.definition import SubjectTable
from model.accounts.loader import edition, edition_for, edition_ids, editions, subjects_of
from model.accounts.reading import read_accounts
from model.basics.errors import UserError
from model.checks import check_accounts
from model.document.answers import Answers
from model.forms.loader import shipped, with_folder
from model.reading.reading import read as read_document
from tests.final_accounts import FOLDER, SHANGHAI, WUHAN, WUHAN_2021, qiaokou, typed_accounts

TABLES = {table["id"]: table for table in json.loads((FOLDER / "tables.json").read_text("utf-8"))["tables"]}


@pytest.mark.parametrize("table_id", TABLES)
def test_the_heading_has_the_cells_and_spans_of_the_original(table_id):
    table, published = edition(shipped(), WUHAN).table(table_id), TABLES[table_id]
    wanted = {
        (cell["text"], cell["row"], cell["col"], cell["rowspan"], cell["colspan"])
        for row in published["header"]
        for cell in row
    }
    found = {tuple(cell) for cell in table.header.cells}
    if isinstance(table.body, SubjectTable):  # the captions above the codes also cover the row 合计
        assert table.body.codes_over_total
        wanted = {(*cell[:3], 1, cell[4]) if cell[0] in "类款项" else cell for cell in wanted}
    assert found == wanted


@pytest.mark.parametrize("table_id", TABLES)
def test_notes_and_title_are_those_of_the_original(table_id):
    table, published = edition(shipped(), WUHAN).table(table_id), TABLES[table_id]
    assert list(table.notes) == published["notes"]
    assert table.empty_note == published.get("empty_note", "")
    assert table.title.format(year="{year}", no=table.no) == published["title"]


@pytest.mark.parametrize("table_id", ["t1", "t4"])
def test_the_ledgers_have_the_lines_of_the_original(table_id):
    body, published = edition(shipped(), WUHAN).table(table_id).body, TABLES[table_id]
    for side, name in zip(body.sides, ("left", "right"), strict=True):
        wanted = [
            (str(row[name]["no"]), row[name]["caption"], row[name]["key"] or "") for row in published["rows"]
        ]
        assert [(line.no, line.caption, line.key) for line in side] == wanted


def test_the_older_edition_differs_in_the_order_of_the_last_three_tables():
    numbers = {table.id: table.no for table in edition(shipped(), WUHAN_2021).tables}
    assert (numbers["t9"], numbers["t7"], numbers["t8"]) == ("表7", "表8", "表9")
    assert list(numbers)[-3:] == ["t9", "t7", "t8"]


def test_another_region_is_data_alone():
    accounts = typed_accounts({"2050199": {"t3.basic": "66.90"}}, edition_id=SHANGHAI, year="2024")
    assert accounts.text("t1.out.205") == accounts.text("t5.all.total") == "66.90"
    ledger = accounts.definition.table("t1").body
    assert not any(line.no for side in ledger.sides for line in side)
    assert not accounts.definition.table("t5").body.total_first
    assert [column.caption for column in accounts.definition.table("t8").body.columns][:2] == [
        "年初结转和结余",
        "本年收入",
    ]


def test_twenty_four_classes_fill_the_other_side_with_fewer_blank_lines():
    definition = edition(shipped(), "shanghai-2025")
    left, right = definition.table("t1").body.sides
    assert len(definition.classes) == 24
    assert len(left) == len(right) == 28


def test_the_edition_of_a_year():
    library = shipped()
    assert edition_for(library, "2021", "湖北省武汉市").id == WUHAN_2021
    assert edition_for(library, "2022", "湖北省武汉市").id == WUHAN
    assert edition_for(library, "2024", "湖北省武汉市").id == WUHAN
    assert edition_for(library, "2024", "上海市").id == SHANGHAI
    assert edition_for(library, "2019", "湖北省武汉市").id == WUHAN  # older than any: as good as another


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("武汉市", WUHAN),  # as the forms have it
        ("武汉", WUHAN),
        ("湖北武汉", WUHAN),
        ("湖北省武汉市硚口区", WUHAN),
        ("湖北省", WUHAN),
        ("湖北省宜昌市", WUHAN),  # of the same province
        ("上海", SHANGHAI),
        ("上海市黄浦区", SHANGHAI),
    ],
)
def test_a_region_is_found_however_far_its_name_goes(region, found):
    assert edition_for(shipped(), "2024", region).id == found


def test_a_region_without_an_edition_takes_the_newest_of_any():
    library = shipped()
    assert edition_for(library, "2024", "湖南省") == edition_for(library, "2024")


def test_names_of_subjects_by_year():
    subjects = subjects_of(shipped(), "2022")
    assert subjects.functional["2050199"] == "其他教育管理事务支出"
    assert subjects.old["20805"] == ("行政事业单位离退休",)
    assert subjects_of(shipped(), "2019") is subjects


# --- one's own


def own(tmp_path: Path, text: str, name: str = "own") -> Path:
    (tmp_path / "accounts").mkdir(parents=True, exist_ok=True)
    (tmp_path / "accounts" / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


HEAD = 'base = "wuhan-2022"\nid = "own"\nname = "本区"\nyear = "2024"\nsource = "本区"\n'


def test_a_folder_adds_an_edition(tmp_path):
    library = with_folder(own(tmp_path, HEAD + "zeros = true\n"))
    assert edition_ids(library)[-1] == "own"
    assert edition(library, "own").zeros
    assert len(editions(library)) == len(edition_ids(library))


def test_an_edition_may_have_fewer_tables(tmp_path):
    tables = ", ".join(f'"t{n}"' for n in range(1, 9))
    library = with_folder(own(tmp_path, HEAD + f"order = [{tables}]\n"))
    definition = edition(library, "own")
    accounts = read_accounts(definition, subjects_of(library, "2024"), qiaokou().answers)
    assert [table.no for table in definition.tables] == [f"表{n}" for n in range(1, 9)]
    assert accounts.is_empty("t9")
    assert not any(name.startswith("t9") for name in accounts.names())
    assert accounts.text("t1.in.total") == "187.89"
    answers = replace(accounts.answers, definition="own")
    found = check_accounts(read_document(library, Answers({"a": answers}, "示例单位", "2022")))
    assert [finding.code for finding in found] == ["X-56-30113"]


MISTAKES = {
    "unknown cell": (
        '[[table]]\nid = "t3"\ncolumns = [{ key = "total", caption = "合计", terms = ["basik"] }]\n',
        "表3（t3）“total”：用到的“basik”不存在",
    ),
    "wrong width": ('[[table]]\nid = "t5"\nwidths_mm = [10, 20]\n', "表5 header：第 1 行应有 2 段文字"),
    "computed before its parts": (
        'computed = ["t1", "t7", "t8", "t3", "t2", "t5", "t4", "t6", "t9"]\n',
        "表1（t1）“t1.in.general”：用到的“t4.in.general”不存在，或排在它后面",
    ),
    "unknown table": ('order = ["t1", "t10"]\n', "order：每一张表最多列一次，只列本表样有的表"),
    "a table that others need is left out": (
        'order = ["t1", "t2", "t3", "t4", "t5", "t6", "t8", "t9"]\n',
        "表2（t2）“fiscal”：用到的“t7.spending”不存在",
    ),
    "unknown key": ('colour = "red"\n', "colour：不认识这一项"),
    "unknown base": ('base = "wuhan-1999"\n', "base：没有编号为“wuhan-1999”的决算表样"),
    "made of itself": (
        '[[table]]\nid = "t9"\ncolumns = ['
        + ", ".join(f'{{ key = "k{n}", caption = "栏", terms = ["k{n}"] }}' for n in range(12))
        + "]\n",
        "表9（t9）“t9.k0”：由自己算出",
    ),
    "odd heading": (
        '[[table]]\nid = "t6"\nheader = [["人员", "<", "^", "公用", "<", "<", "<", "<", "<"]]\n',
        "表6 header：合并的格子不成矩形",
    ),
    "no economic code": (
        '[[table]]\nid = "t6"\nblocks = [["工资"]]\n',
        "表6 blocks：“工资”应为编码、空格和名称",
    ),
    "class of four digits": ('[[class]]\ncode = "2050"\ncaption = "教育"\n', "class：“2050”不是三位的类"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_file_table_and_row(tmp_path, mistake):
    text, message = MISTAKES[mistake]
    head = HEAD.replace('base = "wuhan-2022"\n', "") if text.startswith("base") else HEAD
    library = with_folder(own(tmp_path, head + text))
    with pytest.raises(UserError) as refusal:
        editions(library)
    assert str(refusal.value).startswith("own.toml：")
    assert message in str(refusal.value)


def test_a_file_is_named_after_its_id(tmp_path):
    library = with_folder(own(tmp_path, HEAD, name="other"))
    with pytest.raises(UserError, match="应与文件名相同"):
        edition(library, "other")


def test_an_unknown_edition_names_the_known_ones():
    with pytest.raises(UserError, match="wuhan-2022"):
        edition(shipped(), "wuhan-1999")
