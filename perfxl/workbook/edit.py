"""One cell to be written: the request, its limits, and its content as XML."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.formulas import LONGEST_FORMULA
from perfxl.workbook.grid import Position, position
from perfxl.workbook.limits import LIMITS
from perfxl.workbook.markup import escape, escape_text, is_writable
from perfxl.workbook.sheet import read_number

LONGEST_TEXT = 32_767
_GREATEST = Decimal("9.99999999999999e307")


def holds(value: Decimal) -> bool:
    """Return whether a cell can hold a number; Excel shows #NUM! for what a formula makes beyond."""
    return value.is_finite() and abs(value) <= _GREATEST


class Edit(NamedTuple):
    """What to write into a cell: a value, or a formula (without "=") together with its result; neither empties it.

    `number_format` is a wish, granted where the cell has none of its own yet (General or text).
    """

    sheet: str
    cell: str
    value: Decimal | str | None
    formula: str | None = None
    number_format: str | None = None

    @property
    def formula_text(self) -> str | None:
        """The formula as stored, None if there is none."""
        return (self.formula or "").strip().removeprefix("=") or None

    @property
    def stored_value(self) -> Decimal | str | None:
        """The value as it will be read again: a number at double precision, an empty text as an empty cell."""
        if isinstance(self.value, Decimal):
            return read_number(figure(self.value))
        return None if self.value == "" and self.formula_text is None else self.value

    def place(self) -> Position:
        """Return the cell's position; WriteFailed if the address is none or lies off the sheet."""
        try:
            row, column = position(self.cell)
        except ValueError:
            row, column = 0, 0
        if not (1 <= row <= LIMITS.rows and 1 <= column <= LIMITS.columns):
            raise WriteFailed(NotWritten.BAD_CELL, f"单元格地址“{self.cell}”有误：应写成 D6 这样的形式。")
        return row, column

    def check(self) -> None:
        """Raise WriteFailed if a cell cannot hold the value or the formula."""
        formula, value = self.formula_text, self.value
        fault = ""
        if formula is not None and (len(formula) > LONGEST_FORMULA or not is_writable(formula)):
            fault = f"公式过长（超过 {LONGEST_FORMULA} 字）或含有不可见的控制字符"
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            fault = f"文字超过单元格上限 {LONGEST_TEXT} 字"
        elif isinstance(value, Decimal) and not holds(value):
            fault = "数值超出 Excel 能表示的范围"
        if fault:
            raise WriteFailed(NotWritten.BAD_VALUE, f"{self.sheet}!{self.cell} 无法写入：{fault}。")

    def xml(self, prefix: bytes) -> tuple[bytes | None, bytes]:
        """Return the cell's type attribute, None for a number, and its content, in a part that uses the prefix."""
        formula, value = self.formula_text, self.stored_value
        kind: bytes | None = None
        if value is None:
            shown = b""
        elif isinstance(value, Decimal):
            shown = _element(prefix, b"v", figure(value))
        elif formula is None:
            kind = b"inlineStr"
            space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
            text = _element(prefix, b"t", escape_text(value), space)
            shown = b"<%sis>%s</%sis>" % (prefix, text, prefix)
        else:
            kind = b"str"
            shown = _element(prefix, b"v", escape_text(value))
        if formula is None:
            return kind, shown
        return kind, _element(prefix, b"f", escape(formula)) + shown


def _element(prefix: bytes, local: bytes, text: str, attributes: bytes = b"") -> bytes:
    name = prefix + local
    return b"<%s%s>%s</%s>" % (name, attributes, text.encode("utf-8"), name)


def figure(value: Decimal) -> str:
    """Return a number as the file stores it: the shortest text that names its double-precision value."""
    return repr(float(value)).removesuffix(".0").replace("e", "E")
