"""The command line, as issue 2 describes it.

1. `forms` lists the definitions
2. `check` tells a clerk totals and findings; `--json` gives one array with exactly these keys
3. exit codes: 2 a file can't be read, else 1 an error is open, else 0
4. `export`: test_export.py
5. piped output is UTF-8; no Qt is loaded
"""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import main
import resources
from model.checks.open_items import open_items
from model.reading.reading import Form
from tests.builders import SHIPPED, WUHAN, filled, form_of, row
from tests.command import FAULTY, SOUND, SOUND_PROJECT, Run, broken_file, command, saved
from tests.findings import document, whole
from tests.findings import filled as sound
from tests.published import FOLDER, SCORED

ROOT = Path(main.__file__).parent


@pytest.fixture
def run(capsys) -> Run:
    return partial(command, capsys)


@pytest.fixture
def broken(tmp_path) -> Path:
    return broken_file(tmp_path)


# --- 1: forms


def test_1_forms_lists_id_region_edition_name_kind_and_source(run):
    code, out, err = run("forms")
    lines = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert sorted(line[0] for line in lines) == sorted(SHIPPED)
    source = "武汉市硚口区 2022 年度部门决算公开附表"
    assert ["wuhan-project-2022", "武汉市", "2022", "项目自评表", "项目自评", source] in lines


# --- 2: check


def test_2_a_sound_form_is_named_with_its_total(run):
    code, out, _ = run("check", SOUND)
    assert code == 0
    assert str(SOUND) in out
    assert "2022 年度硚口区教育局信息技术中心整体绩效自评表" in out
    assert "总分 97" in out
    assert "错误" not in out.partition("结果")[0]


def test_2_a_form_on_which_nothing_is_found_is_told_so(run, tmp_path):
    form = whole(filled_on="2026年5月8日")
    for item in open_items(document(form)):  # what would print empty
        form = form_of(form.answers.with_text(item.address[1], "已填写。"))
    code, out, _ = run("check", saved(form, tmp_path / "a.json"))
    assert code == 0
    assert "没有发现问题" in out
    assert "没有问题" in out.splitlines()[-1]


def test_2_a_sound_form_in_which_something_is_empty_is_not_told_so(run, tmp_path):
    code, out, _ = run("check", saved(whole(), tmp_path / "a.json"))
    assert code == 0
    assert "没有发现问题" not in out
    assert "填报日期：填报日期未填：请填写。" in out
    assert out.splitlines()[-1].endswith("没有填完")


def test_2_findings_are_told_with_place_and_figures(run):
    code, out, _ = run("check", FAULTY)
    assert code == 1
    assert "教育规划与发展专项经费（青少年科技活动）" in out
    assert "总分 110" in out
    assert "原表总分 100" in out
    assert "    错误 4\n" in out
    assert "      产出指标：产出指标各行分值合计 70 分，应为 50 分，多 20 分：请核对 5 行的分值。\n" in out


def test_2_what_has_no_score_is_told(run, tmp_path):
    path = saved(filled(WUHAN, row("提高", "提高", "5", name="环境")), tmp_path / "a.json")
    _, out, _ = run("check", path)
    assert "还没有得分（1 项）：产出指标 · 数量指标 · 第1行“环境” · 得分" in out


def test_2_a_finding_names_the_indicator_not_only_its_row(run, tmp_path):
    path = saved(filled(WUHAN, row("5次", "", "5", "5", name="培训教师")), tmp_path / "a.json")
    _, out, _ = run("check", path)
    assert "产出指标 · 数量指标 · 第1行“培训教师” · 实际完成值：得分 5 分，没有完成值" in out


def form_with_everything() -> Form:
    """One row by the rule, one without weight and score; a printed total that is wrong."""
    return filled(
        WUHAN,
        row("≥20场", "18场", "5", goal=1, name="活动"),
        row("稳步提高", "稳步提高", goal=2, name="环境", level1="效益指标", level2="社会效益指标"),
        budget="1,076.43",
        executed="1074.56",
        goals=["50", "30"],
        given={"total": "90.50"},
    )


