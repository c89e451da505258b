"""The other form of the same project: a scoresheet has no funds and no actual values, its project form has both.

Two forms belong together where they name one project, or nearly so and share indicators. In doubt none is taken:
a score computed from another project's money would be worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator, Kind
from perfxl.scoring.cells import References

_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
_NOT_A_NAME = re.compile(r"20\d\d|年度|单位|万元|附件|样表|本级")
_PREFIX = re.compile(r"^(?:\d+[.、])?(?:关于)?")
_SUFFIX = re.compile(r"(?:专项)?(?:项目|经费|费用|资金|专项|支出|补助)+$")
_SIGNS = re.compile(r"[\s“”\"'《》<>()、,，。·\-—_/:：;；]")
_SHORTEST = 4
_ALIKE = 0.8
_MORE_ALIKE_THAN_OTHERS = 0.1
_SHARED = 0.5


class Seat(NamedTuple):
    """A form and what its cells hold."""

    form: Form
    cells: References


def companion(form: Form, others: Iterable[Seat]) -> Seat | None:
    """Return the form with funds or actual values that speaks of the same project and year, or None.

    Names count when equal, or when one holds the other; names that are only alike need shared indicators.
    """
    candidates = [seat for seat in others if seat.form is not form and _may_serve(form, seat.form)]
    own = _names(form)
    same = [seat for seat in candidates if any(_same(one, two) for one in own for two in _names(seat.form))]
    if same:
        return _only(form, same)
    alike = sorted(
        ((_likeness(own, _names(seat.form)), seat) for seat in candidates), key=lambda pair: -pair[0]
    )
    if alike and alike[0][0] >= _ALIKE and _share(form, alike[0][1].form) >= _SHARED:
        others_below = all(alike[0][0] - likeness >= _MORE_ALIKE_THAN_OTHERS for likeness, _ in alike[1:])
        return alike[0][1] if others_below else None
    if not own and len(candidates) == 1 and _share(form, candidates[0].form) >= _SHARED:
        return candidates[0]
    return None


def same_project(form: Form, other: Form) -> bool:
    """Return whether two forms speak of one project, each perhaps of its own part: same name, or like name and rows.

    Forms without a name need nearly all their indicators in common.
    """
    own, theirs = _names(form), _names(other)
    if any(_same(one, two) for one in own for two in theirs):
        return True
    shared = min(_share(form, other), _share(other, form))
    if not own or not theirs:
        return shared >= _ALIKE
    return _likeness(own, theirs) >= _ALIKE and shared >= _SHARED


def row_like(row: Indicator, rows: Sequence[Indicator]) -> Indicator | None:
    """Return the one row of another form that has this row's third-level name, or nearly so; None in doubt."""
    name = _name(row.level3)
    if not name:
        return None
    named = [(other, _name(other.level3)) for other in rows]
    equal = [other for other, theirs in named if theirs == name]
    if equal:
        return equal[0] if len(equal) == 1 else None
    near = [other for other, theirs in named if _same(name, theirs)]
    return near[0] if len(near) == 1 else None


def _may_serve(form: Form, other: Form) -> bool:
    if other.kind in (Kind.PROJECT_LIST, Kind.SCORESHEET) or not (other.funds or other.indicators):
        return False
    return form.year is None or other.year is None or form.year == other.year


def _names(form: Form) -> tuple[str, ...]:
    """What a form calls its project: the field 项目名称, else what stands in brackets in its title."""
    field = form.roles.get("project_name")
    if field is not None and field.text:
        return (_bare(field.text),)
    title = squeeze(form.title.text) if form.title is not None else ""
    inside = [text for text in _IN_BRACKETS.findall(title) if not _NOT_A_NAME.search(text)]
    return tuple(name for text in inside if len(name := _bare(text)) >= 2)


def _bare(text: str) -> str:
    name = _SIGNS.sub("", _PREFIX.sub("", squeeze(text)))
    return _SUFFIX.sub("", name) or name


def _name(entry: Entry | None) -> str:
    return "" if entry is None else _SIGNS.sub("", _PREFIX.sub("", squeeze(entry.text)))


def _same(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer


def _only(form: Form, seats: list[Seat]) -> Seat | None:
    """Of several forms that name the project, the one whose name is the very same, else the one with its indicators."""
    if len(seats) == 1:
        return seats[0]
    exact = [seat for seat in seats if set(_names(seat.form)) & set(_names(form))]
    if len(exact) == 1:
        return exact[0]
    shares = sorted(((_share(form, seat.form), seat) for seat in exact or seats), key=lambda pair: -pair[0])
    return shares[0][1] if shares[0][0] >= _SHARED and shares[1][0] < _SHARED else None


def _likeness(own: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    return max((SequenceMatcher(None, one, two).ratio() for one in own for two in theirs), default=0.0)


def _share(form: Form, other: Form) -> float:
    """The share of the other form's indicators that this form has too."""
    names = {_name(row.level3) for row in form.indicators} - {""}
    theirs = [_name(row.level3) for row in other.indicators if _name(row.level3)]
    return sum(name in names for name in theirs) / len(theirs) if theirs else 0.0
