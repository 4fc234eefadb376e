"""The command `form`: a bureau's blank becomes the file of a form; what it took for what is printed."""

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
from model.forms.loader import Library
from model.forms.zpf import SUFFIX
from model.workshop.definition import definition_of
from model.workshop.finished import finished
from model.workshop.interpretation import NOT_KEPT, as_json, interpretation
from model.workshop.learn import learn
from model.workshop.propose import odd_total

TO_LOOK_AT, ALL_WELL = 1, 0


def add_form(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `form` to those of the command line."""
    parser = commands.add_parser("form", help="把财政局的空白表做成表样（.zpf）")
    parser.add_argument("blank", type=Path, metavar="空白表")
    parser.add_argument("-o", dest="target", type=Path, metavar="表样.zpf")
    parser.add_argument("--sheet", default="", metavar="工作表", help="文件里有几张表时，指明用哪一张")
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
        found = found._replace(full_marks=plain(total))
    blank = options.blank.read_bytes()
    if learned.is_filled:
        blank = empty_blank(options.blank.name, blank, definition_of(found, library))
    file = finished(found, library, blank, date.today())
    said = (
        json.dumps(as_json(found), ensure_ascii=False, indent=1)
        if options.json
        else "\n".join(interpretation(found))
    )
    print(said)
    if not blank:
        print(NOT_KEPT, file=sys.stderr)
    if options.target is not None:
        with refusals("写入", options.target):
            (write_whole if options.replace else write_new)(options.target, file.data)
        print(f"已做成 {options.target}", file=sys.stderr if options.json else sys.stdout)
    return TO_LOOK_AT if found.is_in_doubt else ALL_WELL
