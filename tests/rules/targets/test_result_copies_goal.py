"""PX409: results that are their goals word for word."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, PROJECT_LIST, at, form


def test_fails_on_the_goal_itself() -> None:
    assert at(form(NATIONAL, E11="建成数据平台， 接入各部门"), "PX409") == {"E11": Severity.WARNING}


def test_fails_on_a_project_of_a_list() -> None:
    changes = {"G4": "规范救助管理，应救尽救", "H4": "规范救助管理，应救尽救"}
    assert at(form(PROJECT_LIST, **changes), "PX409") == {"H4": Severity.WARNING}


def test_notes_qualitative_results_once() -> None:
    changes = {"E16": "明显提升", "D17": "较为满意", "E17": "较为满意"}
    assert at(form(NATIONAL, **changes), "PX409") == {"E16": Severity.NOTE}


def test_passes_figures_and_other_words() -> None:
    assert at(form(NATIONAL, D13="20个", E13="20个", D15="100%", E15="100%"), "PX409") == {}
    assert at(form(NATIONAL, B11="保障运转", E11="保障运转"), "PX409") == {}
