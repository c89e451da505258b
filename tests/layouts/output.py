"""What the drawn sheets become: sheets of the grid, or a workbook file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from perfxl.workbook.grid import Cell, Sheet, Workbook
from tests.layouts.draft import Draft
from tests.layouts.generate import Generated


def to_sheet(generated: Generated) -> Sheet:
    """Return the last sheet, the one with the form where only one has one."""
    return _sheet(list(generated.sheets.values())[-1])


def to_workbook(generated: Generated) -> Workbook:
    """Return all sheets as a workbook of the grid."""
    return Workbook("generated.xlsx", tuple(_sheet(draft) for draft in generated.sheets.values()))


def _sheet(draft: Draft) -> Sheet:
    return Sheet(
        name=draft.name,
        cells={
            (row, column): Cell(row, column, typed.value, typed.formula, typed.number_format)
            for (row, column), typed in sorted(draft.cells.items())
        },
        merges=tuple(draft.merges),
        hidden_rows=frozenset(draft.hidden_rows),
        hidden_columns=frozenset(draft.hidden_columns),
    )


def write_xlsx(generated: Generated, path: Path) -> None:
    """Write all sheets as an xlsx file, with borders around the forms' cells."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    looks: dict[tuple[str, bool], object] = {}

    def look(number_format: str, framed: bool) -> object:
        key = (number_format, framed)
        if key not in looks:
            wanted = {"num_format": number_format, "text_wrap": True, "align": "center", "valign": "vcenter"}
            looks[key] = book.add_format(wanted | ({"border": 1} if framed else {}))
        return looks[key]

    for draft in generated.sheets.values():
        sheet = book.add_worksheet(draft.name)
        framed = {place for area in draft.framed for place in area.positions()}
        for row, column in sorted(framed):
            sheet.write_blank(row - 1, column - 1, None, look("General", True))
        for merge in draft.merges:
            inside = (merge.top, merge.left) in framed
            sheet.merge_range(
                merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "", look("General", inside)
            )
        for (row, column), typed in draft.cells.items():
            place = row - 1, column - 1
            format_ = look(typed.number_format, (row, column) in framed)
            if typed.formula is not None:
                value = float(typed.value) if isinstance(typed.value, Decimal) else typed.value
                sheet.write_formula(*place, f"={typed.formula}", format_, value)
            elif isinstance(typed.value, Decimal):
                sheet.write_number(*place, float(typed.value), format_)
            else:
                sheet.write_string(*place, str(typed.value), format_)
        for row in draft.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for column in draft.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    book.close()
