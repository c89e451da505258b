"""Every declared form, blank: read as what it is, told to be unfilled, and a workbook that Excel takes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfxl.form.model import Kind, Origin
from perfxl.rules.check import check_form
from perfxl.scoring.plan import plan_workbook
from perfxl.settings.forms import declared_form, declared_forms, origin_by_structure
from perfxl.workbook.open import read_workbook
from tests.template.filled import made, read

FORMS = tuple(declared_forms())
COLUMNS = {
    "department": "level1 level2 level3 description standard weight score",
    "project": "level1 level2 level3 target actual weight score reason",
    "project_cost": "level1 level2 level3 target actual weight score reason",
    "project_list": "number name budget executed returned score goal actual",
    "project_sichuan": "level1 level2 level3 target actual",
    "project_yinchuan": "level1 level2 level3 weight target actual score reason",
    "scoresheet": "level1 level2 level3 target standard weight score",
    "targets": "level1 level2 level3 operator target unit",
    "transfer": "level1 level2 level3 target actual reason",
    "transfer_sichuan": "level1 level2 level3 target actual reason",
}
FUNDS = {
    "department": "total fiscal other",
    "project": "total fiscal carryover other",
    "project_cost": "total fiscal carryover other",
    "project_sichuan": "total fiscal other",
    "project_yinchuan": "total",
    "transfer": "total central local other",
    "transfer_sichuan": "total central local other",
}
# ECMA-376 part 1, 18.3.1.99: Excel repairs a sheet whose elements stand in another order.
ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
]
NEWER_THAN_2007 = re.compile(r"_xlfn|\b(?:IFS|XLOOKUP|TEXTJOIN|CONCAT|LET|FILTER|SWITCH|MAXIFS)\(")

every_form = pytest.mark.parametrize("name", FORMS)


def sheet_of(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as package:
        return package.read(name).decode("utf-8")


def test_the_forms_of_the_seeds_are_declared() -> None:
    assert set(FORMS) == set(COLUMNS)


@every_form
def test_is_read_as_what_it_is(name: str) -> None:
    declared = declared_form(name)
    (form,) = read(made(name))
    assert declared is not None
    assert form.kind is declared.kind
    assert form.year is None
    assert set(form.indicator_columns) == set(COLUMNS[name].split())
    assert [row.source.value for row in form.funds] == FUNDS.get(name, "").split()
    assert (form.money_unit or "万元") == "万元"
    assert all(row.level1 is not None and row.level1.text for row in form.indicators)
    assert form.origin == Origin(name, declared.version)


@every_form
def test_is_recognised_without_its_mark(name: str) -> None:
    (form,) = read(made(name))
    found = origin_by_structure(form._replace(origin=None))
    # The two national project forms differ in their groups alone, which is no difference of structure.
    assert found == (None if name in ("project", "project_cost") else form.origin)


@every_form
def test_is_told_to_be_unfilled_and_nothing_else(name: str) -> None:
    (form,) = read(made(name))
    findings = check_form(form)
    assert {finding.code for finding in findings} == {"PX101"}
    if name != "targets":
        assert [finding.cell for finding in findings] == ["A1"]


@every_form
def test_nothing_is_computed_in_a_blank_form(name: str) -> None:
    book = read_workbook(made(name), "blank.xlsx")
    (plan,) = plan_workbook(book, read(made(name)))
    assert not (plan.changes or plan.kept or plan.open or plan.refreshed)


@every_form
def test_input_cells_alone_are_open_and_tinted(name: str) -> None:
    sheet = sheet_of(made(name))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    cells = [cell for row in sheet.iter_rows() for cell in row if type(cell).__name__ == "Cell"]
    tinted = {cell.coordinate for cell in cells if cell.fill.fgColor.rgb == "FFFFF8E1"}
    opened = {cell.coordinate for cell in cells if cell.has_style and not cell.protection.locked}
    bordered = {cell.coordinate for cell in cells if cell.border.left.style}
    assert tinted
    assert tinted == opened & bordered
    assert not {cell.coordinate for cell in cells if str(cell.value).startswith("=")} & opened


@every_form
def test_prints_on_a4_within_its_width(name: str) -> None:
    sheet = sheet_of(made(name))
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0) or (
        sheet.page_setup.fitToWidth == 1
    )
    assert sheet.print_area
    assert sheet.print_title_rows
    assert sheet.print_options.horizontalCentered
    assert max(dimension.height or 0 for dimension in sheet.row_dimensions.values()) < 409


@every_form
def test_keeps_to_the_limits_of_excel(name: str) -> None:
    content = made(name)
    sheet = sheet_of(content)
    assert len(sheet.title) <= 31
    for validation in sheet.data_validations.dataValidation:
        assert len(validation.prompt or "") <= 255
        assert len(validation.promptTitle or "") <= 32
        assert len(validation.error or "") <= 255
        assert len(validation.errorTitle or "") <= 32
        assert len(validation.formula1 or "") <= 257  # with the quotes
    for conditions in sheet.conditional_formatting:
        for rule in conditions.rules:
            (formula,) = rule.formula
            assert len(formula) <= 8192
            assert "{" not in formula  # array constants are refused there
            assert "!" not in formula
    formulas = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    conditions_of = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert not [text for text in (*formulas, *conditions_of) if NEWER_THAN_2007.search(text)]


@every_form
def test_parts_are_in_the_order_that_excel_demands(name: str) -> None:
    text = part(made(name), "xl/worksheets/sheet1.xml")
    inner = re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", text, flags=re.DOTALL)
    found = [tag for tag in re.findall(r"<([A-Za-z]+)", inner) if tag in ORDER]
    assert list(dict.fromkeys(found)) == [tag for tag in ORDER if tag in found]
    merged = re.findall(r'<mergeCell ref="([^"]+)"', text)
    assert len(merged) == len(set(merged))


@every_form
def test_entries_under_each_other_are_one_range(name: str) -> None:
    sheet = sheet_of(made(name))
    assert len(sheet.data_validations.dataValidation) < 30
    seen: set[str] = set()
    for validation in sheet.data_validations.dataValidation:
        cells = {
            cell
            for area in validation.sqref.ranges
            for row in area.rows
            for cell in (f"{r}:{c}" for r, c in row)
        }
        assert not cells & seen
        seen |= cells


@every_form
def test_is_the_same_bytes_every_time(name: str) -> None:
    assert made(name) == made(name)


@every_form
def test_a_formula_that_shows_nothing_says_so(name: str) -> None:
    text = part(made(name), "xl/worksheets/sheet1.xml")
    assert not re.search(r"(?<!t=\"str\")><f>[^<]*</f><v></v>", text)


def test_kinds_are_those_of_the_contract() -> None:
    assert {form.kind for form in declared_forms().values()} == {
        Kind.PROJECT,
        Kind.TRANSFER,
        Kind.DEPARTMENT,
        Kind.SCORESHEET,
        Kind.PROJECT_LIST,
    }
