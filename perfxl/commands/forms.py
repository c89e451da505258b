"""`perfxl forms`: the forms that can be made."""

from __future__ import annotations

import argparse

from perfxl import console
from perfxl.commands.shared import format_argument

HELP = "列出可以新建的空白表"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    format_argument(parser, "text", "json")


def run(options: argparse.Namespace) -> int:
    """Print every declared form."""
    from perfxl.output.forms import as_json, as_text
    from perfxl.settings.forms import declared_forms, faulty_declarations

    for fault in faulty_declarations():
        console.notice(str(fault))
    forms = declared_forms().values()
    if options.format == "json":
        console.out_json(as_json(forms))
    else:
        console.out(as_text(forms))
    return console.OK
