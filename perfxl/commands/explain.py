"""`perfxl explain CODE`: one rule with its source, an example and how to mend it."""

from __future__ import annotations

import argparse

from perfxl import console

HELP = "解释一条规则"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("code", metavar="规则编号", help="检查结果后面的编号，例如 PX202")


def run(options: argparse.Namespace) -> int:
    """Print the rule's page."""
    from perfxl.output import rule_pages
    from perfxl.rules.catalogue import rule_for
    from perfxl.rules.finding import RULE_FAILED

    if options.code.upper() == RULE_FAILED.code:
        console.out(
            f"{RULE_FAILED.code} {RULE_FAILED.title}：{RULE_FAILED.source}。请把文件和日志发给维护人员。"
        )
        return console.OK
    try:
        found = rule_for(options.code)
    except KeyError:
        console.notice(f"没有编号为 {options.code} 的规则；用 perfxl rules 查看全部规则。")
        return console.UNREADABLE
    console.out(rule_pages.page(found))
    return console.OK
