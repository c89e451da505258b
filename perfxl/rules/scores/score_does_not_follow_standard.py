"""## 问题

得分与本行写明的评分标准对不上。

能读懂的评分标准有：完成比率、分档、两端之间按比例、每…扣…扣完为止、满分/合格/零分（含插值）、是否、逐项给分、
分项合计、按进度、按期扣分、定性分档。实际值、执行率在表里的，算出应得的分；要靠人判断的（几项不符合、属于哪一档），
只看得分是不是标准可能给出的分数。打分表没有预算数、执行数的，用同一工作簿（或一起检查的文件）里同一项目的自评表。
标准有几种合理读法的，有一种对得上就不报；没有读懂的标准不报。

## 依据

表中该行的评分标准；百分制打分表以 60 分为合格（四川省医疗保障局 2020 年打分表表注）。

## 例子

错例 F4：114÷139.5×4＝3.27，不是 3.48

| 项目资金（万元） | 全年预算数 | 全年执行数 | < | < | < |
| 年度资金总额 | 139.5 | 114 | < | < | < |
| 三级指标 | 指标值 | 实际完成值 | 评分标准 | 分值 | 得分 |
| 预算执行率 | ≥90% | %81.72 | 全年执行数/全年预算数*4分（执行率≥90%，按4分计算） | 4 | 3.48 |
| 系统验收 | 合格 | 合格 | 是得满分，否不得分 | 96 | 96 |

正例 F4=3.27：按标准重新计算

错例 E2：标准只给得出 5、3、0 分

| 三级指标 | 指标值 | 评分标准 | 分值 | 得分 |
| 办事便利度 | 提升 | 满分：较往年提升 合格：较往年持平 零分：较往年下降 | 5 | 4 |

正例 E2=3：持平，得合格分

## 改法

按标准重新计算得分，或者把实际采用的评分办法写进标准。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from perfxl.form.figures import Figure, plain
from perfxl.form.model import Entry, Form, Indicator
from perfxl.rounding import round_half_up
from perfxl.rules.finding import Finding, Rule, Severity, named
from perfxl.rules.marks import printed_total, rounded_as_usual, row_points, scored_out_of_hundred, scores
from perfxl.rules.reading import counted, empty
from perfxl.settings.parameters import Settings

if TYPE_CHECKING:
    from perfxl.scoring.inputs import Row
    from perfxl.scoring.standards.standard import Standard

RULE = Rule("PX307", "得分与评分标准不符", Severity.ERROR, "该行的评分标准")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Hold every score against the standard of its row, with what this form alone shows."""
    return check_among(form, (), settings)


def check_among(form: Form, others: Sequence[Form], settings: Settings) -> Iterator[Finding]:
    """Hold every score against the standard of its row; `others` may hold the project form of a scoresheet."""
    if all(empty(row.standard) for row in form.indicators) or scored_out_of_hundred(form):
        return
    off: list[tuple[Entry, Figure, Decimal]] = []
    for row, standard in _rows(form, others, settings):
        indicator = row.indicator
        score = row_points(form, indicator, "score")
        entry = indicator.score
        if score is None or entry is None or not 0 <= score.value <= standard.weight:
            continue
        exact = _exact(standard, row)
        if exact is None:
            yield from _impossible(form, indicator, entry, score, standard)
        elif not any(rounded_as_usual(form, score, reading, cut=True) for reading in exact.readings):
            off.append((entry, score, exact.readings[0]))
            yield _wrong(form, indicator, entry, score, exact, settings)
    yield from _total(form, off, settings)


def _rows(form: Form, others: Sequence[Form], settings: Settings) -> Iterator[tuple[Row, Standard]]:
    from perfxl.scoring.by_standard import standard_of
    from perfxl.scoring.cells import Abroad, Printed
    from perfxl.scoring.companions import Seat, companion
    from perfxl.scoring.inputs import Row

    cells = Printed()
    seats = [Seat(one, cells if one.sheet == form.sheet else Abroad(cells, one.sheet)) for one in others]
    partner = companion(form, seats)
    for indicator in counted(form):
        row = Row(form, indicator, cells, settings, partner)
        if indicator.score is None or _shared(form, indicator.score) or indicator.weighted_score is not None:
            continue
        standard = standard_of(row)
        if standard is not None:
            yield row, standard


