"""The published forms as a whole: every error a person saw is found or accounted for, and nothing else is cried.

The verdicts stand in verdicts.toml. Forms of the seed documents are the sample workbooks; the others are
laid out by the layout generator, plain and then in other layouts.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from perfxl.form.labels import squeeze
from perfxl.form.read import read_forms
from perfxl.rules.finding import Finding, Severity
from perfxl.workbook.open import open_workbook
from tests.layouts import LayoutOptions, form_names, generate, load_form, to_workbook
from tests.rules.forms import findings

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
VERDICTS: dict[str, Any] = tomllib.loads((HERE / "verdicts.toml").read_text(encoding="utf-8"))
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
FILES = {
    f"seed_{sample['id']}": sample["file"]
    for sample in tomllib.loads((SAMPLES / "catalogue.toml").read_text(encoding="utf-8"))["sample"]
}

every_form = pytest.mark.parametrize("name", form_names())


@cache
def found_in(name: str) -> tuple[Finding, ...]:
    """Every finding on a published form."""
    if name in FILES:
        forms = read_forms(open_workbook(SAMPLES / FILES[name]))
    else:
        forms = read_forms(to_workbook(generate(load_form(name), 0, LayoutOptions())))
    return tuple(finding for form in forms for finding in findings(form))


def test_every_form_has_its_verdicts() -> None:
    assert sorted(VERDICTS) == form_names()


@every_form
def test_findings_are_those_that_were_judged(name: str) -> None:
    judged = Counter(
        (group["code"], group["severity"], squeeze(subject))
        for group in VERDICTS[name]["findings"]
        for subject in group["subjects"]
    )
    assert (
        Counter((found.code, str(found.severity), squeeze(found.subject)) for found in found_in(name))
        == judged
    )


@every_form
def test_no_error_is_wrong(name: str) -> None:
    for group in VERDICTS[name]["findings"]:
        assert group["why"]
        assert group["right"] or group["severity"] != Severity.ERROR


@every_form
def test_every_observed_error_is_found_or_accounted_for(name: str) -> None:
    observed, errors = load_form(name)["observed_errors"], VERDICTS[name]["errors"]
    assert len(errors) == len(observed)
    named = {f"{found.code} {squeeze(found.subject)}" for found in found_in(name)}
    for text, error in zip(observed, errors, strict=True):
        assert error.get("left") or error["found"], text
        assert {squeeze(finding) for finding in error.get("found", [])} <= {squeeze(one) for one in named}, (
            text
        )


@pytest.mark.parametrize("file", EXPECTED)
def test_samples_show_what_they_are_said_to_show_at_the_cells_they_name(file: str) -> None:
    name = next(name for name, own in FILES.items() if own == file)
    cells = {(found.code, found.sheet, found.cell): set(found.cells) for found in found_in(name)}
    for expected in EXPECTED[file]["findings"]:
        assert set(expected["cells"]) <= cells[expected["code"], expected["sheet"], expected["cell"]]


@every_form
@pytest.mark.parametrize("seed", [3, 11, 24])
def test_other_layouts_of_a_form_show_the_same_errors(name: str, seed: int) -> None:
    plain = LayoutOptions()
    other = replace(LayoutOptions.drawn(seed), total_row=plain.total_row, without_reason=plain.without_reason)
    assert errors_in(name, seed, other) == errors_in(name, 0, plain)


def errors_in(name: str, seed: int, options: LayoutOptions) -> Counter[str]:
    """How often each code stands at severity error in one layout of a form."""
    forms = read_forms(to_workbook(generate(load_form(name), seed, options)))
    return Counter(
        finding.code for form in forms for finding in findings(form) if finding.severity is Severity.ERROR
    )
