"""`python -m perfxl`, and what the executable runs."""

from __future__ import annotations

import sys


def start() -> int:
    """Run the command line; in the executable, which is also its own child process, the reader of old formats."""
    if getattr(sys, "frozen", False):
        from perfxl.workbook import legacy_child

        if sys.argv[1:2] == [legacy_child.CHILD_ARGUMENT]:
            return legacy_child.main(sys.argv[2:])
        from perfxl import carried, windows_console

        carried.install()
        windows_console.provide_streams()
    from perfxl.cli import main

    return main()


if __name__ == "__main__":
    from perfxl.cli import leave

    leave(start())
