"""What the template of a final accounts statement may name, its values, and its figures 1 to 7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfxl.report.accounts.figures import Figures
from perfxl.report.accounts.three import Remainder
from perfxl.report.accounts.wording import CHART_UNIT, Part, Statement, amounts
from perfxl.report.chart import Chart, Series
from perfxl.report.drawings import Drawing, short_label
from perfxl.report.stated import Stated
from perfxl.report.variables import Lines, Place, Text, Variable, place
from perfxl.rounding import round_half_up

_FIGURES = {
    "收支变动图": "收、支决算总计变动情况，柱形图",
    "收入结构图": "收入决算结构，饼图",
    "支出结构图": "支出决算结构，饼图",
    "财政拨款变动图": "财政拨款收、支决算总计变动情况，柱形图",
    "一般公共预算变动图": "一般公共预算财政拨款支出决算变动情况，柱形图",
    "一般公共预算结构图": "一般公共预算财政拨款支出决算结构，饼图",
    "三公结构图": "“三公”经费财政拨款支出结构，饼图",
}

VARIABLES: Mapping[str, Variable] = {
    "年度": Text("决算年度，如 2020"),
    "部门": Text("部门名称"),
    "部门简称": Text("部门简称，没有时用部门名称"),
    "收支总体": Text("收、支总计及与上年的比较（一段）"),
    "收入决算": Text("本年收入合计及构成（一段）"),
    "支出决算": Text("本年支出合计及构成（一段）"),
    "财政拨款总体": Text("财政拨款收、支总计及与上年的比较（一段）"),
    "一般公共预算总体": Text("一般公共预算财政拨款支出、占比及与上年的比较（一段）"),
    "一般公共预算结构": Text("按功能分类的构成（一段）"),
    "一般公共预算完成": Text("完成预算的比例（一句）"),
    "项级科目": Lines("各项级科目的决算数、完成预算的比例和原因"),
    "基本支出": Lines("基本支出、人员经费和公用经费"),
    "三公总体": Text("“三公”经费决算数、完成预算的比例和原因（一段）"),
    "三公构成": Text("“三公”经费各项的占比（一段）"),
    "因公出国": Text("因公出国（境）费（一段）"),
    "公务用车": Lines("公务用车购置及运行维护费"),
    "公务接待": Lines("公务接待费"),
    "政府性基金": Text("政府性基金预算支出（一句）"),
    "国有资本": Text("国有资本经营预算支出（一句）"),
    "机关运行": Text("机关运行经费及与上年的比较（一段）"),
    "政府采购": Text("政府采购支出（一段）"),
    "国有资产": Text("车辆和设备（一段）"),
    "绩效管理": Text("各环节绩效管理的项目数（一段）"),
    **{name: Place(meaning) for name, meaning in _FIGURES.items()},
}


def passages(figures: Figures) -> tuple[dict[str, object], Mapping[str, Drawing]]:
    """Return the values of `VARIABLES` and the charts of a statement."""
    said = Statement(figures)
    rest = Remainder(said, figures)
    drawn = _drawings(figures, said, rest)
    return {
        "年度": said.year,
        "部门": said.department,
        "部门简称": said.short,
        "收支总体": said.grown("all", "收、支总计"),
        "收入决算": said.composed("income", f"{said.year}年本年收入合计", "本年收入合计"),
        "支出决算": said.composed("spending", f"{said.year}年本年支出合计", "本年支出合计"),
        "财政拨款总体": said.grown("fiscal", "财政拨款收、支总计"),
        "一般公共预算总体": said.general(),
        "一般公共预算结构": said.structure(),
        "一般公共预算完成": said.completed(),
        "项级科目": said.each_item(),
        "基本支出": said.basic(),
        "三公总体": rest.whole(),
        "三公构成": rest.shares(),
        "因公出国": rest.abroad(),
        "公务用车": rest.cars(),
        "公务接待": rest.reception(),
        "政府性基金": said.plain_total("fund", "政府性基金预算"),
        "国有资本": said.plain_total("capital", "国有资本经营预算"),
        "机关运行": rest.office(),
        "政府采购": rest.purchases(),
        "国有资产": rest.assets(),
        "绩效管理": rest.performance(),
        **{name: place(name) for name in _FIGURES},
    }, drawn


def _drawings(figures: Figures, said: Statement, rest: Remainder) -> Mapping[str, Drawing]:
    drawn = {
        "收支变动图": _grown(figures, said, "all", "收、支决算总计变动情况图"),
        "收入结构图": _pie(said.parts("income")[1], "收入决算结构图"),
        "支出结构图": _pie(said.parts("spending")[1], "支出决算结构图"),
        "财政拨款变动图": _grown(figures, said, "fiscal", "财政拨款收、支决算总计变动情况"),
        "一般公共预算变动图": _grown(figures, said, "general", "一般公共预算财政拨款支出决算变动情况"),
        "一般公共预算结构图": _pie(said.classes(), "一般公共预算财政拨款支出决算结构"),
        "三公结构图": _pie(rest.three, "“三公”经费财政拨款支出结构"),
    }
    return {name: chart for name, chart in drawn.items() if chart is not None}


def _grown(figures: Figures, said: Statement, row: str, caption: str) -> Chart | None:
    """Two columns: the year before and this one."""
    now, before = figures.amount("totals", row), figures.amount("totals", row, "last")
    values = [
        round_half_up(stated.value, 2)  # as the sentences say them
        for stated in (before, now)
        if stated is not None and stated.value is not None
    ]
    if len(values) < 2:
        return None
    years = (f"{said.last}年", f"{said.year}年")
    return Chart("column", f"{caption}{CHART_UNIT}", years, (Series("决算数", tuple(values)),))


def _pie(parts: Sequence[Part], caption: str) -> Chart | None:
    shown = [part for part in parts if _counts(part.amount)]
    if not shown:
        return None
    names = tuple(short_label(part.name) for part in shown)
    return Chart("pie", f"{caption}{CHART_UNIT}", names, (Series("决算数", amounts(shown)),))


def _counts(stated: Stated) -> bool:
    return stated.value is not None and stated.value > 0
