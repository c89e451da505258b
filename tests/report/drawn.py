"""Forms for the tests of the report room, and the reading of a finished draft."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as Docx

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.report.drafts import draft
from perfxl.report.marks import without_marks
from perfxl.report.render import ReportResult
from perfxl.workbook.grid import Sheet
from tests.tables import workbook

NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HEADING_NUMBER = re.compile(r"^(?:\d+\. |（\d+）|[图表]\d+　)")

PROJECT = r"""
| 2023年度项目支出绩效自评表 | < | < | < | < | < | < | < |
| 项目名称 | 乡村道路养护 | < | < | < | < | < | < |
| 主管部门 | 县交通局 | < | < | 实施单位 | 养护中心 | < | < |
| 项目资金\n（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 150 | 146 | 131.24 | 10 | %89.89 | 8.99 |
| ^ | 其中：当年财政拨款 | 150 | 140 | 126 | — | | — |
| ^ | 其他资金 | | 6 | 5.24 | — | | — |
| 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < |
| ^ | 路面完好，出行安全。\n群众满意。 | < | < | 路面完好率提高。 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 养护里程 | ≥120公里 | 126公里 | 30 | 30 | |
| ^ | 质量指标 | 验收合格率 | ≥95% | 90% | 20 | 18.95 | 雨季长，加强排水 |
| 效益指标（40分） | 社会效益指标 | 出行条件 | 明显改善 | 明显改善 | 30 | 30 | |
| ^ | 满意度指标 | 群众满意度 | ≥90% | | 10 | 9 | |
| 总分 | < | < | < | < | 100 | 96.94 | |
"""
"""A form whose figures agree: 8.99 + 30 + 18.95 + 30 + 9 = 96.94. One actual value and one reason are blank."""


class Draft(NamedTuple):
    """A draft and what python-docx reads from it."""

    result: ReportResult
    document: Docx

    @property
    def paragraphs(self) -> list[str]:
        """The texts of the body's paragraphs, tables left out."""
        return [paragraph.text for paragraph in self.document.paragraphs]

    @property
    def body(self) -> list[str]:
        """The paragraphs before the annex, marks and the numbers of headings taken out."""
        end = next(number for number, text in enumerate(self.paragraphs) if text in ("附件", "附件1"))
        return [_HEADING_NUMBER.sub("", without_marks(text)) for text in self.paragraphs[:end]]


def only(drawing: str) -> tuple[Form, Sheet]:
    """Return the one form of a drawing, with its sheet."""
    book = workbook(drawing)
    (form,) = read_forms(book)
    return form, book.sheets[0]


def drafted(drawing: str, folder: Path, kind: str | None = None) -> Draft:
    """Draft the report on a drawn form into a folder and open it."""
    form, sheet = only(drawing)
    result = draft(form, sheet, folder / "报告.docx", kind)
    return Draft(result, Document(str(result.path)))


def numbers_in(text: str) -> list[str]:
    """Return the numbers written in a text, thousands separators taken out."""
    return NUMBER.findall(text.replace(",", ""))
