"""The commands `handout` and `takeback`: forms go to colleagues as small documents, and come back."""

import argparse
import sys
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from export.naming import Names
from export.opening import Foreign
from model.basics.errors import UserError
from model.document import store
from model.document.answers import ACCOUNTS, Answers, FormKey
from model.exchange.older_documents import open_document
from model.forms.loader import Library, metrics
from model.handout.form_sheet import form_sheet
from model.handout.merge import Difference
from model.handout.parcel import Parcel, packed
from model.handout.record import came_back
from model.handout.returned import Returned, returned
from model.handout.take_back import TakenBack, take_back
from model.reading.reading import Form, Reading, read
from model.recognition.incoming import Incoming

FAILED, TO_CHOOSE, ALL_WELL = 2, 1, 0
KINDS = ("zpb", "xlsx")
_LONGEST = 40  # characters of a text that is listed


def add_handout(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `handout` to those of the command line."""
    parser = commands.add_parser("handout", help="发给同事填写：每张表一个自评簿")
    parser.add_argument("document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("--out", type=Path, required=True, metavar="文件夹")
    parser.add_argument("--only", action="append", metavar="表", help="只发这张表，如 p1，可写多次")
    parser.add_argument("--to", choices=KINDS, default="zpb", metavar="格式", help="zpb 或 xlsx")
    parser.set_defaults(run=_hand_out)
    return parser


def add_takeback(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `takeback` to those of the command line."""
    parser = commands.add_parser("takeback", help="收回同事填写的表，列出不同")
    parser.add_argument("document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("files", nargs="+", type=Path, metavar="收回的文件")
    parser.add_argument("-o", dest="new", type=Path, metavar="新的.zpb", help="合并后写成新的自评簿")
    parser.add_argument(
        "--theirs", action="append", default=[], metavar="表:格", help="双方都改了的，采用同事的，可写多次"
    )
    parser.set_defaults(run=_take_back)
    return parser


def _hand_out(options: argparse.Namespace, library: Library) -> int:
    """Write a file for each form; 2 if one was not written, else 0. Nothing is written over."""
    answers = open_document(options.document, library).answers
    wanted = options.only or [key for key in answers.forms if key != ACCOUNTS]
    unknown = [key for key in wanted if key not in answers.forms or key == ACCOUNTS]
    if unknown:
        raise UserError(f"自评簿里没有这张表：{'、'.join(unknown)}。", f"有 {'、'.join(answers.forms)}。")
    identity = store.note(options.document, "id")
    code = ALL_WELL
    for sent in hand_out(read(library, answers), library, wanted, identity, options.to, options.out):
        if sent.problem:
            print(sent.problem, file=sys.stderr)
            code = FAILED
        else:
            print(f"{sent.key}\t{sent.path}")
    return code


class Sent(NamedTuple):
    """A form that went out: its file, and why that was not written ("" for one that was)."""

    key: FormKey
    path: Path
    problem: str = ""


def hand_out(
    reading: Reading, library: Library, keys: Collection[FormKey], document: str, kind: str, folder: Path
) -> list[Sent]:
    """Write a file for each of some forms, as zpb or xlsx; nothing is written over. `document` is its id."""
    names, sent = Names(), []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"无法建立文件夹“{folder}”（{error.strerror}）。", "请另选一个文件夹。") from None
    for form in reading.forms:
        path = folder / f"{names.of(form, is_draft=False)}.{kind}"
        if form.key not in keys:
            continue
        try:
            _write(form, reading, library, document, path)
            sent.append(Sent(form.key, path))
        except UserError as error:
            sent.append(Sent(form.key, path, str(error)))
    return sent


def _write(form: Form, reading: Reading, library: Library, document: str, path: Path) -> None:
    if path.suffix == store.SUFFIX:
        answers = Answers({form.key: form.answers}, reading.unit, reading.year)
        content, notes = packed(document, answers, form.key)
        store.create(path, content, notes=notes)
        return
    if path.exists():
        raise UserError(f"“{path.name}”已经有了，没有覆盖。", "请换一个文件夹。")
    from export.handout_book import write_handout

    sheet = form_sheet(form, library, metrics())
    write_handout(Parcel(document, form.key, form.answers), sheet, path)


def _take_back(options: argparse.Namespace, library: Library) -> int:
    """Show what came back, write it into a new document; 2: a file is not ours, 1: a choice is open."""
    answers = open_document(options.document, library).answers
    identity, code, came = store.note(options.document, "id"), ALL_WELL, False
    for path in options.files:
        try:
            found = list(returned(path, _seen(path, options.foreign), identity, answers, library))
        except UserError as error:
            print(f"没有收回 {path}：{error}", file=sys.stderr)
            code = FAILED
            continue
        came = came or bool(found)
        for one in found:
            chosen = {cell for key, _, cell in map(_parted, options.theirs) if key == one.parcel.key}
            answers, taken = _taken(one, answers, library, chosen)
            code = max(code, ALL_WELL if taken.is_settled and not one.unclear else TO_CHOOSE)
    if options.new and came:
        store.create(options.new, answers)
        print(f"已建立 {options.new}")
    return code


def _parted(text: str) -> tuple[str, str, str]:
    return text.partition(":")


def _seen(path: Path, foreign: Foreign | None) -> Incoming:
    """What stands in a file: our own documents are opened later."""
    if path.suffix.lower() == store.SUFFIX or foreign is None or foreign.see is None:
        return Incoming(path.name, "zpb")
    return foreign.see(path)


def _taken(
    one: Returned, answers: Answers, library: Library, chosen: Collection[str]
) -> tuple[Answers, TakenBack]:
    """Take a form back and show it; return the document with it."""
    key, base = one.parcel.key, one.parcel.base
    taken = take_back(base, answers.forms[key], one.form, chosen)
    is_untouched = (one.form.texts, one.form.rows) == (base.texts, base.rows)
    after = answers.with_form(key, taken.form)
    shown = _shown(_form(library, answers, key), _form(library, after, key), one.path, taken, is_untouched)
    print("\n".join(shown))
    if one.was_taken:
        print("  这个文件以前已经收回过。")
    for unclear in one.unclear:
        print(f"  看不清　{_form(library, after, key).where(unclear.cell)}：同事写了{_quoted(unclear.text)}")
    return answers.with_form(key, came_back(taken.form, date.today(), one.digest, base)), taken


def _form(library: Library, answers: Answers, key: str) -> Form:
    return next(form for form in read(library, answers).forms if form.key == key)


# --- for people


def _shown(before: Form, after: Form, path: Path, taken: TakenBack, is_untouched: bool) -> Iterator[str]:
    """What came back in one file, the open choices last."""
    yield f"■ {after.name}（{path.name}）"
    found = taken.merge
    if not found and not taken.replies:
        yield "  同事没有改动。" if is_untouched else "  没有新的不同，可能已经收回过。"
        return
    open_cells = {one.cell for one in taken.open}
    for one in found.differences:
        if one.cell not in open_cells:
            yield f"  采用同事的　{after.where(one.cell)}：{_quoted(one.mine)} → {_quoted(one.theirs)}"
    for added in found.added:
        name = _quoted(added.texts.get(f"{added.row}.name", ""))
        if added.row in taken.gone:
            yield f"  请选择　这里删了一行，同事改过，没有加回：{name}　{_option(after, added.row)}"
        else:
            yield f"  同事加了一行　{name}"
    for deleted in found.deleted:
        name = _quoted(before.answers.text(f"{deleted.row}.name"))
        if deleted.row in taken.kept:
            yield f"  请选择　同事删了一行，这里改过，没有删：{name}　{_option(after, deleted.row)}"
        else:
            yield f"  同事删了一行　{name}"
    for one in taken.open:
        yield f"  请选择　{after.where(one.cell)}：{_three(one)}　{_option(after, one.cell)}"
    for (_, cell), reply in taken.replies.items():
        yield f"  出错说明不同，保留我的　{after.where(cell)}：同事{_quoted(reply.text, len(reply.text))}"


def _three(one: Difference) -> str:
    """The three texts in full: what is not chosen stands nowhere else."""
    base, mine, theirs = (_quoted(text, len(text)) for text in (one.base, one.mine, one.theirs))
    return f"发出时{base}，我现在{mine}，同事{theirs}"


def _option(form: Form, what: str) -> str:
    return f"--theirs {form.key}:{what}"


def _quoted(text: str, longest: int = _LONGEST) -> str:
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= longest else shown[:longest] + '…'}”" if shown else "空"
