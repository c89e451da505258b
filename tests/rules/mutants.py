"""A sound form and the single faults that can be put into it, for every layout of the generator.

A mutation changes a transcription as a person would mistype it, and says which codes must stand at which entries.
What follows from the fault as well (a wrong score makes the total wrong) is named with it; nothing else may appear.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

Transcription = dict[str, Any]
FUND_COLUMNS = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
COLUMNS = [
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施",
]  # fmt: skip
FUNDS = [
    ("年度资金总额", "150", "146", "131.24", "10", "89.89%", "8.99"),
    ("其中：当年财政拨款", "150", "140", "125.24", "—", "89.46%", "—"),
    ("上年结转资金", "0", "6", "6", "—", "100%", "—"),
    ("其他资金", "0", "0", "0", "—", "", "—"),
]
ROWS = [
    ("产出指标（50分）", "数量指标", "接入部门数", "≥20个", "22个", "15", "15", ""),
    ("产出指标（50分）", "数量指标", "培训人数", "300人", "320人", "10", "10", ""),
    ("产出指标（50分）", "质量指标", "系统验收合格率", "≥95%", "98%", "10", "10", ""),
    ("产出指标（50分）", "时效指标", "平台上线时间", "2022年11月底前", "2022年10月20日", "10", "10", ""),
    ("产出指标（50分）", "成本指标", "平台建设成本", "≤146万元", "131.24万元", "5", "5", ""),
    ("效益指标（30分）", "社会效益指标", "数据共享率", "≥80%", "72%", "15", "13.5", "个别部门接口改造滞后，下半年补齐"),
    ("效益指标（30分）", "社会效益指标", "办事便利度", "明显提升", "平均办理时间缩短两天", "15", "14", "部分事项仍需到现场办理，明年上线"),
    ("满意度指标（10分）", "服务对象满意度指标", "使用部门满意度", "≥90%", "95.5%", "10", "10", ""),
]  # fmt: skip
TOTAL = "96.49"


def sound() -> Transcription:
    """Return a transcription without a fault."""
    return deepcopy(
        {
            "kind": "project",
            "title": "项目支出绩效自评表",
            "year": "2022",
            "header": {
                "项目名称": "政务数据平台建设",
                "主管部门": "甲市大数据局",
                "实施单位": "甲市数据中心",
            },
            "funds": {
                "columns": FUND_COLUMNS,
                "rows": [
                    {"label": label, "values": dict(zip(FUND_COLUMNS, values, strict=True))}
                    for label, *values in FUNDS
                ],
            },
            "goals": {"target": "建成数据平台，接入各部门", "actual": "平台建成，二十二个部门接入"},
            "columns": COLUMNS,
            "indicators": [dict(zip(COLUMNS, row, strict=True)) for row in ROWS],
            "total": {"weight": "100", "score": TOTAL},
            "footer": {"填表人": "略"},
        }
    )


class Mutation(NamedTuple):
    """One fault: where it is typed, and the findings of severity error or warning that it must cause, no others.

    `finds` names entries as "code place": a place is "funds.0.rate", "indicators.2.score", "total.score",
    "header.项目名称" or "goals.actual".
    """

    name: str
    change: Callable[[Transcription], None]
    finds: tuple[str, ...]


def fund(row: int, **columns: str) -> Callable[[Transcription], None]:
    """A change of a fund row; the column by its label."""
    return lambda form: form["funds"]["rows"][row]["values"].update(columns)


def row(number: int, total: str | None = None, **columns: str) -> Callable[[Transcription], None]:
    """A change of an indicator row, with the total that follows from it."""

    def change(form: Transcription) -> None:
        form["indicators"][number].update(columns)
        if total is not None:
            form["total"]["score"] = total

    return change


def rows(*changes: Callable[[Transcription], None]) -> Callable[[Transcription], None]:
    """Several changes that make one fault."""

    def change(form: Transcription) -> None:
        for one in changes:
            one(form)

    return change


def total(**values: str) -> Callable[[Transcription], None]:
    """A change of the total row."""
    return lambda form: form["total"].update(values)


def header(**values: str) -> Callable[[Transcription], None]:
    """A change of the header."""
    return lambda form: form["header"].update(values)


def goals(**values: str) -> Callable[[Transcription], None]:
    """A change of the goals."""
    return lambda form: form["goals"].update(values)


def relabel(level: str, old: str, new: str) -> Callable[[Transcription], None]:
    """A change of a group's name in all its rows."""

    def change(form: Transcription) -> None:
        for indicator in form["indicators"]:
            if indicator[level] == old:
                indicator[level] = new

    return change


