"""The command line: thin, no judgement of its own. Commands and exit statuses are those of the contract."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from perfxl import __version__
from perfxl.errors import OutputNotWritten, PerfxlError

OK, FINDINGS, UNREADABLE, NOT_WRITTEN, FAULT = 0, 1, 2, 3, 70

_INTRODUCTION = """\
perfxl：预算绩效自评表的检查、计算与报告工具

把自评表文件交给它（可以是多个文件）：
    perfxl 自评表.xlsx            检查、计算到副本、生成报告草稿
只做其中一步：
    perfxl check 自评表.xlsx      检查填报错误
    perfxl score 自评表.xlsx      计算执行率和得分，写回副本
    perfxl report 自评表.xlsx     生成自评报告草稿（Word）
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
        return OK
    except KeyboardInterrupt:
        print("已中止。", file=sys.stderr)
        return FAULT
    except Exception:
        from perfxl.faults import write_log

        print(f"程序自身出错，您的文件没有受到影响。详情已记入日志：{write_log(arguments)}", file=sys.stderr)
        return FAULT


def command() -> NoReturn:
    """The entry of the installed command, and of the windowed one as long as there is no window."""
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
    parser, commands = _parser()
    if not arguments:
        _out(_INTRODUCTION)
        return OK
    if arguments[0] not in commands and not arguments[0].startswith("-"):
        arguments = ["run", *arguments]
    elif arguments[0] == "--no-window":
        arguments = ["run", *arguments[1:]]
    try:
        options = parser.parse_args(arguments)
    except _WrongCall as error:
        print(f"命令写错了：{error}\n用 perfxl --help 查看用法。", file=sys.stderr)
        return UNREADABLE
    handler: Callable[[argparse.Namespace], int] = options.handler
    return handler(options)


