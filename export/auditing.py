"""`audit DIR`: every readable file of a folder is looked at, what is found is written worst first."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from export.files import write_beside
from export.opening import is_backup
from model.audit.audited import FileAudit
from model.audit.letter import NAME as LETTER
from model.audit.letter import Pattern, letter
from model.audit.letter_loader import letter_pattern
from model.audit.record import NAME, Entry, Record, RecordWriter, beside, files_of, folder_of
from model.basics.errors import UserError
from model.basics.file_names import safe_name
from model.basics.files import replace

RESULT = "检查结果"
KINDS = ("xlsx", "md", "docx")
UNREADABLE, OPEN_ERRORS, SOUND = 2, 1, 0

Stop = Callable[[], bool]
Named = tuple[str, str]  # what a file is called, and its path: of a folder there may be very many


class Folders(NamedTuple):
    """How folders are audited; main.py hands it in.

    `files_in` finds the readable files of folders, `audit(files, forms, stop, workers)` yields their audits
    in order: `forms` is another folder of forms or None.
    """

    files_in: Callable[[Iterable[Path]], Sequence[Path]]
    audit: Callable[[Sequence[Named], Path | None, Stop, int], Iterator[FileAudit]]


def add_folder_options(parser: argparse.ArgumentParser) -> None:
    """Add what the audit of folders takes to the command `audit`."""
    parser.add_argument("--to", type=_kinds, metavar="格式", help="检查文件夹，写成 xlsx,md,docx（审核意见）")
    parser.add_argument("--out", type=Path, metavar="文件夹", help="检查结果写到这里")
    parser.add_argument("--join", action="store_true", help="把几份“检查结果.json”合成一份")
    parser.add_argument(
        "--last", type=Path, metavar=NAME, help="与这一次比较；不写则与写在同一处的上一次比较"
    )
    parser.add_argument("--letter", type=Path, metavar="审核意见.toml", help="另用一种审核意见的写法")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="个数", help="同时检查几个文件，不写则每个核一个"
    )


def _kinds(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not found or any(name not in KINDS for name in found):
        raise argparse.ArgumentTypeError(f"不认识的格式“{text}”，可用 {','.join(KINDS)}")
    return found


def audit_folder(options: argparse.Namespace) -> int:
    """Do what the command says; 2 if a file was not read, else 1 if an error is open, else 0."""
    if options.out is None:
        raise UserError("没有写明检查结果写到哪里。", "请用 --out 指明文件夹。")
    pattern = letter_pattern(options.letter)  # a mistake in it is refused now
    options.out.mkdir(parents=True, exist_ok=True)
    found = _joined(options.files) if options.join else _found(options)
    folder = "、".join(map(str, options.files))
    if len(options.files) == 1:
        folder = folder_of(options.files[0]) if options.join else str(options.files[0].absolute())
    code = _record(found, folder, options, pattern)
    print(options.out / NAME)
    return code


def _record(found: Iterator[FileAudit], folder: str, options: argparse.Namespace, pattern: Pattern) -> int:
    """Write the record, then what was asked for; Ctrl+C ends the reading, what was read is kept."""
    target: Path = options.out / NAME
    fresh = target.with_name(f"~{NAME}")
    is_stopped = write_record(found, folder, fresh, _tell)
    last = last_record(options.last, target, folder)
    with closing(Record(fresh)) as record:
        for kind in options.to or ():
            for path in write_audit(record, last, kind, options.out, pattern):
                print(path)
        code = UNREADABLE if record.refused or is_stopped else SOUND
        code = code or (OPEN_ERRORS if any(entry.weight[0] for entry in record.entries) else SOUND)
    if last:
        last.close()
    replace(fresh, target)
    if is_stopped:
        print("已停止，只检查了一部分。", file=sys.stderr)
    return code


def write_record(
    found: Iterable[FileAudit], folder: str, path: Path, heard: Callable[[FileAudit], object]
) -> bool:
    """Write what an audit finds, file by file, and say each; return whether it was stopped half-way."""
    writer, is_stopped = RecordWriter(path, folder), False
    try:
        for one in found:
            heard(writer.add(one))
    except KeyboardInterrupt:
        is_stopped = True
    finally:
        writer.close(is_stopped)
    return is_stopped


def _tell(one: FileAudit) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r已读 {one.file}\x1b[K", end="", file=sys.stderr)


def last_record(named: Path | None, beside_it: Path, folder: str) -> Record | None:
    """Return the audit to compare with: the one named, else the last one of the same folder, if any."""
    if named:
        return Record(named)
    if not beside_it.exists():
        return None
    try:
        last = Record(beside_it)
    except UserError:
        return None
    if last.folder == folder:
        return last
    last.close()
    return None


# --- what is read


def _found(options: argparse.Namespace) -> Iterator[FileAudit]:
    folders: Folders = options.folders
    files = list(named(folders.files_in(options.files), options.files, options.out))
    if not files:
        raise UserError("文件夹里没有可以读取的文件。", "请另选一个文件夹。")
    return folders.audit(files, options.forms, lambda: False, options.jobs)


def named(found: Iterable[Path], given: Sequence[Path], out: Path | None) -> Iterator[Named]:
    """Yield files with their names within the folders given; what an audit wrote itself is left out."""
    written = out.absolute() if out else None
    roots = [path for path in given if path.is_dir()]
    for path in found:
        absolute = path.absolute()
        is_result = absolute.parent == written and absolute.stem.lstrip("~") == RESULT
        is_ours = written is not None and (is_result or written / LETTER in absolute.parents)
        if is_ours or is_backup(path) or path.name.startswith(f"~{RESULT}"):
            continue
        root = next((root for root in roots if root in path.parents), None)
        name = path.relative_to(root).as_posix() if root else path.name
        yield (f"{root.name}/{name}" if root and len(given) > 1 else name), str(path)


def _joined(parts: Sequence[Path]) -> Iterator[FileAudit]:
    """The files of several parts, one after the other."""
    before = beside([folder_of(part) for part in parts])
    return (
        _under(prefix, found) for prefix, part in zip(before, parts, strict=True) for found in files_of(part)
    )


def _under(prefix: str, found: FileAudit) -> FileAudit:
    forms = tuple(form._replace(file=prefix + form.file) for form in found.forms)
    return found._replace(file=prefix + found.file, forms=forms)


# --- what is written


def write_audit(
    record: Record, last: Record | None, kind: str, out: Path, pattern: Pattern
) -> Iterator[Path]:
    """Write an audit as workbook or Markdown, or the letters to its units; yield the files."""
    from export.audit_tables import write_markdown, write_workbook

    if kind == "docx":
        yield from write_letters(record, record.entries, out / LETTER, pattern)
        return
    path = out / f"{RESULT}.{kind}"
    write = write_workbook if kind == "xlsx" else write_markdown
    write_beside(path, partial(write, record, last))
    yield path


def write_letters(record: Record, entries: Iterable[Entry], out: Path, pattern: Pattern) -> Iterator[Path]:
    """Write a letter to each unit, its forms worst first; yield the files. Older letters are made anew."""
    from export import WORD

    units: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        units[entry.unit].append(entry)
    today = date.today()
    said = f"{today.year}年{today.month}月{today.day}日"
    taken: set[str] = set()
    for unit, own in units.items():
        name = _free(safe_name(f"{unit}-{LETTER}"), taken)
        path = out / f"{name}.docx"
        WORD.write([letter(unit, [record.form(entry) for entry in own], pattern, said)], path)
        yield path


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no other letter of the run has."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name}（{number}）"
    taken.add(found.casefold())
    return found


class Audits(NamedTuple):
    """How the window audits a folder and writes what was found; `folders` reads."""

    folders: Folders

    def audit(
        self,
        folder: Path,
        record: Path,
        heard: Callable[[FileAudit], object],
        progress: Callable[[int, int], None],
        is_cancelled: Stop,
    ) -> bool:
        """Look at a folder, in a thread: write the record, say each file; return whether all were read."""
        files = list(named(self.folders.files_in([folder]), [folder], None))
        count = 0

        def say(one: FileAudit) -> None:
            nonlocal count
            count += 1
            heard(one)
            progress(count, len(files))

        progress(0, len(files))
        record.parent.mkdir(parents=True, exist_ok=True)
        found = self.folders.audit(files, None, is_cancelled, 0)
        write_record(found, str(folder.absolute()), record, say)
        return count == len(files)

    def write(
        self, record: Path, last: Path | None, kind: str, out: Path, pattern: Path | None
    ) -> Sequence[Path]:
        """Write an audit into a folder as xlsx, md, or letters (docx), in a thread; return the files."""
        letters = letter_pattern(pattern)
        out.mkdir(parents=True, exist_ok=True)
        with closing(Record(record)) as found:
            if last is None:
                return list(write_audit(found, None, kind, out, letters))
            with closing(Record(last)) as before:
                return list(write_audit(found, before, kind, out, letters))
