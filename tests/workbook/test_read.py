"""From the bytes of xlsx parts to cells."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfxl.workbook.grid import Area, Cell, Sheet
from perfxl.workbook.open import open_workbook, read_workbook
from perfxl.workbook.sheet import read_number
from tests.workbook.corpus import SHEET, workbook
from tests.workbook.minimal import package, worksheet


def read(data: str, before: str = "", after: str = "", *, strings: str = "", styles: str = "") -> Sheet:
    """Return the sheet that rows of XML make."""
    part = worksheet(data, before, after)
    return read_workbook(package(part, strings=strings, styles=styles), "a.xlsx").sheets[0]


def one(content: str, *, attributes: str = "", strings: str = "", styles: str = "") -> Cell:
    """Return the cell A1 that attributes and inner XML make."""
    sheet = read(f'<row r="1"><c r="A1" {attributes}>{content}</c></row>', strings=strings, styles=styles)
    return sheet.at(1, 1)


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("100", "100"),
        ("100.0", "100"),
        ("0.89890000000000003", "0.8989"),
        ("194.19", "194.19"),
        ("1E+16", "10000000000000000"),
        ("123456789012345678", "123456789012345680"),
        ("1.5E-7", "1.5E-7"),
        (" 7 ", "7"),
    ],
)
def test_numbers_are_what_excel_sees(stored: str, number: str) -> None:
    assert str(one(f"<v>{stored}</v>").value) == number


@pytest.mark.parametrize("text", ["1_000", "inf", "nan", "1e999", "", "1,000", "甲"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_figures_of_money_survive_double_precision(value: Decimal) -> None:
    assert read_number(f"{float(value):.17g}") == value


@pytest.mark.parametrize(
    ("attributes", "content", "value", "error"),
    [
        ('t="b"', "<v>1</v>", True, False),
        ('t="b"', "<v>0</v>", False, False),
        ('t="e"', "<v>#DIV/0!</v>", "#DIV/0!", True),
        ('t="str"', "<f>A2</f><v>甲 </v>", "甲 ", False),
        ('t="str"', "<f>A2</f>", "", False),
        ('t="d"', "<v>2022-03-01</v>", "2022-03-01", False),
        ('t="n"', "<v>3</v>", Decimal(3), False),
        ("", "<v>文字</v>", "文字", False),
        ('t="inlineStr"', "<is><t> 甲\n乙 </t></is>", " 甲\n乙 ", False),
        (
            't="inlineStr"',
            "<is><r><t>甲</t></r><r><rPr/><t>乙</t></r><rPh sb='0' eb='1'><t>读</t></rPh></is>",
            "甲乙",
            False,
        ),
        ('t="inlineStr"', "<is><t>a_x000D_\nb_x005F_x0041_</t></is>", "a\r\nb_x0041_", False),
    ],
)
def test_types(attributes: str, content: str, value: object, error: bool) -> None:
    cell = one(content, attributes=attributes)
    assert (cell.value, type(cell.value), cell.error) == (value, type(value), error)


def test_shared_strings_join_runs_and_leave_reading_aids_out() -> None:
    strings = (
        "<si><t>第一</t></si><si><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 乙</t></r>"
        "<rPh sb='0' eb='1'><t>jia</t></rPh><phoneticPr fontId='1'/></si><si><t>_x000a_行</t></si><si/>"
    )
    row = "".join(f'<c r="{letter}1" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABCD"))
    sheet = read(f'<row r="1">{row}</row>', strings=strings)
    assert [sheet.at(1, column).value for column in range(1, 5)] == ["第一", "甲 乙", "\n行", None]
    assert (1, 4) not in sheet.cells


def test_a_formula_never_calculated_has_no_value() -> None:
    assert one("<f>1+1</f>") == Cell(1, 1, None, "1+1")
    assert one("<f>=1+1</f><v/>") == Cell(1, 1, None, "1+1")


def test_blank_styled_cells_are_no_cells() -> None:
    assert read('<row r="1"><c r="A1" s="1"/><c r="B1" t="s"/><c r="C1"><v></v></c></row>').cells == {}


def test_number_formats_builtin_and_own() -> None:
    styles = (
        '<numFmts count="1"><numFmt numFmtId="176" formatCode="0.00_ "/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="176"/><xf numFmtId="9"/><xf numFmtId="999"/></cellXfs>'
    )
    cells = "".join(f'<c r="{letter}1" s="{i}"><v>1</v></c>' for i, letter in enumerate("ABCDEF"))
    sheet = read(f'<row r="1">{cells}</row>', styles=styles)
    formats = [sheet.at(1, column).number_format for column in range(1, 7)]
    assert formats == ["General", "0.00%", "0.00_ ", "0%", "General", "General"]


def test_cells_and_rows_are_counted_where_they_do_not_say_where_they_stand() -> None:
    sheet = read(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="C5"><v>5</v></c><c><v>6</v></c></row>'
        "<row><c><v>7</v></c></row>"
        '<row><c r="B9"><v>9</v></c></row>'
    )
    assert {cell.address: int(str(cell.value)) for cell in sheet.cells.values()} == {
        "A1": 1,
        "C1": 3,
        "C5": 5,
        "D5": 6,
        "A6": 7,
        "B9": 9,
    }


def test_shared_formulas_are_translated_for_each_cell() -> None:
    sheet = read(
        '<row r="2"><c r="C2"><f t="shared" ref="C2:C4" si="0">A2/B$2</f><v>1</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="4"><c r="C4"><f t="shared" si="0">A4/B$2</f><v>3</v></c><c r="D4"><f t="shared" si="9"/><v>4</v></c></row>'
    )
    assert [sheet.at(row, 3).formula for row in (2, 3, 4)] == ["A2/B$2", "A3/B$2", "A4/B$2"]
    assert sheet.at(4, 4) == Cell(4, 4, Decimal(4))


def test_hidden_and_merged() -> None:
    part = worksheet(
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="0"/>',
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>',
        '<mergeCells><mergeCell ref="A2:C4"/><mergeCell ref="E5"/></mergeCells>',
    )
    book = read_workbook(package(part, part, part, states="vhH"), "a.xlsx")
    sheet = book.sheets[0]
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {2, 3}
    assert sheet.merges == (Area(2, 1, 4, 3),)
    assert sheet.at(4, 3).value == 1
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2", "表3"]


def test_a_chart_sheet_is_left_out() -> None:
    assert [sheet.name for sheet in read_workbook(workbook("much_of_excel"), "a.xlsx").sheets] == [
        SHEET,
        "汇总",
    ]


def test_what_openpyxl_reads_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    values = ["文字", " 前后空 ", 3, 2.5, True, datetime.date(2022, 3, 1), '=A1&"<"', None, "一\n二"]
    for column, value in enumerate(values, 1):
        sheet.cell(4, column, value)
    book.save(tmp_path / "a.xlsx")
    read_sheet = open_workbook(tmp_path / "a.xlsx").sheets[0]
    expected = ["文字", " 前后空 ", 3, Decimal("2.5"), True, 44621, None, None, "一\n二"]
    assert [read_sheet.at(4, column).value for column in range(1, 10)] == expected
    assert read_sheet.at(4, 7).formula == 'A1&"<"'
    assert read_sheet.at(4, 6).number_format == "yyyy-mm-dd"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"), max_size=40))
def test_any_text_that_openpyxl_can_store_is_read_as_typed(text: str) -> None:
    assume("_x" not in text)  # openpyxl does not escape it
    book = openpyxl.Workbook()
    try:
        book.active["B2"] = text
    except openpyxl.utils.exceptions.IllegalCharacterError:
        return
    book.active["B2"].data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    assert read_workbook(stream.getvalue(), "a.xlsx").sheets[0].at(2, 2).value == (text or None)


@pytest.mark.parametrize("name", ["array_formula", "data_table"])
def test_what_one_formula_fills_is_known(name: str) -> None:
    assert read_workbook(workbook(name), "a.xlsx").sheet(SHEET).arrays == (Area(8, 3, 8, 4),)


def test_macros_and_recalculation_on_opening_are_seen() -> None:
    plain, with_macros = (read_workbook(workbook(name), "a.xlsx") for name in ("plain", "macros"))
    assert (plain.macros, with_macros.macros) == (False, True)
    assert not plain.recalculated


def test_a_workbook_that_xlsxwriter_wrote_is_recalculated(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("自评表").write_formula("A1", "=1+1")
    book.close()
    assert open_workbook(tmp_path / "a.xlsx").recalculated
