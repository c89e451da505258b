"""The shared strings of a workbook."""

from __future__ import annotations

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import local_name, new_parser, parse, unescape


def read_shared_strings(part: bytes, limits: Limits = LIMITS) -> list[str]:
    """Return the texts of a shared strings part, rich text runs joined, reading aids (rPh) left out."""
    strings: list[str] = []
    pieces: list[str] = []
    heard: list[str] = []
    in_reading_aid = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal in_reading_aid
        kind = local_name(tag)
        if kind == "t":
            heard.clear()
        elif kind == "si":
            pieces.clear()
        elif kind == "rPh":
            in_reading_aid = True

    def end(tag: str) -> None:
        nonlocal in_reading_aid
        kind = local_name(tag)
        if kind == "t":
            if not in_reading_aid:
                pieces.append("".join(heard))
            heard.clear()
        elif kind == "si":
            strings.append(unescape("".join(pieces)))
            if len(strings) > limits.elements:
                raise UnreadableWorkbook(Unreadable.TOO_LARGE, "shared strings")
        elif kind == "rPh":
            in_reading_aid = False

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = heard.append
    parse(parser, part)
    return strings
