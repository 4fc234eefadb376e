"""What the window says in a sentence ends like one: tool tips, labels, messages, constants of those."""

import ast
import re
from pathlib import Path

import pytest

import gui

FILES = sorted(Path(gui.__file__).parent.rglob("*.py"))
SAYING = {"Label", "setText", "setToolTip", "tip", "say", "show_text", "_tool", "tell", "inform"}
CLAUSES = re.compile(r"[一-鿿”）].*[，；。].*[一-鿿]")
END = re.compile(r"[。？！：…]”?(?:\{\})?$")
SAMPLE = re.compile(r"，如[：“]?")  # …，如：某区财政局 is a sample and no sentence

NO_SENTENCES = {  # counts, headings and names that have a comma
    "以计算值为准，代替原表的{}",
    "以计算值为准，代替原表数字",
    "第 {} 页，共 {} 页",
    "正在检查，已读 {} / {} 个文件",
    "{} 件 · {}，全部不超过 500 MB",
    "原表总分 {}，计算 {}",
    "原说明（数据已改，需重新确认）",
    "灰底：程序计算，不用填",
    "填好后的样子　浅绿＝填入　灰＝公式，保留　黄＝没有填入",
}


def whole(node):
    """The text of a literal, what is put in shown as {}; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def branches(node):
    """An expression, or both sides of one that chooses."""
    if isinstance(node, ast.IfExp):
        yield from (*branches(node.body), *branches(node.orelse))
    else:
        yield node


def said(tree):
    """Every text that a call says, and every constant that is one text."""
    for node in ast.walk(tree):
        values = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            values = [word.value for word in node.keywords if word.arg == "toolTip"]
            values += node.args if name in SAYING else []
        elif isinstance(node, ast.Assign) and tree.body.count(node):
            values = [node.value]
        for value in values:
            yield from ((one.lineno, whole(one)) for one in branches(value) if whole(one))


def unended(source):
    texts = ((line, text.strip()) for line, text in said(ast.parse(source)))
    return [
        f"{line}: {text}"
        for line, text in texts
        if CLAUSES.search(text) and not (END.search(text) or SAMPLE.search(text) or text in NO_SENTENCES)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sentence_ends_like_one(path):
    assert unended(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('box.setToolTip("删除，可以撤销")', True),
        ('box.setToolTip("删除，可以撤销。")', False),
        ('Label(f"共 {n} 项，不改" if n else "没有")', True),
        ('A = "先做，再看"', True),
        ('box.setToolTip("删除行")', False),
        ('QLineEdit(placeholderText="名称，如：甲")', False),
    ],
)
def test_the_rule_itself(source, wrong):
    assert bool(unended(source)) == wrong
