"""## 问题

报告里的数自相矛盾。

不看自评表也能查：“其中”各项相加不等于总数，执行率、占比、增长率与所写金额算不上，占比合计不是 100%，
年初预算加减调整数不等于调整后预算，达到与未达到的指标项数加起来多于总数，
同一个数前后写得不一样，下级标题的分值或得分相加不等于上级，得分与等级不符。金额四舍五入造成的尾差不算错。
有几种读法的，只要一种说得通就不报。

## 依据

自评报告的数应当前后一致、可以复核（财预〔2020〕10号：绩效自评结果应当真实、准确）。

## 例子

错例 2：131.24÷146＝89.89%，写成了 98.89%

> 一、项目资金情况
> 全年预算数146万元，全年执行数131.24万元，预算执行率98.89%。

错例 2：50＋40＝90，不是 100

> 一、得分情况
> 产出指标得分50分，效益指标得分40分，共计得分100分。

正例：前后一致

> 一、项目资金情况
> 全年预算数146万元，其中：财政拨款140万元，其他资金6万元。全年执行数131.24万元，预算执行率89.89%。

## 改法

按凭证和自评表找出写错的一处，改正后把报告里同一个数都核对一遍。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfxl.form.figures import plain
from perfxl.form.model import Entry
from perfxl.narrative.arithmetic import relations_of
from perfxl.narrative.figures import Figure
from perfxl.narrative.points import grades_said, heading_relations, repeated_points, summed_headings
from perfxl.narrative.relations import Kind, Relation
from perfxl.rules.declared_ratios import declared_relations
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.held import Held, written
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX502",
    "报告中的数自相矛盾",
    Severity.ERROR,
    "财预〔2020〕10号：绩效自评结果应当真实、准确；各数应当可以复核",
)
_SUBJECTS = {
    Kind.SUM: "合计",
    Kind.RATIO: "执行率",
    Kind.SHARE: "占比",
    Kind.SHARES: "占比",
    Kind.GROWTH: "增减变动率",
    Kind.TWICE: "前后不一",
    Kind.BALANCE: "结余",
    Kind.DECLARED: "比率",
}
_WORKBOOK = 10
"""How much more the workbook's word counts than that of another place in the report."""

Place = tuple[int, int, int]
"""Where a figure stands: paragraph, sentence, character."""


def check(held: Held, settings: Settings) -> Iterator[Finding]:
    """Yield every relation among the report's figures that does not hold, at the figure that has least for it."""
    relations = (
        *relations_of(held.book),
        *heading_relations(held.section, held.points),
        *repeated_points(held.section, held.points),
        *declared_relations(held),
    )
    yield from findings_of(held, relations)
    yield from _grades(held, settings)


def findings_of(held: Held, relations: Sequence[Relation]) -> Iterator[Finding]:
    """Yield a finding for each figure that is to blame for a relation that does not hold."""
    support = _support(held, relations)
    blamed: dict[Place, tuple[Figure, list[Relation]]] = {}
    for relation in relations:
        if relation.holds:
            continue
        figure = min(relation.figures, key=lambda each: support.get(_place(each), 0))
        blamed.setdefault(_place(figure), (figure, []))[1].append(relation)
    for figure, failed in blamed.values():
        yield _finding(held, figure, failed)


def against_annex(held: Held, annexed: Held) -> Iterator[Finding]:
    """Yield the figures of the text that the annexed form has otherwise, unless the workbook has been asked."""
    asked = {_place(each.figure) for each in held.compared}
    for each in annexed.compared:
        if each.agrees or _place(each.figure) in asked:
            continue
        expected = " 或 ".join(dict.fromkeys(known.text for known in each.known))
        name = f"“{each.subject}”的{each.what}" if each.subject else each.what
        yield RULE.in_report(
            each.figure.sentence.number,
            each.figure.sentence.text,
            subject=each.subject or each.what,
            message=f"正文写{name}为 {written(each.figure)}，报告所附的自评表是 {expected}。",
            expected=expected,
            actual=str(each.figure),
            fix="核对正文和附表，改正写错的一处。",
            severity=each.severity,
        )


