"""What a handed-out file says about itself: its document, which form it is, how that stood then."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from model.document.answers import Answers, FormAnswers, FormKey, Reply

_NOTE = "handed_out"  # of the file


class Parcel(NamedTuple):
    """A form as it was handed out: the id of its document, its key there, its answers then (发出时)."""

    document: str
    key: FormKey
    base: FormAnswers


def packed(document: str, answers: Answers, key: FormKey) -> tuple[Answers, Mapping[str, str]]:
    """Return a document of one form of a document (whose id is given), and the notes of its file."""
    form = answers.forms[key]
    content = as_data(Parcel(document, key, form))
    carried = {name: data for name, data in answers.carried.items() if name == form.definition}
    document_of_one = Answers({key: form}, answers.unit, answers.year, carried)
    return document_of_one, {_NOTE: json.dumps(content, ensure_ascii=False)}


def parcel_of(note: Callable[[str], str]) -> Parcel | None:
    """Return what a file says about its handing out, None if it was not; `note` gives its notes."""
    text = note(_NOTE)
    return from_data(json.loads(text)) if text else None


def as_data(parcel: Parcel) -> dict[str, Any]:
    """Return a parcel as plain data for JSON."""
    form = parcel.base
    return {
        "document": parcel.document,
        "key": parcel.key,
        "form": form.definition,
        "texts": dict(form.texts),
        "rows": {block: list(ids) for block, ids in form.rows.items()},
        "replies": [[*place, reply.text, reply.found] for place, reply in form.replies.items()],
        "signed": [[*place, reply.signed] for place, reply in form.replies.items() if reply.signed],
    }


def from_data(content: Mapping[str, Any]) -> Parcel:
    """Return a parcel from plain data."""
    signed = {(code, cell): text for code, cell, text in content.get("signed", ())}
    base = FormAnswers(
        content["form"],
        content["texts"],
        {block: tuple(ids) for block, ids in content["rows"].items()},
        replies={
            (code, cell): Reply(text, found, signed.get((code, cell), ""))
            for code, cell, text, found in content["replies"]
        },
    )
    return Parcel(content["document"], content["key"], base)
