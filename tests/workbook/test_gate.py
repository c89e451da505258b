"""What is no readable workbook is refused with its reason; nothing else ever comes out of the door."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfxl.workbook.errors import NotWritten, Unreadable, UnreadableWorkbook, WriteFailed
from perfxl.workbook.grid import Workbook
from perfxl.workbook.limits import Limits
from perfxl.workbook.open import open_workbook, read_workbook
from perfxl.workbook.patch import Edit, patch_workbook
from tests.workbook import corpus
from tests.workbook.minimal import OLE2, ole2, package, worksheet, zipped
from tests.workbook.surgery import Parts


def reason(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> Unreadable:
    """Return why the bytes are refused."""
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, name, limits or Limits())
    assert caught.value.message
    return caught.value.reason


FORM = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')
DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
ENCRYPTED_ODS = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        "content.xml": "?",
    }
)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.xlsx", Unreadable.EMPTY),
        (bytes(5000), "a.xlsx", Unreadable.ZEROS),
        (package(FORM)[:400], "a.xlsx", Unreadable.TRUNCATED),
        (package(FORM)[:-30], "a.xlsx", Unreadable.TRUNCATED),
        (b"PK\x03\x04", "a.xlsx", Unreadable.TRUNCATED),
        (ole2("EncryptionInfo", "EncryptedPackage"), "a.xlsx", Unreadable.ENCRYPTED),
        (ENCRYPTED_ODS, "a.ods", Unreadable.ENCRYPTED),
        (b"%TSD-Header-###%" + bytes(range(256)), "a.xlsx", Unreadable.ENCRYPTED),
        (ole2("WordDocument"), "a.xls", Unreadable.DOCUMENT),
        (ole2("Other"), "a.xls", Unreadable.DAMAGED),
        (b"%PDF-1.7 ...", "a.xlsx", Unreadable.DOCUMENT),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.ods", Unreadable.DOCUMENT),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "a.xls", Unreadable.HTML),
        ("\ufeff<table><tr><td>甲</td></tr></table>".encode(), "a.xls", Unreadable.HTML),
        ("<html><body>甲".encode("utf-16"), "a.xls", Unreadable.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.xls", Unreadable.HTML),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.xls",
            Unreadable.XML_2003,
        ),
        (b'<?xml version="1.0"?><other/>', "a.xml", Unreadable.OTHER),
        ("项目,预算\n甲,1\n".encode("gb18030"), "a.csv", Unreadable.TEXT),
        ("项目,预算\n甲,1\n".encode(), "a.xlsx", Unreadable.TEXT),
        (zipped({"一.xlsx": package(FORM)}), "a.xlsx", Unreadable.ARCHIVE),
        (b"Rar!\x1a\x07\x00", "a.xlsx", Unreadable.ARCHIVE),
        (zipped({"uof.xml": "<uof/>", "content.xml": "<x/>"}), "a.uos", Unreadable.OTHER),
        (bytes(500) + package(FORM)[500:], "a.xlsx", Unreadable.DAMAGED),
        (corpus.picture(), "a.xlsx", Unreadable.OTHER),
        (bytes(range(1, 256)), "a.xlsx", Unreadable.OTHER),
        (bytes(range(1, 256)), "~$a.xlsx", Unreadable.LOCK_FILE),
        (package(DOCTYPE + FORM), "a.xlsx", Unreadable.FORBIDDEN_MARKUP),
        (package(), "a.xlsx", Unreadable.NO_SHEET),
        (package("<chartsheet/>"), "a.xlsx", Unreadable.DAMAGED),
        (package(FORM[:-9]), "a.xlsx", Unreadable.DAMAGED),
        (package(FORM.replace("A1", "A2")), "a.xlsx", Unreadable.DAMAGED),
        (package(FORM.replace("A1", "XFE1")), "a.xlsx", Unreadable.DAMAGED),
        (package(FORM.replace('"A1"', '"A1" t="s"'), strings=""), "a.xlsx", Unreadable.DAMAGED),
        (package(FORM.replace('"A1"', '"A1" s="a"')), "a.xlsx", Unreadable.DAMAGED),
        (package('<?xml version="1.0" encoding="punycode"?>' + FORM), "a.xlsx", Unreadable.DAMAGED),
        (package(worksheet("", after='<mergeCell ref="A1:A1048577"/>')), "a.xlsx", Unreadable.DAMAGED),
        (package(worksheet('<row r="0"><c/></row>')), "a.xlsx", Unreadable.DAMAGED),
    ],
)
def test_refused_with_its_reason(data: bytes, name: str, expected: Unreadable) -> None:
    assert reason(data, name) is expected


def test_a_word_document_is_told_from_a_workbook() -> None:
    parts = Parts(package(FORM))
    parts.add("word/document.xml", "<w:document xmlns:w='urn:w'/>")
    parts.replace("_rels/.rels", "xl/workbook.xml", "word/document.xml")
    assert reason(parts.data()) is Unreadable.DOCUMENT


def test_a_zip_with_a_password_is_encrypted() -> None:
    data = bytearray(package(FORM))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert reason(bytes(data)) is Unreadable.ENCRYPTED


def test_two_members_of_one_name() -> None:
    stream = io.BytesIO(package(FORM))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "again")
    assert reason(stream.getvalue()) is Unreadable.DAMAGED


def test_a_wrong_checksum_is_damage() -> None:
    data = package(FORM)
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    assert reason(data[: at + 16] + b"\0\0\0\0" + data[at + 20 :]) is Unreadable.DAMAGED


ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"/></row>' for row in range(1, 41))
MERGES = "".join(f'<mergeCell ref="A{row}:J{row}"/>' for row in range(1, 41))


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (package(FORM), Limits(file_size=500)),
        (package(FORM), Limits(members=3)),
        (package(FORM), Limits(unpacked_total=500)),
        (package(worksheet(ROWS)), Limits(unpacked_part=1500)),
        (package(worksheet(" " * 100_000)), Limits(ratio_from=1000)),
        (package(FORM, FORM, FORM), Limits(sheets=2)),
        (package(worksheet(ROWS)), Limits(cells=39)),
        (package(worksheet(ROWS), worksheet(ROWS)), Limits(cells=79)),
        (package(worksheet(ROWS)), Limits(elements=100)),
        (package(worksheet(ROWS, after=MERGES)), Limits(merges=39)),
        (package(worksheet(ROWS, after=MERGES)), Limits(merged_cells=39)),
        (
            package(worksheet(ROWS.replace("><v>1", ' t="s"><v>0')), strings="<si><t>甲乙丙丁</t></si>"),
            Limits(text=159),
        ),
        (package(FORM, strings="<si/>" * 20), Limits(elements=19)),
        (corpus.workbook("shared_formulas"), Limits(shared_formula_text=14)),
        (package(worksheet("", '<cols><col min="1" max="16384" hidden="1"/></cols>')), Limits(elements=1000)),
    ],
)
def test_too_much_is_refused(data: bytes, limits: Limits) -> None:
    assert reason(data, limits=limits) is Unreadable.TOO_LARGE
    read_workbook(data, "a.xlsx")


def test_members_that_overlap_are_refused() -> None:
    data = package(FORM)
    first = data.index(b"PK\x01\x02")
    forged = bytearray(data)
    # Every member claims the whole file as its content.
    at = first
    while data.startswith(b"PK\x01\x02", at):
        forged[at + 20 : at + 24] = len(data).to_bytes(4, "little")
        at += (
            46
            + int.from_bytes(data[at + 28 : at + 30], "little")
            + int.from_bytes(data[at + 30 : at + 32], "little")
        )
    assert reason(bytes(forged)) is Unreadable.DAMAGED


@pytest.mark.parametrize("place", ["A1048576", "XFD1048576"])
def test_one_cell_far_away_costs_nothing(place: str) -> None:
    sheet = worksheet(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{place}"><v>2</v></c></row>',
        '<dimension ref="A1:XFD1048576"/>',
        '<mergeCells><mergeCell ref="A1:J1"/></mergeCells>',
    )
    read = read_workbook(package(sheet), "a.xlsx").sheets[0]
    assert len(read.cells) == 2
    assert read.at(1, 10).value == 1


def test_a_merge_over_nearly_everything_costs_nothing() -> None:
    sheet = worksheet('<row r="3"><c r="B3"><v>1</v></c></row>', after='<mergeCell ref="A1:XFD1048576"/>')
    assert read_workbook(package(sheet), "a.xlsx").sheets[0].at(3, 2).value is None


def test_paths_that_hold_no_file(tmp_path: Path) -> None:
    for path, expected in (
        (tmp_path / "无.xlsx", Unreadable.NOT_FOUND),
        (tmp_path, Unreadable.NOT_A_FILE),
        (tmp_path / "a\0b.xlsx", Unreadable.NO_PERMISSION),
    ):
        with pytest.raises(UnreadableWorkbook) as caught:
            open_workbook(path)
        assert caught.value.reason is expected


# Whatever the bytes: a workbook or a refusal.

SEEDS = [
    corpus.workbook(name)
    for name in ("plain", "shared_formulas", "zip64_descriptors", "utf16_sheet", "much_of_excel")
]


def _survives(data: bytes, name: str = "a.xlsx") -> None:
    with suppress(UnreadableWorkbook):
        assert isinstance(read_workbook(data, name), Workbook)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE2[:7], b"<", b"\xff\xfe", b"~"]),
)
@example(b"", b"PK\x05\x06" + bytes(18))
def test_any_bytes(data: bytes, beginning: bytes) -> None:
    _survives(beginning + data)


_POSITION = st.floats(0, 1, exclude_max=True)
_BYTES = st.sampled_from([b"", b"\0", b"\xff", b"\x80", b"PK", b"<", b"&", b'"'])


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(range(len(SEEDS))),
    st.lists(st.tuples(_POSITION, st.integers(0, 40), _BYTES), min_size=1, max_size=4),
    st.booleans(),
)
def test_real_workbooks_with_bytes_changed(
    seed: int, wounds: list[tuple[float, int, bytes]], cut: bool
) -> None:
    data = SEEDS[seed]
    for place, length, replacement in wounds:
        at = int(place * len(data))
        data = data[:at] + replacement * (length // max(1, len(replacement))) + data[at + length :]
    _survives(data[: int(wounds[0][0] * len(data))] if cut else data)


# Changed bytes rarely get past the checksums, so the parts are wounded before they are packed.


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(["plain", "shared_formulas", "array_formula", "odd_markup", "much_of_excel"]),
    st.integers(0, 30),
    _POSITION,
    st.integers(0, 12),
    st.one_of(
        st.sampled_from(
            ["-1", "99999999999", "1e9", "A0", "ZZZZ9", "", "t", "</c>", "<c>", "<v/>", "\x00", "<f>", "é"]
        ),
        st.text(max_size=5),
    ),
)
def test_real_workbooks_with_parts_changed(
    name: str, which: int, place: float, length: int, text: str
) -> None:
    parts = Parts(corpus.workbook(name))
    names = [part for part in parts.content if part.endswith((".xml", ".rels"))]
    part = names[which % len(names)]
    content = parts.content[part]
    at = int(place * len(content))
    parts.content[part] = content[:at] + text.encode("utf-8", "surrogatepass") + content[at + length :]
    _survives(parts.data())


_NUMBERS = st.sampled_from(
    ["-1", "0", "1e9", "99999999999999999999", "", "x", "３", "1048577", "A1:ZZ", "$A$1", "true", "*"]
)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 400), _NUMBERS, st.booleans())
def test_real_workbooks_with_an_attribute_changed(which: int, value: str, patching: bool) -> None:
    parts = Parts(corpus.workbook("shared_formulas"))
    name = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml")[which % 3]
    text = parts.text(name)
    attributes = list(re.finditer(r'(?<==")[^"]*(?=")', text))
    chosen = attributes[(which // 3 * 7) % len(attributes)]
    parts.content[name] = (text[: chosen.start()] + value + text[chosen.end() :]).encode()
    _survives(parts.data())
    if patching:
        _patch_survives(parts.data())


def _patch_survives(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.xlsx")
        source.write_bytes(data)
        edits = [
            Edit(corpus.SHEET, "F3", Decimal(1), formula="E3/D3", number_format="0.00%"),
            Edit(corpus.SHEET, "B8", "新"),
        ]
        # Refused perhaps, but never written and then found wrong.
        refusal: WriteFailed | None = None
        try:
            patch_workbook(source, edits, Path(folder, "b.xlsx"))
        except UnreadableWorkbook:
            pass
        except WriteFailed as error:
            refusal = error
        assert refusal is None or refusal.reason is not NotWritten.VERIFICATION
