"""A TOML file handed out entry by entry: what is missing, wrong or left over is refused with file and key."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar, cast

from model.basics.errors import UserError

T = TypeVar("T")
MAX_COLUMN_SPAN = 100
MAX_NUMBER, MAX_PLACES = 1_000_000, 10
MAX_BYTES = 4 * 2**20
MAX_MEASURE = 1000  # millimetres or points; more is no form on paper


def open_toml(path: Path) -> "TomlTable":
    """Return the outermost table of a TOML file, its numbers as Decimal; raises UserError naming the file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{path.name}：超过 {MAX_BYTES // 2**20} MB。", "这不是表样文件。")
        return toml_in(path.read_bytes(), path.name)
    except OSError as error:
        raise UserError(f"{path.name}：读不出来（{error.strerror}）。", "请核对文件。") from None


def toml_in(content: bytes, name: str) -> "TomlTable":
    """Return the outermost table of what stands in a TOML file; raises UserError naming the file."""
    try:
        return TomlTable(tomllib.loads(content.decode("utf-8"), parse_float=Decimal), name, "")
    except UnicodeDecodeError:
        raise UserError(f"{name}：不是 UTF-8 编码。", "请另存为 UTF-8。") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name}：不是有效的 TOML 文件（{error}）。", "请更正表样文件。") from None


