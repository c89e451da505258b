"""Which report a form gets: by its kind and place, by name, and by what an office keeps in its own folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from perfxl import console
from perfxl.cli import main
from perfxl.report.drafts import draft
from perfxl.report.kinds import NoReport, choose, named_kind, report_kinds
from perfxl.resources import resource_folder
from perfxl.settings import preferences
from tests.report.drawn import PROJECT, only
from tests.report.samples import FILES, REPORTED, drafted_sample, sample

KINDS = {"000": "transfer", "001": "department", "002": "project", "003": "project"}


@pytest.mark.parametrize("name", REPORTED)
def test_a_form_gets_its_own_outline(name: str) -> None:
    by_group = {"p": "project", "s": "department_project", "t": "transfer"}
    expected = KINDS.get(name) or by_group[name.removeprefix("004_")[0]]
    chosen, notes = choose(sample(name).own.form, None)
    assert (chosen.name, notes) == (expected, ())


def test_a_place_has_an_outline_of_its_own() -> None:
    drawing = PROJECT.replace("项目支出绩效自评表", "部门整体支出绩效自评表")
    assert choose(only(drawing)[0], None)[0].name == "department"
    there = drawing.replace("县交通局", "四川省交通运输厅")
    assert choose(only(there)[0], None)[0].name == "department_sichuan"


def test_a_kind_is_known_by_name_and_by_title() -> None:
    assert named_kind("transfer") == named_kind("转移支付绩效自评报告")
    with pytest.raises(NoReport):
        named_kind("没有这种")


def test_every_kind_has_its_template() -> None:
    assert all(kind.template.is_file() for kind in report_kinds().values())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder of templates, named in its preferences."""
    monkeypatch.setattr(preferences, "user_folder", lambda: tmp_path / "config")
    folder = tmp_path / "本单位模板"
    (folder / "docx").mkdir(parents=True)
    preferences.save_preferences(preferences.Preferences(office_folder=folder))
    return folder / "docx"


@pytest.mark.parametrize("name", ["project.docx", "项目支出绩效自评报告.docx"])
def test_an_office_s_template_comes_first(name: str, office: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("本局格式：{{ 项目名称 }}")
    document.save(str(office / name))
    form, sheet = only(PROJECT)
    result = draft(form, sheet, tmp_path / "报告.docx")
    assert Document(str(result.path)).paragraphs[0].text == "本局格式：乡村道路养护"


def test_an_office_adds_a_kind(office: Path, tmp_path: Path) -> None:
    shutil.copy(report_kinds()["transfer"].template, office / "brief.docx")
    (office / "kinds.toml").write_text(
        '[brief]\ntitle = "简报"\ntemplate = "brief.docx"\nfamily = "form"\nforms = []\nsource = "本局"\n',
        encoding="utf-8",
    )
    form, sheet = only(PROJECT)
    assert draft(form, sheet, tmp_path / "报告.docx", "简报").kind == "brief"


def test_a_damaged_registry_is_named(office: Path) -> None:
    (office / "kinds.toml").write_text("[brief]\ntitle = 1", encoding="utf-8")
    with pytest.raises(NoReport, match=r"kinds\.toml"):
        report_kinds()


def test_a_scoresheet_takes_money_and_results_from_its_project(tmp_path: Path) -> None:
    folder = resource_folder("samples")
    own, other = (str(folder / f"{FILES[name]}.xlsx") for name in ("004_s2", "004_p2"))
    assert main(["report", own, "--with", other, "-o", str(tmp_path / "报告.docx")]) == console.OK
    text = "".join(p.text for p in Document(str(tmp_path / "报告.docx")).paragraphs)
    for figure in ("139.5万元", "114万元", "81.72%", "470人次", "93.48分"):
        assert figure in text


def test_a_scoresheet_alone_asks_for_them(tmp_path: Path) -> None:
    one = sample("004_s2")
    alone = draft(one.own.form, one.own.sheet, tmp_path / "报告.docx")
    together = drafted_sample("004_s2", tmp_path).result
    assert len(alone.notes) == 1 and together.notes == ()
    assert len(alone.missing) > len(together.missing)


def test_a_department_s_list_goes_along(tmp_path: Path) -> None:
    drafted = drafted_sample("001", tmp_path)
    text = "".join(drafted.body)
    assert "2021年度" in text and "19个" in text and "3528.45万元" in text
    heads = [table.rows[0].cells[0].text for table in drafted.document.tables]
    assert "序号" in heads


def test_targets_that_differ_between_the_two_forms_are_marked(tmp_path: Path) -> None:
    cells = {name: drafted_sample(name, tmp_path).result.doubts for name in ("004_s1", "004_s2", "004_s3")}
    assert [doubt for doubt in cells["004_s1"] if "D16" in doubt]
    assert not [doubt for doubt in cells["004_s2"] if "不一致" in doubt]
    assert len([doubt for doubt in cells["004_s3"] if "不一致" in doubt]) == 3
