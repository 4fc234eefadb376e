"""Documents in which nothing is open, and versions of them."""

from datetime import datetime
from pathlib import Path

from export.locking import lock
from model.checks.open_items import open_items
from model.document import store
from model.document.answers import Answers, Reply
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.forms.loader import shipped
from model.handin import versions
from model.handin.versions import Version
from model.reading.reading import read
from tests.command import SOUND, SOUND_PROJECT

REASON = "区里没有要求这一项"
APRIL = datetime(2026, 4, 28, 16, 20)


def sound() -> Answers:
    """A department and a project form of 硚口 in which nothing is wrong."""
    forms = [
        (path.name, read_exchange(decode(path.read_bytes()), shipped())) for path in (SOUND, SOUND_PROJECT)
    ]
    return gather(forms, shipped()).answers


def settled(answers: Answers) -> Answers:
    """Set everything aside that is open; what figures prove wrong stays."""
    for item in open_items(read(shipped(), answers)):
        key, cell = item.address
        reply = Reply(REASON, item.finding.found)
        answers = answers.with_form(key, answers.forms[key].with_reply(item.kind, cell, reply))
    return answers


def locked(path: Path, answers: Answers, name: str = "经办人甲", at: datetime = APRIL) -> Version:
    """Lock a version of a document in its file, which says that now."""
    number = versions.next_number(path)
    version, content = lock(read(shipped(), answers), answers, number, at, name)
    versions.add(path, version, content)
    return version


def changed(path: Path, key: str, cell: str, text: str) -> Answers:
    """Save another text in a cell; return what the document says then."""
    stored = store.open_document(path)
    answers = settled(stored.answers.with_form(key, stored.answers.forms[key].with_text(cell, text)))
    store.save(path, stored.revision, stored.answers, answers)
    return answers
