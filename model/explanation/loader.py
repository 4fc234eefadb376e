"""Finds the outlines of explanations among the folders of a library."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from model.accounts.accounts import Accounts
from model.accounts.definition import AccountsDefinition
from model.basics.errors import UserError
from model.explanation.outline import Outline, Part
from model.explanation.outline_toml import read_explanation
from model.explanation.values import FIELDS
from model.forms.loader import Library
from model.report.narrative import names_in

OUTLINES = "outlines"  # the subfolder of the accounts


def outline(library: Library, outline_id: str) -> Outline:
    """Return an outline, read when it is first wanted; raises UserError naming the known ones."""
    paths = _paths(library.accounts_folders)
    if outline_id not in paths:
        raise UserError(f"没有编号为“{outline_id}”的决算公开文本。", f"已有的：{'、'.join(paths)}。")
    return _outline(paths[outline_id])


def outline_of(library: Library | None, accounts: Accounts | None) -> Outline | None:
    """Return the outline of an edition; None where a folder of the user's has none of this name. Raises
    UserError where the outline wants what the edition has no field for."""
    return outline_for(library, accounts.definition) if library and accounts else None


def outline_for(library: Library, edition: AccountsDefinition) -> Outline | None:
    """Return the outline of an edition, as `outline_of` does."""
    path = _paths(library.accounts_folders).get(edition.outline)
    return _fitting(path, edition) if path else None


@cache
def _fitting(path: Path, edition: AccountsDefinition) -> Outline:
    found = _outline(path)
    for section, part in found.parts():
        if lacking := sorted(_wanted(part) - edition.fields.keys()):
            place = f"{path.name}：{section.headings[0]} · {part.id}"
            said = f"{place}：决算表样“{edition.id}”里没有可以填“{'”“'.join(lacking)}”的地方。"
            raise UserError(said, "请更正文本文件，或在决算表样里增加这一格。")
    return found


def _wanted(part: Part) -> set[str]:
    """The fields that a part is filled from."""
    patterns = (*(one.text for one in part.patterns), part.head, part.item)
    names = {name for text in patterns for name in names_in(text)} | {slot for _, slot in part.items}
    names |= {part.when, part.of, *(one.when for one in part.patterns)}
    return (names & FIELDS) | ({part.field} if part.field else set())


def outlines(library: Library) -> tuple[Outline, ...]:
    """Return all outlines; raises UserError for a mistake in one."""
    return tuple(_outline(path) for path in _paths(library.accounts_folders).values())


@cache
def _paths(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    return {path.stem: path for folder in folders for path in sorted((folder / OUTLINES).glob("*.toml"))}


@cache
def _outline(path: Path) -> Outline:
    found = read_explanation(path)
    if found.id != path.stem:
        raise UserError(f"{path.name}：id：应与文件名相同，是“{found.id}”。", "请更正表样文件。")
    return found
