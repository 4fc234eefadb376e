"""Which institution a form speaks of, of those that it names: the one evaluated, not the one above it."""

from model.recognition.anatomy import Anatomy, Pair, Taken
from model.recognition.captions import Vocabulary, bare
from model.recognition.units import field_key

_NAMED_AS = ("unit_name", "implementer", "authority")  # the nearest first
_PUBLISHES = (
    "部门",
    "部门名称",
    "预算部门",
)  # in a line above the table: who publishes it, as an authority does


def institution(form: Anatomy, words: Vocabulary) -> Taken | str:
    """Return the institution that a form speaks of, in the table before the line above it; "" for none."""
    named = [(field_key(pair, words), pair) for pair in form.pairs if pair.value.text]
    named = [one for one in named if one[0] in _NAMED_AS]
    return min(named, key=_nearness)[1].value if named else ""


def _nearness(named: tuple[str, Pair]) -> tuple[int, bool]:
    key, pair = named
    is_line = pair.zone == "line"
    publishes = is_line and bare(pair.caption) in _PUBLISHES
    return _NAMED_AS.index("authority" if publishes else key), is_line
