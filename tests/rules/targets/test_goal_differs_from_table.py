"""PX411: figures of the narrative against the tables."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


@pytest.mark.parametrize(
    ("text", "severity", "rests_on"),
    [
        ("平台建成，预算执行率95%", Severity.WARNING, "E6"),
        ("资金执行率为89.98%。", Severity.WARNING, "E6"),
        ("使用部门满意度达到98%", Severity.NOTE, "E17"),
        ("共接入部门数25个", Severity.NOTE, "E13"),
    ],
)
def test_fails_where_they_differ(text: str, severity: Severity, rests_on: str) -> None:
    found = only(form(NATIONAL, C13="接入部门数", E11=text), "PX411")
    assert (found.cell, found.severity) == ("E11", severity)
    assert rests_on in found.cells


@pytest.mark.parametrize(
    "text",
    [
        "预算执行率89.89%",
        "预算执行率90%",
        "预算执行率85%以上",
        "其中中央资金预算执行率100%",
        "满意度95.5%",
        "满意度达95%以上",
        "接入22个部门",
        "平台建成，接入二十二个部门",
    ],
)
def test_passes_what_agrees_or_is_limited(text: str) -> None:
    assert at(form(NATIONAL, E11=text), "PX411") == {}
