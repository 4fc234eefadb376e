# ruff: noqa: E501
"""Outlines of reports are data: every shipped one loads, and a mistake is refused with file, entry and key."""

from pathlib import Path

import pytest

import resources
from model.basics.errors import UserError
from model.forms.loader import shipped, with_folder
from model.forms.outline_toml import VALUES, read_outline
from model.report.teller import teller
from tests.builders import SCORED
from tests.findings import document, filled

OUTLINE = """
id = "mine"
name = "自评报告"
forms = ["wuhan-department-2022"]
title = ["{year} 年度{unit}自评报告"]
abstract_title = ["{year} 年度{unit}自评报告（摘要版）"]
source = "示例"
numbers = ["一、", "（一）"]

[[options]]
id = "more"
caption = "增加一节"

[[section]]
level = 1
title = "自评结论"
tab = "自评结论"
parts = [
  { id = "score", kind = "sentence", patterns = [{ text = "得分 {total} 分。", when = "total" }] },
  { id = "works", kind = "table", table = "works" },
]

[[section]]
level = 2
title = "补充"
tab = "自评结论"
option = "more"

[[tables]]
id = "works"
title = "重点工作"
text_columns = [{ key = "item", caption = "事项", width_mm = 144 }]
"""

MISTAKES = [
    ('name = "自评报告"\n', "", "name：缺少这一项"),
    ('name = "自评报告"', 'name = "自评报告"\ncolour = 1', "colour：不认识这一项"),
    ('forms = ["wuhan-department-2022"]', 'forms = ["mars"]', "没有编号为“mars”的表样"),
    ("得分 {total} 分", "得分 {points} 分", "不认识 {points}"),
    ("得分 {total} 分", "得分 {total 分", "大括号不成对"),
    ('when = "total"', 'when = "often"', "when"),
    ('kind = "sentence"', 'kind = "song"', "kind"),
    ('tab = "自评结论"\nparts', 'tab = "别处"\nparts', "tab"),
    ('table = "works" }', 'table = "other" }', "table：不认识“other”"),
    ('option = "more"', 'option = "less"', "option：不认识“less”"),
    ("level = 2", "level = 3", "“补充”的级次没有编号方式"),
    ('id = "works", kind', 'id = "score", kind', "“score”出现了两次"),
    (
        "text_columns = [{",
        'rows = [{ key = "a", caption = "甲" }]\ntext_columns = [{',
        "rows 或 text_columns 之一",
    ),
    ("text_columns = [{", 'rows = [{ key = "a", caption = "甲", sums = ["b"] }]\ntext_columns = [{', "“b”"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_small_outline_is_right(tmp_path):
    found = read_outline(written(tmp_path, OUTLINE), shipped().forms)
    assert (found.id, len(found.sections), found.table("works").text_columns[0].key) == ("mine", 2, "item")


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[says for *_, says in MISTAKES])
def test_a_mistake_is_refused_with_file_entry_and_key(tmp_path, old, new, says):
    assert old in OUTLINE
    with pytest.raises(UserError) as refused:
        read_outline(written(tmp_path, OUTLINE.replace(old, new, 1)), shipped().forms)
    assert says in refused.value.message
    assert refused.value.message.startswith("mine.toml：")


def test_an_outline_of_the_users_own_comes_with_the_forms_of_a_folder(tmp_path):
    (tmp_path / "reports").mkdir()
    written(tmp_path / "reports", OUTLINE.replace('["wuhan-department-2022"]', '["wuhan-project-2022"]'))
    assert "mine" in with_folder(tmp_path).outlines


def test_every_scored_form_has_a_report_and_there_is_one_statement():
    assert all(shipped().outline(form_id) for form_id in SCORED)
    assert shipped().outline("wuhan-declaration-2024") is None
    statement = shipped().statement()
    assert statement is not None
    assert statement.forms == ()


@pytest.mark.parametrize("form_id", SCORED)
def test_every_value_that_a_pattern_may_name_is_known_to_the_program(form_id):
    reading = document(filled(form_id))
    found = teller(reading.forms[0], reading, shipped())
    assert found is not None
    of_rows = {"n", "name", "target", "actual", "reason", "prose"}
    of_the_statement = {"k", "we"}
    of_a_table = {
        "spending",
        "staff",
        "running",
        "project_outturn",
        "staff_share",
        "running_share",
        "project_share",
    }
    assert set(VALUES) - of_rows - of_the_statement - of_a_table <= set(found.values)


@pytest.mark.parametrize("path", sorted(resources.path("reports").glob("*.toml")), ids=lambda path: path.stem)
def test_every_typed_part_says_how_to_fill_it_in(path):
    outline = read_outline(path, shipped().forms)
    typed = [part for _, part in outline.parts() if part.kind in ("text", "value")]
    assert all(part.caption and part.help for part in typed)
