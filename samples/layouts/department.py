"""部门整体支出绩效自评表 and 分项绩效项目清单 of 高邑县 (2021)."""

from __future__ import annotations

from samples.canvas import BARE, CELL, LABEL, TEXT, TITLE, Canvas
from samples.layouts.table import Print, indicator_table, total_row
from samples.transcription import Transcription

_LAST_NUMBER = 24
"""The list is printed with numbered blank rows down to this number."""


def self_evaluation(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the form whose fund table has a label and an amount under each column head."""
    canvas = Canvas(sheet, (8, 11, 13, 18, 40, 42, 8, 10), landscape=True)
    canvas.put(1, 1, form.title, TITLE, columns=8, name="title")
    canvas.put(2, 1, f"填报单位：{form.header['填报单位']}", BARE, columns=5, name="header.填报单位")
    canvas.put(
        2, 6, f"单位：{form.header['单位']}", BARE._replace(align="right"), columns=3, name="header.单位"
    )

    budget, executed, rate = form.fund_columns
    canvas.put(3, 1, "一、预算执行情况", LABEL, rows=4)
    for label, column, width in ((budget, 2, 3), (executed, 5, 2), (rate, 7, 2)):
        canvas.put(3, column, label, LABEL, columns=width)
    for index, (label, values) in enumerate(form.fund_rows):
        row = 4 + index
        budget_label, executed_label = ("预算数：", "执行数：") if index == 0 else (label, label)
        canvas.put(row, 2, budget_label, LABEL, columns=2, name=f"funds.{index}.label")
        form.place(canvas, row, 4, budget, values.get(budget, ""), f"funds.{index}.{budget}")
        canvas.put(row, 5, executed_label, LABEL)
        form.place(canvas, row, 6, executed, values.get(executed, ""), f"funds.{index}.{executed}")
        form.place(canvas, row, 7, rate, values.get(rate, ""), f"funds.{index}.{rate}", columns=2)

    row = indicator_table(canvas, form, 7, as_printed, side="二、工作整体完成情况")
    total_row(canvas, form, row, "合计", "分值", "自评得分", first=2)
    canvas.put(row + 1, 1, "三、绩效目标执行出现的偏差和采取的措施", LABEL, columns=2)
    canvas.put(row + 1, 3, form.goals["actual"], TEXT, columns=6, name="goals.actual")
    canvas.put(row + 2, 1, f"填报人: {form.footer['填报人']}", BARE, columns=4, name="footer.填报人")
    canvas.put(row + 2, 5, f"联系电话: {form.footer['联系电话']}", BARE, columns=4, name="footer.联系电话")
    return canvas


def project_list(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the list: a header of two rows, the projects, and the numbered blank rows of the print."""
    canvas = Canvas(sheet, (6, 24, 12, 14, 10, 9, 44, 34), landscape=True)
    canvas.put(1, 1, form.title, TITLE, columns=8, name="title")
    canvas.put(
        2, 1, f"单位：{form.header['单位']}", BARE._replace(align="right"), columns=8, name="header.单位"
    )
    for column, label in enumerate(form.columns, start=1):
        head, bracket, rest = label.partition("(")
        if bracket:
            canvas.put(3, column, head, LABEL)
            canvas.put(4, column, bracket + rest, LABEL)
        else:
            canvas.put(3, column, label, LABEL, rows=2)
    canvas.repeated_rows = (3, 4)
    row = 5
    for index, values in enumerate(form.rows):
        for column, label in enumerate(form.columns, start=1):
            form.place(canvas, row, column, label, values[label], f"projects.{index}.{label}")
        row += 1
    for number in range(len(form.rows) + 1, _LAST_NUMBER + 1):
        canvas.put(row, 1, float(number), CELL)
        for column in range(2, len(form.columns) + 1):
            canvas.put(row, column, None)
        row += 1
    return canvas
