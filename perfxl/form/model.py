"""A self-evaluation form (绩效自评表) as read: immutable, every value with the cell it stands in.

`None` in place of an `Entry` says that the form has no such column or field at all;
an `Entry` without a value says that the cell is there and blank. Rules depend on the
difference: nothing is demanded that a form does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from perfxl.workbook.grid import Area, Cell, CellValue


class Kind(StrEnum):
    """What a form is. The values are those of the contract's JSON."""

    PROJECT = "project"  # 项目支出绩效自评表
    TRANSFER = "transfer"  # 转移支付区域（项目）绩效目标自评表
    DEPARTMENT = "department"  # 部门整体支出绩效自评表
    SCORESHEET = "scoresheet"  # 自评打分表, a scoring standard for each row
    PROJECT_LIST = "project_list"  # 分项绩效项目清单
    UNKNOWN = "unknown"


class FundSource(StrEnum):
    """Where a fund row's money comes from (资金来源)."""

    TOTAL = "total"  # 年度资金总额
    CENTRAL = "central"  # 中央补助
    PROVINCIAL = "provincial"  # 省级资金
    MUNICIPAL = "municipal"  # 市级资金
    COUNTY = "county"  # 县（区）级资金
    LOCAL = "local"  # 地方资金
    FISCAL = "fiscal"  # 财政拨款
    CARRYOVER = "carryover"  # 上年结转资金
    OTHER = "other"  # 其他资金
    UNKNOWN = "unknown"


class _EntryContent(NamedTuple):
    value: CellValue
    cell: Cell


class Entry(_EntryContent):
    """One value and its cell. `value` is what was typed; of a cell that holds "标签：值", the part after the colon."""

    # Every rule asks every entry for these two.

    @cached_property
    def address(self) -> str:
        """The A1 address of the cell; of a merged range, its top-left cell."""
        return self.cell.address

    @cached_property
    def text(self) -> str:
        """The value as text without white space at its ends; "" when blank."""
        if self.value is None:
            return ""
        return str(self.value).strip()

    @property
    def blank(self) -> bool:
        """Whether the cell shows nothing: no text but white space, no formula but one whose result is an empty text."""
        return not self.text and (self.cell.formula is None or self.cell.value is not None)


