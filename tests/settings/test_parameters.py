"""The parameters in force for a year, and that each carries its source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.settings import parameters
from perfxl.settings.parameters import Cap, chosen_settings, jurisdictions, settings_for
from perfxl.settings.places import PARAMETERS, BadParameters, UnknownJurisdiction, place_named
from perfxl.settings.preferences import Preferences, save_preferences
from tests.tables import workbook


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "设置"))


class Year(NamedTuple):
    """A thing with a year, as a form is."""

    year: int | None


@pytest.mark.parametrize("year", [None, 2012, 2020, 2023, 2030])
def test_every_year_has_its_parameters(year: int | None) -> None:
    settings = settings_for(Year(year))
    assert settings.full_marks == 100
    assert settings.execution_weight == 10
    assert settings.over_target_line == Decimal("1.30")


def test_every_value_says_where_it_comes_from() -> None:
    settings = settings_for(Year(None))
    scales = [scale.source for scale in settings.grade_scales]
    for source in (*settings.sources.values(), *scales):
        assert source.mark in ("V", "S", "C", "G")
        assert source.article
        assert source.mark != "V" or source.address


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("100", {"优", "优秀"}),
        ("90", {"优", "优秀"}),
        ("89.99", {"良", "良好"}),
        ("75", {"中", "中等", "合格"}),
        ("60", {"中", "中等", "合格", "基本合格"}),
        ("59.99", {"差", "较差", "不合格"}),
        ("-1", {"差", "较差", "不合格"}),
    ],
)
def test_grades_at_their_borders(score: str, words: set[str]) -> None:
    scales = settings_for(Year(2022)).grade_scales
    assert {scale.word(Decimal(score)) for scale in scales} == words


# Places ----------------------------------------------------------------------------------------------------------------

FORM = """
| {title} | < | < | < |
| 项目名称 | 甲项目 | 主管部门 | {department} |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 人次 | 5人 | 5人 |
"""


def form(title: str = "项目支出绩效自评表", department: str = "甲局") -> Form:
    (found,) = read_forms(workbook(FORM.format(title=title, department=department)))
    return found


@pytest.mark.parametrize(
    ("title", "department", "place"),
    [
        ("项目支出绩效自评表", "甲局", "全国"),
        ("湖北省项目支出绩效自评表", "甲局", "湖北省"),
        ("项目支出绩效自评表", "武汉市甲局", "湖北省"),
        ("银川市本级部门项目支出绩效自评表", "甲局", "宁夏银川市"),
        ("项目支出绩效自评表", "四川省甲局", "四川省"),
        ("项目支出绩效自评表", "石家庄市甲局", "河北省"),
        ("湖北与四川项目绩效自评表", "甲局", "全国"),
    ],
)
def test_the_place_is_read_off_title_and_units(title: str, department: str, place: str) -> None:
    assert settings_for(form(title, department)).jurisdiction == place


def test_a_place_has_its_own_values_and_the_national_ones() -> None:
    hubei, national = settings_for(form("湖北省项目支出绩效自评表")), settings_for(form())
    assert hubei.execution_weight == 20
    assert national.execution_weight == 10
    assert (hubei.bands[1], national.bands[1]) == (Decimal("0.5"), Decimal("0.6"))
    assert (hubei.reverse_rule, hubei.full_marks) == (national.reverse_rule, national.full_marks)


@pytest.mark.parametrize("name", jurisdictions())
def test_a_place_may_be_named_and_each_of_its_values_says_where_it_comes_from(name: str) -> None:
    settings = settings_for(form(), name)
    assert settings.jurisdiction == name
    for source in settings.sources.values():
        assert source.mark in ("V", "S", "C", "G")
        assert source.article
        assert source.mark != "V" or source.address


@pytest.mark.parametrize("name", ["某省", "省", ""])
def test_a_place_that_nobody_knows_or_several_could_be(name: str) -> None:
    with pytest.raises(UnknownJurisdiction) as caught:
        place_named(name)
    assert all(known in str(caught.value) for known in jurisdictions())


def test_a_name_may_be_shortened_and_the_country_is_a_place() -> None:
    assert settings_for(form(), "四川").jurisdiction == "四川省"
    assert settings_for(form("湖北省项目支出绩效自评表"), "全国").execution_weight == 10


def test_what_the_user_set_outranks_the_form_and_what_he_calls_for_outranks_that() -> None:
    hubei = form("湖北省项目支出绩效自评表")
    save_preferences(Preferences(jurisdiction="河北省"))
    assert settings_for(hubei).jurisdiction == "河北省"
    assert settings_for(hubei, "四川省").jurisdiction == "四川省"
    assert chosen_settings(None)(hubei).jurisdiction == "河北省"
    save_preferences(Preferences(jurisdiction="月球"))
    with pytest.raises(UnknownJurisdiction):
        chosen_settings(None)


def test_a_place_is_added_by_adding_a_file() -> None:
    files = {path.stem for path in Path(parameters.__file__).parent.glob("*.toml")}
    assert len(jurisdictions()) == len(files)


# An office's own files --------------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder for an office's own parameters."""
    folder = tmp_path / "本单位" / "settings"
    folder.mkdir(parents=True)
    save_preferences(Preferences(office_folder=folder.parent))
    return folder


