"""四川省医疗保障局部门预算项目自评打分表 (2020): a scoring standard for each row."""

from __future__ import annotations

from samples.canvas import BARE, SUBTITLE, TITLE, Canvas
from samples.layouts.table import Print, indicator_table, total_row
from samples.transcription import Transcription


def draw(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the sheet: the project's name in brackets under the title, the table, the total, the note."""
    canvas = Canvas(sheet, (11, 14, 24, 22, 52, 8, 11), landscape=True)
    title, bracket, project = form.title.partition("(")
    canvas.put(1, 1, "附件", BARE._replace(font="黑体", size=14))
    canvas.put(2, 1, title, TITLE, columns=7, name="title")
    canvas.put(3, 1, bracket + project, SUBTITLE._replace(size=14), columns=7)
    row = indicator_table(canvas, form, 4, as_printed)
    weight, score = form.columns[-2:]
    total_row(canvas, form, row, "合计", weight, score)
    canvas.put(row + 1, 1, f"注: {form.footer['注']}", BARE, columns=7, name="footer.注")
    for trailing in range(row + 2, row + 2 + as_printed.trailing_rows):
        for column in range(1, 8):
            canvas.put(trailing, column, None)
    return canvas
