"""docs/rules/: complete and current."""

from __future__ import annotations

from pathlib import Path

from perfxl.rules.catalogue import rules
from tools.rule_pages import FOLDER, pages, write


def test_every_rule_has_its_page_as_its_docstring_says() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert sorted(committed) == sorted(pages())
    stale = [name for name, text in pages().items() if committed[name] != text]
    assert not stale, "run `make rules`"


def test_the_index_leads_to_every_page() -> None:
    index = pages()["README.md"]
    assert all(f"]({module.rule.code}.md)" in index for module in rules())


def test_pages_of_rules_that_are_no_more_go(tmp_path: Path) -> None:
    (tmp_path / "PX000.md").touch()
    write(tmp_path)
    assert not (tmp_path / "PX000.md").exists()
    assert (tmp_path / "PX201.md").exists()
