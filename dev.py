"""Sets up a checkout and runs, tests, locks or packs it: `python3 dev.py run`, `test [pytest arguments]`, …

Standard library only, for Python 3.11. `run` and `test` make .venv when it is missing and install what the
lock files name, with hashes; on Debian they also install the system packages that are missing, or print
the line that does. A set-up checkout is ready at once and needs no network.

`lock` makes requirements.txt (the program) and requirements-dev.txt (the program and its tests) from
pyproject.toml, with the hashes of every file of a release, so that they serve Linux and Windows alike, and
the lock of what builds the Windows program.

`windows` builds the Windows program on Debian 12, its installer and its portable zip; `windows --test`
installs and tries them under wine; `windows --suite` runs the tests in Python for Windows (docs/release.md).

`stress` kills, starves and feeds the program with what is broken (docs/reliability.md).

`pictures` takes pictures of every tab and dialog (docs/pictures.py says more).
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MADE = VENV / "ziping.made"  # there once .venv is whole
RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"
BUILD_LOCK = ROOT / "packaging/windows/requirements-build.txt"
UV = "uv==0.13.8"  # makes the lock files

# Debian packages: what Qt's windows need, and what the tests look at the exports with.
RUN_PACKAGES = (
    "libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libx11-xcb1 libxkbcommon0"
    " libxkbcommon-x11-0 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1"
    " libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1"
    " libxcb-xfixes0 libxcb-xkb1"
).split()
TEST_PACKAGES = [
    *RUN_PACKAGES,
    "poppler-utils",
    "xauth",
    "xvfb",
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "fonts-noto-cjk",
]
STRESS_PACKAGES = [*RUN_PACKAGES, "gcc", "libc6-dev", "strace"]
WINDOWS_PACKAGES = [
    *RUN_PACKAGES,
    *"wine64 gcc-mingw-w64-x86-64-win32 mingw-w64-tools nsis".split(),
    *"xvfb xdotool imagemagick ghostscript fonts-noto-cjk locales".split(),
]

CHECKS = {
    "ruff check": ("ruff", "check", "--quiet", "--output-format", "concise"),
    "ruff format": ("ruff", "format", "--quiet", "--check", "--output-format", "concise"),
    "mypy": ("mypy",),
    "mypy, as on Windows": ("mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/windows"),
}

ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal", "--durations", "20")


def say(text: str) -> None:
    """Print a line of our own, before the output of what is called next."""
    print(text, flush=True)


def call(command: Sequence[str | Path], quiet: bool = False) -> int:
    """Run a command in the checkout and return its exit code; `quiet` keeps only what it says on stderr."""
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL if quiet else None).returncode


def must(command: Sequence[str | Path]) -> None:
    """Run a command and end with its exit code if it fails."""
    if code := call(command):
        sys.exit(code)


def missing(packages: Sequence[str]) -> list[str]:
    """Return the Debian packages of a list that are not installed."""
    query = ("dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *packages)
    lines = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    installed = {line.split()[0] for line in lines if line.endswith(" installed")}
    return [name for name in packages if name not in installed]


def root_prefix() -> list[str] | None:
    """Return what makes a command run as root without asking, or None if nothing does."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    free = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0
    return sudo if free else None


