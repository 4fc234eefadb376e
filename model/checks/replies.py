"""The clerk's answers to findings (出错说明): as an annex on paper, and in exchange files by their place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from model.accounts.accounts import Accounts
from model.basics.metrics import Metrics
from model.checks import run_checks
from model.checks.finding import Finding
from model.document.answers import Answers, FormAnswers, FormKey, Reply
from model.forms.loader import Library
from model.paper.annex import annex_grid
from model.paper.grid import Grid
from model.reading.reading import Form, read

TITLE = "出错说明"
_COLUMNS = (("序号", 14.0), ("位置", 66.0), ("问题", 94.0), ("说明", 95.0))


def replies_grid(
    form: Form | Accounts, findings: Iterable[Finding], metrics: Metrics, mark: str = ""
) -> Grid | None:
    """Return the sheet that lists the answered findings of a form or of the accounts; None of none."""
    answered = [finding for finding in findings if finding.address[0] == form.key and finding.answer]
    rows = [
        (str(n), finding.where, _problem(finding), finding.answer) for n, finding in enumerate(answered, 1)
    ]
    if not rows:
        return None
    footer = f"{form.definition.name} · {form.answers.year} 年度 · {form.name}"
    return annex_grid(TITLE, footer, _COLUMNS, rows, metrics, figures=("序号",), mark=mark)


def _problem(finding: Finding) -> str:
    return f"{finding.title}：{finding.message}"


def as_exchange(key: FormKey, findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Return the answers that hold in a form, as an exchange file has them: code, place, text."""
    return [
        {"code": finding.code, "place": finding.place, "text": finding.answer}
        for finding in findings
        if finding.address[0] == key and finding.answer
    ]


def settled(answers: Answers, library: Library) -> Answers:
    """Return the document with the answers that were read from exchange files tied to what they answer.

    Such a file names the place as the clerk sees it; the answer then holds for what the file holds. One that
    answers nothing is kept as it is.
    """
    unsettled = {key for key, form in answers if any(not reply.found for reply in form.replies.values())}
    if not unsettled:
        return answers
    answered = [finding for finding in run_checks(read(library, answers)) if finding.answer]
    for key in unsettled:
        form = _settled(answers.forms[key], (finding for finding in answered if finding.address[0] == key))
        answers = answers.with_form(key, form)
    return answers


def _settled(form: FormAnswers, answered: Iterator[Finding]) -> FormAnswers:
    replies = dict(form.replies)
    for finding in answered:
        replies.pop((finding.code, finding.place), None)
        replies[finding.code, finding.address[1]] = Reply(finding.answer, finding.found, finding.signed)
    return replace(form, replies=replies)
