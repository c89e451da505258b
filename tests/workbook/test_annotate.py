"""Cells marked and a sheet added in every workbook of the corpus: the rest stays byte for byte."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from perfxl.workbook.annotate import Mark, annotate_workbook, fills_of
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.fills import NO_FILL, Fill, fill_of_text, solid
from perfxl.workbook.grid import Area, address
from perfxl.workbook.newsheet import NewCell, NewSheet
from perfxl.workbook.open import read_workbook
from perfxl.workbook.restyle import Look
from tests.workbook import corpus
from tests.workbook.corpus import BOOK_PART, SHEET, SHEET_PART
from tests.workbook.differ import compare
from tests.workbook.minimal import package, worksheet
from tests.workbook.surgery import STRICT_MAIN

RED, BLUE = solid("FFFFB3B3"), solid("FFCCE5FF")
MARKS = [
    Mark(SHEET, "F3", RED),
    Mark(SHEET, "C3", RED),
    Mark(SHEET, "C3", BLUE),
    Mark(SHEET, "I5", RED),
    Mark(SHEET, "A1", RED),
    Mark(SHEET, "M15", BLUE),
    Mark(SHEET, "M16", BLUE),
    Mark(SHEET, "L15", BLUE),
]
FILLED = {"F3": RED, "C3": BLUE, "I5": RED, "A1": RED, "M15": BLUE, "M16": BLUE, "L15": BLUE}
NAME = "校验结果"
PART = "xl/worksheets/sheet{}.xml"
UNKNOWN_TO_OPENPYXL = {"strict"}


def new_sheet(name: str = NAME) -> NewSheet:
    """A list of one row under its heads, with a link, a formula and an unlocked cell."""
    head, plain = Look(bold=True, fill=BLUE, bordered=True, centred=True), Look(bordered=True)
    return NewSheet(
        name,
        rows=(
            (NewCell("结果 <&>", Look(bold=True, size=14)), NewCell(None, plain), NewCell(None, plain)),
            (NewCell("单元格", head), NewCell("说明", head), NewCell("状态", head)),
            (
                NewCell("F3", Look(colour="FF0563C1", underlined=True)),
                NewCell(None, Look(locked=False)),
                NewCell("未改动", plain, f'IF(\'{SHEET}\'!C3=330.5,"未改动","已改动")'),
            ),
        ),
        widths=(10, 30, 0),
        heights={1: 30},
        frozen=2,
        filtered=Area(2, 1, 3, 3),
        links={(3, 1): f"'{SHEET}'!F3"},
        merges=(Area(1, 1, 1, 3),),
    )


def annotated(name: str, folder: Path) -> tuple[bytes, bytes]:
    """Return a workbook of the corpus before and after."""
    before = corpus.workbook(name)
    source, target = folder / f"{name}.xlsx", folder / f"{name}（校验）.xlsx"
    source.write_bytes(before)
    report = annotate_workbook(source, MARKS, new_sheet(), target)
    assert source.read_bytes() == before
    assert report.signature_broken == (name == "signed")
    return before, target.read_bytes()


@pytest.mark.parametrize("name", corpus.NAMES)
def test_only_marks_and_the_sheet_are_new(name: str, tmp_path: Path) -> None:
    before, after = annotated(name, tmp_path)
    found = compare(before, after)
    sheet_part = "xl/worksheets/表.xml" if name == "absolute_targets" else SHEET_PART
    with zipfile.ZipFile(io.BytesIO(before)) as package:
        names = set(package.namelist())
    assert found.added == {next(PART.format(n) for n in range(1, 9) if PART.format(n) not in names)}
    assert found.removed == names & {"xl/calcChain.xml"}
    assert found.changed == {
        sheet_part,
        BOOK_PART,
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    }
    assert found.repacked == set()
    assert not found.reordered
    assert found.beyond_cells == set()
    assert found.cells == {sheet_part: set(FILLED)}


@pytest.mark.parametrize("name", corpus.NAMES)
def test_cells_differ_in_their_style_alone(name: str, tmp_path: Path) -> None:
    before, after = annotated(name, tmp_path)
    was, now = read_workbook(before, "a.xlsx"), read_workbook(after, "a.xlsx")
    assert now.sheets[:-1] == was.sheets
    assert now.sheets[-1].name == NAME
    wanted = [(SHEET, cell) for cell in FILLED]
    assert fills_of(after, "a.xlsx", wanted) == {(SHEET, cell): fill for cell, fill in FILLED.items()}


@pytest.mark.parametrize("name", [name for name in corpus.NAMES if name not in UNKNOWN_TO_OPENPYXL])
def test_openpyxl_sees_it(name: str, tmp_path: Path) -> None:
    before, after = annotated(name, tmp_path)
    old, new = openpyxl.load_workbook(io.BytesIO(before)), openpyxl.load_workbook(io.BytesIO(after))
    sheet = new[NAME]
    assert new.sheetnames == [*old.sheetnames, NAME]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][:2] == [
        ["结果 <&>", None, None],
        ["单元格", "说明", "状态"],
    ]
    assert sheet["A3"].hyperlink.location == f"'{SHEET}'!F3"
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.print_title_rows) == ("A2:C3", "A3", "$2:$2")
    assert sheet.column_dimensions["C"].hidden
    assert sheet.protection.sheet and not sheet.protection.autoFilter
    assert (sheet["A3"].protection.locked, sheet["B3"].protection.locked) == (True, False)
    for cell, fill in FILLED.items():
        marked, unmarked = new[SHEET][cell], old[SHEET][cell]
        assert marked.fill.fgColor.rgb == fill.rgb
        if cell.startswith(("L", "M")):
            continue  # not there before: openpyxl knows nothing of the style that it takes over
        for facet in ("font", "border", "alignment", "number_format", "protection"):
            assert repr(getattr(marked, facet)) == repr(getattr(unmarked, facet))


@pytest.mark.parametrize("name", corpus.NAMES)
def test_annotating_again_replaces_the_sheet(name: str, tmp_path: Path) -> None:
    _, once = annotated(name, tmp_path)
    source, target = tmp_path / "again.xlsx", tmp_path / "twice.xlsx"
    source.write_bytes(once)
    ours = frozenset({RED.rgb, BLUE.rgb})
    unmarked = [Mark(SHEET, cell, NO_FILL, only_over=ours) for cell in FILLED]
    untouched = [Mark(SHEET, "B3", RED, only_over=ours)]
    annotate_workbook(source, [*unmarked, *untouched], new_sheet(), target)
    twice = target.read_bytes()
    found = compare(once, twice)
    assert (found.added, found.removed) == (set(), set())
    assert read_workbook(twice, "a.xlsx").sheets[:-1] == read_workbook(once, "a.xlsx").sheets[:-1]
    fills = fills_of(twice, "a.xlsx", [(SHEET, cell) for cell in [*FILLED, "B3"]])
    assert set(fills.values()) == {NO_FILL}
    names = re.findall(rb"definedName name=\"(_xlnm\.\w+)\" localSheetId=\"(\d+)\"", _part(twice, BOOK_PART))
    assert len(names) == len(set(names))


@pytest.mark.libreoffice
def test_libreoffice_opens_and_computes_it(tmp_path: Path, libreoffice: ModuleType) -> None:
    sources = []
    for name in ("plain", "prefixed_names", "strict", "much_of_excel", "calculation_chain"):
        annotated(name, tmp_path)
        sources.append(tmp_path / f"{name}（校验）.xlsx")
    for made in libreoffice.recalculate(sources, tmp_path / "recalculated"):
        sheet = openpyxl.load_workbook(made, data_only=True)[NAME]
        assert sheet["C3"].value == "未改动"
        assert sheet["A3"].hyperlink.location.replace("$", "").endswith("F3")


def test_a_workbook_without_styles_gets_some(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(package(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')))
    annotate_workbook(source, [Mark("表1", "A1", RED), Mark("表1", "B2", RED)], new_sheet(), target)
    book = openpyxl.load_workbook(target)
    assert book["表1"]["A1"].value == 1
    assert book["表1"]["B2"].fill.fgColor.rgb == RED.rgb
    assert book[NAME]["A2"].font.b


@pytest.mark.parametrize("styles", ["", "<cellXfs><xf/></cellXfs>", "<fonts><font/></fonts>"])
def test_tables_that_a_styles_part_lacks_are_added_in_their_order(styles: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(package(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'), styles=styles))
    annotate_workbook(source, [Mark("表1", "A1", RED)], new_sheet(), target)
    root = etree.fromstring(_part(target.read_bytes(), "xl/styles.xml"))
    order = ["fonts", "fills", "borders", "cellXfs"]
    kinds = [etree.QName(child).localname for child in root]
    assert [kind for kind in kinds if kind in order] == order
    for child in root:
        assert child.get("count", str(len(child))) == str(len(child))
    assert fills_of(target.read_bytes(), "a.xlsx", [("表1", "A1")]) == {("表1", "A1"): RED}


PLACES = st.tuples(st.sampled_from([SHEET, "汇总"]), st.integers(1, 30), st.integers(1, 30))


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(
        ["plain", "prefixed_names", "cells_without_addresses", "odd_markup", "styled_rows_and_columns"]
    ),
    st.dictionaries(PLACES, st.sampled_from([RED, BLUE]), max_size=20),
)
def test_property_any_cells_can_be_marked(name: str, wanted: dict[tuple[str, int, int], Fill]) -> None:
    marks = {(sheet, address(row, column)): fill for (sheet, row, column), fill in wanted.items()}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        source.write_bytes(corpus.workbook(name))
        annotate_workbook(source, [Mark(*place, fill) for place, fill in marks.items()], new_sheet(), target)
        assert fills_of(target.read_bytes(), target.name, marks) == marks


def test_parts_of_a_strict_workbook_are_strict(tmp_path: Path) -> None:
    _, after = annotated("strict", tmp_path)
    assert etree.QName(etree.fromstring(_part(after, PART.format(3)))).namespace == STRICT_MAIN
    kinds = set(re.findall(rb"Type=\"(\S+)/worksheet\"", _part(after, "xl/_rels/workbook.xml.rels")))
    assert kinds == {b"http://purl.oclc.org/ooxml/officeDocument/relationships"}


def test_an_old_format_and_the_file_itself_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    with pytest.raises(WriteFailed) as same:
        annotate_workbook(source, MARKS, new_sheet(), source)
    assert same.value.reason is NotWritten.SAME_FILE
    old = tmp_path / "a.ods"
    old.write_bytes((Path(__file__).parent / "data" / "legacy.ods").read_bytes())
    with pytest.raises(WriteFailed) as legacy:
        annotate_workbook(old, MARKS, new_sheet(), tmp_path / "b.xlsx")
    assert legacy.value.reason is NotWritten.LEGACY_FORMAT
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize(
    "fill", [NO_FILL, RED, Fill("solid", (("theme", "4"), ("tint", "0.79"))), Fill("gray125")]
)
def test_a_fill_is_read_again_from_its_text(fill: Fill) -> None:
    assert fill_of_text(fill.as_text()) == fill


def test_other_texts_are_no_fill() -> None:
    assert [fill_of_text(text) for text in ("", "红", "a|b", "x<|y|z")] == [NO_FILL] * 4


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_numbers_are_written_as_numbers(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    sheet = new_sheet()._replace(rows=((NewCell(Decimal("0.5"), Look()),),), merges=(), links={})
    annotate_workbook(source, [], sheet, target)
    assert read_workbook(target.read_bytes(), "b.xlsx").sheet(NAME).at(1, 1).value == Decimal("0.5")
