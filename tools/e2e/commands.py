"""The command line: every command once, its outputs looked into, its statuses, and what it leaves behind."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tools.e2e import workbooks
from tools.e2e.console import attached_console
from tools.e2e.desk import TOP, WINDOWS, Desk, expect, files_below, same

_LEGACY = Path(__file__).parent / "data" / "legacy.xls"


def version(desk: Desk) -> None:
    """The executable answers."""
    done = desk.run("--version")
    same(done.status, 0, done.err)
    expect(done.out.startswith(b"perfxl "), done.out)


def check_as_json(desk: Desk) -> None:
    """Findings with their cells, as UTF-8, of files with Chinese names and spaces; two files in one call."""
    faulty = desk.sample("种子004 转移支付绩效目标自评表1", "转移 支付（城乡居民）.xlsx")
    other = desk.sample("种子003")
    done = desk.run("check", faulty, other.name, "--format", "json")
    same(done.status, 1, done.err)
    files = done.json["files"]
    same([file["file"] for file in files], [faulty.name, other.name])
    found = {(finding["code"], finding["cell"]) for finding in files[0]["findings"]}
    expect(("PX202", "E6") in found, found)
    same(files[0]["forms"][0]["kind"], "transfer")


def check_as_text(desk: Desk) -> None:
    """Findings for a person, through a pipe; errors of the caller's making have their status."""
    faulty = desk.sample("种子004 转移支付绩效目标自评表1")
    done = desk.run("check", faulty)
    same(done.status, 1, done.err)
    expect(b"PX202" in done.out, done.out)


def score_writes_back(desk: Desk) -> None:
    """Only the computed cells differ, and they hold formulas; the original stays byte for byte."""
    form = desk.sample("种子002", "项目 自评表.xlsx")
    original = form.read_bytes()
    done = desk.run("score", form, "--format", "json")
    same(done.status, 0, done.err)
    output = form.with_name(done.json["output"])
    told = {(change["sheet"], change["cell"]) for change in done.json["changes"]}
    expect(told, "nothing was computed")
    same(workbooks.cells_changed(form, output), told)
    same(len(workbooks.members_changed(form, output)), 1)
    same(workbooks.formula(output, ("自评表", "H7")), ("ROUND(G7/D7,4)", "0.8989"))
    same(form.read_bytes(), original)


def score_in_place(desk: Desk) -> None:
    """The original is changed where that is asked for, and a copy of it as it was is kept."""
    form = desk.sample("种子003", "原地计算.xlsx")
    before = form.read_bytes()
    done = desk.run("score", form, "--in-place")
    same(done.status, 0, done.err)
    expect(form.read_bytes() != before, "unchanged")
    copies = [path for path in desk.work.iterdir() if path.stem.startswith(form.stem) and path != form]
    same([copy.read_bytes() for copy in copies], [before])


def report(desk: Desk) -> None:
    """A whole Word document that names the unit's project."""
    form = desk.sample("种子002", "报告 来源.xlsx")
    output = desk.work / "自评 报告.docx"
    done = desk.run("report", form, "-o", output)
    same(done.status, 0, done.err)
    text = workbooks.words(output)
    expect("医疗服务与保障能力提升" in text and "89.89%" in text, text)


def compare(desk: Desk) -> None:
    """A report held against its workbook."""
    form = desk.sample("种子002", "对照 来源.xlsx")
    output = desk.work / "对照 报告.docx"
    desk.run("report", form, "-o", output)
    done = desk.run("compare", output, form, "--format", "json")
    expect(done.status in (0, 1), done.status, done.err)
    same([file["file"] for file in done.json["files"]], [output.name])


def extract_legacy(desk: Desk) -> None:
    """An .xls is read by the child process that the executable is as well."""
    old = desk.work / "旧 格式.xls"
    shutil.copyfile(_LEGACY, old)
    done = desk.run("extract", old, "--format", "json")
    same(done.status, 0, done.err)
    (form,) = done.json["forms"]
    same((form["kind"], len(form["indicators"])), ("project", 9))


def rollup(desk: Desk) -> None:
    """Many forms into one, which takes the libraries that are carried aside; a second time they are there already."""
    folder = desk.work / "下级 单位"
    for number in (1, 2, 3):
        desk.sample(f"种子004 转移支付绩效目标自评表{number}", folder=folder)
    for name in ("汇总 表.xlsx", "汇总 表 2.xlsx"):
        done = desk.run("rollup", folder, "-o", name, "--format", "json")
        same(done.status, 0, done.out, done.err)
        expect(len(workbooks.cells(desk.work / name)) > 100, "an empty regional form")


