"""Forms and regulations are data: the shipped ones are right, and a mistake in one is refused.

1. every shipped form loads
2. captions and their order are word for word those of docs/layouts.md (tests/data/captions, by hand)
3. footnotes, points and rules are those of the published forms and of docs/domain.md
4. a mistake is refused with file, entry and key
5. a folder of the user adds forms and regulations
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from model.basics.errors import UserError
from model.checks import check_form
from model.checks.open_items import completeness
from model.exchange.exchange import read_exchange, write_exchange
from model.filling.blank import blank_form
from model.forms.definition import (
    CellSpec,
    Column,
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    GoalsBlock,
    Grade,
    IndicatorsBlock,
    NotesBlock,
    Regulation,
    RowsBlock,
    same_caption,
)
from model.forms.definition_toml import read_definition
from model.forms.loader import ShippedForms, metrics, shipped, with_folder
from model.forms.regulation_toml import read_regulation
from model.paper.layout import lay_out_form
from tests.builders import (
    CHONGQING,
    DECLARATION,
    HUNAN,
    HUNAN_PROJECT,
    MONITORING,
    NATIONAL,
    NATIONAL_2022,
    PLAN,
    SHIPPED,
    TRANSFER,
    WUHAN,
    WUHAN_2020,
    WUHAN_PROJECT,
    WUHAN_PROJECT_2020,
    form_of,
)
from tests.builders import PUBLISHED as PUBLISHED_FORMS
from tests.mistakes import (
    DECLARATION as SMALL_DECLARATION,
)
from tests.mistakes import (
    DECLARATION_MISTAKES,
    FORM,
    FORM_MISTAKES,
    REGULATION,
    REGULATION_MISTAKES,
    changed,
)

DATA = Path(__file__).parents[2] / "data"
PUBLISHED = DATA / "published"
DOCS = Path(__file__).parents[3] / "docs"


def golden(form_id: str) -> list[str]:
    return (DATA / "captions" / f"{form_id}.txt").read_text("utf-8").splitlines()


# --- 1, 2: the shipped forms, word for word


def test_1_the_shipped_forms_are_these():
    assert sorted(shipped().forms) == sorted(SHIPPED)
    assert sorted(shipped().regulations) == ["national", "wuhan"]


def test_1_each_is_found_by_the_name_of_its_file():
    assert {name: form.id for name, form in shipped().forms.items()} == {name: name for name in SHIPPED}


def test_1_a_shipped_form_is_read_when_it_is_first_wanted(tmp_path):
    (tmp_path / "own.toml").write_text("id = ", encoding="utf-8")
    forms = ShippedForms(tmp_path, {})
    assert list(forms) == ["own"]
    assert ["own" in forms, "other" in forms] == [True, False]
    with pytest.raises(UserError, match=r"own\.toml"):
        forms["own"]


@pytest.mark.parametrize("form_id", PUBLISHED_FORMS)
def test_2_captions_and_order_are_those_of_the_printed_form(form_id):
    assert list(printed(shipped().forms[form_id])) == golden(form_id)


@pytest.mark.parametrize("form_id", PUBLISHED_FORMS)
def test_2_the_golden_captions_stand_in_the_layouts(form_id):
    layouts = (DOCS / "layouts.md").read_text("utf-8").replace("{points}", "⟨points⟩")
    for line in golden(form_id):
        for cell in line.removeprefix("title: ").removesuffix("↓").split(" | "):
            caption = cell.strip(" ↓").removesuffix("⟨⟩").removesuffix("⟨⟩万元")
            known = any(text in caption for text in ("⟨⟩", "⟨weight⟩", "frame", "footnotes", "several goals"))
            caption = caption.partition(": ")[0].partition("↓ ")[0]
            known = known or re.fullmatch(r"(长期|年度)目标[12]：", caption) is not None
            if not known and not caption.startswith(("产出指标", "效益指标", "满意度指标", "年度绩效目标")):
                assert caption in layouts, caption


def printed(form: FormDefinition) -> Iterator[str]:
    """The empty form in the notation of docs/layouts.md, a row a line."""
    yield from (f"title: {line}" for line in form.title)
    framed = None
    for block in form.blocks:
        stands_in_frame = not (isinstance(block, FieldsBlock | NotesBlock) and not block.framed)
        if stands_in_frame != framed:
            framed = stands_in_frame
            yield "in the frame" if framed else "without frame"
        match block:
            case FieldsBlock():
                yield from fields(form, block)
            case FundsBlock() if block.has_groups:
                yield heading(f"{block.label}↓", *block.columns)
                for side, rows in groupby(block.rows, key=lambda row: row.group):
                    yield f"{side}↓ " + " / ".join(row.caption for row in rows)
            case RowsBlock():
                yield heading(f"{block.label}↓", *block.columns)
            case FundsBlock():
                yield from funds(form, block)
            case GoalsBlock():
                yield from goals(block)
            case IndicatorsBlock():
                yield from indicators(form, block)
            case NotesBlock():
                yield from [block.title, "and the footnotes"] if block.title else block.lines


def fields(form: FormDefinition, block: FieldsBlock) -> Iterator[str]:
    for n, row in enumerate(block.rows):
        label = [] if not block.label else ["↓"] if n else [f"{block.label}↓"]
        yield " | ".join([*label, *(shown(form, cell) for cell in row)])


def shown(form: FormDefinition, cell: CellSpec) -> str:
    if cell.pattern:
        return re.sub(r"\{\w+\}", "⟨⟩", cell.pattern)
    if cell.inline:
        fields = [form.fields[name] for name in cell.inline]
        return " ".join(f"{f.caption}：⟨⟩{f.suffix}" if f.caption else "⟨⟩" for f in fields)
    if cell.field and (choices := form.fields[cell.field].choices):
        return " ".join(f"{choice}□" for choice in choices)
    return "⟨⟩" if cell.field or cell.computed else cell.caption or cell.text or "(empty)"


def heading(*cells: str | Column) -> str:
    """Captions beside each other; those below a shared one stand behind it: 近两年指标值: 前年, 上年."""
    paths = [(*cell.above, cell.caption) if isinstance(cell, Column) else (cell,) for cell in cells]
    return " | ".join(
        below(shared, [path[1:] for path in group])
        for (shared, _), group in (
            (key, list(group))
            for key, group in groupby(paths, key=lambda path: (path[0], None if path[1:] else id(path)))
        )
    )


def below(caption: str, paths: list[tuple[str, ...]]) -> str:
    own = [path for path in paths if any(path)]
    groups = [(key, list(group)) for key, group in groupby(own, key=lambda path: path[0])]
    inside = ", ".join(below(key, [path[1:] for path in group]) for key, group in groups)
    return f"{caption or '(empty)'}: {inside}" if inside else caption or "(empty)"


def funds(form: FormDefinition, block: FundsBlock) -> Iterator[str]:
    yield heading(f"{block.label}↓", *block.columns)
    for row in block.rows:
        yield heading("↓", row.caption, *(row.fixed.get(c.key, "⟨⟩") for c in block.columns[1:]))
    yield from (heading("↓", *(shown(form, cell) for cell in row)) for row in block.more)


def goals(block: GoalsBlock) -> Iterator[str]:
    if [column.caption for column in block.columns] == [""]:
        yield heading(block.label, "⟨⟩")
    else:
        yield heading(f"{block.label}↓", *block.columns)
        yield heading("↓", *("⟨⟩" for _ in block.columns))
    if block.patterns:
        patterns = [block.patterns[column.key].replace("{text}", "⟨⟩") for column in block.columns]
        yield f"several goals: {heading(*patterns)}"


def indicators(form: FormDefinition, block: IndicatorsBlock) -> Iterator[str]:
    for n in (1, 2) if block.per_goal else (1,):
        label, headed = block.label, n == 1 or block.heading == "each"
        if block.per_goal:
            pattern = block.goal_captions[min(n, len(block.goal_captions)) - 1]
            caption = pattern.format(n=n, points="⟨points⟩")
            if block.goal_text:
                yield heading(caption, "⟨⟩")
            else:
                label = caption
        yield heading(f"{label}↓", *block.columns) if headed else f"{label}↓"
        for level1 in [b for b in form.level1 if b.points is not None] or [None]:
            cells = {"name": block.name_pattern.format(name="⟨⟩", weight="⟨weight⟩")}
            if level1:
                cells["level1"] = block.level1_pattern.format(name=level1.name, points=level1.points)
            yield heading("↓", *(cells.get(column.key, "⟨⟩") for column in block.columns))


# --- 3: footnotes, points, rules


@pytest.mark.parametrize(
    ("form_id", "file"),
    [
        (WUHAN_2020, "qiaokou_xiaoxue_2020_department"),
        (WUHAN_PROJECT_2020, "qiaokou_xiaoxue_2020_project"),
        (WUHAN, "qiaokou_xinxi_2022_project"),  # as in the project file: the other has a stray blank
        (WUHAN_PROJECT, "qiaokou_xinxi_2022_project"),
        (HUNAN, "yueyang_2023_department"),
        (HUNAN_PROJECT, "yueyang_2023_project_01_gaosan"),
    ],
)
def test_3_footnotes_are_word_for_word_those_of_the_data(form_id, file):
    data = json.loads((PUBLISHED / "forms" / f"{file}.json").read_text("utf-8"))
    assert list(shipped().forms[form_id].footnotes()) == data["footnotes"]


@pytest.mark.parametrize(
    ("form_id", "execution", "output", "effect", "satisfaction", "regulation", "commas", "prints_weights"),
    [
        (WUHAN_2020, 20, 40, 40, None, "wuhan", False, True),  # satisfaction is a level 2 of the effects
        (WUHAN_PROJECT_2020, 20, 40, 30, 10, "wuhan", False, True),
        (WUHAN, 20, None, None, None, "wuhan", False, False),  # the goals have the points
        (WUHAN_PROJECT, 20, None, None, None, "wuhan", False, False),
        (HUNAN, 10, 50, 30, 10, "national", True, True),
        (HUNAN_PROJECT, 10, 50, 30, 10, "national", True, True),
        (NATIONAL, 10, 50, 30, 10, "national", True, True),
    ],
)
def test_3_points_and_rules_are_those_of_domain_md(
    form_id, execution, output, effect, satisfaction, regulation, commas, prints_weights
):
    form = shipped().forms[form_id]
    points = [form.points_of(name) for name in ("产出指标", "效益指标", "满意度指标")]
    assert (form.execution_points, points) == (execution, [output, effect, satisfaction])
    assert (form.regulation, form.money_unit) == (regulation, "万元")
    assert (form.look.commas, form.prints_weights) == (commas, prints_weights)


@pytest.mark.parametrize("form_id", [HUNAN, HUNAN_PROJECT, NATIONAL])
def test_3_level_2_of_the_hunan_and_national_forms(form_id):
    assert [block.level2 for block in shipped().forms[form_id].level1] == [
        ("数量指标", "质量指标", "时效指标", "成本指标"),
        ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        ("服务对象满意度指标",),
    ]


REQUIRED = {  # docs/checks.md, required-missing: these and nothing else
    WUHAN_2020: {"单位名称", "基本支出总额", "项目支出总额"},
    WUHAN_PROJECT_2020: {
        "单位名称", "项目名称", "主管部门", "项目实施单位", "项目类别", "项目属性", "项目类型",
    },
    WUHAN: {"单位名称", "基本支出总额", "项目支出总额"},
    WUHAN_PROJECT: {
        "单位名称", "项目名称", "主管部门", "项目实施单位", "项目类别", "项目属性", "项目类型",
    },
    HUNAN: {"市级预算部门名称"},
    HUNAN_PROJECT: {"项目支出名称", "主管部门", "实施单位"},
    NATIONAL: {"项目名称", "主管部门", "实施单位"},
    DECLARATION: {"部门(单位)名称"},
    NATIONAL_2022: {"项目名称", "主管部门", "实施单位"},
    CHONGQING: {"主管部门"},
    PLAN: {"项目名称", "主管部门", "实施单位"},
    MONITORING: {"项目名称", "主管部门", "实施单位", "监控期间"},
    TRANSFER: {"转移支付（项目）名称", "中央主管部门", "地方主管部门"},
}  # fmt: skip


@pytest.mark.parametrize("form_id", SHIPPED)
def test_3_required_fields(form_id):
    fields = shipped().forms[form_id].fields.values()
    assert {field.caption for field in fields if field.required} == REQUIRED[form_id]


@pytest.mark.parametrize(
    ("name", "reverse", "bands"),
    [
        ("wuhan", "ratio", [("达成", "0.8", "1"), ("部分达成", "0.5", "0.8"), ("未达成", "0", "0.5")]),
        ("national", "linear", [("达成", "0.8", "1"), ("部分达成", "0.6", "0.8"), ("未达成", "0", "0.6")]),
    ],
)
def test_3_regulations_are_those_of_domain_md_and_name_their_source(name, reverse, bands):
    found = shipped().regulations[name]
    assert found.scheme.reverse == reverse
    assert [(b.level, b.low, b.high) for b in found.scheme.bands] == [
        (level, Decimal(low), Decimal(high)) for level, low, high in bands
    ]
    assert [(g.name, g.lowest) for g in found.grades] == [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    assert found.source


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),  # 优 ≥ 90
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
        ("-1", "差"),  # nothing is below the lowest
    ],
)
@pytest.mark.parametrize("name", ["wuhan", "national"])
def test_3_grades_at_and_just_below_each_threshold(name, total, grade):
    assert shipped().regulations[name].grade(Decimal(total)) == grade


def test_3_a_threshold_may_be_open():
    strict = Grade("优", Decimal(90), above=True)
    assert (strict.holds(Decimal(90)), strict.holds(Decimal("90.01"))) == (False, True)


# --- 4: mistakes


def write_form(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def load_form(folder: Path, text: str) -> FormDefinition:
    return read_definition(write_form(folder, text), shipped().regulations)


def load_regulation(folder: Path, text: str) -> Regulation:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_regulation(path)


def test_4_the_small_form_and_the_regulation_are_right_before_they_are_broken(tmp_path):
    assert load_form(tmp_path, FORM).id == "small"
    assert not load_form(tmp_path, SMALL_DECLARATION).is_scored
    assert load_regulation(tmp_path, REGULATION).id == "mine"


@pytest.mark.parametrize(("old", "new", "words"), FORM_MISTAKES, ids=[words for _, _, words in FORM_MISTAKES])
def test_4_a_mistake_in_a_form_is_refused_with_file_entry_and_key(tmp_path, old, new, words):
    with pytest.raises(UserError) as refusal:
        load_form(tmp_path, changed(FORM, old, new))
    assert refusal.value.message.startswith("small.toml：")
    assert words in refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("old", "new", "words"), DECLARATION_MISTAKES, ids=[words for _, _, words in DECLARATION_MISTAKES]
)
def test_4_a_mistake_in_a_form_without_scores_is_refused_too(tmp_path, old, new, words):
    with pytest.raises(UserError) as refusal:
        load_form(tmp_path, changed(SMALL_DECLARATION, old, new))
    assert refusal.value.message.startswith("small.toml：")
    assert words in refusal.value.message


@pytest.mark.parametrize(
    ("old", "new", "words"), REGULATION_MISTAKES, ids=[words for _, _, words in REGULATION_MISTAKES]
)
def test_4_a_mistake_in_a_regulation_is_refused_with_file_entry_and_key(tmp_path, old, new, words):
    with pytest.raises(UserError) as refusal:
        load_regulation(tmp_path, changed(REGULATION, old, new))
    assert refusal.value.message.startswith("mine.toml：")
    assert words in refusal.value.message


def test_4_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "small.toml").write_bytes(FORM.encode("gb18030"))
    with pytest.raises(UserError, match=r"small\.toml：不是 UTF-8 编码"):
        read_definition(tmp_path / "small.toml", shipped().regulations)


def test_4_a_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "small.toml").mkdir()
    with pytest.raises(UserError, match=r"small\.toml：读不出来"):
        with_folder(tmp_path)


def test_4_a_small_form_without_scores_goes_through_every_part(tmp_path):
    write_form(tmp_path, SMALL_DECLARATION)
    library = with_folder(tmp_path)
    definition = library.form("small")
    answers = blank_form(definition, "示例单位", "2025").with_texts(
        {"p1.amount": "5", "shares.own.amount": "5"}
    )
    form = form_of(answers, library)
    assert [finding.code for finding in check_form(form)] == ["required-missing"]  # no indicator
    assert completeness(form).missing[:2] == ("g1.text", "g2.text")
    texts = [cell.text for cell in lay_out_form(form, metrics()).cells]
    assert {"附表1", "资金情况", "2025年", "100.00%", "长期目标(截止    年)", "年度目标1："} <= set(texts)
    assert read_exchange(write_exchange(answers, definition), library) == answers


# --- 5: a folder of the user


def test_5_a_folder_adds_forms_and_regulations(tmp_path):
    (tmp_path / "regulations").mkdir()
    load_regulation(tmp_path / "regulations", REGULATION)
    write_form(tmp_path, changed(FORM, 'regulation = "wuhan"', 'regulation = "mine"'))
    library = with_folder(tmp_path)
    assert set(library.forms) == {*SHIPPED, "small"}
    assert library.regulation(library.form("small")).name == "示例规则"


def test_5_a_form_of_the_folder_replaces_the_shipped_one_of_its_id(tmp_path):
    load_form(tmp_path, changed(FORM, 'id = "small"', f'id = "{WUHAN_PROJECT}"'))
    assert with_folder(tmp_path).form(WUHAN_PROJECT).edition == "2025"
    assert shipped().form(WUHAN_PROJECT).edition == "2022"


def test_5_two_files_with_one_id_are_refused(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(FORM, encoding="utf-8")
    with pytest.raises(UserError, match=r"b\.toml：id：“small”在 a\.toml 里已经有了"):
        with_folder(tmp_path)


def test_5_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="找不到表样文件夹"):
        with_folder(tmp_path / "nowhere")


def test_5_an_unknown_form_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UserError) as refusal:
        shipped().form("mars-2025")
    assert "mars-2025" in refusal.value.message
    assert WUHAN in refusal.value.hint


def test_captions_match_whatever_their_blanks_and_the_width_of_their_marks():
    assert same_caption("预算数（A）", " 预 算\u3000数(A)")
    assert not same_caption("预算数（A）", "预算数（B）")