class TomlTable:
    """A table that hands out each entry once; `done` refuses what nobody asked for.

    Without a default an entry must be there. Every refusal is a UserError that names file, entry and key.
    """

    def __init__(self, data: object, file: str, where: str) -> None:
        self._file, self._where = file, where
        if not isinstance(data, dict):
            raise UserError(f"{self._here()}应为一组“键 = 值”。", "请更正表样文件。")
        self._rest: dict[str, Any] = dict(data)

    def _here(self, key: str = "") -> str:
        place = " ".join(part for part in (self._where, key) if part)
        return f"{self._file}：{place}：" if place else f"{self._file}："

    def refuse(self, key: str, problem: str) -> UserError:
        """Return the refusal of the entry `key`, to be raised."""
        return UserError(f"{self._here(key)}{problem}。", "请更正表样文件。")

    def _take(self, key: str, default: object) -> Any:
        if key not in self._rest and default is None:
            raise self.refuse(key, "缺少这一项")
        return self._rest.pop(key, default)

    def has(self, key: str) -> bool:
        """Whether the entry is there and not yet taken."""
        return key in self._rest

    def rest(self) -> dict[str, Any]:
        """Return what was not taken yet, as it stands in the file."""
        return dict(self._rest)

    def untaken(self) -> tuple[str, ...]:
        """Return the keys that are not yet taken."""
        return tuple(self._rest)

    def done(self) -> None:
        """Refuse entries that nobody asked for."""
        if self._rest:
            raise self.refuse(next(iter(self._rest)), "不认识这一项")

    # --- texts

    def text(self, key: str, default: str | None = None) -> str:
        """Take an entry that must be a text, blank or not; raises UserError where it is none."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, "应为文字")
        return value

    def filled(self, key: str) -> str:
        """Return a text that is not empty, as an id or a source."""
        value = self.text(key)
        if not value.strip():
            raise self.refuse(key, "不能为空")
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return one of the allowed texts."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.refuse(key, f"不能是“{value}”，可以是 {'、'.join(a for a in allowed if a)}")
        return value

    def texts(self, key: str, default: list[object] | None = None) -> tuple[str, ...]:
        """Return an array of texts."""
        values = self.array(key, default)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(key, "应为一列文字")
        return tuple(cast(list[str], values))

    def words(self, key: str) -> dict[str, str]:
        """Return an inline table of texts, empty if it is not there."""
        value = self._take(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise self.refuse(key, "应为一组“键 = 文字”")
        return value

    def pattern(self, key: str, names: tuple[str, ...], default: str | None = None) -> str:
        """Return a text in which only these names stand in braces."""
        value = self.text(key, default)
        self.check_pattern(key, value, names)
        return value

    def check_pattern(self, key: str, value: str, names: tuple[str, ...]) -> None:
        """Refuse braces that do not match or hold anything but one of the names."""
        try:
            used = [parts[1:] for parts in Formatter().parse(value) if parts[1] is not None]
        except ValueError:
            raise self.refuse(key, "大括号不成对") from None
        for name, spec, conversion in used:
            if name not in names or spec or conversion:
                inside = f"{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}"
                known = "、".join("{" + known + "}" for known in names)
                raise self.refuse(key, f"不认识 {{{inside}}}，可以用 {known}")

    # --- numbers

    def number(self, key: str) -> Decimal:
        """Return a number from 0, of a size that a form can mean."""
        value = _finite(self._take(key, None))
        if value is None or value < 0:
            raise self.refuse(key, "应为不小于 0 的数字")
        if not _is_of_this_world(value):
            raise self.refuse(key, f"应为不大于 {MAX_NUMBER:,} 的数字，小数不超过 {MAX_PLACES} 位")
        return value

    def measure(self, key: str) -> float:
        """Return a length or size above 0, an ordinary number: geometry, not money."""
        value = _finite(self._take(key, None))
        if value is None or not 0 < value <= MAX_MEASURE or not _is_of_this_world(value):
            raise self.refuse(key, f"应为大于 0、不大于 {MAX_MEASURE} 的数字")
        return _plain(value)

    def widths(self, key: str, default: tuple[float, ...] | None = None) -> tuple[float, ...]:
        """Return an array of widths in millimetres, each above 0."""
        if default is not None and key not in self._rest:
            return default
        values = [_finite(value) for value in self.array(key)]
        if not values or not all(
            value is not None and 0 < value <= MAX_MEASURE and _is_of_this_world(value) for value in values
        ):
            raise self.refuse(key, "应为一列大于 0 的毫米数")
        return tuple(_plain(value) for value in values if value is not None)

    def whole(self, key: str, default: int) -> int:
        """Return how many columns something takes."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_COLUMN_SPAN:
            raise self.refuse(key, f"应为 1 到 {MAX_COLUMN_SPAN} 的整数")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, "应为 true 或 false")
        return value

    # --- arrays and tables

    def array(self, key: str, default: list[object] | None = None) -> list[object]:
        """Return an array as it stands."""
        value = self._take(key, default)
        if not isinstance(value, list):
            raise self.refuse(key, "应为方括号里的一列")
        return value

    def table(self, key: str) -> "TomlTable":
        """Return the table [key]."""
        return TomlTable(self._take(key, None), self._file, f"{self._where} [{key}]".strip())

    def tables(self, key: str, default: list[object] | None = None) -> list["TomlTable"]:
        """Return the tables of an array [[key]]."""
        return [self._child(key, n, item) for n, item in enumerate(self.array(key, default), start=1)]

    def rows(self, key: str, default: list[object] | None = None) -> list[tuple["TomlTable", ...]]:
        """Return an array of rows of tables."""
        rows = []
        for n, row in enumerate(self.array(key, default), start=1):
            if not isinstance(row, list):
                raise self.refuse(key, f"第 {n} 行应为方括号里的一列单元格")
            rows.append(
                tuple(self._child(f"{key} 第 {n} 行", m, cell) for m, cell in enumerate(row, start=1))
            )
        return rows

    def _child(self, key: str, n: int, item: object) -> "TomlTable":
        return TomlTable(item, self._file, f"{self._where} [{key}] 第 {n} 项".strip())


def each(tables: list[TomlTable], read: Callable[[TomlTable], T]) -> list[T]:
    """Read every table and refuse what is left over in it."""
    found = []
    for table in tables:
        found.append(read(table))
        table.done()
    return found


def repeated(values: Iterable[str]) -> str:
    """Return a value that stands there twice, or ""."""
    counted = Counter(values)
    return next((value for value, count in counted.items() if count > 1), "")


def names_in(pattern: str) -> tuple[str, ...]:
    """Return what stands in braces in a pattern."""
    return tuple(parts[1] for parts in Formatter().parse(pattern) if parts[1] is not None)


def _is_of_this_world(value: Decimal) -> bool:
    """Whether a number can be reckoned with: 1e999 and 1e-999 have more digits than anybody needs."""
    exponent = value.as_tuple().exponent
    return value <= MAX_NUMBER and isinstance(exponent, int) and exponent >= -MAX_PLACES


def _finite(value: object) -> Decimal | None:
    """Return a number as Decimal; None for anything else, also for nan, inf and true."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def _plain(value: Decimal) -> float:
    numerator, denominator = value.as_integer_ratio()
    return numerator / denominator
