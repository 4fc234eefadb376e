"""How a figure of final accounts that was read is called: 表3 205 教育支出 · 基本支出; if it is compared."""

import re
from collections.abc import Mapping
from typing import Any

from model.accounts.definition import ALL, AccountsDefinition, SubjectTable
from model.accounts.places import fixed_place
from model.recognition.accounts import AccountsFound

_PATH = re.compile(r"tables\.(?P<table>\w+)(?:\[(?P<row>\d+)\])?\.(?P<key>.+)")
_NAMES = {"code": "科目编码", "name": "科目名称"}
COMPARED = "与程序算出的数比对，不读入。"


def called(path: str, data: Mapping[str, Any], definition: AccountsDefinition) -> str:
    """Return how a value is called that was read at a path of ziping.accounts/1, "" where it has no name."""
    match = _PATH.fullmatch(path)
    if match is None:
        return ""
    table, key = match["table"], match["key"]
    if match["row"] is None:
        return fixed_place(definition, f"{table}.{key}")
    found = definition.table(table)
    row = data["tables"][table][int(match["row"])]
    subject = f"{row['code']} {row['name']}".strip() if row["code"] else "合计"
    columns = found.body.columns if isinstance(found.body, SubjectTable) else ()
    caption = _NAMES.get(key) or next((column.caption for column in columns if column.key == key), key)
    return f"{found.no} {subject} · {caption}"


def is_compared(path: str, found: AccountsFound) -> bool:
    """Whether a value is only held against what the program computes."""
    match = _PATH.fullmatch(path)
    if match is None:
        return False
    table, key = match["table"], match["key"]
    if match["row"] is None:
        return f"{table}.{key}" in found.compared
    code = found.data["tables"][table][int(match["row"])]["code"] or ALL
    return f"{table}.{code}.{key}" in found.compared
