"""What `score` computed, kept and left open, as the contract's JSON and as a table for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfxl.form.figures import plain
from perfxl.output.extracted import json_value
from perfxl.widths import padded, width_of
from perfxl.workbook.grid import CellValue

if TYPE_CHECKING:
    from perfxl.work.score import Scored


SIGNATURE_BROKEN = "注意：原文件带有电子签名，写入后签名不再有效，需要的话请重新签名。"


def as_json(scored: Scored) -> dict[str, Any]:
    """Return the JSON object of `score --format json`."""
    return {
        "file": scored.path.name,
        "output": scored.output.name if scored.output else None,
        "changes": [
            {
                "sheet": change.sheet,
                "cell": change.cell,
                "before": json_value(change.before),
                "after": json_value(change.after),
                "formula": f"={change.formula}",
                "why": change.why,
            }
            for change in scored.changes
        ],
        "kept": [
            {
                "sheet": kept.sheet,
                "cell": kept.cell,
                "value": json_value(kept.value),
                "computed": json_value(kept.computed),
                "formula": f"={kept.formula}",
                "why": kept.why,
            }
            for kept in scored.kept
        ],
        "open": [
            {
                "sheet": left.sheet,
                "cell": left.cell,
                "why": left.why,
                **({} if left.most is None else {"range": [json_value(left.least), json_value(left.most)]}),
            }
            for left in scored.open
        ],
    }


def as_text(scored: Scored) -> str:
    """Return what was done as text: a table of the cells written, then what was kept and what a person must decide."""
    return "\n".join(_lines(scored))


def _lines(scored: Scored) -> Iterator[str]:
    yield f"■ {scored.path.name}"
    if scored.changes:
        yield "  已计算并写入："
        rows = [
            (
                f"{change.sheet}!{change.cell}",
                _shown(change.before),
                _shown(change.after),
                f"={change.formula}",
                change.why,
            )
            for change in scored.changes
        ]
        yield from _table(("单元格", "原值", "新值", "公式", "说明"), rows)
    else:
        yield "  没有需要计算的单元格。"
    if scored.kept:
        yield "  保留了填报人的数值（与计算结果不同，加 --overwrite 才会替换）："
        rows = [
            (
                f"{kept.sheet}!{kept.cell}",
                _shown(kept.value),
                _shown(kept.computed),
                f"={kept.formula}",
                kept.why,
            )
            for kept in scored.kept
        ]
        yield from _table(("单元格", "填报值", "计算值", "公式", "说明"), rows)
    if scored.open:
        yield "  需要人工判断："
        ranged = [
            (f"{left.sheet}!{left.cell}", _range(left.least, left.most), left.why) for left in scored.open
        ]
        yield from _table(("单元格", "可给的分", "说明"), ranged)
    if scored.output:
        yield (
            f"  结果另存为：{scored.output.name}（原文件未改动）"
            if scored.backup is None
            else (f"  已写入原文件，改动前的备份：{scored.backup.name}")
        )
    if scored.signature_broken:
        yield f"  {SIGNATURE_BROKEN}"


def _shown(value: CellValue) -> str:
    """A cell's content in a table: a number without exponent or trailing zeros, anything else as its text."""
    if value is None:
        return "（空）"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _range(least: Decimal | None, most: Decimal | None) -> str:
    return "" if least is None or most is None else f"{plain(least)}—{plain(most)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table whose columns line up on a terminal, where a Chinese character takes two places."""
    widths = [max(width_of(line[column]) for line in (head, *rows)) for column in range(len(head) - 1)]
    for line in (head, *rows):
        cells = [padded(text, width) for text, width in zip(line, widths, strict=False)]
        yield "    " + "  ".join([*cells, line[-1]])
