"""Any form of any shipped definition, for property tests: texts, rows, given texts, unknown entries."""

import json
from collections.abc import Iterable

from hypothesis import strategies as st

from model.document.answers import FormAnswers, Reply
from model.exchange.money_rows import FUNDS, columns_of, entry_of
from model.forms.definition import FormDefinition
from model.forms.loader import shipped
from model.reading.amounts import computed_cells, rows_of
from tests.builders import HUNAN, SHIPPED

RARE = '硚〇䶮𬭊\n\r\t\x00\ufeff\ufffd\U0010ffff　＝=+-@"\\'
TEXT = st.text(
    st.one_of(st.sampled_from(RARE), st.characters(exclude_categories=["Cs"])), min_size=1, max_size=12
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(TEXT.map(lambda text: f"unknown {text}"), JSON, max_size=2)
INDICATOR_TEXTS = ("level1", "level2", "name", "weight", "target", "actual", "score", "reason", "level")
BEFORE = ("two_years_before", "year_before", "basis")


@st.composite
def forms(draw: st.DrawFn) -> FormAnswers:
    """A form of any shipped definition."""
    form = shipped().form(draw(st.sampled_from(SHIPPED)))
    ids = {"goals": _ids("g", draw(st.integers(0, 3))), "indicators": _ids("i", draw(st.integers(0, 4)))}
    blocks = (*form.row_blocks, *form.money_blocks)
    ids |= {block.id: _ids(block.id[0], draw(st.integers(0, 3))) for block in blocks}
    texts = {"year": str(draw(st.integers(1990, 2100)))}
    texts["money_unit"] = draw(st.sampled_from(["", "", "元", "万元", "亿元"]))
    texts |= {cell: draw(TEXT) for cell in typed_cells(form, ids) if draw(st.booleans())}
    for row in ids["indicators"]:
        texts[f"{row}.direction"] = draw(st.sampled_from(["", "≥", "≤", "="]))
        texts[f"{row}.core"] = draw(st.sampled_from(["", "true"]))
        texts[f"{row}.goal"] = draw(st.sampled_from(["", *ids["goals"]]))
    for goal in ids["goals"] if form.goal_terms else ():
        texts[f"{goal}.term"] = draw(st.sampled_from(["", *form.goal_terms]))
    for block in form.money_blocks:
        below = sorted(draw(st.integers(0, len(block.rows) - 1)) for _ in ids[block.id])
        texts |= {f"{row}.under": block.rows[n].key for row, n in zip(ids[block.id], below, strict=True)}
    printed = {place: draw(TEXT) for place in given_places(form, ids) if draw(st.booleans())}
    return FormAnswers(
        form.id,
        {cell: text for cell, text in texts.items() if text},
        {name: members for name, members in ids.items() if members},
        printed,
        _unknown(draw, form, [row for members in ids.values() for row in members]),
        {(draw(TEXT), draw(TEXT)): Reply(draw(TEXT)) for _ in range(draw(st.integers(0, 2)))},
    )


def _ids(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{n + 1}" for n in range(count))


def typed_cells(form: FormDefinition, ids: dict[str, tuple[str, ...]]) -> list[str]:
    """Every cell of a form that may hold any text."""
    cells = ["unit", *form.fields]
    for block in form.money_blocks:
        bare = FormAnswers(form.id, rows=ids)
        computed = set(computed_cells(form, bare))
        for row in rows_of(block, bare):
            names = [*columns_of(form, block), *(["label"] if row.is_added else [])]
            cells += [cell for name in names if (cell := row.cell(name)) not in computed]
    for block in form.row_blocks:
        cells += [f"{row}.{column.key}" for row in ids[block.id] for column in block.columns]
    parts = [key for key in form.goal_columns if key != "term" and (key != "text" or key in form.goal_parts)]
    cells += [f"{goal}.{part}" for goal in ids["goals"] for part in parts]
    return cells + [f"{row}.{cell}" for row in ids["indicators"] for cell in (*INDICATOR_TEXTS, *BEFORE)]


def given_places(form: FormDefinition, ids: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """Every cell for which a file may have printed something that the program computes."""
    yield from ("title", "total", "block_label")
    yield from (f"{goal}.label" for goal in ids["goals"])
    yield from (f"{row}.level1_weight" for row in ids["indicators"])
    yield from computed_cells(form, FormAnswers(form.id, rows=ids))


def _unknown(draw: st.DrawFn, form: FormDefinition, rows: list[str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    main = next((block for block in form.money_blocks if entry_of(form, block) == FUNDS), None)
    funds = [row.key for row in main.rows] if main else []
    others = [row.at for block in form.money_blocks if block is not main for row in block.rows]
    rows = [*rows, *others]
    wheres = [("form",), ("fields",), ("signatures",), *(("fund", key) for key in funds)]
    wheres += [("row", row) for row in rows]
    if form.id == HUNAN:
        wheres.append(("breakdown", str(draw(st.integers(0, 7)))))
    if form.fields_at("overall_goals"):
        wheres.append(("overall_goals",))
    for where in wheres:
        for key, value in draw(UNKNOWN).items():
            extra[packed(*where, key)] = json.dumps(value, ensure_ascii=False)
    return extra


def packed(*path: str) -> str:
    """The path of an unknown entry as it is kept."""
    return json.dumps(path, ensure_ascii=False)
