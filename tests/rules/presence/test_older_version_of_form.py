"""PX110: made from an earlier version of a declared form, by its mark or by its columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfxl.form.model import Form, Origin
from perfxl.rules.check import check_form
from perfxl.settings import forms
from tests.template.filled import made, read

CODE = "PX110"


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own second version of the national form, in which a column has another name."""
    (tmp_path / "xlsx").mkdir()
    bundled = forms.declared_forms()["project"].path.read_text(encoding="utf-8")
    changed = bundled.replace("| 年度指标值 |", "| 批复的指标值 |")
    earlier = 'earlier = [{ version = 1, heads = { "批复的指标值" = "年度指标值" } }]'
    changed = re.sub(r"^version = 1$", f"version = 2\n{earlier}", changed, flags=re.MULTILINE)
    (tmp_path / "xlsx" / "project.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(forms, "office_folders", lambda kind: (tmp_path / kind,))
    return tmp_path


def blank(name: str = "project") -> Form:
    (form,) = read(made(name))
    return form


def codes(form: Form) -> set[str]:
    return {finding.code for finding in check_form(form)}


def test_fails_on_an_older_mark(second_version: Path) -> None:
    (finding,) = (
        found for found in check_form(blank()._replace(origin=Origin("project", 1))) if found.code == CODE
    )
    assert finding.cell == "A1"
    assert (finding.expected, finding.actual) != ("", "")


def test_fails_on_older_columns_without_a_mark(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    old = blank()._replace(origin=None)
    assert CODE not in codes(old)
    request.getfixturevalue("second_version")
    assert CODE in codes(old)


def test_passes_on_the_version_of_today(second_version: Path) -> None:
    assert blank().origin == Origin("project", 2)
    assert CODE not in codes(blank())
    assert CODE not in codes(blank()._replace(origin=None))


def test_passes_on_a_form_nobody_declared() -> None:
    assert CODE not in codes(blank()._replace(origin=Origin("elsewhere", 1)))
