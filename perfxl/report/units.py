"""The units behind a roll-up: the sheet that lists them, found by what its head says, one unit a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry
from perfxl.workbook.grid import Sheet, Workbook

_HEADS: Mapping[str, str] = {
    "name": r"(填报|实施|资金使用|所属|汇总|预算)?(单位|部门|地区|区县|市州)(名称)?",
    "budget": r"(全年|调整后?|年度)?预算(数|额|金额|资金)?",
    "executed": r"(全年|实际)?(执行|支出)(数|额|金额)?",
    "score": r"(自评)?(总)?(得分|评分|总分)",
    "grade": r"(自评|评价)?(等级|等次)",
    "counted": r"汇总(说明|情况)",
    "project": r"(所报|填报|自评)?项目(名称)?",
    "year": r"(预算|所属)?年度",
}
"""Labels of the columns, without brackets and the letters A and B."""
_BESIDE = re.compile(r"\(.*?\)|[AB]$")
_COUNTED = "已计入"
"""What a roll-up says of a form that it counts; any other remark says why it does not."""
_NEEDED = frozenset({"name", "budget", "executed"})
_DEEPEST = 12
_TOTALS = re.compile(r"(合|总|小)计|汇总|全(省|市|县|区)")
_UNIT = re.compile(r"[（(](?:单位[:：])?(\S{0,2}元)[)）]|单位[:：](\S{0,2}元)")


class Unit(NamedTuple):
    """One unit of a roll-up. Amounts in the sheet's money unit, the score in points; None where there is none.

    `project` and `year` say what its form is about, "" where the sheet does not.
    """

    name: str
    budget: Decimal | None
    executed: Decimal | None
    score: Decimal | None = None
    grade: str = ""
    project: str = ""
    year: str = ""

    @property
    def rate(self) -> Decimal | None:
        """Executed over budget."""
        if self.budget is None or self.executed is None or self.budget <= 0:
            return None
        return self.executed / self.budget


class Units(NamedTuple):
    """The units in order, the sheet they stand in, and the unit of its amounts ("" where it prints none)."""

    rows: tuple[Unit, ...]
    sheet: str = ""
    money_unit: str = ""

    def of(self, project: str, year: int | None) -> Units:
        """The units of one regional form, of its project and year; all where the sheet does not tell them apart."""
        wanted = squeeze(project)
        own = tuple(
            unit
            for unit in self.rows
            if squeeze(unit.project) == wanted and (year is None or unit.year in ("", str(year)))
        )
        return self._replace(rows=own) if own and wanted else self


def read_units(workbook: Workbook) -> Units:
    """Return the units that a roll-up's workbook lists; no rows where no sheet does."""
    for sheet in workbook.sheets:
        for row in range(1, min(sheet.extent.bottom, _DEEPEST) + 1):
            columns = _columns(sheet, row)
            if columns.keys() >= _NEEDED:
                rows = tuple(_rows(sheet, row + 1, columns))
                if len(rows) > 1:
                    return Units(rows, sheet.name, _money_unit(sheet, row))
    return Units(())


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, sheet.extent.right + 1):
        cell = sheet.cells.get((row, column))
        label = squeeze(str(cell.value)) if cell is not None and isinstance(cell.value, str) else ""
        bare = _BESIDE.sub("", _BESIDE.sub("", label))
        role = next((role for role, pattern in _HEADS.items() if bare and re.fullmatch(pattern, bare)), None)
        if role is not None and role not in found:
            found[role] = column
    return found


def _rows(sheet: Sheet, first: int, columns: Mapping[str, int]) -> Iterable[Unit]:
    for row in range(first, sheet.extent.bottom + 1):
        cells = {role: sheet.at(row, column) for role, column in columns.items()}
        entries = {role: Entry(cell.value, cell) for role, cell in cells.items()}
        name = entries["name"].text
        counted = entries["counted"].text if "counted" in entries else _COUNTED
        if not name or _TOTALS.search(name) or counted != _COUNTED:
            continue
        amounts = {
            role: held.value
            for role in ("budget", "executed", "score")
            if (held := figure(entries.get(role)))
        }
        if "budget" not in amounts and "executed" not in amounts:
            continue
        grade = entries["grade"].text if "grade" in entries else ""
        about = [entries[role].text if role in entries else "" for role in ("project", "year")]
        yield Unit(name, amounts.get("budget"), amounts.get("executed"), amounts.get("score"), grade, *about)


def _money_unit(sheet: Sheet, head: int) -> str:
    for place, cell in sorted(sheet.cells.items()):
        if place[0] <= head and isinstance(cell.value, str) and (found := _UNIT.search(squeeze(cell.value))):
            return found[1] or found[2]
    return ""
