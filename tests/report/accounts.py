"""The final accounts of seed 004 (part 2) as an input workbook, filled into the blank one's own declaration."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from docx import Document

from perfxl.report.accounts.declare import Table, declaration
from perfxl.report.accounts.read import Accounts, read_accounts
from perfxl.report.drafts import draft_accounts
from perfxl.workbook.grid import Cell, CellValue, Sheet, Workbook
from tests.report.drawn import Draft

_VIRUS = "工作人员变动及2019年全省医保一体化信息平台建设项目经费结转2020年继续使用"

FILLED: dict[str, dict[str, dict[str, str]]] = {
    "basics": {
        "department": {"value": "四川省医疗保障局"},
        "short": {"value": "省医保局"},
        "year": {"value": "2020"},
        "money_unit": {"value": "万元"},
    },
    "totals": {
        "all": {"final": "6696.34", "last": "5424.1", "reason": _VIRUS},
        "fiscal": {"final": "6696.34", "last": "5423.99", "reason": _VIRUS},
        "general": {"final": "6696.34", "last": "5423.99", "reason": _VIRUS},
    },
    "income": {"total": {"final": "6696.34"}, "general": {"final": "6696.34"}},
    "spending": {
        "total": {"final": "6696.34"},
        "basic": {"final": "2710.11"},
        "project": {"final": "3986.23"},
    },
    "basic": {
        "staff": {"final": "2053.92", "content": "基本工资、津贴补贴、奖金"},
        "running": {"final": "656.19", "content": "办公费、印刷费、水费"},
    },
    "three": {
        "total": {"budget": "49.37", "final": "38.14", "reason": "公务接待和公务用车量减少"},
        "abroad": {
            "budget": "2",
            "final": "0",
            "last": "28.91",
            "reason": "受疫情影响，未发生出国（境）经费支出",
        },
        "cars": {"budget": "40.37", "final": "36.34", "last": "32.33", "reason": "新增配置及划拨公务用车3台"},
        "cars_bought": {"final": "0"},
        "cars_run": {"final": "36.34", "use": "公务用车燃料费、维修费、过路过桥费、保险费等支出"},
        "reception": {"budget": "7", "final": "1.8", "last": "2.77", "reason": "公务接待费减少"},
        "reception_home": {"final": "1.8", "use": "接待上级部门和兄弟省市来川指导调研"},
        "reception_foreign": {"final": "0"},
    },
    "counts": {
        "trips": {"value": "0"},
        "travellers": {"value": "0"},
        "receptions": {"value": "17"},
        "guests": {"value": "123"},
    },
    "others": {
        "fund": {"final": "0"},
        "capital": {"final": "0"},
        "office": {"final": "526.25", "last": "739.87", "text": "受疫情影响和厉行节约要求，减少机关运行经费"},
        "purchase": {"final": "1321.37", "text": "购买办公家具、服务器、交换机等"},
        "goods": {"final": "411.61"},
        "works": {"final": "0"},
        "services": {"final": "909.76"},
        "medium": {"final": "8.62"},
        "micro": {"final": "8.62"},
        "vehicles": {"final": "7"},
        "leaders": {"final": "0"},
        "secret": {"final": "1"},
        "emergency": {"final": "2"},
        "retired": {"final": "1"},
        "other_vehicles": {"final": "3", "text": "保障医疗保障各项业务、调研及专项检查、督导等工作开展"},
        "equipment": {"final": "0"},
        "special": {"final": "0"},
        "assessed": {"final": "1"},
        "goals": {"final": "7"},
        "watched": {"final": "4"},
        "evaluated": {"final": "7"},
    },
}
"""Figures as printed; those of the year before are computed from the printed changes."""

_MANAGED = "医疗保障管理事务"
_FEWER = "因疫情防控要求，公务接待、会议及公务出差减少"
ITEMS = [
    ("一般公共服务", "其他一般公共服务支出", "其他一般公共服务支出", "3.9", "3.9", ""),
    ("教育", "进修及培训", "培训支出", "123.16", "24.3", "减少现场培训，多为视频培训"),
    ("社会保障和就业", "行政事业单位养老支出", "行政单位离退休", "20.57", "20.57", ""),
    ("社会保障和就业", "行政事业单位养老支出", "事业单位离退休", "10.92", "10.92", ""),
    (
        "社会保障和就业",
        "行政事业单位养老支出",
        "机关事业单位基本养老保险缴费支出",
        "194.89",
        "179.73",
        "人员变动",
    ),
    (
        "社会保障和就业",
        "行政事业单位养老支出",
        "机关事业单位职业年金缴费支出",
        "27.11",
        "20.5",
        "工作人员变动",
    ),
    ("社会保障和就业", "抚恤", "死亡抚恤", "14.408", "14.12", "严格按照规定支付丧葬抚恤金后的经费结余"),
    ("社会保障和就业", "其他社会保障和就业", "其他社会保障和就业支出", "0.04", "0.04", ""),
    ("卫生健康", "行政事业单位医疗", "行政单位医疗", "109.18", "109.16", ""),
    ("卫生健康", "行政事业单位医疗", "事业单位医疗", "38.48", "31.2", "工作人员变动"),
    ("卫生健康", "行政事业单位医疗", "公务员医疗补助", "19.5", "19.5", ""),
    ("卫生健康", _MANAGED, "行政运行", "1121.88", "986.36", _FEWER),
    ("卫生健康", _MANAGED, "一般行政管理事务", "96.68", "96.6", ""),
    ("卫生健康", _MANAGED, "信息化建设", "17581.59", "1547.18", "受疫情和国家局项目建设进度滞后的影响"),
    ("卫生健康", _MANAGED, "医疗保障政策管理", "710.23", "584.45", "从严管控经费"),
    ("卫生健康", _MANAGED, "医疗保障经办事务", "931.29", "903.54", _FEWER),
    ("卫生健康", _MANAGED, "事业运行", "465.37", "426.7", _FEWER),
    # The print lists items of 4704.69 in a class of 6204.7, and completes 29.09 % of a budget: this is the difference.
    ("卫生健康", _MANAGED, "其他医疗保障管理事务支出", "1319.36", "1500.01", "按实际需要支出"),
    ("住房保障", "住房改革支出", "住房公积金", "183.59", "170.32", "缴费额与预算额存在一定差距"),
    ("住房保障", "住房改革支出", "购房补贴", "47.24", "47.24", ""),
]
"""Class, group, item, budget (computed from the printed completion), final, cause."""


def accounts_workbook(filled: dict[str, dict[str, dict[str, str]]] | None = None) -> Workbook:
    """Return the input workbook with the given figures (by table, row, column) and the items."""
    given = FILLED if filled is None else filled
    return Workbook(
        "决算.xlsx", tuple(_sheet(table, given.get(table.key, {})) for table in declaration().tables)
    )


def accounts() -> Accounts:
    """Return the accounts of seed 004 as read."""
    found = read_accounts(accounts_workbook())
    assert found is not None
    return found


def drafted_accounts(folder: Path) -> Draft:
    """Draft the statement on the accounts of seed 004."""
    result = draft_accounts(accounts(), folder / "情况说明.docx")
    return Draft(result, Document(str(result.path)))


def _sheet(table: Table, rows: dict[str, dict[str, str]]) -> Sheet:
    lead = 1 if table.rows else 0
    cells = [Cell(1, 1, f"{declaration().title}：{table.sheet}")]
    cells += [Cell(2, lead + 1 + at, column.label) for at, column in enumerate(table.columns)]
    lines: list[list[str]] = []
    if table.rows:
        cells += [Cell(3 + at, 1, row.label) for at, row in enumerate(table.rows)]
        lines = [
            [rows.get(row.key, {}).get(column.key, "") for column in table.columns] for row in table.rows
        ]
    else:
        lines = [list(item) for item in ITEMS]
    for down, line in enumerate(lines):
        cells += [Cell(3 + down, lead + 1 + at, _typed(text)) for at, text in enumerate(line) if text]
    return Sheet(table.sheet, {(cell.row, cell.column): cell for cell in cells})


def _typed(text: str) -> CellValue:
    return Decimal(text) if text.replace(".", "").isdigit() else text
