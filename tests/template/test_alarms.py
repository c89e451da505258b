"""Conditions that turn a cell red: LibreOffice says where they hold, and the rules say the same."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import xlsxwriter

from perfxl.rules.check import check_form
from perfxl.template import alarms
from perfxl.template.declaration import declaration
from perfxl.template.filling import Filling, Given, TableRow
from perfxl.template.layout import lay_out
from perfxl.workbook.grid import CellValue, position
from perfxl.workbook.open import open_workbook
from tests.template.filled import made, read

MISSED = [
    # target, actual, whether the target is missed
    ("≥90%", "85%", True),
    ("≥90%", "90%", False),
    ("≥90%", Decimal("0.85"), True),
    ("≥90%", "95.2%", False),
    ("≤60分钟", "75分钟", True),
    ("≤60分钟", "30分钟", False),
    ("100%", "98%", True),
    ("2370人", "2370人", False),
    ("2370人", "2000人", True),
    ("≥20个", Decimal(18), True),
    (Decimal(9), Decimal(8), True),
    # what no formula can decide is no alarm
    ("≥66611400人", "6715.75万人", False),
    ("6-9个月", "7个月", False),
    ("12月底前", "11月底", False),
    ("显著提升", "有所提升", False),
    ("≥90%", "全年均正常运行，100%达到", False),
    ("≥90%", "", False),
    ("", "90%", False),
    ("医疗机构≥40%、病种≥70%", "医疗机构≥30%", False),
]
SOUND: dict[str, CellValue] = {
    "level1": "产出指标（50分）",
    "level2": "数量指标",
    "level3": "接入部门数",
    "target": "≥20个",
    "actual": "22个",
    "weight": Decimal(50),
    "score": Decimal(50),
}
FAULTS = {
    # what is wrong with the first of two rows, the other making the weights up to 90 → where a cell turns red
    "sound": ({}, {}),
    "score above weight": ({"score": Decimal(51)}, {"H13": "PX303"}),
    "missed with full score": ({"actual": "18个"}, {"H13": "PX401", "I13": "PX402"}),
    "points lost, no reason": ({"score": Decimal(48)}, {"I13": "PX402"}),
    "points lost, reason given": ({"score": Decimal(48), "reason": "两个部门接口没有改造，下半年补齐"}, {}),
    "weights not yet given": ({"weight": None, "score": None, "actual": None}, {}),
    "weights above the group": ({"weight": Decimal(55), "score": None}, {"B13": "PX302", "G15": "PX301"}),
    "weights of the group": ({"weight": Decimal(45), "score": Decimal(45)}, {"B13": "PX302", "G15": "PX301"}),
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory, libreoffice: ModuleType) -> list[Path]:
    """Workbooks with conditions as formulas, computed: that of MISSED, then one for each of FAULTS."""
    folder = tmp_path_factory.mktemp("alarms")
    paths = [folder / "missed.xlsx"]
    _write_missed(paths[0])
    for number, (changes, _) in enumerate(FAULTS.values()):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(_with_conditions_as_formulas(filled(changes)))
    found: list[Path] = libreoffice.recalculate(paths, folder / "out")
    return found


def _write_missed(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, (target, actual, _) in enumerate(MISSED):
        for column, value in enumerate((target, actual)):
            if value != "":
                sheet.write(row, column, float(value) if isinstance(value, Decimal) else value)
        sheet.write_array_formula(row, 2, row, 2, f"{{={alarms.missed(f'A{row + 1}', f'B{row + 1}')}}}")
    book.close()


def test_missed_targets(computed: list[Path]) -> None:
    cells = open_workbook(computed[0]).sheets[0]
    found = [
        (target, actual, cells.at(row, 3).value) for row, (target, actual, _) in enumerate(MISSED, start=1)
    ]
    assert found == MISSED


def filled(changes: dict[str, CellValue]) -> bytes:
    other = {
        **SOUND,
        "level1": "效益指标（40分）",
        "level2": "社会效益指标",
        "weight": Decimal(40),
        "score": Decimal(40),
    }
    rows = tuple(
        TableRow({role: Given(value) for role, value in row.items()}) for row in ({**SOUND, **changes}, other)
    )
    entries: dict[str, CellValue] = {
        "项目名称": "平台建设",
        "主管部门": "甲局",
        "实施单位": "甲中心",
        "fiscal.initial": Decimal(100),
        "fiscal.budget": Decimal(100),
        "fiscal.executed": Decimal(100),
        "goal.target": "建成平台",
        "goal.actual": "平台建成",
    }
    return made("project", Filling(2024, {name: Given(value) for name, value in entries.items()}, rows))


def test_cells_turn_red_where_a_rule_finds_something(computed: list[Path]) -> None:
    for path, (name, (changes, expected)) in zip(computed[1:], FAULTS.items(), strict=True):
        sheet = open_workbook(path).sheets[1]
        red = {
            str(sheet.at(row, 1).value)
            for row, column in sheet.cells
            if column == 2 and sheet.at(row, 2).value is True
        }
        assert red == set(expected), name
        (form,) = read(filled(changes))
        by_rule = {finding.cell: finding.code for finding in check_form(form)}
        assert set(expected.values()) <= set(by_rule.values()), name


def _with_conditions_as_formulas(content: bytes) -> bytes:
    """The workbook with a second sheet: each cell under a condition, and that condition as an ordinary formula."""
    book = openpyxl.load_workbook(BytesIO(content))
    form = book.active
    assert form is not None
    second = book.create_sheet("条件")
    row = 0
    for conditions in form.conditional_formatting:
        for rule in conditions.rules:
            area = str(conditions.sqref).split()[0]
            first, _, last = area.partition(":")
            (top, column), (bottom, _) = position(first), position(last or first)
            for line in range(top, bottom + 1):
                row += 1
                second.cell(row, 1).value = f"{openpyxl.utils.get_column_letter(column)}{line}"
                second.cell(row, 2).value = openpyxl.worksheet.formula.ArrayFormula(
                    f"B{row}", "=" + _moved(rule.formula[0], line - top, form.title)
                )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _moved(formula: str, lines: int, sheet: str) -> str:
    """A condition as it holds so many lines further down, its references to the form's sheet."""

    def move(match: re.Match[str]) -> str:
        return f"'{sheet}'!{match[1]}{match[2]}{int(match[3]) + lines}" if not match[4] else match[0]

    texts = re.split(r'("[^"]*")', formula)
    return "".join(
        text if text.startswith('"') else re.sub(r"(?<![\w$!:])(\$?)([A-Z]{1,2})(\d+)(?!\d)(\()?", move, text)
        for text in texts
    )


def test_only_conditions_for_what_a_form_has() -> None:
    def ranges(name: str) -> set[str]:
        return {alarm.range for alarm in lay_out(declaration(name)).alarms}

    assert "D5:D28" in ranges("project_list")  # executed above budget, in every row
    assert not {
        alarm.formula for alarm in lay_out(declaration("project_list")).alarms if "≥" in alarm.formula
    }
    # rates, reasons
    assert {area for area in ranges("transfer") if area.startswith("G")} == {
        "G7",
        "G8",
        "G9",
        "G10",
        "G14:G26",
    }
    assert ranges("targets") == {"D5"}  # the total of the amounts
