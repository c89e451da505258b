"""`perfxl rollup`: many forms into one regional form with a summary."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import format_argument, jurisdiction_argument
from perfxl.errors import PerfxlError
from perfxl.work.files import named

HELP = "把多份自评表汇总成一份，附单位汇总"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="文件或文件夹", help="各单位的自评表，或装有这些文件的文件夹"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="输出.xlsx", help="汇总表写到哪个文件"
    )
    jurisdiction_argument(parser)
    format_argument(parser, "text", "json")


def run(options: argparse.Namespace) -> int:
    """Aggregate the files and print what was counted and what to settle."""
    from perfxl.output import rolledup
    from perfxl.work.rollup import rollup

    as_json = options.format == "json"
    try:
        result = rollup(named(options.paths), options.output, jurisdiction=options.jurisdiction)
    except PerfxlError as error:
        return console.refused(options.output, error, as_json=as_json)
    if as_json:
        console.out_json(rolledup.as_json(result))
    else:
        console.out(rolledup.as_text(result))
    return result.status
