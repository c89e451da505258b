"""The window: what an officer sees who double-clicks the program or drops workbooks on it.

It judges nothing itself. Every reading, check and output is a job of `perfxl.work`, run beside the window's own
thread; the modules here put files in and show what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def main(files: Sequence[Path]) -> int:
    """Open the window with everything done for `files`, or hand them to the window that is open; return the status.

    What needs no Qt comes first: a second start is over before Qt would have been loaded. Raises what keeps Qt from
    being loaded, after it was told.
    """
    from perfxl.window import instance, native, preload

    paths = [path.absolute() for path in files]
    if instance.hand_over(paths):
        return 0
    starting = native.Starting()
    try:
        preload.begin()
        from perfxl.window.app import run
    except Exception as error:
        starting.close()
        native.tell(f"窗口打不开：{error}")
        raise
    return run(paths, starting.close)
