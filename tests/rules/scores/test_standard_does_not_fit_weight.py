"""PX309: standards that do not add up to their weight, or do not join up in themselves."""

from __future__ import annotations

import pytest

from perfxl.form.model import Form
from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORESHEET, at, form, only

INTERPOLATED = "满分：≥{full} 合格：60% 零分：≤50% 其他：合格之上：60+40*(实际值-60%)/{run} 合格之下：60-60*(60%-实际值)/10%"


def with_standard(standard: str, weight: str, description: str = "") -> Form:
    """A form with one row that has a standard: description C3, standard D3, weight E3."""
    return form(
        f"""
        | 部门整体支出绩效自评表 | < | < | < | < | < |
        | 一级指标 | 三级指标 | 指标内容 | 评价标准 | 分值 | 自评得分 |
        | 投入 | 编制合规性 | {description} | {standard} | {weight} | |
        | ^ | 其他 | 其他内容 | 由评价组评定 | 50 | |
        """
    )


@pytest.mark.parametrize(
    ("standard", "weight", "description", "expected", "actual"),
    [
        ("全年执行数/全年预算数*2分(执行率≥90%,按2分计算)", "4", "", "4", "2"),
        ("①制度健全(2分) ②手续齐全(2分)", "6", "", "6", "4"),
        (INTERPOLATED.format(full="90%", run="20%"), "5", "", "30%", "20%"),
        ("一项不符合扣2.25分。", "6", "1、准确；2、采购；3、评审；4、绩效。", "6", "9"),
        ("一项不符合扣分1.5分。", "2", "1、收入是否全部纳入；2、支出是否分别编制。", "2", "3"),
        ("市州个数/3*2分;区县个数/6*3分", "4", "", "4", "5"),
        ("90%以上得8分，80%-90%得6分，80%以下不得分", "10", "", "10", "8"),
        ("优得12分、良得8分、差得0分", "10", "", "10", "12"),
        ("每项2分，共4项", "6", "", "6", "8"),
        ("一次不符合扣6分", "5", "", "5", "6"),
    ],
)
def test_fails_at_the_standard(
    standard: str, weight: str, description: str, expected: str, actual: str
) -> None:
    found = only(with_standard(standard, weight, description), "PX309")
    assert (found.cell, found.expected, found.actual) == ("D3", expected, actual)
    assert {"D3", "E3"} <= set(found.cells)


@pytest.mark.parametrize(
    ("standard", "weight", "description"),
    [
        ("合格率80%以上得满分,70%-79%得3分,69%以下不得分", "5", ""),
        ("全部符合得满分；一项不符合扣0.5分。", "3", "1、是否准确；2、是否清晰。"),
        ("满意度在90%以上,得满分,以80%为标准,每下降10%,扣1.5分,低于60%,不得分。", "6", ""),
        ("80%-100%得满分，70%-90%得3分，70%以下不得分", "5", ""),
    ],
)
def test_fails_softly_where_something_is_left_out(standard: str, weight: str, description: str) -> None:
    assert at(with_standard(standard, weight, description), "PX309") == {"D3": Severity.NOTE}


@pytest.mark.parametrize(
    ("standard", "weight", "description"),
    [
        ("全年执行数/全年预算数*4分(执行率≥90%,按4分计算)", "4", ""),
        ("①制度健全(3分) ②手续齐全(3分)", "6", ""),
        (INTERPOLATED.format(full="80%", run="20%"), "5", ""),
        (INTERPOLATED.format(full="90%", run="30%"), "5", ""),
        ("一项不符合扣1.25分。", "5", "1、准确；2、采购；3、评审；4、绩效。"),
        ("一项不符合扣2分，扣完为止。", "5", "1、准确；2、采购；3、评审；4、绩效。"),
        ("80%以上得满分,70%-80%得3分,70%以下不得分", "5", ""),
        ("25家以上得满分,20-24家得1.5分,15-19家得1分,14家以下不得分", "2.5", ""),
        ("由评价组评定，每项都看", "5", ""),
    ],
)
def test_passes_where_the_standard_adds_up(standard: str, weight: str, description: str) -> None:
    assert at(with_standard(standard, weight, description), "PX309") == {}


def test_passes_on_sound_forms() -> None:
    assert at(form(NATIONAL), "PX309") == {}
    assert at(form(SCORESHEET), "PX309") == {}
