"""这个版式还不认识: asked once, caption by caption with our guess, remembered under a name, then read.

1. a sheet that is no form to us: every caption is asked, the form too; afterwards it is taken, marked ~
2. a form with a column of its own: asked when she wants it
3. what is lacking is said; the command line reads what was remembered
"""

import json
import os
from pathlib import Path

import openpyxl
import pytest

import main
from gui.base.settings import config_folder
from gui.commands.import_commands import examine_files
from gui.incoming.import_dialog import STILL_STRANGE, ImportDialog
from intake import layouts
from model.forms.loader import shipped

STRANGE = [
    ["某区项目绩效自查表（2024年度）"],
    ["承担事项", "数字档案", None, "操作单位", "某档案馆"],
    ["名目", "年初盘子", "年末盘子", "实际花销", "拿分"],
    ["全部钱款", "100", "90", "81", "9"],
    ["一级", "二级", "考核点", "本年要求", "做到多少", "占多少", "拿分"],
    ["产出指标", "数量指标", "扫描档案", "50万页", "52万页", "60", "60"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "30", "30"],
]
MEANT = {
    "承担事项": "fields.project_name",
    "操作单位": "fields.implementer",
    "名目": "funds.label",
    "年初盘子": "funds.initial",
    "年末盘子": "funds.budget",
    "实际花销": "funds.executed",
    "考核点": "indicators.name",
    "本年要求": "indicators.target",
    "做到多少": "indicators.actual",
    "占多少": "indicators.weight",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the settings, with nothing in it yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def dialog_on(qtbot, folder):
    def made(rows):
        path = folder / "自查表.xlsx"
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.active.merge_cells("A1:G1")
        book.active.merge_cells("B2:C2")
        book.save(path)
        files = examine_files(main.ways_in(), [path], shipped(), lambda *_: None, lambda: False)
        dialog = ImportDialog(files, shipped(), None, ways=main.ways_in())
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def choose(box, data):
    at = box.findData(data)
    assert at >= 0, data
    box.setCurrentIndex(at)
    box.activated.emit(at)


def explain(dialog):
    table = dialog.panel.table
    for row in range(table.rowCount()):
        caption, box = table.item(row, 0).text(), table.cellWidget(row, 2)
        of_money = any(box.itemData(at).startswith("funds.") for at in range(box.count()))
        meaning = MEANT.get(caption) or {True: "funds.score", False: "indicators.score"}[of_money]
        if caption in MEANT or caption == "拿分":
            choose(box, meaning)


def test_1_each_caption_is_asked_with_what_stands_there_and_our_guess(dialog_on):
    dialog = dialog_on(STRANGE)
    table = dialog.panel.table
    assert dialog.side.currentWidget() is dialog.panel
    rows = {table.item(n, 0).text(): n for n in range(table.rowCount())}
    assert table.item(rows["本年要求"], 1).text() == "50万页"
    assert table.cellWidget(rows["一级"], 2).currentText() == "指标：一级指标"
    assert table.cellWidget(rows["本年要求"], 2).currentText() == "原样保留"
    table.setCurrentCell(rows["本年要求"], 0)
    assert dialog.source.currentIndex().data() == "本年要求"
    assert not dialog.take.isEnabled()


def test_1_what_she_explains_is_remembered_and_read_also_by_the_command_line(dialog_on, folder, capsys):
    dialog = dialog_on(STRANGE)
    explain(dialog)
    choose(dialog.form, "national-project-2020")
    dialog.panel.name.setText("某区自查表")
    dialog.panel.remember.click()
    assert dialog.take.text() == "采用 1 张表"
    assert dialog.take.isEnabled()
    [offer] = dialog.offers()
    first = offer.found.data["indicators"][0]
    assert (first["name"], first["target"], first["actual"], first["weight"], first["score"]) == (
        *("扫描档案", "50万页", "52万页"),
        *("60", "60"),
    )
    assert offer.found.data["funds"][0]["executed"] == "81"
    assert offer.found.sign("indicators[0].target") == "~"
    assert (layouts.own_folder() / "某区自查表.toml").is_file()
    main.main(["import", str(folder / "自查表.xlsx"), "--json"])
    [read] = json.loads(capsys.readouterr().out)
    assert read["forms"][0]["layout"] == "某区自查表"


def test_1_the_folder_is_that_of_the_settings(folder, monkeypatch):
    if os.name == "nt":  # Qt asks the system there, whatever the environment says
        monkeypatch.undo()
    assert layouts.own_folder() == config_folder(Path("/nowhere")) / "layouts"


def test_3_a_form_and_a_name_are_wanted(dialog_on):
    dialog = dialog_on(STRANGE)
    dialog.panel.remember.click()
    assert dialog.panel.problem.text() == "请先选这是哪一种表。"
    choose(dialog.form, "national-project-2020")
    dialog.panel.remember.click()
    assert dialog.panel.problem.text() == "请给这个版式起一个名称。"


def test_3_what_is_not_explained_enough_is_asked_again(dialog_on):
    dialog = dialog_on(STRANGE)
    choose(dialog.form, "national-project-2020")
    dialog.panel.name.setText("没说明")
    dialog.panel.remember.click()
    assert dialog.panel.problem.text() == STILL_STRANGE
    assert not dialog.take.isEnabled()


OWN_COLUMN = [
    ["2024年度项目支出绩效自评表"],
    ["项目名称", "数字档案", None, "主管部门", "某局"],
    ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", "100", "90", "81", "10", "90%", "9"],
    ["一级指标", "二级指标", "三级指标", "想要达到", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "扫描档案", "50万页", "52万页", "60", "60"],
]


def test_2_a_form_with_a_column_that_we_do_not_know_can_be_explained(dialog_on):
    dialog = dialog_on(OWN_COLUMN)
    assert dialog.explain.isVisible()
    dialog.explain.click()
    table = dialog.panel.table
    rows = {table.item(n, 0).text(): n for n in range(table.rowCount())}
    assert table.cellWidget(rows["实际完成值"], 2).currentData() == "indicators.actual"
    choose(table.cellWidget(rows["想要达到"], 2), "indicators.target")
    choose(dialog.form, "national-project-2020")
    dialog.panel.name.setText("某局")
    dialog.panel.remember.click()
    [offer] = dialog.offers()
    assert offer.found.data["indicators"][0]["target"] == "50万页"
    assert dialog.side.currentWidget() is dialog.lines


def test_3_a_layout_file_with_a_mistake_is_a_line_of_its_own_and_stops_nothing(dialog_on, folder):
    own = layouts.own_folder()
    own.mkdir(parents=True)
    (own / "坏的.toml").write_text("name = ", "utf-8")
    dialog = dialog_on(STRANGE)
    last = dialog.tree.topLevelItem(dialog.tree.topLevelItemCount() - 1)
    assert last.text(0) == "坏的.toml"
    assert "没有使用" in last.child(0).text(0).replace("\n", "")