def _shared(form: Form, score: Entry) -> bool:
    return sum(row.score is not None and row.score.address == score.address for row in form.indicators) > 1


class _Exact:
    """What a standard gives before rounding, by each sensible reading, and the cells that it rests on."""

    def __init__(self, readings: tuple[Decimal, ...], cells: tuple[str, ...]) -> None:
        self.readings = readings
        self.cells = cells


def _exact(standard: Standard, row: Row) -> _Exact | None:
    from perfxl.scoring.by_standard import exact_score, other_scores, rests_on
    from perfxl.scoring.method import Undecided

    found = exact_score(standard, row)
    if isinstance(found, Undecided):
        return None
    tree, value = found
    return _Exact((value, *other_scores(standard, row)), rests_on(tree, row.indicator))


def _wrong(
    form: Form, indicator: Indicator, entry: Entry, score: Figure, exact: _Exact, settings: Settings
) -> Finding:
    expected = plain(round_half_up(exact.readings[0], max(settings.score_digits, score.digits)))
    finding = RULE.finding(
        form,
        entry,
        subject=indicator.subject,
        message=f"“{indicator.subject}”按评分标准应得 {expected} 分（依据 {named(exact.cells)}），"
        f"表中填的是 {plain(score.value)}。",
        expected=expected,
        actual=plain(score.value),
        fix=f"把 {entry.address} 改为 {expected}，或者核对实际值和评分标准。",
    )
    return finding._replace(cells=tuple(dict.fromkeys((*finding.cells, *exact.cells))))


def _impossible(
    form: Form, indicator: Indicator, entry: Entry, score: Figure, standard: Standard
) -> Iterator[Finding]:
    possible = standard.possible
    if possible.holds(score.value, score.digits):
        return
    if any(rounded_as_usual(form, score, one, cut=True) for one in possible.scores or ()):
        return
    within = possible.least <= score.value <= possible.most
    # A standard that does not fit its weight may itself be the mistake; so may steps that a person halved.
    mild = any(misfit.proven for misfit in standard.misfits) or (within and not standard.exact_set)
    yield RULE.finding(
        form,
        entry,
        (indicator.standard, indicator.weight),
        subject=indicator.subject,
        message=f"“{indicator.subject}”的评分标准只能得出 {possible}，表中填的是 {plain(score.value)}。",
        expected=str(possible),
        actual=plain(score.value),
        fix=f"按标准改 {entry.address}，或者把实际采用的评分办法写进标准。",
        severity=Severity.WARNING if mild else None,
    )


def _total(form: Form, off: list[tuple[Entry, Figure, Decimal]], settings: Settings) -> Iterator[Finding]:
    """The printed total, where it is the sum of the printed scores and some of these do not follow."""
    printed = printed_total(form)
    if not off or printed is None or not scores(form).complete:
        return
    entry, total = printed
    change = sum(
        (
            round_half_up(exact, max(settings.score_digits, score.digits)) - score.value
            for _, score, exact in off
        ),
        Decimal(0),
    )
    if not total.agrees(scores(form).total) or not change:
        return
    expected = plain(total.value + change)
    yield RULE.finding(
        form,
        entry,
        [changed for changed, _, _ in off],
        subject=_label(form),
        message=f"有 {len(off)} 项得分与评分标准不符，改正后总分应为 {expected}，表中是 {plain(total.value)}。",
        expected=expected,
        actual=plain(total.value),
        fix="先改正各项得分，总分随之改正。",
    )


def _label(form: Form) -> str:
    return form.total.label.text if form.total is not None else ""
