"""`perfxl demo`: the main job on the bundled samples, start to end, into one folder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from perfxl.output.checked_html import as_html
from perfxl.output.overview import overview
from perfxl.resources import resource_folder
from perfxl.work.annotate import annotate_checked, annotated_name
from perfxl.work.everything import Done, do_all
from perfxl.work.names import free_name

_FORMS, _FINDINGS, _COMPUTED, _REPORTS = "1 原表", "2 检查结果", "3 计算后的表", "4 报告草稿"
_MARKED = "5 标注副本"
_SUMMARY = "先看这里.txt"


def run_demo(folder: Path, say: Callable[[str], None]) -> int:
    """Check, compute and report on every sample, into `folder` (numbered where one of that name has files already).

    `say` gets the closing summary. Returns the worst exit status of the outputs: 3 if one was not written, else 0;
    the samples' own errors are what the demo is to show and no failure.
    """
    samples = sorted(resource_folder("samples").glob("*.xlsx"))
    target = folder if not folder.exists() or not any(folder.iterdir()) else free_name(folder)
    for name in (_FORMS, _FINDINGS, _COMPUTED, _REPORTS, _MARKED):
        (target / name).mkdir(parents=True, exist_ok=True)
    results: list[Done] = []
    for number, sample in enumerate(samples, start=1):
        _progress(number - 1, len(samples), sample.stem)
        form = target / _FORMS / sample.name
        shutil.copyfile(sample, form)
        result = do_all(
            form,
            computed=target / _COMPUTED / f"{sample.stem}（已计算）.xlsx",
            report=target / _REPORTS / f"{sample.stem}（自评报告）.docx",
            beside=[other for other in samples if other != sample],
        )
        findings = target / _FINDINGS / f"{sample.stem}（检查结果）.html"
        findings.write_text(as_html([result.checked], datetime.now().astimezone()), encoding="utf-8")
        annotate_checked(result.checked, target / _MARKED / annotated_name(sample))
        results.append(result)
    _progress(len(samples), len(samples), "完成")
    summary = overview(results, target, (_FORMS, _FINDINGS, _COMPUTED, _REPORTS, _MARKED))
    (target / _SUMMARY).write_text(summary, encoding="utf-8-sig")
    say(summary)
    return 3 if any(result.problems for result in results) else 0


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
