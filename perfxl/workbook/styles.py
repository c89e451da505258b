"""The number formats of a workbook's cell styles."""

from __future__ import annotations

from contextlib import suppress

from perfxl.workbook.markup import local_name, new_parser, parse

GENERAL = "General"
TEXT = "@"

BUILTIN_FORMATS: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: TEXT,
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats known by number alone, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""


class _Complete(Exception):
    """Raised to end the parse once the cell styles have been seen."""


def read_number_formats(part: bytes) -> tuple[str, ...]:
    """Return the number format of each cell style of a styles part, in the order that `s` attributes count them."""
    codes: dict[int, str] = {}
    identifiers: list[int] = []
    in_cell_styles = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal in_cell_styles
        kind = local_name(tag)
        if kind == "xf":
            if in_cell_styles:
                identifiers.append(int(attributes.get("numFmtId", "0")))
        elif kind == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", GENERAL)
        elif kind == "cellXfs":
            in_cell_styles = True

    def end(tag: str) -> None:
        if in_cell_styles and local_name(tag) == "cellXfs":
            raise _Complete

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    with suppress(_Complete):
        parse(parser, part)
    return tuple(codes.get(number) or BUILTIN_FORMATS.get(number, GENERAL) for number in identifiers)