def example() -> str:
    """The file that docs/settings.md shows."""
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    return page.partition("```toml\n")[2].partition("```")[0]


def test_the_example_of_the_page_adds_a_place(office: Path) -> None:
    (office / "某省.toml").write_text(example(), encoding="utf-8-sig")
    assert "某省" in jurisdictions()
    assert settings_for(form("乙市项目支出绩效自评表")).jurisdiction == "某省"
    early, late = settings_for(Year(2020), "某省"), settings_for(Year(2023), "某省")
    assert (early.execution_weight, late.execution_weight) == (15, 10)
    assert late.reverse_rule == "linear"
    assert late.execution_caps == (
        Cap(Decimal("0.70"), Decimal(79)),
        Cap(Decimal("0.80"), Decimal(89)),
    )
    assert [scale.word(Decimal(90)) for scale in late.grade_scales] == ["良"]
    assert late.sources["execution_weight"].number == "某财绩〔2023〕2号"
    assert late.full_marks == 100  # the whole country's


def test_the_page_lists_every_parameter() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in PARAMETERS if f"| `{name}` |" not in page] == []


VALUE = 'since = 2020\nnumber = ""\narticle = "本单位约定"\naddress = ""\nmark = "G"\n'


def test_an_offices_file_stands_above_the_bundled_one_of_its_place(office: Path) -> None:
    heading = '[jurisdiction]\nname = "湖北省"\nmatches = ["甲局"]\n'
    (office / "湖北.toml").write_text(f'{heading}[[score_digits]]\nvalue = "0"\n{VALUE}', encoding="utf-8")
    (office / "national.toml").write_text(f'[[rate_digits]]\nvalue = "6"\n{VALUE}', encoding="utf-8")
    hubei = settings_for(form(department="甲局"))
    assert (hubei.jurisdiction, hubei.score_digits, hubei.execution_weight) == ("湖北省", 0, 20)
    assert hubei.rate_digits == 6
    assert settings_for(form(), "四川省").rate_digits == 6


@pytest.mark.parametrize(
    "text",
    [
        "[jurisdiction",
        '[[score_digits]]\nvalue = "0"\n' + VALUE,
        "[jurisdiction]\nname = 3\nmatches = []",
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[weight]]\nvalue = "0"\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[score_digits]]\nvalue = "两位"\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[score_digits]]\nvalue = 2\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[bands]]\nvalue = "0.8"\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[execution_caps]]\nvalue = [["0.7"]]\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[grades]]\nscale = "甲"\nsteps = []\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[reverse_rule]]\nvalue = "half"\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\n[[pass_mark]]\nvalue = "60"\nmark = "G"',
        '[jurisdiction]\nname = "甲"\nmatches = []\n[pass_mark]\nvalue = "60"\n' + VALUE,
        '[jurisdiction]\nname = "甲"\nmatches = []\npass_mark = "60"\n',
    ],
)
def test_a_file_that_is_wrong_is_named(office: Path, text: str) -> None:
    (office / "甲省.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadParameters, match=r"甲省\.toml"):
        chosen_settings(None)
