"""Facts about a whole form that every row's judgement asks for: worked out once for each form."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from perfxl.form.model import Form

Fact = TypeVar("Fact")

_FORMS_AT_A_TIME = 4
"""Forms are judged one after the other, so a few are enough, and a folder of forms is not kept in memory."""


def per_form(fact: Callable[[Form], Fact]) -> Callable[[Form], Fact]:
    """Remember what a function says of a form. The result must be immutable: it is handed out again."""
    return lru_cache(maxsize=_FORMS_AT_A_TIME)(fact)
