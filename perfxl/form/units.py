"""Units of measurement (度量单位): their names, what they measure, and whether two of them compare.

The names stand in `units.toml`. A unit that is not there is a dimension of its own, so a form may count
whatever it likes; only two units that are known can be proven to be of different kinds.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from perfxl.form.written import HAN, tidy

COUNT = "count"
_LONGEST_NAME = 9
_LONGEST_OPEN = 4
_MOST_UNDER_STROKE = 3
_OPEN = re.compile(rf"{HAN}{{1,{_LONGEST_OPEN}}}(?!{HAN})")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PREFIX_OF_NAME = re.compile(r"(?:计量|度量)?单位:?")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]")
_BLANKS_FOR_FIGURES = re.compile(r"[*…_xX×]+")


class Unit(NamedTuple):
    """A unit. `factor` times a number is the number in the base unit of `dimension`: 万人 is 10000 人.

    `family` gathers dimensions between which a person may see a link (元/人 and 元); it is "" for a bare
    number or a bare scale (5万), which take the unit of what they are compared with.
    """

    name: str
    dimension: str
    factor: Decimal = Decimal(1)
    family: str = COUNT
    known: bool = True

    @property
    def bare(self) -> bool:
        """Whether this is no unit, or a scale word alone."""
        return not self.dimension

    def __str__(self) -> str:
        return self.name


BARE = Unit("", "", family="")
"""A number without a unit."""

FRACTION = Unit("", "比率", family="ratio")
"""A share written as a fraction: 0.9 is 90%. No text names it; it is a way to read a bare number."""


def comparable(one: Unit, other: Unit) -> bool | None:
    """Whether amounts in two units can be held against each other.

    True: the same dimension (万人 and 人), or one of them is bare. False: both are known and belong to
    different families (人 and 元, 分钟 and %). None: a person must say (人 and 人次, 天 and 个月, 元/人 and 元,
    a noun that is in no list).
    """
    if one.bare or other.bare or one.dimension == other.dimension:
        return True
    if one.family == other.family or not (one.known and other.known):
        return None
    return False


def unit(name: str) -> Unit | None:
    """Return the unit that a unit column or a pair of brackets names, or None where it names none.

    Spaces, full-width signs and an explanation in brackets are taken off: "%(百分比)" is "%". A short noun
    that no list holds is a unit of its own.
    """
    text = tidy(name).replace(" ", "")
    if not text or text in _book().none:
        return None
    for candidate in (text, _BRACKETS.sub("", text)):
        found = take(candidate)
        if found is not None and not found[1]:
            return found[0]
    bare = _BRACKETS.sub("", text)
    if not bare or len(bare) > _LONGEST_NAME or bare in _book().none or re.search(r"[0-9,;。:]", bare):
        return None
    return Unit(bare, bare, known=False)


@lru_cache(maxsize=4096)
def take(text: str) -> tuple[Unit, str] | None:
    """Return the known unit with which a text begins and the rest of the text, or None.

    The longest name wins: "平方米以上" gives 平方米. Compound units (元/人·年) are taken whole.
    """
    for length in range(min(len(text), _LONGEST_NAME), 0, -1):
        found = _named(text[:length])
        if found is not None and not _inside_word(text, length):
            return _compound(found, text[length:])
    return None


def take_open(text: str) -> tuple[Unit, str] | None:
    """Return a noun of at most four characters as a unit of its own, and the rest of the text, or None."""
    match = _OPEN.match(text)
    if match is None:
        return None
    name = match[0]
    book = _book()
    if name[0] in book.no_unit_start or name in book.no_unit:
        return None
    return Unit(name, name, known=False), text[match.end() :]


def scaled(scale: Unit, base: Unit) -> Unit:
    """Return a bare scale word joined with a unit: 万 and 元 give 万元. Other pairs leave the unit as it is."""
    if not scale.bare or not scale.name:
        return base
    return _named(scale.name + base.name) or Unit(
        scale.name + base.name, base.dimension, scale.factor * base.factor, base.family, base.known
    )


def unscaled(full: Unit) -> Unit:
    """Return a unit without its scale word: 万元 -> 元, 万元/人 -> 元/人. A unit that has none is returned as it is."""
    for length in (2, 1):
        if full.name[:length] in _book().scales:
            found = take(full.name[length:])
            if found is not None and not found[1] and found[0].dimension == full.dimension:
                return found[0]
    return full


def unit_in_name(name: str) -> str | None:
    """Return the unit that an indicator's name carries in brackets, or None: "参保人数（人）" gives "人".

    The last pair of brackets that holds a known unit counts; an operator and blanks for the figure before
    it are passed over: "公猪舍(≥**平方米)" gives "平方米".
    """
    for content in reversed(_BRACKETS.findall(tidy(name))):
        bare = _PREFIX_OF_NAME.sub("", content.replace(" ", "")).lstrip("≥≤><=")
        bare = _BLANKS_FOR_FIGURES.sub("", bare)
        found = take(bare)
        if found is not None and not found[1] and not found[0].bare:
            return found[0].name
    return None


class _Book(NamedTuple):
    """The unit file, ready for use."""

    names: dict[str, Unit]
    scales: dict[str, Decimal]
    per: frozenset[str]
    rate_of: frozenset[str]
    none: frozenset[str]
    no_unit: frozenset[str]
    no_unit_start: frozenset[str]


@cache
def _book() -> _Book:
    with (Path(__file__).parent / "units.toml").open("rb") as file:
        data = tomllib.load(file)
    names: dict[str, Unit] = {}
    for counter, others in data["counters"].items():
        for name in (counter, *others):
            # 名 and 位 are printed as written; they count the same thing as 人.
            names[name] = Unit(name if len(name) == 1 else counter, counter)
    for family, dimensions in data["measures"].items():
        for dimension, units in dimensions.items():
            for canonical, (factor, *others) in units.items():
                measure = Unit(canonical, dimension, Decimal(factor), family)
                names.update(dict.fromkeys((canonical, canonical.lower(), *others), measure))
    words = data["words"]
    return _Book(
        names=names,
        scales={name: Decimal(factor) for name, factor in data["scales"].items()},
        per=frozenset(words["per"]),
        rate_of=frozenset(words["rate_of"]),
        none=frozenset(words["none"]),
        no_unit=frozenset(words["no_unit"]),
        no_unit_start=frozenset(words["no_unit_start"]),
    )


@lru_cache(maxsize=4096)
def _named(name: str) -> Unit | None:
    """The unit of exactly this name, a scale word before it or alone included."""
    book = _book()
    # A single capital is as often a code (5G, 3D) as a unit.
    found = book.names.get(name) or (book.names.get(name.lower()) if len(name) > 1 else None)
    if found is not None:
        return found
    for length in (2, 1):
        scale = book.scales.get(name[:length])
        if scale is None or len(name) < length:
            continue
        rest = name[length:]
        if not rest:
            return Unit(name, "", scale, family="")
        base = book.names.get(rest) or book.names.get(rest.lower())
        if base is not None and base.family != "ratio":
            return Unit(name[:length] + base.name, base.dimension, scale * base.factor, base.family)
    return None


def _inside_word(text: str, end: int) -> bool:
    """Whether a cut would fall inside a Latin word: "max" is not m."""
    return end < len(text) and _LATIN.fullmatch(text, end - 1, end + 1) is not None


def _compound(first: Unit, rest: str) -> tuple[Unit, str]:
    """Take what stands under the stroke, if anything does: 元 + "/人·年" is 元/人·年."""
    if not rest.startswith("/"):
        return first, rest
    parts: list[str] = []
    left = rest
    while left and len(parts) < _MOST_UNDER_STROKE:
        if left[0] == "/" or (parts and left[0] == "·"):
            found = _under_stroke(left[1:].removeprefix("每"))
        elif parts and left in ("年", "月", "日"):  # 元/人年
            found = left, ""
        else:
            break
        if found is None:
            break
        parts.append(found[0])
        left = found[1]
    if not parts:
        return first, rest
    book = _book()
    name = f"{first.name}/{'·'.join(parts)}"
    alternatives = first.family == COUNT and not any(part in book.rate_of for part in parts)
    if alternatives:
        return Unit(name, first.dimension, first.factor), left
    dimension = f"{first.dimension}/{'·'.join(parts)}"
    return Unit(name, dimension, first.factor, first.family), left


def _under_stroke(text: str) -> tuple[str, str] | None:
    book = _book()
    for length in range(min(len(text), _LONGEST_NAME), 0, -1):
        name = text[:length]
        if name in book.per:
            return name, text[length:]
        if name in book.names:
            return book.names[name].name, text[length:]
    return None
