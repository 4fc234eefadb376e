# ruff: noqa: E501
"""`main.py export --what …`: the whole hand-in folder: forms, reports, the statement, a list with checksums."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from docx import Document as read_docx
from pypdf import PdfReader

from model.checks.open_items import open_items
from model.document import store
from model.document.answers import Reply
from model.forms.loader import shipped
from model.reading.reading import read
from tests.command import FAULTY, SOUND, SOUND_PROJECT, Run, command

UNIT = "2022-硚口区教育局信息技术中心"
PROJECT = "2022-硚口区教育局信息中心-01-资产及信息化运行维护"


@pytest.fixture
def run(capsys) -> Run:
    return partial(command, capsys)


@pytest.fixture
def document(run, tmp_path) -> Path:
    path = tmp_path / "自评簿.zpb"
    assert run("import", SOUND, SOUND_PROJECT, "-o", path)[0] == 0
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_forms_alone_are_the_usual(run, document, tmp_path):
    assert run("export", document, "--out", tmp_path / "out")[0] == 0
    assert names(tmp_path / "out") == [
        f"{PROJECT}-项目自评表.pdf",
        f"{PROJECT}-项目自评表.xlsx",
        f"{UNIT}-整体绩效自评表.pdf",
        f"{UNIT}-整体绩效自评表.xlsx",
    ]


def test_reports_come_with_their_short_versions(run, document, tmp_path):
    assert run("export", document, "--what", "report", "--to", "docx", "--out", tmp_path / "out")[0] == 0
    assert names(tmp_path / "out") == [
        f"{PROJECT}-项目绩效自评结果.docx",
        f"{PROJECT}-项目绩效自评结果（摘要版）.docx",
        f"{UNIT}-整体绩效自评报告.docx",
        f"{UNIT}-整体绩效自评报告（摘要版）.docx",
    ]


def words(path: Path) -> Iterator[str]:
    if path.suffix == ".docx":
        yield from (paragraph.text for paragraph in read_docx(str(path)).paragraphs)
    else:
        yield from (page.extract_text().replace("\n", "") for page in PdfReader(path).pages)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_statement_says_the_figures_of_all_projects(run, document, tmp_path, suffix):
    run("export", document, "--what", "statement", "--to", suffix, "--out", tmp_path / "out")
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == f"{UNIT}-预算绩效情况说明.{suffix}"
    text = "".join(words(path))
    assert "共涉及项目1个，资金98万元，占一般公共预算项目支出总额的100.0%" in text
    assert "全年预算数为98万元，执行数为98万元，完成预算的100.0%" in text


def test_all_is_the_whole_folder_with_a_list_of_files_and_checksums(run, document, tmp_path):
    out = tmp_path / "out"
    code, printed, _ = run("export", document, "--what", "all", "--out", out)
    assert code == 0
    assert len(names(out)) == 4 + 2 * 4 + 2 + 1  # forms, reports, statement, list
    assert [Path(line).name for line in printed.splitlines()][-1] == "文件清单.txt"
    lines = files_of(out / "文件清单.txt")
    listed = {line.split(None, 2)[2]: line.split(None, 2) for line in lines}
    assert sorted(listed) == [name for name in names(out) if name != "文件清单.txt"]
    for name, (checksum, size, _) in listed.items():
        content = (out / name).read_bytes()
        assert (checksum, int(size)) == (hashlib.sha256(content).hexdigest(), len(content))


def files_of(path: Path) -> list[str]:
    """The lines of a list of files, without what stands behind them."""
    return path.read_text("utf-8-sig").partition("\n\n")[0].splitlines()[1:]


def test_the_list_tells_what_was_set_aside_and_how_much_is_open(run, document, tmp_path):
    def printed() -> str:
        run("export", document, "--what", "all", "--out", tmp_path / "out")
        return (tmp_path / "out" / "文件清单.txt").read_text("utf-8-sig")

    stored = store.open_document(document)
    items = open_items(read(shipped(), stored.answers))
    assert f"还有 {len(items)} 项没有处理。" in printed()
    assert "搁置事项" not in printed()
    first = next(item for item in items if item.severity == "gap")
    answers = stored.answers
    for item in items:
        key, cell = item.address
        reply = Reply("区里没有要求这一项", item.finding.found, "2026-04-28 16:20 经办人甲")
        answers = answers.with_form(key, answers.forms[key].with_reply(item.kind, cell, reply))
    store.save(document, stored.revision, stored.answers, answers)
    text = printed()
    assert f"搁置事项 {len(items)} 项" in text
    assert f"{first.sentence}说明：区里没有要求这一项（经办人甲，2026-04-28 16:20）" in text
    assert "没有处理" not in text


def test_the_report_of_a_draft_is_a_draft(run, tmp_path):
    assert run("export", FAULTY, "--what", "report", "--to", "pdf", "--out", tmp_path)[0] == 1
    assert all("（草稿）" in name for name in names(tmp_path))
    for path in tmp_path.iterdir():
        assert all("草稿" in page.extract_text() for page in PdfReader(path).pages)


def test_a_form_without_a_report_has_none(run, tmp_path):
    from tests.published import FOLDER

    declaration = FOLDER / "hanyang_2024_target_declaration.json"
    assert (
        run("export", declaration, "--what", "report,statement", "--to", "pdf", "--out", tmp_path / "out")[0]
        == 0
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", ["everything", ""])
def test_an_unknown_wish_is_refused(run, document, what):
    with pytest.raises(SystemExit):
        run("export", document, "--what", what)


def test_the_report_in_word_has_the_figures_of_the_form(run, document, tmp_path):
    run("export", document, "--what", "report", "--to", "docx", "--out", tmp_path / "out")
    text = "\n".join(words(tmp_path / "out" / f"{UNIT}-整体绩效自评报告.docx"))
    assert "自评得分 97 分，自评等级为“优”。" in text
    assert "全年预算数 187.89 万元，执行数 187.89 万元，预算执行率 100%。" in text
