"""`perfxl report`: drafts the narrative report, or looks over a template."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import jurisdiction_argument
from perfxl.errors import PerfxlError

HELP = "生成自评报告草稿（Word）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="文件", nargs="?", help="自评表、汇总表或决算报告数据表")
    parser.add_argument(
        "--kind", metavar="种类", help="报告种类，如 transfer（默认按表的种类；写错了会列出全部）"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="输出.docx",
        help="写到哪个文件（默认：原文件旁边的“原名（自评报告）.docx”）",
    )
    parser.add_argument(
        "--with",
        dest="beside",
        type=Path,
        action="append",
        default=[],
        metavar="文件",
        help="一并取数的工作簿：打分表的项目自评表、部门的项目清单；可写几次",
    )
    jurisdiction_argument(parser)
    parser.add_argument("--lint", type=Path, metavar="模板.docx", help="只检查一个报告模板，不起草报告")
    parser.add_argument(
        "--blank",
        action="store_true",
        help="生成空白的决算报告数据表（Excel），填好后用来起草部门决算情况说明",
    )


def run(options: argparse.Namespace) -> int:
    """Draft the reports of one workbook and print where they lie and what they lack."""
    from perfxl.output.drafted import as_text, looked_over
    from perfxl.work.report import blank_input, lint_template, report_file

    subject = options.lint or options.file or options.output or Path()
    if not (options.lint or options.blank or options.file):
        console.notice("请给出自评表，例如：perfxl report 自评表.xlsx")
        return console.UNREADABLE
    try:
        if options.lint is not None:
            faults = lint_template(options.lint, options.kind)
            console.out(looked_over(options.lint, faults))
            return console.FINDINGS if faults else console.OK
        if options.blank:
            console.out(f"■ 空白数据表：{blank_input(options.output).name}")
            return console.OK
        results = report_file(
            options.file, options.kind, options.output, options.jurisdiction, options.beside
        )
    except PerfxlError as error:
        return console.refused(subject, error)
    console.out(as_text(options.file, results))
    return console.OK
