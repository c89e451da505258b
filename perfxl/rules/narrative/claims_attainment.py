"""## 问题

报告说完成了，自评表里却没有完成；或者相反。

逐个指标核对：报告说某项指标“达到预期目标”“已完成”“超额完成”，自评表的实际完成值却没有达到指标值；报告说“未完成”，
自评表却已达到。也核对“各项指标均已完成”“其他指标均实现目标”和“达到目标的有几项”。
自评表的两个值不足以判断是否完成的指标（定性、文字说明等），不报。

## 依据

未完成绩效目标的，应当分析说明原因，研究提出改进措施（财预〔2020〕10号）。

## 例子

错例 2：满意度 88% 没有达到 ≥90%

> 一、绩效目标完成情况
> 群众满意度达到88%，达到预期目标。

| 项目支出绩效自评表 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 88% |

错例 2：有一项没有达到

> 一、绩效目标完成情况
> 各项绩效指标均已完成。

| 项目支出绩效自评表 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 88% |

正例：如实写明没有达到

> 一、绩效目标完成情况
> 群众满意度为88%，未达到年度指标值。

| 项目支出绩效自评表 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 88% |

## 改法

如实写明完成情况；没有完成的，写明原因和改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfxl.form.model import Entry, Form, Indicator, one_line
from perfxl.narrative.mentions import Passage
from perfxl.narrative.outline import Said
from perfxl.narrative.vocabulary import pattern
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.held import Held, under_plans
from perfxl.rules.results import Result, points_lost, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX503",
    "报告所说的完成情况与自评表相反",
    Severity.ERROR,
    "财预〔2020〕10号：未完成绩效目标的，应当分析原因、提出改进措施",
)
_NEGATED = re.compile(r"(?:未|没有|不|尚未|未能|难以|能否|是否|为|以|确保|力争|争取|要)[^,;。]{0,3}$")
_MISSED_NOUN = re.compile(r"未完成(?:的)?(?:原因|情况|率|指标|工作)")
_COUNTED = re.compile(
    r"^(?:指标)?(?:的)?(?:实际完成值)?(?P<no>未|没有)?(?:全部|均|已|如期|按期)?(?:达到|完成|达标|实现)"
)
_IN_PART = re.compile(r"(?<=已完成)[0-9]|(?:任务|数|值)*的约?[0-9]{1,2}(?:\.[0-9]+)?%")
_OF_GROUP = re.compile(r"[一二]级|产出|效益|满意|数量|质量")
_EXCEPTED = re.compile('[”"]?(?:等)?(?:指标|项目)?(?:以|之)?外')
_NO_CLAIM = ("情况", "率", "进度", "程度", "分析", "值", "时", "质量", "的")
_COUNTING = re.compile(
    r"其中[^,;。]{0,6}$|[,、](?:有|共有|其中)?$|指标[^,;。]{0,4}$|(?:其[余他它]|另外?有?)(?:的)?$"
)

Results = dict[int, Result | None]
"""What each row of the form shows, by its place in `Held.rows`."""


def check(held: Held, settings: Settings) -> Iterator[Finding]:
    """Yield claims about single indicators, about all of them, and about how many."""
    if held.form is None:
        return
    results = {place: _result(held.form, row) for place, row in enumerate(held.rows)}
    yield from _single(held, held.form, results)
    yield from _all(held, held.form, results)
    yield from _counts(held, held.form, results)


def _result(form: Form, row: Indicator) -> Result | None:
    """What a row shows; a target copied as the actual value, with points lost, shows nothing."""
    found = result(form, row)
    if found is None or found.met is None:
        return None
    copied = one_line(found.target_entry.text) == one_line(found.actual_entry.text)
    return None if copied and points_lost(form, row) else found


def _sets_target(said: Said) -> bool:
    return any(pattern("target_sections").search(heading.words) for heading in said.path)


# A single indicator -------------------------------------------------------------------------------


def _single(held: Held, form: Form, results: Results) -> Iterator[Finding]:
    for place, passages in held.passages.items():
        found = results[place]
        if found is None:
            continue
        for passage in passages:
            claim = _claim(passage)
            if claim is None or claim is found.met or under_plans(passage.said) or _sets_target(passage.said):
                continue
            if (claim and not _EXCEPTED.match(passage.text)) or (claim is False and passage.named):
                yield _about(form, passage.said, found, claim=claim)
                break


def _claim(passage: Passage) -> bool | None:
    """Whether a passage says that its target was reached (True) or missed; None where it says neither, or both."""
    bare = _MISSED_NOUN.sub("", passage.text)
    if pattern("claims", "other").search(bare):
        return None
    missed = pattern("claims", "missed").search(bare) is not None
    met = any(
        not _NEGATED.search(bare[: match.start()]) and not _IN_PART.match(bare, match.end())
        for match in pattern("claims", "met").finditer(bare)
    )
    return None if met == missed else met


def _about(form: Form, said: Said, found: Result, *, claim: bool) -> Finding:
    target, actual = found.target_entry, found.actual_entry
    told = "达到目标" if claim else "没有达到目标"
    shows = "没有达到" if claim else "已经达到"
    return RULE.in_report(
        said.sentence.number,
        said.sentence.text,
        form,
        (actual, target),
        subject=found.row.subject,
        message=f"报告说“{found.row.subject}”{told}，自评表的指标值是 {found.target}、实际完成值是 {found.actual}"
        f"（{form.sheet}!{target.address}、{actual.address}），{shows}。",
        expected=shows,
        actual=told,
        fix="核对实际完成情况，改正报告或自评表。",
        severity=Severity.ERROR if claim and found.certain else Severity.WARNING,
    )


# All of them --------------------------------------------------------------------------------------


def _all(held: Held, form: Form, results: Results) -> Iterator[Finding]:
    """Claims that everything was reached, or everything but what is named."""
    missed = [
        (place, found)
        for place, found in results.items()
        if found is not None and found.met is False and found.certain
    ]
    for said in held.section.said if missed else ():
        text = said.sentence.plain
        if under_plans(said) or _sets_target(said):
            continue
        rest = _rest(text)
        if not rest and (not _every(text) or pattern("claims", "except").search(text)):
            continue
        unnamed = [found for place, found in missed if not (rest and _named_nearby(held, said, place))]
        if unnamed:
            yield _of_all(form, said, unnamed, rest=rest)


def _of_all(form: Form, said: Said, unnamed: list[Result], *, rest: bool) -> Finding:
    names = "、".join(f"“{found.row.subject}”" for found in unnamed[:5])
    return RULE.in_report(
        said.sentence.number,
        said.sentence.text,
        form,
        [entry for found in unnamed for entry in (found.actual_entry, found.target_entry)],
        subject=unnamed[0].row.subject,
        message=f"报告说{'其他' if rest else '各项'}指标都完成了，自评表中 {names} 没有达到指标值。",
        expected="写明没有完成的指标",
        actual=said.sentence.text[:60],
        fix="改为如实说明哪些指标没有完成，并写明原因。",
        severity=Severity.WARNING if rest else Severity.ERROR,
    )


def _every(text: str) -> bool:
    """Whether a clause says that every indicator was reached."""
    for clause in re.split(r"[,;。:]", text):
        match = pattern("claims", "every").search(clause)
        if match is None or "未" in clause or "没有" in clause or _NEGATED.search(clause[: match.start()]):
            continue
        after = clause[match.end() :]
        done = pattern("claims", "all_met").search(after)
        if done is None or after[done.end() :].startswith(_NO_CLAIM):
            continue
        if not _NEGATED.search(after[: done.start()]):
            return True
    return False


def _rest(text: str) -> bool:
    """Whether the sentence says that the other indicators were reached."""
    match = pattern("claims", "other").search(text)
    if match is None:
        return False
    done = r"(?:均|都|全部|已)+(?:基本|全部|如期|按期|按时)?(?:完成|实现|达到|达标)"
    return re.match(done, text[match.end() :]) is not None


def _named_nearby(held: Held, said: Said, place: int) -> bool:
    """Whether the same paragraph names the indicator, so that it is not among the others."""
    if any(passage.said.sentence.number == said.sentence.number for passage in held.passages.get(place, ())):
        return True
    name = re.sub(r"[（(][^()（）]*[)）]|人数|数量|率$", "", one_line(held.rows[place].subject))
    return len(name) >= 2 and name in "".join(said.sentence.paragraph.text.split())


# How many -----------------------------------------------------------------------------------------


def _counts(held: Held, form: Form, results: Results) -> Iterator[Finding]:
    """How many indicators were reached or missed, against what the form leaves possible."""
    met = [found for found in results.values() if found is not None and found.met]
    missed = [found for found in results.values() if found is not None and found.met is False]
    for said in held.section.said:
        if "指标" not in said.sentence.plain or under_plans(said):
            continue
        for figure in said.figures:
            match = _COUNTED.match(figure.behind)
            if match is None or figure.unit.name not in ("个", "项") or not figure.exact:
                continue
            if not _COUNTING.search(figure.lead) or _OF_GROUP.search(figure.lead[-8:]):
                continue
            mine, others = (missed, met) if match["no"] else (met, missed)
            low, high = len(mine), len(results) - len(others)
            if low <= figure.value <= high:
                continue
            cells: list[Entry] = [found.actual_entry for found in mine]
            possible = str(low) if low == high else f"{low}–{high}"
            yield RULE.in_report(
                said.sentence.number,
                said.sentence.text,
                form,
                cells,
                subject="完成的指标个数",
                message=f"报告说{'未达到' if match['no'] else '达到'}目标的指标有 {figure}，按自评表是 {possible} 项。",
                expected=possible,
                actual=str(figure),
                fix="按自评表逐项核对后改正。",
                severity=Severity.WARNING,
            )
