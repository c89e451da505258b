"""The blank input workbook, written from its declaration."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from perfxl.report.accounts.declare import Table, declaration

_NO_DATE = datetime(1980, 1, 1)
_LABEL_WIDTH, _TEXT_WIDTH, _NAME_WIDTH, _FIGURE_WIDTH = 40, 44, 28, 18
_ROW_HEIGHT = 22


def blank_workbook() -> bytes:
    """Return the blank workbook (xlsx): a sheet for each declared table, with its note."""
    import xlsxwriter

    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": declaration().title, "created": _NO_DATE})
    common = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    looks = {
        "title": book.add_format({**common, "font_name": "黑体", "font_size": 16, "align": "center"}),
        "head": book.add_format(
            {**common, "bold": True, "border": 1, "align": "center", "bg_color": "#DDEBF7"}
        ),
        "label": book.add_format({**common, "border": 1}),
        "figure": book.add_format({**common, "border": 1, "num_format": "#,##0.00"}),
        "number": book.add_format({**common, "border": 1, "num_format": "General"}),
        "text": book.add_format({**common, "border": 1}),
        "note": book.add_format({**common, "font_size": 10, "font_color": "#595959"}),
    }
    for table in declaration().tables:
        _write(book.add_worksheet(table.sheet), table, looks)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, table: Table, looks: dict[str, Any]) -> None:
    lead = 1 if table.rows else 0
    width = lead + len(table.columns)
    sheet.hide_gridlines(2)
    sheet.set_default_row(_ROW_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 30)
    if width > 1:
        sheet.merge_range(0, 0, 0, width - 1, f"{declaration().title}：{table.sheet}", looks["title"])
    if lead:
        sheet.write_string(1, 0, "项目", looks["head"])
        sheet.set_column(0, 0, _LABEL_WIDTH)
    for offset, column in enumerate(table.columns):
        sheet.write_string(1, lead + offset, column.label, looks["head"])
        # 类、款、项 hold names, other texts sentences.
        width_of_text = _NAME_WIDTH if len(column.label) == 1 else _TEXT_WIDTH
        sheet.set_column(lead + offset, lead + offset, width_of_text if column.text else _FIGURE_WIDTH)
    amounts = table.key not in ("counts", "others")
    lines = len(table.rows) or table.lines
    for line in range(lines):
        if lead:
            sheet.write_string(2 + line, 0, table.rows[line].label, looks["label"])
        for offset, column in enumerate(table.columns):
            look = looks["text" if column.text else "figure" if amounts else "number"]
            given = table.rows[line].value if lead and not offset else ""
            if given:
                sheet.write_string(2 + line, lead + offset, given, look)
            else:
                sheet.write_blank(2 + line, lead + offset, None, look)
    sheet.freeze_panes(2, lead)
    if width > 1:
        sheet.set_row(3 + lines, 48)
        sheet.merge_range(3 + lines, 0, 3 + lines, width - 1, f"填写说明：{table.note}", looks["note"])
