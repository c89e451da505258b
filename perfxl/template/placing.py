"""Whether a form has a place for what it is to be filled with; and totals, which most forms compute themselves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.model import FundSource
from perfxl.template.declaration import Declaration
from perfxl.template.filling import Given

_MEASURES = {"initial": "年初预算数", "budget": "预算数", "executed": "执行数"}
_SOURCES = {
    FundSource.TOTAL: "资金总额",
    FundSource.CENTRAL: "中央资金",
    FundSource.PROVINCIAL: "省级资金",
    FundSource.MUNICIPAL: "市级资金",
    FundSource.COUNTY: "县级资金",
    FundSource.LOCAL: "地方资金",
    FundSource.FISCAL: "财政拨款",
    FundSource.CARRYOVER: "上年结转",
    FundSource.OTHER: "其他资金",
    FundSource.UNKNOWN: "未写明来源的资金",
}


def placed(
    declaration: Declaration, entries: Mapping[str, Given]
) -> tuple[Mapping[str, Given], tuple[str, ...]]:
    """Return the entries that a form has a place for, and what is left out, in words (Chinese).

    A total that its parts add up to is left to the form's formula. Where a part has no place, the total is given, so
    that no money is lost from it.
    """
    drawings = (declaration.head, declaration.table, declaration.foot)
    names = {cell.name for drawing in drawings for cell in drawing.cells if cell.name}
    kept = {name: value for name, value in entries.items() if name in names}
    left_out = [_words(name, value) for name, value in entries.items() if name not in names]
    for measure in _MEASURES:
        _settle_total(f"total.{measure}", entries, kept, names)
    return kept, tuple(left_out)


def _settle_total(total: str, entries: Mapping[str, Given], kept: dict[str, Given], names: set[str]) -> None:
    ending = total.removeprefix("total")
    parts = {
        name: value.value
        for name, value in entries.items()
        if name.endswith(ending) and name != total and isinstance(value.value, Decimal)
    }
    fitting = sum((value for name, value in parts.items() if name in names), Decimal(0))
    if total in kept:
        if parts.keys() & names and fitting == kept[total].value:
            del kept[total]
    elif parts.keys() - names and total in names:
        kept[total] = Given(sum(parts.values(), Decimal(0)))


def _words(name: str, value: Given) -> str:
    source, dot, measure = name.partition(".")
    shown = plain(value.value) if isinstance(value.value, Decimal) else str(value.value)
    if not dot or measure not in _MEASURES:
        return f"“{shown[:20]}”"
    return f"{_SOURCES[FundSource(source)]}{_MEASURES[measure]} {shown}"
