"""The rule catalogue: the contract's JSON, a list, one rule's page as text, Markdown and HTML, and an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from perfxl.form.model import Entry
from perfxl.form.shown import shown
from perfxl.output import grids, prose
from perfxl.rules.finding import SEVERITY_WORDS
from perfxl.rules.page import Example, read_page
from perfxl.workbook.drawing import sheet
from perfxl.workbook.grid import Sheet, position

if TYPE_CHECKING:
    from perfxl.rules.catalogue import RuleModule

FAMILY_TITLES = {
    "PX1": "该填的内容",
    "PX2": "资金",
    "PX3": "分值和得分",
    "PX4": "指标值、完成值和原因",
    "PX5": "报告与自评表",
    "PX6": "多份自评表汇总",
    "PX9": "文件本身",
}
"""What each family of codes is about."""

_BAD = ' class="bad"'


def as_json(rules: Iterable[RuleModule]) -> list[dict[str, str]]:
    """Return the JSON array of `rules --format json`."""
    return [
        {"code": rule.code, "severity": rule.severity.value, "title": rule.title, "source": rule.source}
        for rule in (module.rule for module in rules)
    ]


def as_text(rules: Sequence[RuleModule]) -> str:
    """Return the catalogue by family, one rule a line and its source under it."""
    lines: list[str] = []
    for title, members in _families(rules):
        lines.append(f"■ {title}")
        for rule in (module.rule for module in members):
            lines.append(f"  {rule.code}  {SEVERITY_WORDS[rule.severity]}  {rule.title}")
            lines.append(f"               依据：{rule.source}")
    return "\n".join([*lines, "", "用 perfxl explain 规则编号 查看依据、例子和改法。"])


def page(module: RuleModule) -> str:
    """Return one rule's page for the console: what is wrong, on what ground, examples, how to mend it."""
    found = read_page(module.page)
    pieces = [
        _head(module),
        "■ 问题",
        found.problem,
        "■ 依据",
        found.ground,
        f"出处：{module.rule.source}",
        "■ 例子",
    ]
    if found.prose:
        pieces.append(found.prose)
    for example in found.examples:
        pieces.append(_caption(example))
        for line, marked in _report(example):
            pieces.append(_indented(f"【{line}】" if marked else line))
        for name, drawn, cells in _shown(example):
            pieces += [_indented(name)] if name else []
            pieces.append(_indented(grids.as_text(drawn, grids.used_area(drawn), cells)))
    return "\n\n".join([*pieces, "■ 改法", found.remedy])


def as_markdown(module: RuleModule) -> str:
    """Return one rule's page as the file in docs/rules/."""
    found, rule = read_page(module.page), module.rule
    pieces = [
        f"# {rule.code} {rule.title}",
        f"级别：{SEVERITY_WORDS[rule.severity]}。出处：{rule.source}。",
        "## 问题",
        found.problem,
        "## 依据",
        found.ground,
        "## 例子",
    ]
    if found.prose:
        pieces.append(found.prose)
    for example in found.examples:
        pieces.append(_caption(example))
        for line, marked in _report(example):
            pieces.append(f"> **{line}**" if marked else f"> {line}")
        for name, drawn, cells in _shown(example):
            pieces += [name] if name else []
            pieces.append(grids.as_markdown(drawn, grids.used_area(drawn), cells))
    return "\n\n".join([*pieces, "## 改法", found.remedy]) + "\n"


def index(rules: Sequence[RuleModule]) -> str:
    """Return docs/rules/README.md: every rule with its severity and a link to its page."""
    pieces = [
        "# 检查规则",
        "每条规则一页：问题、依据、例子、改法。本目录由 `make rules` 从规则文件生成，不要直接修改。\n"
        "级别：错误——表内数字能证明；提醒——多半不对，或会被退回；提示——值得看一眼。",
    ]
    for title, members in _families(rules):
        rows = [
            f"| [{rule.code}]({rule.code}.md) | {SEVERITY_WORDS[rule.severity]} | {rule.title} |"
            for rule in (module.rule for module in members)
        ]
        pieces += [f"## {title}", "\n".join(["| 编号 | 级别 | 规则 |", "| --- | --- | --- |", *rows])]
    return "\n\n".join(pieces) + "\n"


def as_html(module: RuleModule) -> str:
    """Return one rule's page as a section of an HTML page, with the code as its anchor."""
    found, rule = read_page(module.page), module.rule
    pieces = [
        f'<section class="rule" id="{rule.code}"><h3>{escape(_head(module))}</h3>',
        "<h4>问题</h4>",
        prose.as_html(found.problem),
        "<h4>依据</h4>",
        prose.as_html(found.ground),
        f"<p>出处：{escape(rule.source)}</p>",
        "<h4>例子</h4>",
        prose.as_html(found.prose) if found.prose else "",
    ]
    for example in found.examples:
        pieces.append(f"<p>{escape(_caption(example))}</p>")
        for line, marked in _report(example):
            pieces.append(f"<blockquote{_BAD if marked else ''}>{escape(line)}</blockquote>")
        for name, drawn, cells in _shown(example):
            pieces += [f"<p>{escape(name)}</p>"] if name else []
            grid = grids.as_html(drawn, grids.used_area(drawn), dict.fromkeys(cells, "bad"))
            pieces.append(f'<div class="scroll">{grid}</div>')
    return "\n".join([*filter(None, pieces), "<h4>改法</h4>", prose.as_html(found.remedy), "</section>"])


def _families(rules: Sequence[RuleModule]) -> Iterator[tuple[str, list[RuleModule]]]:
    for prefix, title in FAMILY_TITLES.items():
        members = [module for module in rules if module.rule.code.startswith(prefix)]
        if members:
            yield title, members


def _head(module: RuleModule) -> str:
    rule = module.rule
    return f"{rule.code}（{SEVERITY_WORDS[rule.severity]}）{rule.title}"


def _caption(example: Example) -> str:
    """What an example shows; of one that only changes cells of the one before it, which, in place of the table."""
    kind = "不对" if example.faulty else "对"
    changes = [f"{cell} 填“{text}”" if text else f"{cell} 空着" for cell, text in _changes(example)]
    return f"{kind}：{'，'.join([*changes, example.caption])}"


def _changes(example: Example) -> Iterator[tuple[str, str]]:
    first = _sheets(example)[0] if example.changed else None
    for place in example.changed:
        assert first is not None
        cell = first.at(*position(place))
        result = shown(Entry(cell.value, cell))
        yield place, f"={cell.formula}（得 {result}）" if cell.formula is not None else result


def _report(example: Example) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a report, and whether the finding stands at each."""
    return ((line, str(number) in example.at) for number, line in enumerate(example.report, start=1))


def _shown(example: Example) -> Iterator[tuple[str, Sheet, list[str]]]:
    """The sheets to be drawn, with a name where there are several, and the cells at which the finding stands.

    None where the example before it has drawn them.
    """
    drawn = [] if example.changed else _sheets(example)
    for one in drawn:
        yield f"工作表“{one.name}”：" if len(drawn) > 1 else "", one, _marked(example, one)


def _sheets(example: Example) -> list[Sheet]:
    return [
        sheet(table, name="自评表" if number == 1 else f"自评表{number}")
        for number, table in enumerate(example.tables, start=1)
    ]


def _marked(example: Example, drawn: Sheet) -> list[str]:
    """The cells of one sheet at which the finding stands."""
    places = (place.rpartition("!") for place in example.at)
    return [cell for name, _, cell in places if (name or "自评表") == drawn.name and not cell.isdecimal()]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
