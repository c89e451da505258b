"""`perfxl extract`: everything that was read, each value with its cell."""

from __future__ import annotations

import argparse
from pathlib import Path

from perfxl import console
from perfxl.commands.shared import format_argument
from perfxl.errors import PerfxlError

HELP = "读出表中的全部内容"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="文件")
    format_argument(parser, "text", "json")


def run(options: argparse.Namespace) -> int:
    """Print what was read."""
    from perfxl.output.extracted import forms_as_json, forms_as_text
    from perfxl.work.read import read_file

    as_json = options.format == "json"
    try:
        _, forms = read_file(options.file)
    except PerfxlError as error:
        return console.refused(options.file, error, as_json=as_json)
    if as_json:
        console.out_json(forms_as_json(options.file.name, forms))
    else:
        console.out(forms_as_text(options.file.name, forms))
    return console.OK
