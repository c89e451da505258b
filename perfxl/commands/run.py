"""`perfxl FILE…`: check, compute into a copy, draft the report; what dropping workbooks on the program does.

The result is shown in the window; printed where that is wanted, or where there can be no window.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import jurisdiction_argument
from perfxl.work.files import named

HELP = "检查、计算到副本、生成报告草稿（等同于直接给出文件）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument("--no-window", action="store_true", help="只在命令行显示结果")
    jurisdiction_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Do everything for each file; printed, the exit status is the worst of them, and 0 once the window is closed."""
    files = named(options.files)
    # Who names a place on the command line wants to read the answer there; the window has a setting for it.
    if not options.no_window and options.jurisdiction is None:
        from perfxl.window.display import hindrance

        why = hindrance()
        if why is None:
            from perfxl.window import main

            return main(files)
        console.notice(f"{why}，结果显示在命令行里。")
    from perfxl.output.done import as_text
    from perfxl.work.everything import do_all_of

    results = do_all_of(files, options.jurisdiction)
    console.out("\n".join(as_text(done) for done in results))
    return max(done.status for done in results)
