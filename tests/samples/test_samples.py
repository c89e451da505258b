"""The sample workbooks: built from their data, true to it, and holding the faults they are said to hold."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from samples.build import build

SAMPLES = Path(__file__).parents[2] / "samples"
CATALOGUE: list[dict[str, Any]] = tomllib.loads((SAMPLES / "catalogue.toml").read_text(encoding="utf-8"))[
    "sample"
]
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
FINDINGS = [(file, finding) for file, groups in EXPECTED.items() for finding in groups["findings"]]
POSSIBLE = [(file, finding) for file, groups in EXPECTED.items() for finding in groups["possible"]]


def test_one_workbook_for_every_table_of_the_seeds() -> None:
    assert sorted(sample["data"] for sample in CATALOGUE) == sorted(
        p.name for p in (SAMPLES / "data").glob("*.json")
    )
    assert sorted(sample["file"] for sample in CATALOGUE) == sorted(p.name for p in SAMPLES.glob("*.xlsx"))
    assert sorted(EXPECTED) == sorted(p.name for p in SAMPLES.glob("*.xlsx"))


def test_rebuilding_gives_the_committed_files(tmp_path: Path) -> None:
    build(tmp_path)
    for made in tmp_path.iterdir():
        committed = SAMPLES / made.name
        if made.suffix in (".xlsx", ".docx"):
            assert _parts(made) == _parts(committed), made.name
        else:
            assert made.read_bytes() == committed.read_bytes(), made.name


@pytest.mark.parametrize("sample", CATALOGUE, ids=lambda sample: sample["id"])
def test_every_value_of_the_transcription_is_in_the_workbook(sample: dict[str, Any]) -> None:
    table = json.loads((SAMPLES / "data" / sample["data"]).read_text(encoding="utf-8"))
    shown = [_squeezed(text) for text in _texts(_sheet(sample["file"]))]
    for text in _transcribed(table):
        pieces = [_squeezed(piece) for piece in text.split("…") if piece]
        assert any(all(piece in cell for piece in pieces) for cell in shown), text


@pytest.mark.parametrize("sample", CATALOGUE, ids=lambda sample: sample["id"])
def test_no_passage_is_cut(sample: dict[str, Any]) -> None:
    assert not [text for text in _texts(_sheet(sample["file"])) if "…" in text]


def test_no_telephone_number() -> None:
    texts = [text for sample in CATALOGUE for text in _texts(_sheet(sample["file"]))]
    texts += [path.read_text(encoding="utf-8") for path in (SAMPLES / "data").glob("*.txt")]
    for text in texts:
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)", text), text


@pytest.mark.parametrize(("file", "finding"), FINDINGS)
def test_the_cells_prove_the_finding(file: str, finding: dict[str, Any]) -> None:
    sheet = _sheet(file)
    assert finding["sheet"] == sheet.title
    assert finding["cells"][0] == finding["cell"]
    assert PROOFS[finding["code"]]([sheet[address].value for address in finding["cells"]])


@pytest.mark.parametrize(("file", "finding"), POSSIBLE)
def test_a_possible_finding_names_cells_of_the_table(file: str, finding: dict[str, Any]) -> None:
    sheet = _sheet(file)
    used = {cell.coordinate for row in sheet.iter_rows() for cell in row}
    assert set(finding["cells"]) <= used
    assert finding["code"] in PROOFS.keys() | {"PX103", "PX306"}


def test_no_fund_row_but_the_expected_ones_is_wrong() -> None:
    """PX201 and PX203 over all transcribed fund rows that print a rate."""
    overspent: list[str] = []
    for sample in CATALOGUE:
        table = json.loads((SAMPLES / "data" / sample["data"]).read_text(encoding="utf-8"))
        for row in table["funds"]["rows"]:
            amounts = [Decimal(text) for text in row["values"].values() if re.fullmatch(r"[\d.]{3,}", text)]
            rates = [text for text in row["values"].values() if text.endswith("%")]
            if len(amounts) == 2 and rates:
                budget, executed = amounts
                decimals = len(rates[0].rstrip("%").partition(".")[2])
                assert f"{executed / budget * 100:.{decimals}f}%" == rates[0]
                if executed > budget:
                    overspent.append(sample["file"])
    assert overspent == [file for file, item in FINDINGS if item["code"] == "PX203"]


# What makes each finding a fact, from the values of its cells alone (first the cell to look at).


def _blank(values: list[Any]) -> bool:
    return values[0] is None


def _total_is_not_the_sum(values: list[Any]) -> bool:
    return Decimal(str(values[0])) != sum(Decimal(str(value)) for value in values[1:] if value is not None)


def _more_than(values: list[Any]) -> bool:
    return bool(values[0] > values[1])


def _outside_without_reason(values: list[Any]) -> bool:
    reason, actual, target = values
    low, high = (Decimal(part) for part in re.findall(r"\d+", target))
    return not reason and not low <= Decimal(re.findall(r"[\d.]+", actual)[0]) <= high


def _far_beyond_without_reason(values: list[Any]) -> bool:
    reason, actual, target = values
    return not reason and Decimal(actual.rstrip("%")) > Decimal("1.3") * Decimal(
        target.lstrip("≥").rstrip("%")
    )


def _other_unit(values: list[Any]) -> bool:
    units = [re.sub(r"[≥≤<>\d.\s]", "", value) for value in values]
    return units[0] != units[1]


def _only_the_condition(values: list[Any]) -> bool:
    return values[0] == values[1] and values[0][0] in "≥≤<>"


PROOFS: dict[str, Callable[[list[Any]], bool]] = {
    "PX101": _blank,
    "PX202": _total_is_not_the_sum,
    "PX203": _more_than,
    "PX304": _total_is_not_the_sum,
    "PX402": _outside_without_reason,
    "PX403": _far_beyond_without_reason,
    "PX404": _other_unit,
    "PX405": _only_the_condition,
}


def _sheet(file: str) -> Worksheet:
    return openpyxl.load_workbook(SAMPLES / file).worksheets[0]


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _number(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) else None


def _percent(value: Any, number_format: str) -> Decimal | None:
    if isinstance(value, str) and re.fullmatch(r"[\d.]+%", value):
        return Decimal(value[:-1]) / 100
    return _number(value) if "%" in number_format else None


def _texts(sheet: Worksheet) -> Iterator[str]:
    """Every value as it is shown."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                yield cell.value
            elif cell.value is not None:
                number = Decimal(str(cell.value))
                percent = "%" in cell.number_format
                decimals = len(cell.number_format.rstrip("%").partition(".")[2])
                shown = f"{number * 100 if percent else number:.{decimals}f}"
                yield f"{shown}%" if percent else f"{number:f}" if cell.number_format == "General" else shown


def _squeezed(text: str) -> str:
    """Without white space, and with one kind of colon and comma, which the documents mix at page breaks."""
    return re.sub(r"\s", "", text).translate(str.maketrans("：，；", ":,;"))


def _transcribed(table: dict[str, Any]) -> Iterator[str]:
    skip = {"注4", "注5"}  # printed as "4." and "5."
    for fields in (
        table["header"],
        {k: v for k, v in table["footer"].items() if k not in skip},
        table["total"],
    ):
        yield from fields.values()
    for row in table["funds"]["rows"]:
        yield from row["values"].values()
    for row in table["indicators"]:
        yield from (row[label] for label in table["columns"])
    for goal in table["goals"].values():
        yield goal.removeprefix("三、绩效目标执行出现的偏差和采取的措施:")
