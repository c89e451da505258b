"""Points in a report: weights and scores, of what they are, and how those of the headings add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Heading, Said, Section
from perfxl.narrative.relations import Kind, Relation
from perfxl.narrative.vocabulary import found_at_end, pattern

_BESIDE_HEADING = re.compile(r"\((?:[^()0-9]{0,6})$")
_POINTS_OF = re.compile("执行|产出|效益|满意|决策|过程|管理|投入|成本|效果|数量|质量|时效")
_POINTS_WORDS = re.compile(
    r"[0-9.,;。、:()]|分值|得分|指标|[该此本](?:类|部分)|自评|权重|分|得|满|为|是|共|扣|[一二三]级|设[置有定]?|包[括含]|个|项|合计|实际"
)
_SCORES_LISTED = re.compile(
    r"得分[^。]{0,150}[0-9]分[^。]{0,150}其中:?(?:[^\W\d_]{2,}[0-9.]+分[,、;])*(?:[^\W\d_]{2,})?$"
)
_OF_OTHERS = re.compile("平均|同类|最高|最低|上年|去年|各(?:项目|单位|县|区|市)")
_WEIGHTS_LISTED = re.compile(r"(?:分值|权重)(?:设置|分配|分布)?(?:分别)?为?[^,;。得]*$")
_GRADE = re.compile(
    r"(?:等级|等次|级别|评级|评价结论|评价结果|绩效自评|结论|档次)[^,;。“”]{0,6}?(?:为|是|评定为|确定为|达到|:)*[“\"]?(?P<grade>优秀|良好|合格|基本合格|不合格|优|良|中|差|较好|一般|较差)(?:[”\"]|等|级|[,;。]|$)"
)


class PointsSaid(NamedTuple):
    """A figure in points: `aspect` is "weight", "score" or "loss"; `before` the words that may name what it is for.

    `total` says that the words name the whole score; `heading` the nearest heading above.
    """

    figure: Figure
    said: Said
    aspect: str
    before: str
    total: bool

    @property
    def heading(self) -> Heading | None:
        """The nearest heading above."""
        return self.said.path[-1] if self.said.path else None


def points_said(section: Section) -> tuple[PointsSaid, ...]:
    """Return the weights and scores that a section states, in order."""
    return tuple(_points(section))


def _points(section: Section) -> Iterator[PointsSaid]:
    for said in section.said:
        before = ""
        for figure in said.figures:
            if not figure.points or not figure.exact:
                continue
            found = found_at_end("marks", figure.lead)
            if found is None:
                if said.is_heading and _BESIDE_HEADING.search(figure.lead):
                    yield PointsSaid(figure, said, "weight", "", False)
                elif _SCORES_LISTED.search(said.sentence.plain[: figure.start]):
                    yield PointsSaid(figure, said, "score", re.split(r"[,;、:]|其中", figure.lead)[-1], False)
                elif _WEIGHTS_LISTED.search(said.sentence.plain[: figure.start]):
                    yield PointsSaid(figure, said, "weight", re.split(r"[,;、:]|为", figure.lead)[-1], False)
                # 产出指标40分，得38分: the weight that is not called one names what the score is for.
                before = re.split(r"[,;、:。]", figure.lead)[-1]
                continue
            aspect, at = found
            words = figure.lead[:at]
            clause = words[max(words.rfind(stop) for stop in ",;。") + 1 :]
            # 指标分值50分，得分50分: what the second is for was said before the first.
            own = clause.strip("(“”)") != ""
            whole = aspect == "score" and _whole(said, figure, clause if own else before)
            name = clause if own or whole else before
            before = name
            yield PointsSaid(figure, said, aspect, name, whole)


def _whole(said: Said, figure: Figure, name: str) -> bool:
    """Whether a score is that of the whole report: it says so, or it stands under 综合评价结论."""
    tail = figure.lead[-14:]
    if re.search(r"[此该本]项(?!目)", said.sentence.plain) or _OF_OTHERS.search(figure.lead):
        return False
    if re.search(r"指标|[此该本]项(?!目)|方面", tail):
        return False
    concluding = any(pattern("total", "sections").fullmatch(heading.words) for heading in said.path)
    named = pattern("total").search(tail) is not None
    if concluding and re.search("得分?(?:为)?$", figure.lead):
        own = _POINTS_OF.search(figure.lead) is None
        return own and sum(each.points for each in said.figures[: said.figures.index(figure)]) == 0
    if re.search(r"(?:总得分|自评总分|总分|共计得分|综合得分|绩效(?:自评|评价)得分|最终得分)", tail):
        return True
    return named and concluding


def of_headings(points: tuple[PointsSaid, ...]) -> tuple[PointsSaid, ...]:
    """Return the points that are those of the heading above them.

    A heading has one weight and one score. Where several are stated under it, single indicators are told there: only
    a first sentence that says nothing else (指标分值50分，得分50分) is then about the heading.
    """
    by_heading: dict[tuple[int, str], list[PointsSaid]] = {}
    for said in points:
        heading = said.heading
        if heading is None or said.total or said.aspect == "loss":
            continue
        own = re.sub(r"[(“”):]|指标|[此该本](?:项(?!目)|部分)|故|自评", "", said.before)
        if not own or own in heading.words:
            by_heading.setdefault((id(heading), said.aspect), []).append(said)
    return tuple(
        stated[0]
        for stated in by_heading.values()
        if len(stated) == 1 or stated[0].said.is_heading or _bare(stated[0])
    )


def _bare(said: PointsSaid) -> bool:
    """Whether a sentence says nothing but points."""
    return not _POINTS_WORDS.sub("", said.said.sentence.plain)


class Graded(NamedTuple):
    """A grade that the report gives itself, with its sentence."""

    grade: str
    said: Said


def grades_said(section: Section) -> tuple[Graded, ...]:
    """Return the grades that a section gives itself; a scale of grades with its scores is none."""
    found = []
    for said in section.said:
        plain_form = said.sentence.plain
        for match in _GRADE.finditer(plain_form):
            listed = re.findall(r"优秀|良好|不合格|基本合格|“良”|“中”|“差”", plain_form)
            if len(set(listed) - {match["grade"]}) < 2:
                found.append(Graded(match["grade"], said))
    return tuple(found)


# What the headings add up to ----------------------------------------------------------------------


class _Node(NamedTuple):
    """A heading with the points stated for it, by aspect, and the headings under it."""

    heading: Heading | None
    stated: dict[str, Figure]
    children: list[_Node]


def heading_relations(section: Section, points: tuple[PointsSaid, ...]) -> tuple[Relation, ...]:
    """Return how the points of headings relate to those of the headings above, and to the whole score."""
    root = _tree(section, points)
    found: list[Relation] = []
    for aspect in ("weight", "score"):
        found += _of_node(root, aspect)
    totals = [said.figure for said in points if said.total]
    found += _of_total(root, totals)
    return tuple(found)


def _tree(section: Section, points: tuple[PointsSaid, ...]) -> _Node:
    stated: dict[int, dict[str, Figure]] = {}
    for said in of_headings(points):
        assert said.heading is not None
        stated.setdefault(id(said.heading), {}).setdefault(said.aspect, said.figure)
    root = _Node(None, {}, [])
    nodes: dict[int, _Node] = {}
    for sentence in section.said:
        if not sentence.is_heading:
            continue
        heading = sentence.path[-1]
        if id(heading) in nodes:
            continue
        above = nodes.get(id(sentence.path[-2])) if len(sentence.path) > 1 else root
        node = _Node(heading, stated.get(id(heading), {}), [])
        nodes[id(heading)] = node
        (above or root).children.append(node)
    return root


def _value(node: _Node, aspect: str) -> tuple[Decimal, tuple[Figure, ...]] | None:
    """The points of a heading: stated, else those of all the headings under it; None where one of them has none."""
    figure = node.stated.get(aspect)
    if figure is not None:
        return figure.value, (figure,)
    if not node.children:
        return None
    parts = [_value(child, aspect) for child in node.children]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return sum((value for value, _ in known), Decimal(0)), tuple(f for _, figures in known for f in figures)


def _of_node(node: _Node, aspect: str) -> Iterator[Relation]:
    for child in node.children:
        yield from _of_node(child, aspect)
    figure = node.stated.get(aspect)
    if figure is None or len(node.children) < 2:
        return
    parts = [_value(child, aspect) for child in node.children]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return
    yield _sum_relation(
        figure, sum((value for value, _ in known), Decimal(0)), [f for _, fs in known for f in fs]
    )


def _sum_relation(total: Figure, value: Decimal, parts: list[Figure], *, proven: bool = True) -> Relation:
    added = " + ".join(plain(part.value) for part in parts)
    return Relation(
        Kind.SUM,
        (total, *parts),
        total.value == value,
        f"{plain(value)}分",
        f"下面各项 {added} = {plain(value)}分，与这里写的 {total} 不符",
        proven=proven,
    )


def _of_total(root: _Node, totals: list[Figure]) -> Iterator[Relation]:
    """The whole score against the highest heading whose parts all have scores of their own."""
    if not totals:
        return
    whole = _highest(root)
    if whole is None:
        return
    value, parts = whole
    if not _tells_of_money(root):
        # 产出50分，效益30分，满意度10分: the score for the rate of execution is told elsewhere, if at all.
        totals = [total for total in totals if total.value <= value]
    for total in totals:
        near = abs(total.value - value) * 10 <= total.value
        if total.value == value or near:
            yield _sum_relation(total, value, list(parts), proven=False)


def _tells_of_money(node: _Node) -> bool:
    """Whether a heading with a score speaks of the execution of the budget, or of all that has points (决策, 过程)."""
    words = node.heading.words if node.heading is not None and "score" in node.stated else ""
    return re.search("执行|资金|决策|过程|管理|投入", words) is not None or any(
        _tells_of_money(child) for child in node.children
    )


def _highest(node: _Node) -> tuple[Decimal, tuple[Figure, ...]] | None:
    """The greatest sum of scores under a heading that states none itself."""
    candidates = []
    for child in (node, *node.children):
        if "score" not in child.stated and len(child.children) >= 2:
            value = _value(child, "score")
            if value is not None:
                candidates.append(value)
    for child in node.children:
        below = _highest(child)
        if below is not None:
            candidates.append(below)
    return max(candidates, key=lambda found: found[0]) if candidates else None


def summed_headings(section: Section, points: tuple[PointsSaid, ...]) -> Decimal | None:
    """The points that the highest headings have in brackets, added up; None where not all of them have some."""
    for child in (root := _tree(section, points), *root.children):
        if len(child.children) >= 2 and "weight" not in child.stated:
            parts = [_value(each, "weight") for each in child.children]
            known = [part[0] for part in parts if part is not None]
            if len(known) == len(parts):
                return sum(known, Decimal(0))
    return None


def repeated_points(section: Section, points: tuple[PointsSaid, ...]) -> tuple[Relation, ...]:
    """Return whether the points of one name agree wherever stated: 产出指标得分50分 and its own heading's 50."""
    by_name: dict[tuple[str, str], list[Figure]] = {}
    headed = {id(said) for said in of_headings(points)}
    for said in points:
        if said.aspect == "loss":
            continue
        if said.total:
            by_name.setdefault(("", "total"), []).append(said.figure)
            continue
        name = _name_of(said, headed=id(said) in headed)
        if name:
            by_name.setdefault((name, said.aspect), []).append(said.figure)
    found: list[Relation] = []
    for (name, _), figures in by_name.items():
        first = figures[0]
        for other in figures[1:]:
            if other.sentence == first.sentence:
                continue
            here, there = (f"第 {figure.sentence.number} 段写 {figure}" for figure in (first, other))
            words = f"{name or '总得分'}在{here}，在{there}"
            same = other.value == first.value
            found.append(Relation(Kind.TWICE, (other, first), same, str(first), words, proven=not name))
    return tuple(found)


def _name_of(said: PointsSaid, *, headed: bool) -> str:
    """The group that a figure names itself (产出指标得分50分), or its heading where that is nothing but a name."""
    own = re.sub(r"[(“”):、]|[^\W\d_]*:", "", said.before)
    own = re.sub(r"(?:此项|该项|故|本项|自评|标准|的|指标)", "", own)
    if own:
        match = re.search(
            r"(?:产出|效益|满意度|过程|决策|投入|效果|成本|管理|数量|质量|时效|社会效益|经济效益|生态效益|可持续影响|服务对象满意度)$",
            own,
        )
        return match[0] if match is not None and len(own) <= 12 else ""
    if said.heading is None or not headed:
        return ""
    words = re.sub(r"\([^()]*\)", "", said.heading.words).removesuffix("指标")
    return (
        words
        if re.fullmatch(
            r"(?:项目)?(?:产出|效益|满意度|过程|决策|投入|效果|成本|管理|数量|质量|时效|社会效益|经济效益|生态效益|可持续影响|服务对象满意度)",
            words,
        )
        else ""
    )
