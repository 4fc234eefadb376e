"""What is said about how to fill in a form (填写说明), an Advice a kind of cell; the texts are data."""

from typing import NamedTuple


class Advice(NamedTuple):
    """How to fill in some cells, with an example, the usual mistakes, and what it rests on.

    `cells` are subjects ("funds.*.budget", "row.target"), of which `*` stands for any. The rest narrows: to
    `forms`, to a `regulation`, to rows whose level-1 or level-2 label contains `level`. In `source` the
    names {form} and {regulation} stand for the sources of these, in `how` {money_unit} for the form's 元 or
    万元. `note` is how a printed footnote begins that the form, if it has it, is quoted with word for word.
    """

    cells: tuple[str, ...]
    how: str
    source: str
    example: str = ""
    mistakes: tuple[str, ...] = ()
    note: str = ""
    forms: tuple[str, ...] = ()
    regulation: str = ""
    level: str = ""


class AdviceFile(NamedTuple):
    """A file of advice; where several fit a cell the first does."""

    id: str
    texts: tuple[Advice, ...]
