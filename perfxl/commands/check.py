"""`perfxl check`: the findings."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import jurisdiction_argument

HELP = "检查填报错误"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    jurisdiction_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Check the files together and print the findings of each."""
    from perfxl.output import checked
    from perfxl.work.check import check_files, worst_status

    results = check_files(options.files, options.jurisdiction)
    if options.format == "json":
        console.out_json(checked.as_json(results))
    else:
        console.out(checked.as_text(results))
    return worst_status(results)
