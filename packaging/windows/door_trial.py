"""Tries what else comes in and goes out: an .xls, a blank filled or made a form, the publication, a code."""

import re
import shutil
from pathlib import Path

import compare
from compare import PATIENCE_S
from wine import BUILD, ROOT, Failed, Wine, say

from model.document import store
from tests.handed_in import locked, settled, sound

FILES = ROOT / "tests/data/intake/files"
OLD_WORKBOOK = FILES / "D07_项目自评表2022.xls"
OLD_PUBLICATION = FILES / "D12_部门决算公开表.xls"
BLANKS = (FILES / "D09_财政局空白表.xlsx", FILES / "D10_市财政局空白表.docx", FILES / "D14_财政局空白表.xls")
FOLDER = BUILD / "doors"
FORM = FOLDER / "某区表样.zpf"


def run(wine: Wine, program: Path) -> None:
    """Do with ziping-cli.exe what the checkout does here, and compare."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    form = _imported(wine, program, OLD_WORKBOOK)
    accounts = _imported(wine, program, OLD_PUBLICATION, "--year", "2022")
    _fill(wine, program, form)
    _make_form(wine, program)
    _publish(wine, program, accounts)
    _verify(wine, program)


def _imported(wine: Wine, program: Path, old: Path, *options: str) -> Path:
    """An .xls, read there by a child of the program, says what it says here."""
    here, there = FOLDER / f"{old.stem} 这里.zpb", FOLDER / f"{old.stem} 那里.zpb"
    compare.on_linux("import", old, *options, "-o", here)
    code, output = _call(wine, program, "import", old, *options, "-o", there)
    if code not in (0, 1) or not there.exists():
        raise Failed(f"{old.name} is not read: {code}\n{output}")
    if store.open_document(here).answers != store.open_document(there).answers:
        raise Failed(f"{old.name} is read otherwise than here")
    say(f"ziping-cli.exe import: {old.name} is read as here")
    return there


def _fill(wine: Wine, program: Path, form: Path) -> None:
    """Blanks of a bureau, filled in place, are the same to the byte."""
    for name in ("here", "there"):
        (FOLDER / name).mkdir()
    compare.on_linux("fill", form, *BLANKS, "--xls", "--out", FOLDER / "here")
    code, output = _call(wine, program, "fill", form, *BLANKS, "--xls", "--out", FOLDER / "there")
    here, there = ({p.name: p.read_bytes() for p in (FOLDER / n).iterdir()} for n in ("here", "there"))
    kinds = sorted({Path(name).suffix for name in here})
    if len(kinds) != len(BLANKS) or here != there:
        raise Failed(f"filled were {sorted(there)}, here {sorted(here)}; {code}\n{output}")
    say(f"ziping-cli.exe fill: blanks in {', '.join(kinds)} filled in place, as here to the byte")


def _make_form(wine: Wine, program: Path) -> None:
    """The form of a bureau's blank is the same file as here."""
    here = FOLDER / "表样 这里.zpf"
    compare.on_linux("form", BLANKS[0], "-o", here)
    code, output = _call(wine, program, "form", BLANKS[0], "-o", FORM)
    if code or not FORM.exists() or FORM.read_bytes() != here.read_bytes():
        raise Failed(f"of {BLANKS[0].name} another form is made than here: {code}\n{output}")
    say(f"ziping-cli.exe form: {BLANKS[0].name} becomes the .zpf that it becomes here, to the byte")


def _publish(wine: Wine, program: Path, accounts: Path) -> None:
    """The publication of final accounts says what it says here."""
    options = ("--what", "accounts", "--to", "docx,pdf,xlsx", "--out")
    compare.on_linux("export", accounts, *options, FOLDER / "published here")
    code, output = _call(wine, program, "export", accounts, *options, FOLDER / "published there")
    if not (FOLDER / "published there").exists():
        raise Failed(f"nothing is published: {code}\n{output}")
    files = list((FOLDER / "published there").iterdir())
    same = compare.must_be_alike((FOLDER / "published here").iterdir(), files)
    say(f"ziping-cli.exe export of the accounts: {len(files)} files as here, {same} of them to the byte")


def _verify(wine: Wine, program: Path) -> None:
    """A code of a locked version is found, and another is not."""
    document = FOLDER / "定稿.zpb"
    store.create(document, settled(sound()))
    page = locked(document, store.open_document(document).answers).pages[0]
    for code in (page.code, "AAAA-AAAA"):
        _, said = _call(wine, program, "verify", code, document)
        here = compare.on_linux("verify", code, document)
        if _plain(said) != _plain(here):
            raise Failed(f"of the code {code} it says:\n{said}\nand here:\n{here}")
        if ("定稿 1" in said) != (code == page.code):
            raise Failed(f"of the code {code} it says:\n{said}")
    say("ziping-cli.exe verify: a code of 定稿 1 is known, another is not, as here")


def _call(wine: Wine, program: Path, *arguments: str | Path) -> tuple[int, str]:
    return wine.result(wine.start(program, *arguments), PATIENCE_S)


def _plain(said: str) -> list[str]:
    """What was said, without folders, which differ."""
    return [re.sub(r"[^ “”]*[\\/]", "", line).strip() for line in said.splitlines() if line.strip()]
