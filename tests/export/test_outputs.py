"""Excel and PDF say the same: cells as LibreOffice shows them, and the text of the PDF, for all forms."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from export import EXCEL, PDF
from model.forms.definition import bare
from model.forms.loader import metrics
from model.paper.grid import Grid
from model.paper.layout import lay_out_form
from tests.published import SCORED, published

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,1"


@pytest.fixture(scope="module")
def grids() -> dict[str, Grid]:
    return {name: lay_out_form(published(name), metrics()) for name in SCORED}


@pytest.fixture(scope="module")
def sheets(grids, tmp_path_factory) -> dict[str, list[str]]:
    """The texts of the first sheet of each workbook as LibreOffice shows them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("books")
    for name, grid in grids.items():
        EXCEL.write((grid,), folder / f"{name}.xlsx")
    books = [str(folder / f"{name}.xlsx") for name in grids]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder), *books]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: _shown(next(folder.glob(f"{name}*.csv"))) for name in grids}


def _shown(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [bare(text) for row in csv.reader(file) for text in row if text.strip()]


@pytest.fixture(scope="module")
def papers(grids, tmp_path_factory) -> dict[str, str]:
    """All text of each PDF, page after page."""
    folder = tmp_path_factory.mktemp("papers")
    found = {}
    for name, grid in grids.items():
        PDF.write((grid,), folder / f"{name}.pdf")
        pages = PdfReader(folder / f"{name}.pdf").pages
        found[name] = bare("".join(page.extract_text() for page in pages))
    return found


def texts_of(grid: Grid) -> list[str]:
    return [bare(cell.text) for cell in grid.cells if bare(cell.text)]


@pytest.mark.parametrize("name", SCORED)
def test_the_sheet_shows_every_text_of_the_form(name, grids, sheets):
    shown = list(sheets[name])
    for text in texts_of(grids[name]):
        assert text in shown
        shown.remove(text)
    labels = {text for cell in grids[name].cells for text in [bare(cell.text)]}
    assert all(text.removesuffix("(续)") in labels for text in shown), shown  # labels repeated after a page


@pytest.mark.parametrize("name", SCORED)
def test_the_paper_shows_every_text_of_the_form(name, grids, papers):
    for text in texts_of(grids[name]):
        assert text in papers[name]


@pytest.mark.parametrize("name", SCORED)
def test_the_paper_shows_title_pages_and_check_code(name, grids, papers):
    assert "第1页共" in papers[name]
    assert bare(f"校验码 {grids[name].check_code}") in papers[name]
