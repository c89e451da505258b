"""What may differ between two prints of one form."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

HeaderStyle = Literal["pairs", "one_a_row", "joined"]
FundStyle = Literal["columns", "beside_header", "pairs", "headed_pairs", "transposed", "single_row"]
GoalStyle = Literal["side_by_side", "one_row", "two_rows"]
GroupStyle = Literal["merged", "repeated", "blank", "mixed"]
Spelling = Literal["plain", "spaced", "broken", "mixed"]
Signs = Literal["as_is", "full", "half"]


@dataclass(frozen=True)
class LayoutOptions:
    """One way to lay out a form; a style that the form cannot take falls back to the default."""

    top: int = 1
    left: int = 1
    sheet_name: str = "自评表"
    lead_line: bool = False
    """A line "附件" above the title."""
    merged_title: bool = True
    year_in_subtitle: bool = True
    """Otherwise the year stands in the title's cell."""
    blank_row_below_title: bool = False
    spelling: Spelling = "plain"
    """Blanks (spaced) or line breaks (broken) inside labels: "年初 预算数", "产 出 指 标"."""
    signs: Signs = "as_is"
    """Full-width or half-width brackets, colons, operators, percent signs and digits."""
    synonyms: bool = False
    colons: bool = False
    """A colon after the labels of the head."""
    header: HeaderStyle = "pairs"
    funds: FundStyle = "columns"
    nested_sources: bool = False
    """Below the total, "其中：" stands once at the left of the fund rows."""
    goals: GoalStyle = "side_by_side"
    side_labels: bool = True
    """Merged labels at the left of each block: 项目资金, 年度总体目标, 绩效指标."""
    groups: GroupStyle = "merged"
    wide_columns: bool = False
    """Some columns of the table lie over several columns of the sheet, merged in every row."""
    two_row_head: bool = False
    split_target: bool = False
    """Operator, value and unit in columns of their own; a target that is no simple quantity is 定性."""
    score_before_weight: bool = False
    weight_after_names: bool = False
    without_reason: bool = False
    extra_columns: tuple[str, ...] = ()
    """Of "number" (序号), "description" (指标解释), "note" (备注)."""
    amounts: Literal["number", "text", "grouped_text"] = "number"
    points: Literal["number", "text"] = "number"
    percents: Literal["fraction", "text"] = "fraction"
    typed_targets: bool = False
    """A bare number, and a bare percentage, in a target or an actual value is typed as a number."""
    page_break: bool = False
    """The head of the table is printed again in the middle."""
    groups_named_again: bool = False
    """… and the group that the break cuts is named again below it."""
    subtotals: bool = False
    formulas: bool = False
    total_row: bool = True
    footer_joined: bool = True
    hide_columns: bool = False
    hide_rows: bool = False
    trailing_rows: int = 0
    stray_blanks: bool = False
    """Blanks and line breaks at the ends of typed texts."""
    blank_reason: str = ""
    stray_remark: bool = False
    """A remark beside the table, one blank column away."""
    instruction_sheet: bool = False

    @staticmethod
    def drawn(seed: int) -> LayoutOptions:
        """Return options drawn at random; the same seed gives the same options."""
        dice = random.Random(f"layout {seed}")

        def one_in(count: int) -> bool:
            return dice.randrange(count) == 0

        extra = tuple(name for name in ("number", "description", "note") if one_in(5))
        return LayoutOptions(
            top=dice.choice((1, 1, 1, 2, 3, 6)),
            left=dice.choice((1, 1, 1, 2, 3)),
            sheet_name=dice.choice(("自评表", "Sheet1", "附件2", "2021年度", "绩效自评表 (2)")),
            lead_line=one_in(3),
            merged_title=not one_in(5),
            year_in_subtitle=not one_in(3),
            blank_row_below_title=one_in(6),
            spelling=dice.choice(("plain", "plain", "spaced", "broken", "mixed")),
            signs=dice.choice(("as_is", "as_is", "full", "half")),
            synonyms=one_in(2),
            colons=one_in(3),
            header=dice.choice(("pairs", "pairs", "one_a_row", "joined")),
            funds=dice.choice(
                (
                    "columns",
                    "columns",
                    "columns",
                    "beside_header",
                    "pairs",
                    "headed_pairs",
                    "transposed",
                    "single_row",
                )
            ),
            nested_sources=one_in(4),
            goals=dice.choice(("side_by_side", "side_by_side", "one_row", "two_rows")),
            side_labels=not one_in(4),
            groups=dice.choice(("merged", "merged", "repeated", "blank", "mixed")),
            wide_columns=one_in(3),
            two_row_head=one_in(4),
            split_target=one_in(4),
            score_before_weight=one_in(6),
            weight_after_names=one_in(5),
            without_reason=one_in(6),
            extra_columns=extra,
            amounts=dice.choice(("number", "number", "number", "text", "grouped_text")),
            points=dice.choice(("number", "number", "number", "text")),
            percents=dice.choice(("fraction", "text")),
            typed_targets=one_in(2),
            page_break=one_in(4),
            groups_named_again=one_in(2),
            subtotals=one_in(6),
            formulas=one_in(3),
            total_row=not one_in(6),
            footer_joined=not one_in(3),
            hide_columns=one_in(5),
            hide_rows=one_in(5),
            trailing_rows=dice.choice((0, 0, 0, 2, 5)),
            stray_blanks=one_in(5),
            blank_reason=dice.choice(("", "", "", "/", "无", "—")),
            stray_remark=one_in(8),
            instruction_sheet=one_in(6),
        )
