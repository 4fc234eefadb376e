"""Writes plain data as TOML, in the shape in which forms and regulations are kept."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any


def toml_text(data: Mapping[str, Any], remark: str = "") -> str:
    """Return a TOML file that says `data`: texts, numbers, flags, arrays, tables, arrays of tables."""
    lines = [f"# {line}" for line in remark.splitlines()]
    lines += _entries(data)
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{key}]", *_inside(value)]
        elif _is_tables(value):
            for table in value:
                lines += ["", f"[[{key}]]", *_inside(table)]
    return "\n".join(lines) + "\n"


def _entries(data: Mapping[str, Any]) -> Iterator[str]:
    """The entries that stand before all tables."""
    yield from (
        f"{_key(k)} = {_value(v)}"
        for k, v in data.items()
        if not isinstance(v, Mapping) and not _is_tables(v)
    )


def _inside(data: Mapping[str, Any]) -> Iterator[str]:
    """The entries of a table; what is a table in it stands on the line of its key."""
    for key, value in data.items():
        if isinstance(value, list | tuple) and value and not isinstance(value[0], str | int | Decimal):
            yield f"{_key(key)} = ["
            yield from (f"  {_value(item)}," for item in value)
            yield "]"
        else:
            yield f"{_key(key)} = {_value(value)}"


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case int():
            return str(value)
        case str():
            return _text(value)
        case Mapping():
            inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
    raise TypeError(f"no TOML: {value!r}")


def _text(text: str) -> str:
    """A basic string: as JSON has it, which escapes all that TOML wants escaped but DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