def checked(run: Run, *paths: Path) -> list[dict[str, Any]]:
    _, out, _ = run("check", *paths, "--json")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_2_json_has_exactly_the_keys_and_formats_of_the_issue(run, tmp_path):
    path = saved(form_with_everything(), tmp_path / "a.json")
    (found,) = checked(run, path)
    messages = [finding.pop("message") for finding in found["forms"][0]["findings"]]
    assert found == {
        "file": str(path),
        "error": None,
        "document": {"unit": "示例单位", "year": 2025, "findings": []},
        "forms": [
            {
                "form": WUHAN,
                "title": "2025 年度示例单位整体绩效自评表",
                "name": "示例单位",
                "execution_rate": "0.9983",  # 1074.56 ÷ 1076.43
                "execution_score": "19.97",
                "weights_total": "25",  # 20 of execution and 5
                "total": "24.47",  # 19.97 + 4.5
                "total_printed": "90.5",
                "missing": ["年度目标 2 · 效益指标 · 社会效益指标 · 第1行 · 得分"],
                "indicators": [
                    {
                        "goal": 1,
                        "level1": "产出指标",
                        "level2": "数量指标",
                        "name": "活动",
                        "weight": "5",
                        "target": "≥20场",
                        "actual": "18场",
                        "score": "4.5",
                        "score_by_rule": "4.5",
                        "explanation": "分值 5 分；完成值 18 场未达到目标值 20 场，得 5 × 18 ÷ 20 = 4.5 分。",
                    },
                    {
                        "goal": 2,
                        "level1": "效益指标",
                        "level2": "社会效益指标",
                        "name": "环境",
                        "weight": None,
                        "target": "稳步提高",
                        "actual": "稳步提高",
                        "score": None,
                        "score_by_rule": None,
                        "explanation": "未填分值，不能按规则核分：请填写分值，或直接填写得分。",
                    },
                ],
                "findings": [
                    {"code": "required-missing", "severity": "computed", "place": "单位名称"},
                    {"code": "required-missing", "severity": "computed", "place": "基本支出总额"},
                    {"code": "required-missing", "severity": "computed", "place": "项目支出总额"},
                    {
                        "code": "row-unfinished",
                        "severity": "computed",
                        "place": "年度目标 2 · 效益指标 · 社会效益指标 · 第1行",
                    },
                    {"code": "weights-not-100", "severity": "computed", "place": "各行分值"},
                    {"code": "goal-points", "severity": "computed", "place": "年度目标 1"},
                    {
                        "code": "reason-missing",
                        "severity": "judged",
                        "place": "年度目标 1 · 产出指标 · 数量指标 · 第1行 · 偏差原因",
                    },
                    {"code": "total-mismatch", "severity": "computed", "place": "总分"},
                ],
            }
        ],
    }
    assert all(messages)


def test_2_json_of_a_project_is_named_after_it_and_its_rows_without_goal_have_none(run):
    (found,) = checked(run, FAULTY)
    (form,) = found["forms"]
    assert form["name"] == "教育规划与发展专项经费（青少年科技活动）"
    assert form["title"] == "2023年度项目支出绩效自评表"
    assert (form["total"], form["total_printed"], form["weights_total"]) == ("110", "100", "110")
    assert form["execution_rate"] == "1.0000"
    assert {indicator["goal"] for indicator in form["indicators"]} == {None}
    assert len(form["indicators"]) == 11  # also those that are not counted


def test_2_json_says_null_where_nothing_is_known(run, tmp_path):
    path = saved(filled(WUHAN, budget="", executed=""), tmp_path / "a.json")
    (form,) = checked(run, path)[0]["forms"]
    unknown = ("execution_rate", "execution_score", "weights_total", "total", "total_printed")
    assert {key: form[key] for key in unknown} == dict.fromkeys(unknown)
    assert form["missing"] == ["预算执行情况 · 部门整体支出总额 · 得分"]


def test_2_a_typed_score_counts_and_the_computed_one_stands_beside_it(run):
    (form,) = checked(run, FOLDER / "yueyang_2023_department.json")[0]["forms"]
    indicator = form["indicators"][5]
    assert (indicator["weight"], indicator["score"], indicator["score_by_rule"]) == ("10", "6", "9.5")
    assert "= 9.5 分" in indicator["explanation"]


def test_2_json_gives_an_object_a_file_in_the_order_given(run, broken):
    order = [FAULTY, broken, SOUND, FAULTY]
    found = checked(run, *order)
    assert [entry["file"] for entry in found] == [str(path) for path in order]
    assert [len(entry["forms"]) for entry in found] == [1, 0, 1, 1]
    assert (found[1]["document"], found[1]["error"][:8]) == (None, "文件不是完整的 ")


@pytest.mark.parametrize("name", SCORED)
def test_2_figures_are_strings_without_trailing_zeros(run, name):
    (form,) = checked(run, FOLDER / f"{name}.json")[0]["forms"]
    figures = [form[key] for key in ("execution_score", "weights_total", "total", "total_printed")]
    figures += [
        indicator[key] for indicator in form["indicators"] for key in ("weight", "score", "score_by_rule")
    ]
    for figure in figures:
        assert figure is None or (isinstance(figure, str) and "e" not in figure.lower())
        assert figure is None or "." not in figure or not figure.endswith("0")


# --- 3: exit codes


def test_3_of_several_files_the_greatest_code_counts(run, broken, tmp_path):
    nowhere = tmp_path / "nowhere.json"
    assert run("check", SOUND)[0] == 0
    assert run("check", SOUND, SOUND_PROJECT)[0] == 0
    assert run("check", SOUND, FAULTY)[0] == 1
    assert run("check", FAULTY, broken, SOUND)[0] == 2
    assert run("check", SOUND, nowhere)[0] == 2
    assert run("check", SOUND, "--json")[0] == 0
    assert run("check", FAULTY, "--json")[0] == 1
    assert run("check", broken, "--json")[0] == 2


