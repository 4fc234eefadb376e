"""A document from exchange files: gathered, its answers to findings tied to what they answer, and marked."""

from collections.abc import Sequence

from model.checks.replies import settled
from model.document.carrying import carrying
from model.exchange.gather import Gathered, Named, gather
from model.forms.loader import Library


def import_forms(files: Sequence[Named], library: Library) -> Gathered:
    """Return the forms of some exchange files as one document; the only way in for files of this format.

    An answer (出错说明) holds from here on for what the files hold, and lapses when that changes; of each
    text it is remembered that it was imported.
    """
    found = gather(files, library)
    answers = carrying(library, settled(found.answers, library).as_imported())
    return found._replace(answers=answers)
