"""The transcribed tables of data/: read, completed from full_texts.toml, and turned into cell values."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from samples.canvas import CELL, TEXT, Canvas, Style, Value

HERE = Path(__file__).parent

Row = dict[str, str]

_WORDY = 9
"""A column whose texts are longer than this on average is set to the left."""

_LONG = 20
"""A text longer than this is set to the left in any column."""

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")
_PERCENT = re.compile(r"(-?\d+(?:\.(\d+))?)%")


@dataclass(frozen=True)
class Transcription:
    """One table as a person copied it from print.

    `numbers` and `percents` name the columns whose figures and percentages are typed as numbers.
    """

    raw: dict[str, Any]
    numbers: frozenset[str]
    percents: frozenset[str]

    @property
    def title(self) -> str:
        """The title as printed, without the line breaks of the print."""
        return str(self.raw["title"])

    @property
    def year(self) -> str:
        """The year the money was spent in."""
        return str(self.raw["year"])

    @property
    def header(self) -> dict[str, str]:
        """Label and value of each head field."""
        return dict(self.raw["header"])

    @property
    def footer(self) -> dict[str, str]:
        """Label and value of each field below the table."""
        return dict(self.raw["footer"])

    @property
    def total(self) -> dict[str, str]:
        """Weight and score of the total row; blank where the print has none."""
        return dict(self.raw["total"])

    @property
    def goals(self) -> dict[str, str]:
        """The yearly goal and what became of it."""
        return dict(self.raw["goals"])

    @property
    def notes(self) -> list[str]:
        """The numbered notes below the table."""
        return list(self.raw.get("notes", []))

    @property
    def fund_columns(self) -> list[str]:
        """The labels of the fund table's columns."""
        return list(self.raw["funds"]["columns"])

    @property
    def fund_rows(self) -> list[tuple[str, Row]]:
        """Label and values of each row of the fund table."""
        return [(row["label"], row["values"]) for row in self.raw["funds"]["rows"]]

    @property
    def columns(self) -> list[str]:
        """The labels of the indicator table's columns, in printed order."""
        return list(self.raw["columns"])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the indicator table as printed: a group's name stands in its first row only."""
        return [{label: str(row.get(label, "")) for label in self.columns} for row in self.raw["indicators"]]

    @cached_property
    def wordy_columns(self) -> frozenset[str]:
        """The columns of the indicator table that hold sentences rather than values."""
        return frozenset(
            label
            for label in self.columns
            if not label.rstrip("（）()AB").endswith("值")
            and sum(len(row[label]) for row in self.rows)
            > _WORDY * max(1, sum(bool(row[label]) for row in self.rows))
        )

    def typed(self, column: str, text: str) -> tuple[Value, str]:
        """Return what an officer would have typed in a column, and its number format.

        "8.00" in a number column is 8 shown as 0.00, "89.89%" in a percent column 0.8989 shown as
        0.00%; any other text stays as printed, blank text is an empty cell.
        """
        if not text:
            return None, "General"
        if column in self.numbers and (match := _NUMBER.fullmatch(text)):
            padded = match[1] is not None and match[1].endswith("0")
            return float(text), "0." + "0" * len(match[1]) if padded else "General"
        if column in self.percents and (match := _PERCENT.fullmatch(text)):
            decimals = len(match[2] or "")
            return round(float(match[1]) / 100, decimals + 2), f"0.{'0' * decimals}%" if decimals else "0%"
        return text, "General"

    def place(
        self,
        canvas: Canvas,
        row: int,
        column: int,
        label: str,
        text: str,
        name: str,
        *,
        columns: int = 1,
        rows: int = 1,
        style: Style = CELL,
    ) -> None:
        """Put one transcribed value on the canvas, long text to the left."""
        value, number_format = self.typed(label, text)
        if isinstance(value, str) and (label in self.wordy_columns or len(value) > _LONG):
            style = style._replace(align=TEXT.align)
        style = style._replace(number_format=number_format)
        canvas.put(row, column, value, style, rows=rows, columns=columns, name=name)


def load(data: str, numbers: list[str], percents: list[str]) -> Transcription:
    """Return a table of data/ with its cut passages restored."""
    raw: dict[str, Any] = json.loads((HERE / "data" / data).read_text(encoding="utf-8"))
    full_texts = tomllib.loads((HERE / "full_texts.toml").read_text(encoding="utf-8"))
    for path, text in full_texts.get(data.removeprefix("seed_").removesuffix(".json"), {}).items():
        _replace(raw, path.split("."), text)
    return Transcription(raw, frozenset(numbers), frozenset(percents))


def _replace(raw: dict[str, Any], path: list[str], text: str) -> None:
    section, *rest = path
    if section == "notes":
        raw.setdefault("notes", []).append(text)
    elif section == "indicators":
        raw[section][int(rest[0])][rest[1]] = text
    else:
        raw[section][rest[0]] = text
