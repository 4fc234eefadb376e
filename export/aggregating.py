"""The command `aggregate`: forms of many units are put beside each other and added up, by the footnotes."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from export import EXCEL, PDF, WORD
from export.opening import Opened, open_all
from model.aggregation.columns_loader import summary_columns
from model.aggregation.lines import Line
from model.aggregation.parts import MONEY_UNIT, Part, odd_funds, once, usual
from model.aggregation.result import Aggregate, aggregate
from model.aggregation.sheets import SORTS, TO_CONFIRM, how_text, printout, summary_grid
from model.aggregation.sum_document import sum_of
from model.aggregation.summary_table import SummaryLine, line_of
from model.basics import number
from model.basics.errors import UserError
from model.document import store
from model.forms.loader import Library, metrics
from model.paper.grid import Printout
from model.report.prose import Annex, Report

NOT_READ, TO_LOOK_AT, ALL_WELL = 2, 1, 0
_WRITERS = {writer.suffix: writer for writer in (EXCEL, PDF)}
_SUFFIXES = (*_WRITERS, WORD.suffix)


def add_aggregate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `aggregate` to those of the command line."""
    parser = commands.add_parser("aggregate", help="汇总各单位的自评表，做自评结果汇总表")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件或文件夹")
    parser.add_argument(
        "-o",
        dest="document",
        type=Path,
        metavar="汇总.xlsx",
        help="汇总表（xlsx、pdf、docx），或汇总成的表（zpb）",
    )
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")
    parser.add_argument(
        "--as", dest="form", default="", metavar="表样编号", help="汇总这种表，不写则取最多的一种"
    )
    parser.add_argument("--year", default="", metavar="年度", help="汇总这一年，不写则取最多的一年")
    parser.add_argument(
        "--answer", action="append", default=[], type=_answer, metavar="问题=答案", help="答复要确认的问题"
    )
    parser.add_argument("--unit", default="", metavar="单位", help="汇总成的表（zpb）写哪个单位")
    parser.add_argument("--sort", choices=tuple(SORTS), metavar="次序", help="、".join(SORTS))
    _add_columns(parser)
    parser.set_defaults(run=_aggregate)
    return parser


def _add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--columns", type=Path, metavar="栏目.toml", help="自评结果汇总表的栏目另用一种")


