"""Text of a document is no markup: labels, tool tips, menus; and no code of the window goes around that."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox

import gui
from gui.base import ask
from gui.base.plain import Label, in_menu, tip
from gui.base.tick_box import TickBox

HOSTILE = ['<img src="//server/x.png">', "<b>粗</b>", "甲&amp;乙", "≥5 <10", "一\n<i>二</i>\n三", "&lt;"]
FILES = sorted(Path(gui.__file__).parent.rglob("*.py"))


def read(text):
    """What a tool tip shows of a text."""
    if not GuiQt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_a_text_letter_by_letter(qtbot, text):
    for label in (Label(text), Label(objectName="caption", wordWrap=True)):
        qtbot.addWidget(label)
        label.setText(text)
        assert (label.text(), label.textFormat()) == (text, Qt.TextFormat.PlainText)


def test_a_label_of_the_program_may_be_rich(qtbot):
    label = Label("<b>1</b>", textFormat=Qt.TextFormat.RichText)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.RichText


@pytest.mark.parametrize("is_first", [True, False])
def test_an_ampersand_in_the_caption_of_an_editor_is_no_key(qtbot, is_first):
    label, editor = Label("收入&支出" if is_first else ""), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(editor)
    label.setBuddy(editor)
    if not is_first:
        label.setText("收入&支出")
    assert label.text() == "收入&&支出"
    assert label.buddy() is editor


@pytest.mark.parametrize("text", [*HOSTILE, "", "普通的提示。", "一\n二"])
def test_a_tool_tip_shows_a_text_letter_by_letter(qapp, text):
    assert read(tip(text)) == text
    assert "<img" not in tip(text)


def test_a_plain_tool_tip_stays_as_it_is():
    assert tip("普通的提示。") == "普通的提示。"


def test_a_menu_shows_an_ampersand():
    assert in_menu("甲&乙&amp;") == "甲&&乙&&amp;"


def test_an_ampersand_in_a_tick_box_is_no_key(qtbot):
    box = TickBox("收入&支出")
    qtbot.addWidget(box)
    assert box.shortcut() == QKeySequence()
    assert box.text() == "收入&支出"


@pytest.mark.parametrize("say", [ask.tell, ask.inform, ask.confirm])
def test_a_message_shows_a_text_letter_by_letter(qtbot, monkeypatch, say):
    shown = {}
    note = lambda box: shown.update({one.text(): one.textFormat() for one in box.findChildren(QLabel)})  # noqa: E731
    monkeypatch.setattr(QMessageBox, "exec", note)
    arguments = {"yes": "是", "hint": HOSTILE[1]} if say is ask.confirm else {}
    say(None, HOSTILE[0], *([] if arguments else [HOSTILE[1]]), **arguments)
    assert [shown[text] for text in HOSTILE[:2]] == [Qt.TextFormat.PlainText] * 2


def calls(path):
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]


def named(node):
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def is_safe(node):
    """Whether a tool tip is a text of the program's own, or made by tip()."""
    if isinstance(node, ast.IfExp):
        return is_safe(node.body) and is_safe(node.orelse)
    is_own = isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())
    return is_own or (isinstance(node, ast.Call) and named(node) == "tip")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_and_tool_tip_of_the_window_is_one_of_these(path):
    if path.name == "plain.py":
        return
    assert [node.lineno for node in calls(path) if named(node) == "QLabel"] == []
    tips = [node.args[-1] for node in calls(path) if named(node) in ("setToolTip", "setTabToolTip")]
    tips += [word.value for node in calls(path) for word in node.keywords if word.arg == "toolTip"]
    assert [node.lineno for node in tips if not is_safe(node)] == []
    classes = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)
    ]
    assert [one.name for one in classes for base in one.bases if ast.unparse(base) == "QLabel"] == []
