"""Who may import whom (design/house.md, section 2), what may not be said, and how long files are.

1. `resources` imports nothing; `model` the standard library, itself, and `resources` from loader.py alone;
   `export` also the file libraries; `gui` the model and Qt, never `export`; `main.py` everybody
2. within `model` a file imports only files above it
3. importing model, export and main.py loads no Qt and no file library
4. no binary fractions: `float(` nowhere, `quantize` only in number.py
5. no file is longer than 500 lines; the longest files and functions are printed (pytest -s)
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MODEL = (  # from the bottom up; a file imports only files before it
    "errors files memory number quantity rules definition outline advice grid metrics measure pages "
    "toml_table block_toml outline_toml advice_toml loader answers table_text document records store "
    "backups rescue breakdown terms entries report_entries form_reader form_writer exchange gather blank "
    "scoring shares reading reasons completeness summary crosscheck checkcode checks.finding "
    "checks.residue checks.figures checks.weights checks.rows checks.costs checks.texts checks.years "
    "checks.between checks.declaration prose prose_pages outturn narrative teller wording report_tables "
    "report checks.report checks annex replies explain sheet tables layout takeover origin carryover "
    "guidance find recognition.incoming recognition"
).split()

MAY_IMPORT = {  # besides the standard library
    "resources": set(),
    "model": {"model"},  # and resources, from loader.py
    "export": {"export", "model", "resources", "openpyxl", "reportlab", "docx", "lxml", "segno"},
    "gui": {"gui", "model", "resources", "PySide6", "shiboken6", "pypdfium2"},
}


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the modules a file imports, also inside functions: "model.number", "openpyxl.styles"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            assert node.module is not None
            yield node.module
            if node.module in ("model", "model.checks", "export"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def outside(path: Path) -> set[str]:
    """The folders and libraries that a file imports from, without the standard library."""
    return {name.partition(".")[0] for name in imports(path)} - sys.stdlib_module_names


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_1_a_folder_imports_only_what_it_may(folder):
    for path in files(folder):
        allowed = MAY_IMPORT[folder] | ({"resources"} if path.name == "loader.py" else set())
        assert outside(path) <= allowed, path


def test_2_the_list_names_every_file_of_the_model():
    paths = (path.relative_to(ROOT / "model").with_suffix("") for path in files("model"))
    names = {".".join(path.parts).removesuffix(".__init__") for path in paths}
    assert sorted(MODEL) == sorted(names - {"__init__"})


@pytest.mark.parametrize("name", MODEL)
def test_2_a_file_of_the_model_imports_only_files_above_it(name):
    above = {f"model.{other}" for other in MODEL[: MODEL.index(name)]}
    path = ROOT / "model" / name.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    known = {f"model.{other}" for other in MODEL} - {f"model.{name}"}
    assert known & set(imports(path)) <= above


def test_3_the_command_line_starts_without_qt_and_without_file_libraries():
    modules = ["main", *(f"model.{name}" for name in MODEL), "export.batch", "export.checking"]
    heavy = "'PySide6', 'shiboken6', 'openpyxl', 'reportlab', 'docx', 'lxml', 'segno', 'PIL'"
    loaded = f"sorted(m for m in sys.modules if m.split('.')[0] in ({heavy}))"
    code = f"import sys, {', '.join(modules)}; print({loaded})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_3_exporting_loads_no_qt():
    modules = "export.excel, export.pdf, export.report_pdf, export.word, export.batch, main"
    code = f"import sys, {modules}; print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("path", [*files("model"), *files("export")], ids=lambda path: path.name)
def test_4_there_are_no_binary_fractions_and_one_place_that_rounds(path):
    text = path.read_text("utf-8")
    assert "float(" not in text
    assert "quantize" not in text or path.name == "number.py"


OURS = [
    *files("model"),
    *files("export"),
    *files("resources"),
    *files("tests"),
    ROOT / "main.py",
    ROOT / "dev.py",
]


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            yield node.end_lineno - node.lineno + 1, f"{path.name} {node.name}"


def test_5_no_file_is_longer_than_500_lines():
    program = [path for path in OURS if path.parent.name != "tests"]
    for length, name in sorted(((lines(path), path.name) for path in OURS), reverse=True)[:10]:
        print(f"{length:5} {name}")
    for length, name in sorted((entry for path in program for entry in functions(path)), reverse=True)[:10]:
        print(f"{length:5} {name}")
    assert [path.name for path in OURS if lines(path) > 500] == []
