"""The audit: every finding of some documents beside what was printed, with the verdict of who read it."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from export.checking import Checked
from model.checks.finding import Finding
from model.reading.reading import Form

Verdicts = Mapping[tuple[str, str, str, str], tuple[str, str]]  # document, form, code, place: verdict, remark
_HEAD = ("code", "severity", "place", "printed", "found", "verdict", "remark")
UNREAD = "not read"
BETWEEN, ACCOUNTS_NAME = "between the forms", "final accounts"


def read_verdicts(path: Path) -> Verdicts:
    """Return what was written down by hand: a line a finding, six columns between tabs, # begins a remark."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, "excel-tab") if row and not row[0].startswith("#")]
    return {(row[0], row[1], row[2], row[3]): (row[4], row[5] if len(row) > 5 else "") for row in rows}


def as_markdown(files: Sequence[Checked], verdicts: Verdicts) -> Iterator[str]:
    """Yield the lines of the audit: a table a form, one of the findings between forms, and a summary."""
    yield from ("# Audit of the checks", "")
    yield "Made by `main.py audit`. Every finding was read by hand beside the form: *right* or *wrong*."
    for checked in files:
        yield from ("", f"## {checked.opened.unit} {checked.opened.year}", "")
        for form, findings in checked.within:
            yield from _table(checked, _name(form), findings, verdicts)
        if len(checked.within) > 1:
            yield from _table(checked, BETWEEN, checked.between, verdicts)
        if checked.accounts:
            yield from _table(checked, ACCOUNTS_NAME, checked.accounts, verdicts)
    yield from _summary(files)


def _name(form: Form) -> str:
    return form.project or form.definition.name


def _table(checked: Checked, name: str, findings: Sequence[Finding], verdicts: Verdicts) -> Iterator[str]:
    yield from (f"### {name}", "")
    if not findings:
        yield from ("Nothing was found.", "")
        return
    yield _row(_HEAD)
    yield _row(["---"] * len(_HEAD))
    forms = {form.key: form for form, _ in checked.within}
    for finding in findings:
        key = (checked.opened.path.stem, name, finding.code, finding.place)
        verdict = verdicts.get(key, (UNREAD, ""))
        form = forms.get(finding.address[0])
        printed = _printed(form, finding) if form else ""
        yield _row((finding.code, finding.severity, finding.where, printed, finding.message, *verdict))
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _printed(form: Form, finding: Finding) -> str:
    """What stands in the very cell; a sum of weights has none of its own."""
    cell = finding.address[1]
    text = form.answers.given.get(cell) or form.answers.text(cell)
    is_sum = finding.code in ("weights-not-100", "block-weights")
    return "" if is_sum else text if len(text) <= 40 else text[:39] + "…"


def _summary(files: Sequence[Checked]) -> Iterator[str]:
    counts: dict[tuple[str, str], int] = {}
    for finding in (finding for checked in files for finding in checked.findings):
        key = (finding.code, finding.severity)
        counts[key] = counts.get(key, 0) + 1
    yield from ("## Sum", "", _row(("code", "severity", "findings")), _row(["---"] * 3))
    yield from (_row((*key, str(count))) for key, count in sorted(counts.items()))
    yield _row(("all", "", str(sum(counts.values()))))
