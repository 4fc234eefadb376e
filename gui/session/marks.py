"""What findings make of a cell and of a form: their severity, in which words, and how many are open."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from model.checks import Finding
from model.checks.open_items import Completeness
from model.document.answers import Address, CellId, FormKey

# By severity, as the icons are named; the clerk's word; the colour of the icon and of figures beside it.
STATES = {
    "error": ("错误", "error", "error"),
    "warning": ("提醒", "warn_icon", "warn"),
    "note": ("提示", "text2", "text2"),
    "answered": ("已说明", "ok", "text2"),
    "gap": ("未填", "text2", "text2"),
    "paper": ("版面", "text2", "text2"),
}
ICONS = {
    "error": "error",
    "warning": "warning",
    "note": "note",
    "answered": "complete",
    "gap": "gap",
    "paper": "page",
}
COUNTED = ("error", "warning")
MARKED = (*COUNTED, "gap")  # what is shown at a cell, the most severe first


class Sign(NamedTuple):
    """How a cell shows where its value comes from: icon, colour, and what that means."""

    icon: str
    token: str
    meaning: str


# Typed values carry no sign, computed ones stand on grey ground. Quiet signs take no room from a text.
ORIGINS = {
    "last": Sign("clock", "text2", "沿用上年，改动后消失。"),
    "imported": Sign("import", "text2", "从文件导入，改动后消失。"),
    "own": Sign("typed-over", "warn_icon", "自己填的得分，与测算分不同。"),
}
QUIET = ("last", "imported")


def icon_of(state: str) -> tuple[str, str]:
    """Return icon and colour of what stands against a cell, or of where its value comes from."""
    return (ICONS[state], STATES[state][1]) if state in STATES else ORIGINS[state][:2]


def meaning_of(origin: str) -> str:
    """Return in words where a value comes from, "" where it was typed."""
    return ORIGINS[origin].meaning if origin else ""


def with_source(words: str, source: str) -> str:
    """Return words about a cell, and the file and place that its text stood in."""
    return "\n".join(filter(None, (words, f"来源：{source}" if source else "")))


class Mark(NamedTuple):
    """What is wrong in a cell: "error", "warning", "gap", or "" where nothing is; with all its findings."""

    state: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """All of it in words, the most severe first; put together only where it is read."""
        in_order = sorted(self.findings, key=lambda finding: list(STATES).index(finding.state))
        return "\n".join(f"{STATES[f.state][0]}：{in_words(f)}" for f in in_order)

    def with_more(self, other: "Mark") -> "Mark":
        """Return what stands against two cells that are shown as one."""
        return _mark(self.findings + other.findings)


NO_MARK = Mark()


class Counts(NamedTuple):
    """How many errors and warnings are open; what is not filled in is counted apart (Completeness)."""

    errors: int = 0
    warnings: int = 0

    @property
    def worst(self) -> str:
        """The most severe of what is open, "" where nothing is."""
        return "error" if self.errors else "warning" if self.warnings else ""

    @property
    def of_worst(self) -> int:
        """How many there are of the most severe."""
        return self.errors or self.warnings

    @property
    def open(self) -> int:
        """How many errors and warnings there are."""
        return self.errors + self.warnings

    @property
    def text(self) -> str:
        """Errors and warnings in words: 2 个错误、1 个提醒."""
        named = ((self.errors, "错误"), (self.warnings, "提醒"))
        return "、".join(f"{count} 个{name}" for count, name in named if count)


NOTHING = Counts()


def count(findings: Iterable[Finding]) -> Counts:
    """Count the errors and warnings that are open."""
    states = [finding.state for finding in findings]
    return Counts(states.count("error"), states.count("warning"))


def by_form(findings: Iterable[Finding]) -> dict[FormKey, tuple[Finding, ...]]:
    """Return findings form by form; what lies between forms belongs where one goes for it."""
    found: dict[FormKey, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.address[0], []).append(finding)
    return {key: tuple(mine) for key, mine in found.items()}


CellMarks = Mapping[CellId, Mark]
_Known = dict[FormKey, tuple[tuple[Finding, ...], CellMarks]]


class Marks:
    """What stands against the cells that findings name, found out form by form, when it is asked for.

    A mark, and all marks of a form, that are as they were `before` are the same ones.
    """

    def __init__(
        self, findings: Mapping[FormKey, tuple[Finding, ...]], before: "Marks | None" = None
    ) -> None:
        self._findings = findings
        self._before: _Known = {**before._before, **before._known} if before else {}
        self._known: _Known = {}

    def of(self, key: FormKey) -> CellMarks:
        """Return what stands against the cells of a form."""
        found = self._known.get(key)
        if found is None:
            mine, before = self._findings.get(key, ()), self._before.get(key, ((), {}))
            found = before if before[0] == mine else (mine, _marks_of(mine, before[1]))
            self._known[key] = found
        return found[1]

    def at(self, address: Address) -> Mark:
        """Return what stands against a cell."""
        return self.of(address[0]).get(address[1], NO_MARK)


def _marks_of(findings: Iterable[Finding], before: CellMarks) -> CellMarks:
    by_cell: dict[CellId, tuple[Finding, ...]] = {}
    for finding in findings:
        cell = finding.address[1]
        by_cell[cell] = (*by_cell[cell], finding) if cell in by_cell else (finding,)
    return {
        cell: mark if (mark := before.get(cell)) and mark.findings == found else _mark(found)
        for cell, found in by_cell.items()
    }


def _mark(findings: tuple[Finding, ...]) -> Mark:
    return Mark(_most_severe(finding.state for finding in findings), findings)


def _most_severe(states: Iterable[str]) -> str:
    found = set(states)
    return next((state for state in MARKED if state in found), "")


def in_words(finding: Finding) -> str:
    """Return a finding in one line, with the answer that holds."""
    answer = f"（已说明：{finding.answer}）" if finding.answer else ""
    return f"{finding.title}。{finding.message}{answer}"


def how_complete(found: Completeness) -> str:
    """Return 完整, or how many required cells are empty."""
    return "完整" if found.is_complete else f"缺 {len(found.missing)} 项"
