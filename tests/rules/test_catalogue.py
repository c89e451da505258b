"""Guards: every rule file is registered, has its page and its examples, and keeps to the codes of its family."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from perfxl.rules import catalogue
from perfxl.rules.catalogue import FAMILIES, RuleModule, rule_for, rules
from tools.rule_pages import FOLDER as DOCS
from tools.rule_pages import pages

FOLDER = Path(catalogue.__file__).parent
CONTRACT = {
    *(f"PX10{number}" for number in (1, 2, 3)),
    *(f"PX20{number}" for number in (1, 2, 3, 4)),
    *(f"PX30{number}" for number in range(1, 10)),
    *(f"PX40{number}" for number in (1, 2, 3, 4, 5, 6)),
}
"""The codes fixed from the start that arithmetic can decide."""

by_module = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule.code)


def test_every_file_of_the_families_is_a_rule() -> None:
    files = {
        f"perfxl.rules.{family}.{path.stem}"
        for family in FAMILIES
        for path in (FOLDER / family).glob("*.py")
        if path.stem != "__init__"
    }
    assert files == {rule.module for rule in rules()}


def test_every_folder_of_rules_is_a_family() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/__init__.py")} == set(FAMILIES)


def test_codes_are_unique_and_cover_the_contract() -> None:
    codes = [rule.rule.code for rule in rules()]
    assert len(set(codes)) == len(codes)
    assert set(codes) >= CONTRACT


@by_module
def test_code_belongs_to_the_family(rule: RuleModule) -> None:
    family = rule.module.split(".")[-2]
    assert re.fullmatch(rf"{FAMILIES[family].codes}\d\d", rule.rule.code)


@by_module
def test_catalogue_entry_is_complete(rule: RuleModule) -> None:
    assert rule.rule.title
    assert rule.rule.source
    assert rule_for(rule.rule.code.lower()) == rule


@by_module
def test_rule_has_failing_and_passing_examples(rule: RuleModule) -> None:
    family, name = rule.module.split(".")[-2:]
    module = importlib.import_module(f"tests.rules.{family}.test_{name}")
    tests = [name for name in vars(module) if name.startswith("test_")]
    assert any(name.startswith("test_fails") for name in tests)
    assert any(name.startswith("test_passes") for name in tests)


def test_docs_hold_the_page_of_every_rule_as_its_docstring_says() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()}
    wanted = pages()
    stale = [name for name in sorted({*committed, *wanted}) if committed.get(name) != wanted.get(name)]
    assert not stale, "make rules (python -m tools.rule_pages) writes them anew"


def test_unknown_code() -> None:
    with pytest.raises(KeyError):
        rule_for("PX000")
