"""`perfxl forms` and `perfxl new`: exit statuses, outputs, sources of every format, names of files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.cli import main
from perfxl.form.model import Form
from perfxl.work.names import safe_stems
from perfxl.work.new import new_form
from perfxl.work.read import read_file
from tests.template.filled import sample

LIST = sample("种子001 分项")
CSV = "序号,项目名称,预算数,执行数,绩效目标\n1,甲项目,10,9,目标甲\n2,乙项目,20.5,20.5,目标乙\n"
TARGETS = """\
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,检查机构数,≥66家
,质量指标,检查覆盖率,100%
效益指标,社会效益指标,安全意识,显著提升
"""


def form_in(path: Path) -> Form:
    (form,) = read_file(path)[1]
    return form


def names(form: Form) -> list[str]:
    return [row.subject for row in form.indicators if row.level3 is not None and row.level3.text]


def test_forms_as_the_contract_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert all(set(form) == {"id", "title", "kind", "source"} for form in found)
    assert {form["id"] for form in found} >= {
        "transfer",
        "project",
        "department",
        "scoresheet",
        "project_list",
    }
    assert all(all(form.values()) for form in found)


def test_a_blank_form(tmp_path: Path) -> None:
    output = tmp_path / "表.xlsx"
    assert main(["new", "project", "-o", str(output)]) == 0
    assert form_in(output).origin is not None


def test_fields_of_the_header_are_set(tmp_path: Path) -> None:
    output = tmp_path / "表.xlsx"
    call = ["new", "transfer", "-o", str(output), "--set", "转移支付（项目）名称=医疗救助", "年度=2024年"]
    assert main([*call, "--set", "说明=无"]) == 0
    form = form_in(output)
    assert form.year == 2024
    assert form.roles["project_name"].value == "医疗救助"
    assert form.footer["说明"].value == "无"


@pytest.mark.parametrize("setting", ["甲=乙", "年度=去年", "没有等号", "=值"])
def test_a_setting_that_cannot_be_is_refused(
    setting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "表.xlsx"
    assert main(["new", "project", "-o", str(output), "--set", setting]) == 2
    assert not output.exists()
    captured = capsys.readouterr()
    assert captured.err and not captured.out


def test_an_unknown_field_is_answered_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "project", "-o", str(tmp_path / "表.xlsx"), "--set", "甲=乙"])
    said = capsys.readouterr().err
    assert all(label in said for label in ("年度", "项目名称", "主管部门", "实施单位"))


def test_a_number_is_wanted_where_one_belongs(tmp_path: Path) -> None:
    output = tmp_path / "表.xlsx"
    assert main(["new", "project_yinchuan", "-o", str(output), "--set", "资金总额=一百"]) == 2
    assert main(["new", "project_yinchuan", "-o", str(output), "--set", "资金总额=146"]) == 0
    fund = form_in(output).total_fund
    assert fund is not None


def test_an_unknown_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "甲表", "-o", str(tmp_path / "表.xlsx")]) == 2
    assert "transfer" in capsys.readouterr().err


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "表.xlsx"
    output.write_bytes(b"mine")
    assert main(["new", "project", "-o", str(output)]) == 3
    assert output.read_bytes() == b"mine"


def test_no_folder_no_output(tmp_path: Path) -> None:
    assert main(["new", "project", "-o", str(tmp_path / "没有" / "表.xlsx")]) == 3


def test_another_ending_is_refused(tmp_path: Path) -> None:
    assert main(["new", "project", "-o", str(tmp_path / "表.xls")]) == 2


def test_a_list_gives_a_folder_of_forms_and_these_give_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "各项目"
    created = new_form("project", folder, LIST)
    assert len(created.paths) == len(list(folder.iterdir())) == 19
    assert created.paths[1].name == "02 公费医疗.xlsx"
    for path, project in zip(created.paths, form_in(LIST).projects, strict=True):
        form = form_in(path)
        fund = form.total_fund
        assert fund is not None and fund.budget is not None and project.name and project.budget
        assert form.roles["project_name"].value == project.name.value
        assert fund.budget.value == project.budget.value
    back = new_form("project_list", tmp_path / "清单.xlsx", folder)
    form = form_in(back.paths[0])
    assert [project.name.value for project in form.projects if project.name] == [
        project.name.value for project in form_in(LIST).projects if project.name
    ]
    assert any("3528.45" in notice for notice in back.notices)


def test_a_wrong_total_of_a_form_is_told_when_the_list_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "各项目"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(sample("种子004 转移支付绩效目标自评表1").read_bytes())
    created = new_form("project_list", tmp_path / "清单.xlsx", folder)
    assert any(notice.startswith("甲.xlsx") for notice in created.notices)


def test_a_wrong_total_of_a_list_is_told(tmp_path: Path) -> None:
    source = tmp_path / "清单.csv"
    source.write_text(CSV + "合计,,30.5,31\n", encoding="utf-8")
    created = new_form("project", tmp_path / "出", source)
    assert len(created.paths) == 2
    assert any("清单.csv" in notice and "D4" in notice for notice in created.notices)
    assert not any("C4" in notice for notice in created.notices)


def test_several_projects_under_the_name_of_a_file(tmp_path: Path) -> None:
    assert main(["new", "project", "-o", str(tmp_path / "表.xlsx"), "--from", str(LIST)]) == 0
    found = sorted(path.name for path in tmp_path.iterdir())
    assert (len(found), found[1]) == (19, "表（02 公费医疗）.xlsx")


def test_one_form_into_a_folder_that_exists(tmp_path: Path) -> None:
    new_form("project", tmp_path, sample("种子003"))
    new_form("project", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "医疗服务和保障能力提升.xlsx",
        "项目支出绩效自评表.xlsx",
    ]


def test_no_file_of_a_folder_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "02 公费医疗.xlsx").write_bytes(b"mine")
    assert main(["new", "project", "-o", str(tmp_path), "--from", str(LIST)]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["02 公费医疗.xlsx"]
    assert (tmp_path / "02 公费医疗.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_list_as_text(codec: str, delimiter: str, tmp_path: Path) -> None:
    source = tmp_path / "清单.csv"
    source.write_bytes(CSV.replace(",", delimiter).encode(codec))
    created = new_form("project", tmp_path / "出", source)
    assert [path.name for path in created.paths] == ["01 甲项目.xlsx", "02 乙项目.xlsx"]
    fund = form_in(created.paths[1]).total_fund
    assert (
        fund is not None and fund.budget is not None and fund.executed is not None and fund.rate is not None
    )
    assert (fund.budget.value, fund.executed.value, fund.rate.value) == (
        Decimal("20.5"),
        Decimal("20.5"),
        Decimal(1),
    )


def test_targets_as_text(tmp_path: Path) -> None:
    source = tmp_path / "目标.csv"
    source.write_bytes(TARGETS.encode("gb18030"))
    output = tmp_path / "表.xlsx"
    assert main(["new", "project", "-o", str(output), "--from", str(source), "--set", "项目名称=监管"]) == 0
    form = form_in(output)
    assert names(form) == ["检查机构数", "检查覆盖率", "安全意识"]
    assert form.roles["project_name"].value == "监管"


def test_targets_made_here_fill_the_form(tmp_path: Path) -> None:
    declared, output = tmp_path / "申报表.xlsx", tmp_path / "自评表.xlsx"
    source = tmp_path / "目标.csv"
    source.write_bytes(TARGETS.encode())
    new_form("targets", declared, source, [("项目名称", "监管"), ("年度", "2024")])
    new_form("project", output, declared)
    form = form_in(output)
    assert (form.year, form.roles["project_name"].value) == (2024, "监管")
    assert names(form) == ["检查机构数", "检查覆盖率", "安全意识"]


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"%PDF-1.4", "没有表头的一行".encode()])
def test_a_source_without_a_form_is_refused(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "来源.csv"
    source.write_bytes(content)
    assert main(["new", "project", "-o", str(tmp_path / "表.xlsx"), "--from", str(source)]) == 2
    assert not (tmp_path / "表.xlsx").exists()


def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "清单.csv"
    source.write_text(CSV.replace("目标甲", "目标" * 20_000), encoding="utf-8")
    assert main(["new", "project", "-o", str(tmp_path / "出"), "--from", str(source)]) == 2
    assert not (tmp_path / "出").exists()


def test_an_absent_source_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for source in ("没有.xlsx", "空"):
        call = ["new", "project", "-o", str(tmp_path / "表.xlsx"), "--from", str(tmp_path / source)]
        assert main(call) == 2


# Names ---------------------------------------------------------------------------------------------------------------

RESERVED = ("con", "PRN", "aux.txt", "NUL", "COM1", "lpt9", "COM¹")


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_devices_are_none_of_files(name: str) -> None:
    (stem,) = safe_stems([name])
    assert stem.partition(".")[0].upper() != name.partition(".")[0].upper()


def test_names_alike_are_numbered() -> None:
    assert safe_stems(["A", "a", "A"]) == ["A", "a（2）", "A（3）"]
    assert safe_stems(["", " . "]) == ["未命名", "未命名（2）"]


@given(st.lists(st.text(max_size=200), max_size=8))
def test_every_name_is_one_that_windows_takes(texts: list[str]) -> None:
    stems = safe_stems(texts)
    assert len({stem.casefold() for stem in stems}) == len(texts)
    for stem in stems:
        assert 0 < len(stem) <= 90
        assert not set(stem) & set('<>:"/\\|?*\n\r\t\0')
        assert stem == stem.strip() and not stem.endswith(".")