def test_3_a_warning_alone_is_no_error(run, tmp_path):
    rows = [
        row("100%", "100%", "45"),
        row("100%", "100%", "35", level1="效益指标", level2="社会效益指标"),
        row("100%", "100%", "10", level1="满意度指标", level2="服务对象满意度指标"),
    ]
    path = saved(sound("hunan-department-2023", *rows), tmp_path / "a.json")
    code, out, _ = run("check", path)
    assert "提醒 2\n      产出指标" in out
    assert "有提醒" in out.splitlines()[-1]
    assert code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是完整的 JSON"),
        (b'{"schema": "ziping.form/1", "form": "mars", "year": 2022}', "mars"),
        (b'{"schema": "ziping.form/9"}', "ziping.form/9"),
        ("【】".encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_3_a_bad_file_among_good_ones_is_named_with_its_reason(run, tmp_path, content, words):
    bad = tmp_path / "坏.json"
    bad.write_bytes(content)
    code, out, err = run("check", SOUND, bad, SOUND_PROJECT)
    assert code == 2
    assert str(bad) in out + err
    assert words in out + err
    assert "总分 97" in out
    assert "总分 98.5" in out


def test_3_missing_files_and_folders_are_named(run, tmp_path):
    (tmp_path / "空").mkdir()
    _, out, _ = run("check", tmp_path / "没有.json", tmp_path / "空", SOUND / "里面.json")
    assert "找不到这个文件" in out
    assert "文件夹里没有可以读取的文件" in out
    assert out.partition("结果")[0].count("读不了") == 3


def test_3_of_a_folder_every_exchange_file_and_document_is_checked_each_for_itself(run, tmp_path):
    for name in ("b.json", "a.JSON", ".hidden.json", "~x.json", "notes.txt"):
        saved(whole(), tmp_path / name)
    run("import", SOUND, SOUND_PROJECT, "-o", tmp_path / "c.zpb")
    found = checked(run, tmp_path)
    assert [Path(entry["file"]).name for entry in found] == ["a.JSON", "b.json", "c.zpb"]
    assert [len(entry["forms"]) for entry in found] == [1, 1, 2]
    between = [entry["document"]["findings"] for entry in found]
    assert [[finding["code"] for finding in findings] for findings in between] == [[], [], ["name-differs"]]


def test_3_answers_travel_with_an_exchange_file_and_hold_for_what_it_says(run, tmp_path):
    form = whole(more=(row("50个", "45个", "0.1", "0"),))  # a judged error: lost without a reason
    path = saved(form, tmp_path / "a.json")
    judged = [f for f in checked(run, path)[0]["forms"][0]["findings"] if f["severity"] == "judged"]
    data = json.loads(path.read_text("utf-8"))
    data["answers"] = [{"code": f["code"], "place": f["place"], "text": "五个项目未验收"} for f in judged]
    path.write_text(json.dumps(data), encoding="utf-8")
    found = checked(run, path)[0]["forms"][0]["findings"]
    assert [f["answer"] for f in found if f["severity"] == "judged"] == ["五个项目未验收"] * len(judged)
    run("import", path, "-o", tmp_path / "a.zpb")
    again = checked(run, tmp_path / "a.zpb")[0]["forms"][0]["findings"]
    assert again == found
    run("export", tmp_path / "a.zpb", "--to", "json", "--out", tmp_path / "out")
    (written,) = (tmp_path / "out").iterdir()
    assert json.loads(written.read_text("utf-8"))["answers"] == data["answers"]


def test_3_a_folder_of_forms_that_is_wrong_ends_the_command(run, tmp_path):
    (tmp_path / "x.toml").write_text("id = 5", encoding="utf-8")
    assert run("check", SOUND, "--forms", tmp_path / "nowhere")[0] == 2
    code, out, err = run("check", SOUND, "--forms", tmp_path)
    assert (code, out) == (2, "")
    assert "x.toml" in err


@pytest.mark.parametrize("arguments", [["check"], ["export"], ["check", "--sing", "x"]])
def test_3_a_command_that_is_none_ends_with_2(arguments):
    with pytest.raises(SystemExit) as end:
        main.main(arguments)
    assert end.value.code == 2


# --- 5: as a program of its own


def started(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        env=clean | environment,
        check=False,
    )


def test_5_piped_output_is_utf8_whatever_the_locale():
    done = started("check", SOUND, FAULTY, "--json", PYTHONIOENCODING="gb18030", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert [entry["document"]["year"] for entry in json.loads(done.stdout.decode("utf-8"))] == [2022, 2023]
    done = started("check", "nowhere.json", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 2
    assert "找不到这个文件" in done.stdout.decode("utf-8")


def test_5_check_and_export_load_no_qt(tmp_path):
    script = (
        "import sys, main\n"
        f"code = main.main(['check', {str(SOUND)!r}])\n"
        f"code += main.main(['export', {str(SOUND)!r}, '--out', sys.argv[1]])\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_5_check_alone_loads_no_library_for_files():
    script = (
        "import sys, main\n"
        f"main.main(['check', {str(SOUND)!r}])\n"
        "heavy = {'openpyxl', 'reportlab', 'segno', 'docx'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_5_the_shipped_example_is_what_dev_py_run_exports():
    assert "example" in (ROOT / "dev.py").read_text("utf-8")
    assert list(resources.path("example").glob("*.json"))
