"""Finds the editions of the final accounts and the subjects of a year among the folders of a library."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from model.accounts.definition import AccountsDefinition
from model.accounts.edition_toml import read_edition
from model.accounts.rules import BalanceRule, read_rules
from model.accounts.subjects import Subjects, read_subjects
from model.basics.errors import UserError
from model.forms.loader import Library

SUBJECTS, RULES = "subjects", "rules"  # subfolders: the subjects of each year, what must balance
_KINDS_OF_PLACES = re.compile("特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|省|市|区|县|旗")


def edition_ids(library: Library) -> tuple[str, ...]:
    """Return the ids of the editions: those of the user's folder after the shipped ones."""
    return tuple(_paths(library.accounts_folders))


def edition(library: Library, edition_id: str) -> AccountsDefinition:
    """Return an edition, read when it is first wanted; raises UserError naming the known ones."""
    path = _paths(library.accounts_folders).get(edition_id)
    if path is None:
        known = "、".join(edition_ids(library))
        raise UserError(f"没有编号为“{edition_id}”的决算表样。", f"已有的决算表样：{known}。")
    return _edition(path, library.accounts_folders)


def editions(library: Library) -> tuple[AccountsDefinition, ...]:
    """Return all editions; raises UserError for a mistake in one."""
    return tuple(edition(library, found) for found in edition_ids(library))


def edition_for(library: Library, year: str, region: str = "") -> AccountsDefinition:
    """Return the edition for a new document: of the region, else of any, the newest that the year has.

    A region fits as far as its names go: 武汉市, 湖北武汉 and 湖北省武汉市硚口区 are all of 湖北省武汉市.
    """
    known = editions(library)
    near = {found.id: sum(name in region for name in _names_of(found.region)) for found in known}
    of_region = [found for found in known if near[found.id] == max(near.values())]
    fitting = [found for found in of_region if found.year <= year] or of_region
    return max(fitting, key=lambda found: (found.year, -known.index(found)))


def _names_of(region: str) -> list[str]:
    """The names of a region without what they are: 湖北 and 武汉 of 湖北省武汉市."""
    return [name for name in _KINDS_OF_PLACES.split(region) if name]


def subjects_of(library: Library, year: str) -> Subjects:
    """Return the subjects that hold in a year: the last that are not newer, else the first."""
    known = _subjects(library.accounts_folders)
    fitting = [found for first, found in known.items() if first <= year]
    return fitting[-1] if fitting else next(iter(known.values()))


def rules_of(library: Library) -> Mapping[str, BalanceRule]:
    """Return what must balance (勾稽关系) by id; a rule of the user's folder replaces a shipped one."""
    return _rules(library.accounts_folders)


@cache
def _rules(folders: tuple[Path, ...]) -> Mapping[str, BalanceRule]:
    paths = [path for folder in folders for path in sorted((folder / RULES).glob("*.toml"))]
    return MappingProxyType({rule.id: rule for path in paths for rule in read_rules(path)})


@cache
def _paths(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    """The files by the id they are named after; one of a later folder takes the place of one before."""
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    return MappingProxyType(found)


@cache
def _edition(path: Path, folders: tuple[Path, ...]) -> AccountsDefinition:
    found = read_edition(path, _paths(folders))
    if found.id != path.stem:
        raise UserError(f"{path.name}：id：应与文件名相同，是“{found.id}”。", "请更正表样文件。")
    return found


@cache
def _subjects(folders: tuple[Path, ...]) -> Mapping[str, Subjects]:
    read = [read_subjects(path) for folder in folders for path in sorted((folder / SUBJECTS).glob("*.toml"))]
    return {found.year: found for found in sorted(read, key=lambda found: found.year)}
