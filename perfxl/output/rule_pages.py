"""The rule catalogue, as the contract's JSON, as a list, and one rule's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from perfxl.output.checked import SEVERITY_WORDS

if TYPE_CHECKING:
    from perfxl.rules.catalogue import RuleModule


def as_json(rules: Iterable[RuleModule]) -> list[dict[str, str]]:
    """Return the JSON array of `rules --format json`."""
    return [
        {"code": rule.code, "severity": rule.severity.value, "title": rule.title, "source": rule.source}
        for rule in (module.rule for module in rules)
    ]


def as_text(rules: Iterable[RuleModule]) -> str:
    """Return the catalogue, one rule a line."""
    lines = [
        f"{rule.code}  {SEVERITY_WORDS[rule.severity]}  {rule.title}"
        for rule in (module.rule for module in rules)
    ]
    return "\n".join([*lines, "", "用 perfxl explain 规则编号 查看依据、例子和改法。"])


def page(module: RuleModule) -> str:
    """Return one rule's page: what is wrong, on what ground, an example, how to mend it."""
    rule = module.rule
    head = f"{rule.code}（{SEVERITY_WORDS[rule.severity]}）{rule.title}"
    return f"{head}\n\n{module.page.strip()}\n\n出处：{rule.source}"
