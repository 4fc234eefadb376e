"""Finds the outlines of explanations among the folders of a library."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from model.accounts.accounts import Accounts
from model.basics.errors import UserError
from model.explanation.outline import Outline
from model.explanation.outline_toml import read_explanation
from model.forms.loader import Library

OUTLINES = "outlines"  # the subfolder of the accounts


def outline(library: Library, outline_id: str) -> Outline:
    """Return an outline, read when it is first wanted; raises UserError naming the known ones."""
    paths = _paths(library.accounts_folders)
    if outline_id not in paths:
        raise UserError(f"没有编号为“{outline_id}”的决算公开文本。", f"已有的：{'、'.join(paths)}。")
    return _outline(paths[outline_id])


def outline_of(library: Library | None, accounts: Accounts | None) -> Outline | None:
    """Return the outline of an edition; None where a folder of the user's has none of this name."""
    if library is None or accounts is None:
        return None
    path = _paths(library.accounts_folders).get(accounts.definition.outline)
    return _outline(path) if path else None


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
