"""The exchange format `ziping.form/1` (README of the design).

1. every published form is read and written back without loss; what differs is listed
2. reading what the program wrote gives the same form, whatever stands in it
3. unknown entries are kept at every level and written back where they stood
4. given texts are kept, and never become texts of the form
5. what can't be read is refused with a sentence that names the entry, and nothing is half read
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from export.opening import open_all
from model.basics.errors import UserError
from model.document.answers import FormAnswers
from model.exchange import exchange
from model.exchange.exchange import decode, encode, read_exchange, write_exchange
from model.forms.loader import shipped
from tests.any_form import forms
from tests.builders import HUNAN, WUHAN_2020
from tests.published import FOLDER, SCORED

FUND_KEYS = ("initial", "budget", "executed", "weight", "rate", "score")
PROJECT, HUNAN_FORM = "qiaokou_xinxi_2022_project", "yueyang_2023_department"


def original(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def written(answers: FormAnswers) -> dict[str, Any]:
    """Write a form to bytes, as into a file, and take these apart again."""
    return decode(encode(write_exchange(answers, shipped().form(answers.definition))))


def read(data: dict[str, Any]) -> FormAnswers:
    return read_exchange(data, shipped())


# --- 1: published forms

STRAY_BLANKS = {  # the only differences: captions and footnotes are the definition's
    "qiaokou_xinxi_2022_department": {
        "footnotes.2": "a blank after 该指标, which the project form does not have",
    },
    "yueyang_2023_department": {
        "funds_breakdown.1.by_income": "blanks inside the caption “其中：一般公共预算”",
    },
}


@pytest.mark.parametrize("name", SCORED)
def test_1_what_was_read_is_written_back(name):
    before = dict(leaves(original(name)))
    after = dict(leaves(written(read(original(name)))))
    differing = {path for path in before | after if before.get(path) != after.get(path)}
    assert differing == set(STRAY_BLANKS.get(name, {}))
    assert all(squeezed(before[path]) == squeezed(after[path]) for path in differing)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single value with its path; null, "" and absent are the same here."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from leaves(item, f"{path}.{n}")
    elif value not in (None, ""):
        yield path, value


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", SCORED)
def test_1_reading_it_again_gives_the_same_form(name):
    answers = read(original(name))
    assert read(written(answers)) == answers


@pytest.mark.parametrize("name", SCORED)
def test_1_empty_cells_are_empty_and_cells_that_the_form_lacks_are_null(name):
    """As in the published files: "" where the form has the cell, null where it has none."""
    form = shipped().form(original(name)["form"])
    has_weight, has_reason = form.prints_weights, form.id.startswith("hunan")
    for row in written(read(original(name)))["indicators"]:
        assert row["weight"] is not None or not has_weight
        assert row["weight"] != "" or has_weight
        assert (row["reason"] is not None) == has_reason
    assert ("funds_breakdown" in written(read(original(name)))) == (form.id == HUNAN)


def test_1_nothing_of_a_published_form_is_unknown():
    assert {name: read(original(name)).extra for name in SCORED} == {name: {} for name in SCORED}


# --- 2: any form


@given(forms())
@settings(derandomize=True, deadline=None, max_examples=170)
def test_2_reading_what_was_written_gives_the_same_form(answers):
    assert read(written(answers)) == answers


@given(forms())
@settings(derandomize=True, deadline=None, max_examples=30)
def test_2_writing_it_again_gives_the_same_bytes(answers):
    form = shipped().form(answers.definition)
    once = encode(write_exchange(answers, form))
    assert encode(write_exchange(read(decode(once)), form)) == once


def test_2_a_file_is_utf8_readable_and_ends_with_a_line_break():
    data = encode(write_exchange(read(original(PROJECT)), shipped().form(original(PROJECT)["form"])))
    assert "硚口区教育局信息中心".encode() in data
    assert data.endswith(b"}\n")


# --- 3: unknown entries


def test_3_unknown_entries_are_written_back_where_they_stood():
    data = original(HUNAN_FORM)
    value = {"a": [1, None, True, 0.25, {"b": "硚"}]}
    data["reviewed"] = value
    data["answers"] = [{"code": "total-mismatch", "place": "总分", "text": "已核"}]
    data["fields"]["新栏目"] = value
    data["signatures"]["财务负责人"] = "经办人丁"
    data["funds"][0]["source"] = value
    data["funds"].append({"label": "上级补助", "budget": "3", "source": value})
    data["funds_breakdown"][2]["note"] = value
    data["goals"][1]["owner"] = value
    data["indicators"][3]["unit"] = value
    back = written(read(data))
    assert back["reviewed"] == value
    assert back["answers"] == data["answers"]
    assert back["fields"]["新栏目"] == value
    assert back["signatures"] == data["signatures"]
    assert back["funds"][0]["source"] == value
    assert back["funds"][1] == dict.fromkeys(FUND_KEYS, "") | data["funds"][1]
    assert back["funds_breakdown"][2]["note"] == value
    assert back["goals"][1]["owner"] == value
    assert back["indicators"][3]["unit"] == value


def test_3_a_foreign_row_between_two_fund_rows_stays_there():
    data = original("yueyang_2023_project_01_gaosan")
    data["funds"].insert(2, {"label": "上级补助", "budget": "3"})
    assert written(read(data))["funds"][2] == dict.fromkeys(FUND_KEYS, "") | data["funds"][2]


def test_3_footnotes_of_another_wording_are_kept():
    data = original(PROJECT)
    data["footnotes"][0] = "1.另一种说法。"
    assert written(read(data))["footnotes"] == data["footnotes"]


def test_3_texts_that_a_form_has_no_place_for_are_kept():
    data = original(HUNAN_FORM)  # prints neither of the two
    data["deviation_analysis"], data["improvement"] = "无", "加强管理"
    back = written(read(data))
    assert (back["deviation_analysis"], back["improvement"]) == ("无", "加强管理")


@pytest.mark.parametrize(
    ("row", "side", "text", "field", "value"),
    [
        (1, "by_income", "其中 ：一般公共预算： 1,463.31万元", "split.public", " 1,463.31万元"),
        (1, "by_income", "其中:一般公共预算:5", "split.public", "5"),  # half-width colons
        (1, "by_income", "1463.31", "split.public", "1463.31"),  # a bare amount, by its place
        (4, "by_income", "政府性基金拨款：5", "split.fund", "5"),  # by its caption, wherever it stands
        (3, "by_expenditure", "0", "split.more1", "0"),  # where the form prints no caption
        (3, "by_expenditure", "上缴上级支出：5万元", "split.more1", "上缴上级支出：5万元"),
        (2, "by_expenditure", "项目支出：", "split.project", ""),
    ],
)
def test_3_the_split_of_the_funds_is_read_by_caption_else_by_place(row, side, text, field, value):
    data = original(HUNAN_FORM)
    data["funds_breakdown"] = [{} for _ in range(5)]
    data["funds_breakdown"][row][side] = text
    assert read(data).text(field) == value
    assert read(written(read(data))) == read(data)


def test_3_what_has_no_place_in_the_split_is_kept_below_it():
    data = original(HUNAN_FORM)
    data["funds_breakdown"][2]["by_income"] = "上级补助收入：5万元"
    back = written(read(data))["funds_breakdown"]
    assert back[2]["by_income"] == "政府性基金拨款："
    assert back[5] == {"by_income": "上级补助收入：5万元"}


def test_3_a_form_without_a_split_keeps_that_of_a_file():
    data = original(PROJECT)
    data["funds_breakdown"] = original(HUNAN_FORM)["funds_breakdown"]
    assert written(read(data))["funds_breakdown"] == data["funds_breakdown"]


# --- 4: given texts

GIVEN = {
    "title": "title",
    "total": "total",
    "fields.indicator block label": "block_label",
    "funds.0.weight": "funds.total.weight",
    "funds.0.rate": "funds.total.rate",
    "funds.0.score": "funds.total.score",
    "funds.0.label": "funds.total.label",  # whatever it is called, the first row is the scored one
    "goals.0.label": "g1.label",
    "indicators.0.level1_weight": "i1.level1_weight",
}


@pytest.mark.parametrize("path", GIVEN)
def test_4_given_texts_are_kept_apart_and_written_back(path):
    answers = read(with_value(original(PROJECT), path, "原表"))
    assert answers.given[GIVEN[path]] == "原表"
    assert "原表" not in answers.texts.values()
    assert dict(leaves(written(answers)))[path] == "原表"


def test_4_weights_and_scores_of_other_fund_rows_are_texts_of_the_clerk():
    answers = read(original("yueyang_2023_project_03_guihua"))
    assert answers.text("funds.fiscal.score") == "10"
    assert "funds.fiscal.score" not in answers.given


def test_4_the_repeated_goal_gives_way_to_the_goal_but_is_not_lost():
    data = original("qiaokou_xiaoxue_2020_department")
    assert data["form"] == WUHAN_2020
    data["fields"]["年度目标"] = "旧目标"
    assert read(data).text("g1.text") == data["goals"][0]["text"]
    data["goals"][0]["text"] = ""
    assert read(data).text("g1.text") == "旧目标"
    data["goals"] = []
    assert read(data).goals == ("g1",)
    assert read(data).text("g1.text") == "旧目标"


# --- 5: refusals


def with_value(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the data with another value at "indicators.0.name"."""
    data = deepcopy(data)
    *way, last = path.split(".")
    at: Any = data
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    at[int(last) if isinstance(at, list) else last] = value
    return data


