"""The smallest workbooks: a sheet part written by hand in a package with nothing else."""

from __future__ import annotations

import io
import zipfile

from tests.workbook.surgery import DOCUMENT, MAIN

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole2(*streams: str) -> bytes:
    """The look of an OLE2 file: a header and a directory with these streams."""
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *streams)
    )
    return OLE2.ljust(512, b"\0") + directory.ljust(2048, b"\0")


def worksheet(data: str, before: str = "", after: str = "") -> str:
    """A worksheet part around rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def package(
    *sheets: str | bytes,
    strings: str | None = None,
    styles: str | None = None,
    book: str = "",
    states: str = "",
) -> bytes:
    """A workbook of the sheet parts given, named 表1, 表2, …

    `strings` and `styles` are the inner XML of those parts, `book` stands behind the sheets in the workbook part,
    `states` holds one letter for each sheet: v(isible), h(idden), H (very hidden).
    """
    kinds = {"v": "visible", "h": "hidden", "H": "veryHidden"}
    listed = "".join(
        f'<sheet name="表{i}" sheetId="{i}" state="{kinds[(states or "v" * 9)[i - 1]]}" r:id="rId{i}"/>'
        for i in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets>{book}</workbook>',
    }
    for i, sheet in enumerate(sheets, 1):
        members[f"xl/worksheets/sheet{i}.xml"] = sheet
    for name, kind, root, content in (
        ("sharedStrings.xml", "sharedStrings", "sst", strings),
        ("styles.xml", "styles", "styleSheet", styles),
    ):
        if content is not None:
            members[f"xl/{name}"] = f'<{root} xmlns="{MAIN}">{content}</{root}>'
            links += f'<Relationship Id="{kind}" Type="{DOCUMENT}/{kind}" Target="{name}"/>'
    members["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
    )
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
