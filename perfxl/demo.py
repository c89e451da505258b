"""`perfxl demo`: the main job on the bundled samples, start to end, into one folder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from perfxl.output.checked_html import as_html
from perfxl.output.compared_html import as_html as compared_as_html
from perfxl.output.overview import overview
from perfxl.paths import is_folder
from perfxl.resources import resource_folder
from perfxl.work.annotate import annotate_checked, annotated_name
from perfxl.work.check import check_files
from perfxl.work.comment import comment_report
from perfxl.work.compare import Compared, compare_files
from perfxl.work.everything import Done, beside_of, make
from perfxl.work.names import free_name
from perfxl.workbook.save import not_written

_FORMS, _FINDINGS, _COMPUTED, _REPORTS = "1 原表", "2 检查结果", "3 计算后的表", "4 报告草稿"
_MARKED, _COMPARED = "5 标注副本", "6 核对报告"
_PARTS = {
    _FORMS: "公开的自评表原样，错误也照原样保留。",
    _FINDINGS: "每张表错在哪个单元格、为什么、怎么改；用浏览器打开，可筛选、可打印。",
    _COMPUTED: "执行率、得分、合计已写成公式，其余内容一字未动。",
    _REPORTS: "Word 草稿，数字都取自表格，只有人能写的地方标着【待补充：…】。",
    _MARKED: "有问题的单元格标了颜色，“校验结果”表逐条列出，点一下就到；可在“说明”一列写理由。",
    _COMPARED: "公开的自评报告与自评表逐数核对，问题写成了 Word 批注；网页里是同样的内容。",
}
_SUMMARY = "先看这里.txt"


def run_demo(folder: Path, say: Callable[[str], None]) -> int:
    """Check, compute, report on and compare every sample, into `folder` (numbered where one of that name has files).

    `say` gets the closing summary. Returns the worst exit status of the outputs: 3 if one was not written, else 0;
    the samples' own errors are what the demo is to show and no failure. Raises OutputNotWritten where nothing can be
    written there.
    """
    try:
        return _run_into(_free_folder(folder), say)
    except OSError as error:
        raise not_written(folder, error) from error


def _free_folder(folder: Path) -> Path:
    """Return the folder itself where it is empty or not there, else one with a number."""
    empty = is_folder(folder) and not any(folder.iterdir())
    return folder if empty else free_name(folder)


def _run_into(target: Path, say: Callable[[str], None]) -> int:
    for name in _PARTS:
        (target / name).mkdir(parents=True, exist_ok=True)
    forms = _copied("*.xlsx", target / _FORMS)
    reports = _copied("*.docx", target / _COMPARED)
    done = _do_all(forms, target)
    compared = [_compare(report, forms) for report in reports]
    _progress(len(forms), len(forms), "完成")
    summary = overview(done, compared, target, _PARTS)
    (target / _SUMMARY).write_text(summary, encoding="utf-8-sig")
    say(summary)
    return 3 if any(one.made.problems for one in done) else 0


def _copied(pattern: str, folder: Path) -> list[Path]:
    samples = sorted(resource_folder("samples").glob(pattern))
    return [Path(shutil.copyfile(sample, folder / sample.name)) for sample in samples]


def _do_all(forms: Sequence[Path], target: Path) -> list[Done]:
    """As for the files of one call, which are checked together, but with a folder for each kind of output."""
    _progress(0, len(forms), "检查全部表格")
    found = check_files(forms)
    readable = {checked.path: checked.forms for checked in found}
    results: list[Done] = []
    for number, checked in enumerate(found):
        path = checked.path
        _progress(number, len(found), path.stem)
        made = make(
            path,
            checked.forms,
            computed=target / _COMPUTED / f"{path.stem}（已计算）.xlsx",
            report=target / _REPORTS / f"{path.stem}（自评报告）.docx",
            beside=beside_of(path, readable),
        )
        page = target / _FINDINGS / f"{path.stem}（检查结果）.html"
        page.write_text(as_html([checked], _now()), encoding="utf-8")
        annotate_checked(checked, target / _MARKED / annotated_name(path))
        results.append(Done(checked, made))
    return results


def _compare(report: Path, forms: Sequence[Path]) -> Compared:
    """Hold a report against the form whose name its own begins with; beside it go a page and a copy with comments."""
    compared = compare_files(report, next(form for form in forms if report.stem.startswith(form.stem)))
    report.with_suffix(".html").write_text(compared_as_html(compared, _now()), encoding="utf-8")
    comment_report(compared, report.with_stem(f"{report.stem}（批注）"))
    return compared


def _now() -> datetime:
    return datetime.now().astimezone()


def _progress(done_so_far: int, total: int, what: str) -> None:
    """Draw the progress bar on standard error; on something that is no screen, one line a step."""
    filled = round(20 * done_so_far / max(total, 1))
    line = f"[{'█' * filled}{'·' * (20 - filled)}] {done_so_far}/{total} {what}"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if done_so_far == total else ""))
    else:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"{line}\n".encode(encoding, "replace").decode(encoding))
    sys.stderr.flush()