WRONG = [
    ("schema", "ziping.form/2", "ziping.form/2"),  # a newer version
    ("schema", None, "文件格式"),
    ("schema", ["ziping.form/1"], "文件格式"),
    ("form", "mars-2025", "mars-2025"),
    ("form", 5, "“form”"),
    ("form", None, "“form”"),
    ("year", None, "“year”"),
    ("year", "2022", "“year”"),  # the one number that is a number
    ("year", 2022.0, "“year”"),
    ("year", True, "“year”"),
    ("year", 22, "“year”"),
    ("year", 20222, "“year”"),
    ("unit", 5, "“unit”应为文字"),
    ("title", ["2022"], "“title”应为文字"),
    ("total", 98.5, "“total”应为文字"),
    ("fields", [], "“fields”"),
    ("fields", "无", "“fields”"),
    ("fields.项目名称", 5, "“项目名称”应为文字"),
    ("fields.项目名称", ["运维"], "“项目名称”应为文字"),
    ("fields.项目类别", [5], "“项目类别”应为文字"),
    ("fields.项目类别", {"1": True}, "“项目类别”应为文字"),
    ("fields.填报 日期", "2023", "“填报 日期”写了两次"),  # the same caption but for a blank
    ("funds", {}, "“funds”"),
    ("funds", ["98"], "“funds”"),
    ("funds.0.label", 5, "“funds 第 1 行 label”"),
    ("funds.0.budget", 98, "“年度财政资金总额 budget”"),
    ("funds.0.executed", True, "“年度财政资金总额 executed”"),
    ("funds.0.score", 20, "“年度财政资金总额 score”"),
    ("goals", "目标", "“goals”"),
    ("goals.0", None, "“goals”"),
    ("goals.0.label", 1, "“目标 1 label”"),
    ("goals.1.points", 50, "“目标 2 points”"),
    ("goals.0.text", ["一"], "“目标 1 text”"),
    ("indicators", {}, "“indicators”"),
    ("indicators.0", "一", "“indicators”"),
    ("indicators.0.name", 5, "“第 1 行指标 name”"),
    ("indicators.2.score", 4, "“第 3 行指标 score”"),
    ("indicators.0.target", {"min": 1}, "“第 1 行指标 target”"),
    ("indicators.0.level1_weight", 40, "“第 1 行指标 level1_weight”"),
    ("indicators.0.goal", "1", "“第 1 行指标 goal”"),
    ("indicators.0.goal", 1.0, "“第 1 行指标 goal”"),
    ("indicators.0.goal", True, "“第 1 行指标 goal”"),
    ("indicators.0.goal", 0, "第 0 个目标不存在"),
    ("indicators.0.goal", 3, "第 3 个目标不存在"),  # there are two
    ("indicators.0.goal", 10**30, "个目标不存在"),
    ("indicators.0.direction", ">", "“第 1 行指标 direction”"),
    ("indicators.0.direction", ["≥"], "“第 1 行指标 direction”"),
    ("indicators.0.level", 1, "“第 1 行指标 level”"),
    ("indicators.0.core", "true", "“第 1 行指标 core”"),
    ("indicators.0.core", 1, "“第 1 行指标 core”"),
    ("deviation_analysis", 5, "“deviation_analysis”"),
    ("improvement", [], "“improvement”"),
    ("footnotes", "备注", "“footnotes”"),
    ("footnotes", [5], "“footnotes”"),
    ("signatures", [], "“signatures”"),
    # half of a surrogate pair is no character
    ("unit", "\ud83d", "“unit”里有残缺的字符"),
    ("indicators.0.name", "指标\udc00", "“第 1 行指标 name”里有残缺的字符"),
    ("fields.新栏目", "\ud800", "“新栏目”里有残缺的字符"),
    ("indicators.0.新", {"\ud800": 1}, "“新”里有残缺的字符"),
    # unknown entries that could not be written back
    ("新", float("inf"), "“新”里的数太大"),
    ("新", [[float("nan")]], "“新”里的数太大"),
]


