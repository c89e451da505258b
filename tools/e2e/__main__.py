"""`python -m tools.e2e EXECUTABLE`: drive it, one line for each thing tried; exit status 1 if any failed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tools.e2e.commands import COMMANDS, nothing_left_behind
from tools.e2e.desk import Desk
from tools.e2e.window import WINDOW


def main() -> int:
    """Try everything in turn, whatever became of the one before."""
    parser = argparse.ArgumentParser(prog="python -m tools.e2e", description="Drive a finished executable.")
    parser.add_argument("executable", type=Path)
    parser.add_argument("--pictures", type=Path, default=Path("dist", "pictures"), help="where they are put")
    parser.add_argument("--only", help="a word in the names of what is tried")
    options = parser.parse_args()
    executable: Path = options.executable.resolve()
    pictures: Path = options.pictures.resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="perfxl e2e 试用 ", ignore_cleanup_errors=True) as place:
        desk = Desk(executable, Path(place).resolve())
        steps: list[tuple[str, Callable[[], None]]] = [
            *((step.__name__, lambda step=step: step(desk)) for step in COMMANDS),
            *((step.__name__, lambda step=step: step(desk, pictures)) for step in WINDOW),
            ("nothing_left_behind", lambda: nothing_left_behind(desk)),
        ]
        for name, step in steps:
            if options.only and options.only not in name:
                continue
            started = time.monotonic()
            try:
                step()
            except Exception as fault:
                failed += 1
                print(f"FAILED  {name}: {fault}")
                if not isinstance(fault, AssertionError):
                    traceback.print_exc(file=sys.stdout)
            else:
                passed += 1
                print(f"ok      {name} ({time.monotonic() - started:.1f} s)")
            sys.stdout.flush()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
