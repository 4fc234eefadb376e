"""Answers without the characters that no file can hold; whoever brought them is told what was taken out."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

from model.basics.texts import clean
from model.document.answers import Answers, FormAnswers

Key = TypeVar("Key", bound=Hashable)


def clean_answers(answers: Answers) -> tuple[Answers, str]:
    """Return a document without such characters, and those that it had, each once."""
    removed = ""
    for key, form in answers:
        cleaned, gone = clean_form(form)
        if gone:
            answers, removed = answers.with_form(key, cleaned), removed + gone
    unit = clean(answers.unit)
    return replace(answers, unit=unit.text), "".join(dict.fromkeys(removed + unit.removed))


def clean_form(form: FormAnswers) -> tuple[FormAnswers, str]:
    """Return a form without such characters, and those that it had; the form itself where it has none."""
    (texts, one), (given, two) = _clean(form.texts), _clean(form.given)
    imported, _ = _clean(form.imported)
    replies = {at: clean(reply.text) for at, reply in form.replies.items()}
    signed = {at: clean(reply.signed) for at, reply in form.replies.items()}
    removed = one + two + "".join(part.removed for part in (*replies.values(), *signed.values()))
    if not removed:
        return form, ""
    answered = {
        at: reply._replace(text=replies[at].text, signed=signed[at].text)
        for at, reply in form.replies.items()
    }
    cleaned = replace(form, texts=texts, given=given, imported=imported, replies=answered)
    return cleaned, "".join(dict.fromkeys(removed))


def _clean(texts: Mapping[Key, str]) -> tuple[dict[Key, str], str]:
    found = {key: clean(text) for key, text in texts.items()}
    kept = {key: one.text for key, one in found.items() if one.text}
    return kept, "".join(one.removed for one in found.values())
