"""What figures are about: whose money, of which period."""

from __future__ import annotations

import pytest

from perfxl.document.model import Document, Paragraph
from perfxl.narrative.outline import sections_of
from perfxl.narrative.periods import period_before
from perfxl.narrative.statements import Statement, names_of, statements_of


def statements(line: str) -> tuple[Statement, ...]:
    (section,) = sections_of(Document("报告.docx", (Paragraph(1, line),)))
    return statements_of(section, names_of(section, [], 2023))


def test_a_source_is_read_by_its_whole_name() -> None:
    found = statements(
        "到位资金400万元，其中：中央财政资金200万元，省级财政资金150万元，市级财政资金50万元。"
    )
    assert [each.source for each in found] == ["", "central", "provincial", "municipal"]


def test_the_columns_of_one_source_are_all_its_own() -> None:
    found = statements(
        "财政拨款年初预算100万元，全年预算108万元，实际支出101万元，执行率93.52%；自筹资金支出2万元。"
    )
    assert [each.source for each in found] == ["fiscal"] * 4 + ["other"]
    assert [each.aspect for each in found] == ["initial", "budget", "executed", "rate", "executed"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年全年接入", ""),
        ("上半年接入", "上半年"),
        ("春节期间接待", "春节期间"),
        ("上年接入", "other"),
        ("比上年增加5个，接入", ""),
        ("截至2024年2月底，剩余3个已建成，累计支出", "other"),
    ],
)
def test_the_period_named_last(text: str, period: str) -> None:
    assert period_before(text, 2023) == period
