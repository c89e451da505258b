"""The scaffold: what it writes is a rule with its page and its tests, which pass."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from perfxl.form.read import read_forms
from perfxl.rules import catalogue
from perfxl.rules.catalogue import FAMILIES, Family
from perfxl.rules.finding import Severity
from perfxl.rules.page import read_page
from perfxl.settings.parameters import settings_for
from tests.tables import workbook
from tools.new_rule import NoRule, files, main, write

CODE, NAME = "PX199", "target_is_not_settled"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def made(tmp_path: Path) -> list[Path]:
    return write(CODE, NAME, "指标值没有定下来", tmp_path)


def test_rule_and_test_stand_in_the_family_of_the_code(made: list[Path], tmp_path: Path) -> None:
    assert [path.relative_to(tmp_path).as_posix() for path in made] == [
        f"perfxl/rules/presence/{NAME}.py",
        f"tests/rules/presence/test_{NAME}.py",
    ]


def test_the_rule_is_a_warning_and_its_examples_are_true(made: list[Path]) -> None:
    module = load(made[0])
    assert (module.RULE.code, module.RULE.severity) == (CODE, Severity.WARNING)
    for example in read_page(module.__doc__ or "").examples:
        (form,) = read_forms(workbook(*example.tables))
        assert {finding.cell for finding in module.check(form, settings_for(form))} == set(example.at)


@pytest.fixture
def registered(made: list[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The new rule among the others, and its test file."""
    module = load(made[0])
    rule = catalogue.RuleModule(module.RULE, module.check, module.__doc__ or "", made[0].stem)
    known = catalogue.rules_on
    with_rule = lambda subject: (*known(subject), rule)  # noqa: E731
    monkeypatch.setattr("perfxl.rules.check.rules_on", with_rule)
    monkeypatch.setattr("tests.rules.forms.rules_on", with_rule)
    return made[1]


def test_its_tests_pass(registered: Path) -> None:
    tests = load(registered)
    ran = [name for name in vars(tests) if name.startswith("test_")]
    for name in ran:
        getattr(tests, name)()
    assert any(name.startswith("test_fails") for name in ran)
    assert any(name.startswith("test_passes") for name in ran)


def test_what_is_written_is_in_the_house_format(made: list[Path], tmp_path: Path) -> None:
    config = Path(__file__).parents[2] / "pyproject.toml"
    for command in (["check"], ["format", "--check"]):
        subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", config, "--no-cache", *made],
            check=True,
            cwd=tmp_path,
            capture_output=True,
        )


@pytest.mark.parametrize(
    ("code", "name"), [("PX201", NAME), ("PX700", NAME), ("PX1", NAME), (CODE, "Rate"), (CODE, "a-b")]
)
def test_codes_and_names_that_will_not_do(code: str, name: str) -> None:
    with pytest.raises(NoRule):
        files(code, name, "")
    assert main([code, name]) == 2


def test_nothing_is_overwritten(made: list[Path], tmp_path: Path) -> None:
    with pytest.raises(NoRule):
        write(CODE, NAME, "", tmp_path)


def test_every_family_on_forms_can_grow() -> None:
    for family in FAMILIES.values():
        assert isinstance(family, Family)
        if family.subject is catalogue.Subject.FORM:
            assert len(files(f"{family.codes}99", NAME, "")) == 2
