"""`perfxl score`: rates, scores and totals as live formulas, written into a copy."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import format_argument, jurisdiction_argument
from perfxl.errors import PerfxlError

HELP = "计算执行率、得分和合计，连同公式写入副本"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="文件")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="输出.xlsx",
        help="写到哪个文件（默认：原文件旁边的“原名（已计算）.xlsx”）",
    )
    where.add_argument("--in-place", action="store_true", help="写入原文件（先留备份）")
    parser.add_argument("--overwrite", action="store_true", help="替换填报人自己填写的得分和公式")
    format_argument(parser, "text", "json")
    jurisdiction_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Compute one workbook and print what was changed, kept and left open."""
    from perfxl.output import scored
    from perfxl.work.keep import told
    from perfxl.work.score import score_file

    as_json = options.format == "json"
    try:
        result = score_file(
            options.file,
            options.output,
            in_place=options.in_place,
            overwrite=options.overwrite,
            jurisdiction=options.jurisdiction,
        )
    except PerfxlError as error:
        return console.refused(options.file, error, as_json=as_json)
    if result.replaced is not None:
        console.notice(f"{told(options.output, result.replaced)}。")
    if as_json:
        console.out_json(scored.as_json(result))
        if result.signature_broken:
            console.notice(scored.SIGNATURE_BROKEN)
    else:
        console.out(scored.as_text(result))
    return console.OK
