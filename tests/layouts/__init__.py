"""Many layouts of one form, for testing whatever reads forms.

`generate` takes a transcribed form (tests/data/forms, samples/data) and a seed and returns a sheet of cells together with
what a reader must find in it. Nothing here reads forms; of perfxl only the cells of the grid are used.
"""

from __future__ import annotations

from tests.layouts.compare import differences
from tests.layouts.forms import form_names, load_form
from tests.layouts.generate import Generated, generate, generate_together
from tests.layouts.options import LayoutOptions
from tests.layouts.output import to_sheet, to_workbook, write_xlsx

__all__ = [
    "Generated",
    "LayoutOptions",
    "differences",
    "form_names",
    "generate",
    "generate_together",
    "load_form",
    "to_sheet",
    "to_workbook",
    "write_xlsx",
]
