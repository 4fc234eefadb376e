"""Where an amount belongs, what is no amount is wrong: it never comes in under a tick."""

import pytest

from model.forms.loader import shipped
from model.recognition.examine import Recogniser
from model.recognition.incoming import Mark
from tests.recognition.drawn import drawn

FORM = r"""
2022年度示例中心整体绩效自评表>8
单位名称|示例中心>7
基本支出总额|{amount}>3|项目支出总额|200>3
预算执行情况（万元）（20分）^2||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）>3
部门整体支出总额|300|300|100%|20>3
年度目标1（80分）|推进示例工作>7
年度绩效指标^2|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分>2
产出指标|数量指标|培训场次|≥10场|12场|80>2
总分>6|100>2
"""


@pytest.mark.parametrize(
    ("amount", "mark"),
    [("100", None), ("约一百", Mark.NOT_A_NUMBER), ("项目支出", Mark.NOT_A_NUMBER), ("—", None)],
)
def test_an_amount_beside_its_caption_is_a_number_or_wrong(amount, mark):
    sheet = drawn(FORM.replace("{amount}", amount))
    (found,) = Recogniser(shipped().forms).forms([sheet])
    path = next(path for path, cell in found.cells.items() if cell.text == amount)
    marks = {found.marks.get(path)} & {Mark.NOT_A_NUMBER}
    assert marks == ({mark} if mark else set())
