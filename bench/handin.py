"""Prints how fast handing in is: 定稿 of eleven forms, a code verified, a document with evidence opened.

`python bench/handin.py`. Nothing is asserted here, the figures are for people. The peer of opening is the
same document without evidence.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from export.locking import lock  # noqa: E402
from model.document import store  # noqa: E402
from model.document.answers import Answers  # noqa: E402
from model.exchange.exchange import decode, read_exchange  # noqa: E402
from model.exchange.gather import gather  # noqa: E402
from model.forms.loader import shipped  # noqa: E402
from model.handin import attachments, versions  # noqa: E402
from model.handin.verification import known_as, verify  # noqa: E402
from model.reading.reading import read  # noqa: E402

FORMS = sorted((ROOT / "tests/data/published/forms").glob("yueyang*.json"))
MOMENT = datetime(2026, 4, 28, 16, 20)
PIECE, PIECES = 49 * 2**20, 6


def best(times: int, action: Callable[[], object]) -> float:
    """Return the shortest of some runs in seconds."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        took.append(time.perf_counter() - start)
    return min(took)


def eleven_forms() -> Answers:
    """A department form and its ten projects."""
    forms = [(path.name, read_exchange(decode(path.read_bytes()), shipped())) for path in FORMS]
    return gather(forms, shipped()).answers


def main() -> None:
    """Print the figures."""
    answers = eleven_forms()
    reading = read(shipped(), answers)
    with tempfile.TemporaryDirectory() as folder, patch("export.locking._must_be_final"):
        path, plain = Path(folder, "a.zpb"), Path(folder, "b.zpb")
        for target in (path, plain):
            store.create(target, answers)
        took = best(2, lambda: lock(reading, answers, 1, MOMENT, "甲"))
        version, content = lock(reading, answers, 1, MOMENT, "甲")
        versions.add(path, version, content)
        said = f"{len(version.files)} files, {len(version.pages)} pages, {len(content) // 1024} KB"
        print(f"定稿 of {len(FORMS)} forms with reports   {took:6.2f} s   ({said})")
        code = version.pages[-1].code
        took = best(5, lambda: verify(code, known_as(path, reading, answers)))
        print(f"verify a code                  {took * 1000:6.1f} ms")
        for n in range(PIECES):
            attachments.put(path, os.urandom(PIECE), str(n))
        with_evidence = best(5, lambda: store.open_document(path)) * 1000
        without = best(5, lambda: store.open_document(plain)) * 1000
        size = path.stat().st_size // 2**20
        print(f"open with {size} MB of evidence   {with_evidence:6.1f} ms   (without {without:.1f} ms)")


if __name__ == "__main__":
    main()
