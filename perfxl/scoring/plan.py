"""The plan: which computed figure goes into which cell of a form, what stays, and what only a person can decide.

Nothing is written here. A plan is made from a form and its sheet; `perfxl.scoring.edits` turns it into edits.
The figures depend on each other in one direction, so they are planned in that order: blank fund totals,
execution rates, the score for the rate, indicator scores, the total, the score in the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from perfxl.form.execution import is_execution_rate, own_rule
from perfxl.form.figures import figure, plain
from perfxl.form.model import Column, Entry, Form, FundRow, Indicator, Kind, Subtotal, distinct
from perfxl.form.subtotals import summed
from perfxl.scoring.cells import Abroad, Cells
from perfxl.scoring.companions import Seat, companion
from perfxl.scoring.decisions import DOUBLE, Decisions, Duty, Plan, Refreshed
from perfxl.scoring.expression import Addition, Expression, FormulaError, Reference, Sum, ValueUnknown
from perfxl.scoring.indicators import score_of
from perfxl.scoring.inputs import Row
from perfxl.scoring.method import (
    AMOUNTS,
    Execution,
    Undecided,
    capped_total,
    counted,
    execution,
    execution_score,
    full_from,
    fund_weight,
    implied_execution,
    main_row,
    parts,
    rate,
    row_weight,
    says_nothing,
    shared,
    weighted_scores,
)
from perfxl.scoring.suggestion import Suggestion
from perfxl.settings.parameters import Settings, SettingsFor, settings_for
from perfxl.workbook.grid import Cell, Workbook


def plan_workbook(
    workbook: Workbook,
    forms: Sequence[Form],
    *,
    overwrite: bool = False,
    settings: SettingsFor = settings_for,
) -> tuple[Plan, ...]:
    """Return the plan for each form of a workbook, in their order.

    A scoresheet is computed from the project form of the same project, wherever in the workbook it stands.
    With `overwrite`, scores that a person typed or has computed otherwise, and formulas whose result nobody can
    tell, are replaced too.
    """
    cells = {name: Cells(workbook.sheet(name)) for name in dict.fromkeys(form.sheet for form in forms)}
    planners = [_Planner(form, cells[form.sheet], overwrite, settings(form)) for form in forms]
    # The forms that others rest on come first: what is planned for them is what the others find.
    for planner in sorted(planners, key=lambda planner: planner.form.kind is Kind.SCORESHEET):
        planner.companion = companion(planner.form, _seats(planner.form, forms, cells))
        planner.run()
    return tuple(planner.plan() for planner in planners)


def _seats(form: Form, forms: Sequence[Form], cells: Mapping[str, Cells]) -> Iterator[Seat]:
    for other in forms:
        own = cells[other.sheet]
        yield Seat(other, own if other.sheet == form.sheet else Abroad(own, other.sheet))


def _is_filled(form: Form) -> bool:
    """Whether anybody has filled the form in: an amount, an actual value or a score stands somewhere."""
    given: list[Entry | None] = []
    for fund in form.funds:
        given += [fund.initial, fund.budget, fund.arrived, fund.executed]
    for indicator in form.indicators:
        given += [indicator.actual, indicator.score]
    return not all(says_nothing(entry) for entry in given)


class _Planner:
    def __init__(self, form: Form, cells: Cells, overwrite: bool, settings: Settings) -> None:
        self.form = form
        self.cells = cells
        self.settings = settings
        self.companion: Seat | None = None
        self._decided = Decisions(form.sheet, cells, overwrite=overwrite)

    def run(self) -> None:
        """Decide on every cell of the form; nothing is planned for a form that nobody filled."""
        if not _is_filled(self.form):
            return
        self.fund_totals()
        self.fund_rows()
        self.indicators()
        self.subtotals()
        self.totals()

    def plan(self) -> Plan:
        """What was decided, with the formulas of the form's own whose results change by it."""
        if not _is_filled(self.form):
            return Plan()
        refreshed = [
            Refreshed(self.form.sheet, cell.address, DOUBLE.plus(value), cell.formula or "")
            for cell, value in self.cells.stale()
            # Another form on the sheet has a plan of its own, and what stands outside the forms is Excel's to renew.
            if self._holds(cell)
        ]
        made = self._decided
        return Plan(tuple(made.changes), tuple(made.kept), tuple(made.open), tuple(refreshed))

    def _holds(self, cell: Cell) -> bool:
        area = self.form.area
        return area.top <= cell.row <= area.bottom and area.left <= cell.column <= area.right

    def fund_totals(self) -> None:
        """Fill blank amounts of the total row from their parts. An amount that a person gave is never replaced."""
        total = self.form.total_fund
        if total is None:
            return
        for column in AMOUNTS:
            entry: Entry | None = getattr(total, column)
            if entry is None or not says_nothing(entry) or not self._decided.begin(entry):
                continue
            found = parts(self.form, column, self.cells)
            if isinstance(found, Undecided):
                self._decided.leave(entry, found.why, total.subject)
            elif found is not None:
                self._decided.settle(entry, self._sum(found), "合计＝各项资金之和", total.subject, digits=6)

    def fund_rows(self) -> None:
        """Compute the rate of every fund row and the score of every row that has points of its own."""
        main = main_row(self.form)
        weights: set[str] = set()
        for row in sorted(self.form.funds, key=lambda row: row is not main):
            found = execution(self.form, row, self.cells)
            self._rate(row, found, is_main=row is main)
            shares_weight = row.weight is not None and row.weight.address in weights
            if not shares_weight:
                self._execution_score(row, found)
            if row.weight is not None:
                weights.add(row.weight.address)

    def _rate(self, row: FundRow, found: Execution | Undecided | None, *, is_main: bool) -> None:
        entry = row.rate
        if entry is None or found is None or not self._decided.begin(entry):
            return
        if says_nothing(entry) and entry.text and not is_main:
            return  # "—" printed in a part's rate says that none is wanted there
        if isinstance(found, Undecided):
            self._decided.leave(entry, found.why, row.subject)
            return
        bare = not entry.text.endswith(("%", "％"))  # a sign typed beside the figure outdoes the column's
        in_percent = bare and (
            _says_percent(self.form.fund_columns.get("rate")) or _is_percent_number(entry, found)
        )
        digits = self.settings.rate_digits
        if "%" in entry.cell.number_format:
            written = figure(entry)
            digits = max(digits, written.digits if written else 0)
        self._decided.settle(
            entry,
            rate(found, digits, in_percent=in_percent),
            found.why,
            row.subject,
            digits=digits - 2 if in_percent else digits,
            number_format=_plain_format(digits - 2) if in_percent else _plain_format(digits - 2) + "%",
        )

    def _execution_score(self, row: FundRow, found: Execution | Undecided | None) -> None:
        entry = row.score
        if entry is None:
            return
        weight = fund_weight(self.form, row, self.cells, self.settings)
        if found is None or (weight is None and row is not main_row(self.form)):
            return
        if not self._decided.begin(entry):
            return
        if isinstance(found, Undecided):
            self._decided.leave(entry, found.why, row.subject)
        elif weight is None:
            if says_nothing(entry):
                self._decided.leave(entry, "没有填执行率的分值，算不出得分：请填分值。", row.subject)
        else:
            why = f"执行率得分＝分值×执行率，最高得满分；{found.why}"
            expression, duty = execution_score(found, weight, self.settings), Duty.ALWAYS
            own = own_rule(self.form)
            if own is not None:
                duty = Duty.WHERE_BLANK
                if own.full_from is not None:
                    expression = full_from(own.full_from, found, weight, expression)
                    why += f"；按表下的注 {own.note.address}，执行率达到 {plain(own.full_from * 100)}% 得满分"
            self._decided.settle(
                entry, expression, why, row.subject, digits=self.settings.score_digits, duty=duty
            )

    def indicators(self) -> None:
        """Compute what follows from the method, keep what a person gave, list what only a person can give."""
        for indicator in self.form.indicators:
            entry = indicator.score
            if entry is None or not self._decided.begin(entry):
                continue
            if not says_nothing(entry) and not self._counts(entry):
                self._decided.leave(entry, "得分不是数字，没有计入总分：请只填数字。", indicator.subject)
                continue
            found = self._score_of(indicator, entry)
            struck = says_nothing(entry) and not entry.blank  # "—" for a score: a person wanted none there
            if isinstance(found, Suggestion) and not struck and (found.certain or not entry.blank):
                self._decided.settle(
                    entry,
                    found.expression,
                    found.why,
                    indicator.subject,
                    digits=self.settings.score_digits,
                    duty=Duty.WHERE_BLANK,
                )
            elif says_nothing(entry):
                if isinstance(found, Undecided):
                    self._decided.leave(entry, found.why, indicator.subject, self._bounded(found, indicator))
                elif not all(says_nothing(given) for given in (indicator.weight, indicator.actual)):
                    unsaid = Undecided(_why_open(is_execution_rate(indicator)))
                    self._decided.leave(
                        entry, unsaid.why, indicator.subject, self._bounded(unsaid, indicator)
                    )

    def _counts(self, entry: Entry) -> bool:
        """Whether a score that was given is a number, or a formula, whose result is another matter."""
        return entry.cell.formula is not None or self.cells.reference(entry).counts

    def _bounded(self, found: Undecided, indicator: Indicator) -> Undecided:
        """What only a person can decide, between nothing and the weight where nothing narrower is known."""
        weight = row_weight(self.form, indicator, self.cells, self.settings)
        most = _value_of(weight) if weight is not None else None
        return (
            found if found.most is not None or most is None else found._replace(least=Decimal(0), most=most)
        )

    def _score_of(self, indicator: Indicator, entry: Entry) -> Suggestion | Undecided | None:
        if entry.cell[:2] in shared(self.form, "score"):
            return Undecided("几个指标共用一个得分，要由填表人评定：请填得分。")
        return score_of(Row(self.form, indicator, self.cells, self.settings, self.companion))

    def subtotals(self) -> None:
        """Compute the sums of groups of rows within the table."""
        if any(indicator.weighted_score is not None for indicator in self.form.indicators):
            return
        for subtotal in self.form.subtotals:
            name = _subject(subtotal.label)
            if subtotal.weight is not None and says_nothing(subtotal.weight):
                self._subtotal(subtotal, subtotal.weight, "weight", f"{name}＝本组各项分值之和")
            if subtotal.score is not None:
                self._subtotal(subtotal, subtotal.score, "score", f"{name}＝本组各项得分之和")

    def _subtotal(
        self, subtotal: Subtotal, entry: Entry, column: Literal["weight", "score"], why: str
    ) -> None:
        """Sum the rows that the figure given fits, else those of the group, if it is plain which ones these are."""
        rows = summed(self.form, self.form.indicators, subtotal)
        groups = [distinct(getattr(row, column) for row in choice) for choice in rows.choices]
        sums = {group: self._sum([self.cells.reference(one) for one in group]) for group in groups}
        counting = [group for group in groups if any(term.counts for term in sums[group].sources())]
        if not counting or not self._decided.begin(entry):
            return
        given = _given(self.cells.reference(entry))
        sums_given = {group: _value_of(sums[group]) for group in counting}
        extra = self._execution_points() if column == "score" else Decimal(0)
        if given is not None and extra and given - extra in sums_given.values():
            return  # the execution rate of the fund table is counted in
        fitting = [group for group in counting if given is not None and sums_given[group] == given]
        if fitting or rows.certain:
            self._decided.settle(entry, sums[(fitting or groups)[0]], why, _subject(subtotal.label), digits=6)
        else:
            why = "这一行合计的是哪几行，从表里看不出来：请核对或填写。"
            self._decided.leave(entry, why, _subject(subtotal.label))

    def _execution_points(self) -> Decimal:
        """The points of the main fund row, 0 where there are none."""
        row = main_row(self.form)
        score = row.score if row is not None else None
        return (_given(self.cells.reference(score)) if score is not None else None) or Decimal(0)

    def totals(self) -> None:
        """Compute the total and the score in the header."""
        form, total = self.form, self.form.total
        if total is not None and total.weight is not None and says_nothing(total.weight):
            self._total_weight(total.weight, _subject(total.label))
        header = form.roles.get("self_score")
        scores = counted(form, "score", self.cells, self.settings)
        if not scores:
            return
        if any(indicator.weighted_score is not None for indicator in form.indicators):
            self._weighted_total(header)
            return
        if not any(isinstance(cell, Reference) and cell.counts for cell in scores):
            if total is not None and total.score is not None and self._decided.begin(total.score):
                self._decided.leave(
                    total.score, "各项得分都没有填，算不出总分：请先填得分。", _subject(total.label)
                )
            return
        expression: Expression = self._sum(scores)
        missing = sum(1 for cell in scores if isinstance(cell, Reference) and not cell.counts)
        why = "总分＝各项得分之和" + (f"（还有 {missing} 项得分没有填，暂按 0 分计）" if missing else "")
        implied = implied_execution(form, expression, self.cells, self.settings)
        if implied is not None:
            expression, why = Addition(expression, implied), why + "＋预算执行率得分"
        capped = self._capped(expression)
        if capped is not expression:
            expression, why = capped, why + "，执行率低的按规定封顶"
        elif self._decided.short and (given := _value_of(expression)) is not None:
            why += f"；按计算的得分应为 {plain(given + self._decided.short)}，填表人给的得分没有改动"
        if total is not None and total.score is not None:
            if self._decided.begin(total.score):
                self._decided.settle(total.score, expression, why, _subject(total.label), digits=6)
            expression, why = self.cells.reference(total.score), "自评得分＝总分"
        if header is not None and self._decided.begin(header):
            self._decided.settle(header, expression, why, self._label_of(header), digits=6)

    def _capped(self, total: Expression) -> Expression:
        """The total, at most what the settings allow a form of this execution rate."""
        main = main_row(self.form)
        found = (
            execution(self.form, main, self.cells)
            if main is not None and self.settings.execution_caps
            else None
        )
        if not isinstance(found, Execution):
            return total
        return capped_total(total, found, self.settings)

    def _total_weight(self, entry: Entry, subject: str) -> None:
        weights = counted(self.form, "weight", self.cells, self.settings)
        given = any(not isinstance(cell, Reference) or cell.counts for cell in weights)
        if given and self._decided.begin(entry):
            self._decided.settle(entry, self._sum(weights), "分值合计＝各项分值之和", subject, digits=6)

    def _weighted_total(self, header: Entry | None) -> None:
        total = self.form.total
        entry = (total.weighted_score or total.score) if total is not None else header
        scores = weighted_scores(self.form, self.cells)
        if entry is not None and scores and self._decided.begin(entry):
            label = _subject(total.label) if total is not None else self._label_of(entry)
            self._decided.settle(entry, self._sum(scores), "总分＝各项折算得分之和", label, digits=6)
            if header is not None and self._decided.begin(header):
                reference = self.cells.reference(entry)
                self._decided.settle(header, reference, "自评得分＝总分", self._label_of(header), digits=6)
        elif entry is not None and self._decided.begin(entry):
            why = "本表另有折算得分一栏，总分按哪一栏合计要由填表人确定：请核对是否重复乘了权重。"
            self._decided.leave(
                entry, why, _subject(total.label) if total is not None else self._label_of(entry)
            )

    def _sum(self, terms: Sequence[Expression]) -> Sum:
        cells = [term.address for term in terms if isinstance(term, Reference)]
        return Sum(tuple(terms), self.cells.silent(cells))

    def _label_of(self, header: Entry) -> str:
        return next((label for label, entry in self.form.header.items() if entry == header), "")


