"""Forms that several units hand in, drawn and written to files."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from tests.tables import sheet

FORM = """
| 转移支付区域（项目）绩效目标自评表 | < | < | < | < | < |
| （{year}年度） | < | < | < | < | < |
| 转移支付（项目）名称 | < | {project} | < | < | < |
| 中央主管部门 | < | 丙部 | 地方主管部门 | 丁省丙厅 | < |
| 资金使用单位 | < | {unit} | < | < | < |
| 项目资金（{money}） | < | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A） | < |
| ^ | 年度资金总额 | {budget} | {executed} | {rate} | < |
| ^ | 其中：中央补助 | {budget} | {executed} | {rate} | < |
| ^ | 其他资金 | | | | < |
| 年度总体目标 | 目标 | < | 完成情况 | < | < |
| ^ | 实施医疗救助 | < | {unit}实施了医疗救助 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 产出指标 | 数量指标 | 救助人次 | {target} | {people} | |
| ^ | ^ | 重特大疾病救助占比 | ≥28% | {share} | |
| ^ | 质量指标 | 系统响应时间 | ≤60分钟 | {minutes} | |
| 效益指标 | 社会效益指标 | 群众就医负担 | 有效缓解 | {burden} | |
| 满意度指标 | 服务对象满意度指标 | 救助对象满意度 | ≥85% | {satisfied} | {reason} |
"""

USUAL = {
    "year": "2021",
    "project": "医疗救助补助资金",
    "unit": "甲县医保局",
    "money": "万元",
    "budget": "100",
    "executed": "90",
    "rate": "%90",
    "target": "≥100人次",
    "people": "120人次",
    "share": "%30",
    "minutes": "30分钟",
    "burden": "达成预期指标",
    "satisfied": "%93.8",
    "reason": "",
}

SECOND = {
    "unit": "乙县医保局",
    "budget": "300",
    "executed": "300",
    "rate": "%100",
    "target": "≥200人次",
    "people": "190人次",
    "share": "%20.5",
    "minutes": "50分钟",
    "satisfied": "%80",
    "reason": "宣传不够，下一步加强入户宣传",
}


def drawn(**entries: str) -> str:
    """Return the drawing of a unit's form, with the usual entries where none is given."""
    return FORM.format(**{**USUAL, **entries})


def write(path: Path, *drawings: str) -> Path:
    """Write drawings to the sheets 自评表, 自评表2, … of a new workbook; return its path."""
    with xlsxwriter.Workbook(str(path)) as book:
        for number, drawing in enumerate(drawings, start=1):
            drawing_sheet = sheet(drawing)
            made = book.add_worksheet("自评表" if number == 1 else f"自评表{number}")
            for merge in drawing_sheet.merges:
                made.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
            for (row, column), cell in drawing_sheet.cells.items():
                look = book.add_format({"num_format": cell.number_format})
                value = cell.value if isinstance(cell.value, str) else float(cell.value or 0)
                made.write(row - 1, column - 1, value, look)
    return path
