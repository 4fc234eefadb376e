"""The published forms of tests/data, opened as the program opens them."""

from functools import cache
from pathlib import Path

from model.document.answers import Answers, FormAnswers
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from model.reading.reading import Form, read

FOLDER = Path(__file__).parent / "data" / "published" / "forms"
DECLARATION = "hanyang_2024_target_declaration"
SCORED = tuple(sorted(path.stem for path in FOLDER.glob("*.json") if "declaration" not in path.stem))


@cache
def published(name: str) -> Form:
    """Return a published form by the name of its file."""
    answers = read_exchange(decode((FOLDER / f"{name}.json").read_bytes()), shipped())
    return form_of(answers)


def form_of(answers: FormAnswers) -> Form:
    """Return the form of some answers, read and scored."""
    return read(shipped(), Answers({"p1": answers})).forms[0]
