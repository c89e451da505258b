"""`perfxl new`: writes a blank official form, or forms filled from what the office already has."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.errors import OutputNotWritten, PerfxlError

HELP = "新建空白表，或从项目清单、绩效目标申报表、上年自评表生成"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("form", metavar="表", help="表的名称，用 perfxl forms 查看")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="输出",
        help="输出的 .xlsx 文件；来源里有多个项目时是文件夹，每个项目一个文件",
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="来源",
        help="项目清单、绩效目标申报表、上年自评表（xlsx、xls、csv），或装有这些文件的文件夹",
    )
    parser.add_argument(
        "--set",
        dest="settings",
        nargs="+",
        action="extend",
        default=[],
        metavar="标签=值",
        help="填写表头，例如 --set 项目名称=医疗救助 年度=2025",
    )


def run(options: argparse.Namespace) -> int:
    """Make the form or forms and print where they lie."""
    from perfxl.work.new import new_form

    settings: list[tuple[str, str]] = []
    for setting in options.settings:
        label, sign, value = setting.partition("=")
        if not sign or not label.strip():
            console.notice(f"--set 要写成 标签=值，例如 --set 项目名称=医疗救助，现在写的是“{setting}”。")
            return console.UNREADABLE
        settings.append((label.strip(), value.strip()))
    try:
        created = new_form(options.form, options.output, options.source, settings)
    except PerfxlError as error:
        console.notice(str(error))
        return console.NOT_WRITTEN if isinstance(error, OutputNotWritten) else console.UNREADABLE
    for notice in created.notices:
        console.notice(notice)
    console.out("\n".join(f"已生成：{path}" for path in created.paths))
    return console.OK
