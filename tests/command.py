"""The command line called from tests, and exchange files to call it with."""

from collections.abc import Callable
from pathlib import Path

import pytest

import main
from model.exchange.exchange import encode, write_exchange
from model.reading.reading import Form
from tests.published import FOLDER

MENDED = Path(__file__).parent / "data" / "mended"  # published forms whose errors are mended
SOUND = MENDED / "qiaokou_xinxi_2022_department.json"
SOUND_PROJECT = MENDED / "qiaokou_xinxi_2022_project.json"
FAULTY = FOLDER / "yueyang_2023_project_03_guihua.json"

Run = Callable[..., tuple[int, str, str]]


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the command line in this process: exit code, output, errors."""
    code = main.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def saved(form: Form, path: Path) -> Path:
    """Write a form as an exchange file."""
    path.write_bytes(encode(write_exchange(form.answers, form.definition)))
    return path


def broken_file(folder: Path) -> Path:
    path = folder / "broken.json"
    path.write_text('{"schema": ', encoding="utf-8")
    return path
