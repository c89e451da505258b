"""Every declared form filled in without a fault, for the tests."""

from __future__ import annotations

from decimal import Decimal

from perfxl.template.declaration import Declaration, role_of
from perfxl.template.filling import Filling, Given, TableRow
from perfxl.template.points import points_in
from perfxl.workbook.grid import CellValue

AMOUNTS = {"initial": Decimal(100), "budget": Decimal(100), "executed": Decimal(80)}
FUNDED = ("total", "fiscal", "central")
FIELDS: dict[str, CellValue] = {
    "project_name": "医保信息化运维",
    "date": "2025年3月15日",
    "person": "×××",
}
PASSAGES = {
    "goal.target": "保障系统稳定运行，参保群众满意",
    "goal.actual": "系统全年稳定运行，群众满意度进一步提高",
}


def filling(declared: Declaration) -> Filling:
    """A sound filling: four fifths of the money spent, every target met, full scores but for the rate."""
    entries = {**_header(declared), **_funds(declared), **PASSAGES}
    rows = _projects() if declared.is_list else _indicators(declared)
    return Filling(
        2024,
        {name: Given(value) for name, value in entries.items()},
        tuple(
            TableRow({role: Given(value) for role, value in row.items() if role in declared.roles})
            for row in rows
        ),
    )


def _header(declared: Declaration) -> dict[str, CellValue]:
    found: dict[str, CellValue] = {}
    for name in declared.fields:
        role, kind = role_of(name), declared.kind(name)
        if role not in ("year", "self_score"):
            amount = Decimal(100) if kind.type == "amount" else None
            found[name] = amount or FIELDS.get(role) or "甲市医疗保障局"
    return found


def _funds(declared: Declaration) -> dict[str, CellValue]:
    """Amounts for every source; where a total has parts, it is left to its formula."""
    names = {cell.name for cell in declared.head.cells if "." in cell.name}
    found: dict[str, CellValue] = {}
    for name in names:
        source, _, measure = name.partition(".")
        parts = [other for other in names if other.endswith(f".{measure}") and not other.startswith("total.")]
        if measure in AMOUNTS and (source != "total" or not parts):
            found[name] = AMOUNTS[measure] if source in FUNDED else Decimal(0)
    return found


def _projects() -> list[dict[str, CellValue]]:
    return [
        {
            "number": Decimal(number),
            "name": f"项目{name}",
            "budget": Decimal(10),
            "executed": Decimal(9),
            "score": Decimal(98),
            "goal": "保障运行",
            "actual": "全年正常运行，没有中断",
        }
        for number, name in enumerate("甲乙丙", start=1)
    ]


def _indicators(declared: Declaration) -> list[dict[str, CellValue]]:
    weights = _weights(declared)
    rows: list[dict[str, CellValue]] = []
    for number, (row, weight) in enumerate(zip(declared.rows, weights, strict=True), start=1):
        held: dict[str, CellValue] = {
            "level3": f"第{number}项工作完成率",
            "target": "≥90%",
            **row,
            "weight": weight,
        }
        held["actual"] = "95%" if "%" in str(held["target"]) else "已落实，执行到位"
        held["score"] = weight
        held.setdefault("standard", f"实际完成率/90%*{weight}分（≥90%，按{weight}分计算）")
        if "operator" in declared.roles:
            held |= {"operator": "≥", "target": Decimal(90), "unit": "%"}
        if held["level3"] == "预算执行率":
            short = weight * Decimal("0.8")
            held |= {"actual": "80%", "score": short, "reason": "年底前验收没有完成，尾款次年支付"}
        rows.append(held)
    return rows


def _weights(declared: Declaration) -> list[Decimal]:
    """A weight for each row: the declared ones, the points of each group, and 100 in all."""
    spent = Decimal(10 if any(cell.name == "total.weight" for cell in declared.head.cells) else 0)
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(declared.rows):
        groups.setdefault(str(row.get("level1")), []).append(index)
    weights = {index: Decimal(row["weight"]) for index, row in enumerate(declared.rows) if "weight" in row}
    for label, members in groups.items():
        points = points_in(label)
        if points is not None:
            _share(weights, members, Decimal(points))
    _share(weights, list(range(len(declared.rows))), 100 - spent)
    return [weights[index] for index in range(len(declared.rows))]


def _share(weights: dict[int, Decimal], members: list[int], total: Decimal) -> None:
    """Spread what is left of a total evenly, in whole points, over the rows that have no weight yet."""
    blank = [index for index in members if index not in weights]
    left = total - sum(weights.get(index, Decimal(0)) for index in members)
    for place, index in enumerate(blank):
        weights[index] = left // len(blank) + (1 if place < left % len(blank) else 0)
