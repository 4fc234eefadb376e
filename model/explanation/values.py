"""What the sentences of an explanation are filled with: figures of the tables, by the name of the slot.

A figure is rounded half up from what stands in the tables, as a reader will compute it again. A quotient of
nothing is not known. What is blank is 0 where its table is filled in; else nobody knows it yet.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.definition import EconomicTable
from model.accounts.items import EXPENSES
from model.basics import number
from model.basics.amount import Amount
from model.explanation.outline import Outline
from model.explanation.slots import REASONS
from model.reading.reading import Form

YES = "是"
STAFF = ("301", "303")  # 工资福利支出, 对个人和家庭的补助
CARS = "leader chief secret emergency law special retired other".split()
AMOUNTS = {  # slots that are a cell of a table
    "total": "t1.in.total",
    "income": "t2.all.total",
    "fiscal": "t2.all.fiscal",
    "superior": "t2.all.superior",
    "business": "t2.all.business",
    "operating_in": "t2.all.operating",
    "subsidiary": "t2.all.subsidiary",
    "other": "t2.all.other",
    "spending": "t3.all.total",
    "basic": "t3.all.basic",
    "project": "t3.all.project",
    "to_superior": "t3.all.to_superior",
    "operating_out": "t3.all.operating",
    "to_subsidiary": "t3.all.to_subsidiary",
    "grant": "t4.in.total",
    "general_income": "t4.in.general",
    "fund_income": "t4.in.fund",
    "capital_income": "t4.in.capital",
    "general": "t5.all.total",
    "general_basic": "t5.all.basic",
    "general_project": "t5.all.project",
    "staff": "t6.staff",
    "running": "t6.running",
    "fund_opening": "t7.all.opening",
    "fund_spending": "t7.all.spending",
    "fund_closing": "t7.all.closing",
    "capital_spending": "t8.all.total",
    "sg_budget": "t9.budget.total",
    "sg_final": "t9.final.total",
    "abroad_budget": "t9.budget.abroad",
    "abroad_final": "t9.final.abroad",
    "car_budget": "t9.budget.car",
    "car_final": "t9.final.car",
    "car_purchase": "t9.final.car_purchase",
    "car_running": "t9.final.car_running",
    "reception_budget": "t9.budget.reception",
    "reception_final": "t9.final.reception",
}
_FIELD_AMOUNTS = (
    "general_full office buy_goods buy_works buy_services sme micro reception_foreign sme_reserved"
    " micro_reserved sme_won micro_won sme_other".split()
)
_COUNTS = (
    "abroad_groups abroad_people car_purchased cars_kept reception_times reception_people foreign_times"
    " foreign_people equipment sub_units staff_on_duty staff_administrative staff_institution staff_retired"
    " staff_left staff_pensioned staff_insured".split()
)
_TEXTS = ("car_use", "reception_use", "phone")
CHANGES = ("total", "grant", "general_income", "fund_income", "capital_income", "general", "office")
DONE = {  # a share that was reached: of what, of which budget
    "sg": ("sg_final", "sg_budget"),
    "abroad": ("abroad_final", "abroad_budget"),
    "car": ("car_final", "car_budget"),
    "reception": ("reception_final", "reception_budget"),
}
FIELDS = frozenset(  # slots that are a field of the edition: without it nobody fills them
    (*_FIELD_AMOUNTS, *_COUNTS, *_TEXTS, *REASONS, *(f"cars_{kind}" for kind in CARS))
)
_KINDS = (("货物", "goods"), ("工程", "works"), ("服务", "services"))

Slots = Mapping[str, str | None]


class Values:
    """Slots of the document, of a class, an item and a project; figures as the outline writes them."""

    def __init__(self, accounts: Accounts, outline: Outline, forms: tuple[Form, ...] = ()) -> None:
        self.accounts, self.outline, self.forms = accounts, outline, forms

    @cached_property
    def is_filled(self) -> bool:
        """Whether the accounts have any figures: else no sentence is made."""
        return any(not self.accounts.is_empty(table) for table in ("t1", "t2", "t3", "t5"))

    # --- figures

    def money(self, name: str) -> Decimal | None:
        """Return a slot that is an amount, in 万元 as it is printed; None where nobody knows it."""
        if name in AMOUNTS:
            return self.cell(AMOUNTS[name])
        if name == "general_budget":
            return self._budget
        if name == "buy":
            return self._sum_of("buy_goods", "buy_works", "buy_services")
        return self._field(name)

    def cell(self, name: str) -> Decimal | None:
        """Return a cell of a table in 万元 as it is printed, 0 where it is blank."""
        return self._printed(self.accounts.amount(name))

    def _printed(self, value: Decimal | None) -> Decimal | None:
        return None if value is None else figures.printed(value, self.accounts.unit)

    def _field(self, name: str) -> Decimal | None:
        return self._printed(self.accounts.field_amount(name))

    def _sum_of(self, *names: str) -> Decimal | None:
        found = [self._field(name) for name in names]
        known = [value for value in found if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(found) else None

    @cached_property
    def _budget(self) -> Decimal | None:
        typed = self._field("general_budget")
        return typed if typed is not None else self._printed(self.accounts.general_budget)

    def last(self, name: str) -> Decimal | None:
        """Return what a slot was last year, in 万元; where grants were general ones alone, others were 0."""
        found = self._field(f"last.{name}")
        if found is None and name in ("fund_income", "capital_income"):
            grant, general = self._field("last.grant"), self._field("last.general_income")
            return Decimal(0) if grant is not None and grant == general else None
        return found

    def show(self, value: Decimal | None) -> str | None:
        """Return an amount as the outline writes it."""
        if value is None:
            return None
        return f"{value:.2f}" if self.outline.amounts == "two-decimals" else number.plain(value)

    def percent(self, part: Decimal | None, whole: Decimal | None) -> str | None:
        """Return a quotient in percent, with all its decimals; None where there is nothing to divide by."""
        if part is None or not whole:
            return None
        places = self.outline.percent_places
        return f"{number.rounded(Fraction(part) / Fraction(whole) * 100, places):.{places}f}"

    # --- slots

    @cached_property
    def document(self) -> Slots:
        """Return the slots of the whole document."""
        year = self.accounts.year
        found: dict[str, str | None] = {
            "year": year,
            "last_year": str(int(year) - 1) if year.isdecimal() else None,
            "unit": self.accounts.name,
        }
        for name in (*AMOUNTS, *_FIELD_AMOUNTS, "general_budget", "buy"):
            found[name] = self.show(self.money(name))
        for name in _COUNTS:
            found[name] = self._text(name)
        for name in _TEXTS:
            found[name] = self._text(name)
        for name in REASONS:
            found[name] = self.reason(name)
        for name in CHANGES:
            found |= self._change(name)
        for more in (self._shares(), self._differences(), self._lists(), self._cars(), self._projects()):
            found |= more
        return found

    def _text(self, name: str) -> str | None:
        return self.accounts.field(name).strip() or None

    def reason(self, name: str) -> str | None:
        """Return a typed reason without its final stop; where there is none, that of a wider sentence."""
        text = self.accounts.field(name).strip()
        if text:
            return text.rstrip("。；;")
        return self.reason(REASONS[name]) if REASONS.get(name) else None

    def _change(self, name: str) -> dict[str, str | None]:
        """What became more or less than last year; neither where it is the same or last year is not known."""
        now, last = self.money(name), self.last(name)
        if now is None or last is None:
            return {}
        return {
            f"{name}_equal": YES if now == last else None,
            f"{name}_rise": self.show(now - last) if now > last else None,
            f"{name}_fall": self.show(last - now) if now < last else None,
            f"{name}_rate": self.percent(abs(now - last), last) if now != last else None,
        }

    def _shares(self) -> dict[str, str | None]:
        found = {f"{name}_done": self.percent(*map(self.money, pair)) for name, pair in DONE.items()}
        kinds = [
            (kind, share)
            for kind, key in _KINDS
            if (share := self.percent(self._field(f"sme_{key}"), self._field(f"buy_{key}"))) is not None
        ]
        clauses = "，".join(
            f"{kind}采购授予中小企业合同金额占{kind}支出金额的{share}%" for kind, share in kinds
        )
        return found | {
            "general_share": self.percent(self.money("general"), self.money("spending")),
            "general_done": self.percent(self.money("general"), self.money("general_budget")),
            "sme_share": self.percent(self.money("sme"), self.money("buy")),
            "micro_share": self.percent(self.money("micro"), self.money("sme")),
            "kind_shares": f"；{clauses}" if clauses else "",
        }

    def _differences(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        found |= self._compared("general", self.money("general"), self.money("general_budget"))
        found |= self._compared("sg", self.money("sg_final"), self.money("sg_budget"))
        any_of = {"fund_any": "t7", "capital_any": "t8", "sg_any": "t9"}
        return found | {
            **{name: YES if not self.accounts.is_empty(table) else None for name, table in any_of.items()},
            "office_any": YES if self.money("office") else None,
            "sub_units_any": YES if (self._text("sub_units") or "0") != "0" else None,
        }

    def _compared(self, name: str, final: Decimal | None, budget: Decimal | None) -> dict[str, str | None]:
        if final is None or budget is None:
            return {}
        return {
            f"{name}_over": YES if final > budget else None,
            f"{name}_under": YES if final < budget else None,
            f"{name}_equal": YES if final == budget else None,
        }

    def _lists(self) -> dict[str, str | None]:
        classes = [self.of_class(code, 0) for code in self.classes]
        return {
            "staff_items": self._economic(lambda code: code.startswith(STAFF)),
            "running_items": self._economic(lambda code: not code.startswith(STAFF)),
            "class_list": "；".join(
                f"{one['class_short']}（类）支出{one['class_amount']}万元，占{one['class_share']}%"
                for one in classes
                if one["class_share"] is not None
            )
            or None,
        }

    def _economic(self, belongs: Callable[[str], bool]) -> str | None:
        """The names of 表6 with an amount, in the order of the table; headings of three digits are none."""
        body = self.accounts.definition.table("t6").body
        rows = body.rows if isinstance(body, EconomicTable) else ()
        of_kind = [row for row in rows if len(row.code) > 3 and belongs(row.code)]
        names = [row.name for row in of_kind if self.cell(row.rule.name)]
        return "、".join(names) or None

    def _cars(self) -> dict[str, str | None]:
        found = {f"cars_{kind}": self._text(f"cars_{kind}") for kind in CARS}
        counts = [number.parse_number(text) if text else None for text in found.values()]
        known = [count for count in counts if count is not None]
        total = number.plain(sum(known, Decimal(0))) if len(known) == len(counts) else None
        return {**found, "cars": total}

    def _projects(self) -> dict[str, str | None]:
        projects = [form for form in self.forms if form.definition.kind == "project"]
        if not projects:
            return {}
        budgets = [self._of_form(form, "budget") for form in projects]
        totals = [form.sheet.total for form in projects]
        scored = [total for total in totals if total is not None]
        whole = len(scored) == len(totals)
        mean = number.rounded(sum(scored, Decimal(0)) / len(scored), 2) if scored and whole else None
        known = [budget for budget in budgets if budget is not None]
        return {
            "self_projects": str(len(projects)),
            "self_amount": self.show(sum(known, Decimal(0))) if len(known) == len(budgets) else None,
            "self_average": number.plain(mean) if mean is not None else None,
        }

    def _of_form(self, form: Form, column: str) -> Decimal | None:
        first = form.sheet.whole
        value: Amount | None = getattr(first, column) if first else None
        return None if value is None else number.rounded(value.to("万元").number, 2)

    # --- classes and items

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Codes of the classes of 表5 in its order."""
        return tuple(code for code in self.accounts.rows.get("t5", ()) if len(code) == 3)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Codes of 表5 that have nothing below them, in its order: its 项."""
        rows = self.accounts.rows.get("t5", ())
        return tuple(code for code in rows if not self.accounts.below("t5", code))

    def of_class(self, code: str, n: int) -> Slots:
        """Return the slots of a class, the n-th."""
        accounts = self.accounts
        name = accounts.subject_name(code)
        amount = self.cell(f"t5.{code}.total")
        budget = self._printed(accounts.value(f"s.{code}.budget"))
        return {
            "n": str(n),
            "first": YES if n == 1 else None,
            "class": name,
            "class_short": name.removesuffix("支出"),
            "class_amount": self.show(amount),
            "class_share": self.percent(amount, self.money("general")),
            "class_use": accounts.answers.text(f"class_use.{code}").strip().rstrip("。") or None,
            "class_reason": accounts.answers.text(f"class_reason.{code}").strip().rstrip("。") or None,
            "class_budget": self.show(budget),
            "class_done": self.percent(amount, budget),
            **self._compared("class", amount, budget),
        }

    def of_item(self, code: str, n: int) -> Slots:
        """Return the slots of an item of 表5, the n-th."""
        accounts = self.accounts
        final = self.cell(f"t5.{code}.total")
        budget = self._printed(accounts.value(f"s.{code}.budget"))
        full = self._printed(accounts.value(f"s.{code}.full"))
        return {
            "n": str(n),
            "class": accounts.subject_name(code[:3]),
            "section": accounts.subject_name(code[:5]) if len(code) > 3 else None,
            "item": accounts.subject_name(code) if len(code) > 5 else None,
            "item_use": self._typed(code, "use"),
            "item_reason": self._typed(code, "reason"),
            "item_budget": self.show(budget),
            "item_full": self.show(full),
            "item_final": self.show(final),
            "item_done": self.percent(final, budget),
            "item_new": YES if budget == 0 and final else None,
            **self._compared("item", final, budget),
        }

    def _typed(self, code: str, column: str) -> str | None:
        rows = self.accounts.leaves.get(code, ())
        texts = (self.accounts.answers.text(f"{row}.{column}").strip() for row in rows)
        return "；".join(text.rstrip("。；") for text in texts if text) or None

    # --- what project money was spent on

    @cached_property
    def projects(self) -> tuple[tuple[str, Slots], ...]:
        """Cell and slots of what project money was spent on: typed rows, else the project forms."""
        answers = self.accounts.answers
        rows = answers.rows.get(EXPENSES, ())
        if rows:
            return tuple((f"{row}.result", self._expense(row)) for row in rows)
        forms = [form for form in self.forms if form.definition.kind == "project"]
        return tuple(
            (
                f"result.{form.key}",
                {
                    "project_name": form.project or None,
                    "project_amount": self.show(self._of_form(form, "executed")),
                    "project_result": answers.text(f"result.{form.key}").strip().rstrip("。；") or None,
                },
            )
            for form in forms
        )

    def _expense(self, row: str) -> Slots:
        answers = self.accounts.answers
        amount = figures.read_amount(answers.text(f"{row}.amount"), self.accounts.unit).value
        return {
            "project_name": answers.text(f"{row}.name").strip() or None,
            "project_amount": self.show(self._printed(amount)),
            "project_result": answers.text(f"{row}.result").strip().rstrip("。；") or None,
        }
