"""PX104: a second-level group under a first level that is not its own."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, at, form


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ({"B15": "经济效益指标"}, {"B15"}),
        ({"B14": "社会效益"}, {"B14"}),
        ({"B16": "数量指标"}, {"B16"}),
        ({"B17": "时效指标"}, {"B17"}),
    ],
)
def test_fails_where_another_first_level_owns_the_group(changes: dict[str, str], cells: set[str]) -> None:
    assert at(form(NATIONAL, **changes), "PX104") == dict.fromkeys(cells, Severity.WARNING)


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"B15": "成本指标"}),
        (NATIONAL, {"B16": "满意度指标"}),
        (NATIONAL, {"A13": "履职效能", "B13": "社会效益"}),
        (NATIONAL, {"A16": "项目效果（30分）"}),
        (SCORED_HEADER, {}),
    ],
)
def test_passes_what_is_usual_somewhere(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX104") == {}
