"""OpenDocument spreadsheets, element by element."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Sheet, Workbook
from perfxl.workbook.limits import Limits
from perfxl.workbook.open import read_workbook
from tests.workbook.minimal import zipped
from tests.workbook.surgery import Parts
from tests.workbook.test_legacy import ODS

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("o", "office"), ("t", "table"), ("x", "text"), ("s", "style"), ("n", "datastyle"))
)
_EXTENDED = 'xmlns:c="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def document(tables: str, styles: str = "") -> bytes:
    """An .ods of tables and automatic styles."""
    content = (
        f"<o:document-content {_SPACES} {_EXTENDED}><o:automatic-styles>{styles}</o:automatic-styles>"
        f"<o:body><o:spreadsheet>{tables}</o:spreadsheet></o:body></o:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def read(rows: str, styles: str = "", limits: Limits | None = None) -> Sheet:
    return read_workbook(
        document(f'<t:table t:name="表">{rows}</t:table>', styles), "a.ods", limits or Limits()
    ).sheets[0]


def one(attributes: str, content: str = "") -> object:
    """Return the value of a cell."""
    return (
        read(f"<t:table-row><t:table-cell {attributes}>{content}</t:table-cell></t:table-row>").at(1, 1).value
    )


@pytest.mark.parametrize(
    ("attributes", "content", "value"),
    [
        ('o:value-type="float" o:value="12.50"', "<x:p>12.5</x:p>", Decimal("12.5")),
        ('o:value-type="percentage" o:value="0.8989"', "<x:p>89.89%</x:p>", Decimal("0.8989")),
        ('o:value-type="boolean" o:boolean-value="true"', "<x:p>是</x:p>", True),
        ('o:value-type="date" o:date-value="2022-03-01"', "", "2022-03-01"),
        ('o:value-type="date" o:date-value="2022-03-01T00:00:00"', "", "2022-03-01"),
        ('o:value-type="date" o:date-value="2022-03-01T12:30:00"', "", "2022-03-01 12:30:00"),
        ('o:value-type="time" o:time-value="PT09H05M00S"', "", "09:05:00"),
        ('o:value-type="time" o:time-value="PT36H00M00S"', "<x:p>36:00</x:p>", "36:00"),
        ('o:value-type="string"', "<x:p>一</x:p><x:p/><x:p>三</x:p>", "一\n\n三"),
        ('o:value-type="string"', '<x:p><x:s x:c="2"/>甲 \n 乙<x:s/></x:p>', "  甲 乙 "),
        (
            'o:value-type="string"',
            "<x:p>甲<x:span>乙<x:tab/>丙</x:span>丁<x:line-break/>戊</x:p>",
            "甲乙\t丙丁\n戊",
        ),
        ('o:value-type="string"', "<o:annotation><x:p>批注</x:p></o:annotation><x:p>正文</x:p>", "正文"),
        ('o:value-type="string" o:string-value="存的"', "<x:p>显示的</x:p>", "存的"),
        ("", "", None),
    ],
)
def test_values(attributes: str, content: str, value: object) -> None:
    found = one(attributes, content)
    assert (found, type(found)) == (value, type(value))


def number(value: int, attributes: str = "") -> str:
    """A cell with a number."""
    return f'<t:table-cell o:value-type="float" o:value="{value}" {attributes}/>'


TWICE = 't:number-columns-repeated="2"'
LOOK = 't:style-name="ce1"'


def test_repeated_rows_and_cells_are_put_where_they_stand() -> None:
    sheet = read(
        '<t:table-header-rows><t:table-row t:number-rows-repeated="2"><t:table-cell/></t:table-row></t:table-header-rows>'
        f'<t:table-row t:number-rows-repeated="2"><t:table-cell t:number-columns-repeated="3"/>'
        f"{number(7, TWICE)}</t:table-row>"
        f'<t:table-row t:visibility="collapse"><t:covered-table-cell/>{number(8)}</t:table-row>'
        '<t:table-row t:number-rows-repeated="1048571"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )
    assert {cell.address: str(cell.value) for cell in sheet.cells.values()} == {
        "D3": "7",
        "E3": "7",
        "D4": "7",
        "E4": "7",
        "B5": "8",
    }
    assert sheet.hidden_rows == {5}


def test_merged_ranges() -> None:
    sheet = read(
        "<t:table-row><t:table-cell t:number-rows-spanned='2' t:number-columns-spanned='3' o:value-type='string'>"
        "<x:p>题</x:p></t:table-cell><t:covered-table-cell t:number-columns-repeated='2'/></t:table-row>"
    )
    assert sheet.merges == (Area(1, 1, 2, 3),)
    assert sheet.at(2, 3).value == "题"


def test_number_formats_come_from_the_cell_or_its_column() -> None:
    styles = (
        '<n:percentage-style s:name="N1"><n:number n:decimal-places="1"/></n:percentage-style>'
        '<n:number-style s:name="N2"><n:number n:decimal-places="2" n:grouping="true"/></n:number-style>'
        '<n:number-style s:name="N3"><n:number n:min-integer-digits="1"/></n:number-style>'
        '<s:style s:name="ce1" s:data-style-name="N1"/><s:style s:name="ce2" s:data-style-name="N2"/>'
        '<s:style s:name="ce3" s:data-style-name="N3"/>'
    )
    sheet = read(
        '<t:table-column t:number-columns-repeated="2" t:default-cell-style-name="ce2"/>'
        '<t:table-column t:visibility="collapse" t:default-cell-style-name="ce3"/>'
        f"<t:table-row>{number(1, LOOK)}{number(2)}{number(3)}"
        '<t:table-cell o:value-type="percentage" o:value="0.5"/></t:table-row>',
        styles,
    )
    assert [sheet.at(1, column).number_format for column in (1, 2, 3, 4)] == [
        "0.0%",
        "#,##0.00",
        "General",
        "0.00%",
    ]
    assert sheet.hidden_columns == {3}


def test_copies_of_other_files_and_hidden_tables() -> None:
    book = read_workbook(
        document(
            '<t:table t:name="一"/><t:table t:name="副本"><t:table-source/></t:table><t:table t:name="二" t:style-name="ta"/>',
            '<s:style s:name="ta"><s:table-properties t:display="false"/></s:style>',
        ),
        "a.ods",
    )
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("一", False), ("二", True)]


MANY = "<t:table-row t:number-rows-repeated='1048576'>" + number(1) + "</t:table-row>"
SPACES = (
    '<t:table-row><t:table-cell o:value-type="string"><x:p><x:s x:c="{}"/></x:p></t:table-cell></t:table-row>'
)


@pytest.mark.parametrize(
    ("rows", "limits"),
    [
        (MANY, Limits(cells=1000)),
        (MANY.replace("table-cell ", 'table-cell t:number-columns-repeated="16384" '), Limits(elements=1000)),
        ("<t:table-row/>" * 40, Limits(elements=100)),
        (SPACES.format(1000) * 3, Limits(text=2500)),
        (SPACES.format(10**12) + SPACES.format(-(10**12)), Limits()),
        ("<t:table-row><t:table-cell t:number-rows-spanned='2'/></t:table-row>" * 3, Limits(merges=2)),
        ("<t:table-row t:visibility='collapse' t:number-rows-repeated='1048576'/>", Limits(elements=1000)),
    ],
)
def test_too_much_is_refused(rows: str, limits: Limits) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        read(rows, limits=limits)
    assert caught.value.reason is Unreadable.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document(""), Unreadable.NO_SHEET),
        (document("<t:table>"), Unreadable.DAMAGED),
        (document('<t:table><t:table-row t:number-rows-repeated="x"/></t:table>'), Unreadable.DAMAGED),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Unreadable.DAMAGED),
    ],
)
def test_refused_with_its_reason(data: bytes, expected: Unreadable) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, "a.ods")
    assert caught.value.reason is expected


def test_deep_nesting_is_survived() -> None:
    deep = "<x:span>" * 200_000 + "底" + "</x:span>" * 200_000
    assert one('o:value-type="string"', f"<x:p>{deep}</x:p>") == "底"


@settings(max_examples=300, deadline=None)
@given(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 12),
    st.one_of(
        st.sampled_from(["-1", "99999999999", "x", "</text:p>", "<text:s/>", "\x00"]), st.text(max_size=4)
    ),
)
def test_real_content_with_pieces_changed(place: float, length: int, text: str) -> None:
    parts = Parts(ODS.read_bytes())
    content = parts.content["content.xml"]
    body = content.index(b"<office:body")
    at = body + int(place * (len(content) - body))
    parts.content["content.xml"] = (
        content[:at] + text.encode("utf-8", "surrogatepass") + content[at + length :]
    )
    with suppress(UnreadableWorkbook):
        assert isinstance(read_workbook(parts.data(), "a.ods"), Workbook)
