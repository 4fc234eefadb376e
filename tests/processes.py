"""Programs of their own that tests start: killed in the middle, or run with another seed of the hashes."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def killed_after(program: str, argument: Path, seconds: float) -> int:
    """Let a program run that prints numbers, kill it that long after the first; return the last whole one."""
    command = [sys.executable, program, str(argument)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        time.sleep(seconds)
        running.kill()
        lines = (first + running.stdout.read()).splitlines(keepends=True)
    return max(int(line) for line in lines if line.endswith("\n"))


def printed_with_seeds(code: str) -> set[str]:
    """Return what some lines of Python print, in two processes that order sets differently."""
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
