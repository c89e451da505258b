"""The patcher's refusals, its care for neighbours and files, and the rarer shapes of a sheet."""

from __future__ import annotations

import errno
import io
import os
import stat
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from perfxl.workbook.edit import LONGEST_TEXT, figure
from perfxl.workbook.errors import NotWritten, Unreadable, UnreadableWorkbook, WriteFailed
from perfxl.workbook.open import open_workbook, read_workbook
from perfxl.workbook.package import Package
from perfxl.workbook.patch import Edit, PatchReport, patch_workbook
from tests.workbook import corpus
from tests.workbook.corpus import SHEET
from tests.workbook.differ import compare
from tests.workbook.minimal import ole2, package, worksheet
from tests.workbook.surgery import MAIN

ONE = Decimal(1)


def patch(data: bytes, folder: Path, *edits: Edit) -> bytes:
    """Return the bytes of a patched workbook."""
    source, target = folder / "in.xlsx", folder / "out.xlsx"
    source.write_bytes(data)
    patch_workbook(source, edits, target)
    return target.read_bytes()


def refusal(data: bytes, folder: Path, *edits: Edit) -> NotWritten:
    """Return why a patch is refused, having seen that nothing was left behind."""
    with pytest.raises(WriteFailed) as caught:
        patch(data, folder, *edits)
    assert caught.value.message
    assert [path.name for path in folder.iterdir()] == ["in.xlsx"]
    assert (folder / "in.xlsx").read_bytes() == data
    return caught.value.reason


def rows(data: str, folder: Path, *edits: Edit, before: str = "", after: str = "") -> str:
    """Return the rows of a one-sheet workbook after a patch, as XML."""
    patched = patch(package(worksheet(data, before, after)), folder, *edits)
    text = Package(patched).part("xl/worksheets/sheet1.xml").decode()
    return text[text.index("<sheetData>") + 11 : text.index("</sheetData>")]


def edit(cell: str, value: Decimal | str | None = ONE, formula: str | None = None) -> Edit:
    return Edit("表1", cell, value, formula)


# Refusals


@pytest.mark.parametrize(
    ("name", "bad", "expected"),
    [
        ("plain", Edit("无此表", "A1", ONE), NotWritten.NO_SHEET),
        ("much_of_excel", Edit("图", "A1", ONE), NotWritten.NO_SHEET),
        ("plain", Edit(SHEET, "第一格", ONE), NotWritten.BAD_CELL),
        ("plain", Edit(SHEET, "A0", ONE), NotWritten.BAD_CELL),
        ("plain", Edit(SHEET, "XFE1", ONE), NotWritten.BAD_CELL),
        ("plain", Edit(SHEET, "A1048577", ONE), NotWritten.BAD_CELL),
        ("plain", Edit(SHEET, "B1", ONE), NotWritten.COVERED_CELL),
        ("plain", Edit(SHEET, "B12", ONE), NotWritten.COVERED_CELL),
        ("array_formula", Edit(SHEET, "C8", ONE), NotWritten.ARRAY_FORMULA),
        ("array_formula", Edit(SHEET, "D8", ONE), NotWritten.ARRAY_FORMULA),
        ("much_of_excel", Edit(SHEET, "N3", "丙"), NotWritten.TABLE_HEADER),
        ("plain", Edit(SHEET, "C3", Decimal("NaN")), NotWritten.BAD_VALUE),
        ("plain", Edit(SHEET, "C3", Decimal("1e308")), NotWritten.BAD_VALUE),
        ("plain", Edit(SHEET, "C3", "字" * (LONGEST_TEXT + 1)), NotWritten.BAD_VALUE),
        ("plain", Edit(SHEET, "C3", ONE, "A1+" * 3000 + "1"), NotWritten.BAD_VALUE),
        ("plain", Edit(SHEET, "C3", ONE, "A1\x00"), NotWritten.BAD_VALUE),
    ],
)
def test_refused_and_nothing_left_behind(name: str, bad: Edit, expected: NotWritten, tmp_path: Path) -> None:
    fine = Edit(SHEET, "C4", ONE)
    assert refusal(corpus.workbook(name), tmp_path, fine, bad) is expected


