"""The result of a check for scripts and for the console: counts, order, what was checked and what could not be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfxl.output.checked import as_json, as_text, counts, first_of_each, groups, placed, verdict
from perfxl.rules.finding import Finding, Severity
from perfxl.work.check import Checked, check_files
from tests.rules.forms import NATIONAL, SCORESHEET, altered
from tests.written import write

CONTRACT = {"code", "severity", "sheet", "cell", "cells", "subject", "message", "expected", "actual", "fix"}


def finding(severity: Severity, cell: str = "A1", code: str = "PX201", explanation: str = "") -> Finding:
    return Finding(code, severity, "表", cell, (cell,), "行", "话", explanation=explanation)


def checked(folder: Path, **changes: str) -> Checked:
    return check_files([write(folder / "a.xlsx", altered(NATIONAL, **changes))])[0]


def file_as_json(found: Checked) -> Any:
    return json.loads(json.dumps(as_json([found])))["files"][0]


def test_the_contract_holds_and_is_extended(tmp_path: Path) -> None:
    file = file_as_json(checked(tmp_path, G6="%90.00"))
    assert file.keys() >= {"file", "status", "forms", "findings", "counts"}
    (found,) = [found for found in file["findings"] if found["code"] == "PX201"]
    assert found.keys() >= CONTRACT | {"page", "explained"}
    assert "PX201" in found["page"]
    assert file["counts"].keys() == {"error", "warning", "note", "explained"}


def test_explained_findings_are_counted_apart() -> None:
    found = [
        finding(Severity.ERROR),
        finding(Severity.ERROR, explanation="有原因"),
        finding(Severity.NOTE, explanation="有原因"),
    ]
    assert counts(found) == {"error": 1, "warning": 0, "note": 0, "explained": 2}
    assert Checked(Path("a"), findings=tuple(found)).status == "errors"
    assert Checked(Path("a"), findings=tuple(found[1:])).status == "ok"
    assert [len(each) for _, each in groups(found)] == [1, 2]


def test_groups_come_gravest_first() -> None:
    found = [finding(severity, cell) for severity, cell in zip(reversed(Severity), "ABC", strict=True)]
    assert [each[0].severity for _, each in groups(found)] == list(Severity)


def test_warnings_of_one_kind_do_not_drown_the_others() -> None:
    many = [finding(Severity.WARNING, f"A{row}") for row in range(1, 10)]
    other = finding(Severity.WARNING, "B1", "PX402")
    shown, rest = first_of_each([*many, other])
    assert shown == [*many[:3], other]
    assert rest == {"PX201": many[3:]}
    assert first_of_each(many[:4]) == (many[:4], {})


def test_every_finding_is_placed_once(tmp_path: Path) -> None:
    (form,) = checked(tmp_path).forms
    inside = finding(Severity.ERROR, "B2")._replace(sheet=form.sheet)
    outside, elsewhere = inside._replace(cell="ZZ99"), finding(Severity.ERROR)
    found = placed([inside, outside, elsewhere], [form, form])
    assert [mine for _, mine in found.in_forms] == [[inside], []]
    assert found.beside == {form.sheet: [outside], "表": [elsewhere]}


@pytest.mark.parametrize("code", ["PX201", "PX304"])
def test_the_text_names_code_cell_and_row(code: str, tmp_path: Path) -> None:
    found = checked(tmp_path, G6="%90.00", G18="99")
    text = as_text([found])
    (one,) = [one for one in found.findings if one.code == code]
    (line,) = [line for line in text.splitlines() if code in line]
    assert one.cell in line and one.subject in line and one.message in line
    assert one.fix in text


def test_no_finding_is_said_in_words() -> None:
    assert verdict([]).startswith("没有错误")
    assert verdict([finding(Severity.WARNING)]).startswith("没有错误")
    assert not verdict([finding(Severity.ERROR)]).startswith("没有错误")
    assert verdict([finding(Severity.ERROR, explanation="有原因")]).startswith("没有错误")


class TestScope:
    def test_numbers(self, tmp_path: Path) -> None:
        (scope,) = checked(tmp_path).scope
        assert (scope.sheet, scope.indicators, scope.projects) == ("自评表", 5, 0)
        assert scope.cells > 40 and scope.rules > 20
        assert len(scope.unchecked) == 1  # the qualitative indicator

    def test_less_than_a_cost_is_no_open_question(self, tmp_path: Path) -> None:
        cheap = checked(tmp_path, C13="采购成本", D13="20万元", E13="18万元")
        assert not any("C13" in sentence for sentence in cheap.scope[0].unchecked)
        copied = checked(tmp_path, E13="≥20个")
        assert any("C13" in sentence for sentence in copied.scope[0].unchecked)

    def test_blank_column(self, tmp_path: Path) -> None:
        blank = {f"F{row}": "" for row in range(13, 19)}
        whole = checked(tmp_path, **blank)
        assert any("F12" in sentence for sentence in whole.scope[0].unchecked)

    def test_standards_that_were_not_read(self, tmp_path: Path) -> None:
        path = write(tmp_path / "b.xlsx", altered(SCORESHEET, E5="按领导小组会议纪要执行"))
        (scope,) = check_files([path])[0].scope
        assert any("C5" in sentence for sentence in scope.unchecked)

    def test_rows_that_were_not_read(self, tmp_path: Path) -> None:
        import openpyxl

        path = write(tmp_path / "c.xlsx", NATIONAL)
        book = openpyxl.load_workbook(path)
        book["自评表"].insert_rows(15)
        book["自评表"]["H15"] = 3
        book.save(path)
        (scope,) = check_files([path])[0].scope
        read = {row.row for row in check_files([path])[0].forms[0].indicators}
        assert 15 in read or any("15" in sentence for sentence in scope.unchecked)

    def test_sheets_without_a_form(self, tmp_path: Path) -> None:
        path = write(tmp_path / "d.xlsx", NATIONAL, "| 填表说明 |\n| 逐项填写 |")
        found = check_files([path])[0]
        assert found.sheets_without_form == ("自评表2",)
        assert file_as_json(found)["scope"]["sheets_without_form"] == ["自评表2"]

    def test_nothing_is_claimed_of_a_file_that_was_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "e.xlsx").write_bytes(b"")
        (found,) = check_files([tmp_path / "e.xlsx"])
        assert found.scope == () and found.sheets_without_form == ()
        assert "scope" not in file_as_json(found)


def test_a_result_is_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    path = write(tmp_path / "f.xlsx", altered(NATIONAL, G6="%90.00"))
    assert "PX201" in {found.code for found in check_files([path])[0].findings}
    write(path, NATIONAL)
    assert check_files([path])[0].findings == ()
