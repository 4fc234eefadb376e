"""What the program exports it reads again: every text that a clerk typed comes back from Excel as it was."""

import pytest

from intake.reading import read_bytes
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from model.recognition.adopt import adopted
from model.recognition.loader import vocabulary
from tests import judge
from tests.command import command
from tests.published import FOLDER

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
AS_PRINTED = {  # paper prints these amounts in its own way, with commas or without blanks
    "hanyang_2024_target_declaration": ("p",),
    "yueyang_2023_department": ("split.",),
}


def plain(text):
    return "".join(text.replace(",", "").split())


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_comes_back_from_excel(name, tmp_path, capsys):
    source = FOLDER / f"{name}.json"
    command(capsys, "export", source, "--to", "xlsx", "--out", tmp_path)
    (path,) = tmp_path.iterdir()
    (found,) = judge.forms_of(read_bytes(path.name, path.read_bytes()))
    typed = read_exchange(decode(source.read_bytes()), shipped()).texts
    read = adopted(found, shipped(), path.name, vocabulary()).texts
    printed_otherwise = AS_PRINTED.get(name, ())
    for cell in typed.keys() | read.keys():
        if cell.startswith(printed_otherwise) if printed_otherwise else False:
            assert plain(read.get(cell, "")) == plain(typed.get(cell, "")), cell
        else:
            assert read.get(cell, "") == typed.get(cell, "").strip(), cell
