"""Prints how large the Windows program is: `python bench/windows.py`, after `python3 dev.py windows`."""

import sys
from collections import Counter
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "build" / "windows"
FOLDER = BUILD / "dist" / "ziping"
LARGEST = 20


def megabytes(size: int) -> str:
    """Return a size as it is printed."""
    return f"{size / 1e6:7.2f} MB"


def main() -> int:
    """Print what is handed out, what it comes to when installed, by part, and its largest files."""
    sizes = {path.relative_to(FOLDER): path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()}
    if not sizes:
        print("There is none yet: python3 dev.py windows")
        return 1
    for path in sorted(BUILD.glob("ziping-*")):
        print(megabytes(path.stat().st_size), path.name)
    print(megabytes(sum(sizes.values())), f"installed, {len(sizes)} files")
    parts: Counter[str] = Counter()
    for path, size in sizes.items():
        parts["/".join(path.parts[: 2 if path.parts[0] == "_internal" else 1])] += size
    for title, rows in (("by part", parts.most_common(10)), ("files", Counter(sizes).most_common(LARGEST))):
        print(f"\nthe largest {len(rows)} {title}")
        for name, size in rows:
            print(megabytes(size), name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
