"""A folder of one's own beside the settings adds to 常用指标库, also where it holds no form."""

import pytest

from gui import app

MINE = """
id = "mine"
version = 1

[[indicator]]
id = "mine-1"
field = "本单位"
name = "机房巡检次数"
level1 = "产出指标"
level2 = "数量指标"
kind = "quantitative"
direction = "≥"
unit = "次"
target = "≥{n}次"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(app.settings_store, "forms_folder", lambda: tmp_path)
    (tmp_path / "indicators").mkdir()
    return tmp_path / "indicators"


def test_its_indicators_come_before_those_of_the_program(folder):
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    library, problem = app._library()
    assert problem is None
    names = [entry.name for entry in library.indicators.indicators]
    assert names[0] == "机房巡检次数"
    assert len(names) > 400


def test_a_mistake_in_it_is_said_and_the_shipped_ones_serve(folder):
    (folder / "mine.toml").write_text(MINE.replace('unit = "次"', "unit = "), encoding="utf-8")
    library, problem = app._library()
    assert "mine.toml" in str(problem)
    assert len(library.indicators.indicators) == 400


def test_without_a_file_nothing_is_read(folder):
    library, problem = app._library()
    assert problem is None
    assert len(library.indicators.indicators) == 400
