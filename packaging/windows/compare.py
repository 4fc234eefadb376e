"""Compares what the Windows program writes, prints and says with what the checkout does here."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pypdfium2
from PIL import Image, ImageChops, ImageStat
from wine import BUILD, ROOT, Failed, Wine, call, say

OURS = BUILD / "linux"
THEIRS = BUILD / "windows"
TIMES = {"docProps/core.xml"}  # holds when a file was made
PATIENCE_S = 120
DPI = 254  # ten pixels are a millimetre
FURTHEST_PX = 3
MOST_UNLIKE = 2.5  # per cent of grey; another page has 5
SHEETS = "printed-{}.png"
PICTURE = re.compile(rb"^(image|colorimage|imagemask)\b", re.MULTILINE)


def exports_of_window(document: Path, exports: Path) -> None:
    """The window exported, by its dialog, what the command line exports here."""
    files = [path for path in exports.iterdir() if path.is_file()]
    formats = sorted({path.suffix.removeprefix(".") for path in files})
    _export_here(document, "--to", ",".join(formats))
    same = must_be_alike(OURS.iterdir(), files)
    say(f"exported from the window: {', '.join(formats)} as here, {same} of {len(files)} files to the byte")


def print_of_window(printed: Path, exports: Path) -> None:
    """On paper is one of the exported PDFs, each page in its size and place, drawn and not as a picture."""
    pages = printed.read_bytes()
    if PICTURE.search(pages):
        raise Failed("a page went to the printer as a picture")
    sheets = _sheets(printed)
    if not any(_is_alike(sheets, _pages(path)) for path in exports.glob("*.pdf")):
        raise Failed(f"what was printed looks like none of the exported PDFs: see {SHEETS.format('1')}")
    say(f"printed: {len(sheets)} pages as exported, {len(pages) / 1e6:.1f} MB of outlines and lines")


def exports_of_command_line(wine: Wine, program: Path, document: Path) -> None:
    """ziping-cli.exe writes forms, report and statement in all formats as they are written here."""
    everything = ("--what", "all", "--to", "docx,pdf,xlsx")
    _export_here(document, *everything)
    shutil.rmtree(THEIRS, ignore_errors=True)
    started = wine.start(program, "export", document, *everything, "--out", THEIRS)
    code, output = wine.result(started, PATIENCE_S)
    if code not in (0, 1):
        raise Failed(f"ziping-cli.exe export ended with {code}:\n{output}")
    files = list(THEIRS.iterdir())
    same = must_be_alike(OURS.iterdir(), files)
    say(f"ziping-cli.exe export: {len(files)} files as here, {same} of them to the byte")


def checks(wine: Wine, program: Path, document: Path) -> None:
    """ziping-cli.exe check says what it says here."""
    code, output = wine.result(wine.start(program, "check", document), PATIENCE_S)
    if code not in (0, 1) or output.splitlines()[1:] != on_linux("check", document).splitlines()[1:]:
        raise Failed(f"ziping-cli.exe check ended with {code} and says:\n{output}")
    say("ziping-cli.exe check: as here")


def on_linux(*arguments: str | Path) -> str:
    """Run the program of the checkout at the command line and return what it prints."""
    return subprocess.run(
        [sys.executable, ROOT / "main.py", *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ).stdout


def content(path: Path) -> list[str]:
    """Return what a file says: a PDF by page, an Office file by part without its times, the list by name,
    a folder and a package by what they hold."""
    if path.is_dir():
        return [part for one in sorted(path.iterdir()) for part in (one.name, *content(one))]
    if path.suffix == ".zip":
        with ZipFile(path) as package:
            return sorted(package.namelist())
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return [page.get_textpage().get_text_range() for page in document]
    if path.suffix in (".ico", ".jpg"):
        return [sha256(path.read_bytes()).hexdigest()]
    if path.suffix not in (".docx", ".xlsx"):
        return [line.rpartition("  ")[2] for line in path.read_text(encoding="utf-8-sig").splitlines()]
    with ZipFile(path) as parts:
        names = sorted(set(parts.namelist()) - TIMES)
        xml = [parts.read(name) for name in names if name.endswith((".xml", ".rels"))]
        return [*names, *(canonicalize(part, rewrite_prefixes=True) for part in xml)]


def _sheets(printed: Path) -> list[Image.Image]:
    """Return pictures of the paper that comes out of a PostScript printer."""
    pattern = BUILD / SHEETS.format("%d")
    smooth = ("-dGraphicsAlphaBits=4", "-sDEVICE=pnggray", f"-r{DPI}")
    call("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", *smooth, "-o", pattern, printed)
    return [Image.open(path) for path in sorted(BUILD.glob(SHEETS.format("*")))]


def _pages(pdf: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def _is_alike(sheets: list[Image.Image], pages: list[Image.Image]) -> bool:
    """Tell whether the ink ends at the same places and is spread alike, seen by the millimetre."""
    if len(sheets) != len(pages):
        return False
    for sheet, page in zip(sheets, pages, strict=True):
        edges = zip(_ink(sheet), _ink(page), strict=True)
        blurred = (picture.resize((210, 297), Image.Resampling.BOX) for picture in (sheet, page))
        unlike = ImageStat.Stat(ImageChops.difference(*blurred)).mean[0] / 2.55
        if unlike > MOST_UNLIKE or any(abs(a - b) > FURTHEST_PX for a, b in edges):
            return False
    return True


def _ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the edges of what is not white."""
    return picture.point(lambda grey: 255 * (grey < 128)).getbbox() or (0, 0, 0, 0)


def _export_here(document: Path, *options: str) -> None:
    shutil.rmtree(OURS, ignore_errors=True)
    on_linux("export", document, *options, "--out", OURS)


def must_be_alike(ours: Iterable[Path], theirs: Iterable[Path]) -> int:
    """Raise Failed where files differ in what they say; return how many are the same to the byte."""
    here, there = ({path.name: path for path in paths} for paths in (ours, theirs))
    if not here or here.keys() != there.keys():
        raise Failed(f"exported were {sorted(there)}, here {sorted(here)}")
    for name, path in here.items():
        if content(path) != content(there[name]):
            raise Failed(f"{name} says something else than exported here")
    return sum(
        path.is_file() and path.read_bytes() == there[name].read_bytes() for name, path in here.items()
    )
