"""From first start to printed PDF on a real X display: see first_day.py."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent


def test_a_clerks_first_day_from_first_start_to_printed_pdf(tmp_path):
    xvfb = shutil.which("xvfb-run")
    if xvfb is None:
        pytest.skip("xvfb-run is not installed")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "home" / "config"),
        "PYTHONPATH": str(ROOT),
    }
    (tmp_path / "home").mkdir()
    command = [
        xvfb,
        "-a",
        "-s",
        "-screen 0 1366x768x24",
        sys.executable,
        "-m",
        "tests.first_day",
        str(tmp_path),
    ]
    done = subprocess.run(
        [*command, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "新购图书" in text
    assert "90.79" in text
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
