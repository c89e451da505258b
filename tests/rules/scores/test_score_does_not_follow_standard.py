"""PX307: scores that do not follow from their standards, alone and beside the project's own form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.rules.check import check_workbook
from perfxl.rules.finding import Finding, Severity
from tests.rules.forms import NATIONAL, SCORESHEET, at, form, only
from tests.tables import workbook

PROJECT = """
| 项目支出绩效自评表 | < | < | < | < |
| （2020年度） | < | < | < | < |
| 项目名称 | < | {name} | < | < |
| 预算执行情况（万元） | 预算数： | {budget} | 执行数： | {spent} |
| 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值 |
| 完成指标 | 数量指标 | 联网机构 | 3800家 | {done} |
| 满意度指标 | 满意度指标 | 单位满意度 | >90% | 92% |
"""


def together(
    *, sheets: int = 2, name: str = "机房托管费", score: str = "17.5", **cells: str
) -> tuple[Form, ...]:
    """The scoresheet and the project's form, on two sheets or on one."""
    values = {"budget": "139.5", "spent": "114", "done": "3900家", "name": name} | cells
    sheet = SCORESHEET.replace("| 17.5 |", f"| {score} |").replace("| 97.5 |", f"| {80 + Decimal(score)} |")
    drawings = [sheet, PROJECT.format(**values)]
    if sheets == 1:
        drawings = [drawings[0] + "| | | | | | | |\n" + drawings[1]]
    return read_forms(workbook(*drawings))


def found_in(forms: tuple[Form, ...]) -> dict[str, Finding]:
    return {found.cell: found for found in check_workbook(forms) if found.code == "PX307"}


@pytest.mark.parametrize("sheets", [1, 2])
def test_fails_where_the_rate_of_the_projects_form_gives_another_score(sheets: int) -> None:
    found = found_in(together(sheets=sheets))
    assert {cell: (one.expected, one.actual) for cell, one in found.items()} == {
        "G4": ("16.34", "17.5"),
        "G7": ("96.34", "97.5"),
    }
    assert found["G4"].severity is Severity.ERROR
    assert {"G4", "E4", "F4"} <= set(found["G4"].cells)
    assert any(cell.endswith("E4" if sheets == 2 else "E12") for cell in found["G4"].cells)


def test_passes_where_the_score_follows() -> None:
    assert found_in(together(score="16.34")) == {}


def test_passes_where_another_project_stands_beside_it() -> None:
    assert found_in(together(name="办公楼维修改造")) == {}


def test_fails_where_the_actual_value_of_the_projects_form_earns_less() -> None:
    found = found_in(together(score="16.34", done="1900家"))
    assert {cell: one.expected for cell, one in found.items()} == {"G5": "20", "G7": "76.34"}


@pytest.mark.parametrize(
    ("standard", "weight", "actual", "score", "expected"),
    [
        ("25家以上得满分,20-24家得15分,15-19家得10分,14家以下不得分", "20", "22家", "20", "15"),
        ("≥95%得满分；≤85%得0分；每降低一个百分点,扣分值的十分之一", "20", "%91", "15", "12"),
        ("满意度≥95%得满分，每低1个百分点扣1分，扣完为止", "20", "93%", "19", "18"),
        ("正常得满分；否则不得分", "20", "正常", "15", "20"),
        ("得分=覆盖率*分值", "20", "%85", "20", "17"),
        ("少于6天,得满分；否则不得分", "20", "7天", "20", "0"),
    ],
)
def test_fails_with_the_score_that_the_actual_value_earns(
    standard: str, weight: str, actual: str, score: str, expected: str
) -> None:
    found = only(with_standard(standard, weight, actual, score), "PX307")
    assert (found.cell, found.expected, found.severity) == ("F3", expected, Severity.ERROR)
    assert {"C3", "D3", "E3", "F3"} <= set(found.cells)


@pytest.mark.parametrize(
    ("standard", "score", "severity"),
    [
        ("满分:较往年提升 合格:较往年持平 零分:较往年下降", "16", Severity.ERROR),
        ("优得20分、良得16分、中得12分、差得0分", "18", Severity.ERROR),
        ("①制度健全（10分）②执行到位（5分）", "18", Severity.WARNING),
        ("一项不符合扣3分，扣完为止", "16", Severity.WARNING),
        ("由评价组酌情评定", "3", None),
        ("满分:较往年提升 合格:较往年持平 零分:较往年下降", "12", None),
        ("一项不符合扣3分，扣完为止", "14", None),
    ],
)
def test_fails_only_outside_the_possible_scores(standard: str, score: str, severity: Severity | None) -> None:
    found = at(with_standard(standard, "20", "有所提升，详见说明", score), "PX307")
    assert found == ({} if severity is None else {"F3": severity})


@pytest.mark.parametrize(
    ("score", "passes"), [("17.5", True), ("17", True), ("17.50", True), ("18.5", False), ("16.5", False)]
)
def test_passes_by_any_reading_that_the_words_allow(score: str, *, passes: bool) -> None:
    standard = "满意度≥95%得满分，每低1个百分点扣1分，扣完为止"
    assert (at(with_standard(standard, "20", "92.5%", score), "PX307") == {}) is passes


def test_passes_on_forms_without_standards() -> None:
    assert at(form(NATIONAL), "PX307") == {}
    assert at(form(SCORESHEET), "PX307") == {}


def with_standard(standard: str, weight: str, actual: str, score: str) -> Form:
    """A form with one row that has a standard: weight E3, actual value D3, score F3, standard C3."""
    return form(
        f"""
        | 项目绩效自评评分表 | < | < | < | < | < |
        | 一级指标 | 三级指标 | 评分标准 | 实际完成值 | 分值 | 得分 |
        | 产出指标 | 服务满意度 | {standard} | {actual} | {weight} | {score} |
        | ^ | 其他产出 | 由评价组评定 | 已完成 | 80 | 80 |
        """
    )
