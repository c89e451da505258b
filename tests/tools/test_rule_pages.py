"""What writes docs/rules/. That the folder is complete and current is a guard of tests/rules/test_catalogue.py."""

from __future__ import annotations

from pathlib import Path

from perfxl.rules.catalogue import rules
from tools.rule_pages import pages, write


def test_the_index_leads_to_every_page() -> None:
    index = pages()["README.md"]
    assert all(f"]({module.rule.code}.md)" in index for module in rules())


def test_pages_of_rules_that_are_no_more_go(tmp_path: Path) -> None:
    (tmp_path / "PX000.md").touch()
    write(tmp_path)
    assert not (tmp_path / "PX000.md").exists()
    assert (tmp_path / "PX201.md").exists()
