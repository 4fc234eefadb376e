"""What a clerk reads in a sentence ends like one: in the window, in findings, files and on the command line.

Every text of the program is read. A sentence is a text of two clauses, or one that bids (请…). A label is
none: the names below, what stands in （…）, a sample (…，如：甲), help of an option, a part of a sentence.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("gui", "model", "export", "intake")
FILES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "main.py"]
OF_DATA_FILES = re.compile(
    r"_toml\.py$|toml_table|/loader|letter_loader|edition_check"
)  # “{name}”应为 {these}。
CLAUSES = re.compile(r"[一-鿿”）].*[，；。].*[一-鿿]")
ASIDE = re.compile(r"（[^（）]*）")
BIDDING = re.compile(r"^请[一-鿿]+(?:[^一-鿿]|[一-鿿]{3})")
END = re.compile(r"[。？！：…]”?(?:\{\})?$")
NO_TEXT = re.compile(r"\(\?|\[\^|\\|\{2,|\{1,|XX\+")  # a pattern of re
LABEL = re.compile(r"，如[：“]?|^（.*）$|^，|，$")

NO_SENTENCES = {
    # names of buttons, choices, kinds and columns; headings
    "不保存，离开",
    "放弃这里的改动，重新打开",
    "搁置，或保存说明",
    "查找：做什么，或按键",
    "新表样里没有位置：留在自评簿里，“问题”里列着",
    "没有位置，留在自评簿里",
    "没有分数，这张表不计分",
    "存成同一个名字，原表另存为 .bak",
    "部门决算公开的各张表：PDF、Excel；公开全文：Word、PDF",
    "以上全部，另附文件清单和校验值",
    "全部展开，再按一次全部收起",
    "以计算值为准，代替原表的{}",
    "以计算值为准，代替原表数字",
    "自己写的句子，数字变了",
    "填好后的样子　浅绿＝填入　灰＝公式，保留　黄＝没有填入",
    "灰底：程序计算，不用填",
    "错误，需改正",
    "提醒，请核对或写说明",
    "公式，保留",
    "留在原表，不动",
    "是，满分 {} 分",
    "同事改过的一行，这里已删",
    "不填，留给财政局",
    "原样一栏，单位填",
    "文字栏，单位填",
    "长文字，单位填",
    "总分，程序算",
    "等级，程序算",
    "小标题，原样印",
    "执行率偏低，没有说明原因",
    "预算调整较大，没有说明原因",
    "扣了分，没有写原因",
    "有得分，没有完成值",
    "请选择表样",
    "请选择年度",
    "请核对的格",
    "请核对 {} 格",
    # figures with their names, and lists of those
    "正在检查，已读 {} / {} 个文件",
    "第 {} 页，共 {} 页",
    "{} 件 · {}，全部不超过 500 MB",
    "原表总分 {}，计算 {}",
    "原表合计 {}，计算 {}",
    "各行分值合计 {} 分，应为 {} 分",
    "屏幕 {}：{}×{}，缩放 {}%，每英寸 {} 点",
    "{}，总分 {}，必填项 {}{}",
    "收入总计 {} 万元，支出总计 {} 万元",
    "不计分，缺 {} 项",
    "不计分，已填完",
    "已建立 {}：{}，{} 年度，{} 张表",
    "{}：项目名单，{} 个项目",
    "请选择　{}：{}　{}",
    "请选择　这里删了一行，同事改过，没有加回：{}　{}",
    "请选择　同事删了一行，这里改过，没有删：{}　{}",
    "出错说明不同，保留我的　{}：同事{}",
}

PARTS = {  # put into a sentence by the function that they stand in, or its caller
    "没有权限，或文件正被其他程序占用",
    "找不到文件，可能已被移走、改名或删除",
    "它正被其他程序（如 Excel、WPS 或阅读器）打开，或者是只读文件",
    "可能是“{}. {}”，也可能是 {}",
    "{}写的是 {}，项目自评表是 {}",
    "完成率写的是 {}%，应为 {}%",
    "没有其他收入和结转，全部支出 {} 应等于{}财政拨款支出之和 {}",
    "{} 是{}级科目，由下级各项相加",
    "“{}”是旧名称，现为",
    "名称“{}”与《政府收支分类科目》不同，应为",
    "{} 张项目表执行数合计 {}，整体表项目支出 {}",
    "共 {} 页，最后一页只有一点内容",
    "得 {} 分，分值 {} 分，少 {} 分",
    "目标“{}”，完成“{}”",
    "填报 {} 分，测算 {} 分",
    "{} 行定性指标在最高档内共少 {} 分，没有写原因",
    "上年 {}，本年 {}，应为 {} 万元",
    "{}（类）支出{}万元，占{}%",
    "目标值有 {} 个数，完成值有 {} 个数",
    "完成值 {}在目标值 {}之内，得满分 {} 分",
    "{}，超出目标值不得分，得 0 分",
    "{}，目标值不大于 0，不能按比例计算，得 0 分",
    "{}，完成值不大于 0，得 0 分",
    "{}，且不低于目标值的 2 倍，反向指标得 0 分",
    "逐项比较：{}，各项均达到目标值，得满分 {} 分",
    "逐项比较：{}，得 {} × {} = {} 分",
    "超过 50 MB，没有放入",
    "执行率 {} 低于 {}，总分最高 {} 分，各项合计 {} 分按 {} 分计",
    "错误 {} 处，提醒 {} 处，未填 {} 处",
    "不认识的格式“{}”，可用 {}",
    "不认识的内容“{}”，可用 {}",
    "发出时{}，我现在{}，同事{}",
    "版式与已知的表样不同，请核对",
    "请填如 1074.56",
    "请填如 9.5",
}


def whole(node):
    """The text of a literal, what is put in shown as {}; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts(tree):
    """Every text with its line; no docstrings, no help of options, no pieces of a text."""
    left_out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            left_out.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
        elif isinstance(node, ast.keyword) and node.arg == "help":
            left_out.add(id(node.value))
    yield from ((one.lineno, whole(one)) for one in ast.walk(tree) if id(one) not in left_out and whole(one))