def add_summary(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `summary` to those of the command line."""
    parser = commands.add_parser("summary", help="自评结果汇总表：一张表一行，不汇总指标")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件或文件夹")
    parser.add_argument("-o", dest="document", type=Path, required=True, metavar="汇总表.xlsx")
    parser.add_argument("--sort", choices=tuple(SORTS), metavar="次序", help="、".join(SORTS))
    _add_columns(parser)
    parser.set_defaults(run=_summarise)
    return parser


def _summarise(options: argparse.Namespace, library: Library) -> int:
    """Write a line a form of all that were given; 2 if a file was not read, else 0."""
    _must_be_known(options.document)
    shown = summary_columns(options.columns)
    if options.sort:
        shown = shown._replace(sort=options.sort)
    files = _inputs(open_all(options.files, library, options.foreign), options.document)
    refused = [opened for opened in files if opened.reading is None]
    for opened in refused:
        print(f"没有读入 {opened.path}：{opened.error}", file=sys.stderr)
    parts, again = once(parts_of(files))
    for part in again:
        print(f"没有计入 {_called(part)}：与前面的是同一张表。", file=sys.stderr)
    if not parts:
        raise UserError("没有可以列出的自评表。", "请选择已填写的自评表。")
    years = {part.form.answers.year for part in parts}
    lines = [line_of(part.form, part.source) for part in parts]
    grid = summary_grid(years.pop() if len(years) == 1 else "", lines, metrics(), shown)
    write_sheets((grid,), options.document)
    print(options.document)
    return NOT_READ if refused else ALL_WELL


def _answer(text: str) -> tuple[str, str]:
    question, sign, choice = text.rpartition("=")
    if not (sign and question.strip() and choice.strip()):
        raise argparse.ArgumentTypeError(f"“{text}”应写成 问题=答案")
    return question.strip(), choice.strip()


def _aggregate(options: argparse.Namespace, library: Library) -> int:
    """Put the forms together; 2 if a file was not read, else 1 if something is left out or asked, else 0."""
    is_form = options.document is not None and options.document.suffix.lower() == store.SUFFIX
    shown = summary_columns(options.columns)
    if options.document and not is_form:
        _must_be_known(options.document)
    files = _inputs(open_all(options.files, library, options.foreign), options.document)
    refused = [(str(opened.path), opened.error) for opened in files if opened.reading is None]
    for name, problem in refused:
        print(f"没有读入 {name}：{problem}", file=sys.stderr)
    parts = parts_of(files)
    if not parts:
        raise UserError("没有可以汇总的自评表。", "请选择已填写的自评表。")
    wanted = library.form(options.form).id if options.form else ""
    form_id, year = usual(parts, wanted, options.year)
    result = aggregate(parts, library.form(form_id), year, dict(options.answer))
    _refuse_unknown(options.answer, aggregate(parts, library.form(form_id), year))
    summary = _summary(result, options.sort)
    if options.json:
        print(json.dumps(_as_json(form_id, year, result, refused), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_as_text(library.form(form_id).name, year, result)))
    if is_form and result.questions:
        open_lines = sum(1 for line in result.lines if line.questions)
        raise UserError(f"还有 {open_lines} 项没有确认，没有汇总。", "请用 --answer 答复后再试。")
    if is_form:
        store.create(options.document, sum_of(result, library.form(form_id), year, options.unit))
    elif options.document:
        named = [(Path(path).name, problem) for path, problem in refused]
        name = library.form(form_id).name
        sheets = printout(year, name, result, summary, named, metrics(), shown)
        write_sheets(sheets, options.document)
    if options.document:
        print(options.document, file=sys.stderr if options.json else sys.stdout)
    return NOT_READ if refused else TO_LOOK_AT if _is_open(result) else ALL_WELL


def write_sheets(sheets: Printout, path: Path) -> None:
    """Write sheets to a workbook, PDF or Word file, as the suffix says; raises UserError for any other."""
    _must_be_known(path)
    if path.suffix.lower() == WORD.suffix:
        annexes = tuple(Annex(grid) for grid in sheets)
        WORD.write([Report(sheets[0].running_title, (), annexes)], path)
    else:
        _WRITERS[path.suffix.lower()].write(sheets, path)


def parts_of(files: Iterable[Opened]) -> list[Part]:
    """Return the forms with scores of all files that were read, each with the file it came from."""
    return [
        Part(f"{n}:{form.key}", opened.path.name, form)
        for n, opened in enumerate(files)
        if opened.reading
        for form in opened.reading.forms
        if form.definition.is_scored
    ]


def _must_be_known(path: Path) -> None:
    if path.suffix.lower() not in _SUFFIXES:
        raise UserError(f"不能写成“{path.name}”。", "请用 .xlsx、.pdf 或 .docx 作后缀。")


def _inputs(files: Sequence[Opened], document: Path | None) -> list[Opened]:
    """The files without an earlier table that is made anew; a form is never written over."""
    if document is None or not document.exists():
        return list(files)
    if any(opened.reading and opened.path.samefile(document) for opened in files):
        raise UserError(f"“{document.name}”里有要汇总的自评表，没有覆盖。", "请换一个文件名。")
    return [opened for opened in files if not opened.path.exists() or not opened.path.samefile(document)]


def _refuse_unknown(answers: Sequence[tuple[str, str]], result: Aggregate) -> None:
    known = {line.id for line in result.lines}
    for question, _ in answers:
        if question.rpartition(":")[0] not in known:
            raise UserError(f"没有“{question}”这个问题。", "请照上次列出的问题填写。")


def _summary(result: Aggregate, sort: str | None) -> list[SummaryLine]:
    lines = [line_of(part.form, part.source) for part in result.sorted.counted]
    return sorted(lines, key=SORTS[sort]) if sort else lines


def _is_open(result: Aggregate) -> bool:
    """Whether something does not count, is asked, or can't be weighed."""
    unweighed = any(not part.has_weight for part in result.sorted.counted)
    odd = bool(odd_funds(result.sorted.counted))
    return bool(result.sorted.excluded or result.questions or unweighed or odd)


# --- for people


def _as_text(name: str, year: str, result: Aggregate) -> Iterator[str]:
    """What counts, what does not and why, what the indicators add up to, what is asked."""
    counted, excluded = result.sorted
    yield f"{name}，{year or '没有写明'} 年度：计入 {len(counted)} / {len(counted) + len(excluded)} 张表"
    odd = odd_funds(counted)
    for part in counted:
        yield f"  {_called(part)}  {_funds(part)}"
        if part.id in odd:
            yield f"    请核对：{odd[part.id]}"
    if excluded:
        yield "不计入："
        yield from (f"  {_called(one.part)}：{one.reason}" for one in excluded)
    open_lines = sum(1 for line in result.lines if line.questions)
    yield f"对上的指标 {len(result.lines)} 项" + (f"，请确认 {open_lines} 项：" if open_lines else "：")
    for line in result.lines:
        yield from _line_text(line)


def _called(part: Part) -> str:
    project = f" · {part.form.project}" if part.form.project else ""
    return f"{part.name}{project}（{part.source}）"


def _funds(part: Part) -> str:
    if part.funds is None or not part.has_weight:
        return "没有金额，比率不能加权。"
    return f"{number.grouped(part.funds)} {MONEY_UNIT}"


def _line_text(line: Line) -> Iterator[str]:
    if not line.questions:
        yield f"  {line.name}：{how_text(line)}，{line.target or '—'} / {line.actual or '—'}"
        return
    yield f"  {line.name}：{TO_CONFIRM}"
    for question in line.questions:
        yield f"    {question.sentence}"
        for choice in question.choices:
            yield f"      --answer “{question.id}={choice.id}”  {choice.caption}"


# --- as JSON


def _as_json(form: str, year: str, result: Aggregate, refused: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What docs/aggregation.md describes."""
    return {
        "form": form,
        "year": int(year) if year.isdecimal() else None,
        "counted": [_part(part) for part in result.sorted.counted],
        "excluded": [{**_part(one.part), "reason": one.reason} for one in result.sorted.excluded],
        "refused": [{"file": name, "error": problem} for name, problem in refused],
        "funds": {
            found.cell: {"amount": number.plain(found.amount), "step": found.step, "without": found.without}
            for found in result.funds
        },
        "indicators": [_line(line) for line in result.lines],
    }


def _part(part: Part) -> dict[str, Any]:
    funds = None if part.funds is None else number.plain(part.funds)
    return {"unit": part.name, "project": part.form.project, "file": part.source, "funds": funds}


def _line(line: Line) -> dict[str, Any]:
    columns = ("level1", "level2", "name", "how", "weight", "target", "actual", "score", "steps")
    questions = [
        {
            "id": question.id,
            "sentence": question.sentence,
            "choices": {choice.id: choice.caption for choice in question.choices},
        }
        for question in line.questions
    ]
    units = [one.part.name for one in line.contributions]
    return {**{column: getattr(line, column) for column in columns}, "units": units, "questions": questions}
