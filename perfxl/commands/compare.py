"""`perfxl compare`: holds a finished report against its workbook and against itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import format_argument
from perfxl.errors import PerfxlError

HELP = "核对写好的自评报告：与自评表是否一致，前后是否矛盾"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("report", type=Path, metavar="报告.docx")
    parser.add_argument(
        "workbook", type=Path, nargs="?", metavar="自评表.xlsx", help="不给则只查报告自身的矛盾"
    )
    format_argument(parser, "text", "json", "html")
    parser.add_argument(
        "--comments", type=Path, metavar="输出.docx", help="另存一份报告，把问题写成 Word 批注"
    )


def run(options: argparse.Namespace) -> int:
    """Compare one report and print the findings; the exit status is that of a check."""
    from perfxl.output import compared
    from perfxl.work.compare import compare_files

    result = compare_files(options.report, options.workbook)
    if options.format == "json":
        console.out_json(compared.as_json(result))
    elif options.format == "html":
        from datetime import datetime

        from perfxl.output.compared_html import as_html

        console.out_utf8(as_html(result, datetime.now().astimezone()))
    else:
        console.out(compared.as_text(result))
    if result.problem is not None:
        console.notice(f"{options.report.name}：{result.problem}")
    elif options.comments is not None:
        from perfxl.work.comment import comment_report
        from perfxl.work.keep import told

        try:
            commented = comment_report(result, options.comments)
        except PerfxlError as error:
            return console.refused(options.comments, error)
        console.notice(f"已把问题写成批注：{options.comments}")
        if commented.backup is not None:
            console.notice(f"{told(options.comments, commented.backup)}。")
    return result.exit_status
