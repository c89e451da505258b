"""`perfxl check`: the findings, and if wanted the workbook with its cells marked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl import console
from perfxl.commands.shared import jurisdiction_argument
from perfxl.errors import PerfxlError

if TYPE_CHECKING:
    from perfxl.work.check import Checked

HELP = "检查填报错误"
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".et", ".ods", ".xlsb"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    jurisdiction_argument(parser)
    parser.add_argument(
        "--annotate", type=Path, metavar="输出.xlsx", help="另存一份标出问题单元格的副本；多个文件时给文件夹"
    )


def run(options: argparse.Namespace) -> int:
    """Check the files together and print the findings of each."""
    from perfxl.output import checked
    from perfxl.work.check import check_files, worst_status

    several = len(options.files) > 1
    if several and options.annotate is not None and options.annotate.suffix.lower() in _WORKBOOKS:
        console.notice("一次检查多个文件时，--annotate 后面要写文件夹，每个文件的副本放在里面。")
        return console.UNREADABLE
    results = check_files(options.files, options.jurisdiction)
    status = worst_status(results)
    if options.annotate is not None:
        written = _annotate(results, options.annotate)
        status = status if written else max(status, console.NOT_WRITTEN)
    if options.format == "json":
        console.out_json(checked.as_json(results))
    elif options.format == "html":
        from perfxl.output.checked_html import as_html

        console.out_utf8(as_html(results, datetime.now().astimezone()))
    else:
        console.out(checked.as_text(results))
    return status


def _annotate(results: Sequence[Checked], output: Path) -> bool:
    """Write the annotated copies into a folder, or one to the path given; say where they lie. False if one failed."""
    from perfxl.work.annotate import annotate_checked, annotated_name

    folder = output if output.is_dir() or output.suffix.lower() not in _WORKBOOKS else None
    complete = True
    for checked in results:
        if checked.problem is not None:
            continue
        path = checked.path
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            target = output if folder is None else annotated_name(path, folder)
            annotated = annotate_checked(checked, target)
        except (PerfxlError, OSError) as error:
            console.notice(f"{path.name} 的标注副本没有写出：{error}")
            complete = False
            continue
        console.notice(f"{path.name} 的标注副本：{annotated.output}，标出 {annotated.marked} 个单元格。")
        if annotated.backup is not None:
            console.notice(f"原来的 {annotated.output.name} 已另存为 {annotated.backup.name}。")
        if annotated.signature_broken:
            console.notice(f"{path.name} 带有数字签名，副本改动后签名失效，原文件不受影响。")
    return complete
