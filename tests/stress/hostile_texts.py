"""Hostile texts in any cell and through every export, opened by other readers: they stay texts."""

from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from zipfile import ZipFile

from docx import Document as read_docx
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from export.batch import export_files
from export.handin import ALL
from export.opening import Opened
from model.basics.errors import UNEXPECTED
from model.document.answers import Answers, FormAnswers
from model.document.cleaning import clean_answers
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.forms.loader import shipped
from model.reading.reading import read
from tests.stress.trial import Trial, Tried, must, must_be_a_sentence

FORMS = Path(__file__).parents[1] / "data" / "published" / "forms"
TEXTS = (
    '=HYPERLINK("http://x.y","z")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1",
    "=cmd|' /C calc'!A0", "_x0041_",
    "&[Tab]&P", "]]><a>", '<img src="//server/x.png">', "&amp;&#x0;", "{=1}", "%s %n {0}", "../../x", "CON",
    "一\x0b二\x07\x00\uffff", "𬭊𠮷" * 60, "长" * 1500, "\u202e反\u2066", "硚〇䶮",
    "a\r\nb\rc\x85d\u2028e", "∞", "1e999",
    "９９％", " ", "　", "\u00a0", "A" * 300, "无", "''\"\"", "\\\\server\\x",
    "file:///etc/passwd", "$$\\input{x}$$",
)  # fmt: skip
FORMATS = ("xlsx", "pdf", "docx", "json")
PLACES = 12  # cells that get a hostile text


@cache
def _documents() -> tuple[Answers, ...]:
    """Every published form as a document."""
    files = sorted(FORMS.glob("*.json"))
    forms = [read_exchange(decode(path.read_bytes()), shipped()) for path in files]
    return tuple(
        gather([(path.name, form)], shipped()).answers for path, form in zip(files, forms, strict=True)
    )


def _with_hostile_texts(form: FormAnswers, chance: Random) -> FormAnswers:
    cells = [cell for cell in form.texts if not cell.endswith((".goal", "year"))]
    for _ in range(PLACES):
        form = form.with_text(chance.choice(cells), chance.choice(TEXTS))
    return form


def every_export(chance: Random, folder: Path) -> Tried:
    """What is written can be read by others, and no cell of it is a formula or a link."""
    answers = chance.choice(_documents())
    key = next(iter(answers.forms))
    answers, _ = clean_answers(answers.with_form(key, _with_hostile_texts(answers.forms[key], chance)))
    opened = Opened(Path("某表.zpb"), read(shipped(), answers), unit=answers.unit, year=answers.year)
    results = export_files([opened], FORMATS, folder, what=(ALL,))
    for result in results:
        if result.problem:
            must_be_a_sentence(result.problem)
            must(UNEXPECTED not in result.problem, f"{result.path.suffix}: an unexpected error")
        elif result.path.exists():
            _read_again(result.path)
    must(any(not result.problem for result in results), "nothing was written")
    must(all(path.parent == folder for path in folder.rglob("*")), "something lies elsewhere")
    return Tried(PLACES)


def _read_again(path: Path) -> None:
    if path.suffix == ".xlsx":
        for sheet in load_workbook(path):
            formulas = [
                cell.coordinate for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink
            ]
            must(not formulas, f"formulas or links in {formulas}")
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        must(not any("externalLink" in name for name in ZipFile(path).namelist()), "links to other files")
    elif path.suffix == ".docx":
        read_docx(str(path))
        must(b'TargetMode="External"' not in b"".join(_relations(path)), "links to other files")
    elif path.suffix == ".pdf":
        must(not any("/Annots" in page for page in PdfReader(path).pages), "a link or form on a page")
        with closing(PdfDocument(path)) as document:
            for page in document:
                page.get_textpage().get_text_bounded()
    elif path.suffix == ".json":
        read_exchange(decode(path.read_bytes()), shipped())


def _relations(path: Path) -> list[bytes]:
    with ZipFile(path) as package:
        return [package.read(name) for name in package.namelist() if name.endswith(".rels")]


TRIALS = (Trial("hostile texts through every export", every_export, 100_000, 20),)
