"""`main.py import` puts exchange files together as a document; `check` and `export` take documents."""

import json
import re
import shutil
from dataclasses import replace

import pytest

import main
from model.document import store
from model.document.answers import Answers
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from tests.published import FOLDER

YUEYANG = sorted(FOLDER.glob("yueyang_*.json"))
XINXI = [FOLDER / f"qiaokou_xinxi_2022_{kind}.json" for kind in ("department", "project")]


def form(path):
    return read_exchange(decode(path.read_bytes()), shipped())


@pytest.fixture
def document(tmp_path):
    return tmp_path / "自评簿.zpb"


def run(*arguments):
    return main.main([str(argument) for argument in arguments])


def test_the_forms_of_a_year_become_a_document(document, capsys):
    assert run("import", *YUEYANG, "-o", document) == 0
    answers = store.open_document(document).answers
    assert (answers.unit, answers.year) == ("岳阳市教育科学技术研究院", "2023")
    assert list(answers.forms) == ["d", *(f"p{n}" for n in range(1, 11))]
    found = [replace(found, imported={}, sources={}) for found in answers.forms.values()]
    assert found == list(map(form, YUEYANG))
    printed = capsys.readouterr()
    assert printed.err == ""
    first, *lines = printed.out.splitlines()
    assert first == f"已建立 {document}：岳阳市教育科学技术研究院，2023 年度，11 张表"
    assert lines[0] == "  部门整体支出绩效自评表"
    assert len(lines) == 11
    assert all(re.fullmatch(r"  项目支出绩效自评表 · .+", line) for line in lines[1:])


def test_another_unit_is_kept_and_noted(document, capsys):
    assert run("import", *reversed(XINXI), "-o", document) == 0
    answers = store.open_document(document).answers
    assert answers.unit == "硚口区教育局信息技术中心"
    assert answers.forms["p1"].unit == "硚口区教育局信息中心"
    assert f"{XINXI[1]}：单位名称是“硚口区教育局信息中心”，与自评簿的" in capsys.readouterr().out


def test_what_does_not_belong_is_refused_and_the_rest_imported(document, tmp_path, capsys):
    unknown, broken = tmp_path / "unknown.json", tmp_path / "broken.json"
    unknown.write_text('{"schema": "ziping.form/1", "form": "guangdong-2030"}', encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    again = shutil.copy(XINXI[0], tmp_path / "again.json")
    missing = tmp_path / "missing.json"
    old = FOLDER / "qiaokou_xiaoxue_2020_project.json"
    assert run("import", XINXI[1], unknown, broken, missing, old, XINXI[0], again, "-o", document) == 2
    assert list(store.open_document(document).answers.forms) == ["d", "p1"]
    refused = capsys.readouterr().err.splitlines()
    assert [line.partition("：")[0] for line in refused] == [
        f"没有导入 {path}" for path in (unknown, broken, missing, old, again)
    ]
    assert "没有编号为“guangdong-2030”的表样" in refused[0]
    assert "找不到这个文件" in refused[2]
    assert refused[3].endswith("年度是 2020，自评簿是 2022 年度。请另建一个自评簿。")


def test_the_document_remembers_what_was_imported(document):
    run("import", *XINXI, "-o", document)
    for _, form in store.open_document(document).answers:
        assert form.imported == form.texts != {}


def test_nothing_to_import_makes_no_document(document, tmp_path):
    assert run("import", tmp_path / "missing.json", "-o", document) == 2
    assert not document.exists()


def test_the_forms_of_a_document_are_imported(document, tmp_path):
    run("import", *XINXI, "-o", document)
    assert run("import", document, "-o", tmp_path / "new.zpb") == 0
    first, second = (store.open_document(path).answers for path in (document, tmp_path / "new.zpb"))
    assert first == second


def test_an_existing_document_is_replaced_only_when_told(document, capsys):
    run("import", *XINXI, "-o", document)
    before = document.read_bytes()
    assert run("import", *YUEYANG, "-o", document) == 2
    assert "无法建立“自评簿.zpb”：已有同名的文件" in capsys.readouterr().err
    assert document.read_bytes() == before
    assert run("import", *YUEYANG, "-o", document, "--replace") == 0
    assert len(store.open_document(document).answers.forms) == 11


def test_check_takes_documents_with_all_their_forms(document, tmp_path, capsys):
    run("import", *XINXI, "-o", document)
    stored = store.open_document(document)
    named = replace(stored.answers, unit="某中心")
    store.save(document, stored.revision, stored.answers, named)
    renamed = document.rename(tmp_path / "by its bytes.json")
    capsys.readouterr()
    run("check", renamed, *XINXI, "--json")
    whole, *single = json.loads(capsys.readouterr().out)
    assert whole["error"] is None
    between = whole["document"].pop("findings")
    assert whole["document"] == {"unit": "某中心", "year": 2022}
    assert [finding["code"] for finding in between] == ["name-differs"]
    assert whole["forms"] == [file["forms"][0] for file in single]
    assert single[1]["document"]["unit"] == "硚口区教育局信息中心"


def test_check_says_what_is_wrong_with_a_document(document, capsys):
    document.write_bytes(bytes(9000))
    assert run("check", document) == 2
    assert "“自评簿.zpb”已损坏" in capsys.readouterr().out


def test_check_takes_a_document_without_forms(document, capsys):
    store.create(document, Answers({}, "某中心"))
    assert run("check", document, "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["document"], found["forms"]) == ({"unit": "某中心", "year": None, "findings": []}, [])


def test_export_takes_documents_with_all_their_forms(document, tmp_path):
    run("import", *XINXI, "-o", document)
    assert run("export", document, "--to", "json", "--out", tmp_path / "out") == 1  # drafts
    written = sorted((tmp_path / "out").iterdir())
    assert sorted((form(path) for path in written), key=str) == sorted(map(form, XINXI), key=str)


def test_forms_of_a_user_s_folder_are_imported(document, tmp_path, capsys):
    seventh = FOLDER.parents[1] / "seventh"
    (example,) = seventh.glob("*.json")
    assert run("import", example, "-o", document) == 2
    assert run("import", example, "-o", document, "--forms", seventh) == 0
    assert len(store.open_document(document).answers.forms) == 1
    capsys.readouterr()
    assert run("check", document) == 2
    assert run("check", document, "--forms", seventh) in (0, 1)
