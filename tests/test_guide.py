"""The user guide: chapters that can be searched, pictures that are there, keys that exist."""

import re

import pytest
from PySide6.QtCore import Qt

import resources
from gui.commands.command import lines_of
from gui.commands.groups import GROUPS, all_keys
from gui.support.guide_window import GuideWindow, chapters
from tests.desk import write


@pytest.fixture
def guide(qtbot):
    window = GuideWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def titles(guide):
    return [guide.contents.item(n).text() for n in range(guide.contents.count())]


def test_the_first_chapter_is_shown_first(guide):
    assert titles(guide)[0] == "一、开始"
    assert guide.page.toPlainText().startswith("一、开始")


def test_every_picture_of_the_guide_is_shipped_and_every_shipped_one_is_shown():
    named = {name for chapter in chapters() for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", chapter.text)}
    assert named == {path.name for path in resources.path("guide").glob("*.png")}


def test_pictures_fit_the_page_at_every_width(guide, qtbot):
    for width in (700, 1400):
        guide.resize(width, 600)
        qtbot.wait(1)
        assert guide.page.document().idealWidth() <= guide.page.viewport().width()


def test_every_key_of_the_guide_exists_in_the_program():
    known = {part for key in all_keys() for part in key.key.split(" / ")}
    text = "".join(chapter.text for chapter in chapters())
    said = set(re.findall(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:[A-Z]\b|Enter|\d|[↑↓+-])|\bF\d+", text))
    assert said
    assert said - known == set()


def test_every_line_of_a_menu_that_is_named_is_in_that_menu():
    offered: dict[str, set[str]] = {}
    for group in GROUPS:
        for line in lines_of(group):
            offered.setdefault(line.entry.menu.partition("(")[0], set()).add(line.entry.text.rstrip("…"))
    text = "".join(chapter.text for chapter in chapters() if chapter.title != "更新说明")
    named = re.findall(r"“(\w\w)”菜单(?:里|中)?的“([^”]+)”", text)
    named += re.findall(r"菜单“(\w\w)”(?:里|中)的“([^”]+)”", text)
    assert len(named) > 10
    wrong = [(menu, line) for menu, line in named if line.rstrip("…") not in offered[menu]]
    assert wrong == []


def test_a_word_leaves_the_chapters_that_hold_it(guide, qtbot):
    write(guide.search, "诊断包")
    assert titles(guide) == ["六、文件、备份、恢复"]
    assert guide.page.toPlainText().startswith("六、")
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.page.textCursor().selectedText() == "诊断包"
    guide.search.clear()
    assert len(titles(guide)) == len(chapters())


def test_a_word_that_stands_nowhere_is_said_so(guide):
    write(guide.search, "量子")
    assert titles(guide) == ["没有找到"]