def install_packages(packages: Sequence[str]) -> None:
    """Install missing Debian packages, or print the line that does; nothing happens on other systems."""
    wanted = missing(packages) if shutil.which("apt-get") else []
    if not wanted:
        return
    install_line = ["install", "-y", "--no-install-recommends", *wanted]
    prefix = root_prefix()
    if prefix is not None:
        say(f"Installing {' '.join(wanted)}")
        settings = ["DEBIAN_FRONTEND=noninteractive", f"PATH={os.environ['PATH']}:/usr/sbin:/sbin"]
        apt = [*prefix, "env", *settings, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        call([*apt, "update"], quiet=True)
        if call([*apt, *install_line], quiet=True) == 0:
            return
    say(f"Not installed, please run: sudo apt-get {' '.join(install_line)}")


def make_venv() -> None:
    """Make .venv, with pip, if it is not whole or its Python is gone."""
    if PYTHON.exists() and MADE.exists():
        return
    if not has_ensurepip():
        install_packages(["python3-venv"])
        if not has_ensurepip():
            sys.exit("This Python cannot make a virtual environment with pip (ensurepip is missing).")
    say("Making .venv")
    venv.create(VENV, clear=True, with_pip=True)
    MADE.touch()


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a new environment; Debian's may not."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def digest(lock: Path) -> str:
    """Return the digest of a lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install(lock: Path) -> None:
    """Install what a lock file names unless that is done already; pip's own configuration holds."""
    stamp = VENV / f"{lock.stem}.sha256"
    if stamp.exists() and stamp.read_text() == digest(lock):
        return
    say(f"Installing {lock.name}")
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    must([PYTHON, "-m", "pip", "install", *options, "-r", lock])
    stamp.write_text(digest(lock))


def run() -> int:
    """Set the program up and open its window on the shipped example."""
    install_packages(RUN_PACKAGES)
    make_venv()
    install(RUN_LOCK)
    return call([PYTHON, "main.py", "--example"])


def check(name: str, arguments: Sequence[str]) -> bool:
    """Run one check and print how it went."""
    passed = call([PYTHON, "-m", *arguments]) == 0
    say(f"{name}: {'ok' if passed else 'FAILED'}")
    return passed


def test(arguments: Sequence[str]) -> int:
    """Set up, then run the checks and the tests, all of them on all cores; zero if all of them pass."""
    install_packages(TEST_PACKAGES)
    make_venv()
    install(TEST_LOCK)
    passed = [check(name, command) for name, command in CHECKS.items()]
    tested = call([PYTHON, "-m", "pytest", *(arguments or ON_ALL_CORES)])
    return tested or int(not all(passed))


def compile_lock(uv: Path, source: str | Path, lock: Path, *options: str | Path) -> None:
    """Make one lock file; versions already in it stay unless they no longer fit."""
    steps = ["--quiet", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
    plain = ["--no-emit-index-url", "--custom-compile-command", "python3 dev.py lock"]
    must([uv, "pip", "compile", source, *steps, *plain, *options, "-o", lock])


def lock() -> int:
    """Make the lock files; delete one first to take the newest versions."""
    make_venv()
    must([PYTHON, "-m", "pip", "install", "--quiet", UV])
    uv = PYTHON.with_name("uv" + PYTHON.suffix)
    project, build = "pyproject.toml", BUILD_LOCK.with_suffix(".in")
    compile_lock(uv, project, RUN_LOCK, "--universal")
    compile_lock(uv, project, TEST_LOCK, "--universal", "--group", "dev", "--constraint", RUN_LOCK)
    compile_lock(uv, build, BUILD_LOCK, "--python-platform", "windows")
    return 0


def windows(option: Sequence[str] = ()) -> int:
    """Build the Windows program, or try it under wine, with what other work leaves of the machine."""
    if not shutil.which("apt-get"):
        sys.exit("The Windows program is built on Debian 12.")
    install_packages(WINDOWS_PACKAGES)
    if missing(WINDOWS_PACKAGES):
        return 1
    make_venv()
    install(RUN_LOCK)
    return call(["nice", PYTHON, "packaging/windows/build.py", *option])


def pictures(arguments: Sequence[str]) -> int:
    """Take pictures of every tab and dialog on virtual screens; those of the user guide go into it."""
    install_packages(TEST_PACKAGES)
    make_venv()
    install(TEST_LOCK)
    return call([PYTHON, "docs/pictures.py", *arguments])


def stress(arguments: Sequence[str]) -> int:
    """Try to make the program lose, hang or crash; zero if it did not (docs/reliability.md)."""
    install_packages(STRESS_PACKAGES)
    make_venv()
    install(TEST_LOCK)
    return call([PYTHON, "tests/stress/run.py", *arguments])


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for."""
    if sys.version_info[:2] != (3, 11):
        sys.exit("ziping is developed with Python 3.11: python3.11 dev.py …")
    match arguments:
        case ["run"]:
            return run()
        case ["test", *rest]:
            return test(rest)
        case ["lock"]:
            return lock()
        case ["windows"] | ["windows", "--test"] | ["windows", "--suite", *_]:
            return windows(arguments[1:])
        case ["pictures", *rest]:
            return pictures(rest)
        case ["stress", *rest]:
            return stress(rest)
    sys.exit(
        "python3 dev.py run | test [pytest arguments] | lock | windows [--test | --suite [pytest arguments]]"
        " | pictures | stress [--minutes N | --whole]"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
