"""Build the sample workbooks and reports, their README and the list of expected findings.

    python -m samples.build [FOLDER]

Everything comes from the files beside this script: data/ (the transcribed tables and reports), full_texts.toml,
catalogue.toml, findings.toml. FOLDER (by default this one) receives the workbooks, the reports, README.md and
expected.json. Two builds give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from samples import readme, reports
from samples.canvas import BARE, TITLE, Canvas, write
from samples.layouts import LAYOUTS
from samples.layouts.table import Print, Shared
from samples.transcription import Transcription, load

HERE = Path(__file__).parent


def build(folder: Path) -> None:
    """Write every sample, README.md and expected.json into `folder`."""
    catalogue: dict[str, list[dict[str, Any]]] = tomllib.loads(_read("catalogue.toml"))
    samples = catalogue["sample"]
    findings: dict[str, dict[str, list[dict[str, Any]]]] = tomllib.loads(_read("findings.toml"))
    instructions: list[str] = tomllib.loads(_read("instructions.toml"))["paragraphs"]
    expected: dict[str, Any] = {}
    forms: dict[str, Transcription] = {}
    for sample in samples:
        form = load(sample["data"], sample["numbers"], sample["percents"])
        canvas = draw(form, sample)
        sheets = [canvas]
        if sample.get("instructions", False):
            sheets.append(_instruction_sheet(instructions))
        write(folder / sample["file"], sheets)
        forms[sample["id"]] = form
        expected[sample["file"]] = {
            key: [_located(finding, canvas) for finding in findings.get(sample["id"], {}).get(group, [])]
            for key, group in (("findings", "finding"), ("possible", "possible"))
        }
    for report in catalogue["report"]:
        lines = _read(f"data/{report['data']}").splitlines()
        (folder / report["file"]).write_bytes(reports.typeset(lines, report["title_lines"]))
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    text = readme.text(samples, catalogue["report"], forms, findings)
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def draw(form: Transcription, sample: dict[str, Any]) -> Canvas:
    """Return the drawn sheet of one entry of the catalogue."""
    as_printed = Print(
        labels=sample.get("labels", {}),
        blank_rows_after=frozenset(sample.get("blank_rows_after", [])),
        repeated_header_before=frozenset(sample.get("repeated_header_before", [])),
        shared=tuple(Shared(*item) for item in sample.get("shared", [])),
        trailing_rows=sample.get("trailing_rows", 0),
    )
    canvas = LAYOUTS[sample["layout"]](form, sample["sheet"], as_printed)
    canvas.hidden_rows.update(int(canvas.names[name][1:]) for name in sample.get("hidden_rows", []))
    return canvas


def _located(finding: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """Return a finding with cells in place of entries; "indicators.*.得分" is that column in every row."""
    cells: list[str] = []
    for entry in finding["at"]:
        if "*" in entry:
            pattern = re.compile(re.escape(entry).replace(r"\*", r"\d+"))
            cells += [cell for name, cell in canvas.names.items() if pattern.fullmatch(name)]
        else:
            cells.append(canvas.names[entry])
    return {
        "code": finding["code"],
        "sheet": canvas.title,
        "cell": cells[0],
        "cells": list(dict.fromkeys(cells)),
        "why": finding["why"],
    }


def _instruction_sheet(paragraphs: list[str]) -> Canvas:
    canvas = Canvas("填报说明", (90,))
    canvas.put(1, 1, "填报说明", TITLE)
    for row, paragraph in enumerate(paragraphs, start=2):
        canvas.put(row, 1, paragraph, BARE._replace(font="仿宋_GB2312", size=12))
    return canvas


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
