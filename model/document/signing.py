"""Who set something aside, and when (搁置人、时间): "2026-04-28 16:20 经办人甲".

It is kept beside the reply that it signs, as a text of a kind that older programs leave alone, with a
checksum of that reply: who changes the reply in such a program does not do so in another's name.
"""

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from model.document.answers import Answers, CellId, FormAnswers, Reply

LONGEST_NAME = 40
_MOMENT = 16  # characters: 2026-04-28 16:20


def signature(name: str, moment: datetime) -> str:
    """Return the signature of a person, who may stay unnamed, at a moment."""
    return f"{moment.isoformat(' ', 'minutes')} {' '.join(name.split())[:LONGEST_NAME]}".strip()


def in_words(signed: str) -> str:
    """Return a signature as it is shown: 经办人甲，2026-04-28 16:20; "" of none."""
    return "，".join(filter(None, (signed[_MOMENT:].strip(), signed[:_MOMENT])))


def last_signer(answers: Answers) -> str:
    """Return who signed last in a document, "" where nobody did: it is likely the same person again."""
    signed = (reply.signed for _, form in answers for reply in form.replies.values())
    return max(signed, default="")[_MOMENT:].strip()


def kept(form: FormAnswers) -> dict[CellId, str]:
    """Return the signatures of a form as its file holds them."""
    return dict(_kept(form.replies))


def _kept(replies: Mapping[tuple[str, CellId], Reply]) -> Iterator[tuple[CellId, str]]:
    for (code, cell), reply in replies.items():
        if reply.signed:
            yield f"{code} {cell}", f"{_sum(reply)} {reply.signed}"


def signed(reply: Reply, code: str, cell: CellId, known: Mapping[CellId, str]) -> Reply:
    """Return a reply with its signature among those of a file, unless it was changed since."""
    found, _, text = known.get(f"{code} {cell}", "").partition(" ")
    return reply._replace(signed=text) if text and found == str(_sum(reply)) else reply


def _sum(reply: Reply) -> int:
    return zlib.crc32(f"{reply.text}\0{reply.found}".encode())
