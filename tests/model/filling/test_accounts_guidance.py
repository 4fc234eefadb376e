"""填写说明 of the final accounts: every kind of cell of every edition has a text, the nearest fits."""

import pytest

from model.accounts.loader import editions
from model.explanation.slots import REASONS
from model.filling.accounts_guidance import advice_of_accounts
from model.forms.loader import shipped
from tests.explained import shipped_outline
from tests.final_accounts import QIAOKOU_ITEMS, typed_accounts

EDITIONS = [edition.id for edition in editions(shipped())]


def accounts_of(edition):
    return typed_accounts(QIAOKOU_ITEMS, edition_id=edition)


def cells_of(accounts):
    """Every cell that the cursor can stand on."""
    definition = accounts.definition
    yield from definition.fields
    yield from definition.made
    for column in ("code", "name", "budget", "full", "use", "reason", *definition.typed_columns):
        yield f"s1.{column}"
    for _, part in shipped_outline(definition.outline).parts():
        yield f"text.{part.id}"
    yield from ("name.205", "unit", "s.all.budget", "s.205.budget", "s.2050199.budget")
    yield from ("class_use.205", "explain.2050199", "result.p1", "works_note", "t3.all.total")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_has_a_text_with_its_source(edition):
    accounts = accounts_of(edition)
    for cell in cells_of(accounts):
        found = advice_of_accounts(shipped(), accounts, cell)
        assert found is not None, cell
        assert found.source, cell
        assert "{" not in found.source


def test_a_computed_figure_is_not_to_be_typed():
    accounts = accounts_of("wuhan-2022")
    assert "程序算出" in advice_of_accounts(shipped(), accounts, "t3.205.basic").how
    assert "决算数" in advice_of_accounts(shipped(), accounts, "t3.2050199.basic").how
    assert "程序算出" in advice_of_accounts(shipped(), accounts, "t6.301").how
    assert "经济分类" in advice_of_accounts(shipped(), accounts, "t6.30101").how


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_say_when_they_are_wanted(reason):
    assert "相同的不写" in advice_of_accounts(shipped(), accounts_of("wuhan-2022"), reason).how


def test_a_cell_of_nothing_has_none():
    assert advice_of_accounts(shipped(), accounts_of("wuhan-2022"), "nothing") is None
