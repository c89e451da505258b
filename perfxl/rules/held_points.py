"""Points and numbers of indicators that a report states, held against its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.model import Entry, Form
from perfxl.narrative.figures import Figure
from perfxl.narrative.mentions import HEADING_TAIL
from perfxl.narrative.outline import Said
from perfxl.narrative.points import PointsSaid, of_headings
from perfxl.narrative.vocabulary import pattern
from perfxl.rules.finding import Severity
from perfxl.rules.held import Compared, Held, fits, under_plans
from perfxl.rules.known import (
    GroupKnown,
    Known,
    counts,
    execution,
    groups,
    row_known,
    total_score,
)
from perfxl.rules.marks import total_weight
from perfxl.rules.reading import name_entry
from perfxl.settings.parameters import Settings

_WORDS = {"weight": "分值", "score": "得分", "loss": "扣分"}
_JOINS = re.compile(r"[和、及与/]")
_OF_RATE = re.compile(r"执行(?:率|进度)[^,;。]{0,14}[,;](?:自评|本项|该项|此项|故)?得分?(?:为)?$")
_OF_SEVERAL = re.compile("(?:共|合计|总计|累计)(?:扣|失|得)?分?(?:为)?$")
_OF_PROJECT = re.compile("^项目(?=(?:产出|效益|效果|决策|过程|投入)$)")
"""What some forms call their groups: 项目产出 is told as 产出指标."""

_NUMBERED = re.compile("^(?:其中|[一二三四五]是|[(]?[0-9一二三四五六七八九十]{1,2}[)、.])*[,:]?")
_OF_A_ROW = re.compile(
    r"[^\W0-9]*率|[^\u4e00-\u9fff]|目标|指标|实际|完成|年度|情况|分值|得分|自评|故?[此该本]项|未达|达到|满分|扣|得|值|为|的|因此|据此"
)
"""What a part of a sentence says of an indicator without telling anything else."""

_TELLING = 4
_LEVELS = ("一级指标", "二级指标", "三级指标")
_COUNTS_WHAT = re.compile(
    r"[,:]?(?:从|看|来看|方面|中|下|下设|共|共计|合计|设置|设定|设立|设有|设|有|含|包括|包含|为|了|的|[一二三]级指标|:){0,9}$"
)
_OF_A_GROUP = re.compile("产出|效益|满意度|成本|决策|过程|投入|数量|质量|时效|影响")
_COUNT_BEHIND = re.compile(r"(?P<name>(?:一级|二级|三级|[^\W\d_]{2,6})指标)")
_COUNT_BEFORE = re.compile(r"(?P<name>(?:一级|二级|三级|[^\W\d_]{2,6}?)指标)(?:为|分别为|:)*$")


def compared_points(held: Held, form: Form) -> Iterator[Compared]:
    """Every weight and score that the report states for the whole, a group or a row that the form has."""
    known = list(groups(form))
    money = execution(form)
    headed = {id(said) for said in of_headings(held.points)}
    for said in held.points:
        if under_plans(said.said):
            continue
        found = _points_of(held, form, said, known, money)
        if found is None and id(said) in headed and said.heading is not None:
            under = _under(said.heading.words, known, money)
            found = _of_groups(under, said.aspect) if under else None
        if found is None:
            continue
        subject, values = found
        agrees = fits(said.figure, values)
        yield Compared(said.figure, said.said, values, agrees, subject, _WORDS[said.aspect])


def _points_of(
    held: Held, form: Form, said: PointsSaid, known: Sequence[GroupKnown], money: GroupKnown | None
) -> tuple[str, tuple[Known, ...]] | None:
    before = re.sub('[“”"]', "", said.before)
    named = _named(before, known, money)
    if named is not None:
        return _of_groups(named, said.aspect)
    if said.total and said.aspect == "score":
        values = total_score(form, held.settings)
        return ("总分", values) if values else None
    if money is not None and not before and _OF_RATE.search(said.said.sentence.plain[: said.figure.start]):
        return _of_groups([money], said.aspect)
    if (
        said.aspect == "weight"
        and said.figure.lead.endswith("满分")
        and not re.search("[此该本]项(?!目)", said.before)
    ):
        opening = _opening_group(said.said, said.figure, (*known, *((money,) if money is not None else ())))
        return _of_groups([opening], "weight") if opening is not None else _full_marks(form)
    row = _row_at(held, said)
    if row is not None and _above_weight(held, form, row, said):
        values = total_score(form, held.settings)  # …群众满意度94%。各项指标均完成，自评得99.91分。
        return ("总分", values) if values else None
    if row is not None and not _OF_SEVERAL.search(said.figure.lead) and not _of_another(held, row, said):
        return _of_row(held, form, row, said.aspect)
    return None


def _full_marks(form: Form) -> tuple[str, tuple[Known, ...]] | None:
    """The weights of the whole form, as its total row prints them."""
    printed = total_weight(form)
    if printed is None:
        return None
    entry, found = printed
    return "总分", (Known(found.value, Decimal(1).scaleb(-found.digits), (entry,), f"{found.value:f}分"),)


def _named(before: str, known: Sequence[GroupKnown], money: GroupKnown | None) -> list[GroupKnown] | None:
    """The group that the words directly before a figure name."""
    before = re.sub(r"\([^()]*\)", "", before)
    tail = re.sub(r"(?:存在不足|未得满分|扣分|方面)?[,;]?$", "", before.rstrip("(（的"))
    if money is not None and any(
        re.search(rf"(?:^|[^\W\d_])?(?:{word})(?:指标)?$", tail) for word in _execution_words()
    ):
        return [money]
    bare = _NUMBERED.sub("", tail).removesuffix("指标")
    matching = [
        group
        for group in known
        if tail.endswith((group.name, _stem(group.name))) or bare == _stem(group.name)
    ]
    return [max(matching, key=lambda group: len(group.name))] if matching else None


def _execution_words() -> tuple[str, ...]:
    return (pattern("groups", "execution").pattern,)


def _stem(name: str) -> str:
    stem = _OF_PROJECT.sub("", name.removesuffix("指标"))
    return stem if len(stem) >= 2 else name


def _under(words: str, known: Sequence[GroupKnown], money: GroupKnown | None) -> list[GroupKnown]:
    """The groups that a heading names: one, or several joined (质量和时效指标)."""
    bare = HEADING_TAIL.sub("", re.sub(r"\([^()]*\)", "", words))
    if money is not None and re.fullmatch(pattern("groups", "execution"), bare):
        return [money]
    by_stem = {_stem(group.name): group for group in known}
    found = [by_stem.get(_stem(part.removesuffix("指标"))) for part in _JOINS.split(bare) if part]
    groups_found = [group for group in found if group is not None]
    return groups_found if groups_found and len(groups_found) == len(found) else []


def _of_groups(found: Sequence[GroupKnown], aspect: str) -> tuple[str, tuple[Known, ...]] | None:
    values = [_aspect(group, aspect) for group in found]
    present = [value for value in values if value is not None]
    if not present or len(present) < len(values):
        return None
    name = "、".join(group.name for group in found)
    if len(present) == 1:
        return name, tuple(present)
    total = sum((value.value for value in present), Decimal(0))
    cells = tuple(entry for value in present for entry in value.cells)
    return name, (Known(total, max(value.step for value in present), cells, f"{total.normalize():f}分"),)


def _aspect(group: GroupKnown, aspect: str) -> Known | None:
    if aspect == "loss":
        return _lost(group.weight, group.score)
    return group.weight if aspect == "weight" else group.score


def _lost(weight: Known | None, score: Known | None) -> Known | None:
    if weight is None or score is None:
        return None
    lost = weight.value - score.value
    return Known(lost, min(weight.step, score.step), (*score.cells, *weight.cells), f"{lost.normalize():f}分")


def _row_at(held: Held, said: PointsSaid) -> int | None:
    """The indicator of whose passage the figure is part."""
    for place, passages in held.passages.items():
        for passage in passages:
            if passage.said is said.said and passage.start <= said.figure.start < passage.end:
                return place
    return None


def _above_weight(held: Held, form: Form, place: int, said: PointsSaid) -> bool:
    """Whether a score in a sentence that does not name the row is above all that the row can have."""
    weight = row_known(form, held.rows[place], "weight")
    named = any(
        passage.first and passage.said is said.said and passage.start <= said.figure.start < passage.end
        for passage in held.passages.get(place, ())
    )
    return said.aspect == "score" and weight is not None and not named and said.figure.value > weight.value


def _of_another(held: Held, place: int, said: PointsSaid) -> bool:
    """Whether a part of the sentence behind a semicolon tells of something else than the row: 制度有效，扣1分."""
    text = said.said.sentence.plain
    starts = [passage.start for passage in held.passages.get(place, ()) if passage.said is said.said]
    part = text[max(starts, default=0) : said.figure.start]
    if ";" not in part:
        return False
    return len(_OF_A_ROW.sub("", part.rpartition(";")[2])) >= _TELLING


def _of_row(held: Held, form: Form, place: int, aspect: str) -> tuple[str, tuple[Known, ...]] | None:
    row = held.rows[place]
    weight, score = row_known(form, row, "weight"), row_known(form, row, "score")
    value = _lost(weight, score) if aspect == "loss" else weight if aspect == "weight" else score
    name = name_entry(row)
    return (row.subject if name is not None else "", (value,)) if value is not None else None


# Numbers of indicators ----------------------------------------------------------------------------


def compared_counts(held: Held, form: Form) -> Iterator[Compared]:
    """How many indicators the report says there are, by level and by group."""
    known = {count.name: count for count in counts(form)}
    if not known:
        return
    for said in held.section.said:
        if not re.search(r"指标", said.sentence.plain) or under_plans(said):
            continue
        for figure in said.figures:
            name = _counted_name(figure)
            count = known.get(name) if name else None
            if count is None or not figure.exact:
                continue
            if name in _LEVELS and (of := _group_counted(said, figure, list(groups(form)))) is not None:
                count = known.get(of) if name == _LEVELS[-1] else None
                if count is None:
                    continue
            value = tuple(
                Known(Decimal(number), Decimal(1), count.cells, f"{number}个") for number in count.numbers
            )
            yield Compared(figure, said, value, fits(figure, value), name, "个数", Severity.WARNING)


def _opening_group(said: Said, figure: Figure, known: Sequence[GroupKnown]) -> GroupKnown | None:
    """The group with whose name a sentence, or a part of it behind a semicolon, begins: 产出指标包括…，共4个…."""
    part = _NUMBERED.sub("", said.sentence.plain[: figure.start].rpartition(";")[2])
    begun = [
        group
        for group in known
        for name in (group.name, _stem(group.name), f"{group.name}率")
        if part.startswith(name) and not part[len(name) :].startswith(("、", "和", "及", "与"))
    ]
    return max(begun, key=lambda group: len(group.name)) if begun else None


def _group_counted(said: Said, figure: Figure, known: Sequence[GroupKnown]) -> str | None:
    """The group whose indicators a figure counts: named before it, or by a heading above; None for the whole form.

    "" is a group that the form does not have under one name, or several of them.
    """
    lead = _COUNTS_WHAT.sub("", re.sub(r"\([^()]*\)", "", figure.lead))
    named = _named(lead, known, None)
    if named is not None:
        return named[0].name
    opening = _opening_group(said, figure, known)
    if opening is not None:
        return opening.name
    for heading in reversed(said.path):
        if not _OF_A_GROUP.search(heading.words):
            continue
        under = _under(heading.words, known, None)
        return under[0].name if len(under) == 1 else ""
    return None


def _counted_name(figure: Figure) -> str:
    """The name of the indicators that a figure counts: 三级指标33个, 33个三级指标; "" where it counts others."""
    if figure.unit.name not in ("个", "项", "条", "类"):
        return ""
    behind = _COUNT_BEHIND.match(figure.behind)
    if behind is not None:
        return behind["name"]
    before = _COUNT_BEFORE.search(
        re.sub(r"^.*(?:[,;:。、(]|设置|设定|设立|设计|设有|设|包括|其中|共|含|有)", "", figure.lead)
    )
    return before["name"] if before is not None else ""


def printed_grade(form: Form, settings: Settings) -> tuple[Entry, str] | None:
    """The grade that the form prints, a word of the scales in use; None where it prints none that is known."""
    words = {step.word for scale in settings.grade_scales for step in scale.steps}
    for entry in (form.total.grade if form.total is not None else None, form.roles.get("grade")):
        if entry is not None:
            bare = (
                re.split(r"[(（:：,，;；]", entry.text)[0]
                .strip('“”" ')
                .removesuffix("等级")
                .removesuffix("级")
            )
            if bare in words:
                return entry, bare
    return None
