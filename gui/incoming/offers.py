"""What some files hold, form by form, and which of it the clerk takes; knows no widget."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from model.accounts.loader import edition
from model.basics.errors import UserError
from model.document.answers import Address, FormKey
from model.exchange.gather import Named
from model.filling.purposes import Purpose
from model.forms.loader import Library
from model.recognition.accounts import AccountsFound
from model.recognition.examine import Examined, named_forms
from model.recognition.found import Found, scalars
from model.recognition.lists import Listing
from model.recognition.specified import specified

_PROJECT = re.compile("项目.*名称")


Already = Literal["empty", "file", "each"]
ALREADY: Mapping[Already, str] = {"empty": "只填空格", "file": "采用文件的", "each": "逐格选"}
NEW_FORM: FormKey = ""


@dataclass(frozen=True)
class Use:
    """What the clerk has said about an offer; `into` is the form it goes to, NEW_FORM for one more.

    `already` says what holds where something stands. `chosen` are the cells whose text the file gives, cell
    by cell; `pairs` are the forms that rows of a list of amounts go to, where that is not as proposed.
    """

    purpose: Purpose = "this"
    into: FormKey = NEW_FORM
    already: Already = "empty"
    chosen: frozenset[Address] = frozenset()
    pairs: Mapping[int, FormKey] = field(default_factory=dict)


class What(NamedTuple):
    """A form, final accounts or a list of a file: `data` is what it is made of."""

    kind: str  # form, other, own, own_accounts, accounts, list, strange (a layout that is not known)
    data: Any


@dataclass(frozen=True)
class Offer:
    """Something that a file holds: whether it can be taken, and whether it is; both settle in `taken`."""

    file: Examined
    what: What
    is_taken: bool
    use: Use | None = None  # where it can go into an open document

    @property
    def found(self) -> Found | None:
        """The form that was recognised, if it is one."""
        return self.what.data if isinstance(self.what.data, Found) else None

    @property
    def accounts(self) -> AccountsFound | None:
        """The final accounts that were recognised, if it is these."""
        return self.what.data if isinstance(self.what.data, AccountsFound) else None

    @property
    def can_be_taken(self) -> bool:
        """A list of projects and a blank form only tell what the file is; amounts go into open forms."""
        found = self.found
        if self.what.kind in ("list", "strange"):
            return self.use is not None
        return not (found is not None and found.is_blank)

    @property
    def entries(self) -> Mapping[str, Any]:
        """What it holds as an entry of an exchange file; nothing of a list."""
        data = self.what.data
        if data is None or isinstance(data, Listing):
            return {}
        entries: Mapping[str, Any] = data.data if isinstance(data, Found | AccountsFound) else data[0]
        return entries

    @property
    def sheet(self) -> str:
        """The part of the file that it stands on, "" where that does not matter."""
        data = self.what.data
        return data.sheet if isinstance(data, Found | Listing) else ""

    @property
    def wants_explaining(self) -> bool:
        """Whether its layout is to be explained: no form was found, or columns have no home in it."""
        found = self.found
        return self.what.kind == "strange" or (
            found is not None and (not found.data["form"] or bool(found.kept))
        )

    @property
    def missing(self) -> str:
        """What the clerk must say before it can be taken: "form", "year", both ("form year") or nothing."""
        data = self.what.data
        if isinstance(data, Found):
            return " ".join(key for key in ("form", "year") if not data.data[key])
        return "year" if isinstance(data, AccountsFound) and not data.data["year"] else ""

    def specified(self, form: str = "", year: int = 0, unit: str = "", is_guess: bool = False) -> "Offer":
        """Return the offer with what the clerk says about it: what kind of form, of which year, in which unit
        its money stands."""
        data = self.what.data
        if isinstance(data, Found):
            return replace(self, what=self.what._replace(data=specified(data, form, year, unit, is_guess)))
        assert isinstance(data, AccountsFound)
        entries = dict(data.data)
        entries["form"] = form or entries.get("form")
        entries["year"] = year or entries["year"]
        return replace(self, what=self.what._replace(data=data._replace(data=entries)))

    @property
    def name(self) -> str:
        """What it is called: the project, the unit, the name of the sheet."""
        data = self.what.data
        if isinstance(data, Listing):
            return data.sheet
        entries = self.entries
        fields = entries.get("fields", {})
        projects = (value for caption, value in fields.items() if value and _PROJECT.search(caption))
        return str(next(projects, "") or self.sheet or entries.get("unit") or self.file.path.stem)

    def kind(self, library: Library) -> str:
        """What it is, in words."""
        data = self.what.data
        if data is None:
            return "这个版式还不认识，可以说明各栏是什么。"
        if isinstance(data, Listing):
            worth = "，可以只取金额" if data.kind == "amounts" else "，可以只取目标和指标"
            return f"名单（{len(data.projects)} 个项目）{worth if self.use else '，不是自评表'}"
        if isinstance(data, AccountsFound):
            return f"{edition(library, data.data['edition']).name} · {data.data['year'] or '没有写明年度'}"
        if not isinstance(data, Found):
            entry = data[0]
            return f"{entry.get('title') or '部门决算'} · {entry.get('year') or '没有写明年度'}"
        if data.is_blank:
            return "空白表，还没有填写。"
        form = library.form(data.data["form"]).name if data.data["form"] else "这个版式还不认识"
        hidden = " · 隐藏的工作表" if data.hidden else ""
        return f"{form} · {data.data['year'] or '没有写明年度'}{hidden}"

    @property
    def to_check(self) -> int:
        """How many values are to be looked at."""
        data = self.what.data
        if isinstance(data, Found | AccountsFound):
            paths = [path for path, value in scalars(data.data) if value != "" and path in data.places]
            return sum(data.sign(path) in "!✕" for path in paths)
        return 0


def offers_of(file: Examined) -> Iterator[Offer]:
    """Yield what a file holds; the forms on sight are taken, what is hidden or blank only offered."""
    for kind, entries in (
        ("form", file.forms),
        ("own", file.own),
        ("accounts", (file.accounts,) if file.accounts else ()),
        ("own_accounts", file.own_accounts),
        ("other", file.others),
        ("list", file.lists),
        ("strange", (None,) if file.is_strange else ()),
    ):
        for data in entries:
            yield Offer(file, What(kind, data), kind not in ("other", "list", "strange"))


def taken(offers: Iterable[Offer], library: Library) -> tuple[list[Named], list[tuple[str, UserError]]]:
    """Return the forms that are taken, each with the name of its file, and why some cannot be."""
    forms: list[Named] = []
    refused: list[tuple[str, UserError]] = []
    for offer in offers:
        if offer.is_taken and offer.can_be_taken:
            for name, form in named_forms(_only(offer), library):
                if isinstance(form, UserError):
                    refused.append((name, form))
                else:
                    forms.append((name, form))
    return forms, refused


def _only(offer: Offer) -> Examined:
    """The file with nothing in it but the offer."""
    empty = offer.file._replace(forms=(), others=(), own=(), own_accounts=(), lists=(), accounts=None)
    data = offer.what.data
    match offer.what.kind:
        case "own":
            return empty._replace(own=(data,))
        case "own_accounts":
            return empty._replace(own_accounts=(data,))
        case "accounts":
            return empty._replace(accounts=data)
    return empty._replace(forms=(data,))
