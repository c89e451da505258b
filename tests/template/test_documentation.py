"""docs/forms.md: its example is followed to the letter, its table and pictures are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfxl.cli import main
from perfxl.form.model import Kind, Origin
from perfxl.rules.check import check_form
from perfxl.settings import forms
from perfxl.settings.preferences import Preferences, save_preferences
from perfxl.template.declaration import entry_kinds
from perfxl.work.read import read_file

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "forms.md").read_text(encoding="utf-8")
EXAMPLE, VERSIONS = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder with the form of the page in it, named in the preferences."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    folder = tmp_path / "本单位模板"
    (folder / "xlsx").mkdir(parents=True)
    (folder / "xlsx" / "hubei.toml").write_text(EXAMPLE, encoding="utf-8")
    save_preferences(Preferences(office_folder=folder))
    return folder


def test_the_example_is_a_form(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms"]) == 0
    assert "hubei" in capsys.readouterr().out
    output = tmp_path / "自评表.xlsx"
    assert main(["new", "hubei", "-o", str(output), "--set", "项目名称=水价改革", "自评等级=优"]) == 0
    (form,) = read_file(output)[1]
    assert (form.kind, form.origin) == (Kind.PROJECT, Origin("hubei", 1))
    assert set(form.indicator_columns) == {
        "level1", "level2", "level3", "target", "actual", "weight", "score", "reason",
    }  # fmt: skip
    assert [row.source.value for row in form.funds] == ["total"]
    assert form.roles["grade"].value == "优"
    assert {finding.code for finding in check_form(form)} == {"PX101"}


def test_an_offices_form_comes_first_and_takes_the_place_of_a_bundled_one(office: Path) -> None:
    assert next(iter(forms.declared_forms())) == "hubei"
    (office / "xlsx" / "project.toml").write_text(EXAMPLE, encoding="utf-8")
    found = forms.declared_form("project")
    assert found is not None
    assert found.path.parent == office / "xlsx"


def test_a_version_raised_as_the_page_says(office: Path, tmp_path: Path) -> None:
    output = tmp_path / "旧.xlsx"
    assert main(["new", "hubei", "-o", str(output)]) == 0
    second = EXAMPLE.replace("version = 1\n", VERSIONS, 1)
    (office / "xlsx" / "hubei.toml").write_text(second, encoding="utf-8")
    declared = forms.declared_form("hubei")
    assert declared is not None
    assert declared.columns - declared.columns_of(1) == {"年初目标值", "偏差原因分析及改进措施"}
    (form,) = read_file(output)[1]
    assert "PX110" in {finding.code for finding in check_form(form)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 一"),
        ("version = 1\n", ""),
        ('kind = "project"', 'kind = "budget"'),
        ("widths = [12,", "widths = ["),
        ("| 一级指标 |", "| 一级指标 | 一级指标 |"),
        ("| # 某省项目支出绩效自评表 | <", "| # 某省项目支出绩效自评表 | ^"),
        ('type = "choice"', 'type = "menu"'),
        ('options = ["优", "良", "中", "差"]', ""),
        ('level2 = "质量指标"', 'levle2 = "质量指标"'),
        ('sheet = "自评表"', 'sheet = "自评/表"'),
        ("[total.weight=20]", "[total.weight=二十]"),
        ("[total.budget]", "[totl.budget]"),
        ("[total.executed]", "[total.budget]"),
        ("[sum.weight]", "[sum.weigth]"),
        ('[fields."自评等级"]', '[fields."自评等极"]'),
        ('"score", "reason"]', '"score", "cause"]'),
        ("| score | reason |", "| score | cause |"),
    ],
)
def test_a_faulty_declaration_is_refused_in_one_sentence(
    old: str, new: str, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in EXAMPLE
    (office / "xlsx" / "hubei.toml").write_text(EXAMPLE.replace(old, new, 1), encoding="utf-8")
    assert main(["new", "hubei", "-o", str(tmp_path / "表.xlsx")]) == 2
    said = capsys.readouterr().err
    assert "hubei.toml" in said
    assert "Traceback" not in said
    assert main(["forms", "--format", "json"]) == 0  # the others are listed all the same
    assert '"project_list"' in capsys.readouterr().out


def test_every_bundled_form_stands_in_the_table_with_its_pages() -> None:
    bundled = set(forms.declared_forms())
    assert set(re.findall(r"^\| `(\w+)` \| .*images/forms", PAGE, flags=re.MULTILINE)) == bundled
    linked = set(re.findall(r"images/forms/([\w-]+\.png)", PAGE))
    assert linked == {path.name for path in (DOCS / "images" / "forms").glob("*.png")}


def test_hints_and_lists_keep_to_the_limits() -> None:
    for kind in entry_kinds().values():
        assert len(kind.hint) <= 255
        assert len(",".join(kind.options)) <= 255
