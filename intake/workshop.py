"""The command `form`: a bureau's blank becomes the file of a form; what it took for what is printed.

The command `renew`: the forms of a document go over to a newer version of their form.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from intake import read_file
from intake.filling.empty import empty_blank
from model.basics.errors import UserError
from model.basics.files import refusals, write_new, write_whole
from model.basics.number import plain
from model.document import store
from model.exchange.older_documents import open_document
from model.filling.newer import Plan, plan, versions
from model.forms.loader import Library, read_own
from model.forms.zpf import SUFFIX
from model.reading.reading import read
from model.workshop.definition import definition_of
from model.workshop.finished import finished
from model.workshop.grades import with_full_marks
from model.workshop.interpretation import NOT_KEPT, as_json, interpretation
from model.workshop.learn import learn
from model.workshop.propose import odd_total

TO_LOOK_AT, ALL_WELL = 1, 0


def add_form(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `form` to those of the command line."""
    parser = commands.add_parser("form", help="把财政局的空白表做成表样（.zpf）")
    parser.add_argument("blank", type=Path, metavar="空白表")
    parser.add_argument("-o", dest="target", type=Path, metavar="表样.zpf")
    parser.add_argument("--sheet", default="", metavar="哪一张", help="文件里有几张表时，写页签、名称或序号")
    parser.add_argument("--name", default="", metavar="名称", help="表样的名称，不写用表里的标题")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出认出了什么")
    parser.add_argument("--replace", action="store_true", help="覆盖已有的表样文件")
    parser.set_defaults(run=_form)
    return parser


def _form(options: argparse.Namespace, library: Library) -> int:
    """Make the file; 1 where something is to be looked at, else 0. Raises UserError where none is made."""
    if options.target is not None and options.target.suffix.lower() != SUFFIX:
        raise UserError(f"表样文件应以 {SUFFIX} 结尾。", "请改一下 -o 后面的文件名。")
    incoming = read_file(options.blank)
    assert incoming is not None  # nobody stops it
    learned = learn(incoming, library, date.today().year, options.sheet)
    found = learned.found._replace(name=options.name or learned.found.name)
    if (total := odd_total(found)) is not None:  # nobody can be asked: what is printed holds, and is told
        found = with_full_marks(found, library, plain(total))
    blank = options.blank.read_bytes()
    if learned.is_filled:
        blank = empty_blank(options.blank.name, blank, definition_of(found, library))
    file = finished(found, library, blank, date.today())
    said = (
        json.dumps(as_json(found, library), ensure_ascii=False, indent=1)
        if options.json
        else "\n".join(interpretation(found, library))
    )
    print(said)
    if not blank:
        print(NOT_KEPT, file=sys.stderr)
    if options.target is not None:
        with refusals("写入", options.target):
            (write_whole if options.replace else write_new)(options.target, file.data)
        print(f"已做成 {options.target}", file=sys.stderr if options.json else sys.stdout)
    return TO_LOOK_AT if found.is_in_doubt else ALL_WELL


# --- a document goes over to a newer version


def add_renew(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `renew` to those of the command line."""
    parser = commands.add_parser("renew", help="把自评簿里的表换成新的表样（.zpf），先列出什么放到哪里")
    parser.add_argument("document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("form", type=Path, metavar="表样.zpf")
    parser.add_argument("-o", dest="target", type=Path, metavar="新的.zpb", help="不写就只列出，不改")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出什么放到哪里")
    parser.set_defaults(run=_renew)
    return parser


def _renew(options: argparse.Namespace, library: Library) -> int:
    """Say what goes where, and write the document; 1 where something has no place or is to be looked at."""
    if options.target is not None and options.target.exists():
        raise UserError(f"已有同名的文件 {options.target}。", "请换一个名字，原来的文件不会被改动。")
    answers = open_document(options.document, library).answers
    reading, file = read(library, answers), read_own(library, options.form)
    found = [one for one in versions(reading, library.with_own([file])) if one.file is file]
    if not found:
        raise UserError("自评簿里没有可以换成这种表样的表。", "请核对表样的种类；已经是这一份的不用再换。")
    assert reading.library is not None  # it was read with one
    plans = [plan(one, reading.library) for one in found]
    print(json.dumps(_as_json(plans), ensure_ascii=False, indent=1) if options.json else _as_text(plans))
    if options.target is not None:
        for one in plans:
            answers = one.applied(answers)
        store.save_as(options.document, options.target, answers)
        print(f"已写成 {options.target}", file=sys.stderr if options.json else sys.stdout)
    odd = any(one.notes or any(not line.now or line.why for line in one.lines) for one in plans)
    return TO_LOOK_AT if odd else ALL_WELL


def _as_text(plans: list[Plan]) -> str:
    said = []
    for one in plans:
        said += [one.said, *(f"  ! {note}" for note in one.notes)]
        for line in (line for line in one.lines if not line.is_same):
            said.append(
                f"  {'!' if line.why or not line.now else '→'} {line.form}　{line.where}：{line.text}"
            )
            said.append(f"      {line.now or '没有位置，留在自评簿里'}{f'　{line.why}' if line.why else ''}")
    return "\n".join(said)


def _as_json(plans: list[Plan]) -> list[dict[str, object]]:
    return [
        {
            "form": one.file.form.id,
            "notes": list(one.notes),
            "entries": [line._asdict() for line in one.lines],
        }
        for one in plans
    ]
