"""Every kind of item that the one list has: provoked in the window, gone to, counted alike everywhere."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import main
from gui.handin.handin_page import SOON_MS
from gui.handin.open_lines import FILTERS
from gui.pane.pane import FINDINGS
from gui.paper.export_dialog import ExportDialog
from model.document import store
from model.document.answers import Answers
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN, WUHAN_2020, WUHAN_PROJECT, row
from tests.desk import answering, open_window
from tests.final_accounts import accounts_answers
from tests.findings import filled

LONG = "加强管理。\n" * 90
EVIDENCE = {
    "e1.material": "合同",
    "e1.file": "合同.pdf",
    "e1.sha": "0" * 64,
    "e1.size": "3",
    "e1.use": "i1",
    "e2.material": "照片",
    "e2.remark": "说" * 4000,
}


def wuhan() -> Answers:
    """A department with two goals without points, a project of another unit, and final accounts."""
    rows = (
        row("5次", "5次", "40", "50", name="甲", goal=1),
        row("≥5次", name="乙", goal=1),
        row("**", "5次", "10", name="丙", goal=2),
        row(name="", level1="效益指标", level2="社会效益指标", goal=2),
    )
    department = filled(WUHAN, *rows, goals=["", ""], basic="", improvement=LONG).answers
    department = department.with_rows("evidence", ["e1", "e2"]).with_texts(EVIDENCE)
    project = row("5次", "4次", "80", "64", name="丁", goal=1)
    other = filled(WUHAN_PROJECT, project, goals=["80"], project_name="维修", unit="另一个单位").answers
    accounts = accounts_answers({"2050299": {"t3.basic": "12.5"}})
    return Answers({"d": department, "p1": other, "a": accounts}, "示例单位", "2022")


def hunan() -> Answers:
    """A department and a project, no accounts."""
    department = filled(HUNAN, row("100%", "90%", "50"), row("≥5次", name="乙")).answers
    project = filled(HUNAN_PROJECT, row("5次", "4次", "50", "64", name="丁"), project_name="维修").answers
    return Answers({"d": department, "p1": project}, "示例单位", "2025")


def levels() -> Answers:
    """A row of which the level is not chosen, though another row of the form has one."""
    rows = row("效果明显", "效果明显", "40", "38", level="达成"), row("效果明显", "效果明显", "40", "38")
    return Answers({"d": filled(WUHAN_2020, *rows).answers}, "示例单位", "2022")


KINDS = {
    "wuhan": (
        "score-above-weight",  # errors
        "template-residue",  # rows of the blank form
        "name-differs",  # warnings without an answer; names that differ
        "required-missing",
        "row-unfinished",
        "goal-points-missing",  # prints as （　分）
        "text-empty",
        "date-empty",
        "level-empty",  # a blank row of the form
        "section-empty",
        "accounts-empty",
        "explanation-empty",
        "page-torn",
        "evidence-missing",
    ),
    "hunan": ("weights-not-100", "row-unfinished", "section-empty", "date-empty"),
    "levels": ("level-unchosen",),
}
MADE = {"wuhan": wuhan, "hunan": hunan, "levels": levels}
CASES = [(name, kind) for name, kinds in KINDS.items() for kind in kinds]


@pytest.fixture
def opened(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")

    def start(name):
        path = tmp_path / "自评簿.zpb"
        store.create(path, MADE[name]())
        window = open_window(qtbot, path)
        window.bench.doors = main.doors()
        QTest.keyClick(window, Qt.Key.Key_F9)
        return window

    return start


@pytest.mark.parametrize("name", MADE)
def test_each_kind_is_in_the_list_and_leads_to_its_place(opened, name):
    window = opened(name)
    page = window.view.whole.handin
    lines = {line.item.kind: (n, line.item) for n, line in enumerate(page.list.lines.lines) if line.item}
    for kind in KINDS[name]:
        row, item = lines[kind]
        window.view.show_handin()
        page.list.mark_row(row)
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert not window.view.is_previewing, kind
        assert window.view.key == item.address[0], kind


@pytest.mark.parametrize("name", MADE)
def test_f8_walks_through_all_of_them(opened, name):
    window = opened(name)
    page = window.view.whole.handin
    items = [line.item for line in page.list.lines.lines if line.item]
    assert len(items) == len(window.session.snapshot.open)
    seen = []
    for _ in items:
        QTest.keyClick(window, Qt.Key.Key_F8)
        assert not window.view.is_previewing
        seen.append(page.list.current_line().item)
        window.view.show_handin()
    assert seen == items


@pytest.mark.parametrize("name", MADE)
def test_everything_counts_alike(opened, name, capsys):
    window = opened(name)
    items, page = window.session.snapshot.open, window.view.whole.handin
    of = {wanted: sum(item.severity == wanted for item in items) for wanted in FILTERS}
    shown = {wanted: page.filters.tabText(n) for n, wanted in enumerate(FILTERS)}
    assert shown["all"].endswith(f" {len(items)}")
    assert all(shown[one].endswith(f" {of[one]}") for one in ("error", "warning", "gap", "paper"))
    head = page.head.title.text()
    assert sum(map(int, re.findall(r"[0-9]+", head))) == len(items)
    assert sum(line.size for line in page.list.lines.lines) == len(items)
    QTest.qWait(SOON_MS * 3)
    outputs = window.view.list.outputs
    last = outputs.item(outputs.count() - 1)
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == f"交稿，还差 {len(items)} 项"
    assert window.view.pane.tabs.tabText(FINDINGS) == f"问题 {of['error'] + of['warning']}"
    said = []
    answering(ExportDialog, lambda dialog: said.append(dialog.choice.warning.sentence.text()))
    QTest.mouseClick(page.head.export, Qt.MouseButton.LeftButton)
    assert sum(map(int, re.findall(r"[0-9]+", said[0]))) == len(items), said[0]
    window.view.show_form("d")
    window.view.open_pane(FINDINGS)
    findings = window.view.pane.findings
    findings.refresh()
    entries = [entry for entry in findings.model.entries if entry.finding]
    for state, count in of.items():
        if state in ("error", "warning", "gap", "paper"):
            assert sum(entry.state == state for entry in entries) == count, state
    assert main.main(["check", str(window.session.path)]) == 1
    printed = capsys.readouterr().out
    for state, words in (("error", "错误"), ("warning", "提醒"), ("gap", "未填"), ("paper", "版面")):
        counts = re.findall(rf"^    {words} ([0-9]+)$", printed, re.MULTILINE)
        assert sum(map(int, counts)) == of[state], words


def test_the_first_item_is_not_passed_over(opened):
    """F9 brings the keyboard into the list, which marks its first line; F8 goes there."""
    window = opened("levels")
    page = window.view.whole.handin
    page.list.setFocus()
    first = next(line.item for line in page.list.lines.lines if line.item)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert page.list.current_line().item is first


def test_pages_alone_are_told_before_they_are_exported(opened):
    """A form on which only a page breaks badly is no draft, and not all well either."""
    window = opened("wuhan")
    session = window.session

    def put_aside(edit):
        for item in session.snapshot.open:
            if item.severity != "paper" and item.finding.may_be_set_aside:
                edit.set_reply(item.address, item.kind, "今年按规定不填", item.finding.found)

    session.edit("搁置", put_aside)
    pages = sum(item.severity == "paper" for item in session.snapshot.open)
    said = []
    answering(ExportDialog, lambda dialog: said.append(dialog.choice.warning.sentence.text()))
    QTest.mouseClick(window.view.whole.handin.head.export, Qt.MouseButton.LeftButton)
    assert f"{pages} 处版面不好" in said[0]
