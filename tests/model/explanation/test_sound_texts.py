"""What the program writes about random sound accounts of every edition has no slip, glossary included."""

import random

import pytest

from model.explanation.explanation import WANTED, explain
from model.explanation.glossary import terms
from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from model.explanation.loader import outline_for
from model.explanation.written import written
from model.forms.loader import shipped
from tests.final_accounts import read
from tests.sound_accounts import exact, sound

_COUNTS = ("cars_kept", "reception_times", "reception_people", "equipment", "cars_other")
_NONE = ("office", "buy_works", "car_purchased", "abroad_groups", "abroad_people")
_REASONS = ("total_reason", "sg_reason", "office_reason", "general_gap_reason")


def explained(seed, answers):
    """The accounts with budgets, last year and all that a clerk types beside them."""
    dice, scale = random.Random(seed), 10_000 if answers.text("money_unit") == "元" else 1
    cells = {"buy_goods": "1", "buy_services": "3", "sme": "2", "micro": "1"}
    cells |= {f"cars_{kind}": "0" for kind in "leader chief secret emergency law special retired".split()}
    cells |= dict.fromkeys(_COUNTS, "3") | dict.fromkeys(_NONE, "0") | dict.fromkeys(_REASONS, "人员变动")
    last = str(dice.randint(100, 9000) * scale)
    names = ("total", "grant", "general", "general_income", "fund_income", "office")
    cells |= {f"last.{name}": last for name in names}
    for row in answers.rows["subjects"]:
        cells |= {f"{row}.budget": str(dice.randint(0, 900) * scale)}
        cells |= {f"{row}.reason": "人员变动", f"{row}.use": "日常"}
    return read(answers.with_texts(cells))


@pytest.mark.parametrize("make", [sound, exact])
@pytest.mark.parametrize("seed", range(12))
def test_what_the_program_writes_has_no_slip(make, seed):
    accounts = explained(seed, make(seed))
    outline = outline_for(shipped(), accounts.definition)
    paragraphs = [text.replace(WANTED, "待写") for text in written(explain(accounts, outline)).paragraphs]
    glossary = ["第五部分 名词解释", *(term.line for term in terms(accounts, outline))]
    assert hold([*paragraphs, *glossary], Facts(accounts, outline)) == ()