def is_unended(text):
    is_said = CLAUSES.search(ASIDE.sub("", text)) or BIDDING.search(text)
    is_label = text in NO_SENTENCES or text in PARTS or LABEL.search(text) or NO_TEXT.search(text)
    return bool(is_said) and not is_label and not END.search(text)


def unended(source):
    found = ((line, text.strip(" \n")) for line, text in texts(ast.parse(source)))
    return [f"{line}: {text}" for line, text in found if is_unended(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sentence_ends_like_one(path):
    if not OF_DATA_FILES.search(path.as_posix()):
        assert unended(path.read_text(encoding="utf-8")) == []


def test_what_is_named_as_no_sentence_is_still_there():
    said = {
        text.strip(" \n") for path in FILES for _, text in texts(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert sorted((NO_SENTENCES | PARTS) - said) == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('box.setToolTip("删除，可以撤销")', True),
        ('box.setToolTip("删除，可以撤销。")', False),
        ('Label(f"共 {n} 项，不改" if n else "没有")', True),
        ('A = "先做，再看"', True),
        ('A = {"reason": ("原因", "两数不同，请写原因")}', True),
        ('def words():\n    return "没有金额，不能加权"', True),
        ('def words():\n    "先做，再看"', False),
        ('def words():\n    return "请写明原因"', True),
        ('box.setToolTip("删除行")', False),
        ('A = "请选择"', False),
        ('QLineEdit(placeholderText="名称，如：甲")', False),
        ('add_argument("--all", help="全部列出，供核对")', False),
    ],
)
def test_the_rule_itself(source, wrong):
    assert bool(unended(source)) == wrong