def distinct(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """The entries without the absent ones and without a merged cell's repetitions, in order."""
    return tuple({entry.address: entry for entry in entries if entry is not None}.values())


class Column(NamedTuple):
    """The head of a table column: its role, its label as printed (white space removed), and the label's cell."""

    role: str
    label: str
    cell: Cell


class FundRow(NamedTuple):
    """One row of the fund table (项目资金). Amounts are in the form's money unit, rate and weight as printed."""

    label: Entry
    source: FundSource
    initial: Entry | None = None  # 年初预算数
    budget: Entry | None = None  # 全年（调整）预算数 A
    arrived: Entry | None = None  # 资金到位数
    executed: Entry | None = None  # 全年执行数 B
    rate: Entry | None = None  # 执行率 B/A
    weight: Entry | None = None  # 分值
    score: Entry | None = None  # 得分

    @property
    def subject(self) -> str:
        """The row's label in one line, for messages; without the colon that some forms print behind it."""
        return one_line(self.label.text).rstrip(":：")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the row that the form has, the label left out."""
        mine = (self.initial, self.budget, self.arrived, self.executed, self.rate, self.weight, self.score)
        return tuple(entry for entry in mine if entry is not None)


class Goals(NamedTuple):
    """The yearly goal (年度总体目标) and what became of it (实际完成情况)."""

    target: Entry | None = None
    actual: Entry | None = None


NO_GOALS = Goals()


class _IndicatorContent(NamedTuple):
    row: int
    level1: Entry | None = None  # 一级指标
    level2: Entry | None = None  # 二级指标
    level3: Entry | None = None  # 三级指标
    target: Entry | None = None  # 年度指标值
    actual: Entry | None = None  # 实际完成值
    weight: Entry | None = None  # 分值
    score: Entry | None = None  # 得分
    reason: Entry | None = None  # 偏差原因分析及改进措施
    standard: Entry | None = None  # 评分标准
    operator: Entry | None = None  # 指标性质 / 符号
    unit: Entry | None = None  # 度量单位
    description: Entry | None = None  # 指标说明
    completion: Entry | None = None  # 完成率 / 完成情况
    weighted_score: Entry | None = None  # 折算得分
    direction: Entry | None = None  # 指标方向 (正向 / 反向), beside a column of operators


class Indicator(_IndicatorContent):
    """One row of the indicator table. `row` is the sheet row; levels are carried down through their group."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the row that the form has, its levels included."""
        return _entries_of(self)

    @cached_property
    def subject(self) -> str:
        """The row's own label: its third-level name, else the nearest level above it, in one line."""
        for level in (self.level3, self.level2, self.level1):
            if level is not None and level.text:
                return one_line(level.text)
        return ""


class Total(NamedTuple):
    """The total row (总分 / 合计). The amounts are those of a project list."""

    label: Entry
    weight: Entry | None = None
    score: Entry | None = None
    grade: Entry | None = None
    weighted_score: Entry | None = None
    budget: Entry | None = None
    executed: Entry | None = None
    returned: Entry | None = None


class Subtotal(NamedTuple):
    """A row inside the indicator table that sums up a group of its rows (小计), or the group's caption above them."""

    label: Entry
    weight: Entry | None = None
    score: Entry | None = None
    leads: bool = False
    """Whether it stands above its group."""


class Origin(NamedTuple):
    """The declared form that a sheet was made from, by its id, and the version that it had then."""

    form: str
    version: int


class Project(NamedTuple):
    """One row of a project list (分项绩效项目清单). Amounts in the form's money unit."""

    row: int
    number: Entry | None = None  # 序号
    name: Entry | None = None  # 项目名称
    budget: Entry | None = None  # 预算数
    executed: Entry | None = None  # 执行数
    returned: Entry | None = None  # 结余交回财政数
    score: Entry | None = None  # 自评得分
    goal: Entry | None = None  # 绩效目标
    actual: Entry | None = None  # 完成情况

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the row that the form has."""
        return _entries_of(self)


_NONE: Mapping[str, Any] = MappingProxyType({})


class _FormContent(NamedTuple):
    sheet: str
    kind: Kind
    title: Entry | None
    year: int | None
    area: Area
    header: Mapping[str, Entry] = _NONE
    funds: tuple[FundRow, ...] = ()
    goals: Goals = NO_GOALS
    indicators: tuple[Indicator, ...] = ()
    total: Total | None = None
    footer: Mapping[str, Entry] = _NONE
    projects: tuple[Project, ...] = ()
    fund_columns: Mapping[str, Column] = _NONE
    indicator_columns: Mapping[str, Column] = _NONE
    money_unit: str | None = None
    roles: Mapping[str, Entry] = _NONE
    """Header and footer fields by what they are, whatever their label: "project_name" 项目名称, "department"
    主管部门, "unit" 实施单位, "self_score" 自评得分, "grade" 自评等级."""
    subtotals: tuple[Subtotal, ...] = ()
    year_line: Entry | None = None
    """The line under the title that holds the year alone: （2022年度）."""
    origin: Origin | None = None
    """What the sheet says it was made from; None where it says nothing."""


class Form(_FormContent):
    """One form of a workbook; equal only to itself, so that what follows from it can be remembered.

    `money_unit` is "万元", "元" … as the form prints it, or None where it prints none.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    @property
    def total_fund(self) -> FundRow | None:
        """The row of the whole year's money (年度资金总额), or None.

        A table of one row (财政资金) has no other money.
        """
        total = next((row for row in self.funds if row.source is FundSource.TOTAL), None)
        return self.funds[0] if total is None and len(self.funds) == 1 else total

    def entries(self) -> Iterator[Entry]:
        """Every entry a person fills: header, funds, goals, indicators, total, projects, footer."""
        yield from self.header.values()
        for fund in self.funds:
            yield from fund.entries
        yield from (goal for goal in (self.goals.target, self.goals.actual) if goal is not None)
        for indicator in self.indicators:
            yield from indicator.entries
        for subtotal in self.subtotals:
            yield from (entry for entry in (subtotal.weight, subtotal.score) if entry is not None)
        for project in self.projects:
            yield from project.entries
        if self.total is not None:
            for value in (self.total.weight, self.total.score, self.total.grade):
                if value is not None:
                    yield value
        yield from self.footer.values()


def _entries_of(row: Indicator | Project) -> tuple[Entry, ...]:
    return tuple(value for value in row if isinstance(value, Entry))


def one_line(text: str) -> str:
    """Return a label without line breaks and the blanks that print set-up put into it."""
    return "".join(text.split())
