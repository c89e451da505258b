"""Whose variables a template may name, by the family of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from perfxl.report.variables import Variable

FAMILIES: Mapping[str, str] = {
    "form": "perfxl.report.passages.of_form",
    "regional": "perfxl.report.passages.of_region",
    "final_accounts": "perfxl.report.passages.of_accounts",
}
"""The module of each family; it is imported when a template of the family is filled or looked at."""


def variables_of(family: str) -> Mapping[str, Variable]:
    """Return the variables of a family; KeyError for one that does not exist."""
    found: Mapping[str, Variable] = import_module(FAMILIES[family]).VARIABLES
    return found
