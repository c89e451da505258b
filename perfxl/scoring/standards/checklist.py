"""Family 9, checklist: "①…(2分) ②…(2分)", and "每符合一项得2分". How many items hold is for a person to say."""

from __future__ import annotations

import re
from decimal import Decimal

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import cases, condition
from perfxl.scoring.standards.curve import Fixed
from perfxl.scoring.standards.standard import Family, Misfit, Possible, Reading, Standard
from perfxl.scoring.standards.wording import NUMBER, NUMBERING, periods

_ITEM = re.compile(rf"\((?:计|得|满分|共|占)?({NUMBER})分\)")
_EACH_OR_NONE = re.compile(
    r"(?:每项|各项|单项|每1项)?(?:不符合|未达到|不满足|不达标|符合|达到|满足|达标)(?:要求|标准|规定)?的?,?(?:得满分|得相应分|不得分|得0分)"
)
_BARE_ITEM = re.compile(rf"[^\d扣]*?({NUMBER})分[;,。、]?")
_EACH = re.compile(
    rf"每(?:符合|完成|满足|达到|做到|具备|有|建立|开展|制定|实现)?1?(?:项|条|个|点|方面|次|类|季度|月|季|年|周)[^,;。\d]{{0,12}},?(?:得|计|给|为)?({NUMBER})分"
)


def read(reading: Reading) -> Standard | None:
    """Read items with points of their own, or points for each item; None where there are none."""
    each = _EACH.search(reading.text)
    if each is not None and "扣" not in reading.text:
        return _for_each(Decimal(each[1]), reading)
    items = [Decimal(points) for points in _ITEM.findall(reading.text)]
    if len(items) > 1 and (0 in items or max(items) == reading.weight):
        return None  # 有(2分),无(0分): one of them, not all together
    if len(items) < 2:
        items = _numbered(reading)
    elif cases(_EACH_OR_NONE.sub("", _ITEM.sub("", reading.text))):
        return None
    if len(items) < 2:
        return None
    total = sum(items, Decimal(0))
    misfits: tuple[Misfit, ...] = ()
    if total != reading.weight:
        parts = "＋".join(number_text(item) for item in items)
        why = f"各项合计 {parts}＝{number_text(total)} 分，分值是 {number_text(reading.weight)} 分"
        misfits = (Misfit(why, number_text(reading.weight), number_text(total)),)
    possible = Possible(((Decimal(0), min(total, reading.weight)),))
    return Standard(Family.CHECKLIST, reading.weight, possible, misfits=misfits)


def _numbered(reading: Reading) -> list[Decimal]:
    """The points of items told as cases (1.…得2分;2.…得2分), unless one of them alone is the weight."""
    if "扣" in reading.text:
        return []
    is_numbered = NUMBERING.match(reading.text) is not None
    bare = [_BARE_ITEM.fullmatch(item) for item in NUMBERING.split(reading.text)[1:]] if is_numbered else []
    points: list[Decimal] = []
    if not is_numbered:
        bare = [_BARE_ITEM.fullmatch(item) for item in re.split("[、,;。]", reading.text) if item]
    if bare and all(bare):
        points = [Decimal(match[1]) for match in bare if match is not None]
    else:
        for case in cases(reading.text):
            if not isinstance(case.award, Fixed) or case.award.of_weight or condition(case.words) is not None:
                return []
            if case.award.amount:
                points.append(case.award.amount)
            elif not is_numbered:
                return []
    if not points or max(points) == reading.weight:
        return []
    # Without numbers they are items only if that is what makes them the weight.
    return points if is_numbered or sum(points) == reading.weight else []


def _for_each(points: Decimal, reading: Reading) -> Standard | None:
    if not points:
        return None
    stated = re.search(r"共(?:计)?(\d+)(?:项|条|个|点|方面|次|类)", reading.text)
    marks = len(NUMBERING.findall(reading.text))
    number = int(stated[1]) if stated else marks if marks > 1 else periods(reading.text)
    weight = reading.weight
    most = min(weight, points * number) if number else weight
    scores = {min(most, points * times) for times in range(int(most / points) + 2)}
    misfits: tuple[Misfit, ...] = ()
    if number and points * number != weight:
        total = number_text(points * number)
        why = f"{number} 项每项 {number_text(points)} 分，共 {total} 分，分值是 {number_text(weight)} 分"
        misfits = (Misfit(why, number_text(weight), total, proven=points * number < weight),)
    possible = Possible(tuple((score, score) for score in sorted(scores)))
    return Standard(Family.CHECKLIST, weight, possible, misfits=misfits, exact_set=False)
