"""What one form takes over from another: fields of the header, amounts, rows of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfxl.form import labels
from perfxl.form.figures import figure, plain
from perfxl.form.model import Entry, Form, FundRow, Indicator
from perfxl.template.declaration import Declaration, role_of
from perfxl.template.filling import Given, TableRow, declared_row, given
from perfxl.template.points import points_in
from perfxl.workbook.grid import CellValue

_OF_THE_YEAR = frozenset({"self_score", "other_score", "grade", "date", "person", "year", "money_unit"})
"""Header fields that belong to one year or one person, and are not taken over."""
_TAKEN_BY_ROLE = frozenset({"project_name", "department", "unit"})
NOT_BY_ROLE = "中央"
"""A department of the centre is another one than that of the form the field is taken from."""
_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_OPERATORS = {
    ">=": "≥", "≥": "≥", "≧": "≥", "<=": "≤", "≤": "≤", "≦": "≤", "=": "＝", "==": "＝",
    ">": ">", "<": "<", "大于等于": "≥", "小于等于": "≤", "等于": "＝", "大于": ">", "小于": "<",
    "不低于": "≥", "不高于": "≤", "正向": "≥", "正向指标": "≥", "反向": "≤", "反向指标": "≤",
}  # fmt: skip
_PERCENT_UNITS = frozenset({"%", "百分比", "百分数", "%(百分比)", "百分号"})


def header_of(declaration: Declaration, form: Form) -> dict[str, Given]:
    """The fields that a form shares with the declared one: those of the same label, else of the same role."""
    by_label = {labels.squeeze(label): entry for label, entry in (*form.header.items(), *form.footer.items())}
    found: dict[str, Given] = {}
    for name in declaration.fields:
        role = role_of(name)
        if role in _OF_THE_YEAR:
            continue
        entry = by_label.get(labels.squeeze(name))
        if entry is None and role in _TAKEN_BY_ROLE and not name.startswith(NOT_BY_ROLE):
            entry = form.roles.get(role)
        value = given(entry)
        if value is not None and value.value not in _UNITS:  # "单位：万元" is no department
            found[name] = value
    return found


def factor(declaration: Declaration, unit: str | None) -> Decimal:
    """By how much amounts in a unit ("元", "万元"; None: the form's own) are to be multiplied for the declared form."""
    own = money_unit(declaration)
    if unit is None or own is None:
        return Decimal(1)
    return _UNITS[unit] / _UNITS[own]


def money_unit(declaration: Declaration) -> str | None:
    """The unit of the amounts that the declared form prints; None where it prints none."""
    texts = [cell.text for drawing in (declaration.head, declaration.table) for cell in drawing.cells]
    printed = "\n".join(texts)
    return next((unit for unit in ("万元", "亿元", "千元", "元") if unit in printed), None)


def amount(entry: Entry | None, times: Decimal) -> Given | None:
    """An amount in the declared form's unit; None where the entry holds no number."""
    found = figure(entry)
    if found is None or found.percent:
        return None
    return Given(Decimal(plain(found.value * times)))


def amounts_of(row: FundRow, times: Decimal, measures: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    """The amounts of a fund row by the names of the entries they go to; `measures` says which goes where."""
    for measure, target in measures.items():
        value = amount(getattr(row, measure), times)
        if value is not None:
            yield f"{row.source.value}.{target}", value


# Indicators ----------------------------------------------------------------------------------------------------------


def indicator_rows(
    declaration: Declaration,
    form: Form,
    roles: Sequence[str],
    hints: Mapping[str, str],
    *,
    blank_groups: bool,
) -> tuple[TableRow, ...]:
    """The form's indicators as rows of the declared one: the columns in `roles`, and the target.

    `hints` says, by role, with which words an entry becomes a hint for the column. Groups have the declared
    labels, and stand in their order. Declared rows of groups that the form lacks stay where they name an indicator,
    and with `blank_groups` where they do not; a form without indicators gives no rows.
    """
    named = _group_labels(declaration, form)
    rows = [_indicator_row(declaration, row, roles, hints, named) for row in form.indicators if row.subject]
    if not rows:
        return ()
    there = {_group(_level1_of(row)) for row in rows}
    missing = [row for row in declaration.rows if _group(_level1(row)) not in there]
    rows += [declared_row(row) for row in missing if blank_groups or row.get("level3")]
    groups = dict.fromkeys(_group(_level1(row)) for row in declaration.rows)
    order = {group: index for index, group in enumerate(groups)}
    # A stable sort keeps the source's order within a group; a group the form does not know comes last.
    return tuple(sorted(rows, key=lambda row: order.get(_group(_level1_of(row)), len(order))))


def _group(label: str) -> str:
    """What tells a first-level group from others: 产出 in 产出指标（50分） and 项目产出."""
    return labels.core(label).removeprefix("项目").removesuffix("指标")


def _level1(row: Mapping[str, str | Decimal]) -> str:
    return str(row.get("level1", ""))


def _level1_of(row: TableRow) -> str:
    held = row.values.get("level1")
    return str(held.value) if held is not None else ""


def _group_labels(declaration: Declaration, form: Form) -> dict[str, str]:
    """The declared label for each of the form's groups: 产出指标 → 产出指标（50分）, unless other weights are given."""
    declared = {_group(_level1(row)): _level1(row) for row in declaration.rows}
    found: dict[str, str] = {}
    for row in form.indicators:
        label = row.level1.text if row.level1 is not None else ""
        known = declared.get(_group(label))
        if known is None or points_in(label) is not None:
            found[label] = label
            continue
        weights = [
            figure(other.weight) for other in form.indicators if other.level1 and other.level1.text == label
        ]
        total = sum((weight.value for weight in weights if weight is not None), Decimal(0))
        points = points_in(known)
        found[label] = label if total and points is not None and total != Decimal(points) else known
    return found


def _indicator_row(
    declaration: Declaration,
    row: Indicator,
    roles: Sequence[str],
    hints: Mapping[str, str],
    named: Mapping[str, str],
) -> TableRow:
    values: dict[str, Given] = {}
    for role in ("level1", "level2", "level3", *roles):
        value = given(getattr(row, role))
        if value is not None and role in declaration.roles:
            values[role] = value
    if row.level1 is not None and "level1" in values:
        values["level1"] = Given(named[row.level1.text])
    values |= _target(declaration, row)
    shown = {
        role: words + text
        for role, words in hints.items()
        if (text := _shown(getattr(row, role))) and role in declaration.roles
    }
    return TableRow(values, shown)


def _target(declaration: Declaration, row: Indicator) -> dict[str, Given]:
    """The target, with its operator and unit in it where the form has no columns for them."""
    if given(row.target) is None or "target" not in declaration.roles:
        return {}
    parts = {"operator": row.operator, "unit": row.unit}
    apart = {
        role: _as_listed(value)
        for role, entry in parts.items()
        if role in declaration.roles and (value := given(entry)) is not None
    }
    target = given(row.target)
    assert target is not None
    if not any(role not in declaration.roles and given(entry) for role, entry in parts.items()):
        return {"target": target, **apart}
    return {"target": Given(_joined(row, declaration)), **apart}


def _as_listed(value: Given) -> Given:
    """An operator as the drop-down list has it: ">=" is "≥"."""
    return (
        Given(_OPERATORS[value.value])
        if isinstance(value.value, str) and value.value in _OPERATORS
        else value
    )


def _joined(row: Indicator, declaration: Declaration) -> CellValue:
    operator = labels.squeeze(row.operator.text) if row.operator is not None else ""
    unit = labels.squeeze(row.unit.text) if row.unit is not None else ""
    text = _shown(row.target)
    # "定性" has no sign, and a text has none either: "正向" beside "显著提升" says which way is good, no more.
    sign = _OPERATORS.get(operator, "") if text[:1].isdigit() and "operator" not in declaration.roles else ""
    if unit in _PERCENT_UNITS:
        unit = "%"
    if "unit" in declaration.roles or not text[-1:].isdigit():
        unit = ""
    return f"{sign}{text}{unit}"


def _shown(entry: Entry | None) -> str:
    """An entry as a person sees it: 0.9 shown 90% is "90%"."""
    if entry is None or entry.blank:
        return ""
    found = figure(entry) if isinstance(entry.value, Decimal) else None
    if found is not None:
        return str(found)
    return plain(entry.value) if isinstance(entry.value, Decimal) else entry.text
