"""The command `fill`: the forms of a document go into a bureau's blank files, written beside them."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from intake import refusals
from intake.files import bytes_of
from intake.filling.fill import OLD, FilledFile, fill_file, nearest
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.basics.files import refusals as refusing
from model.basics.files import write_whole
from model.checks import drafts, run_checks
from model.exchange.older_documents import open_document
from model.forms.loader import Library
from model.paper.layout import DRAFT
from model.reading.reading import Form, Reading, read
from model.recognition.incoming import Incoming
from model.recognition.places import called
from model.recognition.recognise import Recogniser

FILLED = "已填"
WRITABLE = (".xlsx", ".xlsm", ".docx", ".docm", ".xls", ".et")  # blanks that can be filled
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # in the name of a file
NOT_WRITTEN, OPEN, ALL_WELL = 2, 1, 0


def add_fill(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `fill` to those of the command line."""
    parser = commands.add_parser("fill", help="把自评簿填进财政局的空白表（xlsx、docx、xls、et）")
    parser.add_argument("document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("blanks", nargs="*", type=Path, metavar="空白表", help="不写就填表样里保存的空白表")
    parser.add_argument("--out", type=Path, required=True, metavar="文件夹")
    parser.add_argument(
        "--xls",
        action="store_true",
        help="旧格式的 xls、et 也直接填（上报前请用 Excel 或 WPS 打开核对；另存为 xlsx 再填更稳妥）",
    )
    parser.set_defaults(run=_fill)
    return parser


def _fill(options: argparse.Namespace, library: Library) -> int:
    """Fill every blank with the forms that fit it; 2 if one was not written, 1 if something has no place."""
    reading = read(library, open_document(options.document, library).answers)
    code = ALL_WELL
    kept = [] if options.blanks else list(_kept(reading))
    if not (options.blanks or kept):
        raise UserError("没有写明填哪一张空白表。", "自评簿用的表样里也没有保存空白表，请写明文件。")
    blanks = [(blank, None) for blank in options.blanks] or kept
    for blank, data in blanks:
        done = fill_blank(blank, options.out, reading, data, options.xls)
        print("\n".join(done.lines), file=sys.stderr if done.code == NOT_WRITTEN else sys.stdout)
        code = max(code, done.code)
    return code


def _kept(reading: Reading) -> Iterator[tuple[Path, bytes]]:
    """Yield the blanks that lie in forms of the document, by the names they had."""
    own = reading.library.own if reading.library else {}
    for name in dict.fromkeys(form.definition.id for form in reading.forms):
        blank = Path(own[name].origin.blank) if name in own else Path()
        if blank.suffix.lower() in WRITABLE and own[name].blank:
            yield Path(blank.name), own[name].blank


class Done(NamedTuple):
    """What came of a blank: sentences, the files that were written, and 2, 1 or 0 as the command ends."""

    lines: Sequence[str]
    written: Sequence[Path]
    code: int


def fill_blank(
    blank: Path, folder: Path, reading: Reading, data: bytes | None = None, takes_old: bool = False
) -> Done:
    """Write a blank into a folder once for each form that fits it; raises nothing that a clerk can mend.

    `data` is what the blank holds where it is no file on disk; an old workbook is filled if it `takes_old`.
    """
    assert reading.library is not None  # it was read with one
    recogniser = Recogniser(reading.library.forms)
    open_forms = drafts(run_checks(reading))
    lines: list[str] = []
    written: list[Path] = []
    code = ALL_WELL
    try:
        data = bytes_of(blank) if data is None else data
        if not takes_old and read_bytes(blank.name, data).kind in OLD:
            raise refusals.OLD_BOOK()
        forms = list(fitting(blank.name, data, reading.forms, recogniser))
        with refusing("建立文件夹", folder):
            folder.mkdir(parents=True, exist_ok=True)
        for form in forms:
            filled = fill_file(blank.name, data, form, recogniser)
            path = folder / file_name(blank, form, len(forms) > 1, form.key in open_forms)
            write_whole(path, filled.data)
            written.append(path)
            lines += _said(path, filled)
            code = max(code, OPEN if filled.plan.missing or filled.plan.locked else ALL_WELL)
    except (UserError, OSError) as error:
        return Done((*lines, f"没有填写 {blank}：{error}"), written, NOT_WRITTEN)
    return Done(lines, written, code)


def fitting(name: str, data: bytes, forms: Sequence[Form], recogniser: Recogniser) -> Iterator[Form]:
    """Yield the forms of a document that belong into a blank: of its definition, else of its kind; a blank of
    no layout that is known has the kind of the form that it is most like."""
    incoming = read_bytes(name, data)
    if incoming.refused:
        raise UserError(incoming.refused)
    own = {form.definition.id: form.definition for form in forms}
    meant = [name for name in own if _is_of(incoming, own[name].id, recogniser)]
    shown = [found for found in recogniser.forms(incoming.sheets) if not found.hidden]
    names = (name for found in shown for name in (found.layout, *nearest(found)))
    ids = [name for name in names if name in recogniser.definitions]
    kinds = {recogniser.definitions[name].kind for name in ids}
    if meant:  # a department may have the same tables as its projects: the head tells them apart
        said = [name for name in meant if own[name].kind in kinds] or meant
        yield from (form for form in forms if form.definition.id in said)
        return
    same = [form for form in forms if form.definition.id in ids]
    chosen = same or [form for form in forms if form.definition.kind in kinds]
    if not chosen:
        raise UserError("自评簿里没有可以填进这张表的表。", "请换一个空白表。")
    yield from chosen


def _is_of(incoming: Incoming, form_id: str, recogniser: Recogniser) -> bool:
    """Whether a blank is of a definition: all its captions are there, and it has no other column."""
    if form_id not in recogniser.definitions:
        return False
    forms = recogniser.as_form(incoming.sheets, recogniser.definitions[form_id])
    return any(found.layout == form_id and not found.hidden for found in forms)


def file_name(blank: Path, form: Form, is_one_of_many: bool, is_draft: bool) -> str:
    """Return the name of a filled file: the blank's own, the project where there are several, 草稿."""
    project = f"-{_FORBIDDEN.sub('_', form.project)[:22]}" if is_one_of_many and form.project else ""
    draft = f"（{DRAFT}）" if is_draft else ""
    return f"{blank.stem}{project}（{FILLED}）{draft}{blank.suffix}"


def _said(path: Path, filled: FilledFile) -> Iterator[str]:
    plan = filled.plan
    counts = (plan.written, len(plan.kept), len(plan.missing), len(plan.locked))
    names = ("填", "公式保留", "放不下", "锁定")
    listed = " · ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
    yield f"{path}：{listed}。{filled.said}"
    for one in (*plan.missing, *plan.locked):
        where = f"{called(one.place)} " if one.place else ""
        yield f"  {where}{one.text}：{one.reason}"
