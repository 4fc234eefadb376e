"""Wrong clocks: backups and rescued files are made and offered on any date, and none is lost for it."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from model.document import backups, rescue, store
from tests.stored import FIRST, SECOND
from tests.stress.trial import Trial, Tried, must

BEGIN = datetime(2026, 3, 1, 9)
FAR = 30 * 365  # days by which a clock may be wrong


def _moments(chance: Random) -> list[datetime]:
    """A clock that mostly runs, and now and then is set to any date."""
    now, moments = BEGIN, []
    for _ in range(chance.choice([5, 20, 45])):
        now += timedelta(seconds=chance.choice([1, 60, 86_400, 8 * 86_400]))
        moments.append(now + timedelta(days=chance.choice([0, 0, 0, chance.randint(-FAR, FAR)])))
    return moments


def backup_dates(chance: Random, folder: Path) -> Tried:
    """The newest backup is there after each, whatever its date."""
    path = folder / "某中心.zpb"
    store.create(path, FIRST)
    for moment in _moments(chance):
        copy = backups.make(path, now=moment)
        must(copy.exists(), f"the backup of {moment} is gone at once")
        must(copy in {backup.path for backup in backups.found(path)}, f"the backup of {moment} is not found")
    must(store.open_document(path).answers == FIRST, "the document is another")
    return Tried()


def rescue_dates(chance: Random, folder: Path) -> Tried:
    """What was rescued is offered at least once before it goes."""
    path, own = folder / "某中心.zpb", folder / "rescue"
    store.create(path, FIRST)
    moments = _moments(chance)
    kept = rescue.new_name(own, path, chance.choice(moments))
    own.mkdir(exist_ok=True)
    rescue.keep(kept, path, store.saved_revision(path), SECOND)
    first = rescue.found(own, chance.choice(moments))
    must([one.path for one in first] == [kept], "what was rescued is not offered")
    for moment in moments[:3]:
        rescue.found(own, moment)
    again = rescue.found(own, moments[0])
    must(again or not kept.exists(), "what was rescued is there and not offered")
    return Tried()


TRIALS = (
    Trial("clocks: backups", backup_dates, 500, 0),
    Trial("clocks: rescued files", rescue_dates, 2000, 0),
)
