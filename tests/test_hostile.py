"""Files that mean harm, or that somebody has tampered with: each ends soon, in a sentence, and unchanged.

1. the files of tests/data/hostile, through the command line, with little memory
2. a document holds our tables and nothing else, however it is looked at, and a save does not trust it either
3. rows that we never write are refused with their place; forms, unit, year and order have a checksum
4. exchange files of odd sizes and names
5. definitions with numbers that nobody can reckon with
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model.basics.errors import UserError
from model.basics.quantity import one_number_in, read_value
from model.checks import check_form
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.exchange.exchange import decode, read_exchange
from model.filling.importing import import_forms
from model.forms.loader import shipped, with_folder
from model.reading.reading import read
from tests.builders import WUHAN_PROJECT
from tests.stored import FIRST, SECOND, opened, sql, state

ROOT = Path(__file__).parent.parent
HOSTILE = ROOT / "tests" / "data" / "hostile"
FILES = sorted(path for path in HOSTILE.iterdir() if path.name != "ANSWERS.json")
DOCUMENTS = [path for path in FILES if path.suffix == ".zpb"]


# -- 1 ------------------------------------------------------------------------------------------------

CHECK_ALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (300 * 2**20, 300 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
import main
for path in sys.argv[1:]:
    print("code", main.main(["check", path]), path, flush=True)
"""


