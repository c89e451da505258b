"""`perfxl rules`: the rule catalogue."""

from __future__ import annotations

import argparse

from perfxl import console
from perfxl.commands.shared import format_argument

HELP = "列出全部检查规则"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    format_argument(parser, "text", "json")


def run(options: argparse.Namespace) -> int:
    """Print every rule."""
    from perfxl.output import rule_pages
    from perfxl.rules.catalogue import rules

    if options.format == "json":
        console.out_json(rule_pages.as_json(rules()))
    else:
        console.out(rule_pages.as_text(rules()))
    return console.OK
