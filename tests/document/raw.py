"""Word documents for tests, written as markup: what python-docx does not make."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, **parts: str) -> bytes:
    """Return a .docx whose body holds the markup; `footnotes="<w:footnote …>"` adds that part."""
    root = f'<w:document xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    root += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    root += 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_KIND}/{name}" Target="{name}.xml"/>' for name in parts
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(""))
        archive.writestr(
            "_rels/.rels",
            _RELS.format(f'<Relationship Id="r1" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'),
        )
        archive.writestr("word/document.xml", f"{root}<w:body>{body}<w:sectPr/></w:body></w:document>")
        if links:
            archive.writestr("word/_rels/document.xml.rels", _RELS.format(links))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>')
    return stream.getvalue()


def p(*runs: str) -> str:
    """A paragraph of runs; plain text is put into a run."""
    return "<w:p>" + "".join(run if run.startswith("<") else r(run) for run in runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'
