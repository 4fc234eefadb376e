"""The judge of recognition: readings held against the right ones in tests/data/intake/expected, key by key.

`python -m tests.judge` prints its table; `python -m tests.judge --write` puts it into docs/intake.md.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from intake.reading import read_bytes
from model.forms.loader import shipped
from model.recognition.found import KNOWN, Found, scalars
from model.recognition.incoming import Incoming
from model.recognition.recognise import Recogniser

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data" / "intake"
FILES, EXPECTED = DATA / "files", DATA / "expected"
UNKNOWN = ()  # files whose layout no shipped form has

COUNTS = ("right", "wrong", "missing", "extra", "wrong under ✓")
_FIGURE = re.compile(
    r"funds(_breakdown)?\[\d+\]\.(?!label|side)|(weight|score|target|actual|share|level1_weight|points)$|^total$"
)
_BEGIN, _END = "<!-- judge: begin -->", "<!-- judge: end -->"


class Fault(NamedTuple):
    """A value that is not as it should be."""

    kind: str  # wrong, missing or extra
    path: str
    read: object
    wanted: object
    sign: str

    @property
    def is_silent(self) -> bool:
        """Whether nothing says that the value is to be looked at."""
        return self.kind != "missing" and self.sign == KNOWN

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure: money, weight, score, total, target, result or share."""
        return bool(_FIGURE.search(self.path))


class Verdict(NamedTuple):
    """What became of the values of some forms: how many were right, and each that was not."""

    right: Counter[str]  # by part of the form
    faults: tuple[Fault, ...]

    @property
    def share(self) -> float:
        """How many of the values that should be there were read right."""
        right = self.right.total()
        wanted = right + sum(fault.kind != "extra" for fault in self.faults)
        return right / wanted if wanted else 1

    @property
    def silent_figures(self) -> list[Fault]:
        """The figures that are wrong without a mark: there must be none."""
        return [fault for fault in self.faults if fault.is_figure and fault.is_silent]

    def __add__(self, other: "Verdict") -> "Verdict":  # type: ignore[override]
        return Verdict(self.right + other.right, self.faults + other.faults)

    def counts(self, part: str | None = None) -> tuple[int, ...]:
        """Return right, wrong, missing, extra and wrong under ✓, of one part or of all."""
        faults = [fault for fault in self.faults if part in (None, part_of(fault.path))]
        kinds = Counter(fault.kind for fault in faults)
        right = self.right.total() if part is None else self.right[part]
        silent = sum(fault.is_silent for fault in faults)
        return (right, kinds["wrong"], kinds["missing"], kinds["extra"], silent)


NOTHING = Verdict(Counter(), ())


def part_of(path: str) -> str:
    """The part of a form that a path belongs to: indicators[3].target is indicators.target."""
    found = re.sub(r"\[\d+\]", "", path)
    return found if found.startswith(("indicators", "funds.", "goals")) else found.partition(".")[0]


def judge(read: Mapping[str, Any], wanted: Mapping[str, Any], signs: Mapping[str, str]) -> Verdict:
    """Hold a form against its right reading; an empty text is no value."""
    found, right = _values(read), _values(wanted)
    faults = [
        Fault(
            _kind(found.get(path), right.get(path)),
            path,
            found.get(path),
            right.get(path),
            signs.get(path, KNOWN),
        )
        for path in sorted({*found, *right})
        if found.get(path) != right.get(path)
    ]
    same = Counter(part_of(path) for path in right if found.get(path) == right[path])
    return Verdict(same, tuple(faults))


def _values(form: Mapping[str, Any]) -> dict[str, object]:
    return {path: value for path, value in scalars(form) if value != ""}


def _kind(read: object, wanted: object) -> str:
    return "missing" if read is None else "extra" if wanted is None else "wrong"


def judge_forms(found: Sequence[Found], wanted: Sequence[Mapping[str, Any]]) -> Verdict:
    """Hold the forms of a file against the right ones in order; one that is not there is missing."""
    total = NOTHING
    for number in range(max(len(found), len(wanted))):
        read = found[number] if number < len(found) else None
        signs = {path: mark.sign for path, mark in read.marks.items()} if read else {}
        right = wanted[number] if number < len(wanted) else {}
        total += judge(read.data if read else {}, right, signs)
    return total


# --- files


def names() -> list[str]:
    """The files that have a right reading."""
    return sorted(path.name for path in FILES.iterdir())


def wanted_of(name: str) -> list[dict[str, Any]]:
    """The right forms of a file."""
    found: list[dict[str, Any]] = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))["forms"]
    return found


def read(name: str) -> Incoming:
    """What the readers make of a file."""
    return read_bytes(name, (FILES / name).read_bytes())


def forms_of(incoming: Incoming) -> list[Found]:
    """The forms that an import offers: filled in, and in sight."""
    found = Recogniser(shipped().forms).forms(incoming.sheets)
    return [form for form in found if not form.is_blank and not form.hidden]


def verdicts() -> Iterator[tuple[str, Verdict | None]]:
    """Yield the files with what became of them; None for one that cannot be read."""
    for name in names():
        incoming = read(name)
        yield name, None if incoming.refused else judge_forms(forms_of(incoming), wanted_of(name))


def table(found: Iterable[tuple[str, Verdict | None]]) -> list[str]:
    """Return the lines of a table: a line a file, then a line a part of all files together."""
    found = list(found)
    known = [verdict for _, verdict in found if verdict]
    total = sum(known, NOTHING)
    lines = [_line("file or part", COUNTS), _line("---", ["---:"] * len(COUNTS))]
    for name, verdict in found:
        lines.append(_line(name, verdict.counts() if verdict else ("not read", "", "", "", "")))
    parts = sorted({*total.right, *(part_of(fault.path) for fault in total.faults)})
    lines += [_line(f"*{part}*", total.counts(part)) for part in parts]
    return [*lines, _line("**all**", total.counts())]


def _line(name: str, cells: Iterable[object]) -> str:
    return " | ".join(["", name, *map(str, cells), ""]).strip()


def main() -> None:
    """Print the table, and each fault; with --write put the table into docs/intake.md."""
    found = list(verdicts())
    lines = table(found)
    print("\n".join(lines))
    for name, verdict in found:
        for fault in verdict.faults if verdict else ():
            print(name, *fault)
    if "--write" in sys.argv:
        path = ROOT / "docs" / "intake.md"
        before, _, rest = path.read_text("utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        path.write_text("\n".join([before + _BEGIN, "", *lines, "", _END + after]), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
