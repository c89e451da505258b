"""A declared form filled with all that another form holds, for the tests."""

from __future__ import annotations

from pathlib import Path

from perfxl.form import labels
from perfxl.form.model import Entry, Form
from perfxl.form.read import read_forms
from perfxl.template.declaration import Declaration, declaration, role_of
from perfxl.template.filling import Filling, Given, TableRow, given
from perfxl.template.layout import lay_out
from perfxl.template.write import workbook
from perfxl.workbook.open import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
MEASURES = ("initial", "budget", "arrived", "executed", "rate", "weight", "score")


def sample(beginning: str) -> Path:
    """The sample workbook whose name begins so."""
    (path,) = SAMPLES.glob(f"{beginning}*.xlsx")
    return path


def read(content: bytes) -> tuple[Form, ...]:
    """The forms in a workbook's bytes."""
    return read_forms(read_workbook(content, "made.xlsx"))


def made(name: str, filling: Filling | None = None) -> bytes:
    """The workbook of a declared form, blank or filled."""
    return workbook(lay_out(declaration(name), filling or Filling()))


def filling_of(declared: Declaration, form: Form) -> Filling:
    """All that a form holds, by the names of the declared form's entries."""
    held: dict[str, Entry | None] = {}
    by_label = {labels.squeeze(label): entry for label, entry in (*form.header.items(), *form.footer.items())}
    for name in declared.fields:
        held[name] = by_label.get(labels.squeeze(name)) or form.roles.get(role_of(name))
    for row in form.funds:
        held |= {f"{row.source.value}.{measure}": getattr(row, measure) for measure in MEASURES}
    held |= {"goal.target": form.goals.target, "goal.actual": form.goals.actual}
    if form.total is not None:
        held |= {"sum.weight": form.total.weight, "sum.score": form.total.score}
    entries = {name: value for name, entry in held.items() if (value := given(entry)) is not None}
    table = form.projects if declared.is_list else form.indicators
    rows = tuple(
        TableRow(
            {
                role: value
                for role in declared.roles
                if role and (value := _given(getattr(row, role))) is not None
            }
        )
        for row in table
    )
    return Filling(form.year, entries, rows)


def _given(entry: Entry | None) -> Given | None:
    return given(entry)
