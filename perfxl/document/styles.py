"""Which styles are headings, and of what level."""

from __future__ import annotations

import re

from perfxl.workbook.markup import local_name, new_parser, parse

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


def heading_levels(part: bytes) -> dict[str, int]:
    """Return the outline level of each heading style by its identifier: 0 for Heading 1; other styles are left out."""
    found: dict[str, int] = {}
    style: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local_name(tag)
        values = {local_name(key): value for key, value in attributes.items()}
        if name == "style":
            style[:] = [values.get("styleId", "")]
        elif style and name == "name":
            match = _HEADING.fullmatch(values.get("val", ""))
            if match:
                found[style[0]] = int(match[1]) - 1
        elif style and name == "outlineLvl" and values.get("val", "").isdigit():
            level = int(values["val"])
            if level < 9:
                found[style[0]] = level

    parser = new_parser()
    parser.StartElementHandler = start
    parse(parser, part)
    return found
