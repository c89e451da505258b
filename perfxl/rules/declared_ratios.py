"""Ratios that departments report by name and definition: 结转结余率, 预算调整率.

Their definitions are those that the forms themselves print beside the indicators. A ratio that some sensible choice
of the amounts at hand gives is in order; one that none gives is doubted, never proven wrong: exceptions are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.outline import Said
from perfxl.narrative.relations import Kind, Relation
from perfxl.rounding import round_half_up
from perfxl.rules.held import Held
from perfxl.rules.known import money

_TOTAL = re.compile(r"(?:总计|收入合计|支出预算合计)(?:为|共)?$")
_DECIMALS = 2


class _Declared(NamedTuple):
    """A ratio: how it is called, and its possible values from amounts given, spent, and planned at first."""

    name: str
    words: re.Pattern[str]
    shown: str
    values: Callable[[Sequence[Decimal], Sequence[Decimal], Sequence[Decimal]], Iterator[Decimal]]


def _carried_over(
    given: Sequence[Decimal], spent: Sequence[Decimal], planned: Sequence[Decimal]
) -> Iterator[Decimal]:
    """结转结余率 = 结转结余 / 支出预算（含上年结转）."""
    for whole, part in product(given, spent):
        if 0 <= part <= whole:
            for base in (whole, *planned):
                yield (whole - part) / base


def _adjusted(
    given: Sequence[Decimal], spent: Sequence[Decimal], planned: Sequence[Decimal]
) -> Iterator[Decimal]:
    """预算调整率 = (调整预算 - 年初预算) / 年初预算."""
    for whole, first in product(given, planned):
        yield (whole - first) / first


_RATIOS = (
    _Declared(
        "结转结余率",
        re.compile("结转结余率|结余结转率|结转率|结余率"),
        "（预算数−支出数）÷预算数",
        _carried_over,
    ),
    _Declared(
        "预算调整率",
        re.compile("预算调整率|调整数与年初预算数的比率"),
        "（调整后预算数−年初预算数）÷年初预算数",
        _adjusted,
    ),
)


def declared_relations(held: Held) -> Iterator[Relation]:
    """Yield every ratio that the report states by one of the names, and whether its amounts can give it."""
    given, spent, planned = _amounts(held)
    for said in held.section.said:
        for ratio in _RATIOS:
            figure = _stated(said, ratio)
            if figure is None:
                continue
            values = list(ratio.values(given, spent, planned))
            claimed = figure if figure.percent else figure._replace(decimals=max(figure.decimals, _DECIMALS))
            if not values:
                continue
            if any(agree(claimed, reading) for value in values for reading in (value, abs(value))):
                yield Relation(Kind.DECLARED, (figure,), True)
                continue
            expected = f"{plain(round_half_up(values[0] * 100, max(figure.decimals, _DECIMALS)))}%"
            computed = f"{ratio.name}＝{ratio.shown}，按报告和自评表的金额应为 {expected}"
            words = f"{computed}，所写的是 {figure}；属规定的除外情形的，请说明"
            yield Relation(Kind.DECLARED, (figure,), False, expected, words, proven=False)


def _stated(said: Said, ratio: _Declared) -> Figure | None:
    """The figure that a sentence gives for a ratio: behind its name, or alone under a heading that is its name."""
    for figure in said.figures:
        if not (figure.percent or (figure.unit.bare and figure.value == 0)) or not figure.exact:
            continue
        if ratio.words.search(figure.lead[-24:]):
            return figure
        if ratio.words.search(said.under) and re.search(r"(?:比率|率)(?:为|是)?$", figure.lead):
            return figure
    return None


def _amounts(held: Held) -> tuple[list[Decimal], list[Decimal], list[Decimal]]:
    """What was given for the year, spent, and planned at first, by the report and its form; without noughts."""
    own = [statement for statement in held.book.statements if statement.own and statement.figure.exact]
    given = [s.figure.base for s in own if s.aspect == "budget"]
    given += [f.base for f in held.section.figures if f.money and f.exact and _TOTAL.search(f.lead)]
    spent = [s.figure.base for s in own if s.aspect == "executed"]
    planned = [s.figure.base for s in own if s.aspect in ("planned", "initial")]
    if held.form is not None:
        given = [*(known.value for known in money(held.form, "", "budget")), *given]
        spent = [*(known.value for known in money(held.form, "", "executed")), *spent]
        if held.form.total_fund is not None and held.form.total_fund.initial is not None:
            planned += [known.value for known in money(held.form, "", "initial")[:1]]
    return tuple(
        [amount for amount in dict.fromkeys(amounts) if amount > 0] for amounts in (given, spent, planned)
    )  # type: ignore[return-value]