REASON = "偏差原因分析及改进措施"
MUTATIONS = (
    Mutation("project name blank", header(项目名称=""), ("PX101 header.项目名称",)),
    Mutation("unit blank", header(实施单位=""), ("PX101 header.实施单位",)),
    Mutation("executed blank", fund(0, 全年执行数="", 执行率=""), ("PX101 funds.0.executed",)),
    Mutation("goal's result blank", goals(actual=""), ("PX101 goals.actual",)),
    Mutation("actual value blank", row(0, 实际完成值=""), ("PX101 indicators.0.actual",)),
    Mutation("score blank", row(2, 得分="", total="86.49"), ("PX101 indicators.2.score",)),
    Mutation("score in words", row(2, 得分="满分", total="86.49"), ("PX102 indicators.2.score",)),
    Mutation("executed in words", fund(0, 全年执行数="详见附件"), ("PX102 funds.0.executed",)),
    Mutation("prompt left in goal", goals(actual="（填写完成情况）"), ("PX103 goals.actual",)),
    Mutation("dots left in name", row(1, 三级指标="……"), ("PX103 indicators.1.level3",)),
    Mutation("rate off by a hundredth", fund(0, 执行率="89.88%"), ("PX201 funds.0.rate",)),
    Mutation("rate 90.00%", fund(0, 执行率="90.00%"), ("PX201 funds.0.rate",)),
    Mutation("rate upside down", fund(0, 执行率="111.25%"), ("PX201 funds.0.rate",)),
    Mutation("budget total not its parts", fund(0, 年初预算数="160"), ("PX202 funds.0.initial",)),
    Mutation("part left out", fund(2, 全年预算数="", 全年执行数="", 执行率=""), ("PX202 funds.0.budget", "PX202 funds.0.executed")),
    Mutation("overspent", rows(fund(0, 全年执行数="152", 执行率="104.11%", 得分="10"), fund(1, 全年执行数="146", 执行率="104.29%"), total(score="97.5")), ("PX203 funds.0.executed", "PX203 funds.1.executed")),
    Mutation("executed in 元", fund(0, 全年执行数="1312400"), ("PX204 funds.0.executed",)),
    Mutation("weight raised", row(0, 分值="20", 得分="20", total="101.49"), ("PX301 total.weight", "PX302 indicators.0.level1", "PX303 total.score")),
    Mutation("weights exchanged between groups", rows(row(0, 分值="10", 得分="10"), row(7, 分值="15", 得分="15")), ("PX302 indicators.0.level1", "PX302 indicators.7.level1")),
    Mutation("group's points in its label", relabel("一级指标", "效益指标（30分）", "效益指标(25分)"), ("PX302 indicators.5.level1",)),
    Mutation("total weight", total(weight="95"), ("PX301 total.weight", "PX303 total.score")),
    Mutation("score above weight", row(2, 得分="12", total="98.49"), ("PX303 indicators.2.score",)),
    Mutation("score below nought", row(2, 得分="-1", 偏差原因分析及改进措施="重复验收被扣分，已整改", total="85.49"), ("PX303 indicators.2.score",)),
    Mutation("total is not the sum", total(score="98"), ("PX304 total.score",)),
    Mutation("total off by a hundredth", total(score="96.48"), ("PX304 total.score",)),
    Mutation("header's score", header(自评得分="98"), ("PX305 header.自评得分",)),
    Mutation("execution score", fund(0, 得分="10"), ("PX306 funds.0.score", "PX304 total.score")),
    Mutation("execution score with its total", rows(fund(0, 得分="10"), total(score="97.5")), ("PX306 funds.0.score",)),
    Mutation("grade", header(自评得分=TOTAL, 自评等级="良"), ("PX308 header.自评等级",)),
    Mutation("missed, full score (count)", row(0, 实际完成值="18个"), ("PX401 indicators.0.score", "PX402 indicators.0.reason")),
    Mutation("missed, full score (share)", row(7, 实际完成值="88%"), ("PX401 indicators.7.score", "PX402 indicators.7.reason")),
    Mutation("missed, full score (cost)", row(4, 实际完成值="150万元"), ("PX401 indicators.4.score", "PX402 indicators.4.reason")),
    Mutation("missed, full score (date)", row(3, 实际完成值="2022年12月5日"), ("PX401 indicators.3.score", "PX402 indicators.3.reason")),
    Mutation("missed, full score (no operator)", row(1, 实际完成值="280人"), ("PX401 indicators.1.score", "PX402 indicators.1.reason")),
    Mutation("points lost, no reason", row(5, 偏差原因分析及改进措施=""), ("PX402 indicators.5.reason",)),
    Mutation("points lost, reason 无", row(6, 偏差原因分析及改进措施="无"), ("PX402 indicators.6.reason",)),
    Mutation("far above", row(1, 实际完成值="900人"), ("PX403 indicators.1.reason",)),
    Mutation("another unit", row(1, 实际完成值="0.032万人"), ("PX404 indicators.1.actual",)),
    Mutation("another kind", row(1, 实际完成值="95%"), ("PX404 indicators.1.actual",)),
    Mutation("condition repeated", row(0, 实际完成值="≥20个"), ("PX405 indicators.0.actual",)),
    Mutation("condition repeated (share)", row(2, 实际完成值="≥95%"), ("PX405 indicators.2.actual",)),
    Mutation("direction", row(7, 年度指标值="≤90%"), ("PX406 indicators.7.target",)),
    Mutation("misread", row(7, 年度指标值="290%"), ("PX408 indicators.7.target",)),
    Mutation("group misplaced", relabel("二级指标", "质量指标", "经济效益指标"), ("PX104 indicators.2.level2",)),
    Mutation("goal copied", goals(actual="建成数据平台，接入各部门"), ("PX409 goals.actual",)),
    Mutation("parts in the text", goals(actual="共支出131.24万元，其中：硬件91.24万元，软件45万元"), ("PX410 goals.actual",)),
    Mutation("rate in the text", goals(actual="平台建成，预算执行率98%"), ("PX411 goals.actual",)),
    Mutation("last year's deadline", row(3, 年度指标值="2021年11月底前", 实际完成值="2021年10月20日"), ("PX412 indicators.3.target", "PX412 indicators.3.actual")),
    Mutation("amount in 元", goals(actual="平台建成，支出131.24元"), ("PX205 goals.actual",)),
)  # fmt: skip
