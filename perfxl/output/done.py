"""What became of one file that was checked, computed and reported on, as text for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfxl.output import checked, drafted, scored

if TYPE_CHECKING:
    from perfxl.work.everything import Done


def as_text(done: Done) -> str:
    """Return the findings, the cells computed, and where copy and draft lie."""
    return "\n".join(_lines(done))


def _lines(done: Done) -> Iterator[str]:
    yield checked.as_text([done.checked]).rstrip()
    made = done.made
    if made.scored is not None:
        yield from scored.as_text(made.scored).splitlines()[1:]
    for draft in made.drafts:
        yield from drafted.lines(draft)
    yield from (f"  {problem}" for problem in made.problems)
    yield ""
