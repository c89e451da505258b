"""What a sheet says of the blank form it was made from.

It says so twice: by a name defined for the sheet that stands for a text ("project 1"), which goes with the sheet when
it is copied into another workbook, and in small print under the form ("表样 project 第1版"), which outlives old
formats, text files and copied cells.
"""

from __future__ import annotations

import re

from perfxl.form.model import Origin
from perfxl.workbook.grid import Sheet

NAME = "perfxl_form"
_MARK = re.compile(r"([A-Za-z0-9_-]{1,64}) ([0-9]{1,4})")
_WORD = "表样"
_PRINTED = re.compile(_WORD + r"\s*([A-Za-z0-9_-]{1,64})\s*第\s*([0-9]{1,4})\s*版")


def mark(origin: Origin) -> str:
    """Return the text behind the name of the sheet."""
    return f"{origin.form} {origin.version}"


def printed(origin: Origin) -> str:
    """Return the small print under the form."""
    return f"{_WORD} {origin.form} 第{origin.version}版"


def origin_of(sheet: Sheet) -> Origin | None:
    """Return the form and version that a sheet names, or None."""
    match = _MARK.fullmatch(sheet.texts.get(NAME, ""))
    if match is None:
        texts = (cell.value for cell in sheet.cells.values())
        found = next((text for text in texts if isinstance(text, str) and text.startswith(_WORD)), "")
        match = _PRINTED.fullmatch(found.strip())
    return Origin(match[1], int(match[2])) if match else None