def test_one_cell_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(corpus.workbook("plain"), tmp_path, Edit(SHEET, "C4", ONE), Edit(SHEET, "$c$4", ONE)) is (
        NotWritten.BAD_CELL
    )


@pytest.mark.parametrize(
    "data",
    [
        '<row r="2"><c r="A2"/></row><row r="1"><c r="A1"/></row>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
        '<row r="1"/><row r="1"/>',
    ],
)
def test_rows_or_cells_out_of_order_are_refused(data: str, tmp_path: Path) -> None:
    assert refusal(package(worksheet(data)), tmp_path, edit("D4")) is NotWritten.UNEXPECTED_STRUCTURE


def test_an_old_format_is_refused(tmp_path: Path) -> None:
    assert refusal(ole2("Workbook"), tmp_path, edit("A1")) is NotWritten.LEGACY_FORMAT


def test_an_unreadable_source_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        patch(b"", tmp_path, edit("A1"))
    assert caught.value.reason is Unreadable.EMPTY
    damaged = package(worksheet('<row r="1"><c r="A1"><v>1</c></row>'))
    with pytest.raises(UnreadableWorkbook):
        patch(damaged, tmp_path, edit("B9"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


# What stands in the sheet afterwards


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("", "B2", '<row r="2"><c r="B2"><v>1</v></c></row>'),
        ('<row r="1"/>', "B1", '<row r="1"><c r="B1"><v>1</v></c></row>'),
        ('<row r="1" spans="1:1" ht="9"></row>', "B1", '<row r="1" ht="9"><c r="B1"><v>1</v></c></row>'),
        (
            '<row r="1"/><row r="3"/>',
            "B2",
            '<row r="1"/><row r="2"><c r="B2"><v>1</v></c></row><row r="3"/>',
        ),
        (
            '<row r="1"><c r="A1"/><c r="C1"/></row>',
            "B1",
            '<row r="1"><c r="A1"/><c r="B1"><v>1</v></c><c r="C1"/></row>',
        ),
        ("<row><c/><c/></row>", "B1", "<row><c/><c><v>1</v></c></row>"),
        ("<row><c/></row><row><c/></row>", "C2", '<row><c/></row><row><c/><c r="C2"><v>1</v></c></row>'),
        (
            '<row r="1"><c r="A1" s="1" t="s" cm="1" vm="2" ph="1" x="y"><v>9</v></c></row>',
            "A1",
            '<row r="1"><c r="A1" x="y" s="1"><v>1</v></c></row>',
        ),
        (
            '<row r="1"><c r="A1"><f t="array" ref="A1">1</f><v>9</v></c></row>',
            "A1",
            '<row r="1"><c r="A1"><v>1</v></c></row>',
        ),
    ],
)
def test_where_a_cell_is_put(before: str, cell: str, after: str, tmp_path: Path) -> None:
    strings = before.replace(' t="s"', "")  # the sheet has no strings to count
    assert rows(strings, tmp_path, edit(cell)) == after


def test_an_empty_sheet_is_opened(tmp_path: Path) -> None:
    part = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData /></worksheet>'
    patched = patch(package(part), tmp_path, edit("C2"), edit("B2", "甲"), edit("A9"))
    assert Package(patched).part("xl/worksheets/sheet1.xml").decode() == (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:C9"/><sheetData >'
        '<row r="2"><c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="C2"><v>1</v></c></row>'
        '<row r="9"><c r="A9"><v>1</v></c></row></sheetData></worksheet>'
    )


