"""Arguments that several commands have."""

from __future__ import annotations

import argparse


def jurisdiction_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the place whose parameters hold, for commands that judge or compute."""
    parser.add_argument(
        "--jurisdiction", metavar="地区", help="按哪个地区的参数（默认：设置里选定的，否则看表上的单位）"
    )


def format_argument(parser: argparse.ArgumentParser, *choices: str) -> None:
    """Declare in which of several formats the result is wanted; the first is what a person reads."""
    first, *others = (_FORMATS[choice] for choice in choices)
    parser.add_argument(
        "--format",
        choices=choices,
        default=choices[0],
        help=f"结果的格式：{'，'.join((f'{first}（默认）', *others))}",
    )


_FORMATS = {"text": "text 文字", "json": "json 供程序使用", "html": "html 网页"}