def _value_of(expression: Expression) -> Decimal | None:
    try:
        return expression.value()
    except (FormulaError, ValueUnknown):
        return None


def _given(reference: Reference) -> Decimal | None:
    """The number in a cell, or None where there is none."""
    return _value_of(reference) if reference.counts else None


def _says_percent(column: Column | None) -> bool:
    """Whether a column's label carries the percent sign, so that a bare 89.89 in it is 89.89 %."""
    return column is not None and re.search("[%％]", column.label) is not None


def _is_percent_number(entry: Entry, found: Execution) -> bool:
    """Whether a cell whose own format has no percent sign ("0.00") holds its rate as 89.89."""
    if entry.cell.number_format in ("General", "@", "") or "%" in entry.cell.number_format:
        return False
    typed = figure(entry)
    if typed is None or typed.percent:
        return False
    try:
        exact = found.rate.value()
    except (FormulaError, ValueUnknown):
        return False
    return abs(typed.value - exact * 100) < abs(typed.value - exact)


def _plain_format(decimals: int) -> str:
    return "0." + "0" * decimals if decimals > 0 else "0"


def _subject(label: Entry) -> str:
    return "".join(label.text.split())


def _why_open(of_execution: bool) -> str:
    if of_execution:
        return "预算执行率的得分没有填，而表里没有说清按什么线得满分：请填得分。"
    return "得分没有填，要由填表人按评分标准评定：请填得分。"
