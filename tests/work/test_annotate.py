"""The annotated copy: what it marks and lists, what an officer writes into it, and that nothing gets lost."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from perfxl.cli import main
from perfxl.console import FINDINGS, NOT_WRITTEN, OK, UNREADABLE
from perfxl.errors import PerfxlError
from perfxl.form.read import read_forms
from perfxl.output.annotated import CHANGED, FILLS, PAST, UNCHANGED
from perfxl.output.checked import EXPLAINED
from perfxl.resources import resource_folder
from perfxl.rules.finding import SEVERITY_WORDS, Finding, Severity
from perfxl.work.annotate import Annotated, annotate_checked
from perfxl.work.check import Checked, check_file
from perfxl.workbook.annotate import fills_of
from perfxl.workbook.fills import NO_FILL
from perfxl.workbook.open import open_workbook
from tests.rules.forms import NATIONAL, altered
from tests.workbook.differ import compare
from tests.written import write

SAMPLES = sorted(resource_folder("samples").glob("*.xlsx"))
RATE, TOTAL = "G6", "G18"
FAULTY = altered(NATIONAL, G6="%90.00", G18="99", E16="≥90%")
"""PX201 at G6, PX304 at G18, and a warning or two."""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(tmp_path / "自评表.xlsx", FAULTY)


def annotate_file(path: Path, output: Path | None = None) -> Annotated:
    """Check a workbook alone and write its annotated copy."""
    return annotate_checked(check_file(path), output)


def listed(path: Path) -> list[dict[str, Any]]:
    """The rows of 校验结果 by their heads, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(path)["校验结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(number for number, row in enumerate(rows) if "规则" in row)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def write_into(path: Path, sheet: str, **cells: Any) -> None:
    """Type into cells, as an officer would in Excel."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def explain(path: Path, code: str, text: str) -> None:
    """Write a 说明 beside the first finding of a code."""
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    heads = {
        cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value in ("规则", "说明")
    }
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, heads["规则"]).value == code)
    sheet.cell(row, heads["说明"]).value = text
    book.save(path)


def found(path: Path, code: str) -> Any:
    (finding,) = (finding for finding in check_file(path).findings if finding.code == code)
    return finding


def test_findings_are_marked_and_listed(form: Path, tmp_path: Path) -> None:
    annotated = annotate_file(form)
    assert annotated.output == tmp_path / "自评表（校验结果）.xlsx"
    findings = annotated.checked.findings
    assert [(row["规则"], row["工作表"], row["单元格"]) for row in listed(annotated.output)] == [
        (finding.code, finding.sheet, finding.cell)
        for severity in Severity
        for finding in findings
        if finding.severity is severity
    ]
    fills = fills_of(annotated.output.read_bytes(), "x.xlsx", [("自评表", RATE), ("自评表", "D6")])
    assert fills["自评表", RATE] == FILLS[SEVERITY_WORDS[Severity.ERROR]]
    assert fills["自评表", "D6"] == NO_FILL
    sheet = openpyxl.load_workbook(annotated.output)["校验结果"]
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert sorted(links) == sorted(f"'自评表'!{finding.cell}" for finding in findings)
    assert annotated.marked == len({finding.cell for finding in findings})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:12])
def test_samples_keep_every_other_part(sample: Path, tmp_path: Path) -> None:
    annotated = annotate_file(sample, tmp_path / "x.xlsx")
    difference = compare(sample.read_bytes(), annotated.output.read_bytes())
    assert len(difference.added) == 1
    assert (difference.removed, difference.repacked, difference.beyond_cells) == (set(), set(), set())
    assert {cell for cells in difference.cells.values() for cell in cells} == {
        finding.cell for finding in annotated.checked.findings
    }
    again = check_file(annotated.output)
    assert [finding[:5] for finding in again.findings] == [
        finding[:5] for finding in annotated.checked.findings
    ]
    assert [form.sheet for form in again.forms] == [form.sheet for form in annotated.checked.forms]


def test_the_list_is_never_a_form(form: Path) -> None:
    output = annotate_file(form).output
    assert [found.sheet for found in read_forms(open_workbook(output))] == ["自评表"]
    renamed = openpyxl.load_workbook(output)
    renamed["校验结果"].title = "项目清单"
    renamed.save(output)
    assert [found.sheet for found in read_forms(open_workbook(output))] == ["自评表"]


class TestExplaining:
    def test_an_explained_error_is_shown_and_counted_apart(self, form: Path) -> None:
        output = annotate_file(form).output
        explain(output, "PX201", "财政系统导出的执行率只有整数")
        explain(output, "PX304", "总分含市级加分")
        finding = found(output, "PX201")
        assert finding.explanation == "财政系统导出的执行率只有整数"
        assert finding.severity is Severity.ERROR
        assert check_file(output).status == "ok"

    def test_it_holds_as_long_as_the_values_do(self, form: Path) -> None:
        output = annotate_file(form).output
        explain(output, "PX201", "财政系统导出的执行率只有整数")
        write_into(output, "自评表", G18=98)  # another figure altogether
        assert found(output, "PX201").explanation
        write_into(output, "自评表", E6=120)
        assert found(output, "PX201").explanation == ""
        assert check_file(output).status == "errors"

    def test_it_is_kept_when_the_copy_is_annotated_again(self, form: Path, tmp_path: Path) -> None:
        once = annotate_file(form).output
        explain(once, "PX201", "财政系统导出的执行率只有整数")
        twice = annotate_file(once, tmp_path / "第二次.xlsx").output
        (row,) = [row for row in listed(twice) if row["规则"] == "PX201"]
        assert (row["级别"], row["说明"]) == (EXPLAINED, "财政系统导出的执行率只有整数")
        assert openpyxl.load_workbook(twice).sheetnames == ["自评表", "校验结果"]
        assert found(twice, "PX201").explanation

    def test_one_that_no_longer_holds_is_kept_apart(self, form: Path, tmp_path: Path) -> None:
        once = annotate_file(form).output
        explain(once, "PX201", "财政系统导出的执行率只有整数")
        write_into(once, "自评表", G6=0.8989)
        twice = annotate_file(once, tmp_path / "第二次.xlsx").output
        (row,) = [row for row in listed(twice) if row["规则"] == "PX201"]
        assert (row["级别"], row["说明"]) == (PAST, "财政系统导出的执行率只有整数")
        write_into(twice, "自评表", G6=0.9)  # the same fault again: what was said of it holds again
        assert found(twice, "PX201").explanation

    def test_rows_may_be_sorted_and_columns_moved(self, form: Path) -> None:
        output = annotate_file(form).output
        explain(output, "PX201", "有原因")
        book = openpyxl.load_workbook(output)
        sheet = book["校验结果"]
        sheet.insert_cols(3)
        sheet.move_range(f"A6:N{sheet.max_row}", rows=2)
        book.save(output)
        assert found(output, "PX201").explanation == "有原因"


class TestAgain:
    def test_marks_of_mended_cells_go(self, form: Path, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(form)
        book["自评表"][RATE].fill = openpyxl.styles.PatternFill("solid", "FFDDEBF7")
        book.save(form)
        once = annotate_file(form).output
        twice = annotate_file(once, tmp_path / "2.xlsx").output
        write_into(twice, "自评表", G6=0.8989, G18=95.99)
        last = annotate_file(twice, tmp_path / "3.xlsx").output
        fills = fills_of(last.read_bytes(), "x.xlsx", [("自评表", RATE), ("自评表", TOTAL)])
        assert fills["自评表", RATE].rgb == "FFDDEBF7"
        assert fills["自评表", TOTAL] == NO_FILL

    def test_an_annotated_copy_is_brought_up_to_date_in_its_place(self, form: Path) -> None:
        copy = annotate_file(form).output
        write_into(copy, "自评表", G6=0.8989)
        before = copy.read_bytes()
        again = annotate_file(copy, copy)
        assert again.backup is not None and again.backup.read_bytes() == before
        assert "PX201" not in {row["规则"] for row in listed(copy)}
        assert fills_of(copy.read_bytes(), "x.xlsx", [("自评表", RATE)]) == {("自评表", RATE): NO_FILL}

    def test_a_sheet_of_that_name_that_is_not_ours_stays(self, form: Path) -> None:
        book = openpyxl.load_workbook(form)
        book.create_sheet("校验结果")["A1"] = "科长自己的记录"
        book.save(form)
        output = annotate_file(form).output
        names = openpyxl.load_workbook(output).sheetnames
        assert names == ["自评表", "校验结果", "校验结果2"]
        assert openpyxl.load_workbook(output)["校验结果"]["A1"].value == "科长自己的记录"

    def test_what_stood_at_the_output_is_kept(self, form: Path, tmp_path: Path) -> None:
        first = annotate_file(form, tmp_path / "标注.xlsx").output
        explain(first, "PX201", "有原因")
        before = first.read_bytes()
        second = annotate_file(form, tmp_path / "标注.xlsx")
        assert second.backup is not None and second.backup.read_bytes() == before
        assert second.carried == 1
        assert found(second.output, "PX201").explanation == "有原因"
        write_into(form, "自评表", E6=120)
        third = annotate_file(form, tmp_path / "标注.xlsx")
        assert third.carried == 0
        assert {finding.explanation for finding in third.checked.findings} == {""}
        (tmp_path / "空.xlsx").touch()
        assert annotate_file(form, tmp_path / "空.xlsx").backup is None


def test_a_file_that_changed_since_is_checked_anew(form: Path, tmp_path: Path) -> None:
    checked = check_file(form)
    assert checked.current
    write(form, NATIONAL)
    assert not checked.current
    annotated = annotate_checked(checked, tmp_path / "标注.xlsx")
    assert (annotated.checked.findings, annotated.marked, listed(annotated.output)) == ((), 0, [])


@pytest.mark.libreoffice
def test_the_list_sees_for_itself_when_values_change(
    form: Path, tmp_path: Path, libreoffice: ModuleType
) -> None:
    output = annotate_file(form).output
    sound = annotate_file(write(tmp_path / "好.xlsx", NATIONAL)).output
    made = [output, sound]
    for number, (source, edits) in enumerate(
        [(output, {"E6": 120}), (sound, {"C7": 151}), (sound, {"C3": "别的项目"})]
    ):
        made.append(tmp_path / f"改过{number}.xlsx")
        made[-1].write_bytes(source.read_bytes())
        write_into(made[-1], "自评表", **edits)
    same, fine, *changed = libreoffice.recalculate(made, tmp_path / "lo")
    assert set(listed_values(same).values()) == {UNCHANGED}
    assert (alarm(same), alarm(fine)) == (None, None)
    assert listed_values(changed[0])["PX201"] == CHANGED
    assert UNCHANGED in listed_values(changed[0]).values()
    assert all(alarm(path) for path in changed)


def alarm(path: Path) -> str | None:
    """What stands above the list where the workbook is no longer the one that was checked."""
    sheet = openpyxl.load_workbook(path, data_only=True)["校验结果"]
    heads = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "规则")
    return sheet.cell(heads - 1, 1).value or None


def listed_values(path: Path) -> dict[str, str]:
    """What 校验结果 says of the values behind each rule's first finding."""
    sheet = openpyxl.load_workbook(path, data_only=True)["校验结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if "规则" in row)
    code, state = heads.index("规则"), heads.index("所依据的数")
    return {row[code]: row[state] for row in rows[rows.index(heads) + 1 :] if row[code]}


ODD = [
    "一般的字", "  前后有空格  ", '带"引号"和\'撇号\'', "第一行\n第二行", "\n先换行", "长" * 400, "a&<b>", "=1+1",
    "控制\x0b符", "𠮷野家", True, False, 0, -3.5, 1e15, 123456789.123456, 1e-7, 0.1 + 0.2, None,
]  # fmt: skip
"""What a judgement may rest on."""


@pytest.mark.libreoffice
def test_odd_values_are_seen_as_unchanged(tmp_path: Path, libreoffice: ModuleType) -> None:
    path = tmp_path / "怪值's.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet("它's 表")
    for row, value in enumerate(ODD):
        sheet.write(row, 0, value)
    sheet.write_formula(len(ODD), 0, "=1/0", None, "#DIV/0!")
    book.close()
    findings = tuple(
        Finding("PX201", Severity.ERROR, "它's 表", f"A{row}", (f"A{row}",), str(row), "话")
        for row in range(1, len(ODD) + 2)
    )
    state = path.stat()
    checked = Checked(
        path, findings=findings, workbook=open_workbook(path), stamp=(state.st_mtime_ns, state.st_size)
    )
    output = annotate_checked(checked, tmp_path / "标注.xlsx").output
    (made,) = libreoffice.recalculate([output], tmp_path / "lo")
    states = [
        cell.value
        for row in openpyxl.load_workbook(made, data_only=True)["校验结果"].iter_rows()
        for cell in row
        if cell.value in (UNCHANGED, CHANGED)
    ]
    assert states == [UNCHANGED] * len(findings)


class TestRefused:
    def test_an_old_format(self, tmp_path: Path) -> None:
        old = Path(__file__).parents[1] / "workbook" / "data" / "legacy.xls"
        with pytest.raises(PerfxlError):
            annotate_file(old, tmp_path / "x.xlsx")
        assert not (tmp_path / "x.xlsx").exists()

    def test_another_ending_than_the_macros_need(self, form: Path, tmp_path: Path) -> None:
        macros = form.rename(tmp_path / "自评表.xlsm")
        with pytest.raises(PerfxlError):
            annotate_file(macros, tmp_path / "x.xlsx")
        assert annotate_file(macros).output.suffix == ".xlsm"

    @pytest.mark.parametrize("ending", [".xls", ".xlsm", ".txt"])
    def test_an_ending_that_the_content_does_not_have(self, form: Path, tmp_path: Path, ending: str) -> None:
        with pytest.raises(PerfxlError):
            annotate_file(form, tmp_path / f"x{ending}")

    def test_the_file_itself(self, form: Path) -> None:
        before = form.read_bytes()
        with pytest.raises(PerfxlError):
            annotate_file(form, form)
        assert form.read_bytes() == before


class TestCommand:
    def call(self, capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
        status = main(["check", *map(str, arguments)])
        return status, capfd.readouterr().out

    def test_one_file(self, capfd: pytest.CaptureFixture[str], form: Path, tmp_path: Path) -> None:
        output = tmp_path / "标注.xlsx"
        status, _ = self.call(capfd, form, "--annotate", output)
        assert status == FINDINGS
        explain(output, "PX201", "有原因")
        explain(output, "PX304", "有原因")
        status, out = self.call(capfd, output, "--format", "json")
        (file,) = json.loads(out)["files"]
        assert (status, file["status"]) == (OK, "ok")
        assert (file["counts"]["error"], file["counts"]["explained"]) == (0, 2)
        explained = {finding["code"]: finding for finding in file["findings"] if finding["explained"]}
        assert explained.keys() == {"PX201", "PX304"}
        assert explained["PX201"]["explanation"] == "有原因"
        assert explained["PX201"]["severity"] == "error"

    def test_several_files_need_a_folder(
        self, capfd: pytest.CaptureFixture[str], form: Path, tmp_path: Path
    ) -> None:
        other = write(tmp_path / "另一张.xlsx", NATIONAL)
        output = tmp_path / "标注.xlsx"
        assert self.call(capfd, form, other, "--annotate", output)[0] == UNREADABLE
        assert not output.exists()
        assert self.call(capfd, form, other, "--annotate", tmp_path / "标注")[0] == FINDINGS
        assert {path.name for path in (tmp_path / "标注").iterdir()} == {
            "自评表（校验结果）.xlsx",
            "另一张（校验结果）.xlsx",
        }

    def test_files_of_one_name_do_not_take_each_other_s_place(
        self, capfd: pytest.CaptureFixture[str], form: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "乙").mkdir()
        other = write(tmp_path / "乙" / form.name, NATIONAL)
        self.call(capfd, form, other, "--annotate", tmp_path / "标注")
        assert {path.name for path in (tmp_path / "标注").iterdir()} == {
            "自评表（校验结果）.xlsx",
            "自评表（校验结果）2.xlsx",
        }

    def test_a_copy_that_cannot_be_written(
        self, capfd: pytest.CaptureFixture[str], form: Path, tmp_path: Path
    ) -> None:
        status, out = self.call(capfd, form, "--annotate", tmp_path / "没有" / "x.xlsx", "--format", "json")
        assert status == NOT_WRITTEN
        assert json.loads(out)["files"][0]["findings"]
