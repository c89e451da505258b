"""One form, many layouts: whatever the layout, the same reading.

The generator draws every transcribed form with other places, labels, groups, columns and arrangements and
says what must be read; nothing here knows what the layouts look like.
"""

from __future__ import annotations

from typing import Literal

import pytest

from perfxl.form.read import read_forms
from perfxl.output.extracted import forms_as_json
from tests.layouts import (
    Generated,
    differences,
    form_names,
    generate,
    generate_together,
    load_form,
    to_workbook,
)

ALONE, TOGETHER = 25, 6


def unread(generated: Generated) -> list[str]:
    return differences(generated.expected, forms_as_json("", read_forms(to_workbook(generated))))


@pytest.mark.parametrize("name", form_names())
def test_alone(name: str) -> None:
    form = load_form(name)
    assert [(seed, line) for seed in range(ALONE) for line in unread(generate(form, seed))] == []


@pytest.mark.parametrize("arrangement", ["stacked", "beside", "sheets"])
@pytest.mark.parametrize("name", form_names())
def test_with_a_neighbour(name: str, arrangement: Literal["stacked", "beside", "sheets"]) -> None:
    names = form_names()
    for seed in range(TOGETHER):
        other = names[(names.index(name) + 1 + seed) % len(names)]
        generated = generate_together([load_form(name), load_form(other)], seed, arrangement)
        assert [(other, seed, line) for line in unread(generated)] == []
