"""Sizes beyond which a file is refused: far above any real form, far below what would exhaust an office PC."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Caps on what is read. Bytes for sizes; counts are per workbook unless said otherwise."""

    file_size: int = 256 << 20
    members: int = 20_000
    unpacked_total: int = 2 << 30
    unpacked_part: int = 96 << 20  # of a part that is parsed; pictures are only ever copied packed
    ratio: int = 400  # unpacked to packed size of a parsed part, above `ratio_from` bytes
    ratio_from: int = 8 << 20
    sheets: int = 1_000
    cells: int = 600_000  # with content
    elements: int = 3_000_000  # cell, row and string elements, blank ones too
    merges: int = 50_000
    merged_cells: int = 1_000_000  # covered cells within the used rectangles
    text: int = 64 << 20  # characters of cell text; a shared string counts once for each cell that shows it
    shared_formula_text: int = 16 << 20  # characters of formulas written out for the members of a group
    rows: int = 1_048_576
    columns: int = 16_384
    legacy_memory: int = 1_500 << 20  # bytes, of the process that reads old formats
    legacy_rectangle: int = 17_000_000  # cells of one sheet's used rectangle
    legacy_seconds: int = 60


LIMITS = Limits()
