"""What a report on a form draws: charts and small tables, where they say more than the sentence beside them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.report.chart import Chart, Series
from perfxl.report.facts import Facts
from perfxl.report.markup import Box
from perfxl.report.stated import Stated
from perfxl.rounding import round_half_up

_FEWEST_GROUPS = 3
_FEWEST_INDICATORS = 6
_LONGEST_NAME = 12


class Table(NamedTuple):
    """A small table with its caption: boxes, the columns' shares of the width, and how many rows are its head."""

    caption: str
    boxes: tuple[Box, ...]
    shares: tuple[int, ...]
    heads: int = 1


Drawing = Chart | Table


def drawings(facts: Facts) -> Mapping[str, Drawing]:
    """Return what is worth drawing, by the name of its place in a template."""
    found = {
        "资金图": _funds(facts),
        "得分图": _scores(facts),
        "完成图": _attainment(facts),
        "得分表": _score_table(facts),
    }
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def short_label(name: str) -> str:
    """A name short enough for an axis."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _funds(facts: Facts) -> Chart | None:
    """Budget and spending, the whole and each source: two sources at least, or the total repeats itself."""
    rows = [row for row in facts.sources if _number(row.budget or row.initial) is not None]
    whole = facts.total_fund
    if whole is None or len(rows) < 2:
        return None
    shown = [whole, *rows]
    budgets = [_number(row.budget) or _number(row.initial) or Decimal(0) for row in shown]
    spent = [_number(row.executed) or Decimal(0) for row in shown]
    units = {
        _unit(stated) for row in shown for stated in (row.budget, row.executed) if _number(stated) is not None
    }
    if len(units) != 1:
        return None
    return Chart(
        "bar",
        f"各项资金预算与执行情况（单位：{units.pop()}）",
        tuple(short_label(row.label.text) for row in shown),
        (Series("预算数", tuple(budgets)), Series("执行数", tuple(spent))),
    )


def _scores(facts: Facts) -> Chart | None:
    row = facts.total_fund
    parts: list[tuple[str, Stated | None, Stated | None]] = []
    if row is not None and row.score is not None:
        parts.append(("预算执行", row.weight, row.score))
    parts += [(group.name, group.weight, group.score) for group in facts.groups]
    weights = [_number(weight) for _, weight, _ in parts]
    scores = [_number(score) for _, _, score in parts]
    if len(parts) < _FEWEST_GROUPS or None in (*weights, *scores) or not all(name for name, *_ in parts):
        return None
    return Chart(
        "bar",
        "各部分分值与得分情况（单位：分）",
        tuple(short_label(name) for name, *_ in parts),
        (
            Series("分值", tuple(value for value in weights if value is not None)),
            Series("得分", tuple(value for value in scores if value is not None)),
        ),
    )


def _attainment(facts: Facts) -> Chart | None:
    """Met, missed and undecided; not where nearly nothing was decided by the cells."""
    counts = facts.counts
    named = [
        ("达到指标值", counts.met),
        ("未达到指标值", counts.missed),
        ("定性或不能直接比较", counts.undecided),
    ]
    kept = [(name, Decimal(number)) for name, number in named if number]
    if counts.level3 < _FEWEST_INDICATORS or len(kept) < 2 or counts.met + counts.missed < counts.undecided:
        return None
    return Chart(
        "pie",
        "三级指标完成情况（单位：项）",
        tuple(name for name, _ in kept),
        (Series("项数", tuple(number for _, number in kept)),),
    )


def _score_table(facts: Facts) -> Table | None:
    heads = ("一级指标", "二级指标", "分值", "得分", "得分率")
    boxes = [Box(0, column, 1, 1, text) for column, text in enumerate(heads)]
    line = 1
    row = facts.total_fund
    if row is not None and _number(row.score) is not None and _number(row.weight) is not None:
        boxes += [Box(line, 0, 1, 2, "预算执行"), *_figures(line, row.weight, row.score)]
        line += 1
    for group in facts.groups:
        named = [part for part in group.parts if part.name]
        if _number(group.weight) is None or _number(group.score) is None or not named:
            return None
        boxes.append(Box(line, 0, len(named), 1, group.name))
        for part in named:
            boxes += [Box(line, 1, 1, 1, part.name), *_figures(line, part.weight, part.score)]
            line += 1
    if facts.weight is None or facts.score is None or line < _FEWEST_GROUPS:
        return None
    boxes += [Box(line, 0, 1, 2, "合计"), *_figures(line, facts.weight, facts.score)]
    return Table("自评得分情况", tuple(boxes), (24, 32, 14, 14, 16))


def _figures(line: int, weight: Stated | None, score: Stated | None) -> list[Box]:
    full, got = _number(weight), _number(score)
    share = f"{plain(round_half_up(got / full * 100, 2))}%" if full and got is not None else "—"
    texts = (plain(full) if full is not None else "—", plain(got) if got is not None else "—", share)
    return [Box(line, column, 1, 1, text) for column, text in enumerate(texts, start=2)]


def _number(stated: Stated | None) -> Decimal | None:
    return stated.value if stated is not None else None


def _unit(stated: Stated | None) -> str:
    return stated.text.lstrip("0123456789.-") if stated is not None else ""