class _WrongCall(Exception):
    """A call that the parser refuses."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongCall(message)


def _parser() -> tuple[argparse.ArgumentParser, frozenset[str]]:
    parser = _Parser(prog="perfxl", description="预算绩效自评表：检查、计算、写回、生成报告")
    parser.add_argument("--version", action="version", version=f"perfxl {__version__}")
    # Without `prog`, argparse would lay out a help text now, which takes loading what measures the terminal.
    commands = parser.add_subparsers(
        title="命令", metavar="命令", prog="perfxl", parser_class=_Parser, required=True
    )

    def command(
        name: str, handler: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(handler=handler)
        return made

    run = command("run", _do_all, "检查、计算到副本、生成报告草稿（等同于直接给出文件）")
    run.add_argument("files", nargs="+", type=Path, metavar="文件")
    run.add_argument("--no-window", action="store_true", help="只在命令行显示结果")

    extract = command("extract", _extract, "读出表中的全部内容")
    extract.add_argument("file", type=Path, metavar="文件")
    extract.add_argument("--format", choices=("text", "json"), default="text")

    check = command("check", _check, "检查填报错误")
    check.add_argument("files", nargs="+", type=Path, metavar="文件")
    check.add_argument("--format", choices=("text", "json"), default="text")

    score = command("score", _score, "计算执行率、得分和合计，连同公式写入副本")
    score.add_argument("file", type=Path, metavar="文件")
    score.add_argument("-o", "--output", type=Path, metavar="输出.xlsx")
    score.add_argument("--in-place", action="store_true", help="写入原文件（先留备份）")
    score.add_argument("--overwrite", action="store_true", help="替换填报人自己填写的得分和公式")
    score.add_argument("--format", choices=("text", "json"), default="text")

    report = command("report", _report, "生成自评报告草稿（Word）")
    report.add_argument("file", type=Path, metavar="文件")
    report.add_argument("--kind", help="报告种类（默认按表的种类）")
    report.add_argument("-o", "--output", type=Path, metavar="输出.docx")

    rules = command("rules", _rules, "列出全部检查规则")
    rules.add_argument("--format", choices=("text", "json"), default="text")

    explain = command("explain", _explain, "解释一条规则")
    explain.add_argument("code", metavar="规则编号")

    demo = command("demo", _demo, "用自带样例走一遍全过程")
    demo.add_argument("-o", "--output", type=Path, default=Path("perfxl-demo"), metavar="文件夹")
    return parser, frozenset(commands.choices)


# Commands ------------------------------------------------------------------------------------------------------------


def _extract(options: argparse.Namespace) -> int:
    from perfxl import work
    from perfxl.output.extracted import forms_as_json, forms_as_text

    try:
        _, forms = work.read_file(options.file)
    except PerfxlError as error:
        return _refused(options, error, UNREADABLE)
    if options.format == "json":
        _out_json(forms_as_json(options.file.name, forms))
    else:
        _out(forms_as_text(options.file.name, forms))
    return OK


def _check(options: argparse.Namespace) -> int:
    from perfxl import work
    from perfxl.output import checked

    results = work.check_files(options.files)
    if options.format == "json":
        _out_json(checked.as_json(results))
    else:
        _out(checked.as_text(results))
    return work.worst_status(results)


def _score(options: argparse.Namespace) -> int:
    from perfxl import work
    from perfxl.output import scored

    try:
        result = work.score_file(
            options.file, options.output, in_place=options.in_place, overwrite=options.overwrite
        )
    except OutputNotWritten as error:
        return _refused(options, error, NOT_WRITTEN)
    except PerfxlError as error:
        return _refused(options, error, UNREADABLE)
    if options.format == "json":
        _out_json(scored.as_json(result))
    else:
        _out(scored.as_text(result))
    return OK


def _report(options: argparse.Namespace) -> int:
    from perfxl import work
    from perfxl.output.drafted import as_text

    try:
        results = work.report_file(options.file, options.kind, options.output)
    except OutputNotWritten as error:
        return _refused(options, error, NOT_WRITTEN)
    except PerfxlError as error:
        return _refused(options, error, UNREADABLE)
    _out(as_text(options.file, results))
    return OK


def _do_all(options: argparse.Namespace) -> int:
    from perfxl import work
    from perfxl.output.done import as_text

    results = [work.do_all(path) for path in options.files]
    _out("\n".join(as_text(done) for done in results))
    return max(done.status for done in results)


def _rules(options: argparse.Namespace) -> int:
    from perfxl.output import rule_pages
    from perfxl.rules.catalogue import rules

    if options.format == "json":
        _out_json(rule_pages.as_json(rules()))
    else:
        _out(rule_pages.as_text(rules()))
    return OK


def _explain(options: argparse.Namespace) -> int:
    from perfxl.output import rule_pages
    from perfxl.rules.catalogue import rule_for

    try:
        found = rule_for(options.code)
    except KeyError:
        print(f"没有编号为 {options.code} 的规则；用 perfxl rules 查看全部规则。", file=sys.stderr)
        return UNREADABLE
    _out(rule_pages.page(found))
    return OK


def _demo(options: argparse.Namespace) -> int:
    from perfxl.demo import run_demo

    return run_demo(options.output, _out)


# Output --------------------------------------------------------------------------------------------------------------


def _refused(options: argparse.Namespace, error: PerfxlError, status: int) -> int:
    """Say in one sentence why a file could not be handled; scripts get it as JSON too."""
    if getattr(options, "format", "text") == "json":
        _out_json({"file": options.file.name, "error": str(error)})
    print(f"{options.file.name}：{error}", file=sys.stderr)
    return status


def _out_json(value: dict[str, Any] | list[Any]) -> None:
    """Write JSON as UTF-8, whatever the console's code page."""
    import json

    data = json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a stream that takes only text, as a test's may be
        sys.stdout.write(data.decode("utf-8"))
    else:
        buffer.write(data)
        buffer.flush()


def _out(text: str) -> None:
    """Write text for a person; signs that the console's code page lacks are replaced, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    if not text.endswith("\n"):
        sys.stdout.write("\n")
