"""Made-up forms for tests, each with something that real forms have: definitions of a few lines of TOML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.exchange.exchange import read_exchange
from model.forms.loader import Library, with_folder
from model.reading.reading import Form
from tests.builders import form_of

HEAD = """
id = "{id}"
kind = "{kind}"
edition = "2025"
region = "示例市"
name = "绩效自评表"
title = ["{{year}} 年度绩效自评表"]
running_title = "{{year}} 年度绩效自评表"
source = "虚构，仅供测试"
regulation = "{regulation}"
money_unit = "{unit}"
goal_parts = []
widths_mm = [10, 20, 20, 40, 20, 20, 20, 10, 10, 12]
{top}

[look]
side_mm = 14
top_mm = 15
text_pt = 9
pitch = 1.34
row_mm = 7
commas = true

[[field]]
id = "project_name"
caption = "项目名称"
required = true
{fields}

[[block]]
kind = "fields"
tab = "基本情况"
rows = [[{{ caption = "项目名称", span = 2 }}, {{ field = "project_name", span = 8 }}]]
"""
INDICATORS = """
[[block]]
kind = "indicators"
tab = "绩效目标与指标"
label = "绩效指标"
columns = [
  { key = "level1", caption = "一级指标" },
  { key = "level2", caption = "二级指标" },
  { key = "name", caption = "三级指标" },
  { key = "target", caption = "年度指标值" },
  { key = "actual", caption = "实际完成值" },
  { key = "reason", caption = "偏差原因" },
  { key = "weight", caption = "分值" },
  { key = "score", caption = "得分" },
  { key = "note", caption = "备注" },
]
"""


def definition(
    *blocks: str,
    top: str = "execution_points = 10",
    fields: str = "",
    form_id: str = "made-up",
    kind: str = "project",
    unit: str = "万元",
    regulation: str = "national",
    indicators: str = INDICATORS,
) -> str:
    """Return a definition: its head, these blocks, then the indicators."""
    head = HEAD.format(id=form_id, kind=kind, top=top, unit=unit, regulation=regulation, fields=fields)
    return "\n".join((head, *blocks, indicators))


def library(folder: Path, *definitions: str, regulations: Mapping[str, str] | None = None) -> Library:
    """Return the shipped forms and these."""
    for n, text in enumerate(definitions):
        (folder / f"{n}.toml").write_text(text, "utf-8")
    (folder / "regulations").mkdir(exist_ok=True)
    for name, text in (regulations or {}).items():
        (folder / "regulations" / f"{name}.toml").write_text(text, "utf-8")
    return with_folder(folder)


def data(form_id: str = "made-up", **entries: Any) -> dict[str, Any]:
    """Return a form as an exchange file has it."""
    head = {"schema": "ziping.form/1", "form": form_id, "unit": "示例单位", "year": 2025}
    return head | {"fields": {"项目名称": "示例项目"}} | entries


def row(
    name: str, target: str = "", actual: str = "", weight: str = "", score: str = "", **more: str
) -> dict:
    """Return an indicator as an exchange file has it."""
    cells = {"level1": "产出指标", "level2": "数量指标", "name": name, "target": target}
    return cells | {"actual": actual, "weight": weight, "score": score} | more


def read(found: Library, entries: Mapping[str, Any]) -> Form:
    """Return a form of an exchange file, read and scored; nothing of it may be unknown."""
    form = form_of(read_exchange(entries, found), found)
    assert form.answers.extra == {}
    return form
