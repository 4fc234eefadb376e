"""Tries the installer under wine: wizard, association, refusal, upgrade, uninstall, and the portable zip."""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import cpython
from bundle import FOLDER
from clerk import PATIENCE_S, Clerk, wait_for
from door_trial import FORM
from installer import PORTABLE, SETUP, SWITCH
from window_trial import DOCUMENT_TITLE, START_TITLE
from wine import BUILD, Failed, Wine, say, windows_path

PLACE = r"C:\软件 目录\自评簿"  # where it is installed: Chinese letters and a blank
WIZARD_TITLE = "^自评簿 安装$"
CANCELLED, REFUSED = 1, 2
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ziping"
KEYS = (r"HKCU\Software\ziping", r"HKCU\Software\Classes\ziping.document", UNINSTALL)
ASSOCIATION = (".zpb", "ziping.document", ".zpf", "ziping.form")
SHORTCUT = "自评簿.lnk"
HOLD = """
import ctypes, sys, time
held = ctypes.windll.kernel32.CreateFileW(sys.argv[1], 0x80000000, 0, None, 3, 0, None)  # shared with nobody
print(held, flush=True)
time.sleep(600)
"""


class Installation:
    """The program in its place on drive C, and what belongs to it elsewhere."""

    def __init__(self, wine: Wine) -> None:
        self._wine = wine
        drive = wine.prefix / "drive_c"
        self.folder = drive.joinpath(*PLACE.split("\\")[1:])
        self.stick = drive / "U 盘"
        self.settings = wine.user / "AppData/Local/ziping"
        self.documents = wine.user / "Documents"
        self._desktop = wine.user / "Desktop" / SHORTCUT
        self._menu = wine.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs" / SHORTCUT

    @property
    def program(self) -> Path:
        """The windowed program."""
        return self.folder / "ziping.exe"

    @property
    def command_line(self) -> Path:
        """The program for the command line."""
        return self.folder / "ziping-cli.exe"

    def clear(self) -> None:
        """Take away what a trial before has left."""
        for folder in (self.folder.parent, self.stick, self.settings):
            shutil.rmtree(folder, ignore_errors=True)
        for old in list(self.documents.iterdir()):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        for link in (self._desktop, self._menu):
            link.unlink(missing_ok=True)
        shared = (rf"{hive}\Software\Classes\{name}" for hive in ("HKCU", "HKLM") for name in ASSOCIATION)
        for key in (*KEYS, *shared):
            self._code("reg", "delete", key, "/f")

    def look_at_wizard(self, clerk: Clerk) -> None:
        """The wizard is Chinese, and cancelled it leaves nothing."""
        clerk.start(WIZARD_TITLE, SETUP)
        clerk.picture("1-wizard")
        clerk.press("Return")
        clerk.picture("2-folder")
        clerk.press("Escape")
        clerk.window(WIZARD_TITLE)
        code = clerk.end("Return")  # the question whether to leave
        if code != CANCELLED or self._is_known():
            raise Failed(f"the wizard, cancelled, ended with {code}")
        say("wizard: looked at and cancelled, nothing installed")

    def install(self) -> None:
        """Install silently: whole, for this user alone."""
        before = self._machine()
        self._expect(0, self._set_up())
        self._must_be_whole()
        if self._machine() != before:
            raise Failed("the installer wrote into the machine's part of the registry")
        if not self._desktop.exists() or not self._menu.exists():
            raise Failed("a shortcut is missing")
        say(f"installed in {PLACE}, with shortcuts, for this user alone")

    def open_by_association(self, clerk: Clerk) -> None:
        """A document is opened as by a double click; while it is open nothing can be installed over it."""
        for name in ASSOCIATION:  # Windows merges the user's part with the machine's, wine does not
            ours = rf"\Software\Classes\{name}"
            self._wine.run("reg", "copy", "HKCU" + ours, "HKLM" + ours, "/s", "/f")
        document = self.documents / "2025 年度 自评簿.zpb"
        shutil.copy(self.settings / "示例.zpb", document)
        clerk.start(DOCUMENT_TITLE, "start", "/wait", document)
        say("a document opened by its association")
        self._add_form(Clerk(self._wine))
        self._expect(REFUSED, self._set_up())
        self._must_be_whole()
        self._expect(REFUSED, self._batch(rf'"{PLACE}\uninstall.exe" /S _?={PLACE}'))
        self._must_be_whole()
        clerk.window(DOCUMENT_TITLE)
        clerk.quit()
        say(f"while the program runs: installer refuses with {REFUSED}, uninstaller too, nothing is changed")

    def _add_form(self, clerk: Clerk) -> None:
        """The file of a form is opened like that, while a document is open, and kept among the forms."""
        target = self.documents / "某区 表样.zpf"
        shutil.copy(FORM, target)
        kept = self.settings / "forms"
        clerk.start(START_TITLE, "start", "/wait", target)
        wait_for("the sentence that it is kept", lambda: clerk.count(START_TITLE) == 2)
        clerk.window(START_TITLE)
        clerk.picture("12-form")
        clerk.press("Return")
        wait_for("the sentence to go", lambda: clerk.count(START_TITLE) == 1)
        clerk.window(START_TITLE)
        clerk.quit()
        if [path.read_bytes() for path in kept.iterdir()] != [FORM.read_bytes()]:
            raise Failed(f"the file of a form is not kept in {kept}")
        say("the file of a form opened by its association: kept among the forms")

    def fail_to_upgrade(self) -> None:
        """Where a new file can't be written, the old ones come back."""
        stale = self.folder / "_internal/old.dll"
        stale.write_bytes(b"old")
        holder = self._wine.start(cpython.PYTHON, "-c", HOLD, self.folder / "licences/NOTICE.txt")
        assert holder.stdout
        if holder.stdout.readline().strip() in ("", "-1"):
            raise Failed("could not hold a file against the installer")
        try:
            self._expect(REFUSED, self._set_up())
        finally:
            holder.kill()
            holder.wait()
        if not stale.exists() or (self.folder / "_internal.old").exists():
            raise Failed("the upgrade that failed has not put the old files back")
        say(f"upgrade with a file held by another program: ends with {REFUSED}, the old files are back")

    def upgrade(self, clerk: Clerk) -> None:
        """Install over what is there: the old goes, what is the clerk's stays."""
        stale, own = self.folder / "_internal/old.dll", self.folder / "我的记录.zpb"
        stale.write_bytes(b"old")
        own.write_bytes(b"own")
        self._desktop.unlink()
        before = self._clerks_files()
        self._expect(0, self._set_up())
        if stale.exists() or self._desktop.exists():
            raise Failed("after the upgrade something old is there, or a shortcut thrown away has come back")
        if not any("备份" in path for path in before):
            raise Failed("there is no backup to keep")
        self._must_have(before)
        clerk.start(START_TITLE, self.program)
        clerk.picture("10-upgraded")
        clerk.quit()
        say(f"upgraded: nothing old is left, {len(before)} documents, settings and backups are as before")

    def uninstall(self) -> None:
        """Uninstall silently: what the installer brought goes, what is the clerk's stays."""
        before = self._clerks_files()
        self._code(self.folder / "uninstall.exe", "/S")  # goes on in a copy of itself
        wait_for("the uninstaller", lambda: not self.program.exists() and not self._is_known())
        left = [path for path in self.folder.rglob("*") if path.suffix != ".zpb"]
        if left or self._menu.exists() or self._desktop.exists():
            raise Failed(f"left by the uninstaller: {left or 'a shortcut'}")
        keys = [rf"HKCU\Software\Classes\{name}" for name in ASSOCIATION]
        if known := [key for key in (*KEYS, *keys) if self._code("reg", "query", key) == 0]:
            raise Failed(f"left in the registry: {known}")
        self._must_have(before)
        say(f"uninstalled, .zpb and .zpf are nobody's; {len(before)} files of the clerk are as before")

    def try_portable(self, clerk: Clerk) -> None:
        """The zip runs where it is unpacked and keeps its settings there."""
        before = self._clerks_files()
        with ZipFile(PORTABLE) as archive:
            archive.extractall(self.stick)
        folder = self.stick / "ziping"
        clerk.start(DOCUMENT_TITLE, folder / "ziping.exe", "--example")
        clerk.quit()
        missing = [n for n in (SWITCH, "settings.ini", "示例.zpb") if not (folder / n).exists()]
        if missing or self._clerks_files() != before:
            raise Failed(f"the portable program lacks {missing}, or wrote into the user's folders")
        say("portable: runs from its folder and keeps its settings there")

    # --- running the two

    def _set_up(self) -> int:
        return self._batch(f'"{windows_path(SETUP)}" /S /D={PLACE}')

    def _batch(self, command: str) -> int:
        """Run installer or uninstaller from a batch file: wine would put their last argument into quotes."""
        batch = BUILD / "setup.bat"
        lines = ("@echo off", f'start /wait "" {command}', "exit /b %errorlevel%", "")
        batch.write_text("\r\n".join(lines), encoding="gbk", newline="")
        return self._code("cmd", "/c", batch)

    def _code(self, *command: str | Path) -> int:
        code, _ = self._wine.result(self._wine.start(*command), 3 * PATIENCE_S)
        return code

    def _expect(self, wanted: int, code: int) -> None:
        if code != wanted:
            raise Failed(f"the installer ended with {code} instead of {wanted}")

    # --- looking at what is there

    def _must_be_whole(self) -> None:
        """All files of the build, none less, and an entry in the list of programs."""
        for path in FOLDER.rglob("*"):
            there = self.folder / path.relative_to(FOLDER)
            if path.is_file() and (not there.exists() or there.stat().st_size != path.stat().st_size):
                raise Failed(f"{path.name} is not installed")
        if not self._is_known():
            raise Failed("the installed program is not in the list of programs")

    def _is_known(self) -> bool:
        return self._code("reg", "query", UNINSTALL) == 0

    def _machine(self) -> str:
        """What of the registry belongs to all users."""
        return self._wine.run("reg", "query", r"HKLM\Software", "/s", timeout=3 * PATIENCE_S)

    def _must_have(self, before: dict[str, str]) -> None:
        now = self._clerks_files()
        lost = [path for path in before if now.get(path) != before[path]]
        if lost:
            raise Failed(f"changed or gone: {', '.join(lost)}")

    def _clerks_files(self) -> dict[str, str]:
        """Documents, settings, backups and log, with their sums."""
        return {str(path): sha256(path.read_bytes()).hexdigest() for path in self._files()}

    def _files(self) -> Iterator[Path]:
        for folder in (self.settings, self.documents):
            yield from (path for path in folder.rglob("*") if path.is_file())
        yield from self.folder.glob("*.zpb")
