"""The check code (design/look/look.md, section 5, Footer).

1. 8 characters, 4-4, Crockford base 32, of SHA-256 over the form as `ziping.form/1` (keys sorted, no blanks,
   without given texts, answers and unknown keys) plus the computed total
2. given texts, answers and unknown keys do not change it
3. whatever the clerk typed does
4. the square says ZP1|code|form id|year|unit|total
"""

import hashlib
import json
import re
from copy import deepcopy
from typing import Any

import pytest

from model.exchange.checkcode import check_code, qr_text
from model.exchange.exchange import read_exchange, write_exchange
from model.forms.loader import shipped
from tests.builders import HUNAN, WUHAN, filled, row
from tests.published import FOLDER, SCORED, form_of, published

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
PROJECT, HUNAN_FORM = "qiaokou_xinxi_2022_project", "yueyang_2023_department"


def original(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def code_of(data: dict[str, Any]) -> str:
    return check_code(form_of(read_exchange(data, shipped())))


# --- 1: the definition, computed here once more


def without_given_texts(data: dict[str, Any]) -> dict[str, Any]:
    """Take away what the README of the design lists as given."""
    data = deepcopy(data)
    for key in ("title", "total", "answers"):
        data.pop(key, None)
    data["fields"].pop("indicator block label", None)
    for key in ("weight", "rate", "score"):
        data["funds"][0].pop(key)
    for goal in data["goals"]:
        goal.pop("label")
    for indicator in data["indicators"]:
        indicator.pop("level1_weight")
    return data


def crockford(data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    return "".join(CROCKFORD[int(bits[n : n + 5], 2)] for n in range(0, len(bits), 5))


@pytest.mark.parametrize("name", SCORED)
def test_1_the_code_is_what_the_guide_defines(name):
    form = published(name)
    known = without_given_texts(
        write_exchange(form.answers, form.definition)
    )  # a published form has no unknown keys
    text = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    total = (
        f"{form.sheet.total:f}".rstrip("0").rstrip(".")
        if "." in f"{form.sheet.total:f}"
        else f"{form.sheet.total}"
    )
    code = crockford(hashlib.sha256((text + total).encode("utf-8")).digest())[:8]
    assert check_code(form) == f"{code[:4]}-{code[4:]}"


@pytest.mark.parametrize("name", SCORED)
def test_1_it_can_be_read_aloud(name):
    assert re.fullmatch(f"[{CROCKFORD}]{{4}}-[{CROCKFORD}]{{4}}", check_code(published(name)))


def test_1_no_two_published_forms_have_the_same_code():
    assert len({check_code(published(name)) for name in SCORED}) == len(SCORED)


# --- 2: what does not change it


@pytest.mark.parametrize(
    "path",
    [
        "title",
        "total",
        "fields.indicator block label",
        "funds.0.weight",
        "funds.0.rate",
        "funds.0.score",
        "goals.0.label",
        "indicators.3.level1_weight",
    ],
)
def test_2_given_texts_do_not_change_the_code(path):
    data = original(PROJECT)
    code = code_of(data)
    *way, last = path.split(".")
    at: Any = data
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = "原表另有说法"
    assert code_of(data) == code


def test_2_answers_and_unknown_keys_do_not_change_the_code():
    data = original(HUNAN_FORM)
    code = code_of(data)
    data["answers"] = [{"code": "total-mismatch", "place": "总分", "text": "已核对"}]
    data["更新时间"] = "2026"
    data["footnotes"] = ["另一条备注"]
    for part in (data["fields"], data["signatures"], data["funds"][0], data["funds_breakdown"][2]):
        part["新"] = 1
    for part in (data["goals"][2], data["indicators"][3]):
        part["新"] = {"内": [None]}
    assert code_of(data) == code
    data["funds"].append({"label": "上级补助"})  # a row of money counts, whatever it is called
    assert code_of(data) != code


def test_2_blanks_in_captions_do_not_change_the_code():
    data = original(HUNAN_FORM)
    code = code_of(data)
    data["funds_breakdown"][1]["by_income"] = "其中：一般公共预算：  1,463.31万元"
    assert code_of(data) == code


# --- 3: what does


@pytest.mark.parametrize("name", [PROJECT, HUNAN_FORM, "qiaokou_xiaoxue_2020_department"])
def test_3_any_typed_text_changes_the_code(name):
    form = published(name)
    codes = {check_code(form)}
    changed = [cell for cell in form.answers.texts if not cell.endswith(".goal")]
    for cell in changed:
        another = "2021" if cell == "year" else form.answers.text(cell) + "改"
        codes.add(check_code(form_of(form.answers.with_text(cell, another))))
    assert len(codes) == 1 + len(changed)


@pytest.mark.parametrize("cell", ["i1.direction", "i1.level", "i1.core", "i1.weight", "i1.goal"])
def test_3_so_does_what_only_the_screen_shows(cell):
    form = filled(WUHAN, row("5次", "5次", "10", "10", goal=1), goals=["50", "30"])
    text = {"i1.direction": "≤", "i1.level": "达成", "i1.core": "true", "i1.goal": "g2"}.get(cell, "11")
    assert check_code(form_of(form.answers.with_text(cell, text))) != check_code(form)


def test_3_so_does_the_order_of_rows():
    one, other = row("5次", "5次", "45", name="甲"), row("5次", "5次", "45", name="乙")
    assert check_code(filled(HUNAN, one, other)) != check_code(filled(HUNAN, other, one))


# --- 4: the square


def test_4_the_square_names_code_form_year_unit_and_total():
    form = published(PROJECT)
    code = check_code(form)
    assert qr_text(form, code) == f"ZP1|{code}|wuhan-project-2022|2022|硚口区教育局信息中心|98.5"


def test_4_without_a_total_its_place_is_empty():
    form = filled(WUHAN, budget="", executed="")
    assert qr_text(form, "0000-0000") == "ZP1|0000-0000|wuhan-department-2022|2025|示例单位|"