def _place(figure: Figure) -> Place:
    return figure.sentence.number, figure.sentence.span[0], figure.start


def _support(held: Held, relations: Sequence[Relation]) -> dict[Place, int]:
    """How much speaks for each figure: relations that hold and fail, and above all the workbook."""
    own: dict[Place, int] = {}
    for relation in relations:
        weight = 1 if relation.holds else 0 if relation.tail else -1
        for figure in relation.figures:
            own[_place(figure)] = own.get(_place(figure), 0) + weight
    support = dict(own)
    for key, partner in _partners(held):
        support[key] = support.get(key, 0) + own.get(partner, 0)
    for each in held.compared:
        key = _place(each.figure)
        support[key] = support.get(key, 0) + (_WORKBOOK if each.agrees else -_WORKBOOK)
    return support


def _partners(held: Held) -> Iterator[tuple[Place, Place]]:
    """Weight and score of one heading: what speaks for the one speaks for the other."""
    for one, other in zip(held.points, held.points[1:], strict=False):
        if one.said is other.said and one.figure.value == other.figure.value and one.aspect != other.aspect:
            yield _place(one.figure), _place(other.figure)
            yield _place(other.figure), _place(one.figure)


def _cells(held: Held, figure: Figure, failed: Sequence[Relation]) -> list[Entry]:
    """The cells in which the form has the figures of the relations, those of the one to blame first."""
    known = {_place(each.figure): each.cells for each in held.compared}
    figures = (figure, *(each for relation in failed for each in relation.figures))
    return [entry for each in figures for entry in known.get(_place(each), ())]


def _finding(held: Held, figure: Figure, failed: Sequence[Relation]) -> Finding:
    main = next((relation for relation in failed if relation.proven and not relation.tail), failed[0])
    if main.tail:
        severity = Severity.NOTE
    else:
        severity = Severity.ERROR if main.proven else Severity.WARNING
    others = dict.fromkeys(relation.words for relation in failed if relation.words != main.words)
    return RULE.in_report(
        figure.sentence.number,
        figure.sentence.text,
        held.form,
        _cells(held, figure, failed),
        subject=_SUBJECTS[main.kind],
        message=f"{main.words}。" + "".join(f"另：{words}。" for words in others),
        expected=main.expected if main.figures[0] == figure else "",
        actual=str(figure),
        fix=f"核对 {figure} 和与它有关的各数，改正写错的一处。",
        severity=severity,
    )


def _grades(held: Held, settings: Settings) -> Iterator[Finding]:
    """A grade that no scale in use gives to the score that the report states."""
    totals = {said.figure.value for said in held.points if said.total}
    summed = summed_headings(held.section, held.points) if not totals else None
    if len(totals) > 1 or not (totals or summed is not None):
        return
    score = summed if summed is not None else totals.pop()
    if not 0 <= score <= settings.full_marks:
        return
    known = {step.word for scale in settings.grade_scales for step in scale.steps}
    words = {scale.word(score) for scale in settings.grade_scales}
    alike = {word.rstrip("秀好") for word in words}
    expected = " 或 ".join(sorted(words))
    for said in grades_said(held.section):
        if said.grade in known and said.grade.rstrip("秀好") not in alike:
            yield RULE.in_report(
                said.said.sentence.number,
                said.said.sentence.text,
                subject="评价等级",
                message=f"得分{'各部分合计' if summed is not None else ''} {plain(score)} 分的等级应为 {expected}，"
                f"报告写的是“{said.grade}”。",
                expected=expected,
                actual=said.grade,
                fix="核对得分和等级，改正写错的一处；只列了部分得分的，补写总得分。",
                severity=None if summed is None else Severity.NOTE,
            )
