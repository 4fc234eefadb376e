"""Sheets of thousands of rows, of forms and of nothing, are read in seconds: no step is quadratic."""

import time

import pytest

from model.forms.loader import shipped
from model.recognition.area import areas
from model.recognition.recognise import Recogniser
from tests.recognition.drawn import drawn

RECOGNISER = Recogniser(shipped().forms)
SECONDS = 8.0  # some seven times what the slowest takes alone
LIST_HEAD = (
    "项目绩效目标表\n单位名称|项目名称|项目编码|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重\n"
)
FORM_HEAD = (
    "2023年度项目支出绩效自评表>8\n项目名称|甲>7\n"
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n"
)


def _list_of_projects() -> str:
    rows = (
        f"甲单位|项目{i % 290}|43010{i % 290:03}|产出指标|数量指标|指标{i}|≥|{i}|个|20" for i in range(4000)
    )
    return LIST_HEAD + "\n".join(rows)


def _long_form() -> str:
    return FORM_HEAD + "\n".join(f"产出指标|数量指标|指标{i}|{i}|{i}|1|1|" for i in range(4000))


def _captions(*captions: str) -> str:
    return "\n".join(["|".join(captions * 20)] * 900)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_list_of_projects(), id="list"),
        pytest.param(_long_form(), id="form"),
        pytest.param(_captions("年度指标值", "得分", "三级指标"), id="captions of indicators"),
        pytest.param(_captions("预算数", "执行数", "其他"), id="captions of money"),
        pytest.param("\n".join(f"{i}|{i * 7}" for i in range(4000)), id="numbers"),
    ],
)
def test_a_big_sheet_is_read_in_seconds(text: str) -> None:
    (area,) = areas([drawn(text)])
    started = time.process_time()
    RECOGNISER.forms_on(area)
    RECOGNISER.lists_on(area)
    assert time.process_time() - started < SECONDS
