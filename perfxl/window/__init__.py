"""The window: what an officer sees who double-clicks the program or drops workbooks on it.

It judges nothing itself. Every reading, check and output is a job of `perfxl.work`, run beside the window's own
thread; the modules here put files in and show what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def main(files: Sequence[Path]) -> int:
    """Open the window with everything done for `files`, or hand them to the window that is open; return the status.

    What needs no Qt comes first: a second start is over before Qt would have been loaded.
    """
    from perfxl.window import instance

    paths = [path.absolute() for path in files]
    if instance.hand_over(paths):
        return 0
    from perfxl.window.app import run

    return run(paths)
