"""What was read, in the shape of the contract's `extract --format json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from perfxl.form.model import Entry, Form, FundRow, Indicator, Kind, Project, Total
from perfxl.settings.forms import BadDeclaration, declared_form, origin_by_structure
from perfxl.workbook.grid import CellValue

Json = dict[str, Any]


def forms_as_json(name: str, forms: Iterable[Form]) -> Json:
    """Return the JSON object of one workbook: its file name and every form read from it."""
    return {"file": name, "forms": [form_as_json(form) for form in forms]}


def form_as_json(form: Form) -> Json:
    """Return the JSON object of one form; a key whose column the form lacks is left out."""
    title = "" if form.title is None else form.title.text
    start: Json = {
        "sheet": form.sheet,
        "kind": form.kind.value,
        "title": title,
        "year": form.year,
        "header": _fields(form.header),
    } | _made_from(form)
    if form.kind is Kind.PROJECT_LIST:
        return start | {"projects": [_row(project) for project in form.projects]} | _ending(form)
    return (
        start
        | {
            "funds": [_fund(row) for row in form.funds],
            "goals": _present({"target": form.goals.target, "actual": form.goals.actual}),
            "indicators": [_row(row) for row in form.indicators],
        }
        | _subtotals(form)
        | _ending(form)
    )


def _made_from(form: Form) -> Json:
    """The declared form and version that the form was made from, by its mark or by its columns, and today's version."""
    try:
        origin = form.origin or origin_by_structure(form)
        declared = declared_form(origin.form) if origin is not None else None
    except BadDeclaration:
        return {}  # a faulty declaration of the office's is no fault of the form that is read
    if origin is None:
        return {}
    current = {} if declared is None else {"current_version": declared.version}
    return {"made_from": {"form": origin.form, "version": origin.version} | current}


def _subtotals(form: Form) -> Json:
    """The rows that sum up a group of indicators, where there are any."""
    rows = [
        _present({"label": row.label, "weight": row.weight, "score": row.score}) for row in form.subtotals
    ]
    return {"subtotals": rows} if rows else {}


def _ending(form: Form) -> Json:
    return {"total": _total(form.total), "footer": _fields(form.footer)}


def _total(total: Total | None) -> Json:
    if total is None:
        return {}
    return _present(
        {
            "label": total.label,
            "weight": total.weight,
            "score": total.score,
            "grade": total.grade,
            "budget": total.budget,
            "executed": total.executed,
            "returned": total.returned,
        }
    )


def _fund(row: FundRow) -> Json:
    columns = ("initial", "budget", "arrived", "executed", "rate", "weight", "score")
    return {"label": _entry(row.label), "source": row.source.value} | _present(
        {column: getattr(row, column) for column in columns}
    )


def _row(row: Indicator | Project) -> Json:
    return _present({name: getattr(row, name) for name in row._fields if name != "row"})


def _present(entries: Mapping[str, Entry | None]) -> Json:
    return {name: _entry(entry) for name, entry in entries.items() if entry is not None}


def _fields(fields: Mapping[str, Entry]) -> Json:
    return {label: _entry(entry) for label, entry in fields.items()}


def _entry(entry: Entry) -> Json:
    return {"value": json_value(entry.value), "cell": entry.address}


def json_value(value: CellValue) -> str | int | float | bool | None:
    """Return a cell's value for JSON: an integral number as int, another number as the nearest double."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def forms_as_text(name: str, forms: Iterable[Form]) -> str:
    """Return a short overview of what was read, for a person."""
    return "\n".join(_lines(name, list(forms)))


def _lines(name: str, forms: list[Form]) -> Iterable[str]:
    yield f"■ {name}：读到 {len(forms)} 张表"
    for form in forms:
        yield f"  【{form.sheet}】{form.title.text if form.title else '（无标题）'}"
        made_from = _made_from(form).get("made_from")
        if made_from:
            current = made_from.get("current_version", made_from["version"])
            newer = f"（现在是第 {current} 版）" if current > made_from["version"] else ""
            yield f"    表样：{made_from['form']} 第 {made_from['version']} 版{newer}"
        for label, entry in form.header.items():
            yield f"    {label}：{entry.text or '（空）'}（{entry.address}）"
        for fund in form.funds:
            amounts = "，".join(f"{entry.text or '（空）'}（{entry.address}）" for entry in fund.entries)
            yield f"    资金 {fund.subject}：{amounts}"
        for row in form.indicators:
            target = row.target.text if row.target else ""
            actual = row.actual.text if row.actual else ""
            yield f"    第 {row.row} 行 {row.subject}：指标值 {target or '—'}，完成值 {actual or '—'}"
        for project in form.projects:
            yield f"    第 {project.row} 行 {project.name.text if project.name else ''}"
        if form.total and form.total.score:
            yield f"    总分：{form.total.score.text or '（空）'}（{form.total.score.address}）"
