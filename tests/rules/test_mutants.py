"""One fault at a time, in many layouts: each is found by its rule at its cell, and by no other.

Each mutation of `mutants.MUTATIONS` is laid out by the generator under several seeds; the cells come from what the
generator says it drew, not from the reader.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.rules.check import check_form
from perfxl.rules.finding import Severity
from tests.layouts import Generated, LayoutOptions, generate, to_workbook
from tests.rules.mutants import MUTATIONS, Mutation, Transcription, sound

SEEDS = (1, 2, 3, 14, 16, 24, 70)


@cache
def options(seed: int) -> LayoutOptions:
    """A layout; without subtotals, which the generator cannot draw over words."""
    return replace(LayoutOptions.drawn(seed), subtotals=False)


def drawn(transcription: Transcription, seed: int) -> tuple[Generated, Form]:
    """The layout of a transcription and the form read from it."""
    generated = generate(transcription, seed, options(seed))
    (form,) = read_forms(to_workbook(generated))
    return generated, form


def judged(form: Form) -> set[tuple[str, str]]:
    """The codes of severity error or warning, with their cells."""
    return {(found.code, found.cell) for found in check_form(form) if found.severity is not Severity.NOTE}


def cell(expected: Any, place: str) -> str | None:
    """The cell of a place such as "indicators.2.score"; None where the layout has no such column."""
    for part in place.split("."):
        expected = expected[int(part)] if isinstance(expected, list) else expected.get(part)
        if not expected:
            return None
    found: str = expected["cell"]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sound_form_has_nothing_but_notes(seed: int) -> None:
    assert judged(drawn(sound(), seed)[1]) == set()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.name for mutation in MUTATIONS])
def test_a_single_fault_is_found_where_it_is_and_nowhere_else(mutation: Mutation) -> None:
    changed = sound()
    mutation.change(changed)
    for seed in SEEDS:
        generated, form = drawn(changed, seed)
        expected = set()
        for named in mutation.finds:
            code, place = named.split(" ", 1)
            at = cell(generated.expected["forms"][0], place)
            if at is not None:
                expected.add((code, at))
        found = judged(form)
        if form.total is None:  # PX301 then stands at the head of the column
            found, expected = ({one for one in both if one[0] != "PX301"} for both in (found, expected))
        if form.money_unit is None:  # an amount in 元 proves nothing where no unit is printed
            expected = {one for one in expected if one[0] != "PX205"}
        assert found == expected, seed
