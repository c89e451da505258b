"""项目支出绩效自评表: the forms of 银川兴庆区 (2023), 益阳 (2022) and Sichuan province (2020)."""

from __future__ import annotations

from samples.canvas import BARE, LABEL, SUBTITLE, TEXT, TITLE, Canvas
from samples.layouts.table import Print, indicator_table, total_row
from samples.transcription import Transcription


def yinchuan(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the form whose fund row is printed under its label: 年度资金总额 is a column with 146 below it."""
    canvas = Canvas(sheet, (11, 12, 24, 9, 26, 26, 11, 18), landscape=True)
    canvas.put(1, 1, form.title, TITLE, columns=8, name="title")
    canvas.put(2, 1, f"({form.year}年)", SUBTITLE, columns=8)
    canvas.put(3, 1, "项目名称", LABEL, columns=2)
    form.place(canvas, 3, 3, "", form.header["项目名称"], "header.项目名称", columns=6)
    canvas.put(4, 1, "主管部门", LABEL, columns=2)
    form.place(canvas, 4, 3, "", form.header["主管部门"], "header.主管部门", columns=2)
    canvas.put(4, 5, "实施单位", LABEL, columns=2)
    form.place(canvas, 4, 7, "", form.header["实施单位"], "header.实施单位", columns=2)
    canvas.put(5, 1, "自评得分", LABEL, columns=2)
    form.place(canvas, 5, 3, "得分", form.header["自评得分"], "header.自评得分", columns=6)

    ((label, values),) = form.fund_rows
    total_label, total = label.split()
    canvas.put(6, 1, "项目资金（万元）", LABEL, rows=2, columns=2)
    canvas.put(6, 3, total_label, LABEL, name="funds.0.label")
    canvas.put(7, 3, float(total), name="funds.0.total")
    for column, width, fund_column in zip((4, 6, 7, 8), (2, 1, 1, 1), form.fund_columns, strict=True):
        canvas.put(6, column, fund_column, LABEL, columns=width)
        form.place(
            canvas, 7, column, fund_column, values[fund_column], f"funds.0.{fund_column}", columns=width
        )

    canvas.put(8, 1, "年度总体目标", LABEL)
    canvas.put(8, 2, "年初设定目标", LABEL)
    canvas.put(8, 3, form.goals["target"], TEXT, columns=4, name="goals.target")
    canvas.put(8, 7, "年度总体目标完成情况综述", LABEL)
    canvas.put(8, 8, form.goals["actual"], TEXT, name="goals.actual")
    row = indicator_table(canvas, form, 9, as_printed)
    total_row(canvas, form, row, "合计", "参考", "得分")
    return canvas


def yiyang(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the national form: three fund amounts, then 分值, 执行率, 得分."""
    canvas = Canvas(sheet, (8, 10, 12, 23, 20, 31, 8, 9, 18), landscape=True)
    canvas.put(1, 1, form.title, TITLE, columns=9, name="title")
    canvas.put(2, 1, "项目名称", LABEL)
    form.place(canvas, 2, 2, "", form.header["项目名称"], "header.项目名称", columns=8)
    canvas.put(3, 1, "主管部门", LABEL)
    form.place(canvas, 3, 2, "", form.header["主管部门"], "header.主管部门", columns=3)
    canvas.put(3, 5, "实施单位", LABEL)
    form.place(canvas, 3, 6, "", form.header["实施单位"], "header.实施单位", columns=4)

    places = ((4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (9, 1))
    canvas.put(4, 1, "项目资金\n(万元)", LABEL, rows=5)
    canvas.put(4, 2, None, columns=2)
    for (column, width), label in zip(places, form.fund_columns, strict=True):
        canvas.put(4, column, label.replace(" ", "\n"), LABEL, columns=width)
    for index, (label, values) in enumerate(form.fund_rows):
        canvas.put(5 + index, 2, label, LABEL, columns=2, name=f"funds.{index}.label")
        for (column, width), fund_column in zip(places, form.fund_columns, strict=True):
            text = values.get(fund_column, "")
            form.place(
                canvas, 5 + index, column, fund_column, text, f"funds.{index}.{fund_column}", columns=width
            )

    canvas.put(9, 1, "年度总体\n目标", LABEL, rows=2)
    canvas.put(9, 2, "预期目标", LABEL, columns=4)
    canvas.put(9, 6, "实际完成情况", LABEL, columns=4)
    canvas.put(10, 2, form.goals["target"], TEXT, columns=4, name="goals.target")
    canvas.put(10, 6, form.goals["actual"], TEXT, columns=4, name="goals.actual")
    row = indicator_table(canvas, form, 11, as_printed, side="绩效指标")
    total_row(canvas, form, row, "总分", "分值", "得分", first=2)
    row += 1
    fields = list(form.footer.items())
    for (label, text), column, width in zip(fields, (1, 4, 6, 7), (3, 2, 1, 3), strict=True):
        canvas.put(row, column, f"{label}：{text}", BARE, columns=width, name=f"footer.{label}")
    return canvas


def sichuan(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the form whose fund table is made of pairs: "预算数:" | 15808.0 | "执行数:" | 0.0."""
    canvas = Canvas(sheet, (8, 11, 13, 30, 24, 32))
    canvas.put(1, 1, f"{form.title} ({form.year}年度)", TITLE, columns=6, name="title")
    canvas.put(2, 1, "项目名称", LABEL, columns=2)
    form.place(canvas, 2, 3, "", form.header["项目名称"], "header.项目名称", columns=4)
    canvas.put(3, 1, "主管部门及代码", LABEL, columns=2)
    form.place(canvas, 3, 3, "", form.header["主管部门及代码"], "header.主管部门及代码", columns=2)
    canvas.put(3, 5, "实施单位", LABEL)
    form.place(canvas, 3, 6, "", form.header["实施单位"], "header.实施单位")
    canvas.put(4, 1, "项目预算\n执行情况\n(万元)", LABEL, rows=3, columns=2)
    for index, (label, values) in enumerate(form.fund_rows):
        row = 4 + index
        executed_label = "执行数:" if index == 0 else label
        canvas.put(row, 3, label, LABEL, name=f"funds.{index}.label")
        form.place(canvas, row, 4, "预算数", values["预算数"], f"funds.{index}.预算数")
        canvas.put(row, 5, executed_label, LABEL)
        form.place(canvas, row, 6, "执行数", values["执行数"], f"funds.{index}.执行数")
    canvas.put(7, 1, "年度总\n体\n目标\n完成\n情况", LABEL, rows=2)
    canvas.put(7, 2, "预期目标", LABEL, columns=3)
    canvas.put(7, 5, "目标实际完成情况", LABEL, columns=2)
    canvas.put(8, 2, form.goals["target"], TEXT, columns=3, name="goals.target")
    canvas.put(8, 5, form.goals["actual"], TEXT, columns=2, name="goals.actual")
    row = indicator_table(canvas, form, 9, as_printed, side="年度绩效指标完成情况")
    for trailing in range(row, row + as_printed.trailing_rows):
        for column in range(1, 7):
            canvas.put(trailing, column, None)
    return canvas
