"""What is taken out of a form that was filled in, so that its file is a blank again."""

import re
from collections import defaultdict
from collections.abc import Iterator

from model.recognition.captions import plain
from model.recognition.fill_plan import Edit
from model.recognition.found import Found
from model.recognition.incoming import Mark, Place
from model.recognition.said import filled_in
from model.recognition.texts import PLACEHOLDERS

_HEAD = ("unit", "year")  # said once more elsewhere, or in the title
_PRINTED = ("level1", "level2", "label", "side", "title", "level1_weight", "footnotes", "goal")
_POINTS = re.compile(r"(?!indicators)\w+\[0\]\.weight")  # of the execution; no rows of indicators
_UNITS = ("元", "万元", "亿元")  # of money, which the bureau prints
_NUMBERED = re.compile(r"指标[0-9一二三四五六七八九十]*|[.…·]+")  # hints of the blank that nobody wrote over
_TICKED = str.maketrans("☑■☒", "□□□")


def emptied(found: Found) -> Iterator[Edit]:
    """Yield what makes a blank of a form; captions, levels, printed points and what is no text stay."""
    lines: defaultdict[Place, dict[str, str]] = defaultdict(dict)
    for path, caption in found.inline.items():
        text = found.data.get("fields", {}).get(path.removeprefix("fields."), "")
        if path in found.places:
            lines[found.places[path]][caption] = text if text in _UNITS else ""
    done = {cell.place for cell in found.options.values()}
    printed = found.data.get("fields", {})
    units = {place for path, place in found.places.items() if printed.get(path[7:]) in _UNITS}
    for cell in found.options.values():
        if (text := cell.text.translate(_TICKED)) != cell.text:
            yield Edit(cell.place, "write", text, "", "", True)
    for path, cell in found.cells.items():
        name = path.rpartition(".")[2].partition("[")[0]
        if cell.place in lines and cell.place not in done:
            done.add(cell.place)
            line = filled_in(cell.text, lines[cell.place])
            if line != cell.text:
                yield Edit(cell.place, "write", line, "", path, True)
        is_points = bool(_POINTS.fullmatch(path))
        is_in_label = found.marks.get(path) is Mark.SPLIT and name not in ("name", "weight")
        is_left = name == "name" and bool(_NUMBERED.fullmatch(plain(cell.text).rstrip(":：")))
        is_own = name in _PRINTED or path in _HEAD or is_points or is_in_label or cell.place in units
        if (
            cell.place in done
            or is_own
            or is_left
            or cell.text.strip() in PLACEHOLDERS
            or not cell.place.column
        ):
            continue
        done.add(cell.place)
        yield Edit(cell.place, "clear", "", "", path, True)