def test_the_used_range_only_grows(tmp_path: Path) -> None:
    part = worksheet('<row r="1"/>', '<dimension ref="A1:Z99"/>')
    patched = patch(package(part), tmp_path, edit("C2"))
    assert b'<dimension ref="A1:Z99"/>' in Package(patched).part("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("value", [None, ""])
def test_neither_value_nor_formula_empties_a_cell_and_keeps_its_look(
    value: str | None, tmp_path: Path
) -> None:
    data = '<row r="1"><c r="A1" s="0" t="str"><f>1</f><v>a</v></c></row>'
    assert rows(data, tmp_path, edit("A1", value)) == '<row r="1"><c r="A1" s="0"/></row>'


def test_a_formula_without_a_result(tmp_path: Path) -> None:
    assert rows("", tmp_path, edit("A1", None, '=B1&"<"')) == (
        '<row r="1"><c r="A1"><f>B1&amp;&quot;&lt;&quot;</f></c></row>'
    )


def test_the_first_cell_of_a_shared_formula_leaves_the_others_theirs(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="4" ca="1">$B1*B$1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="4" ca="1"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="4"/><v>3</v></c></row>'
    )
    assert rows(data, tmp_path, edit("A1")) == (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f ca="1">$B2*B$1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>$B3*B$1</f><v>3</v></c></row>'
    )
    # A later cell is no loss to the group.
    assert rows(data, tmp_path, edit("A2")) == data.replace(
        '<f t="shared" si="4" ca="1"/><v>2</v>', "<v>1</v>"
    )


def test_results_that_rest_on_edited_cells_are_cleared_with_their_type(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0" t="str" vm="1"><f>A1&amp;"x"</f><v>1x</v></c>'
        '<c r="C1" t="e"><f>B1/0</f><v>#DIV/0!</v></c><c r="D1"><f>Z9</f><v>5</v></c></row>'
    )
    assert rows(data, tmp_path, edit("A1", Decimal(2))) == (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1" s="0"><f>A1&amp;"x"</f></c>'
        '<c r="C1"><f>B1/0</f></c><c r="D1"><f>Z9</f><v>5</v></c></row>'
    )


def test_a_patch_that_touches_no_formula_touches_one_part(tmp_path: Path) -> None:
    data = corpus.workbook("calculation_chain")
    difference = compare(data, patch(data, tmp_path, Edit(SHEET, "J3", "是")))
    assert difference.changed == {"xl/worksheets/sheet1.xml"}
    assert difference.removed == set()


def test_a_formula_over_a_formula_keeps_the_calculation_chain(tmp_path: Path) -> None:
    data = corpus.workbook("calculation_chain")
    difference = compare(data, patch(data, tmp_path, Edit(SHEET, "F3", ONE, "E3/C3")))
    assert difference.removed == set()
    assert difference.changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        ("", '</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ("<definedNames/><oleSize/>", '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize/>'),
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        (
            "<calcPr fullCalcOnLoad='0' calcId='1'></calcPr>",
            "<calcPr fullCalcOnLoad=\"1\" calcId='1'></calcPr>",
        ),
    ],
)
def test_the_order_to_recalculate(book: str, expected: str, tmp_path: Path) -> None:
    patched = patch(package(worksheet(""), book=book), tmp_path, edit("A1", ONE, "1"))
    assert expected in Package(patched).part("xl/workbook.xml").decode()


# Looks


def test_a_new_cell_takes_over_the_style_of_its_row_or_column(tmp_path: Path) -> None:
    patched = patch(
        corpus.workbook("styled_rows_and_columns"),
        tmp_path,
        Edit(SHEET, "D13", ONE),
        Edit(SHEET, "M13", ONE),
        Edit(SHEET, "M20", ONE),
        Edit(SHEET, "N20", ONE),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(patched))[SHEET]
    assert [sheet[cell].style_id for cell in ("D13", "M13", "M20", "N20")] == [3, 3, 2, 0]


