# ruff: noqa: E501
"""The published reports of 硚口 2020 and 2022 beside what the program generates from their forms.

Every figure of a published report is generated, but for those of tests/data/reports/differences.tsv, each with
the reason why. The published sentences of 预算绩效情况说明 come out as printed, their slips excepted.
"""

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from model.document.answers import Answers, FormAnswers
from model.forms.loader import metrics, shipped
from model.reading.reading import Reading, read
from model.report.prose import Heading, Paragraph, Report, Signature, Table
from model.report.report import compose
from model.report.teller import statement_teller, teller
from tests.builders import WUHAN_2020, WUHAN_PROJECT_2020, row
from tests.findings import document, filled
from tests.published import FOLDER, published

DATA = Path(__file__).parents[2] / "data" / "reports"
REPORTS = FOLDER.parent / "reports"
_NUMBER = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?")
OUTTURN_2020 = {"fiscal": ("570.36", "570.36", "570.36"), "staff": ("485.54", "485.54", ""),
                "running": ("34.22", "34.22", ""), "project": ("50.60", "50.60", "")}  # fmt: skip
OUTTURN_2022 = {"fiscal": ("183.58", "187.89", "182.89"), "other": ("0", "0", "5.00"),
                "staff": ("81.77", "81.08", "81.08"), "running": ("8.81", "8.81", "8.81"),
                "project": ("93.00", "98.00", "98.00")}  # fmt: skip


def with_outturn(form: FormAnswers, amounts: dict[str, tuple[str, ...]]) -> FormAnswers:
    columns = ("initial", "adjusted", "final")
    cells = {
        f"outturn.{key}.{c}": text
        for key, row in amounts.items()
        for c, text in zip(columns, row, strict=True)
    }
    return form.with_texts(cells)


def built(name: str, amounts: dict[str, tuple[str, ...]]) -> Reading:
    """The document of the two published forms, the table of money typed as it was published."""
    forms = {
        key: published(f"{name}_{kind}").answers for key, kind in (("d", "department"), ("p1", "project"))
    }
    first = forms["d"]
    return read(shipped(), Answers(forms | {"d": with_outturn(first, amounts)}, first.unit, first.year))


def texts_of(report: Report) -> Iterator[str]:
    yield from report.title
    for part in report.parts:
        if isinstance(part, Heading | Paragraph):
            yield part.text
        elif isinstance(part, Table):
            yield from (cell.text for cell in part.grid.cells)
        elif isinstance(part, Signature):
            yield part.unit + part.date


def generated(reading: Reading) -> str:
    reports = [
        compose(found, metrics()) for form in reading.forms if (found := teller(form, reading, shipped()))
    ]
    statement = statement_teller(reading, shipped())
    assert statement is not None
    return "\n".join(
        text for report in (*reports, compose(statement, metrics())) for text in texts_of(report)
    )


def figures(text: str) -> list[Decimal]:
    return [Decimal(found).normalize() for found in _NUMBER.findall(text.replace(",", ""))]


def sections(name: str) -> list[dict[str, Any]]:
    """The parts of the published document that our report stands for."""
    found: list[dict[str, Any]] = json.loads((REPORTS / f"{name}_report.json").read_text("utf-8"))["sections"]
    if name.endswith("2020"):
        return found
    return [found[5], *(part for part in found[2]["sections"] if "绩效情况" in part["title"])]


def printed(section: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every paragraph and row of a table with the heading above it."""
    here = section.get("title") or above
    for text in section.get("paragraphs", []):
        yield here, text
    for table in section.get("tables", []):
        for line in table["rows"]:
            yield f"{here} {line['item']}", " ".join(filter(None, line["values"].values()))
    for inner in section.get("sections", []):
        yield from printed(inner, here)


def differing(name: str, amounts: dict[str, tuple[str, ...]]) -> set[tuple[str, str, str]]:
    known = set(figures(generated(built(name, amounts))))
    return {
        (name, heading.strip(), format(figure, "f"))
        for section in sections(name)
        for heading, text in printed(section)
        for figure in figures(text)
        if figure not in known
    }


def explained() -> dict[tuple[str, str, str], str]:
    with (DATA / "differences.tsv").open(encoding="utf-8", newline="") as file:
        rows = [line for line in csv.reader(file, "excel-tab") if line and not line[0].startswith("#")]
    return {(name, heading, figure): why for name, heading, figure, why in rows}


def test_every_figure_that_the_forms_determine_is_generated_and_each_difference_is_explained():
    found = differing("qiaokou_xiaoxue_2020", OUTTURN_2020) | differing("qiaokou_xinxi_2022", OUTTURN_2022)
    assert found == set(explained())
    assert all(explained().values())


# --- 预算绩效情况说明


def statement(reading: Reading) -> list[str]:
    found = statement_teller(reading, shipped())
    assert found is not None
    return [part.text for part in compose(found, metrics()).parts if isinstance(part, Paragraph)]


def published_statement(name: str) -> str:
    """The published section without blanks."""
    found = json.loads((REPORTS / f"{name}_report.json").read_text("utf-8"))["sections"][2]["sections"]
    section = next(part for part in found if part["title"] == "预算绩效情况说明")
    return "".join("".join((title + text).split()) for title, text in with_titles(section))


def with_titles(section: dict[str, Any]) -> Iterator[tuple[str, str]]:
    head = (section.get("number") or "") + section["title"] if section.get("run_in") else ""
    for text in section.get("paragraphs", []):
        yield head, text
        head = ""
    for inner in section.get("sections", []):
        yield from with_titles(inner)


def jianghan() -> Reading:
    """A document of the figures that `data` of the published file gives; its forms are missing."""
    data = json.loads((REPORTS / "jianghan_2021_report.json").read_text("utf-8"))["data"]
    whole, amounts = data["execution"]["rows"][0], data["facts"]
    rows = (row("100%", "100%", "80"),)
    department = filled(WUHAN_2020, *rows, year="2021", budget=whole["budget_full_year"], executed=whole["executed"],
                        basic=amounts["基本支出"], project=amounts["项目支出"])  # fmt: skip
    projects = [
        filled(WUHAN_PROJECT_2020, *rows, year="2021", project_name=one["name"], budget=one["budget_full_year"],
               executed=one["executed"])
        for one in data["projects"]
    ]  # fmt: skip
    return document(department, *projects, year="2021")


SLIPS = {  # what we generate, and what was printed
    "jianghan_2021": {
        "我单位组织对本部门开展整体支出绩效自评，资金1074.56万元": "我部门组织开展整体支出绩效自评，资金1074.56万元",
        "我单位在2021年度": "我部门在2021年度",
    },
    "qiaokou_xinxi_2022": {
        "我单位组织对2022年度": "我部门（单位）组织对2022年度",
        "资产及信息化运行维护项目": "信息化运行维护项目",
        "全年预算数为98万元，执行数为98万元，完成预算的100.0%": "全年预算数为93万元，执行数为98万元，完成预算的105.4%",
    },
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_published_sentences_come_out_their_slips_excepted(name):
    reading = jianghan() if name == "jianghan_2021" else built(name, OUTTURN_2022)
    theirs = published_statement(name)
    for sentence in statement(reading):
        for ours, printed_so in SLIPS[name].items():
            sentence = sentence.replace(ours, printed_so)
        assert sentence.rstrip("。") in theirs, sentence
