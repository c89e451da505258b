"""Where what was read differs from what was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any


def differences(expected: Mapping[str, Any], read: Mapping[str, Any]) -> list[str]:
    """Return every difference as "place: expected …, read …", both in the shape of `extract --format json`.

    Forms of kind "unknown" that were read besides are no difference, nor are header and footer fields that
    were read besides. Of a group that has no name only the value is compared, of a title the text without
    white space, either of the two being allowed to hold a further line.
    """
    forms = [form for form in read["forms"] if form["kind"] != "unknown"]
    if len(forms) != len(expected["forms"]):
        return [f"forms: expected {len(expected['forms'])}, read {[form['kind'] for form in read['forms']]}"]
    return [
        f"form {number}: {line}"
        for number, (wanted, found) in enumerate(zip(expected["forms"], forms, strict=True))
        for line in _form(wanted, found)
    ]


def _form(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for key in ("sheet", "kind", "year"):
        if wanted[key] != found[key]:
            yield f"{key}: expected {wanted[key]!r}, read {found[key]!r}"
    if ("projects" in wanted) != ("projects" in found):
        return
    titles = [re.sub(r"\s", "", str(title or "")) for title in (wanted["title"], found["title"])]
    if not titles[1] or not (titles[0] in titles[1] or titles[1] in titles[0]):
        yield f"title: expected {wanted['title']!r}, read {found['title']!r}"
    for key in ("header", "footer"):
        yield from _entries(key, wanted[key], found[key])
    if "goals" in wanted:
        yield from _entries("goals", wanted["goals"], found["goals"])
        yield from _entries("total", wanted["total"], found.get("total") or {})
        yield from _rows("funds", wanted["funds"], found["funds"])
        yield from _rows("indicators", wanted["indicators"], found["indicators"])
    else:
        yield from _rows("projects", wanted["projects"], found["projects"])


def _rows(name: str, wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[str]:
    if len(wanted) != len(found):
        yield f"{name}: expected {len(wanted)} rows, read {len(found)}"
        return
    for number, (row, other) in enumerate(zip(wanted, found, strict=True)):
        if row.get("source") != other.get("source"):
            yield f"{name}[{number}].source: expected {row.get('source')!r}, read {other.get('source')!r}"
        entries = {key: value for key, value in row.items() if isinstance(value, dict)}
        surplus = [
            key for key in other if isinstance(other[key], dict) and key not in entries and key in _KEYS
        ]
        if surplus:
            yield f"{name}[{number}]: read columns that the form lacks: {surplus}"
        yield from _entries(f"{name}[{number}]", entries, other)


_KEYS = {
    *("level1", "level2", "level3", "target", "actual", "weight", "score", "reason", "standard", "operator"),
    *("unit", "initial", "budget", "executed", "rate"),
}
"""The keys of rows that the contract has; others a reader may add."""


def _entries(name: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for key, entry in wanted.items():
        other = found.get(key)
        if other is None:
            yield f"{name}.{key}: expected {entry}, read nothing"
            continue
        unnamed_group = key in ("level1", "level2") and entry["value"] is None
        if not _same(entry["value"], other["value"]) or (
            not unnamed_group and entry["cell"] != other["cell"]
        ):
            yield f"{name}.{key}: expected {entry}, read {dict(other)}"


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, float) and isinstance(found, int | float) and not isinstance(found, bool):
        return abs(wanted - found) <= 1e-9 * max(1.0, abs(wanted))
    return wanted == found
