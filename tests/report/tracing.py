"""Where the numbers of a draft come from: a cell of the form, a recorded computation, or a parameter of law."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from perfxl.form.figures import figure
from perfxl.form.model import Entry, Form
from perfxl.form.shown import shown
from perfxl.report.facts import Facts
from perfxl.report.stated import Stated
from perfxl.rounding import round_half_up
from perfxl.workbook.grid import Sheet
from tests.report.drawn import numbers_in

FIXED = {"12", "31"}
"""Numbers of the genre itself: 截至2022年12月31日."""

_ADDRESS = re.compile(r"(?:[^\s()|+\-*/!]+!)?[A-Z]{1,3}\d+")
_OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def known_numbers(found: Facts, forms: Iterable[Form]) -> set[str]:
    """Every number that a draft on these facts may state."""
    known = {number for stated in found.stated() for number in numbers_in(stated.text)}
    for form in forms:
        known |= {number for entry in form.entries() for number in numbers_in(entry.text + shown(entry))}
        known |= {number for label in (*form.header, *form.footer) for number in numbers_in(label)}
    known |= {str(number) for number in found.counts} | set(numbers_in(found.title)) | FIXED
    known |= {str(sum(row.lost is not None for row in found.indicators))}
    if found.grade_scale is not None:
        known |= {f"{step.lowest:f}" for step in found.grade_scale.steps}
        known |= set(numbers_in(found.grade_scale.source.number))
    return known


def numbers_of_cells(sheets: Mapping[str, Sheet], first: Sheet) -> dict[str, Decimal]:
    """The one number of every cell that has one, by address; those of other sheets with the sheet's name."""
    held: dict[str, Decimal] = {}
    for name, sheet in sheets.items():
        for cell in sheet.cells.values():
            found = figure(Entry(cell.value, cell))
            value = found.value if found is not None else _figure_in(str(cell.value))
            if value is not None:
                held[f"{name}!{cell.address}"] = value
                if sheet is first:
                    held[cell.address] = value
    return held


def disagreeing(stated: Iterable[Stated], cells: Mapping[str, Decimal]) -> list[Stated]:
    """The statements whose recorded computation does not give the number that is printed."""
    return [one for one in stated if one.how and not _agrees(one, cells)]


def _agrees(stated: Stated, cells: Mapping[str, Decimal]) -> bool:
    computed = _computed(stated.how, cells)
    if computed is None:
        return False
    (printed,) = numbers_in(stated.text)
    digits = len(printed.partition(".")[2])
    percent = stated.text.endswith("%")
    # A ratio of cells may stand between 93.8% and a 70 whose per cent sign has a column of its own.
    scales = (Decimal(100), Decimal(1), Decimal(10000)) if percent else (Decimal(1),)
    # Trailing zeros are not printed: the number may have been rounded to two decimals.
    return any(
        round_half_up(computed * scale, step) == Decimal(printed)
        for scale in scales
        for step in {digits, 2, 4}
    )


def _computed(how: str, cells: Mapping[str, Decimal]) -> Decimal | None:
    absolute = how.startswith("|")
    text = how.strip("|")
    values: list[Decimal] = []

    def named(match: re.Match[str]) -> str:
        values.append(cells[match[0]])
        return f"v{len(values) - 1}"

    try:
        tree = ast.parse(_ADDRESS.sub(named, text), mode="eval").body
    except KeyError:
        return None
    result = _value(tree, values)
    return abs(result) if absolute else result


def _value(node: ast.expr, values: list[Decimal]) -> Decimal:
    if isinstance(node, ast.Name):
        return values[int(node.id[1:])]
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    assert isinstance(node, ast.BinOp)
    result: Decimal = _OPERATORS[type(node.op)](_value(node.left, values), _value(node.right, values))
    return result


def _figure_in(text: str) -> Decimal | None:
    """The first number of a cell that holds a condition or a label: ≥70% as 0.7."""
    found = re.search(r"(\d+(?:\.\d+)?)(%?)", text.replace(",", ""))
    return Decimal(found[1]) / (100 if found[2] else 1) if found is not None else None
