"""Tables that a page break interrupted: the head, and perhaps the title, printed again in the middle."""

from __future__ import annotations

from perfxl.form import labels
from perfxl.form.model import Form, Indicator
from perfxl.workbook.grid import Area


def continues(before: Form, after: Form) -> bool:
    """Whether a table goes on after a page break that printed its head (and perhaps its title) again."""
    if (
        before.sheet != after.sheet
        or before.total is not None
        or not before.indicators
        or not after.indicators
    ):
        return False
    if set(after.indicator_columns) != set(before.indicator_columns) or before.area.left != after.area.left:
        return False
    name, again = before.roles.get("project_name"), after.roles.get("project_name")
    if again is None:
        return after.title is None and not after.header and not after.funds
    return name is not None and labels.squeeze(name.text) == labels.squeeze(again.text) and bool(name.text)


def joined(before: Form, after: Form) -> Form:
    rows = before.indicators + _carried(before.indicators[-1], after.indicators)
    return before._replace(
        area=Area(
            before.area.top, before.area.left, after.area.bottom, max(before.area.right, after.area.right)
        ),
        indicators=rows,
        subtotals=before.subtotals + after.subtotals,
        total=after.total,
        footer={**before.footer, **after.footer},
    )


def _carried(last: Indicator, rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Rows after a page break whose group stands before it."""
    carried: list[Indicator] = []
    for row in rows:
        if row.level1 is None or not row.level1.blank:
            break
        level2 = last.level2 if row.level2 is not None and row.level2.blank else row.level2
        carried.append(row._replace(level1=last.level1, level2=level2))
        last = carried[-1]
    return (*carried, *rows[len(carried) :])
