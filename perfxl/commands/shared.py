"""Arguments that several commands have."""

from __future__ import annotations

import argparse


def jurisdiction_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the place whose parameters hold, for commands that judge or compute."""
    parser.add_argument(
        "--jurisdiction", metavar="地区", help="按哪个地区的参数（默认：设置里选定的，否则看表上的单位）"
    )
