"""Points printed behind the name of a group: 50 in "产出指标（50分）"."""

from __future__ import annotations

import re
import unicodedata

_POINTS = re.compile(r"\((\d+(?:\.\d+)?)分?\)")


def points_in(label: str) -> str | None:
    """Return the points a group's label ends with, as a number in text; None where it has none."""
    squeezed = "".join(unicodedata.normalize("NFKC", label).split())
    found = _POINTS.findall(squeezed)
    return found[-1] if found and squeezed.endswith(")") else None
