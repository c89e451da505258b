"""What a sheet says of the blank form it was made from.

The mark is a name defined for the sheet that stands for a text ("project 1"). Names of a sheet go with it when it is
copied into another workbook, and WPS and LibreOffice keep them.
"""

from __future__ import annotations

import re

from perfxl.form.model import Origin
from perfxl.workbook.grid import Sheet

NAME = "perfxl_form"
_MARK = re.compile(r"([A-Za-z0-9_-]{1,64}) ([0-9]{1,4})")


def mark(origin: Origin) -> str:
    """Return the text that `origin_of` reads."""
    return f"{origin.form} {origin.version}"


def origin_of(sheet: Sheet) -> Origin | None:
    """Return the form and version that a sheet names, or None."""
    match = _MARK.fullmatch(sheet.texts.get(NAME, ""))
    return Origin(match[1], int(match[2])) if match else None
