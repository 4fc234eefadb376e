"""A Windows to build and try the program on: wine with a folder, a language and a screen of its own.

What wine needs of care: a Python in it dies unless its output is a pipe; variables QT_* do not reach it; a
program that crashes would wait for a debugger. It speaks Chinese (code page 936), as our users' Windows does.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path, PureWindowsPath
from types import TracebackType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "windows"
LOADER = "/usr/lib/wine/wine64"
SERVER = "/usr/lib/wine/wineserver"
COMPILER = "x86_64-w64-mingw32-gcc"
SCREEN = "1600x900x24"
PULSE_S = 1.0
SHIMS = {  # what wine 8 lacks of Windows 10, by source: the DLL and the libraries it needs
    HERE / "uisettings.c": ("uisettings.dll", "-luuid"),
    HERE / "prng.c": ("bcryptprimitives.dll", "-ladvapi32"),
}
PRINTER = HERE / "printer.ppd"  # it prints into a file; the rest of it stands in prefix.reg
# The C++ runtime must be ours: wine's own would hide that it is missing.
OVERRIDES = "mscoree,mshtml,winedbg.exe=;vcruntime140,vcruntime140_1,msvcp140,msvcp140_1,msvcp140_2=n"


class Failed(Exception):
    """A step went wrong, in one sentence or with the output of what it called."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def call(*command: str | Path) -> str:
    """Run a Linux program and return its output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failed(f"{Path(command[0]).name} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def digest(files: Iterable[Path]) -> str:
    """Return one digest of some files."""
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()


class Wine:
    """Use it in a `with`: the screen and everything started in it end there."""

    def __init__(self) -> None:
        self.prefix = BUILD / "prefix"
        self._home = BUILD / "home"  # wine's 文档 and 桌面 are links into it
        self._screen: subprocess.Popen[str] | None = None
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._home),
            "LC_ALL": "zh_CN.UTF-8",
            "LOCPATH": str(BUILD / "locale"),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "CUPS_SERVER": "/nowhere",  # the machine's own printers are not for trials
        }

    def __enter__(self) -> "Wine":
        try:
            self._show_screen()
            self._make_locale()
            (self._home / "Documents").mkdir(parents=True, exist_ok=True)
            self._boot()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._serve("--kill")
        if self._screen:
            self._screen.terminate()
            self._screen.wait()

    @property
    def user(self) -> Path:
        """The user's folder on drive C."""
        return next(path for path in (self.prefix / "drive_c/users").iterdir() if path.name != "Public")

    @property
    def printed(self) -> Path:
        """What its printer has made of the last thing printed."""
        return self.prefix / "drive_c/printed.ps"

    def run(self, *command: str | Path, timeout: int = 60) -> str:
        """Run a Windows program to its end and return what it printed."""
        code, output = self.result(self.start(*command), timeout)
        if code:
            raise Failed(f"{Path(command[0]).name} ended with {code}:\n{output}")
        return output

    def start(self, *command: str | Path) -> subprocess.Popen[str]:
        """Start a Windows program; a Path is given to it as Windows writes it."""
        return self._popen([windows_path(part) if isinstance(part, Path) else part for part in command])

    def result(self, process: subprocess.Popen[str], timeout: int) -> tuple[int, str]:
        """Wait for a program; return its exit code and what it printed.

        Its end counts, not that of its output: wine's desktop may have been started by it and hold that open.
        """
        latest = time.monotonic() + timeout
        while True:
            has_ended = process.poll() is not None
            try:
                output, _ = process.communicate(timeout=PULSE_S)
                return process.returncode, output
            except subprocess.TimeoutExpired as error:
                printed = (error.output or b"").decode("utf-8", "replace")
            if has_ended:
                return process.returncode, printed
            if time.monotonic() > latest:
                self._serve("--kill")
                raise Failed(f"{process.args!r} did not end within {timeout} s:\n{printed}")

    def on_screen(self, *command: str) -> str:
        """Run a Linux program that looks at the screen or types; return its output, empty if it fails."""
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=30)
        return done.stdout.strip() if done.returncode == 0 else ""

    def _popen(self, command: Sequence[str], output: int = subprocess.PIPE) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [LOADER, *command],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def _serve(self, option: str) -> None:
        """Have the server stay also without programs, or end with all of them."""
        none = subprocess.DEVNULL
        command = [SERVER, option]
        subprocess.run(command, env=self._environment, stdin=none, stdout=none, stderr=none, timeout=60)

    def _show_screen(self) -> None:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-dpi", "96", "-nolisten", "tcp"]
        self._screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._screen.stdout
        number = self._screen.stdout.readline().strip()
        if not number:
            raise Failed("Xvfb gives no screen")
        self._environment["DISPLAY"] = f":{number}"

    def _make_locale(self) -> None:
        """Make the Chinese locale for wine alone; it need not be one of the machine's."""
        folder = BUILD / "locale"
        if not folder.exists():
            folder.mkdir(parents=True)
            name = "zh_CN.UTF-8"
            call("localedef", "--no-archive", "-i", "zh_CN", "-f", "UTF-8", folder / name)

    def _boot(self) -> None:
        """Start the server and what belongs to a running Windows; make the prefix if it is not whole."""
        self._serve("--kill")  # what a run that was cut off has left
        made = self.prefix.with_suffix(".made")
        wanted = digest((Path(__file__), *SHIMS, PRINTER, HERE / "prefix.reg"))
        is_whole = made.exists() and made.read_text() == wanted
        if not is_whole:
            made.unlink(missing_ok=True)
            shutil.rmtree(self.prefix, ignore_errors=True)
        self._serve("--persistent")
        process = self._popen(["wineboot", "--init"], subprocess.DEVNULL)  # its services outlive it
        self.result(process, 180)
        if not is_whole:
            system = self.prefix / "drive_c/windows/system32"
            for source, (name, library) in SHIMS.items():
                call(COMPILER, "-O1", "-s", "-shared", "-o", system / name, source, library)
            drivers = system / "spool/drivers/x64/3"
            drivers.mkdir(parents=True, exist_ok=True)
            shutil.copy(PRINTER, drivers)
            self.run("regedit", "/S", HERE / "prefix.reg")
            made.write_text(wanted)


def windows_path(path: Path) -> str:
    """Return how Windows names a file of this machine."""
    return "Z:" + str(PureWindowsPath(path.resolve()))
