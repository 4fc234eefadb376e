"""Who may import whom (docs/architecture.md), what may not be said, and how long files and functions are.

1. `resources` imports nothing; `model` the standard library, itself, and `resources` from a loader alone;
   `export` and `intake` also the file libraries; `gui` the model and Qt; none of these three another;
   `main.py` everybody
2. a room of gui/ or model/ imports only rooms before it, also late and for types alone; no circle of files
3. importing model, export and main.py loads no Qt and no file library
4. no binary fractions: `float(` nowhere, `quantize` only in number.py
5. no file of a room is longer than 450 lines, no function longer than 50; the longest are printed (pytest -s)
6. every file of gui/ and model/ is named, in `back ticks`, in docs/ or in the sentence of its room
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ROOMS = {  # lowest first; rooms in one group do not import each other
    "model": "basics forms document accounts reading exchange paper report explanation checks filling"
    " aggregation recognition handout audit handin workshop",
    "gui": "base session editors|support|files|incoming|audit paper tables|pane|handin|workshop report"
    " accounts tabs frame commands version_window window app",
}

MAY_IMPORT = {  # besides the standard library
    "resources": set(),
    "model": {"model"},  # and resources, from a loader
    "export": {
        *("export", "model", "resources"),
        *("gui.editors.date_picker", "openpyxl", "reportlab", "docx", "lxml", "segno", "pypdfium2"),
    },
    "intake": {"intake", "model", "resources", "lxml", "docx", "xlrd", "pypdfium2"},
    "gui": {"gui", "model", "resources", "PySide6", "shiboken6", "pypdfium2", "PIL"},
}


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for folder in MAY_IMPORT for path in files(folder)}


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The modules a file imports, also inside functions and for types: "model.basics.number"."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            assert node.module is not None
            parts = [
                name for name in (f"{node.module}.{alias.name}" for alias in node.names) if name in MODULES
            ]
            yield from parts or [node.module]
            if len(parts) < len(node.names):
                yield node.module


def outside(path: Path) -> set[str]:
    """The folders and libraries that a file imports from, without the standard library."""
    return {name.partition(".")[0] for name in imports(path)} - sys.stdlib_module_names


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_1_a_folder_imports_only_what_it_may(folder):
    for path in files(folder):
        allowed = MAY_IMPORT[folder] | ({"resources"} if "loader" in path.stem else set())
        assert outside(path) <= allowed, path


def test_1_only_main_imports_intake():
    programs = [path for folder in ("resources", "model", "export", "gui") for path in files(folder)]
    assert [path for path in programs if "intake" in outside(path)] == []


def ranks(top: str) -> dict[str, int]:
    return {room: n for n, group in enumerate(ROOMS[top].split()) for room in group.split("|")}


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("top", ROOMS)
def test_2_every_file_has_a_room(top):
    assert {room_of(module_of(path)) for path in files(top) if module_of(path) != top} <= set(ranks(top))


@pytest.mark.parametrize("top", ROOMS)
def test_2_a_room_imports_only_rooms_before_it(top):
    rank = ranks(top)
    upward = [
        f"{module} imports {name}"
        for module in (module_of(path) for path in files(top))
        for name in imports(MODULES[module])
        if module != top and name.startswith(f"{top}.") and room_of(name) != room_of(module)
        if rank[room_of(name)] >= rank[room_of(module)]
    ]
    assert upward == []


def test_2_no_files_import_in_a_circle():
    graph = {
        module: {name for name in imports(path) if name in MODULES} - {module}
        for module, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_3_the_command_line_starts_without_qt_and_without_file_libraries():
    names = [name for name in MODULES if name.startswith("model.")]
    modules = ["main", *names, "export.batch", "export.checking"]
    heavy = (
        "'PySide6', 'shiboken6', 'openpyxl', 'reportlab', 'docx', 'lxml', 'segno', 'PIL', 'xlrd', 'pypdfium2'"
    )
    loaded = f"sorted(m for m in sys.modules if m.split('.')[0] in ({heavy}))"
    code = f"import sys, {', '.join(modules)}; print({loaded})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# Rooms and libraries that come with the first command that wants them: each start would pay for them.
NOT_AT_START = {
    *"model.accounts model.aggregation model.audit model.explanation model.filling.newer".split(),
    *"model.recognition model.report.prose model.workshop intake.readers export.pdf export.excel".split(),
    *"gui.editors.date_picker gui.incoming.plan openpyxl reportlab docx lxml pypdfium2 PIL".split(),
    *"ctypes difflib".split(),
}


def test_3_the_window_starts_without_what_a_command_wants():
    loaded = f"sorted({NOT_AT_START} & sys.modules.keys())"
    code = f"import sys, main; main.doors(); import gui.app; print({loaded})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_3_exporting_loads_no_qt():
    modules = "export.excel, export.pdf, export.report_pdf, export.word, export.batch, main"
    code = f"import sys, {modules}; print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize(
    "path", [*files("model"), *files("export"), *files("intake")], ids=lambda path: module_of(path)
)
def test_4_there_are_no_binary_fractions_and_one_place_that_rounds(path):
    text = path.read_text("utf-8")
    assert "float(" not in text
    assert "quantize" not in text or path.name == "number.py"


CONVERTING = {  # besides model.basics: texts into texts; accounts have one unit and tails of rounding
    "model.accounts.figures",
    "model.recognition.texts",
    "model.recognition.units",
    "intake.readers.shown",
}


def test_4_only_amounts_know_how_units_of_money_are_converted():
    others = {name: path for name, path in MODULES.items() if name not in CONVERTING}
    for path in (path for name, path in others.items() if not name.startswith("model.basics.")):
        text = path.read_text("utf-8")
        assert "parse_amount(" not in text, path
        assert "convert(" not in text, path


PROGRAM = [*MODULES.values(), ROOT / "main.py", ROOT / "dev.py"]


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            yield node.end_lineno - node.lineno + 1, f"{path.name} {node.name}"


def test_5_no_file_is_longer_than_450_lines_and_no_test_file_than_500():
    lengths = sorted(((lines(path), module_of(path)) for path in PROGRAM), reverse=True)
    for length, name in lengths[:10]:
        print(f"{length:5} {name}")
    assert [name for length, name in lengths if length > 450] == []
    assert [path.name for path in files("tests") if lines(path) > 500] == []


def test_5_no_function_is_longer_than_50_lines():
    lengths = sorted((entry for path in PROGRAM for entry in functions(path)), reverse=True)
    for length, name in lengths[:10]:
        print(f"{length:5} {name}")
    assert [name for length, name in lengths if length > 50] == []


def named_in(text: str) -> set[str]:
    """The words between back ticks."""
    return {word for quoted in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"\w+", quoted)}


@pytest.mark.parametrize("top", ROOMS)
def test_6_every_file_is_named_where_a_newcomer_looks(top):
    papers = named_in("".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")))
    unnamed = []
    for path in files(top):
        rooms = [folder / "__init__.py" for folder in path.parents if folder.is_relative_to(ROOT / top)]
        said = papers.union(
            *(named_in(ast.get_docstring(ast.parse(r.read_text("utf-8"))) or "") for r in rooms)
        )
        if path.stem != "__init__" and path.stem not in said:
            unnamed.append(module_of(path))
    assert unnamed == [], "say in the __init__.py of their room what these files are for"