@pytest.mark.parametrize("name", ["plain", "prefixed_names", "strict", "much_of_excel"])
def test_a_number_format_is_granted_where_the_cell_has_none(name: str, tmp_path: Path) -> None:
    before = corpus.workbook(name)
    patched = patch(
        before,
        tmp_path,
        Edit(SHEET, "C3", ONE, number_format="0.00%"),
        Edit(SHEET, "D3", ONE, number_format='0.0"分"'),
        Edit(SHEET, "E3", ONE, number_format='0.0"分"'),
        Edit(SHEET, "F3", ONE, number_format="0"),
        Edit(SHEET, "Z3", ONE, number_format="0.00%"),
    )
    sheet = read_workbook(patched, "a.xlsx").sheet(SHEET)
    formats = [sheet.at(3, column).number_format for column in (3, 4, 5, 6, 26)]
    assert formats == ["0.00%", '0.0"分"', '0.0"分"', "0.00%", "0.00%"]
    others = {
        cell.address: cell.number_format
        for cell in read_workbook(before, "a.xlsx").sheet(SHEET).cells.values()
    }
    for cell in sheet.cells.values():
        if cell.address not in ("C3", "D3", "E3", "F3", "Z3"):
            assert cell.number_format == others[cell.address]


def test_a_number_format_leaves_the_rest_of_the_look(tmp_path: Path) -> None:
    before = corpus.workbook("plain")
    after = patch(before, tmp_path, Edit(SHEET, "I3", ONE, number_format="0.00"))
    one = openpyxl.load_workbook(io.BytesIO(before))[SHEET]["I3"]
    other = openpyxl.load_workbook(io.BytesIO(after))[SHEET]["I3"]
    assert (one.number_format, other.number_format) == ("@", "0.00")
    for look in ("font", "fill", "border", "alignment", "protection"):
        assert repr(getattr(one, look)) == repr(getattr(other, look))


def test_styles_are_counted_and_shared_and_apostrophes_go(tmp_path: Path) -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="49" quotePrefix="1" xfId="0"><alignment wrapText="1"/></xf></cellXfs>'
    data = '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/></row>'
    edits = [Edit("表1", cell, ONE, number_format="0.000") for cell in ("A1", "B1", "C1")]
    patched = patch(package(worksheet(data), styles=styles), tmp_path, *edits)
    assert Package(patched).part("xl/styles.xml").decode() == (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>'
        '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="49" quotePrefix="1" xfId="0"><alignment wrapText="1"/></xf>'
        '<xf numFmtId="164" xfId="0" applyNumberFormat="1"><alignment wrapText="1"/></xf>'
        '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )


def test_without_a_styles_part_the_wish_is_passed_over(tmp_path: Path) -> None:
    patched = patch(package(worksheet("")), tmp_path, Edit("表1", "A1", ONE, number_format="0.00"))
    assert read_workbook(patched, "a.xlsx").sheets[0].at(1, 1).number_format == "General"


# Values


@given(st.text(max_size=60))
def test_any_text_comes_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        patched = patch(package(worksheet("")), Path(folder), edit("A1", text), edit("A2", text, "A1"))
    sheet = read_workbook(patched, "a.xlsx").sheets[0]
    assert sheet.at(1, 1).value == (text or None)
    assert sheet.at(2, 1).value == text
    if not ILLEGAL_CHARACTERS_RE.search(text) and "_x" not in text and "\r" not in text:
        second_opinion = openpyxl.load_workbook(io.BytesIO(patched), data_only=True)["表1"]
        assert (second_opinion["A1"].value or "") == text


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=Decimal("-1e300"), max_value=Decimal("1e300")
    )
)
def test_a_figure_is_its_double_precision_value(value: Decimal) -> None:
    assert float(figure(value)) == float(value)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("0.8989", "0.8989"),
        ("100", "100"),
        ("100.00", "100"),
        ("-0.10", "-0.1"),
        ("1E+20", "1E+20"),
        ("1e-7", "1E-07"),
    ],
)
def test_figures_as_stored(value: str, stored: str) -> None:
    assert figure(Decimal(value)) == stored


# Files


