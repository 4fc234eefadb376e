"""成稿: what comes out of a document, in the list and in the preview, where a door makes the pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from export import WINDOW_FORMATS, pdf_bytes
from export.batch import export_forms
from export.handin import report_of, statement_of
from gui.base.settings import Settings
from gui.frame.list_items import KEY
from gui.paper.doors import Doors
from gui.paper.outputs import Reports, home_of, outputs_of
from gui.window import Window
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from tests.desk import EXAMPLE, YUEYANG, dressed, open_session


class Maker:
    """Draws, in place of a report, the department's form, and remembers which report was wanted."""

    def __init__(self):
        self.reports = []
        self.window = None

    def __call__(self, reports):
        self.reports += reports
        form = self.window.session.form("d")
        return pdf_bytes((lay_out_form(form, metrics()),))


@pytest.fixture
def maker():
    return Maker()


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch, maker):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    dressed()
    reports = Reports(report_of, statement_of, maker)
    doors = Doors(pdf_bytes, WINDOW_FORMATS, export_forms, reports=reports)
    maker.window = made = Window(shipped(), Settings(), doors)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    assert made.commands.files.open_path(open_session(tmp_path, EXAMPLE).path)
    return made


def items(window):
    outputs = window.view.list.outputs
    return {outputs.item(n).data(KEY): outputs.item(n) for n in range(outputs.count())}


def choose(window, output):
    view, item = window.view.list.outputs, items(window)[output]
    view.scrollToItem(item)
    point = view.visualItemRect(item).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_the_list_has_forms_reports_short_versions_and_what_is_published(window):
    project = window.session.form("p1").project
    assert {output: item.text() for output, item in items(window).items()} == {
        "d": "整体绩效自评表",
        "p1": f"项目自评表 · {project}",
        "d:report": "自评报告",
        "d:abstract": "自评报告（摘要版）",
        "p1:report": f"项目自评结果 · {project}",
        "p1:abstract": f"自评结果摘要版 · {project}",
        ":statement": "决算公开说明",
        ":handin": "交稿",
    }


def test_without_a_project_there_is_no_statement(qtbot, tmp_path):
    session = open_session(tmp_path, YUEYANG[:1])
    assert [output.id for output in outputs_of(session.snapshot.reading, shipped())] == [
        "d",
        "d:report",
        "d:abstract",
    ]


@pytest.mark.parametrize(
    ("output", "name", "key"),
    [
        ("d:report", "整体绩效自评报告", "d"),
        ("d:abstract", "整体绩效自评报告（摘要版）", "d"),
        ("p1:report", "项目绩效自评结果", "p1"),
        (":statement", "预算绩效情况说明", "d"),
    ],
)
def test_a_click_shows_the_pages(window, maker, output, name, key):
    choose(window, output)
    assert window.view.is_previewing
    assert window.view.key == key == home_of(output, window.session.snapshot.reading)
    assert [report.name for report in maker.reports] == [name]
    assert window.view.preview.bar.title.whole == items(window)[output].text()
    assert len(window.view.preview.desk.shown.pages) == 2


def test_a_report_is_a_draft_with_its_form_and_the_statement_with_any(window, maker, checks):
    from tests.finding_desk import always

    checks(always("report.score", key="p1"))
    window.session.set_text(("p1", "report.outputs"), "一是建成平台")
    for output in ("d:report", "p1:report", ":statement"):
        choose(window, output)
    assert [report.mark for report in maker.reports] == ["", "草稿", "草稿"]


def test_a_report_that_changed_is_made_anew(window, maker, qtbot):
    choose(window, "d:report")
    window.session.set_text(("d", "report.score_note"), "总体良好。")
    qtbot.waitUntil(lambda: len(maker.reports) == 2)
    assert any("总体良好。" in getattr(part, "text", "") for part in maker.reports[-1].parts)


def test_what_is_in_sight_is_what_is_printed(window, maker, monkeypatch):
    printed = []
    monkeypatch.setattr("gui.paper.printing.print_pdf", lambda parent, pdf, title: printed.append(title))
    window.commands.papers.print_pages()
    choose(window, "d:report")
    window.commands.papers.print_pages()
    assert printed == [
        "".join(window.session.form("d").title),
        "".join(maker.reports[-1].title),
    ]


def test_a_click_on_a_report_leads_nowhere_and_the_list_leads_back(window):
    choose(window, "d:report")
    desk = window.view.preview.desk
    QTest.mouseClick(desk.viewport(), Qt.MouseButton.LeftButton)
    assert window.view.is_previewing
    window.commands.papers.preview()
    assert not window.view.is_previewing
    assert window.view.key == "d"


def test_the_report_of_a_deleted_project_says_so(window):
    choose(window, "p1:report")
    window.commands.forms._delete("p1")
    choose_again = window.view.preview
    choose_again.show_form("p1:report")
    assert "已经删除" in choose_again.desk.problem.text() or not window.view.is_previewing
