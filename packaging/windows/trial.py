"""Tries under wine what was built, from the installer to the uninstaller, and leaves pictures.

It is installed into a folder with a Chinese name and a blank, on a Chinese system, and used by its keys.
"""

import re
import sys
from pathlib import Path

from wine import BUILD, ROOT, Failed, Wine, say

sys.path.insert(0, str(ROOT))
import children_trial
import compare
import door_trial
from clerk import Clerk
from install_trial import Installation
from installer import PORTABLE, SETUP
from window_trial import try_starts, try_window


def run(wine: Wine) -> None:
    """Try everything; raise Failed where something is not as it should be."""
    for made in (SETUP, PORTABLE):
        if not made.exists():
            raise Failed(f"{made.name} is not there: run `python3 dev.py windows` first")
    for old in BUILD.glob("*.png"):
        old.unlink()
    clerk, installation = Clerk(wine), Installation(wine)
    try:
        _try_everything(wine, clerk, installation)
    except Failed as failure:
        clerk.picture("failed")
        raise Failed(f"{failure}\nfailed.png shows the screen") from None


def _try_everything(wine: Wine, clerk: Clerk, installation: Installation) -> None:
    document = installation.settings / "示例.zpb"
    installation.clear()
    installation.look_at_wizard(clerk)
    installation.install()
    try_starts(clerk, installation.program)
    try_window(clerk, installation.program, document, installation.documents, wine.printed)
    compare.print_of_window(wine.printed, installation.documents)
    compare.exports_of_window(document, installation.documents)
    compare.exports_of_command_line(wine, installation.command_line, document)
    compare.checks(wine, installation.command_line, document)
    door_trial.run(wine, installation.command_line)
    children_trial.run(wine, installation.command_line)
    children_trial.try_window(clerk, installation.program, installation.documents)
    installation.open_by_association(clerk)
    installation.fail_to_upgrade()
    installation.upgrade(clerk)
    installation.uninstall()
    installation.try_portable(clerk)
    _look_at_log(installation.settings / "log")


def _look_at_log(folder: Path) -> None:
    log = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
    if re.search(r" (ERROR|CRITICAL) ", log):
        raise Failed(f"the program's log:\n{log}")
    say("log: no errors")
