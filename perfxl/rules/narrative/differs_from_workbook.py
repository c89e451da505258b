"""## 问题

报告里的数与自评表不一致。

逐句核对：预算数、执行数、到位和结余资金、执行率（按资金来源分）；总得分、等级，各级指标的分值和得分；每个三级指标的
年度指标值和实际完成值，完成目标的百分之几、比目标多（少）多少；指标个数；报告的年度。按写出的小数位数比较，四舍五入后相同不算错；“约”“余”“以上”“不低于”按字面意思理解。
只有说的是哪个数没有疑问时才报：主语是别的项目、别的年度、截至某月、某一批资金的，不与全年数比较。

## 依据

自评报告与自评表一并报送、公开，报告的数应当出自自评表（财预〔2020〕10号：绩效自评结果应当真实、准确）。

## 例子

错例 3：自评表的执行数是 131.24 万元，报告写成 132.14 万元

> 政务数据平台建设项目自评报告
> 一、项目资金情况
> 2022年度，项目全年预算数146万元，全年执行数132.14万元。

| 项目支出绩效自评表 | < | < | < | < |
| 项目名称 | 政务数据平台建设 | < | < | < |
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 150 | 146 | 131.24 | %89.89 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 |

正例：与自评表一致

> 政务数据平台建设项目自评报告
> 一、项目资金情况
> 2022年度，项目全年预算数146万元，全年执行数131.24万元，预算执行率89.9%。接入部门数22个，达到年度指标值。

| 项目支出绩效自评表 | < | < | < | < |
| 项目名称 | 政务数据平台建设 | < | < | < |
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 150 | 146 | 131.24 | %89.89 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 |

## 改法

先核对原始凭证，看报告和自评表哪一个对，再改另一个；同一个数在报告里出现几次的，一并改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.narrative.points import grades_said
from perfxl.rules.annexed import differences
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.held import Compared, Held, shown, written
from perfxl.rules.held_points import printed_grade
from perfxl.rules.held_year import wrong_years
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX501",
    "报告中的数与自评表不一致",
    Severity.ERROR,
    "财预〔2020〕10号：绩效自评结果应当真实、准确；报告以自评表为附件一并报送",
)
_TEN_THOUSAND = 10_000


def check(held: Held, settings: Settings) -> Iterator[Finding]:
    """Yield every figure and grade of the report for which the form has another."""
    if held.form is None:
        return
    for each in held.compared:
        if not each.agrees:
            yield _finding(held, each)
    yield from _grades(held, settings)
    yield from _years(held, held.form)


def _finding(held: Held, each: Compared) -> Finding:
    assert held.form is not None
    expected = " 或 ".join(dict.fromkeys(known.text for known in each.known))
    # What is to be written instead stands in the report's own unit.
    units = (
        dict.fromkeys(shown(known.value, each.figure) for known in each.known) if each.figure.money else ()
    )
    instead = " 或 ".join(units) or expected
    name = f"“{each.subject}”的{each.what}" if each.subject else each.what
    cells = "、".join(dict.fromkeys(entry.address for entry in each.cells))
    return RULE.in_report(
        each.figure.sentence.number,
        each.figure.sentence.text,
        held.form,
        each.cells,
        subject=each.subject or each.what,
        message=f"报告写{name}为 {written(each.figure)}，"
        f"自评表（{held.form.sheet}!{cells}）是 {expected}。{_unit(each)}",
        expected=expected,
        actual=str(each.figure),
        fix=f"核对原始资料：表对，就把这句的 {written(each.figure)} 改为 {instead}；报告对，就改自评表 {cells}。",
        severity=each.severity,
    )


def annex_against_workbook(annexed: Form, form: Form, after: int) -> Iterator[Finding]:
    """Yield the cells of the form annexed to a report that differ from the workbook.

    They stand at the paragraph `after` which the table comes; the sentence is the table's row, by its name.
    """
    for each in differences(annexed, form):
        name = f"“{each.subject}”的{each.what}"
        yield RULE.in_report(
            after,
            f"（附表）{each.subject}　{each.what}　{each.annexed.text}",
            form,
            (each.workbook,),
            subject=each.subject,
            message=f"报告所附的表里{name}是 {each.annexed.text}，"
            f"自评表（{form.sheet}!{each.workbook.address}）是 {each.workbook.text}。",
            expected=each.workbook.text,
            actual=each.annexed.text,
            fix="用最后定稿的自评表替换报告的附表，或改正自评表。",
        )


def _unit(each: Compared) -> str:
    """A remark where the two are off by ten thousand times, as a wrong unit makes them."""
    mine, theirs = abs(each.figure.base), abs(each.known[0].value)
    if not mine or not theirs or max(mine / theirs, theirs / mine) not in (_TEN_THOUSAND, _TEN_THOUSAND**2):
        return ""
    return f"正好相差一万倍，多半是单位写错（应为 {shown(each.known[0].value, each.figure)}）。"


def _years(held: Held, form: Form) -> Iterator[Finding]:
    """A title, or a sentence with the form's own money, that names another year than the form."""
    for told in wrong_years(held, form):
        yield RULE.in_report(
            told.said.sentence.number,
            told.said.sentence.text,
            form,
            told.cells,
            subject="年度",
            message=f"报告这里写的是 {told.year} 年，自评表是 {form.year} 年度的。",
            expected=f"{form.year}年",
            actual=f"{told.year}年",
            fix="核对报告和自评表是否同一年度：年度写错的改正；拿错了表的，换成本年度的表再核对。",
            severity=Severity.WARNING,
        )


def _grades(held: Held, settings: Settings) -> Iterator[Finding]:
    """A grade in the report that is not the one the form prints."""
    assert held.form is not None
    printed = printed_grade(held.form, settings)
    if printed is None:
        return
    entry, word = printed
    for said in grades_said(held.section):
        if said.grade.rstrip("秀好") != word.rstrip("秀好"):
            yield RULE.in_report(
                said.said.sentence.number,
                said.said.sentence.text,
                held.form,
                (entry,),
                subject="评价等级",
                message=f"报告的评价等级是“{said.grade}”，自评表（{held.form.sheet}!{entry.address}）是“{word}”。",
                expected=word,
                actual=said.grade,
                fix="核对得分后改正不一致的一处。",
            )