def test_1_every_file_ends_in_a_sentence_and_stays_as_it_was(tmp_path):
    pytest.importorskip("resource")
    copies = [shutil.copy(path, tmp_path) for path in FILES]
    before = [Path(copy).read_bytes() for copy in copies]
    command = [sys.executable, "-c", CHECK_ALL, *map(str, copies)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert (run.returncode, run.stderr) == (0, "")
    said = [line.split(maxsplit=2) for line in run.stdout.splitlines() if line.startswith("code ")]
    codes = {path: int(code) for _, code, path in said}
    assert codes == dict.fromkeys(map(str, copies), 2)
    assert run.stdout.count("读不了：") == len(FILES)
    assert [Path(copy).read_bytes() for copy in copies] == before
    assert sorted(tmp_path.iterdir()) == sorted(map(Path, copies))


NAMED = {
    "digits": "名称“99999999999999999999…”",
    "list_table": "report.tables.zz",
    "nul_key": "report.texts",
    "surrogate_column": "report.tables.zz",
    "surrogate_form": "form",
    "surrogate_key": "report.texts",
    "surrogate_place": "answers 第 1 项.code",
    "surrogate_schema": "schema",
    "surrogate_sentence": "report.sentences.1.sentence",
    "surrogate_table": "report.tables",
    "surrogate_twice": "fields",
    "table_named_dot": "report.tables.a.b",
    "table_named_text": "report.tables.u",
}


@pytest.mark.parametrize("name", NAMED)
def test_1_an_exchange_file_is_refused_with_the_entry(name):
    with pytest.raises(UserError) as refusal:
        read_exchange(decode((HOSTILE / f"{name}.json").read_bytes()), shipped())
    assert NAMED[name] in str(refusal.value)


FOREIGN = {
    "cte_endless": "视图“text”",
    "cte_form": "视图“form”",
    "cte_row": "视图“row”",
    "huge_generated": "表“answer”",
    "huge_meta": "视图“meta”",
    "index_expr": "索引“ix”",
    "null_kind": "表“z”",
    "trigger_delete": "触发器“tr”",
}
ODD = {
    "extra_bad": "第 2 张表 · 不认识的内容",
    "extra_index": "第 2 张表 · 不认识的内容",
    "form_key_colon": "第 2 张表 · 编号",
    "goal_cycle": "第 2 张表 · 指标所属的目标",
    "min_reader_text": "内部表“meta”不对",
    "row_id_digits": "第 2 张表 · 行的编号",
    "row_id_empty": "第 2 张表 · 表格的名称",
    "unit_blob": "内部表“meta”不对",
    "year_digits": "第 2 张表 · 年度",
    "year_word": "第 2 张表 · 年度",
}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_1_a_document_is_refused_with_what_is_wrong(path):
    with pytest.raises(UserError) as refusal:
        store.open_document(path)
    expected = FOREIGN.get(path.stem) or ODD[path.stem]
    assert expected in str(refusal.value)
    assert ("不是自评簿写入的" in str(refusal.value)) == (path.stem in FOREIGN)
    assert "它没有被改动" in str(refusal.value)


# -- 2 ------------------------------------------------------------------------------------------------

TAMPERED = {
    "a view": "CREATE VIEW v AS SELECT * FROM text",
    "a trigger": "CREATE TRIGGER tr AFTER UPDATE ON meta BEGIN DELETE FROM text; END",
    "an index": "CREATE INDEX ix ON text (text)",
    "a table": "CREATE TABLE more (a TEXT)",
    "a computed column": "ALTER TABLE answer ADD COLUMN c TEXT GENERATED ALWAYS AS (text || text)",
    "another column": "ALTER TABLE answer ADD COLUMN c TEXT",
    "a default": "ALTER TABLE answer ADD COLUMN c TEXT DEFAULT 'x'",
}


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "某中心 2022.zpb"
    return path, store.create(path, FIRST)


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
@pytest.mark.parametrize("action", ["open", "revision", "note", "backup", "save"])
def test_2_whatever_was_added_is_noticed_by_whatever_looks_at_the_file(saved, statement, action):
    path, revision = saved
    sql(path, statement)
    before = state(path)
    actions = {
        "open": lambda: store.open_document(path),
        "revision": lambda: store.saved_revision(path),
        "note": lambda: store.note(path, "id"),
        "backup": lambda: store.backup(path),
        "save": lambda: store.save(path, revision, FIRST, SECOND),
    }
    with pytest.raises(UserError, match=r"不是自评簿写入的|已损坏"):
        actions[action]()
    assert state(path) == before


def test_2_a_table_that_is_gone_or_another_is_damage(saved):
    path, _ = saved
    sql(path, "DROP TABLE answer", "CREATE TABLE answer (form, code, cell, text, found)")
    with pytest.raises(UserError, match="已损坏"):
        store.open_document(path)
    sql(path, "DROP TABLE answer")
    with pytest.raises(UserError, match="已损坏"):
        store.open_document(path)


@pytest.mark.parametrize(
    ("statement", "is_opened"),
    [
        ("CREATE TABLE letters (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT", True),
        ("ALTER TABLE answer ADD COLUMN author TEXT", True),
        ("CREATE TABLE letters (text TEXT, twice TEXT AS (text || text))", False),
        ("CREATE TABLE letters (text TEXT CHECK (length(text) < 5))", False),
        ("CREATE VIEW letters AS SELECT 1", False),
        ("CREATE TRIGGER tr AFTER UPDATE ON meta BEGIN DELETE FROM text; END", False),
    ],
)
def test_2_a_newer_version_may_have_more_tables_but_none_that_computes(saved, statement, is_opened):
    path, _ = saved
    sql(path, statement, "PRAGMA user_version = 2")
    if is_opened:
        assert opened(path) == FIRST
    else:
        with pytest.raises(UserError, match="不是自评簿写入的"):
            store.open_document(path)


def test_2_a_schema_whose_error_no_text_can_hold_is_damaged(tmp_path):
    path = tmp_path / "某中心.zpb"
    store.create(path, FIRST)
    table = sql(path, "SELECT name FROM sqlite_master WHERE type = 'table'")[0][0].encode()
    broken = path.read_bytes().replace(b"CREATE TABLE " + table, b"CREATE TAXLE \xff" + table[1:])
    path.write_bytes(broken.replace(b"table" + table + table, b"table\xff" + table[1:] + table))
    with pytest.raises(UserError, match="已损坏"):
        store.open_document(path)


# -- 3 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE meta SET value = '另一个单位' WHERE key = 'unit'", ""),
        ("UPDATE meta SET value = '2021' WHERE key = 'year'", ""),
        ("UPDATE form SET definition = 'wuhan-project-2020' WHERE key = 'p1'", ""),
        ("UPDATE row SET position = 1 - position WHERE form = 'p1' AND block = 'indicators'", ""),
        ("DELETE FROM row WHERE form = 'p1' AND id = 'i2'", ""),
        ("DELETE FROM form WHERE key = 'd'", ""),
        ("UPDATE text SET text = '6' WHERE cell = 'i1.actual'", ""),
        ("UPDATE meta SET value = '二〇二二' WHERE key = 'year'", "年度"),
        ("UPDATE form SET key = 'x' WHERE key = 'p1'", "编号"),
        ("UPDATE row SET id = 'i 1' WHERE id = 'i1' AND form = 'p1'", "行的编号"),
    ],
)
def test_3_whatever_was_changed_behind_our_back_is_noticed(saved, statement, where):
    path, _ = saved
    sql(path, statement)
    before = state(path)
    with pytest.raises(UserError, match=f"已损坏，读不出来.*{where}"):
        store.open_document(path)
    assert state(path) == before


def test_3_a_file_of_a_program_that_knows_no_such_checksum_is_opened(saved):
    path, revision = saved
    sql(path, "DELETE FROM meta WHERE key = 'frame'", "UPDATE meta SET value = '2021' WHERE key = 'year'")
    assert opened(path).year == "2021"
    store.create(path, FIRST, replace=True)
    later = "UPDATE meta SET value = value + 5 WHERE key = 'revision'"  # it saved, and left our checksum
    sql(path, later, "UPDATE meta SET value = '2021' WHERE key = 'year'")
    assert opened(path).year == "2021"
    assert revision


def test_3_the_checksum_is_written_by_every_save(saved):
    path, revision = saved
    store.save(path, revision, FIRST, SECOND.without_form("d"))
    assert opened(path) == SECOND.without_form("d")
    sql(path, "UPDATE row SET position = 1 - position WHERE form = 'p1' AND block = 'indicators'")
    with pytest.raises(UserError, match="已损坏"):
        store.open_document(path)


