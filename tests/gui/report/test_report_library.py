"""The texts of the report where the library of forms changes while they are in sight."""

from dataclasses import replace

from model.forms.definition import TABS
from tests.desk import EXAMPLE

CONCLUSION = TABS[0]


def headings(panel):
    shown = [section for part in panel.parts for _, section in part.sections]
    return [section.heading.text() for section in shown if section.isVisible()]


def test_sections_stay_where_a_form_was_added_to_the_library(start):
    window = start(EXAMPLE)
    window.view.show_form("d", TABS.index(CONCLUSION))
    panel = window.view.stack.page("d", CONCLUSION).report
    before = headings(panel)
    assert before
    window.bench.use_library(replace(window.bench.library))
    panel.show_now()
    assert headings(panel) == before
