"""The command line and most of its commands; what fails is named and the rest goes on."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import resources
from export.aggregating import add_aggregate, add_summary
from export.audit import as_markdown, read_verdicts
from export.auditing import Folders, add_folder_options, audit_folder
from export.batch import FORMATS, export_files
from export.checking import OPEN_ERRORS, SOUND, UNREADABLE, as_json, as_text, check_all, exit_code
from export.files import write_beside
from export.handin import FORMS, REPLIES, SCORES, WHAT
from export.handing_out import add_handout, add_takeback
from export.opening import Foreign, open_all
from export.verifying import add_verify
from model.accounts.loader import editions
from model.basics.errors import UserError
from model.explanation.loader import outline_for
from model.forms.definition import KIND_NAMES
from model.forms.loader import Library, shipped, with_folder

AddCommand = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], argparse.ArgumentParser]

NOT_REMEMBERED = "命令行只读自评簿，不记下导出过什么：此后改了内容，按校验码就只能在定稿和备份里查找。"


def run(
    arguments: Sequence[str],
    others: Sequence[AddCommand] = (),
    foreign: Foreign | None = None,
    folders: Folders | None = None,
) -> int:
    """Run one command; return the exit code: 0 all well, 1 errors are open, 2 something could not be done.

    `others` add the commands of other parts of the program; `foreign` reads files of other programs,
    `folders` audits folders.
    """
    _speak_unicode()
    options = _parser(others).parse_args(arguments)
    options.foreign, options.folders = foreign, folders
    try:
        library = with_folder(options.forms) if getattr(options, "forms", None) else shipped()
        if library is not shipped():
            for edition in editions(library):  # a mistake in one is refused now
                outline_for(library, edition)
        command: Callable[[argparse.Namespace, Library], int] = options.run
        return command(options, library)
    except UserError as error:
        print(error, file=sys.stderr)
        return UNREADABLE


def _speak_unicode() -> None:
    """Piped output is UTF-8 everywhere; a console shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # a windowed program has none
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _parser(others: Sequence[AddCommand]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ziping", description="自评簿：预算绩效自评表的填报、核分与导出")
    commands = parser.add_subparsers(required=True, metavar="命令")
    forms = commands.add_parser("forms", help="列出表样")
    forms.set_defaults(run=_forms)
    check = commands.add_parser("check", help="核对自评表：算分、找错")
    check.add_argument("files", nargs="+", type=Path, metavar="文件或文件夹")
    check.add_argument("--json", action="store_true", help="按 JSON 输出")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="导出 Excel、PDF", epilog=NOT_REMEMBERED)
    export.add_argument("files", nargs="+", type=Path, metavar="文件")
    export.add_argument("--to", type=_formats, metavar="格式", help="xlsx,pdf,docx,json")
    export.add_argument("--out", type=Path, default=Path("."), metavar="文件夹")
    export.add_argument("--one-book", action="store_true", help="所有表放进一个文件")
    export.add_argument("--with-answers", action="store_true", help="附上出错说明")
    export.add_argument("--without-scores", action="store_true", help="Excel 里不附得分说明")
    export.add_argument(
        "--what", type=_what, default=(FORMS,), metavar="内容", help="forms,report,statement,accounts 或 all"
    )
    export.set_defaults(run=_export)
    more = [add(commands) for add in others]
    colleagues = (
        add_aggregate(commands),
        add_summary(commands),
        add_handout(commands),
        add_takeback(commands),
    )
    audit = commands.add_parser("audit", help="列出全部核对结果，供人工判定")
    audit.add_argument("files", nargs="+", type=Path, metavar="文件或文件夹")
    audit.add_argument("--verdicts", type=Path, metavar="判定.tsv", help="人工判定，一行一条")
    audit.add_argument("-o", dest="document", type=Path, metavar="底稿.md")
    add_folder_options(audit)
    audit.set_defaults(run=_audit)
    verify = add_verify(commands)
    example = commands.add_parser("example", help="导出示例并显示得分")
    example.add_argument("--out", type=Path, default=Path("out/example"), metavar="文件夹")
    example.set_defaults(run=_example)
    for command in (forms, check, export, *colleagues, audit, verify, *more):
        command.add_argument("--forms", type=Path, metavar="文件夹", help="另加一个表样文件夹")
    return parser


def _formats(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in found if name not in FORMATS]
    if unknown or not found:
        problem = f"不认识的格式 {'、'.join(unknown)}" if unknown else "没有写明格式"
        raise argparse.ArgumentTypeError(f"{problem}，可用 {','.join(FORMATS)}")
    return found


def _what(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not found or any(name not in WHAT for name in found):
        raise argparse.ArgumentTypeError(f"不认识的内容“{text}”，可用 {','.join(WHAT)}")
    return found


def _usual_formats(what: Sequence[str]) -> tuple[str, ...]:
    """Forms are handed in as spreadsheet and on paper, reports as Word and on paper."""
    return ("xlsx", "pdf") if tuple(what) == (FORMS,) else ("xlsx", "pdf", "docx")


def _forms(options: argparse.Namespace, library: Library) -> int:
    for form in library.forms.values():
        kind = KIND_NAMES[form.kind]
        print(f"{form.id}\t{form.region}\t{form.edition}\t{form.name}\t{kind}\t{form.source}")
    return 0


def _check(options: argparse.Namespace, library: Library) -> int:
    files = check_all(open_all(options.files, library, options.foreign))
    if options.json:
        print(as_json(files))
    else:
        print("\n".join(as_text(files)))
    return exit_code(files)


def _export(options: argparse.Namespace, library: Library) -> int:
    files = open_all(options.files, library)
    formats = options.to or _usual_formats(options.what)
    annexes = [REPLIES] if options.with_answers else []
    annexes += [] if options.without_scores else [SCORES]
    results = export_files(files, formats, options.out, options.one_book, annexes, options.what)
    for result in results:
        line = f"{result.path}：{result.problem}" if result.problem else result.path
        print(line, file=sys.stderr if result.problem else sys.stdout)
    if any(result.problem for result in results):
        return UNREADABLE
    return OPEN_ERRORS if any(result.is_draft for result in results) else SOUND


def _audit(options: argparse.Namespace, library: Library) -> int:
    if options.document is None:
        return audit_folder(options)
    if options.to or options.join:
        raise UserError("-o 和 --to 不能同时用。", "检查文件夹请用 --to 和 --out。")
    files = check_all(open_all(options.files, library))
    verdicts = read_verdicts(options.verdicts) if options.verdicts else {}
    text = "\n".join(as_markdown(files, verdicts)) + "\n"
    write_beside(options.document, partial(_fill, text))
    return UNREADABLE if any(checked.opened.reading is None for checked in files) else SOUND


def _fill(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _example(options: argparse.Namespace, library: Library) -> int:
    paths = sorted(resources.path("example").glob("*.json"))
    print("\n".join(as_text(check_all(open_all(paths, library)))))
    given = {"to": FORMATS, "files": paths, "one_book": False, "what": (FORMS,)}
    vars(options).update(given, with_answers=False, without_scores=False)
    return UNREADABLE if _export(options, library) == UNREADABLE else SOUND  # the example has errors to mend
