"""Runs the product's own tests in Python for Windows under wine, in Chinese with code page 936.

What fails is listed with its reason. Tests that look at outputs with programs of Linux are skipped there, and
so is what only wine gets wrong (KNOWN).
"""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import cpython
import licences
from wine import BUILD, ROOT, Failed, Wine, call, digest, say, windows_path

LOCK = ROOT / "requirements-dev.txt"
PACKAGES = BUILD / "tests"
REPORT = BUILD / "tests.xml"
LOG = BUILD / "tests.log"
FONTS = ROOT / "resources" / "fonts"  # Qt without a screen finds none by itself
LONGEST_S = 3600

# Of what tests need, what only looks at the source, or stubs for that.
NOT_RUN = re.compile(r"ast-serialize|librt|lxml-stubs|mypy.*|pathspec|ruff|types-.*")

RUNNER = """
import os, sys
sys.stdout.reconfigure(encoding="utf-8")
sys.path.insert(0, {packages!r})
os.environ.update(PYTHONPATH={packages!r}, QT_QPA_FONTDIR={fonts!r})
os.chdir({root!r})
import pytest
options = ["-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", "--junit-xml", {report!r}]
where_it_hangs = ["-o", "faulthandler_timeout=120"]
sys.exit(pytest.main([*options, *where_it_hangs, *sys.argv[1:]]))
"""

# Tests that fail under wine alone, by the beginning of their names, and why.
KNOWN = {"export.test_files::test_a_name_longer_than_the_file": "wine cuts long names, Windows refuses them"}


def run(wine: Wine, *chosen: str) -> None:
    """Run all tests, or those that pytest is told to; raise Failed if one fails that is not KNOWN."""
    _install()
    REPORT.unlink(missing_ok=True)
    places = {"packages": PACKAGES, "root": ROOT, "report": REPORT, "fonts": FONTS}
    code = RUNNER.format(**{name: windows_path(path) for name, path in places.items()})
    _, output = wine.result(wine.start(cpython.PYTHON, "-c", code, *chosen), LONGEST_S)
    LOG.write_text(output, encoding="utf-8")
    if not REPORT.exists():
        raise Failed(f"the tests did not run:\n{output[-2000:]}")
    _judge(REPORT)


def _install() -> None:
    """Install what the tests need beside the program's packages, unless that is done."""
    made = PACKAGES / "made"
    lock = BUILD / "tests.txt"
    lock.write_text(_lock(), encoding="utf-8")
    if made.exists() and made.read_text() == digest([lock]):
        return
    shutil.rmtree(PACKAGES, ignore_errors=True)
    call(*cpython.PIP, "install", *cpython.FOR_WINDOWS, "--no-compile", "--target", PACKAGES, "-r", lock)
    made.write_text(digest([lock]))


def _lock() -> str:
    """Return the part of the lock that only tests need, without conditions: pip would look at Linux."""
    entries = re.findall(r"^([a-z0-9-]+)(==\S+)[^\\]*(\\\n(?: +--hash.*\n)+)", LOCK.read_text(), re.MULTILINE)
    there = set(licences.shipped())
    wanted = (entry for entry in entries if entry[0] not in there and not NOT_RUN.fullmatch(entry[0]))
    return "".join(f"{name}{version} {hashes}" for name, version, hashes in wanted)


def _judge(report: Path) -> None:
    """Say what failed and why, and how many passed."""
    cases = list(ElementTree.parse(report).iter("testcase"))
    if not cases:
        raise Failed(f"no test was found; {LOG.name} says why")
    failed: dict[str, str] = {}
    skipped = 0
    for case in cases:
        name = f"{case.get('classname')}::{case.get('name')}".removeprefix("tests.")
        for problem in (*case.iter("failure"), *case.iter("error")):
            failed[name] = (problem.get("message") or "").partition("\n")[0][:160]
        skipped += case.find("skipped") is not None
    ours = [name for name in failed if not _why(name)]
    for name, message in failed.items():
        say(f"{'known' if _why(name) else 'FAILED'}: {name}: {_why(name) or message}")
    passed = len(cases) - len(failed) - skipped
    say(f"tests in Python for Windows: {passed} passed, {len(failed)} failed, {skipped} skipped")
    if ours:
        raise Failed(f"{len(ours)} tests fail there; {LOG.name} has the details")


def _why(name: str) -> str:
    return next((why for start, why in KNOWN.items() if name.startswith(start)), "")
