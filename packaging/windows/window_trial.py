"""Tries the window as a clerk would, by its keys: a score typed, saved, previewed, printed, exported."""

from hashlib import sha256
from pathlib import Path

from clerk import PATIENCE_S, Clerk, wait_for
from compare import on_linux
from PIL import Image, ImageChops
from wine import BUILD, Failed, say, windows_path

from model.document import store
from model.document.answers import Answers
from model.document.document import difference
from model.forms.loader import shipped
from model.handin import attachments
from model.reading.evidence import evidence_of
from model.reading.reading import read

ATTACH_TITLE = "^添加佐证材料$"
PHOTO = BUILD / "photo.jpg"
MAGENTA, MUCH = (255, 0, 255), 400  # px of it; nothing else in the window has this colour
START_TITLE, DOCUMENT_TITLE, EXPORT_TITLE = "^自评簿$", "年度 － 自评簿$", "^导出$"
PRINT_TITLE = "^打印$"
SECOND_PAGE_TWICE = ("alt+g", "Tab", "2", "Tab", "2", "alt+c", "2")  # 页数 从 2 到 2, 份数 2
TYPED = "4"  # the first thing found in the example is a score of 5 where 4 is the most
STRIP_HEIGHT = 0.18  # of the window: title, menus, the total and the scores of the blocks
EXPORTED = [".pdf", ".pdf", ".xlsx", ".xlsx"]  # what the dialog offers, with Enter: both forms, both formats
STARTS = 3


def try_starts(clerk: Clerk, program: Path) -> None:
    """Start without settings, then again; measured on a machine that may be busy, under wine."""
    times = []
    for n in range(STARTS):
        times.append(clerk.start(START_TITLE, program))
        if n == 0:
            clerk.picture("3-start")
        clerk.quit()
    first, *later = (f"{seconds:.2f}" for seconds in times)
    say(f"start to window: {first} s, then {' and '.join(later)} s")


def try_window(clerk: Clerk, program: Path, document: Path, exports: Path, printed: Path) -> None:
    """Work on the example, which lies at `document` then; print into `printed`, export into `exports`."""
    seconds = clerk.start(DOCUMENT_TITLE, program, "--example")
    clerk.picture("4-example")
    say(f"start to the example: {seconds:.2f} s")
    _type_score(clerk, document)
    _attach(clerk, document)
    clerk.press("ctrl+shift+p")
    clerk.picture("6-preview")
    _try_printing(clerk, printed)
    clerk.press("ctrl+shift+p")
    clerk.press("ctrl+e")
    clerk.window(EXPORT_TITLE)
    clerk.picture("8-export")
    clerk.press("Return")
    wait_for("two PDFs and two workbooks", lambda: sorted(f.suffix for f in exports.iterdir()) == EXPORTED)
    clerk.picture("9-exported")
    clerk.press("Escape")
    wait_for("the dialog to close", lambda: not clerk.count(EXPORT_TITLE))
    clerk.window(DOCUMENT_TITLE)
    clerk.quit()


def _attach(clerk: Clerk, document: Path) -> None:
    """A photo chosen in the dialog of the system lies in the document, and is seen in the catalogue."""
    Image.new("RGB", (400, 300), MAGENTA).save(PHOTO, "JPEG")
    clerk.press("alt+7", "Return")
    clerk.window(ATTACH_TITLE)
    clerk.type(windows_path(PHOTO))
    clerk.press("Return")
    clerk.window(DOCUMENT_TITLE)
    sha = sha256(PHOTO.read_bytes()).hexdigest()
    wait_for("the file to lie in the document", lambda: sha in _attached(document))
    if attachments.content_of(document, sha) != PHOTO.read_bytes():
        raise Failed("what lies in the document is another file")
    wait_for("the photo to be seen", lambda: _magenta(clerk.picture("6-attached")) > MUCH)
    say(f"attached: {PHOTO.name} lies in the document and is seen")


def _magenta(picture: Image.Image) -> int:
    """How many pixels have the colour of the photo."""
    unlike = ImageChops.difference(picture, Image.new("RGB", picture.size, MAGENTA)).split()
    most = ImageChops.lighter(ImageChops.lighter(unlike[0], unlike[1]), unlike[2])
    return sum(most.histogram()[:40])


def _attached(document: Path) -> set[str]:
    forms = read(shipped(), answers(document)).forms
    return {one.sha for form in forms for one in evidence_of(form.answers)}


def _try_printing(clerk: Clerk, printed: Path) -> None:
    """Think better of it; print a page twice; print all pages, which stay in the file."""
    printed.unlink(missing_ok=True)
    clerk.press("ctrl+p")
    clerk.window(PRINT_TITLE)
    clerk.press("Escape")
    clerk.window(DOCUMENT_TITLE)
    if printed.exists():
        raise Failed("it printed although the dialog was cancelled")
    some = _print(clerk, printed, *SECOND_PAGE_TWICE)
    if b"%%Pages: 1\n" not in some or b"copies=2" not in some:
        raise Failed("one page twice is not what came to the printer")
    _print(clerk, printed)


def _print(clerk: Clerk, printed: Path, *keys: str) -> bytes:
    """Print with some keys in the dialog of the system, and Enter; return what came to the printer."""
    printed.unlink(missing_ok=True)
    clerk.press("ctrl+p")
    clerk.window(PRINT_TITLE)
    clerk.picture("7-print")  # the dialog has come to rest, and takes keys
    clerk.press(*keys)
    clerk.picture("7-print")
    clerk.press("Return")
    wait_for("the printer", lambda: printed.exists() and b"%%EOF" in printed.read_bytes()[-9:])
    clerk.window(DOCUMENT_TITLE)
    return printed.read_bytes()


def _type_score(clerk: Clerk, document: Path) -> None:
    """F8 goes to the cell of the first finding; what is typed there is saved, scored and shown."""
    window = clerk.window(DOCUMENT_TITLE)
    before, total, saved = answers(document), _total(document), document.stat().st_mtime_ns
    clerk.press("F8")
    picture = clerk.picture("5-typed", window)
    clerk.type(TYPED)
    clerk.press("Return")
    wait_for("the document to save itself", lambda: document.stat().st_mtime_ns != saved, PATIENCE_S)
    change = difference("", before, answers(document))
    texts = {answers(document).forms[key].text(cell) for key, cell in change.cells}
    if texts != {TYPED} or len(change.cells) != 1:
        raise Failed(f"typed {TYPED}; saved were {sorted(texts)} in {sorted(change.cells)}")
    if total == _total(document):
        raise Failed(f"the total is still {total}")
    strip = (0, 0, picture.width, round(picture.height * STRIP_HEIGHT))
    if not ImageChops.difference(picture.crop(strip), clerk.picture("5-typed", window).crop(strip)).getbbox():
        raise Failed("the strip of scores shows the same as before")
    where = ".".join(*change.cells)
    say(f"{TYPED} typed into {where}: saved by itself, total from {total} to {_total(document)}, strip too")


def answers(document: Path) -> Answers:
    """Return what a document has saved."""
    return store.open_document(document).answers


def _total(document: Path) -> str:
    """The total of the first form, as the checkout reads the document here."""
    lines = on_linux("check", document).splitlines()
    return next(line.split()[1].partition("（")[0] for line in lines if line.strip().startswith("总分"))
