"""The command line tells what codes on paper belong to, and what differs now."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.exchange.older_documents import open_document
from model.forms.loader import Library
from model.handin.comparison import Difference
from model.handin.verification import Verdict, is_mixed, known_as, mixed, verify
from model.reading.reading import read

AS_IT_IS, DIFFERS = 0, 1
_MOST_SHOWN = 200


def add_verify(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add the command verify."""
    command = commands.add_parser("verify", help="核对纸质件：校验码属于哪一稿、哪一页，与现在是否相同")
    command.add_argument("codes", nargs="+", metavar="校验码", help="纸上右下角的校验码，可以几个一起核对")
    command.add_argument("document", type=Path, metavar="自评簿.zpb")
    command.set_defaults(run=_verify)
    return command


def _verify(options: argparse.Namespace, library: Library) -> int:
    answers = open_document(options.document, library).answers
    known = known_as(options.document, read(library, answers), answers)
    verdicts = [verify(code, known) for code in options.codes]
    for line in _lines(verdicts):
        print(line, file=sys.stdout)
    is_well = all(verdict.state in ("same", "print") for verdict in verdicts)
    return AS_IT_IS if is_well and not is_mixed(verdicts) else DIFFERS


def _lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        yield f"{verdict.code}　{verdict.sentence}"
        yield from (_line(one) for one in verdict.differences[:_MOST_SHOWN])
    if said := mixed(verdicts):
        yield said


def _line(one: Difference) -> str:
    return f"    {one.form} · {one.place}：{' '.join(one.before.split())} → {' '.join(one.after.split())}"
