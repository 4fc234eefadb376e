"""The two doors of 自评簿: the command line and the window; only this knows everybody."""

import sys
from collections.abc import Sequence
from pathlib import Path

from export import pdf_bytes
from export.batch import WINDOW_FORMATS, export_forms
from export.commands import COMMANDS, run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, else open the window, on a document if one is named; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in COMMANDS or given[0] in ("-h", "--help")):
        return run(given)
    return _open_window(given)


def _open_window(given: Sequence[str]) -> int:
    """The window; `--example` opens the shipped example."""
    from gui import app

    doors = app.Doors(pdf_bytes, WINDOW_FORMATS, export_forms, _warm_up)
    paths = [Path(argument) for argument in given if not argument.startswith("-")]
    return app.run(doors, paths[0] if paths else None, example="--example" in given)


def _warm_up() -> None:
    """Load what the first export and preview need, after the first paint."""
    import export.fonts
    import export.pdf

    export.fonts.regular()


if __name__ == "__main__":
    sys.exit(main())
