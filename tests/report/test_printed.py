"""The draft as another program prints it: a page is what an officer gets, not what the XML says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.report.drawn import PROJECT, drafted
from tests.report.test_draft import PARTS

MANY_ROWS = PROJECT.replace(
    "| 产出指标（50分） |",
    "| 产出指标（50分） | 数量指标 | 涵洞 | ≥1座 | 1座 | | | |\n"
    + "| ^ | ^ | 桥梁 | ≥1座 | 1座 | | | |\n" * 60
    + "| ^ |",
)


@pytest.mark.poppler
def test_pages_parts_and_repeated_heads(libreoffice: ModuleType, tmp_path: Path) -> None:
    drafted(MANY_ROWS, tmp_path)
    (pdf,) = libreoffice.to_pdf([tmp_path / "报告.docx"], tmp_path / "pdf")
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
    *pages, _ = printed.split("\f")
    report = [re.sub(r"\s", "", page) for page in pages]
    assert [part for part in PARTS if not any(part in page for page in report)] == []
    assert [page.endswith(f"—{number}—") for number, page in enumerate(report, start=1)] == [True] * len(
        report
    )
    annex = next(number for number, page in enumerate(report) if page.startswith("附件2023年度"))
    heads = [page.count("一级指标二级指标三级指标") for page in report[annex:]]
    assert len(heads) > 2
    assert set(heads[1:]) == {1}