@pytest.mark.parametrize(("path", "value", "words"), WRONG, ids=[f"{p}={v!r}" for p, v, _ in WRONG])
def test_5_a_wrong_entry_is_refused_and_named(path, value, words):
    with pytest.raises(UserError) as refusal:
        read(with_value(original(PROJECT), path, value))
    assert words in refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("funds_breakdown", "无"),
        ("funds_breakdown", ["无"]),
        ("funds_breakdown.1.by_income", 1463.31),
        ("goals.0.expected", 5),
        ("signatures.填表人", 5),
    ],
)
def test_5_a_wrong_entry_of_the_hunan_form_is_refused(path, value):
    with pytest.raises(UserError):
        read(with_value(original(HUNAN_FORM), path, value))


@pytest.mark.parametrize("name", ["funds", "goals", "indicators"])
def test_5_more_than_5000_rows_are_refused(name):
    data = original(PROJECT)
    data["indicators"] = [{"name": "指标"}]
    data[name] = [{"label": f"第{n}行"} for n in range(5001)]
    with pytest.raises(UserError, match="5001 行，超过 5000 行"):
        read(data)
    data[name].pop()
    assert read(data)


def test_5_a_fund_row_that_stands_there_twice_is_refused():
    data = original("yueyang_2023_project_01_gaosan")
    data["funds"].append(dict(data["funds"][2]))
    with pytest.raises(UserError, match="“上年结转资金”写了两次"):
        read(data)


