"""The next step for who wants to be led: unit, money, goals, results, report, errors, handing in."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gui.session.names import ACCOUNTS_NAME, form_name
from gui.session.places import BASICS, BUDGET, INDICATORS, Places
from gui.session.session import Session
from model.checks.open_items import Open
from model.document.answers import ACCOUNTS, Address, FormKey

UNIT, MONEY, GOALS, RESULTS, REPORT = range(5)
_SAID = ("填单位和基本情况", "填预算和执行数", "填目标和指标", "填完成情况", "写报告和说明")
_OF_RESULTS = ("actual", "score", "level", "reason", "weight")  # points are wanted once there is a result


class Step(NamedTuple):
    """What is to be done next, in words; where: a cell, "" for the page of handing in."""

    said: str
    address: Address | None

    @property
    def is_last(self) -> bool:
        """Whether nothing is left but to hand in."""
        return self.address is None


def next_step(session: Session) -> Step:
    """Return the first thing that is open, in the order of work; only then comes what the checks found."""
    items = session.snapshot.open
    places = {key: Places(form, session.library) for key, form in session.snapshot.forms.items()}
    gaps = [(stage_of(places, item.address), item) for item in items if item.severity == "gap"]
    if gaps:
        first = min(stage for stage, _ in gaps)
        return _filling(session, places, first, [item for stage, item in gaps if stage == first])
    errors = [item for item in items if item.severity == "error"]
    if errors:
        return Step(f"下一步：改正 {len(errors)} 处错误", errors[0].address)
    return Step("下一步：交稿", None)


def _filling(session: Session, places: Mapping[FormKey, Places], stage: int, gaps: Iterable[Open]) -> Step:
    order = list(session.answers.forms)

    def at(item: Open) -> tuple[object, ...]:
        key, cell = item.address
        return order.index(key), *(places[key].on_paper(cell) if key in places else ())

    address = min(gaps, key=at).address
    form = session.snapshot.forms.get(address[0])
    name = form_name(form) if form is not None else ACCOUNTS_NAME
    return Step(f"下一步：{_SAID[stage]}（{name}）", address)


def stage_of(places: Mapping[FormKey, Places], address: Address) -> int:
    """Return in which step of the work a cell is filled in."""
    key, cell = address
    if key == ACCOUNTS or key not in places:
        return REPORT
    tab, column = places[key].tab(cell), cell.rpartition(".")[2]
    if places[key].on_paper(cell)[0]:
        return REPORT
    if tab == INDICATORS:
        return RESULTS if column in _OF_RESULTS else GOALS
    return {BASICS: UNIT, BUDGET: MONEY}.get(tab, REPORT)
