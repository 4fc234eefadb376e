"""The commands `handout` and `takeback`: forms go to colleagues as small documents, and come back."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from export.naming import Names
from model.basics.errors import UserError
from model.document import store
from model.document.answers import ACCOUNTS, Answers
from model.forms.loader import Library
from model.handout.merge import Difference
from model.handout.parcel import Parcel, packed, parcel_of
from model.handout.take_back import TakenBack, take_back
from model.reading.reading import Form, read

FAILED, TO_CHOOSE, ALL_WELL = 2, 1, 0
_LONGEST = 40  # characters of a text that is listed


def add_handout(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `handout` to those of the command line."""
    parser = commands.add_parser("handout", help="发给同事填写：每张表一个自评簿")
    parser.add_argument("document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("--out", type=Path, required=True, metavar="文件夹")
    parser.add_argument("--only", action="append", metavar="表", help="只发这张表，如 p1，可写多次")
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
    """Write a document for each form; 2 if one was not written, else 0. Nothing is written over."""
    answers = store.open_document(options.document).answers
    wanted = options.only or [key for key in answers.forms if key != ACCOUNTS]
    unknown = [key for key in wanted if key not in answers.forms or key == ACCOUNTS]
    if unknown:
        raise UserError(f"自评簿里没有这张表：{'、'.join(unknown)}。", f"有 {'、'.join(answers.forms)}。")
    identity, names, code = store.note(options.document, "id"), Names(), ALL_WELL
    options.out.mkdir(parents=True, exist_ok=True)
    for form in read(library, answers).forms:
        path = options.out / f"{names.of(form, is_draft=False)}{store.SUFFIX}"
        if form.key not in wanted:
            continue
        try:
            content, notes = packed(identity, answers, form.key)
            store.create(path, content, notes=notes)
            print(f"{form.key}\t{path}")
        except UserError as error:
            print(error, file=sys.stderr)
            code = FAILED
    return code


class _Returned(NamedTuple):
    """A file that came back."""

    path: Path
    parcel: Parcel
    answers: Answers


def _take_back(options: argparse.Namespace, library: Library) -> int:
    """Show what came back, write it into a new document; 2: a file is not ours, 1: a choice is open."""
    answers = store.open_document(options.document).answers
    identity, code = store.note(options.document, "id"), ALL_WELL
    for path in options.files:
        try:
            returned = _returned(path, identity, answers)
        except UserError as error:
            print(f"没有收回 {path}：{error}", file=sys.stderr)
            code = FAILED
            continue
        key, base = returned.parcel.key, returned.parcel.base
        theirs = returned.answers.forms[key]
        chosen = {cell for which, _, cell in (text.partition(":") for text in options.theirs) if which == key}
        taken = take_back(base, answers.forms[key], theirs, chosen)
        is_untouched = (theirs.texts, theirs.rows) == (base.texts, base.rows)
        before, answers = answers, answers.with_form(key, taken.form)
        shown = _shown(_form(library, before, key), _form(library, answers, key), path, taken, is_untouched)
        print("\n".join(shown))
        code = max(code, ALL_WELL if taken.is_settled else TO_CHOOSE)
    if options.new:
        store.create(options.new, answers)
        print(f"已建立 {options.new}")
    return code


def _returned(path: Path, document: str, answers: Answers) -> _Returned:
    """Read a file that came back; raises UserError where it did not go out from this document."""
    theirs = store.open_document(path).answers
    parcel = parcel_of(lambda name: store.note(path, name))
    if parcel is None:
        raise UserError("这个文件不是发给同事填写的表。", "要读入它，请用 import。")
    if parcel.document != document:
        raise UserError("这张表是从另一个自评簿发出的。", "请选发出它的自评簿。")
    if parcel.key not in answers.forms or answers.forms[parcel.key].definition != parcel.base.definition:
        raise UserError("发出的这张表已不在自评簿里。", "要读入它，请用 import。")
    if parcel.key not in theirs.forms or theirs.forms[parcel.key].definition != parcel.base.definition:
        raise UserError("文件里没有发出的那张表。", "请向同事核对。")
    return _Returned(path, parcel, theirs)


def _form(library: Library, answers: Answers, key: str) -> Form:
    return next(form for form in read(library, answers).forms if form.key == key)


# --- for people


def _shown(before: Form, after: Form, path: Path, taken: TakenBack, is_untouched: bool) -> Iterator[str]:
    """What came back in one file, the open choices last."""
    yield f"■ {after.name}（{path.name}）"
    found = taken.found
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
