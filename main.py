"""The two doors of 自评簿: the command line and, to come, the window; only this knows everybody."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import resources
from export.batch import FORMATS, Export
from export.checking import UNREADABLE, as_json, as_text, exit_code
from export.opening import open_all
from model.errors import UserError
from model.loader import Library, shipped, with_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 all well, 1 errors are open, 2 something could not be done."""
    _speak_unicode()
    options = _parser().parse_args(arguments)
    try:
        library = with_folder(options.forms) if getattr(options, "forms", None) else shipped()
        run: Callable[[argparse.Namespace, Library], int] = options.run
        return run(options, library)
    except UserError as error:
        print(error, file=sys.stderr)
        return UNREADABLE


def _speak_unicode() -> None:
    """Piped output is UTF-8 everywhere; a console shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ziping", description="自评簿：预算绩效自评表的填报、核分与导出")
    commands = parser.add_subparsers(required=True, metavar="命令")
    forms = commands.add_parser("forms", help="列出表样")
    forms.set_defaults(run=_forms)
    check = commands.add_parser("check", help="核对自评表：算分、找错")
    check.add_argument("files", nargs="+", type=Path, metavar="文件")
    check.add_argument("--json", action="store_true", help="按 JSON 输出")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="导出 Excel、PDF")
    export.add_argument("files", nargs="+", type=Path, metavar="文件")
    export.add_argument("--to", type=_formats, default=("xlsx", "pdf"), metavar="格式", help="xlsx,pdf,json")
    export.add_argument("--out", type=Path, default=Path("."), metavar="文件夹")
    export.add_argument("--one-book", action="store_true", help="所有表放进一个文件")
    export.set_defaults(run=_export)
    example = commands.add_parser("example", help="导出示例并显示得分")
    example.add_argument("--out", type=Path, default=Path("out/example"), metavar="文件夹")
    example.set_defaults(run=_example)
    for command in (forms, check, export):
        command.add_argument("--forms", type=Path, metavar="文件夹", help="另加一个表样文件夹")
    return parser


def _formats(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in found if name not in FORMATS]
    if unknown or not found:
        raise argparse.ArgumentTypeError(f"不认识的格式 {'、'.join(unknown)}，可用 {','.join(FORMATS)}")
    return found


def _forms(options: argparse.Namespace, library: Library) -> int:
    for form in library.forms.values():
        print(f"{form.id}\t{form.region}\t{form.edition}\t{form.name}")
    return 0


def _check(options: argparse.Namespace, library: Library) -> int:
    files = open_all(options.files, library)
    if options.json:
        print(as_json(files))
    else:
        print("\n".join(as_text(files)))
    return exit_code(files)


def _export(options: argparse.Namespace, library: Library) -> int:
    export = Export(options.out, options.to)
    export.run(open_all(options.files, library), options.one_book)
    for path in export.written:
        print(path)
    for problem in export.failed:
        print(problem, file=sys.stderr)
    return UNREADABLE if export.failed else 0


def _example(options: argparse.Namespace, library: Library) -> int:
    paths = sorted(resources.path("example").glob("*.json"))
    print("\n".join(as_text(open_all(paths, library))))
    options.to, options.files, options.one_book = FORMATS, paths, False
    return _export(options, library)


if __name__ == "__main__":
    sys.exit(main())
