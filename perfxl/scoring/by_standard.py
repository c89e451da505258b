"""The score of a row by its own scoring standard (评分标准)."""

from __future__ import annotations

from decimal import Decimal

from perfxl.form.model import Entry, Indicator
from perfxl.scoring.expression import (
    Comparison,
    Constant,
    Expression,
    FormulaError,
    If,
    ValueUnknown,
    Words,
)
from perfxl.scoring.inputs import Row, measured
from perfxl.scoring.method import Undecided, row_weight, says_nothing
from perfxl.scoring.standards.curve import NOT_SAID, Unsaid
from perfxl.scoring.standards.read import read_standard
from perfxl.scoring.standards.standard import FAMILY_NAMES, Family, Standard, Term
from perfxl.scoring.standards.wording import plain as plain_text
from perfxl.scoring.suggestion import Suggestion


def standard_of(row: Row) -> Standard | None:
    """Return the row's standard as read for its weight, or None where it has none, no weight, or is not understood."""
    weight = _points(row)
    if weight is None or says_nothing(row.indicator.standard):
        return None
    assert row.indicator.standard is not None
    description = row.indicator.description
    return read_standard(
        row.indicator.standard.text,
        weight,
        name=row.indicator.subject,
        description=description.text if description is not None else "",
        pass_share=row.settings.pass_mark / row.settings.full_marks,
    )


def by_standard(row: Row) -> Suggestion | Undecided | None:
    """Score a row by its printed standard; Undecided where a person has to, None where no standard is printed."""
    if says_nothing(row.indicator.standard) or row.indicator.weighted_score is not None:
        return None
    standard = standard_of(row)
    if standard is None:
        weight = _points(row)
        if weight is None:
            return Undecided("没有能计算的分值：请先填分值。")
        return Undecided("评分标准没有读懂，得分要由填表人评定：请按标准填得分。", Decimal(0), weight)
    weight_tree = row_weight(row.form, row.indicator, row.cells, row.settings)
    assert weight_tree is not None
    said = _by_words(standard, weight_tree, row) or _by_terms(standard, standard.terms, weight_tree, row)
    if isinstance(said, Undecided):
        least, most = standard.possible.least, standard.possible.most
        why = f"评分标准（{FAMILY_NAMES[standard.family]}）：{said.why}；得分只能是 {standard.possible}，请填得分。"
        return Undecided(why, least, most)
    return Suggestion(said, f"按评分标准（{FAMILY_NAMES[standard.family]}）计算{_whence(said)}")


def other_scores(standard: Standard, row: Row) -> tuple[Decimal, ...]:
    """The exact scores by the other readings that the words of a standard allow."""
    weight = row_weight(row.form, row.indicator, row.cells, row.settings)
    scores: list[Decimal] = []
    for term in standard.others if weight is not None else ():
        assert weight is not None
        found = _by_terms(standard, (term,), weight, row, digits=_EXACT)
        if not isinstance(found, Undecided):
            scores.append(found.value())
    return tuple(scores)


_EXACT = 8


def exact_score(standard: Standard, row: Row) -> tuple[Expression, Decimal] | Undecided:
    """The score by a standard before it is rounded to the decimals of a score, with the tree that gives it."""
    weight = row_weight(row.form, row.indicator, row.cells, row.settings)
    if weight is None:
        return Undecided("没有能计算的分值")
    found = _by_words(standard, weight, row) or _by_terms(
        standard, standard.terms, weight, row, digits=_EXACT
    )
    return found if isinstance(found, Undecided) else (found, found.value())


def _points(row: Row) -> Decimal | None:
    weight = row_weight(row.form, row.indicator, row.cells, row.settings)
    try:
        return None if weight is None else weight.value()
    except (FormulaError, ValueUnknown):
        return None


def _by_terms(
    standard: Standard, terms: tuple[Term, ...], weight: Expression, row: Row, digits: int | None = None
) -> Expression | Undecided:
    if not terms:
        return Undecided("要由填表人判断")
    values: list[Expression] = []
    for term in terms:
        found = measured(term.measure, row)
        if isinstance(found, Undecided):
            return found
        try:
            award = term.curve.award(found.value())
        except (FormulaError, ValueUnknown):
            return Undecided("所依据的单元格里没有能计算的数")
        if award is None:
            return Undecided("标准对这个实际值怎样计分没有规定，或者有两种规定")
        if isinstance(award, Unsaid):
            return Undecided("标准只给了范围")
        values.append(found)
    places = row.settings.score_digits if digits is None else digits
    if len(terms) == 1:
        return terms[0].curve.tree(values[0], weight, places)
    return standard.tree(values, weight, places)


def _by_words(standard: Standard, weight: Expression, row: Row) -> Expression | None:
    """Where the actual value says one of the cases word for word (正常), the score is a comparison with that word."""
    actual, _, _, cells = row.values()
    if not standard.choices or actual is None or says_nothing(actual):
        return None
    reference = cells.reference(actual)
    if not isinstance(reference.content, str):
        return None
    said = plain_text(reference.content)
    matching = [
        choice for choice in standard.choices if choice.words and _says(choice.words, said, standard.family)
    ]
    if len(matching) != 1:
        return None
    points = matching[0].points
    rest = [choice.points for choice in standard.choices if choice is not matching[0]]
    otherwise: Expression = Constant(rest[0]) if len(rest) == 1 else Words(NOT_SAID)
    full = points == standard.weight
    return If(
        Comparison(reference, "=", Words(reference.content)), weight if full else Constant(points), otherwise
    )


def _says(words: str, said: str, family: Family) -> bool:
    if said == words:
        return True
    return family is Family.YES_NO and len(said) > 1 and words.startswith(said)


def _whence(tree: Expression) -> str:
    places = dict.fromkeys(source.place for source in tree.sources())
    return f"，依据 {'、'.join(places)}" if places else ""


def rests_on(tree: Expression, indicator: Indicator) -> tuple[str, ...]:
    """The cells a score rests on: those of its tree, the standard and the weight."""
    entries: list[Entry | None] = [indicator.weight, indicator.standard]
    own = [entry.address for entry in entries if entry is not None]
    return tuple(dict.fromkeys([*own, *(source.place for source in tree.sources())]))
