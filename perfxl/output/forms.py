"""The forms that can be made, in the contract's JSON and for a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from perfxl.settings.forms import DeclaredForm


def as_json(forms: Iterable[DeclaredForm]) -> list[dict[str, Any]]:
    """Return the contract's JSON of `forms`."""
    return [
        {"id": form.id, "title": form.title, "kind": form.kind.value, "source": form.source} for form in forms
    ]


def as_text(forms: Iterable[DeclaredForm]) -> str:
    """Return the forms as a list for a person."""
    lines = [
        f"  {form.id:<18}{form.title}（第 {form.version} 版）\n{'':20}依据：{form.source}" for form in forms
    ]
    return "\n".join(["可以新建的空白表（perfxl new 表名 -o 文件.xlsx）：", *lines])
