"""PX413: quantity indicators without a figure."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form


@pytest.mark.parametrize("target", ["按计划完成", "完成", "逐步推开", "若干"])
def test_fails_on_words(target: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=target), "PX413") == {"D13": Severity.NOTE}


@pytest.mark.parametrize(
    "changes",
    [
        {"D13": "≥20个"},
        {"D13": "二十个部门"},
        {"D13": "应接尽接"},
        {"D13": "完成", "C13": "接入20个部门"},
        {"D13": "—"},
        {"D14": "合格", "E14": "合格"},
    ],
)
def test_passes_figures_and_other_groups(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX413") == {}
