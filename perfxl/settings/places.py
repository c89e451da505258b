"""The files that hold parameters: those the program brings, an office's own above them, and the place of each.

A file is for one place: `national.toml` for the whole country, any other for the place its table [jurisdiction]
names. A place's parameters lie in layers, of which the later ones count: the national file, the office's national
file, the place's file, the office's file for the place. docs/settings.md says how to write one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.settings.preferences import office_folders

NATIONAL = "national"
_HEADING = "jurisdiction"
_FIGURES = ("full_marks", "execution_weight", "over_target_line", "rate_digits", "score_digits", "pass_mark")
_KEYS = {"since": int, "number": str, "article": str, "address": str, "mark": str}
_MARKS = ("V", "S", "C", "G")

Table = dict[str, Any]
"""A file as loaded, without its heading: lists of dated values by parameter."""


class BadParameters(PerfxlError):
    """A file of parameters that cannot be read or says what no parameter says."""


class UnknownJurisdiction(PerfxlError):
    """A place that no file of parameters is for."""


class Place(NamedTuple):
    """A place: its name, the words that tell a form of it, and its layers, of which the later ones count."""

    name: str
    words: tuple[str, ...]
    layers: tuple[Table, ...]


def places() -> tuple[Place, ...]:
    """Return every place with parameters, the whole country first. Raises BadParameters."""
    return _places((Path(__file__).parent, *reversed(office_folders("settings"))))


def place_named(name: str) -> Place:
    """Return the place of a name; the name may be shortened as far as it is one place's (四川).

    Raises UnknownJurisdiction, which lists the names.
    """
    wanted = name.strip()
    known = places()
    found = [place for place in known if place.name == wanted]
    found = found or [place for place in known if wanted and wanted in place.name]
    if len(found) != 1:
        names = "、".join(place.name for place in known)
        raise UnknownJurisdiction(
            f"没有名为“{name}”的地区参数：请从 {names} 中选一个，或按 docs/settings.md 为本地区加一个参数文件。"
        )
    return found[0]


@lru_cache(maxsize=8)
def _places(folders: tuple[Path, ...]) -> tuple[Place, ...]:
    national: list[Table] = []
    names: dict[str, list[str]] = {}
    own: dict[str, list[Table]] = {}
    country = ""
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        heading, table = _read(path)
        if path.stem == NATIONAL:
            national.append(table)
            country = country or heading["name"]
        else:
            names.setdefault(heading["name"], []).extend(heading["matches"])
            own.setdefault(heading["name"], []).append(table)
    return (
        Place(country, (), tuple(national)),
        *(Place(name, tuple(words), (*national, *own[name])) for name, words in names.items()),
    )


def _read(path: Path) -> tuple[dict[str, Any], Table]:
    """The heading and the parameters of a file, which are as docs/settings.md says."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadParameters(
            f"参数文件“{path.name}”读不出来（{error}）：请改正，或移出设置文件夹。"
        ) from error
    heading = table.pop(_HEADING, {"name": "", "matches": []} if path.stem == NATIONAL else None)
    fault = next(_faults(heading, table), "")
    if fault:
        raise BadParameters(f"参数文件“{path.name}”的内容不对：{fault}。写法见 docs/settings.md。")
    return heading, table


def _faults(heading: Any, table: Table) -> Iterator[str]:
    named = isinstance(heading, dict) and heading.keys() == {"name", "matches"}
    if not named or not isinstance(heading["name"], str) or not _is_list(heading["matches"], str):
        yield "要有 [jurisdiction] 一节，其中只有 name（文字）和 matches（若干文字）"
    for name, values in table.items():
        if name not in PARAMETERS:
            yield f"没有名为 {name} 的参数，可用的有 {'、'.join(PARAMETERS)}"
        if not values or not _is_list(values, dict):
            yield f"{name} 要写成 [[{name}]] 一节或几节"
        for entry in values:
            missing = [key for key, kind in _KEYS.items() if not isinstance(entry.get(key), kind)]
            if missing:
                yield f"{name} 缺少 {'、'.join(missing)}，或类型不对"
            if entry["mark"] not in _MARKS:
                yield f"{name} 的 mark 只能是 {'、'.join(_MARKS)}"
            if not PARAMETERS[name](entry):
                yield f"{name} 的值 {entry.get('value', entry.get('steps'))} 不合规定"


def _is_list(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _is_figure(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value) >= 0
    except InvalidOperation:
        return False


def _are_pairs(value: Any, *, words: bool) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and (words or _is_figure(pair[0])) and _is_figure(pair[1])
        for pair in value
    )


def _is_scale(entry: dict[str, Any]) -> bool:
    return (
        isinstance(entry.get("scale"), str)
        and bool(entry.get("steps"))
        and _are_pairs(entry["steps"], words=True)
    )


PARAMETERS = {
    **{name: lambda entry: _is_figure(entry.get("value")) for name in _FIGURES},
    "reverse_rule": lambda entry: entry.get("value") in ("ratio", "linear"),
    "bands": lambda entry: isinstance(entry.get("value"), list) and all(map(_is_figure, entry["value"])),
    "execution_caps": lambda entry: _are_pairs(entry.get("value"), words=False),
    "grades": _is_scale,
}
"""The parameters there are, each with what says whether one of its entries is well-formed."""