def forms_and_new(desk: Desk) -> None:
    """Every form that is offered can be made, the office's own too, and is read as that form."""
    own = desk.program / "本单位模板" / "xlsx"
    own.mkdir(parents=True)
    shutil.copyfile(TOP / "templates" / "xlsx" / "project.toml", own / "office_own.toml")
    offered = {form["id"]: form["kind"] for form in desk.run("forms", "--format", "json").json}
    expect({"project", "transfer", "department", "office_own"} <= offered.keys(), offered)
    made = {f"新表 {form}.xlsx": form for form in offered}
    for name, form in made.items():
        done = desk.run("new", form, "-o", name)
        same(done.status, 0, form, done.err)
    for file in desk.run("check", *made, "--format", "json").json["files"]:
        kinds = {form["kind"] for form in file["forms"]}
        expect(offered[made[file["file"]]] in kinds, file["file"], kinds)
    shutil.rmtree(own.parent)


def everything_without_a_window(desk: Desk) -> None:
    """What a drop does, printed: outputs beside the workbook, the original untouched."""
    form = desk.sample("种子002", "全部 步骤.xlsx", desk.work / "放下")
    original = form.read_bytes()
    done = desk.run(form, "--no-window")
    expect(done.status in (0, 1), done.status, done.err)
    beside = sorted(path.suffix for path in form.parent.iterdir())
    same(beside, [".docx", ".xlsx", ".xlsx"])
    same(form.read_bytes(), original)


def demo(desk: Desk) -> None:
    """The bundled samples and templates are inside."""
    done = desk.run("demo", "-o", "演示 输出")
    same(done.status, 0, done.out, done.err)
    made = files_below(desk.work / "演示 输出")
    expect(sum(name.endswith(".docx") for name in made) >= 5, made)


def rules(desk: Desk) -> None:
    """Rules are found by their files, of which the executable has none as files."""
    found = {rule["code"] for rule in desk.run("rules", "--format", "json").json}
    expect({"PX101", "PX202", "PX306", "PX405", "PX501", "PX601"} <= found, found)
    same(desk.run("explain", "PX201").status, 0)


def statuses(desk: Desk) -> None:
    """2 for what cannot be read or called, 3 for what cannot be written; nothing existing is replaced."""
    same(desk.run("check", "没有 这个文件.xlsx").status, 2)
    no_workbook = desk.work / "不是 表格.xlsx"
    no_workbook.write_bytes(b"%PDF-1.7 nothing of interest")
    done = desk.run("check", no_workbook, "--format", "json")
    same((done.status, done.json["files"][0]["status"]), (2, "unreadable"))
    same(desk.run("check").status, 2)
    same(desk.run("--no-such-option").status, 2)
    form = desk.sample("种子002", "状态.xlsx")
    same(desk.run("score", form, "-o", desk.work / "没有 这个文件夹" / "输出.xlsx").status, 3)
    taken = form.with_name("状态（已计算）.xlsx")
    taken.write_bytes(b"precious")
    done = desk.run("score", form, "--format", "json")
    same(done.status, 0, done.err)
    expect(done.json["output"] != taken.name, done.json["output"])
    same(taken.read_bytes(), b"precious")


def redirected_to_a_file(desk: Desk) -> None:
    """`perfxl … > file` of a shell, which gives the program a file instead of a pipe."""
    form = desk.sample("种子003", "重定向.xlsx")
    target = desk.work / "结果 输出.json"
    with target.open("wb") as file:
        status = subprocess.run(
            [str(desk.executable), "check", str(form), "--format", "json"],
            cwd=desk.work,
            env=desk.environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            timeout=180,
            check=False,
        ).returncode
    expect(status in (0, 1), status)
    expect('"重定向.xlsx"' in target.read_text(encoding="utf-8"), target.read_bytes())


def nothing_left_behind(desk: Desk) -> None:
    """After all that: no temporary files, no logs of faults, nothing beside the program, nothing in the user's home."""
    same(desk.left_over(), [])
    log = desk.own / "perfxl.log"
    expect(not log.exists(), log.exists() and log.read_text(encoding="utf-8"))
    places = {name.split("/")[1] for name in files_below(desk.home) if name.count("/") > 1}
    expect(places <= {"perfxl"}, files_below(desk.home))


COMMANDS: tuple[Callable[[Desk], None], ...] = (
    version,
    rules,
    check_as_json,
    check_as_text,
    score_writes_back,
    score_in_place,
    report,
    compare,
    extract_legacy,
    rollup,
    forms_and_new,
    everything_without_a_window,
    demo,
    statuses,
    redirected_to_a_file,
    *((attached_console,) if WINDOWS else ()),
)
