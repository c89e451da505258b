"""PX111: a form that says what it was made from, and lacks one of its columns."""

from __future__ import annotations

import pytest

from perfxl.form.model import Form
from perfxl.rules.check import check_form
from perfxl.settings.forms import declared_forms, missing_columns
from tests.template.filled import made, read

CODE = "PX111"


def blank(name: str) -> Form:
    (form,) = read(made(name))
    return form


def without(form: Form, role: str) -> Form:
    columns = {name: column for name, column in form.indicator_columns.items() if name != role}
    return form._replace(indicator_columns=columns)


def codes(form: Form) -> set[str]:
    return {finding.code for finding in check_form(form)}


@pytest.mark.parametrize(
    ("name", "role"), [("project", "reason"), ("project_list", "goal"), ("scoresheet", "standard")]
)
def test_fails_without_a_column(name: str, role: str) -> None:
    form = without(blank(name), role)
    assert missing_columns(form)
    (finding,) = (found for found in check_form(form) if found.code == CODE)
    assert finding.cell == "A1"


@pytest.mark.parametrize("name", declared_forms())
def test_passes_with_all_columns(name: str) -> None:
    assert missing_columns(blank(name)) == ()


def test_passes_without_a_mark() -> None:
    assert CODE not in codes(without(blank("project"), "reason")._replace(origin=None))
