"""One run over all rules: order, repetition, a rule that fails, and forms without a fault."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.rules import check
from perfxl.rules.catalogue import RuleModule, Subject, rules_on
from perfxl.rules.check import check_form, check_workbook
from perfxl.rules.finding import Finding, Severity, named
from perfxl.settings.parameters import Settings
from perfxl.workbook.grid import Cell, position
from tests.rules.forms import NATIONAL, NOTED, SOUND, altered, findings, form
from tests.tables import sheet, workbook


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_in_a_sound_form(name: str) -> None:
    assert [finding.code for finding in findings(form(SOUND[name]))] == NOTED.get(name, [])


def test_everything_is_found_in_one_run_in_the_order_of_the_cells() -> None:
    found = findings(form(NATIONAL, C3="", D6="约一百", G13="21", G16="31", G18="99", A16="效益指标（40分）"))
    assert {finding.code for finding in found} >= {"PX101", "PX102", "PX302", "PX303", "PX304"}
    places = [position(finding.cell) for finding in found]
    assert places == sorted(places)


def test_forms_of_a_workbook_follow_each_other() -> None:
    forms = read_forms(workbook(altered(NATIONAL, G18="99"), altered(NATIONAL, G18="98")))
    assert [(finding.sheet, finding.code) for finding in check_workbook(forms)] == [
        ("自评表", "PX304"),
        ("自评表2", "PX304"),
    ]


def test_a_rule_that_fails_is_reported_and_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(form: Form, settings: Settings) -> Iterator[Finding]:
        yield from ()
        raise ZeroDivisionError

    first, *others = rules_on(Subject.FORM)
    monkeypatch.setattr(check, "rules_on", lambda _: (RuleModule(first.rule, broken, "", "broken"), *others))
    found = check_form(form(NATIONAL, G18="99"))
    assert [(finding.code, finding.severity) for finding in found] == [
        ("PX990", Severity.WARNING),
        ("PX304", Severity.ERROR),
    ]
    assert found[0].subject == first.rule.code


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12),
    st.sampled_from(
        ["—", "≥", "%", "（）", "……", "100%", "≥90%", "-", "10分", "1e5", "\n", "2021年", "≤1/3", "**"]
    ),
    st.text(max_size=12),
)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["F9", "E9"], "F9、E9"),
        (["F9", "'[自评 表.xlsx]It''s'!D4", "'[自评 表.xlsx]It''s'!F4"], "F9、自评 表.xlsx【It's】D4、F4"),
        (["表2!C3", "F9"], "【表2】C3、F9"),
    ],
)
def test_cells_elsewhere_are_named_with_their_place(cells: list[str], told: str) -> None:
    assert named(cells) == told


@given(
    st.sampled_from(sorted(SOUND)),
    st.dictionaries(st.tuples(st.integers(1, 18), st.integers(1, 9)), ODD, max_size=12),
)
def test_no_rule_raises_on_odd_cells(
    name: str, odd: dict[tuple[int, int], str | bool | Decimal | None]
) -> None:
    drawn = sheet(SOUND[name])
    cells = {**drawn.cells, **{place: Cell(*place, value) for place, value in odd.items()}}
    for found in read_forms(workbook(NATIONAL)._replace(sheets=(drawn._replace(cells=cells),))):
        for finding in findings(found):
            assert finding.cell in finding.cells
            assert finding.code != "PX990"
