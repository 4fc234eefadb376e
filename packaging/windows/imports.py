"""Looks whether every DLL and function that the files of a folder need is there, or a part of Windows 10.

    PYTHONPATH=<folder of pefile> python imports.py FOLDER

Wine has DLLs of its own for much of this: a program that lacks a file may run there and nowhere else.
Prints what is missing, else how many files were looked at; exit code 1 if something is missing.
"""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pefile  # type: ignore[import-not-found]  # of the Windows Python

WINDOWS = frozenset(  # what the program loads of Windows 10; add a name only if every Windows 10 has it
    (
        "advapi32 authz bcrypt comctl32 comdlg32 d3d11 d3d12 d3d9 dwmapi dwrite dxgi gdi32 imm32 iphlpapi"
        " kernel32 mpr netapi32 ole32 oleaut32 rpcrt4 setupapi shell32 shlwapi uiautomationcore user32"
        " userenv uxtheme version winmm winspool.drv ws2_32 wtsapi32"
    ).split()
)
MANY = 100_000  # pefile takes a DLL for broken if it has more functions than this


class Image:
    """A program or DLL: what it needs and what it offers, with names in small letters."""

    def __init__(self, path: Path) -> None:
        with pefile.PE(str(path), fast_load=True, max_symbol_exports=MANY) as pe:
            kinds = ("EXPORT", "IMPORT", "DELAY_IMPORT")
            wanted = [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{kind}"] for kind in kinds]
            pe.parse_data_directories(wanted)
            exports = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
            self.offered = {symbol.name for symbol in exports.symbols} if exports else set()
            imports = (getattr(pe, f"DIRECTORY_ENTRY_{kind}", ()) for kind in kinds[1:])
            self.needed = {
                entry.dll.decode().lower(): {symbol.name for symbol in entry.imports if symbol.name}
                for entry in chain(*imports)
            }


def is_of_windows(name: str) -> bool:
    """Tell whether Windows 10 has a DLL."""
    return name.startswith(("api-ms-win-", "ext-ms-win-")) or name.removesuffix(".dll") in WINDOWS


def problems(images: dict[Path, Image]) -> Iterator[str]:
    """Yield what is missing, a line each."""
    for path, image in images.items():
        for dll, functions in image.needed.items():
            found = [other for at, other in images.items() if at.name.lower() == dll]
            if not found and not is_of_windows(dll):
                yield f"{path.name}: no {dll}"
            for other in found:
                if missing := functions - other.offered:
                    yield f"{path.name}: {dll} lacks {b', '.join(sorted(missing)).decode()}"


def main(folder: Path) -> int:
    """Look at a folder; return the exit code."""
    suffixes = (".exe", ".dll", ".pyd")
    images = {path: Image(path) for path in sorted(folder.rglob("*")) if path.suffix.lower() in suffixes}
    found = list(problems(images))
    print("\n".join(found) if found else f"{len(images)} files load nothing that is missing")
    return 1 if found or not images else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
