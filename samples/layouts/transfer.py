"""转移支付区域（项目）绩效目标自评表: the forms of 渠县 (2021) and of Sichuan province (2020)."""

from __future__ import annotations

from samples.canvas import BARE, LABEL, SUBTITLE, TEXT, TITLE, Canvas
from samples.layouts.table import Print, indicator_table
from samples.transcription import Transcription


def quxian(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the form of 2021: fund columns under their own header row, numbered notes below."""
    canvas = Canvas(sheet, (7, 9, 11, 26, 17, 27, 17))
    canvas.put(1, 1, form.title, TITLE, columns=7, name="title")
    canvas.put(2, 1, f"({form.year}年度)", SUBTITLE, columns=7)
    row = 3
    for label in ("转移支付(项目)名称", "中央主管部门"):
        canvas.put(row, 1, label, LABEL, columns=2)
        form.place(canvas, row, 3, label, form.header[label], f"header.{label}", columns=5)
        row += 1
    canvas.put(row, 1, "地方主管部门", LABEL, columns=2)
    form.place(canvas, row, 3, "", form.header["地方主管部门"], "header.地方主管部门", columns=2)
    canvas.put(row, 5, "资金使用单位", LABEL)
    form.place(canvas, row, 6, "", form.header["资金使用单位"], "header.资金使用单位", columns=2)
    row += 1
    canvas.put(row, 1, "资金情况\n( 万元)", LABEL, rows=5, columns=2)
    canvas.put(row, 3, None, columns=2)
    for offset, label in enumerate(form.fund_columns):
        canvas.put(row, 5 + offset, label, LABEL)
    row = _fund_rows(canvas, form, row + 1)
    canvas.put(row, 1, "总体目标完成情况", LABEL, rows=2)
    row = _goals(canvas, form, row, "总体目标", "全年实际完成情况")
    row = indicator_table(canvas, form, row, as_printed, side="绩效指标")
    canvas.put(row, 1, "说明", LABEL)
    form.place(canvas, row, 2, "说明", form.footer["说明"], "footer.说明", columns=6)
    for note in form.notes:
        row += 1
        canvas.put(row, 1, note, BARE._replace(size=9), columns=7)
    return canvas


def sichuan(form: Transcription, sheet: str, as_printed: Print) -> Canvas:
    """Draw the form of 2020: the fund columns' labels stand on the row of 地方主管部门."""
    canvas = Canvas(sheet, (7, 10, 11, 22, 18, 34, 24), landscape=True)
    canvas.put(1, 1, form.title, TITLE, columns=7, name="title")
    canvas.put(2, 1, f"（{form.year} 年度）", SUBTITLE, columns=7)
    canvas.put(3, 1, "转移支付（项目）名称", LABEL, columns=3)
    form.place(
        canvas, 3, 4, "", form.header["转移支付（项目）名称"], "header.转移支付（项目）名称", columns=4
    )
    canvas.put(4, 1, "中央主管部门", LABEL, columns=3)
    form.place(canvas, 4, 4, "", form.header["中央主管部门"], "header.中央主管部门")
    canvas.put(4, 5, "实施单位", LABEL)
    form.place(canvas, 4, 6, "", form.header["实施单位"], "header.实施单位", columns=2)
    canvas.put(5, 1, "地方主管部门", LABEL, columns=3)
    form.place(canvas, 5, 4, "", form.header["地方主管部门"], "header.地方主管部门")
    for offset, label in enumerate(form.fund_columns):
        canvas.put(5, 5 + offset, label, LABEL)
    canvas.put(6, 1, "项目资金（万元）", LABEL, rows=4, columns=2)
    row = _fund_rows(canvas, form, 6)
    canvas.put(row, 1, "年度总体目标", LABEL, rows=2)
    row = _goals(canvas, form, row, "年初设定目标", "全年实际完成情况")
    row = indicator_table(canvas, form, row, as_printed, side="绩效指标")
    for label, text in form.footer.items():
        canvas.put(row, 1, f"{label}: {text}", BARE, columns=7, name=f"footer.{label}")
        row += 1
    return canvas


def _fund_rows(canvas: Canvas, form: Transcription, row: int) -> int:
    for index, (label, values) in enumerate(form.fund_rows):
        canvas.put(row, 3, label, LABEL, columns=2, name=f"funds.{index}.label")
        for offset, column in enumerate(form.fund_columns):
            form.place(canvas, row, 5 + offset, column, values.get(column, ""), f"funds.{index}.{column}")
        row += 1
    return row


def _goals(canvas: Canvas, form: Transcription, row: int, target: str, actual: str) -> int:
    canvas.put(row, 2, target, LABEL, columns=3)
    canvas.put(row, 5, actual, LABEL, columns=3)
    canvas.put(row + 1, 2, form.goals["target"], TEXT, columns=3, name="goals.target")
    canvas.put(row + 1, 5, form.goals["actual"], TEXT, columns=3, name="goals.actual")
    return row + 2
