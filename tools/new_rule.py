"""Writes the two files of a new rule, rule and test, ready to be filled in.

    python -m tools.new_rule PX213 rate_is_missing [--title 执行率没有填]
    make rule CODE=PX213 NAME=rate_is_missing

The family follows from the code. The rule begins as a warning, its example is the one that its check finds, so that
the tests pass at once: replace the example and the check together.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from perfxl.rules.catalogue import FAMILIES, Subject, rules

ROOT = Path(__file__).parents[1]

_RULE = '''"""## 问题

（什么情况算错，哪些情况不算。）

## 依据

（文件名、文号、条款；或这一条是怎么来的。）

## 例子

错例 B2：（错在哪里）

| 三级指标 | 指标值 | 实际完成值 |
| 接入部门数 | 待定 | 22个 |
| 按期完成率 | 100% | %100 |

正例 B2=≥20个：（怎样才对）

## 改法

（怎样改。）
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted
from perfxl.settings.parameters import Settings

RULE = Rule("{code}", "{title}", Severity.WARNING, "（文号、条款）")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find every row whose target is not settled yet."""
    for row in counted(form):
        if row.target is None or row.target.text != "待定":
            continue
        yield RULE.finding(
            form,
            row.target,
            (row.actual,),
            subject=row.subject,
            message=f"“{{row.subject}}”的指标值是“{{row.target.text}}”。",
            expected="（应为）",
            actual=row.target.text,
            fix=f"在 {{row.target.address}} 填写指标值。",
        )
'''

_TEST = '''"""{code}: {words}."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


def test_fails_where_the_target_is_not_settled() -> None:
    found = only(form(NATIONAL, D13="待定"), "{code}")
    assert (found.cell, found.severity) == ("D13", Severity.WARNING)


def test_passes_on_a_sound_form() -> None:
    assert at(form(NATIONAL), "{code}") == {{}}
'''


class NoRule(ValueError):
    """A code or a name of which no rule can be made; the text says why."""


def files(code: str, name: str, title: str) -> dict[Path, str]:
    """Return the new files, by their paths within the repository. NoRule if code or name will not do."""
    family = _family(code)
    if code in {module.rule.code for module in rules()}:
        raise NoRule(f"{code} is taken")
    if not re.fullmatch(r"[a-z][a-z0-9_]+", name):
        raise NoRule(f"{name!r} is no module name: name the fault, as in rate_is_not_b_over_a")
    words = name.replace("_", " ")
    return {
        Path("perfxl/rules") / family / f"{name}.py": _RULE.format(code=code, title=title),
        Path("tests/rules") / family / f"test_{name}.py": _TEST.format(code=code, words=words),
    }


def _family(code: str) -> str:
    found = [
        name
        for name, family in FAMILIES.items()
        if re.fullmatch(rf"{family.codes}\d\d", code) and family.subject is Subject.FORM
    ]
    if not found:
        codes = ", ".join(
            f"{family.codes}xx" for family in FAMILIES.values() if family.subject is Subject.FORM
        )
        raise NoRule(f"{code} belongs to no family of rules on forms ({codes})")
    return found[0]


def write(code: str, name: str, title: str, root: Path = ROOT) -> list[Path]:
    """Write the files below `root`; return their paths. NoRule where one is there already."""
    made = {root / path: text for path, text in files(code, name, title).items()}
    for path in made:
        if path.exists():
            raise NoRule(f"{path.relative_to(root)} is there already")
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(made)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_rule", description="Writes rule and test of a new rule."
    )
    parser.add_argument("code", help="PX213")
    parser.add_argument("name", help="the fault as a module name: rate_is_missing")
    parser.add_argument("--title", default="（规则名称）", help="its title in Chinese")
    options = parser.parse_args(argv)
    try:
        for path in write(options.code.upper(), options.name, options.title):
            print(path.relative_to(ROOT))
    except NoRule as error:
        print(error, file=sys.stderr)
        return 2
    print("Then: fill in page, check and test; `make rules` for docs/rules/; a line in CHANGELOG.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
