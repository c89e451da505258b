"""The place whose parameters hold, named on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfxl.console import FINDINGS, OK, UNREADABLE
from perfxl.settings.preferences import Preferences, save_preferences

ROWS = [
    ["2022年度项目支出绩效自评表"],
    ["项目名称", "甲项目", "", "主管部门", "甲局"],
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    ["成本指标", "经济成本指标", "支出总额（万元）", "≤5300", "5830", 50, None, "材料涨价"],
    ["产出指标", "数量指标", "培训人次（人）", "≥100", "140", 50, 50, ""],
]
PLACE = """
[jurisdiction]
name = "某省"
matches = ["某省"]

[[reverse_rule]]
since = 2018
value = "linear"
number = ""
article = "本单位约定"
address = ""
mark = "G"

[[over_target_line]]
since = 2018
value = "1.50"
number = ""
article = "本单位约定"
address = ""
mark = "G"
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A missed ceiling worth 45.45 by the national rule, 45 by that of 某省, and a target exceeded by 40 %."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "设置"))
    folder = tmp_path / "本单位" / "settings"
    folder.mkdir(parents=True)
    (folder / "某省.toml").write_text(PLACE, encoding="utf-8")
    save_preferences(Preferences(office_folder=folder.parent))
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    path = tmp_path / "自评表.xlsx"
    workbook.save(path)
    return path


@pytest.mark.parametrize(("place", "score"), [(None, 45.45), ("某省", 45), ("某", 45), ("全国", 45.45)])
def test_score(run: Any, book: Path, place: str | None, score: float) -> None:
    named = () if place is None else ("--jurisdiction", place)
    status, out, _ = run("score", book, "--format", "json", *named)
    changes = {change["cell"]: change["after"] for change in json.loads(out)["changes"]}
    assert (status, changes["G4"]) == (OK, score)


def test_what_is_set_holds_where_none_is_named(run: Any, book: Path) -> None:
    save_preferences(Preferences("某省", book.parent / "本单位"))
    _, out, _ = run("score", book, "--format", "json")
    assert json.loads(out)["changes"][0]["after"] == 45
    _, out, _ = run("score", book, "--format", "json", "--jurisdiction", "全国")
    assert json.loads(out)["changes"][0]["after"] == 45.45


def test_check_judges_by_the_place(run: Any, book: Path) -> None:
    for place, exceeds in (("全国", True), ("某省", False)):
        status, out, _ = run("check", book, "--format", "json", "--jurisdiction", place)
        assert status in (OK, FINDINGS)
        (file,) = json.loads(out)["files"]
        assert ("PX403" in {finding["code"] for finding in file["findings"]}) is exceeds


@pytest.mark.parametrize(
    "command", [["score"], ["check"], ["report"], ["run", "--no-window"], ["--no-window"]]
)
def test_an_unknown_place_is_one_sentence_and_nothing_is_written(
    run: Any, book: Path, command: list[str]
) -> None:
    before = set(book.parent.iterdir())
    status, out, err = run(*command, book, "--jurisdiction", "月球")
    assert (status, out) == (UNREADABLE, "")
    assert len(err.strip().splitlines()) == 1 and "月球" in err and "四川省" in err
    assert set(book.parent.iterdir()) == before


@pytest.mark.parametrize("command", [["report"], ["run", "--no-window"]])
def test_the_other_commands_take_it_too(run: Any, book: Path, command: list[str]) -> None:
    assert run(*command, book, "--jurisdiction", "某省")[0] in (OK, FINDINGS)
