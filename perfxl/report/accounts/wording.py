"""The sentences of a final accounts statement, part by part, in the order of the published ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.report.accounts.figures import UNIT, Figures
from perfxl.report.accounts.read import Line
from perfxl.report.marks import missing
from perfxl.report.stated import Stated
from perfxl.rounding import round_half_up

_AS_PLANNED = Decimal("0.995")
"""A completion of the budget from which on a difference needs no explanation."""


class Part(NamedTuple):
    """One part of a whole, named: 基本支出."""

    name: str
    amount: Stated


class Item(NamedTuple):
    """One function (项级科目) of the general budget's spending."""

    kind: str
    group: str
    name: str
    budget: Stated | None
    final: Stated
    reason: str


class Statement:
    """The statement on one workbook: its sentences, and the parts that charts are drawn from."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        year = figures.year()
        self.year = year.text if year is not None else missing("决算年度")
        self.last = str(int(year.text) - 1) if year is not None else "上年"
        self.department = figures.text("basics", "department", "value") or missing("部门名称")
        self.short = figures.text("basics", "short", "value") or self.department
        self.items = self._items()

    def grown(self, row: str, what: str, *, spent: bool = False) -> str:
        """How a total changed against the year before, with its cause: 收、支总计."""
        now, before = self._figures.amount("totals", row), self._figures.amount("totals", row, "last")
        if now is None:
            return missing(f"{self.year}年度{what}的决算数和上年数")
        each = "" if spent else "各"
        opening = f"{self.year}年{'' if spent else '度'}{what}{now.text}。"
        if before is None:
            return opening + missing(f"{what}的上年决算数和变动原因")
        change = self._figures.change(now, before)
        if change.endswith("持平"):
            return f"{opening}与{self.last}年相比，{what}持平。"
        cause = self._cause("totals", row, f"{what}变动的主要原因")
        return f"{opening}与{self.last}年相比，{what}{each}{change}。主要变动原因是：{cause}。"

    def composed(self, table: str, opening: str, whole: str) -> str:
        """A whole with its parts and their shares: 本年收入合计."""
        total, parts = self.parts(table)
        if total is None:
            return missing(f"{self.year}年{whole}及其构成")
        listed = "；".join(
            f"{part.name}{part.amount.text}" + (f"，占{share.text}" if share is not None else "")
            for part in parts
            if (share := self._figures.share(part.amount, total)) is not None or part.amount.value
        )
        faulty = self._figures.unequal(total, [part.amount for part in parts], whole)
        return f"{opening}{total.text}{f'，其中：{listed}' if listed else ''}。{faulty}"

    def parts(self, table: str) -> tuple[Stated | None, list[Part]]:
        """The whole of a table and its parts that are not nought, as the table declares them."""
        from perfxl.report.accounts.declare import declaration

        rows = declaration().table(table).rows
        held = [(row, self._figures.amount(table, row.key)) for row in rows]
        parts = [
            Part(row.label, amount) for row, amount in held if row.key != "total" and amount and amount.value
        ]
        total = next((amount for row, amount in held if row.key == "total"), None)
        if total is None and parts:
            total = self._figures.total([part.amount for part in parts])
        return total, parts

    def general(self) -> str:
        """The general budget's spending against all spending, and against the year before."""
        now = self._figures.amount("totals", "general")
        whole, _ = self.parts("spending")
        if now is None:
            return missing("一般公共预算财政拨款支出的决算数和上年数")
        share = self._figures.share(now, whole) if whole is not None else None
        opening = f"{self.year}年一般公共预算财政拨款支出{now.text}"
        opening += f"，占本年支出合计的{share.text}。" if share is not None else "。"
        grown = self.grown("general", "一般公共预算财政拨款支出", spent=True)
        return opening + grown.partition("。")[2]

    def classes(self) -> list[Part]:
        """The general budget's spending by class (类), summed over its items."""
        by_class: dict[str, list[Stated]] = {}
        for item in self.items:
            by_class.setdefault(item.kind, []).append(item.final)
        return [Part(name, self._figures.total(amounts)) for name, amounts in by_class.items()]

    def structure(self) -> str:
        """What the general budget's money went into, class by class."""
        if not self.items:
            return missing("一般公共预算财政拨款支出按功能分类的构成")
        total = self._figures.total([item.final for item in self.items])
        listed = "；".join(
            f"{part.name}（类）支出{part.amount.text}"
            + (f"，占{share.text}" if (share := self._figures.share(part.amount, total)) is not None else "")
            for part in self.classes()
        )
        printed = self._figures.amount("totals", "general")
        faulty = self._figures.unequal(
            printed, [item.final for item in self.items], "一般公共预算财政拨款支出"
        )
        return f"{self.year}年一般公共预算财政拨款支出{total.text}，主要用于以下方面：{listed}。{faulty}"

    def completed(self) -> str:
        """How far the general budget's spending completed its budget."""
        budgets = [item.budget for item in self.items if item.budget is not None]
        if not self.items or len(budgets) < len(self.items):
            return missing("一般公共预算支出决算数及完成预算的比例")
        final, budget = self._figures.total([item.final for item in self.items]), self._figures.total(budgets)
        rate = self._figures.share(final, budget)
        done = f"，完成预算{rate.text}" if rate is not None else ""
        return f"{self.year}年一般公共预算支出决算数为{final.text}{done}。其中："

    def each_item(self) -> list[str]:
        """A paragraph for each item; the classes are numbered."""
        lines, number, kind = [], 0, ""
        for item in self.items:
            number, lead = (number, "") if item.kind == kind else (number + 1, f"{number + 1}. ")
            kind = item.kind
            name = f"{item.kind}（类）{item.group}（款）{item.name}（项）"
            lines.append(f"{lead}{name}：支出决算为{item.final.text}{self._against_budget(item, name)}。")
        return lines

    def _against_budget(self, item: Item, name: str) -> str:
        if item.budget is None or not item.budget.value or item.final.value is None:
            return f"，{item.reason}" if item.reason else ""
        rate = self._figures.share(item.final, item.budget)
        text = f"，完成预算{rate.text}" if rate is not None else ""
        if item.final.value == item.budget.value:
            return f"{text}，决算数与预算数持平"
        way = "小于" if item.final.value < item.budget.value else "大于"
        if item.reason:
            return f"{text}，决算数{way}预算数的主要原因是：{item.reason}"
        if _AS_PLANNED <= item.final.value / item.budget.value <= 2 - _AS_PLANNED:
            return text
        return f"{text}，决算数{way}预算数的主要原因是：{missing(f'{name}{way}预算的原因')}"

    def basic(self) -> list[str]:
        """The basic spending: staff and running costs, and what they were for."""
        staff, running = self._figures.amount("basic", "staff"), self._figures.amount("basic", "running")
        if staff is None or running is None:
            return [missing("一般公共预算财政拨款基本支出及人员经费、公用经费")]
        total = self._figures.total([staff, running])
        printed = self._figures.amount("spending", "basic")
        faulty = self._figures.unequal(printed, [staff, running], "基本支出")
        contents = [
            self._figures.text("basic", row, "content") or missing(f"{name}包括的经济科目")
            for row, name in (("staff", "人员经费"), ("running", "公用经费"))
        ]
        return [
            f"{self.year}年一般公共预算财政拨款基本支出{total.text}，其中：人员经费{staff.text}，主要包括：{contents[0]}。",
            f"公用经费{running.text}，主要包括：{contents[1]}。{faulty}",
        ]

    def plain_total(self, row: str, what: str) -> str:
        """Spending of a budget that is often nought: 政府性基金预算."""
        amount = self._figures.amount("others", row)
        return f"{self.year}年{what}财政拨款支出{amount.text if amount is not None else missing(f'{what}支出')}。"

    def _items(self) -> list[Item]:
        items, kind, group = [], "", ""
        for line in self._figures.accounts.lists.get("items", ()):
            final = self._figures.amount_of("items", line.entries.get("final"))
            kind, group = _bare(line, "class") or kind, _bare(line, "group") or group
            if final is None:
                continue
            budget = self._figures.amount_of("items", line.entries.get("budget"))
            reason = line.entries["reason"].text.rstrip("。；") if "reason" in line.entries else ""
            items.append(
                Item(kind, group, _bare(line, "item") or group, budget, final, " ".join(reason.split()))
            )
        return items

    def _cause(self, table: str, row: str, what: str) -> str:
        return self._figures.text(table, row, "reason") or missing(what)


def _bare(line: Line, column: str) -> str:
    """A class's name without the word that says so: 教育支出（类） -> 教育."""
    entry = line.entries.get(column)
    text = "".join(entry.text.split()) if entry is not None else ""
    for word in ("（类）", "（款）", "（项）", "(类)", "(款)", "(项)"):
        text = text.removesuffix(word)
    return text


def amounts(parts: Sequence[Part]) -> tuple[Decimal, ...]:
    """The amounts of parts, for a chart, as the sentences say them."""
    return tuple(round_half_up(part.amount.value, 2) for part in parts if part.amount.value is not None)


CHART_UNIT = f"（单位：{UNIT}）"
