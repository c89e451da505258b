"""`perfxl check`: the findings, and if wanted the workbook with its cells marked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl import console
from perfxl.commands.shared import format_argument, jurisdiction_argument
from perfxl.errors import PerfxlError
from perfxl.paths import is_folder
from perfxl.work.files import WORKBOOKS, named

if TYPE_CHECKING:
    from perfxl.work.check import Checked

HELP = "检查填报错误"
_OTHERS = frozenset({".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".txt", ".csv", ".json"})
"""Endings of files that are no workbooks, and that nobody gives to a folder."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    format_argument(parser, "text", "json", "html")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="结果写进文件，不印在屏幕上")
    jurisdiction_argument(parser)
    parser.add_argument(
        "--annotate", type=Path, metavar="输出.xlsx", help="另存一份标出问题单元格的副本；多个文件时给文件夹"
    )


def run(options: argparse.Namespace) -> int:
    """Check the files together and print the findings of each."""
    from perfxl.work.check import check_files, worst_status

    files = named(options.files)
    several = len(files) > 1
    if several and options.annotate is not None and options.annotate.suffix.lower() in WORKBOOKS:
        console.notice("一次检查多个文件时，--annotate 后面要写文件夹，每个文件的副本放在里面。")
        return console.UNREADABLE
    wrong = _unsuited(options)
    if wrong:
        console.notice(wrong)
        return console.UNREADABLE
    results: Sequence[Checked] = check_files(files, options.jurisdiction)
    complete = True
    if options.annotate is not None:
        results, complete = _annotate(results, options.annotate)
    text = _worded(results, options.format)
    if options.output is not None:
        complete &= _saved(text, options.output)
    elif options.format == "text":
        console.out(text)
    else:
        console.out_utf8(text)
    status = worst_status(results)
    return status if complete else max(status, console.NOT_WRITTEN)


def _unsuited(options: argparse.Namespace) -> str:
    """What is wrong with the names given for outputs (Chinese); "" where they suit what is written into them."""
    copy, result = options.annotate, options.output
    if copy is not None and copy.suffix.lower() in _OTHERS and not is_folder(copy):
        return f"标注的副本是工作簿，不能写成“{copy.name}”：请以 .xlsx 结尾，或者给一个文件夹。"
    if result is not None and result.suffix.lower() in WORKBOOKS:
        return f"-o 写出的是文字，不能写成“{result.name}”：要标出问题的工作簿，请用 --annotate。"
    return ""


def _worded(results: Sequence[Checked], form: str) -> str:
    from perfxl.output import checked

    if form == "json":
        return console.json_text(checked.as_json(results))
    if form == "html":
        from datetime import datetime  # not for those who want text: starting is most of a check

        from perfxl.output.checked_html import as_html

        return as_html(results, datetime.now().astimezone())
    return checked.as_text(results)


def _saved(text: str, output: Path) -> bool:
    """Write the result into a file and say so; False if it could not be written."""
    from perfxl.work.keep import save_text

    try:
        backup = save_text(text, output)
    except PerfxlError as error:
        console.notice(f"结果没有写出：{error}")
        return False
    console.notice(
        f"结果已写到：{output}" + (f"（原来的另存为 {backup.name}）" if backup is not None else "")
    )
    return True


def _annotate(results: Sequence[Checked], output: Path) -> tuple[list[Checked], bool]:
    """Write the annotated copies into a folder, or one to the path given, and say where they lie.

    Returns the results that they show, and whether all were written.
    """
    from perfxl.work.annotate import annotate_checked, annotated_name
    from perfxl.work.names import free_name

    folder = output if is_folder(output) or output.suffix.lower() not in WORKBOOKS else None
    complete = True
    shown = list(results)
    written: set[Path] = set()
    for number, checked in enumerate(results):
        if checked.problem is not None:
            continue
        path = checked.path
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            target = output if folder is None else folder / annotated_name(path)
            if target in written:  # files of one name, from several folders
                target = free_name(target)
            annotated = annotate_checked(checked, target)
        except (PerfxlError, OSError) as error:
            console.notice(f"{path.name} 的标注副本没有写出：{error}")
            complete = False
            continue
        shown[number] = annotated.checked
        written.add(target)
        console.notice(f"{path.name} 的标注副本：{annotated.output}，标出 {annotated.marked} 个单元格。")
        if annotated.backup is not None:
            carried = f"，其中 {annotated.carried} 条说明已沿用" if annotated.carried else ""
            console.notice(f"原来的 {annotated.output.name} 已另存为 {annotated.backup.name}{carried}。")
        if annotated.signature_broken:
            console.notice(f"{path.name} 带有数字签名，副本改动后签名失效，原文件不受影响。")
    return shown, complete
