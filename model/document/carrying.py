"""What definitions a document carries with it: those of its forms that no program ships."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.forms.loader import Library


def carried_by(library: Library, answers: Answers) -> Mapping[str, bytes]:
    """Return the files of the definitions that a document needs and no program ships; its own go first."""
    used = {form.definition for _, form in answers}
    own = {key: file.data for key, file in library.own.items() if key in used}
    return own | {key: data for key, data in answers.carried.items() if key in used}


def carrying(library: Library, answers: Answers) -> Answers:
    """Return the document with what it is to carry."""
    carried = carried_by(library, answers)
    return answers if carried == answers.carried else replace(answers, carried=carried)


def knowing(library: Library, paths: Iterable[Path]) -> Library:
    """Return the library with the forms that documents among some files carry and it does not have.

    A document that can't be opened, or carries what can't be read, adds nothing: whoever reads it says so.
    """
    for path in paths:
        if path.suffix.lower() != store.SUFFIX:
            continue
        try:
            carried = store.open_document(path).answers.carried
            library = library.carrying({k: d for k, d in carried.items() if k not in library.forms})
        except (UserError, OSError):
            continue
    return library