# -- 4 ------------------------------------------------------------------------------------------------


def project() -> dict[str, object]:
    path = next(
        path for path in sorted((ROOT / "resources" / "example").glob("*.json")) if "project" in path.name
    )
    return json.loads(path.read_text("utf-8"))


def read_whole(data: dict[str, object]) -> None:
    """Read, import and check, as the command line does."""
    form = read_exchange(decode(json.dumps(data).encode()), shipped())
    for one in read(shipped(), import_forms([("a", form)], shipped()).answers).forms:
        check_form(one)


def many(entry: str, count: int, **changed: str) -> dict[str, object]:
    data = project()
    first = data[entry][0]  # type: ignore[index]
    data[entry] = [{**first, **{key: f"{text}{n}" for key, text in changed.items()}} for n in range(count)]
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: many("indicators", 200_000), "内容超过 4,000,000 项"),
        (lambda: many("indicators", 5_001), "“indicators”有 5001 行"),
        (lambda: many("funds", 5_001, label="资金"), "“funds”有 5001 行"),
        (lambda: many("funds", 200, label="资" * 1_001), "funds 第 1 行”的名称最多填 1,000 字"),
        (lambda: {**project(), "9" * 5_000: "x"}, "有 5,000 字，超过 300 字"),
        (lambda: {**project(), "unit": "长" * 1_001}, "“unit”最多填 1,000 字"),
        (lambda: {**project(), "improvement": "\ud800"}, "“improvement”里有残缺的字符"),
        (lambda: {**project(), "x": {"y": ["\ud800"]}}, "“x.y 第 1 项”里有残缺的字符"),
        (lambda: {**project(), "report": {"sentences": {"99": {"sentence": "x"}}}}, "没有第 99 个指标"),
        (lambda: {**project(), "report": {"tables": {"evidence": [{"no": "x"}]}}}, "没有“no”这一列"),
    ],
)
def test_4_an_exchange_file_of_odd_size_is_refused_with_the_entry(data, said):
    with pytest.raises(UserError) as refusal:
        read_whole(data())
    assert said in str(refusal.value)


ODD_TEXTS = [
    "1.",
    "（1）",
    " ",
    "(",
    "≥",
    "-",
    "9",
    "每",
    "1-",
    "9,",
    "1、",
    ",",
    "1/",
    "～1",
    "且≥1",
    "0年",
    "无偏差",
    "请",
]


def test_4_rows_and_texts_as_long_as_they_may_be_come_to_an_end():
    """Nothing here grows with the square of the length: that would take hours."""
    data = many("funds", 5_000, label="资金")
    data["indicators"] = [
        {**data["indicators"][0], "name": odd * 40_000, "target": odd * 40_000, "actual": odd * 40_000}
        for odd in ODD_TEXTS
    ]
    data["improvement"], data["deviation_analysis"] = "（" * 100_000, "受影" * 50_000
    data["report"] = {
        "texts": {"report.score_note": "执行率" + " " * 100_000, "report.execution": "2025" * 40_000}
    }
    read_whole(data)


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_4_a_text_that_is_too_long_for_a_number_is_prose(odd):
    assert read_value(odd * 40_000).kind in ("prose", "empty")
    assert one_number_in(odd * 40_000) is None


def test_4_rows_of_money_added_to_a_document_cost_no_more_than_their_number():
    rows = tuple(f"f{n}" for n in range(1_000))
    texts = {"year": "2025", "funds.total.budget": "5"}
    texts |= {f"{row}.label": row for row in rows} | {f"{row}.budget": "1" for row in rows}
    form = FormAnswers(WUHAN_PROJECT, texts, {"funds": rows})
    [found] = read(shipped(), Answers({"p1": form})).forms
    assert check_form(found)


# -- 5 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("text_pt = 9\n", "text_pt = 1e-999\n", "text_pt"),
        ("text_pt = 9\n", "text_pt = 1e999\n", "text_pt"),
        ("execution_points = 10\n", "execution_points = 1e999\n", "execution_points"),
        ("execution_points = 10\n", "execution_points = 1e-999\n", "execution_points"),
        ("execution_points = 10\n", f"execution_points = {'9' * 5_000}\n", "TOML"),
        ("row_mm = 7\n", "row_mm = 0.00000000000001\n", "row_mm"),
        ("points = 50\n", "points = 1e12\n", "points"),
    ],
)
def test_5_a_number_that_nobody_can_reckon_with_is_refused_with_its_key(tmp_path, old, new, key):
    text = (ROOT / "resources" / "forms" / "national-project-2020.toml").read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1).replace("national-project-2020", "mine")
    (tmp_path / "mine.toml").write_text(changed, "utf-8")
    with pytest.raises(UserError, match=key):
        with_folder(tmp_path).form("mine")


def test_5_a_definition_that_is_no_definition_by_its_size_is_not_read(tmp_path):
    (tmp_path / "mine.toml").write_text("# " + "长" * 2_000_000, "utf-8")
    with pytest.raises(UserError, match="超过 4 MB"):
        with_folder(tmp_path).form("mine")
