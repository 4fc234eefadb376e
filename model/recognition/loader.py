"""Loads what is known of captions and of what tells one form from another: resources/intake/."""

from functools import cache

import resources
from model.forms.toml_table import TomlTable, open_toml
from model.recognition.accounts_words import AccountsWords
from model.recognition.captions import Vocabulary
from model.recognition.evidence import SIGNS, Evidence

GROUPS = (
    *(
        "fields",
        "funds",
        "fund_rows",
        "goals",
        "goal_labels",
        "indicators",
        "indicators_weak",
        "indicators_below",
        "levels",
    ),
    *("items", "shares", "projects", "totals", "labels", "notes", "others", "besides"),
)


@cache
def vocabulary() -> Vocabulary:
    """Return the shipped captions; raises UserError naming the entry that is wrong."""
    top = open_toml(resources.path("intake/captions.toml"))
    groups = {}
    for group in GROUPS:
        table = top.table(group)
        groups[group] = {key: table.texts(key) for key in table.rest()}
    top.done()
    return Vocabulary(groups)


@cache
def evidence() -> dict[str, Evidence]:
    """Return what tells the shipped forms apart; raises UserError naming the entry that is wrong."""
    top = open_toml(resources.path("intake/forms.toml"))
    return {key: _evidence(top.table(key)) for key in top.rest()}


def _evidence(table: TomlTable) -> Evidence:
    found = Evidence(*(_points(table, key) for key in ("captions", "title", "signs")))
    if unknown := [sign for sign in found.signs if sign not in SIGNS]:
        raise table.refuse("signs", f"不认识“{unknown[0]}”")
    table.done()
    return found


def _points(table: TomlTable, key: str) -> dict[str, int]:
    if not table.has(key):
        return {}
    entries = table.table(key)
    return {name: entries.whole(name, 0) for name in entries.rest()}


@cache
def accounts_words() -> AccountsWords:
    """Return what is printed over the figures of final accounts; raises UserError naming a wrong entry."""
    top = open_toml(resources.path("intake/accounts.toml"))
    groups = {}
    for group in top.rest():
        table = top.table(group)
        groups[group] = {key: table.texts(key) for key in table.rest()}
    return AccountsWords(groups)
