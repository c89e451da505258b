"""The rules there are. A rule is a module in a family folder; putting the file there is all it takes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule
from perfxl.settings.parameters import Settings


class Subject(StrEnum):
    """What the rules of a family judge, which is what their `check` takes first."""

    FORM = "form"
    REPORT = "report"
    TOGETHER = "together"  # several forms at once
    WORKBOOK = "workbook"


class Family(NamedTuple):
    """A folder of rules: how their codes begin, and what they judge."""

    codes: str
    subject: Subject = Subject.FORM


FAMILIES = {
    "presence": Family("PX1"),
    "funds": Family("PX2"),
    "scores": Family("PX3"),
    "targets": Family("PX4"),
    "narrative": Family("PX5", Subject.REPORT),
    "together": Family("PX6", Subject.TOGETHER),
    "file": Family("PX9", Subject.WORKBOOK),
}
"""The family folders."""


class RuleModule(NamedTuple):
    """A rule as its module declares it: what it is, how it checks, its page in Markdown, and where it stands.

    `check` takes what its family judges, and the settings (of a workbook: the forms found in it); `read_page` takes
    the page apart.
    `check_among` is there where other forms, checked with this one, bear on the judgement.
    """

    rule: Rule
    check: Callable[..., Iterator[Finding]]
    page: str
    module: str
    check_among: Callable[[Form, Sequence[Form], Settings], Iterator[Finding]] | None = None


def rules() -> tuple[RuleModule, ...]:
    """Return every rule, by code."""
    return _by_code(rule for subject in Subject for rule in rules_on(subject))


@lru_cache(maxsize=len(Subject))
def rules_on(subject: Subject) -> tuple[RuleModule, ...]:
    """Return every rule that judges a subject, by code; the files of other families are not loaded."""
    found: list[RuleModule] = []
    for family, kind in FAMILIES.items():
        if kind.subject is not subject:
            continue
        for name in _modules(f"perfxl.rules.{family}"):
            module = importlib.import_module(name)
            among = getattr(module, "check_among", None)
            found.append(RuleModule(module.RULE, module.check, module.__doc__ or "", name, among))
    return _by_code(found)


def _by_code(found: Iterable[RuleModule]) -> tuple[RuleModule, ...]:
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
