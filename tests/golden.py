"""Compares a readable text with the one under tests/data/golden; `--update-golden` keeps the new one."""

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "golden"
update = False  # set by conftest.py


def assert_golden(name: str, text: str) -> None:
    """Fail with a diff where the text is not the kept one."""
    path = FOLDER / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), (
        f"{path.name} differs; --update-golden keeps the new text"
    )
