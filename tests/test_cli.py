"""The contract: commands, JSON shapes, exit statuses."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from perfxl.cli import main
from perfxl.commands import COMMANDS
from perfxl.console import FAULT, FINDINGS, NOT_WRITTEN, OK, UNREADABLE
from perfxl.form.read import read_forms
from perfxl.resources import resource_folder
from perfxl.workbook.open import open_workbook
from tests.layouts import generate, load_form, write_xlsx

SAMPLES = sorted(resource_folder("samples").glob("*.xlsx"))


def sample(words: str) -> Path:
    (found,) = [path for path in SAMPLES if words in path.stem]
    return found


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A workbook with one form, beside which outputs may be written."""
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(sample("种子002").read_bytes())
    return path


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that cannot be checked, by what is wrong with them."""
    good = sample("种子003").read_bytes()
    contents = {
        "not a workbook": b"%PDF-1.7 nothing of interest",
        "encrypted": bytes.fromhex("d0cf11e0a1b11ae1")
        + b"\0" * 24
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600,
        "damaged": good[: len(good) // 2],
        "empty": b"",
    }
    paths = {}
    for number, (what, content) in enumerate(contents.items()):
        paths[what] = folder / f"坏文件{number}.xlsx"
        paths[what].write_bytes(content)
    paths["absent"] = folder / "没有这个文件.xlsx"
    return paths


class TestExtract:
    def test_every_value_has_its_cell(self, run: Any) -> None:
        status, out, _ = run("extract", sample("种子002"), "--format", "json")
        (form,) = json.loads(out)["forms"]
        assert status == OK
        assert (form["kind"], form["year"], form["sheet"]) == ("project", 2023, "自评表")
        assert form["header"]["自评得分"] == {"value": 95, "cell": "C5"}
        (fund,) = form["funds"]
        assert fund["source"] == "total"
        assert fund["initial"] == {"value": 146, "cell": "D7"}
        assert fund["budget"] == {"value": None, "cell": "F7"}
        assert fund["rate"] == {"value": 0.8989, "cell": "H7"}
        assert "weight" not in fund
        assert len(form["indicators"]) == 38
        assert form["indicators"][7]["score"] == {"value": 9, "cell": "G17"}
        assert "standard" not in form["indicators"][7]

    def test_a_project_list_has_projects_in_place_of_funds(self, run: Any) -> None:
        _, out, _ = run("extract", sample("项目清单"), "--format", "json")
        (form,) = json.loads(out)["forms"]
        assert form["kind"] == "project_list"
        assert not {"funds", "indicators"} & form.keys()
        assert form["projects"][2]["budget"] == {"value": 1936.83, "cell": "C7"}
        assert form["projects"][2]["returned"] == {"value": None, "cell": "E7"}

    def test_a_file_that_cannot_be_read(self, run: Any, tmp_path: Path) -> None:
        for path in bad_files(tmp_path).values():
            status, _, err = run("extract", path)
            assert status == UNREADABLE
            assert len(err.strip().splitlines()) == 1


class TestCheck:
    def test_findings_carry_what_the_contract_says(self, run: Any) -> None:
        status, out, _ = run("check", sample("自评表1（城乡"), "--format", "json")
        (file,) = json.loads(out)["files"]
        assert status == FINDINGS
        assert file["status"] == "errors"
        assert file["forms"][0]["kind"] == "transfer"
        found = {(finding["code"], finding["cell"]): finding for finding in file["findings"]}
        finding = found["PX202", "E6"]
        assert set(finding["cells"]) == {"E6", "E7", "E8", "E9"}
        assert (finding["expected"], finding["actual"]) == ("3544854", "3545234")
        assert file["counts"]["error"] == sum(f["severity"] == "error" for f in file["findings"])

    def test_each_file_is_handled_whatever_became_of_the_one_before(self, run: Any, tmp_path: Path) -> None:
        bad = list(bad_files(tmp_path).values())
        status, out, _ = run("check", *bad, sample("自评表4（机房"), "--format", "json")
        files = json.loads(out)["files"]
        assert status == UNREADABLE
        assert [file["status"] for file in files[:-1]] == ["unreadable"] * len(bad)
        assert all(file["error"] for file in files[:-1])
        assert files[-1]["status"] == "ok"

    def test_a_workbook_without_a_form(self, run: Any, tmp_path: Path) -> None:
        import xlsxwriter

        path = tmp_path / "工资表.xlsx"
        book = xlsxwriter.Workbook(str(path))
        book.add_worksheet("工资").write_row(0, 0, ["姓名", "岗位", "工资"])
        book.close()
        status, out, _ = run("check", path, "--format", "json")
        assert status == UNREADABLE
        assert json.loads(out)["files"][0]["status"] == "unreadable"

    def test_a_form_without_numbers_is_one_finding(self, run: Any, tmp_path: Path) -> None:
        form = load_form("seed_003")
        for row in form["funds"]["rows"]:
            row["values"] = {"分值": row["values"].get("分值", "")}
        for row in form["indicators"]:
            row.update({"实际完成值": "", "得分": ""})
        form["total"] = {"weight": "", "score": ""}
        path = tmp_path / "空白表.xlsx"
        write_xlsx(generate(form, 3), path)
        status, out, _ = run("check", path, "--format", "json")
        errors = [f for f in json.loads(out)["files"][0]["findings"] if f["severity"] == "error"]
        assert status == FINDINGS
        assert [finding["code"] for finding in errors] == ["PX101"]


class TestScore:
    def test_the_copy_holds_values_and_formulas(self, run: Any, filled: Path) -> None:
        before = filled.read_bytes()
        status, out, _ = run("score", filled, "--format", "json")
        told = json.loads(out)
        assert status == OK
        assert filled.read_bytes() == before
        assert told["output"] == "自评表（已计算）.xlsx"
        sheet = open_workbook(filled.with_name(told["output"])).sheet("自评表")
        assert told["changes"]
        for change in told["changes"]:
            row, column = int(change["cell"].lstrip("ABCDEFGH")), ord(change["cell"][0]) - 64
            cell = sheet.at(row, column)
            assert f"={cell.formula}" == change["formula"]
            assert float(str(cell.value)) == change["after"]
        (kept,) = told["kept"]
        assert (kept["cell"], kept["value"], kept["computed"]) == ("G17", 9, 8.99)

    def test_nothing_existing_is_overwritten(self, run: Any, filled: Path) -> None:
        names = [json.loads(run("score", filled, "--format", "json")[1])["output"] for _ in range(2)]
        assert names == ["自评表（已计算）.xlsx", "自评表（已计算）2.xlsx"]

    def test_in_place_keeps_a_backup(self, run: Any, filled: Path) -> None:
        before = filled.read_bytes()
        status, _, _ = run("score", filled, "--in-place")
        others = [path for path in filled.parent.iterdir() if path != filled]
        assert status == OK
        assert filled.read_bytes() != before
        assert [path.read_bytes() for path in others] == [before]

    def test_an_output_that_cannot_be_written(self, run: Any, filled: Path) -> None:
        status, _, err = run("score", filled, "-o", filled.parent / "没有" / "x.xlsx")
        assert status == NOT_WRITTEN
        assert len(err.strip().splitlines()) == 1


class TestReport:
    def test_a_draft_beside_the_workbook(self, run: Any, filled: Path) -> None:
        status, _, _ = run("report", filled)
        assert status == OK
        assert (filled.parent / "自评表（自评报告）.docx").read_bytes()[:2] == b"PK"

    def test_an_output_that_cannot_be_written(self, run: Any, filled: Path) -> None:
        status, _, _ = run("report", filled, "-o", filled.parent / "没有" / "x.docx")
        assert status == NOT_WRITTEN


class TestOthers:
    def test_files_alone_check_compute_and_draft(self, run: Any, filled: Path) -> None:
        status, _, _ = run("--no-window", filled)
        assert status in (OK, FINDINGS)
        assert {path.name for path in filled.parent.iterdir()} == {
            "自评表.xlsx",
            "自评表（已计算）.xlsx",
            "自评表（自评报告）.docx",
        }

    def test_a_signature_that_will_not_hold_is_told_to_scripts_too(self, run: Any, filled: Path) -> None:
        with zipfile.ZipFile(filled, "a") as package:
            package.writestr("_xmlsignatures/origin.sigs", b"")
        for extra in ((), ("--format", "json")):
            status, out, err = run("score", filled, *extra)
            assert status == OK
            assert "签名" in (err if extra else out)

    def test_files_given_together_are_judged_together(self, run: Any, tmp_path: Path) -> None:
        paths = [tmp_path / "打分表.xlsx", tmp_path / "项目表.xlsx"]
        for path, words in zip(paths, ("自评打分表2", "项目支出绩效自评表2"), strict=True):
            path.write_bytes(sample(words).read_bytes())
        _, out, _ = run("--no-window", *paths)
        assert "3.27" in out and "93.27" in out

    def test_a_form_without_indicators_has_no_report_and_that_is_no_failure(
        self, run: Any, tmp_path: Path
    ) -> None:
        path = tmp_path / "只有资金.xlsx"
        write_xlsx(generate(load_form("26"), 5), path)
        assert run("--no-window", path)[0] == FINDINGS
        assert not list(tmp_path.glob("*.docx"))
        assert run("report", path)[0] == UNREADABLE

    def test_demo_handles_every_sample(self, run: Any, tmp_path: Path) -> None:
        status, _, err = run("demo", "-o", tmp_path / "演示")
        made = {
            path.name: len(list(path.iterdir())) for path in (tmp_path / "演示").iterdir() if path.is_dir()
        }
        assert status == OK
        assert made["1 原表"] == made["2 检查结果"] == len(SAMPLES)
        assert f"{len(SAMPLES)}/{len(SAMPLES)}" in err
        # G9 is wrong only by what stands in the project's own form: the samples are checked together.
        scoresheet = next((tmp_path / "演示" / "2 检查结果").glob("*打分表2*"))
        assert "PX307" in scoresheet.read_text(encoding="utf-8")
        commented = sorted((tmp_path / "演示" / "6 核对报告").glob("*（批注）.docx"))
        assert [len(list(Document(str(path)).comments)) for path in commented] == [6, 4]
        for computed in (tmp_path / "演示" / "3 计算后的表").iterdir():
            assert read_forms(open_workbook(computed))

    def test_rules_and_a_page_for_each(self, run: Any) -> None:
        status, out, _ = run("rules", "--format", "json")
        rules = json.loads(out)
        assert status == OK
        assert all(rule.keys() == {"code", "severity", "title", "source"} for rule in rules)
        for rule in rules:
            status, page, _ = run("explain", rule["code"])
            assert status == OK and rule["title"] in page
        assert run("explain", "PX990")[0] == OK
        assert run("explain", "PX000")[0] == UNREADABLE

    @pytest.mark.parametrize(
        "call",
        [
            ("check",),
            ("check", "--format"),
            ("check", "--format", "pdf", "x.xlsx"),
            ("score", "x.xlsx", "--nope"),
            ("--nope",),
            ("chekc", "x.xlsx"),
        ],
    )
    def test_a_wrong_call_is_told_in_chinese(self, run: Any, call: tuple[str, ...]) -> None:
        status, _, err = run(*call)
        assert status == UNREADABLE
        assert not any(word in err for word in ("argument", "required", "expected", "choice"))

    def test_a_command_misspelt_is_no_file_that_is_missing(self, run: Any) -> None:
        status, out, err = run("Reprot", "x.xlsx")
        assert (status, out) == (UNREADABLE, "")
        assert "report" in err

    @pytest.mark.parametrize("name", ["", *COMMANDS])
    def test_help_is_in_chinese(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"] if name else ["--help"])
        out = capsys.readouterr().out
        assert ended.value.code == OK
        assert name in out and "--help" in out
        assert not any(word in out for word in ("usage", "options", "positional", "show this"))

    def test_a_fault_of_the_program_is_logged(
        self, run: Any, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("perfxl.work.check.check_files", broken)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
        status, out, err = run("check", filled)
        (log,) = (tmp_path / "state").rglob("*.log")
        assert status == FAULT
        assert out == ""
        assert str(log) in err and "ZeroDivisionError" in log.read_text(encoding="utf-8")


class TestRollup:
    def test_what_was_aggregated_is_told_to_scripts(self, run: Any, tmp_path: Path) -> None:
        from tests.rollup.handed import SECOND, drawn, write

        write(tmp_path / "甲县.xlsx", drawn())
        write(tmp_path / "乙县.xlsx", drawn(**SECOND))
        (tmp_path / "坏.xlsx").write_bytes(b"")
        output = tmp_path / "出" / "汇总.xlsx"
        output.parent.mkdir()
        status, out, _ = run("rollup", tmp_path, "-o", output, "--format", "json")
        told = json.loads(out)
        assert status == UNREADABLE
        assert [file["file"] for file in told["unreadable"]] == ["坏.xlsx"]
        (group,) = told["groups"]
        assert sorted(group["forms"]) == ["[乙县.xlsx]自评表", "[甲县.xlsx]自评表"]
        assert output.exists()

    def test_a_folder_without_forms(self, run: Any, tmp_path: Path) -> None:
        status, _, err = run("rollup", tmp_path, "-o", tmp_path / "汇总.xlsx")
        assert (status, len(err.strip().splitlines())) == (UNREADABLE, 1)
