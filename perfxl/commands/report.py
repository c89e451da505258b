"""`perfxl report`: drafts the narrative report."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import jurisdiction_argument
from perfxl.errors import PerfxlError

HELP = "生成自评报告草稿（Word）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="文件")
    parser.add_argument("--kind", help="报告种类（默认按表的种类）")
    parser.add_argument("-o", "--output", type=Path, metavar="输出.docx")
    jurisdiction_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Draft the reports of one workbook and print where they lie and what they lack."""
    from perfxl.output.drafted import as_text
    from perfxl.work.report import report_file

    try:
        results = report_file(options.file, options.kind, options.output, options.jurisdiction)
    except PerfxlError as error:
        return console.refused(options.file, error)
    console.out(as_text(options.file, results))
    return console.OK
