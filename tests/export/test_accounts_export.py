"""The final accounts at the command line: imported, checked, exported; and their tables in a workbook."""

import json
from decimal import Decimal
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from model.exchange.accounts_writer import write_accounts
from model.exchange.exchange import encode
from tests.command import SOUND, command
from tests.final_accounts import FOLDER, accounts_answers, case, published_cells, qiaokou, read

CASE = FOLDER / "qiaokou_2022.json"


@pytest.fixture
def sound_file(tmp_path):
    path = tmp_path / "sound.json"
    path.write_bytes(encode(write_accounts(qiaokou())))
    return path


def test_check_gives_findings_and_every_cell_as_printed(capsys):
    code, out, _ = command(capsys, "check", CASE, "--json")
    (found,) = json.loads(out)
    assert code == 1
    assert found["forms"] == []
    assert found["document"]["unit"] == "武汉市硚口区教育局信息技术中心"
    accounts = found["accounts"]
    assert list(accounts) == ["edition", "findings", "tables"]
    assert accounts["edition"] == "wuhan-2022"
    assert list(accounts["findings"][0]) == ["code", "severity", "place", "message"]
    published = dict(published_cells(case("qiaokou_2022")["tables"]))
    assert {name: accounts["tables"][name] for name in published} == published


def test_a_document_without_accounts_says_nothing_of_them(capsys):
    _, out, _ = command(capsys, "check", SOUND, "--json")
    assert "accounts" not in json.loads(out)[0]


def test_exit_codes(capsys, tmp_path, sound_file):
    assert command(capsys, "check", sound_file)[0] == 0
    assert command(capsys, "check", CASE)[0] == 1
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema": "ziping.accounts/1", "edition": "none", "year": 2022}', "utf-8")
    code, out, _ = command(capsys, "check", bad)
    assert code == 2
    assert "没有编号为“none”的决算表样" in out


def test_check_tells_a_clerk_in_words(capsys, sound_file):
    _, out, _ = command(capsys, "check", sound_file)
    assert "2022 年度部门决算 · 示例单位" in out
    assert "收入总计 187.89 万元，支出总计 187.89 万元" in out
    _, out, _ = command(capsys, "check", CASE)
    assert "附件 整体自评报告收支表 · 财政拨款收入 · 决算数" in out


def test_forms_and_accounts_are_imported_as_one_document(capsys, tmp_path):
    document = tmp_path / "all.zpb"
    code, out, _ = command(capsys, "import", CASE, SOUND, "-o", document)
    assert code == 0
    assert "部门决算公开表（武汉市 2022）" in out
    _, out, _ = command(capsys, "check", document, "--json")
    (found,) = json.loads(out)
    assert len(found["forms"]) == 1
    codes = [entry["code"] for entry in found["accounts"]["findings"]]
    assert "S-OUTTURN" not in codes  # the document's own form wins over the figures of the file
    assert "S-NARR-93" in codes  # it has no form of the project


def test_export_writes_workbook_paper_and_exchange_file(capsys, tmp_path, sound_file):
    code, _, _ = command(capsys, "export", sound_file, "--to", "xlsx,pdf,json", "--out", tmp_path / "out")
    assert code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"2022-示例单位-部门决算公开表.{suffix}" for suffix in ("json", "pdf", "xlsx")]
    assert command(capsys, "check", tmp_path / "out" / names[0])[0] == 0


def test_a_draft_says_so_in_name_and_on_paper(capsys, tmp_path):
    code, _, _ = command(capsys, "export", CASE, "--to", "pdf", "--out", tmp_path)
    assert code == 1
    (path,) = tmp_path.glob("*.pdf")
    assert path.name.endswith("部门决算公开表（草稿）.pdf")
    assert "草稿" in PdfReader(path).pages[0].extract_text()


def test_the_tables_stand_on_nine_pages_wide_ones_lying(capsys, tmp_path, sound_file):
    command(capsys, "export", sound_file, "--to", "pdf", "--out", tmp_path)
    (path,) = tmp_path.glob("*.pdf")
    pages = PdfReader(path).pages
    lying = [page.mediabox.width > page.mediabox.height for page in pages]
    assert lying == [False, True, True, True, False, False, True, False, True]


def test_the_workbook_has_a_sheet_a_table_and_numbers(capsys, tmp_path, sound_file):
    command(capsys, "export", sound_file, "--to", "xlsx", "--out", tmp_path)
    (path,) = tmp_path.glob("*.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == [f"表{n}" for n in range(1, 10)]
    ledger = book["表1"]
    rows = [[cell.value for cell in row] for row in ledger.iter_rows()]
    row = next(row for row in rows if "五、教育支出" in row)
    assert row[-2:] == ["36", 164.9]
    cell = next(cell for line in ledger.iter_rows() for cell in line if cell.value == 164.9)
    assert cell.number_format == "0.00"
    subjects = [[cell.value for cell in line] for line in book["表3"].iter_rows()]
    assert ["2050199", None, None, "其他教育管理事务支出", 164.9, 66.9, 98, None, None, None] in subjects
    assert "栏次" in next(line for line in subjects if "类" in line)


def test_workbook_and_document_agree_cell_by_cell(capsys, tmp_path, sound_file):
    """Every amount of the document is in the workbook and nothing else is."""
    command(capsys, "export", sound_file, "--to", "xlsx", "--out", tmp_path)
    (path,) = tmp_path.glob("*.xlsx")
    book = load_workbook(path)
    accounts = qiaokou()
    for table in accounts.definition.tables:
        wanted = sorted(
            Decimal(text)
            for name in accounts.names()
            if name.startswith(f"{table.id}.") and (text := accounts.text(name))
        )
        found = sorted(
            Decimal(str(cell.value))
            for line in book[table.no].iter_rows()
            for cell in line
            if isinstance(cell.value, int | float)
        )
        assert found == wanted, table.no


def test_many_rows_repeat_their_heading_on_every_page(capsys, tmp_path):
    items = {f"20501{n:02}": {"name": f"科目{n}", "t3.project": "1"} for n in range(1, 80)}
    path = tmp_path / "many.json"
    path.write_bytes(encode(write_accounts(read(accounts_answers(items)))))
    command(capsys, "export", path, "--to", "pdf,xlsx", "--out", tmp_path)
    (pdf,) = tmp_path.glob("*.pdf")
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    spending = [text for text in pages if "支出决算表（表3）" in text]
    assert len(spending) >= 4
    assert all("本年支出合计" in text and "科目名称" in text for text in spending)
    assert "（续）" in spending[1]
    with ZipFile(next(tmp_path.glob("*.xlsx"))) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "workbook.xml" in name)
    assert "Print_Titles" in sheets


def test_a_mistake_in_a_folder_of_ones_own_is_refused_at_once(capsys, tmp_path):
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "own.toml").write_text('base = "none"\n', "utf-8")
    code, _, err = command(capsys, "check", SOUND, "--forms", tmp_path)
    assert code == 2
    assert "own.toml" in err


def test_one_book_holds_forms_and_accounts(capsys, tmp_path):
    document = tmp_path / "all.zpb"
    command(capsys, "import", CASE, SOUND, "-o", document)
    command(capsys, "export", document, "--to", "xlsx", "--one-book", "--out", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.xlsx")
    assert load_workbook(path).sheetnames[-9:] == [f"表{n}" for n in range(1, 10)]


def test_what_published_tables_lack_as_a_document_is_not_told(capsys, sound_file):
    code, out, _ = command(capsys, "check", sound_file)
    assert code == 0
    assert "年初预算" not in out
