"""Files that were changed by chance are read or refused; no parser meets what nobody had thought of."""

import io
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from intake.reading import read_bytes
from tests.intake.grids import BAD, FILES

SEEDS = sorted(path for folder in (FILES, BAD) for path in folder.iterdir() if path.stat().st_size < 50_000)
ODD = [b"-1", b"999999999", b"", b"NaN", b"1e9", b"restart", b"A0", b"XFD9999999", b"\xef\xbc\x91"]
BYTES = [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, taken out or put in."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randrange(1, 50)]
        elif kind == 2:
            changed[at:at] = chance.randbytes(chance.randrange(1, 20))
        else:
            changed[at : at + 4] = chance.choice(BYTES)
        if not changed:
            break
    return bytes(changed)


def rewritten(content: bytes, chance: random.Random) -> bytes:
    """A package with values and tags of one part changed."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name]
    for _ in range(chance.choice([1, 2, 5])):
        pattern = chance.choice([rb'"[^"<>]{0,30}"', rb"<[^>]*>"])
        found = list(re.finditer(pattern, text))
        if found:
            hit = chance.choice(found)
            new = (
                b'"' + chance.choice(ODD) + b'"'
                if hit[0].startswith(b'"')
                else chance.choice([b"", hit[0] * 2])
            )
            text = text[: hit.start()] + new + text[hit.end() :]
    parts[name] = text
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for part, inside in parts.items():
            package.writestr(part, inside)
    return buffer.getvalue()


def mutated(path: Path, number: int) -> bytes:
    chance = random.Random(f"{path.name} {number}")
    content = path.read_bytes() or b"\0"
    whole = content.startswith(b"PK") and path.parent == FILES
    return rewritten(content, chance) if whole and number % 3 else flipped(content, chance)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_a_changed_file_is_read_or_refused(path):
    for number in range(12):
        incoming = read_bytes(path.name, mutated(path, number))
        assert incoming.sheets == () or incoming.refused == ""


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_reading_opens_no_file_and_no_connection(tmp_path):
    """Between two marks in the trace nothing is opened but Python's own modules."""
    code = f"""
from pathlib import Path
from intake.reading import read_bytes
paths = [p for f in ({str(FILES)!r}, {str(BAD)!r}) for p in sorted(Path(f).iterdir())]
contents = [(path.name, path.read_bytes()) for path in paths]
for name, data in contents:
    read_bytes(name, data)
Path({str(tmp_path)!r}, "begin").touch()
for name, data in contents:
    read_bytes(name, data)
Path({str(tmp_path)!r}, "end").touch()
"""
    trace = tmp_path / "trace"
    calls = "trace=network,open,openat,execve,unlink,rename"
    command = ["strace", "-f", "-e", calls, "-o", str(trace), sys.executable, "-c", code]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    lines = trace.read_text("utf-8", "replace").splitlines()
    marks = [number for number, line in enumerate(lines) if str(tmp_path) in line]
    between = lines[marks[0] + 1 : marks[1]]
    assert [line for line in between if "(" in line and "python3" not in line] == []
