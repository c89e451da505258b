"""The command line: thin, no judgement of its own. Commands and exit statuses are those of the contract."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from perfxl import __version__, console
from perfxl.commands import COMMANDS
from perfxl.errors import PerfxlError

_INTRODUCTION = """\
perfxl：预算绩效自评表的检查、计算与报告工具

把自评表文件交给它（可以是多个文件）：
    perfxl 自评表.xlsx            检查、计算到副本、生成报告草稿
只做其中一步：
    perfxl check 自评表.xlsx      检查填报错误
    perfxl score 自评表.xlsx      计算执行率和得分，写回副本
    perfxl report 自评表.xlsx     生成自评报告草稿（Word）
    perfxl compare 报告.docx 自评表.xlsx   核对写好的报告
    perfxl demo                   用自带样例走一遍全过程
全部命令：perfxl --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a fault of the program itself is logged and returns 70."""
    # A command lives for a moment and builds much that stays: looking for garbage every 700 objects is wasted.
    gc.set_threshold(50_000)
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return console.OK
    except PerfxlError as error:  # what concerns no one file: a place nobody knows, damaged settings
        console.notice(str(error))
        return console.UNREADABLE
    except KeyboardInterrupt:
        console.notice("已中止。")
        return console.FAULT
    except Exception:
        from perfxl.faults import write_log

        console.notice(f"程序自身出错，您的文件没有受到影响。详情已记入日志：{write_log(arguments)}")
        return console.FAULT


def command() -> NoReturn:
    """The entry of the installed command, with a console and without."""
    leave(main())


def leave(status: int) -> NoReturn:
    """End the process with a status, at once: everything is written and closed.

    Python would first take apart all it has loaded, which takes a sixth of the time that checking a form does.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more; closed already
            if stream is not None:
                stream.flush()
    os._exit(status)


def _run(arguments: list[str]) -> int:
    if not arguments:
        return _window()
    name = arguments[0]
    try:
        if name in COMMANDS:
            return _call(name, arguments[1:])
        if name.startswith("-") and name != "--no-window":
            _overview().parse_args(arguments)
        _refuse_misspelt(name)
        return _call("run", arguments)
    except _WrongCall as error:
        console.notice(f"命令写错了：{error}\n用 perfxl --help 查看用法。")
        return console.UNREADABLE


def _refuse_misspelt(name: str) -> None:
    """Refuse what is no file and nearly a command: to be told that no such file exists would help nobody."""
    if not name.isascii() or not name.isalpha():
        return
    from difflib import get_close_matches
    from pathlib import Path

    from perfxl.paths import there

    if there(Path(name)):
        return
    for command in get_close_matches(name.lower(), COMMANDS, 1, 0.7):
        raise _WrongCall(f"没有 {name} 这个命令，也没有这个文件。是不是 {command}？")


def _window() -> int:
    """Open the window; where there can be none, say what the command line does."""
    from perfxl.window.display import hindrance

    why = hindrance()
    if why is None:
        from perfxl.window import main as window

        return window([])
    console.out(_INTRODUCTION)
    console.notice(f"{why}，所以没有打开窗口。")
    return console.OK


def _call(name: str, arguments: list[str]) -> int:
    """Run one command; no other is loaded."""
    command = importlib.import_module(f"perfxl.commands.{name}")
    parser = _Parser(prog=f"perfxl {name}", description=command.HELP)
    command.arguments(parser)
    status: int = command.run(parser.parse_args(arguments))
    return status


class _WrongCall(Exception):
    """A call that the parser refuses."""


_REFUSALS = (
    (r"the following arguments are required: (.+)", r"没有给出 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (.+): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+): expected at least one argument", r"\1 至少要写一个值"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可以是 \3"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 和 \2 不能同时用"),
    (r"argument (.+): invalid (?:\w+ )?value: (.+)", r"\1 不能是 \2"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 后面不写值，写了 \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 不够明确，可能是 \2"),
)
"""What argparse says, and the same in Chinese; a message of another kind is told as it is."""


def _in_chinese(message: str) -> str:
    import re

    for pattern, said in _REFUSALS:
        if match := re.fullmatch(pattern, message):
            return match.expand(said)
    return message


_HELP_WIDTH = 100


class _Formatter(argparse.HelpFormatter):
    """Help of a fixed width: to ask for the terminal's, argparse loads shutil and three packers for every command.

    `column` is where explanations begin, on the next line after a longer name. argparse counts Chinese characters as
    one column, so that names which hold them line up only in lines of their own.
    """

    def __init__(self, prog: str, column: int) -> None:
        super().__init__(prog, max_help_position=column, width=_HELP_WIDTH)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese without gettext, whose catalogues would be looked for at every start."""

    column = 6

    def __init__(self, *, prog: str, description: str | None = None) -> None:
        super().__init__(prog=prog, description=description, add_help=False)
        self._positionals.title = "要给出的"
        self._optionals.title = "可以加的"
        self.add_argument("-h", "--help", action="help", help="显示这一页")

    def _get_formatter(self) -> argparse.HelpFormatter:
        return _Formatter(self.prog, self.column)

    def error(self, message: str) -> NoReturn:
        raise _WrongCall(_in_chinese(message))


class _Overview(_Parser):
    """Of all commands: their names are ASCII and line up with what they do."""

    column = 24


def _overview() -> argparse.ArgumentParser:
    """The parser that answers --help and --version, and refuses whatever else begins with a dash."""
    parser = _Overview(
        prog="perfxl",
        description="预算绩效自评表：检查、计算、写回、生成报告。什么都不写，打开窗口；直接给出文件，就是 run。",
    )
    parser.add_argument("--version", action="version", version=f"perfxl {__version__}", help="显示版本号")
    commands = parser.add_subparsers(title="命令（用 perfxl 命令 --help 查看每一个的用法）", metavar="命令")
    for name in COMMANDS:
        commands.add_parser(name, help=importlib.import_module(f"perfxl.commands.{name}").HELP)
    return parser
