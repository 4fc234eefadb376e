"""添加表样: a clerk adds a bureau's blank, by clicking; what she sees, changes, tries and keeps.

1. source at the left, parts at the right; a click on either side shows the other
2. roles in drop-downs; what is to be looked at is gone through with F8
3. points, formula, bands and grades are changed; the total is told; the texts of the regulation are shown
4. 试填 shows pages; 记住 keeps the form with the blank in the folder of forms
5. the three shared blanks and three made ones are added without a change
6. what is no blank is refused in a sentence and nothing is kept
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import main
from gui.base import ask, theme
from gui.base import settings as settings_store
from gui.commands.bureau_commands import BureauCommands
from gui.workshop.choose_sheet import ChooseSheet
from gui.workshop.form_dialog import FormDialog
from gui.workshop.own_forms_dialog import OwnFormsDialog
from gui.workshop.scoring_box import NO_SCORES
from intake.reading import read_bytes
from model.forms.loader import shipped
from model.workshop.learn import learn
from tests.bureaus import D09, D10, D14, FILES, bureau
from tests.desk import dressed
from tests.workshop.made import MADE, blank_of


def blank(name):
    return blank_of(MADE[name]) if name in MADE else (FILES / name).read_bytes()


@pytest.fixture
def dialog(qtbot):
    dressed()

    def open_dialog(name, tried=None):
        data = blank(name)
        learned = learn(read_bytes(name, data), shipped(), 2026)
        found = FormDialog(learned, data, shipped(), (tried if tried is not None else []).append)
        qtbot.addWidget(found)
        found.show()
        return found

    return open_dialog


def part(dialog, kind):
    n = [one.kind for one in dialog.found.parts].index(kind)
    dialog.parts.setCurrentRow(n)
    return n


def choose(box, name):
    box.setCurrentText(name)
    box.activated.emit(box.currentIndex())


def test_1_a_click_on_the_source_shows_the_part_and_the_caption(dialog):
    found = dialog(D09)
    place = next(i.place for i in found.found.part("indicators").items if i.role == "target")
    found.source.place_chosen.emit(place)
    assert found.found.parts[found.parts.currentRow()].kind == "indicators"
    assert found.items.item(found.items.currentRow(), 0).text() == "年度指标值"


def test_1_a_part_is_shown_in_the_source(dialog):
    found = dialog(D09)
    part(found, "goals")
    assert found.source.currentIndex().data() == "年度\n总体\n目标"


def test_2_a_role_is_chosen_and_need_not_be_looked_at_any_more(dialog):
    found = dialog("三栏目标.xlsx")
    assert found.counts.text() == "认出 8 部分，请看 3 处。"
    part(found, "indicators")
    choose(found.items.boxes[8], "原样一栏，单位填")
    assert found.counts.text() == "认出 8 部分，请看 2 处。"
    assert found.file.form.indicator_columns[-1].filled_by == "clerk"


def test_2_f8_goes_through_what_is_to_be_looked_at(dialog):
    found = dialog("三栏目标.xlsx")
    QTest.mouseClick(found.next, Qt.MouseButton.LeftButton)
    assert found.found.parts[found.parts.currentRow()].kind == "funds"
    for _ in range(2):
        QTest.mouseClick(found.next, Qt.MouseButton.LeftButton)
    assert found.items.item(found.items.currentRow(), 0).text() == "审核评分"


def test_2_one_meaning_stands_for_one_column(dialog):
    found = dialog(D09)
    n = part(found, "indicators")
    choose(found.items.boxes[7], "得分")
    roles = [item.role for item in found.found.parts[n].items]
    assert roles.count("score") == 1
    assert "原来也当作这一栏" in found.found.parts[n].items[6].why


def test_3_points_are_changed_and_their_sum_told(dialog):
    found = dialog(D09)
    field = found.scoring.points["产出指标"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "40")
    assert found.scoring.total.text() == "合计 90，应为 100"
    assert found.keep.isEnabled()  # such points are not printed, and nothing else is wrong
    field.selectAll()
    QTest.keyClicks(field, "50")
    assert found.scoring.total.text() == "合计 100"
    assert [level.points for level in found.file.form.level1] == [50, 30, 10]


def test_3_formula_bands_and_grades_are_changed_and_said_so_in_the_source(dialog):
    found = dialog(D09)
    choose(found.scoring.reverse, "反向指标：分值 × A ÷ B")
    for field, text in ((found.scoring.bands[1], "50"), (found.scoring.grades[0], "95")):
        field.selectAll()
        QTest.keyClicks(field, text)
    rules = found.file.regulation
    assert rules.scheme.reverse == "ratio"
    assert [(band.level, str(band.low)) for band in rules.scheme.bands][1] == ("部分达成", "0.5")
    assert str(rules.grades[0].lowest) == "95"
    assert "单位按当地办法修改" in found.scoring.text.text()


def test_3_another_regulation_brings_its_own_rules_and_texts(dialog):
    found = dialog(D09)
    choose(found.scoring.regulation, "武汉市自评表备注")
    assert found.file.regulation.scheme.reverse == "ratio"
    QTest.mouseClick(found.scoring.original, Qt.MouseButton.LeftButton)
    assert "反向指标得分=权重*A/B" in found.scoring.text.text()
    assert found.scoring.text.isVisible()


def test_4_a_form_without_a_name_is_not_kept(dialog):
    found = dialog(D09)
    found.name.selectAll()
    QTest.keyClick(found.name, Qt.Key.Key_Delete)
    assert not found.keep.isEnabled()
    assert found.problem.text() == "请写名称。"


def test_4_a_form_whose_kind_does_not_fit_says_why(dialog):
    found = dialog("两张资金.xlsx")
    choose(found.kind, "项目自评表")
    assert not found.keep.isEnabled()
    assert "project_name" in found.problem.text() or "项目名称" in found.problem.text()


# --- the commands


@pytest.fixture
def desk(start, monkeypatch, tmp_path):
    """The program, its folder of forms, and what it said."""
    window = start()
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())
    said = []
    monkeypatch.setattr(settings_store, "forms_folder", lambda: tmp_path / "forms")
    monkeypatch.setattr(ask, "tell_error", lambda _, error: said.append(str(error)))
    for name in ("tell", "inform"):
        monkeypatch.setattr(ask, name, lambda _, message, hint="": said.append(message))
    monkeypatch.setattr(FormDialog, "exec", lambda dialog: dialog.keep.click() or dialog.result())
    window.said, window.forms = said, tmp_path / "forms"
    return window


def add(desk, monkeypatch, path):
    monkeypatch.setattr(ask, "import_file_names", lambda *_: [path])
    desk.menus.action(BureauCommands.add).trigger()


@pytest.mark.parametrize("name", [D09, D10, D14, *MADE])
def test_5_a_blank_is_added_by_one_choice_and_one_click(desk, monkeypatch, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(blank(name))
    before = path.read_bytes()
    add(desk, monkeypatch, path)
    (kept,) = desk.forms.iterdir()
    (file,) = desk.bench.library.own.values()
    assert (kept.suffix, file.blank, path.read_bytes()) == (".zpf", before, before)
    assert desk.said == [f"已记住“{file.form.name}”。"]


@pytest.mark.parametrize(("result", "names"), [(1, ["部门整体支出绩效自评表"]), (0, [])])
def test_5_of_several_forms_in_a_file_one_is_chosen(desk, monkeypatch, tmp_path, result, names):
    path = tmp_path / "两张.xlsx"
    path.write_bytes(blank_of(f"{MADE['三栏目标.xlsx'].strip()}\n\n{MADE['两张资金.xlsx'].strip()}"))
    shown = []

    def choose_second(dialog):
        shown.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        dialog.list.setCurrentRow(1)
        return result

    monkeypatch.setattr(ChooseSheet, "exec", choose_second)
    add(desk, monkeypatch, path)
    assert shown == ["1　示例区项目支出绩效自评表　表", "2　部门整体支出绩效自评表　表"]
    assert [file.form.name for file in desk.bench.library.own.values()] == names


def test_5_the_same_again_is_said_and_another_version_is_asked_about(desk, monkeypatch, tmp_path):
    path = tmp_path / "区.zpf"
    path.write_bytes(bureau(D09).file.data)
    desk.commands.bureaus.add_path(path)
    desk.commands.bureaus.add_path(path)
    assert desk.said[-1] == "已经有“项目支出绩效自评表”这种表样了。"
    (kept,) = desk.forms.iterdir()
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _, question, *__, **___: bool(asked.append(question)))
    monkeypatch.setattr(
        FormDialog,
        "exec",
        lambda dialog: dialog._show(dialog.found._replace(name="新的名称")) or dialog.keep.click() or 1,
    )
    add(desk, monkeypatch, FILES / D09)
    assert asked == ["已经有“新的名称”，内容不同。要换成这一份吗？"]
    assert kept.read_bytes() == bureau(D09).file.data


@pytest.mark.parametrize("name", ["D13_一体化执行情况.xlsx", "D03_教育信息化.pdf"])
def test_6_what_is_no_blank_is_refused_and_nothing_is_kept(desk, monkeypatch, name):
    add(desk, monkeypatch, FILES / name)
    assert len(desk.said) == 1
    assert not desk.forms.exists()
    assert not desk.bench.library.own


def test_6_a_file_that_is_no_form_is_refused(desk, tmp_path):
    path = tmp_path / "坏.zpf"
    path.write_bytes(b"nothing")
    desk.commands.bureaus.add_path(path)
    assert desk.said == [
        "“坏.zpf”不完整或不是表样文件。请向发来文件的人再要一份，或用财政局的空白表重新添加。"
    ]


def test_4_a_form_that_another_window_has_added_is_there_on_coming_back(desk, qtbot):
    assert not desk.menus.action(BureauCommands.use).isEnabled()
    desk.forms.mkdir(parents=True)
    file = bureau(D09).file
    (desk.forms / f"{file.form.id}.zpf").write_bytes(file.data)
    (desk.forms / "坏.zpf").write_bytes(b"nothing")
    other = QWidget()
    qtbot.addWidget(other)
    for window in (other, desk):
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: list(desk.bench.library.own) == [file.form.id])
    assert desk.menus.action(BureauCommands.use).isEnabled()
    assert desk.said == []


def test_4_own_forms_are_listed_handed_on_and_removed(desk, monkeypatch, tmp_path):
    source = tmp_path / "区.zpf"
    source.write_bytes(bureau(D09).file.data)
    desk.commands.bureaus.add_path(source)
    target = tmp_path / "给别人.zpf"
    monkeypatch.setattr(ask, "form_name", lambda *_: target)
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: True)
    shown = []

    def work(dialog):
        dialog.table.selectRow(0)
        shown.extend(dialog.table.item(0, m).text() for m in range(5))
        dialog.send.click()
        dialog.drop.click()
        shown.append(dialog.hint.isVisibleTo(dialog))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(OwnFormsDialog, "exec", work)
    desk.menus.action(BureauCommands.manage).trigger()
    assert shown[:4] == ["项目支出绩效自评表", "本地", "2026", "项目自评"]
    assert D09 in shown[4]
    assert shown[5]
    assert target.read_bytes() == bureau(D09).file.data
    assert list(desk.forms.iterdir()) == []
    assert not desk.bench.library.own


def test_4_an_own_form_is_added_to_the_open_document_which_then_carries_it(desk, monkeypatch, tmp_path):
    from gui.workshop.choose_form import ChooseForm
    from model.document import store

    source = tmp_path / "区.zpf"
    source.write_bytes(bureau(D09).file.data)
    desk.commands.bureaus.add_path(source)

    def choose_it(dialog):
        dialog.name.insert("示例运维")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ChooseForm, "exec", choose_it)
    desk.menus.action(BureauCommands.use).trigger()
    session = desk.bench.session
    key = session.answers.projects[-1]
    assert session.form(key).definition.id == bureau(D09).file.form.id
    assert session.save()
    assert store.open_document(session.path).answers.carried == {
        session.form(key).definition.id: bureau(D09).file.data
    }
    session.undo()
    assert key not in session.answers.forms


@pytest.mark.parametrize(("answer", "is_kept"), [(True, True), (False, False)])
def test_3_points_that_are_not_100_are_asked_about_before_they_are_kept(dialog, monkeypatch, answer, is_kept):
    found, asked = dialog(D09), []
    monkeypatch.setattr(ask, "confirm", lambda _, question, *__, **___: asked.append(question) or answer)
    field = found.scoring.points["产出指标"]
    field.selectAll()
    QTest.keyClicks(field, "60")
    found.keep.click()
    assert asked == ["各部分分值合计 110 分，不是 100 分。表上就是满分 110 分吗？"]
    assert (found.result() == QDialog.DialogCode.Accepted) is is_kept
    assert (found.file.form.full_marks == 110) is is_kept
    assert [level.points for level in found.file.form.level1] == ([60, 30, 10] if is_kept else [None] * 3)


def test_3_points_that_are_100_are_not_asked_about(dialog, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: pytest.fail("asked"))
    found = dialog(D09)
    found.keep.click()
    assert found.result() == QDialog.DialogCode.Accepted


def test_1_all_columns_of_the_blank_are_in_sight(dialog):
    found = dialog("三栏目标.xlsx")
    found.resize(1300, 690)  # the screen of the test is smaller
    QApplication.processEvents()
    source = found.source
    assert source.horizontalHeader().length() <= source.viewport().width()
    assert source.columnWidth(0) >= theme.px(46)


def test_3_no_scores_is_one_of_the_rules(dialog):
    found = dialog(D09)
    choose(found.scoring.regulation, NO_SCORES)
    assert not found.file.form.is_scored
    assert not found.scoring.reverse.isVisible()
    choose(found.scoring.regulation, "通行规则")
    assert found.file.form.is_scored
    assert found.scoring.points["产出指标"].isVisible()


def test_3_a_form_without_points_says_so_and_has_no_rules(dialog):
    found = dialog("不计分.xlsx")
    assert found.scoring.regulation.currentText() == NO_SCORES
    assert not found.scoring.regulation.isEnabled()


def test_1_it_opens_at_what_is_to_be_looked_at_else_at_the_indicators(dialog):
    assert dialog("三栏目标.xlsx").parts.currentRow() == 2
    found = dialog(D09)
    assert found.found.parts[found.parts.currentRow()].kind == "indicators"
    assert found.items.rowCount() == 8
