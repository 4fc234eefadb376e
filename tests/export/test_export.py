"""`main.py export`: names its files, writes them beside and replaces; what fails is named, and it goes on."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import main
from model.checks import check_form
from model.document import store
from model.document.answers import Answers, Reply
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from tests.builders import SHIPPED, WUHAN, WUHAN_PROJECT, filled, form_of, row
from tests.command import FAULTY, SOUND, SOUND_PROJECT, Run, broken_file, command, saved
from tests.findings import whole
from tests.published import FOLDER


@pytest.fixture
def run(capsys) -> Run:
    return partial(command, capsys)


@pytest.fixture
def broken(tmp_path) -> Path:
    return broken_file(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_form_becomes_a_workbook_and_a_pdf(run, tmp_path):
    code, out, err = run("export", SOUND, "--out", tmp_path)
    name = "2022-硚口区教育局信息技术中心-整体绩效自评表"
    assert (code, err) == (0, "")
    assert names(tmp_path) == [f"{name}.pdf", f"{name}.xlsx"]
    assert out.splitlines() == [str(tmp_path / f"{name}.xlsx"), str(tmp_path / f"{name}.pdf")]
    assert "97" in PdfReader(tmp_path / f"{name}.pdf").pages[-1].extract_text()
    assert load_workbook(tmp_path / f"{name}.xlsx").sheetnames[1] == "得分说明"
    run("export", SOUND, "--out", tmp_path, "--without-scores")
    assert len(load_workbook(tmp_path / f"{name}.xlsx").sheetnames) == 1
    run("export", SOUND, "--out", tmp_path / "book", "--one-book", "--to", "xlsx", "--without-scores")
    (book,) = (tmp_path / "book").glob("*.xlsx")
    assert "得分说明" not in load_workbook(book).sheetnames


def test_projects_are_numbered_in_the_order_given(run, tmp_path):
    run("export", SOUND_PROJECT, "--to", "pdf", "--out", tmp_path / "one")
    assert names(tmp_path / "one") == ["2022-硚口区教育局信息中心-01-资产及信息化运行维护-项目自评表.pdf"]
    projects = sorted(FOLDER.glob("yueyang_2023_project_0[12]*"))
    run(
        "export",
        FOLDER / "yueyang_2023_department.json",
        *projects,
        "--to",
        "json",
        "--out",
        tmp_path / "two",
    )
    assert names(tmp_path / "two") == [
        "2023-岳阳市教育科学技术研究院-01-高三复习迎考-项目自评表（草稿）.json",
        "2023-岳阳市教育科学技术研究院-02-基础课程改革-项目自评表.json",
        "2023-岳阳市教育科学技术研究院-整体绩效自评表（草稿）.json",
    ]


def test_json_is_the_form_again(run, tmp_path):
    run("export", SOUND_PROJECT, "--to", "json", "--out", tmp_path)
    (path,) = tmp_path.iterdir()
    again = read_exchange(decode(path.read_bytes()), shipped())
    assert again == read_exchange(decode(SOUND_PROJECT.read_bytes()), shipped())


def test_open_errors_do_not_keep_a_form_from_being_exported(run, tmp_path):
    code, _, _ = run("export", FAULTY, "--to", "xlsx,pdf,json", "--out", tmp_path)
    assert code == 1
    assert len(names(tmp_path)) == 3
    assert all(name.partition(".")[0].endswith("（草稿）") for name in names(tmp_path))


def test_a_bad_file_is_named_and_the_others_are_exported(run, tmp_path, broken):
    code, out, err = run(
        "export", broken, SOUND, tmp_path / "nowhere.json", "--to", "pdf", "--out", tmp_path / "o"
    )
    assert code == 2
    assert len(out.splitlines()) == len(names(tmp_path / "o")) == 1
    assert [line.partition("：")[0] for line in err.splitlines()] == [
        str(broken),
        str(tmp_path / "nowhere.json"),
    ]


def test_two_forms_never_take_one_name(run, tmp_path):
    run("export", SOUND, SOUND, SOUND_PROJECT, SOUND_PROJECT, "--to", "json", "--out", tmp_path)
    assert names(tmp_path) == [
        "2022-硚口区教育局信息中心-01-资产及信息化运行维护-项目自评表.json",
        "2022-硚口区教育局信息中心-02-资产及信息化运行维护-项目自评表.json",
        "2022-硚口区教育局信息技术中心-整体绩效自评表.json",
        "2022-硚口区教育局信息技术中心-整体绩效自评表（2）.json",
    ]


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ('运维/"二期":*?', "2025-示例单位-01-运维／＂二期＂：＊？-项目自评表.json"),
        ("第一行\n第二行", "2025-示例单位-01-第一行 第二行-项目自评表.json"),
        ("../../etc/passwd", "2025-示例单位-01-..／..／etc／passwd-项目自评表.json"),
        ("", "2025-示例单位-01-未填项目名称-项目自评表.json"),
        ("CON", "2025-示例单位-01-CON-项目自评表.json"),
        ("硚〇䶮𬭊", "2025-示例单位-01-硚〇䶮𬭊-项目自评表.json"),
    ],
)
def test_names_are_safe(run, tmp_path, project, name):
    path = saved(filled(WUHAN_PROJECT, project_name=project), tmp_path / "a.json")
    assert run("export", path, "--to", "json", "--out", tmp_path / "out")[0] == 1
    assert names(tmp_path / "out") == [name.replace(".json", "（草稿）.json")]


def test_long_names_are_cut_but_keep_kind_and_suffix(run, tmp_path):
    form = filled(WUHAN_PROJECT, project_name="长" * 300, cells={"unit": "单位" * 100})
    assert run("export", saved(form, tmp_path / "a.json"), "--to", "json", "--out", tmp_path / "out")[0] == 1
    (name,) = names(tmp_path / "out")
    assert len(name.encode()) <= 255
    assert name.startswith("2025-单位单位")
    assert name.endswith("-项目自评表（草稿）.json")


def test_one_book_holds_all_forms(run, tmp_path):
    code, _, _ = run("export", SOUND, SOUND_PROJECT, "--to", "xlsx,pdf,json", "--one-book", "--out", tmp_path)
    assert code == 0
    book = "2022-硚口区教育局信息技术中心-绩效自评表"
    assert names(tmp_path) == [
        "2022-硚口区教育局信息中心-01-资产及信息化运行维护-项目自评表.json",  # an exchange file is one form
        "2022-硚口区教育局信息技术中心-整体绩效自评表.json",
        f"{book}.pdf",
        f"{book}.xlsx",
    ]
    assert len(load_workbook(tmp_path / f"{book}.xlsx").sheetnames) == 4  # each form and its explanation
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / f"{book}.pdf").pages)
    assert "视频监控单位数量" in text
    assert "网络服务器维护数量" in text


def test_an_older_file_is_replaced_and_nothing_else_is_touched(run, tmp_path):
    old = tmp_path / "2022-硚口区教育局信息技术中心-整体绩效自评表.json"
    old.write_text("old", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    run("export", SOUND, "--to", "json", "--out", tmp_path)
    assert decode(old.read_bytes())["year"] == 2022
    assert names(tmp_path) == [old.name, "mine.txt"]


@pytest.mark.parametrize("formats", ["doc", "xlsx,doc", "", ","])
def test_an_unknown_format_is_refused(tmp_path, capsys, formats):
    with pytest.raises(SystemExit) as end:
        main.main(["export", str(SOUND), "--to", formats, "--out", str(tmp_path)])
    assert end.value.code == 2
    assert "xlsx,pdf,json" in capsys.readouterr().err
    assert names(tmp_path) == []


def test_formats_may_be_written_any_way(run, tmp_path):
    assert run("export", SOUND, "--to", " JSON, json ", "--out", tmp_path)[0] == 0
    assert len(names(tmp_path)) == 1


def test_a_file_in_place_of_the_folder_is_told(run, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    code, out, err = run("export", SOUND, SOUND_PROJECT, "--to", "xlsx", "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.count("无法建立文件夹") == 2  # it goes on


def refuse(error: int) -> Callable[..., None]:
    def call(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return call


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("fsync", errno.ENOSPC, "磁盘空间不足"),
        ("fsync", errno.EACCES, "不允许写入"),
        ("fsync", errno.EROFS, "只读"),
        ("replace", errno.EACCES, "打开"),  # the target is open elsewhere
        ("replace", errno.ENOSPC, "磁盘空间不足"),
    ],
)
def test_a_full_or_read_only_disk_is_told_and_nothing_is_half_written(
    run, tmp_path, monkeypatch, call, error, words
):
    old = tmp_path / "2022-硚口区教育局信息技术中心-整体绩效自评表.xlsx"
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(f"export.files.os.{call}", refuse(error))
    code, out, err = run("export", SOUND, "--to", "xlsx,pdf,json", "--out", tmp_path)
    assert (code, out) == (2, "")
    assert err.count(words) == 3
    assert old.read_text("utf-8") == "old"
    assert names(tmp_path) == [old.name]


NASTY = "=1+1\n+@-\t\x07\x0b\u200b\u2028硚〇䶮𬭊😀<b>&\ufffe\U0010ffff"


def test_whatever_a_clerk_typed_can_be_exported(run, tmp_path):
    cells: dict[str, Any] = {
        "goal": 1,
        "name": NASTY,
        "level1": NASTY,
        "level2": NASTY,
        "reason": NASTY,
        "level": NASTY,
    }
    form = filled(
        WUHAN,
        row(NASTY, NASTY, NASTY, NASTY, **cells),
        row("", "", name=""),
        budget=NASTY,
        executed=NASTY,
        goals=[NASTY, ""],
        unit_name=NASTY,
        basic=NASTY,
        deviation=NASTY * 100,
        cells={"unit": NASTY, "g1.text": NASTY},
    )
    path = saved(form, tmp_path / "a.json")
    assert run("check", path, "--json")[0] == 1
    code, _, err = run("export", path, "--to", "xlsx,pdf,json", "--out", tmp_path / "out")
    assert (code, err) == (1, "")
    assert len(names(tmp_path / "out")) == 3


def test_a_blank_form_of_every_kind_can_be_exported(run, tmp_path):
    paths = [
        saved(filled(form_id, budget="", executed=""), tmp_path / f"{form_id}.json") for form_id in SHIPPED
    ]
    assert run("check", *paths)[0] == 1  # much is still to be filled in
    code, _, err = run("export", *paths, "--out", tmp_path / "out")
    assert (code, err) == (1, "")
    assert len(names(tmp_path / "out")) == 2 * len(SHIPPED)


def test_the_example_prints_its_scores_and_is_exported(run, tmp_path):
    code, out, _ = run("example", "--out", tmp_path / "example")
    assert code == 0
    assert "总分 94.64" in out
    assert len(names(tmp_path / "example")) == 6


# --- drafts and answers


def test_a_draft_says_so_on_every_page_and_in_its_name(run, tmp_path):
    code, _, _ = run("export", FAULTY, "--to", "xlsx,pdf", "--out", tmp_path)
    (pdf,), (book,) = (list(tmp_path.glob(f"*（草稿）.{suffix}")) for suffix in ("pdf", "xlsx"))
    assert code == 1
    pages = PdfReader(pdf).pages
    assert len(pages) > 1
    assert [page.extract_text().count("草稿") for page in pages] == [1, 2]  # footer, running title
    for sheet in load_workbook(book):
        assert "草稿" in sheet.firstFooter.left.text
        assert "草稿" in sheet.oddFooter.left.text
        assert "草稿" in sheet.oddHeader.left.text


def test_a_form_without_open_errors_is_no_draft(run, tmp_path):
    assert run("export", SOUND, "--to", "pdf", "--out", tmp_path)[0] == 0
    (pdf,) = tmp_path.iterdir()
    assert "草稿" not in pdf.name
    assert all("草稿" not in page.extract_text() for page in PdfReader(pdf).pages)


def test_an_answered_judged_error_is_no_draft_and_its_answer_is_printed_on_request(run, tmp_path):
    form = whole(more=(row("50个", "45个", "0", "0"), row("提高", "待统计", "0.1")))
    form = replace(form, answers=form.answers.with_text("i1.weight", "49.9").with_text("i5.score", "0.1"))
    form = form_of(form.answers)
    (found,) = [f for f in check_form(form) if f.severity == "judged"]
    answers = form.answers.with_reply(
        found.code, found.address[1], Reply("数据由省里统一发布，六月可补。", found.found)
    )
    store.create(tmp_path / "a.zpb", Answers({"d": answers}, "示例单位", "2025"))
    assert run("export", tmp_path / "a.zpb", "--to", "pdf", "--out", tmp_path / "plain")[0] == 0
    command = ("export", tmp_path / "a.zpb", "--to", "xlsx,pdf", "--with-answers", "--out", tmp_path / "full")
    assert run(*command)[0] == 0
    (plain,), (full,) = ((tmp_path / name).glob("*.pdf") for name in ("plain", "full"))
    assert "省里统一发布" not in "".join(page.extract_text() for page in PdfReader(plain).pages)
    last = PdfReader(full).pages[-1].extract_text().replace("\n", "")
    assert all(words in last for words in ("出错说明", "完成值还没有结果", "数据由省里统一发布，六月可补。"))
    (book,) = (tmp_path / "full").glob("*.xlsx")
    assert "出错说明" in load_workbook(book).sheetnames
