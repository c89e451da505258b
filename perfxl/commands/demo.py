"""`perfxl demo`: the main job on the bundled samples, start to end."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.errors import OutputNotWritten

HELP = "用自带样例走一遍全过程"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("perfxl-demo"),
        metavar="文件夹",
        help="结果放进哪个文件夹（默认：perfxl-demo）",
    )


def run(options: argparse.Namespace) -> int:
    """Run the demo into a folder."""
    from perfxl.demo import run_demo

    try:
        return run_demo(options.output, console.out)
    except OutputNotWritten as error:
        console.notice(str(error))
        return console.NOT_WRITTEN