def test_5_entries_that_are_absent_or_null_are_empty():
    data = {"schema": "ziping.form/1", "form": WUHAN_2020, "year": 2022}
    absent = read(data)
    assert absent.texts == {"year": "2022"}
    names = "unit title total fields funds funds_breakdown goals indicators deviation_analysis improvement"
    assert read({**data, **dict.fromkeys([*names.split(), "footnotes", "signatures"])}) == absent


BROKEN = [
    (b"", "不是完整的 JSON"),
    (b"{", "不是完整的 JSON，第 1 行第 2 列"),
    (b'{"schema": "ziping.form/1",\n "year": }', "第 2 行第 10 列"),
    (b'{"a": 1} x', "不是完整的 JSON"),
    (b'{"a": NaN}', "不是完整的 JSON"),
    (b'{"a": Infinity}', "不是完整的 JSON"),
    (b'{"a": -Infinity}', "不是完整的 JSON"),
    (b'{"a": ' + b"9" * 5000 + b"}", "不是完整的 JSON"),
    (b'{"a": ' * 100_000, "不是完整的 JSON"),  # deeper than any form
    (b"[" * 100_000, "不是完整的 JSON"),
    ('{"单位": "硚口"}'.encode("gb18030"), "不是 UTF-8"),
    ('{"单位": "硚口"}'.encode("utf-16"), "不是 UTF-8"),
    (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff", "这是压缩包，不是交换文件"),
    (b"PK\x03\x04\x14\x00 xl/workbook.xml \xff", "这是 Excel 工作簿（.xlsx），不是交换文件"),
    (b"PK\x03\x04\x14\x00 word/document.xml \xff", "这是 Word 文档（.docx）"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "这是旧版 Excel 或 Word 文件（.xls、.et、.doc、.wps）"),
    (b"%PDF-1.7 \xe2\xe3", "这是 PDF 文件，不是交换文件"),
    (b"[]", "不是一张表"),
    (b'"text"', "不是一张表"),
    (b"null", "不是一张表"),
    (b'{"unit": "a", "unit": "b"}', "“unit”写了两次"),  # which of the two is meant?
]


@pytest.mark.parametrize(("data", "words"), BROKEN, ids=[words + str(d[:12]) for d, words in BROKEN])
def test_5_what_is_no_exchange_file_is_refused(data, words):
    with pytest.raises(UserError) as refusal:
        decode(data)
    assert words in refusal.value.message
    assert refusal.value.hint


def test_5_unknown_entries_may_be_50_levels_deep():
    def nested(levels: int) -> Any:
        return [nested(levels - 1)] if levels else 1

    data = original(PROJECT)
    assert written(read({**data, "新": nested(49)}))["新"] == nested(49)
    with pytest.raises(UserError, match="“新”一层套一层，超过 50 层"):
        read({**data, "新": nested(500)})


def test_5_a_number_too_large_to_be_written_back_is_refused():
    data = decode(b'{"schema": "ziping.form/1", "form": "wuhan-department-2020", "year": 2022, "x": 1e999}')
    with pytest.raises(UserError, match="“x”里的数太大"):
        read(data)


def test_5_a_byte_order_mark_is_accepted():
    assert decode(b"\xef\xbb\xbf" + json.dumps(original(PROJECT)).encode()) == original(PROJECT)


def test_5_a_file_over_64_mb_is_refused(monkeypatch, tmp_path):
    assert exchange.MAX_BYTES == 64 * 1024 * 1024
    sparse = tmp_path / "large.json"
    with sparse.open("wb") as file:
        file.truncate(exchange.MAX_BYTES + 1)
    [found] = open_all([sparse], shipped())
    assert "超过 64 MB" in found.error
