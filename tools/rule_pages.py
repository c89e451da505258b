"""Writes docs/rules/: one page for each rule, from its docstring, and an index.

python -m tools.rule_pages
"""

from __future__ import annotations

from pathlib import Path

from perfxl.output import rule_pages
from perfxl.rules.catalogue import rules

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """Return every file of the folder, by name."""
    return {"README.md": rule_pages.index(rules())} | {
        f"{module.rule.code}.md": rule_pages.as_markdown(module) for module in rules()
    }


def write(folder: Path) -> None:
    """Write the files into a folder, and remove the pages of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    written = pages()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    for path in folder.glob("*.md"):
        if path.name not in written:
            path.unlink()


if __name__ == "__main__":
    write(FOLDER)
