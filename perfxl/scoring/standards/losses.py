"""The clauses that take points off: "每降低1个百分点扣分值的1/10", "少1人扣0.5分", "一项不符合扣0.5分"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.scoring.standards.wording import NUMBER, share, without_numbering, word

_OF_WEIGHT = r"(?:该项|本项|指标|此项|相应|其)?(?:总?分值|总分|权重分?|满分|标准分|分数)"
_SHARE = rf"扣(?:减|除|掉)?(?:{_OF_WEIGHT}的?)?分?(?P<share>\d+/\d+|{NUMBER}%)(?:的?(?:{_OF_WEIGHT}|分))?"
_LOSS = rf"{_SHARE}|(?:扣(?:减|除|掉)?|减)(?:{_OF_WEIGHT}的?|分)?(?P<points>{NUMBER})分"
_SPOKEN = r"(?:目标值?|指标值?|标准值?|计划数?|要求|预期|满分线|上年|年度目标|规定)?"


class Loss(NamedTuple):
    """Points, or a share of the weight, lost for each step of a measured value, or for each thing counted.

    `step` is None where things are counted that no cell of a form states; `what` names them. `base` is where
    the steps begin, if the clause itself says so. A percentage step is a fraction.
    """

    amount: Decimal
    of_weight: bool
    upwards: bool
    step: Decimal | None
    unit: str
    base: Decimal | None
    what: str
    by_grade: bool
    """Whether the text speaks of 档, so that a part of a step is a whole one."""


class Losses(NamedTuple):
    """The losses of a text and what is left of it without them."""

    found: tuple[Loss, ...]
    rest: str


@cache
def _measured() -> re.Pattern[str]:
    """以80%为标准,每下降10%,扣1.5分 · 大于100%每增加0.1个百分点扣0.1分 · 每5个百分点为档,每档扣分值的1/10."""
    down, up = word("deduction", "down"), word("deduction", "up")
    figure = rf"(?<![\d.得计给])(?P<base>{NUMBER})(?P<base_unit>%|(?!分)[一-龥]{{0,2}}?)"
    serves = "(?:为(?:标准|基准|基数|基础|底线|界)|的基础上|的|以[上下])?"
    base = rf"(?:(?:以|较|比|低于|高于|在|超过)?(?P<sign>[<>≤≥])?{figure}{serves}[,]?)?"
    moves = rf"(?:每|按每|凡|则每|再)?(?:(?P<up>{up})|(?P<down>{down}))(?:了|于|过)?{_SPOKEN}(?:每)?"
    step = rf"(?P<step>{NUMBER})?(?P<unit>%|‰|个?百分点|个点|[一-龥]{{0,3}}?)(?:为1?个?档)?(?:以内)?"
    then = "[,的]*(?:每档|均|则|就|相应|即|分别|再|酌情|按)*"
    graded = rf"每(?P<graded>{NUMBER})?(?P<graded_unit>%|个?百分点)为1?个?档,?每档"
    second = _LOSS.replace("share", "share2").replace("points", "points2")
    return re.compile(rf"{base}{moves}{step}{then}(?:{_LOSS})|{graded}(?:{second})")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<what>[^;。]*?)[,的]?(?:每[次项个处家例人条份]?|各|均|则|就|相应|分别|即|酌情|将)*(?:{_LOSS})"
    )


def losses(text: str) -> Losses:
    """Return every clause of a text that takes points off, and the text without them."""
    if "扣" not in text and "减" not in text:
        return Losses((), text)  # without the cost of compiling what would find nothing
    found: list[Loss] = []

    def measured(match: re.Match[str]) -> str:
        loss = _of_measured(match)
        if loss is None:
            return match[0]
        found.append(loss)
        return ";"

    rest = _measured().sub(measured, text)
    counted: list[str] = []
    for clause in re.split(r"(?<=[;。])", rest):
        end = 0
        for match in _counted().finditer(clause):
            amount = _amount(match)
            if amount is None:
                continue
            before, _, what = match["what"].rstrip(",").rpartition(",")
            found.append(Loss(*amount, False, None, "", None, without_numbering(what), False))
            counted.append(clause[end : match.start()] + before + ";")
            end = match.end()
        counted.append(clause[end:])
    return Losses(tuple(found), "".join(counted))


def _of_measured(match: re.Match[str]) -> Loss | None:
    amount = _amount(match)
    if amount is None:
        return None
    graded = match["graded_unit"] is not None
    unit = match["graded_unit"] or match["unit"] or ""
    number = match["graded"] if graded else match["step"]
    if number is None and not unit:
        return None
    percent = unit == "%" or unit.endswith(("百分点", "个点"))
    if number is None and not percent:
        return None  # "超时扣1分": how often is for a person to say
    step = Decimal(number or 1) / (100 if percent else 1)
    if not step:
        return None
    base = match["base"]
    if base is not None:
        in_percent = match["base_unit"] == "%" or (percent and not match["base_unit"])
        base_value = Decimal(base) / (100 if in_percent else 1)
    else:
        base_value = None
    by_grade = graded or "档" in match[0]
    upwards = not graded and match["up"] is not None
    return Loss(*amount, upwards, step, "%" if percent else unit, base_value, match[0], by_grade)


def _amount(match: re.Match[str]) -> tuple[Decimal, bool] | None:
    groups = match.groupdict()
    points = groups.get("points") or groups.get("points2")
    part = share(groups.get("share") or groups.get("share2") or "")
    if points is not None:
        return Decimal(points), False
    return None if part is None else (part, True)
