"""Whether a form can be made of a declaration: what is wrong is said here, and not by Excel."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from perfxl.form.model import FundSource
from perfxl.template.drawing import Drawn

if TYPE_CHECKING:
    from perfxl.template.declaration import Declaration

ROLES = frozenset(
    [
        "level1",
        "level2",
        "level3",
        "target",
        "operator",
        "unit",
        "actual",
        "weight",
        "score",
        "reason",
        "standard",
        "description",
        "direction",
    ]
)
LIST_ROLES = frozenset(["number", "name", "budget", "executed", "returned", "score", "goal", "actual"])
MEASURES = frozenset(["initial", "budget", "arrived", "executed", "rate", "weight", "score"])
NUMERIC = frozenset({"amount", "points", "score", "count"})
"""Types of entries that hold numbers."""
_MOST_ROWS = 500
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = "[]:*?/\\"


def checked(found: Declaration) -> Declaration:
    """Return the declaration; ValueError (Chinese) with the first thing that is wrong in it."""
    for fault in _faults(found):
        raise ValueError(fault)
    return found


def _faults(found: Declaration) -> Iterator[str]:
    yield from _sizes(found)
    yield from _columns(found)
    cells = [cell for drawing in (found.head, found.table, found.foot) for cell in drawing.cells if cell.name]
    for cell in cells:
        yield from _entry(found, cell)
    names = [cell.name for cell in cells]
    twice = {name for name in names if names.count(name) > 1 and "." in name}
    if twice:
        yield f"{'、'.join(sorted(twice))} 在表里出现了两次"
    unknown = found.kinds.keys() - set(names) - set(found.roles) - {"goal"}
    if unknown:
        yield f"fields 里的 {'、'.join(sorted(unknown))} 不是表里的格"


def _sizes(found: Declaration) -> Iterator[str]:
    width = len(found.widths)
    for name, drawing in (("head", found.head), ("table", found.table), ("foot", found.foot)):
        if drawing.rows and drawing.columns != width:
            yield f"{name} 有 {drawing.columns} 列，widths 有 {width} 列"
    if len(found.roles) != width or not found.table.rows:
        yield f"row 和 table 要有 {width} 列"
    if not all(0 < size <= 255 for size in found.widths):
        yield "widths 里的列宽要在 0 到 255 之间"
    if not 0 < len(found.rows) <= _MOST_ROWS:
        yield f"rows 要有 1 到 {_MOST_ROWS} 行"
    name = found.sheet
    if not 0 < len(name) <= _LONGEST_SHEET_NAME or any(sign in name for sign in _NOT_IN_SHEET_NAMES):
        yield f"工作表名“{name}”不能用"


def _columns(found: Declaration) -> Iterator[str]:
    known = LIST_ROLES if found.is_list else ROLES
    strange = set(found.roles) - known - {""}
    if strange:
        yield f"row 里的 {'、'.join(sorted(strange))} 不认识，可以写：{'、'.join(sorted(known))}"
    for what, roles in (("rows", {role for row in found.rows for role in row}), ("inputs", found.inputs)):
        unknown = roles - set(found.roles)
        if unknown:
            yield f"{what} 里的 {'、'.join(sorted(unknown))} 不是 row 里的列"


def _entry(found: Declaration, cell: Drawn) -> Iterator[str]:
    """What is wrong with the name of an entry, and with what stands in it from the start."""
    before, dot, after = cell.name.partition(".")
    if dot:
        sources = {source.value for source in FundSource}
        sound = (
            (before == "goal" and after in ("target", "actual"))
            or (before == "sum" and after in set(found.roles))
            or (before in sources and after in MEASURES)
        )
        if not sound:
            yield f"[{cell.name}] 这个名称不认识，可以用的见 docs/forms.md"
    if cell.given and found.kind(cell.name).type in NUMERIC:
        try:
            Decimal(cell.given)
        except InvalidOperation:
            yield f"[{cell.name}={cell.given}] 等号后面要写数字"
