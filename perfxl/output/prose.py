"""The little Markdown of the rule pages as HTML: paragraphs, lists, `code`."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")


def as_html(text: str) -> str:
    """Return paragraphs and lists; lines that were only broken for the eye are joined again."""
    return "\n".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.splitlines()]
    items: list[str] = []
    for line in lines:
        if line.startswith("- ") or not items:
            items.append(line)
        else:
            items[-1] = joined(items[-1], line)
    if all(item.startswith("- ") for item in items):
        return "<ul>" + "".join(f"<li>{_inline(item[2:])}</li>" for item in items) + "</ul>"
    first, *rest = items
    return f"<p>{_inline(first)}</p>" + (
        "<ul>" + "".join(f"<li>{_inline(item[2:])}</li>" for item in rest) + "</ul>" if rest else ""
    )


def joined(one: str, other: str) -> str:
    """Return two lines as one: with a blank between them only where both edges are Latin letters or figures."""
    return f"{one} {other}" if one[-1:].isascii() and other[:1].isascii() else one + other


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))
