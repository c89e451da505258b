"""The rules there are. A rule is a module in a family folder; putting the file there is all it takes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule
from perfxl.settings.parameters import Settings

FAMILIES = {"presence": "PX1", "funds": "PX2", "scores": "PX3", "targets": "PX4"}
"""The family folders and how the codes in them begin."""


class RuleModule(NamedTuple):
    """A rule as its module declares it: what it is, how it checks, its page in Markdown, and where it stands.

    `check_among` is there where other forms, checked with this one, bear on the judgement.
    """

    rule: Rule
    check: Callable[[Form, Settings], Iterator[Finding]]
    page: str
    module: str
    check_among: Callable[[Form, Sequence[Form], Settings], Iterator[Finding]] | None = None


@lru_cache(maxsize=1)
def rules() -> tuple[RuleModule, ...]:
    """Return every rule, by code."""
    found: list[RuleModule] = []
    for family in FAMILIES:
        for name in _modules(f"perfxl.rules.{family}"):
            module = importlib.import_module(name)
            among = getattr(module, "check_among", None)
            found.append(RuleModule(module.RULE, module.check, module.__doc__ or "", name, among))
    return tuple(sorted(found, key=lambda rule: rule.rule.code))


def _modules(package_name: str) -> list[str]:
    """The modules of a family: the files in its folder, or, in a frozen executable, what its importer knows."""
    places = list(importlib.import_module(package_name).__path__)
    names = [path.stem for place in places for path in Path(place).glob("*.py") if path.stem != "__init__"]
    if not names:
        import pkgutil  # slow to load, and needed only where modules are no files

        names = [info.name for info in pkgutil.iter_modules(places)]
    return [f"{package_name}.{name}" for name in sorted(names)]


def rule_for(code: str) -> RuleModule:
    """Return the rule of a code, in whatever case it is written; KeyError if there is none."""
    for found in rules():
        if found.rule.code == code.upper():
            return found
    raise KeyError(code)