def test_the_source_is_not_overwritten_unasked(tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    (tmp_path / "同一个.xlsx").hardlink_to(source)
    for target in (source, tmp_path / "." / "自评表.xlsx", tmp_path / "同一个.xlsx"):
        with pytest.raises(WriteFailed) as caught:
            patch_workbook(source, [Edit(SHEET, "C3", ONE)], target)
        assert caught.value.reason is NotWritten.SAME_FILE
    assert source.read_bytes() == corpus.workbook("plain")


def in_place(source: Path) -> PatchReport:
    return patch_workbook(source, [Edit(SHEET, "C3", ONE)], source, in_place=True)


def test_in_place_makes_a_backup_first_and_never_overwrites_one(tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    source.chmod(0o640)
    first = in_place(source)
    once = source.read_bytes()
    second = in_place(source)
    assert first.backup == tmp_path / "自评表.备份.xlsx"
    assert second.backup == tmp_path / "自评表.备份2.xlsx"
    assert first.backup.read_bytes() == corpus.workbook("plain")
    assert second.backup.read_bytes() == once
    assert open_workbook(source).sheet(SHEET).at(3, 3).value == 1
    assert stat.S_IMODE(source.stat().st_mode) == 0o640
    assert len(list(tmp_path.iterdir())) == 3


def test_a_link_to_the_target_stays_a_link(tmp_path: Path) -> None:
    source, target, link = tmp_path / "in.xlsx", tmp_path / "out.xlsx", tmp_path / "link.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    target.write_bytes(b"old")
    link.symlink_to(target)
    patch_workbook(source, [Edit(SHEET, "C3", ONE)], link)
    assert link.is_symlink()
    assert open_workbook(target).sheet(SHEET).at(3, 3).value == 1


def test_no_edits_copy_the_file(tmp_path: Path) -> None:
    assert patch(corpus.workbook("junk_before_zip"), tmp_path) == corpus.workbook("junk_before_zip")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EACCES, NotWritten.NO_PERMISSION),
        (errno.EBUSY, NotWritten.NO_PERMISSION),
        (errno.EROFS, NotWritten.NO_PERMISSION),
        (errno.ENOSPC, NotWritten.DISK_FULL),
        (errno.EIO, NotWritten.FAILED),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("same", [False, True])
def test_a_failure_of_the_system_leaves_everything_as_it_was(
    number: int, expected: NotWritten, step: str, same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    target.write_bytes(b"old")
    real_fsync = os.fsync
    calls: list[int] = []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        # In place, the first one belongs to the backup.
        if step == "fsync" and len(calls) == (2 if same else 1):
            raise OSError(number, os.strerror(number))
        real_fsync(descriptor)

    def replace(path: Path, other: Path) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(WriteFailed) as caught:
        patch_workbook(source, [Edit(SHEET, "C3", ONE)], source if same else target, in_place=same)
    assert caught.value.reason is expected
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "in.xlsx": corpus.workbook("plain"),
        "out.xlsx": b"old",
    }


def test_a_missing_folder_and_a_folder_as_target(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    for target, expected in (
        (tmp_path / "无" / "a.xlsx", NotWritten.NO_FOLDER),
        (tmp_path, NotWritten.FAILED),
    ):
        with pytest.raises(WriteFailed) as caught:
            patch_workbook(source, [Edit(SHEET, "C3", ONE)], target)
        assert caught.value.reason is expected
    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


def test_what_was_written_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    source.write_bytes(corpus.workbook("plain"))
    target.write_bytes(b"old")
    real_fsync = os.fsync

    def torn(descriptor: int) -> None:
        real_fsync(descriptor)
        os.pwrite(descriptor, b"torn", 2000)  # as a failing disk might

    monkeypatch.setattr(os, "fsync", torn)
    with pytest.raises(WriteFailed) as caught:
        patch_workbook(source, [Edit(SHEET, "C3", ONE)], target)
    assert caught.value.reason is NotWritten.VERIFICATION
    assert {path.name for path in tmp_path.iterdir()} == {"in.xlsx", "out.xlsx"}
    assert target.read_bytes() == b"old"
