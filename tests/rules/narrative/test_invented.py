"""Reports in the ways people write, all consistent: nothing is found, and a figure changed is found where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.document.build import DATA
from tests.rules.forms import DEPARTMENT, NATIONAL, SCORED_HEADER, TRANSFER
from tests.rules.narrative.reports import findings

INVENTED = DATA / "invented"
FORMS = {"national": NATIONAL, "scored": SCORED_HEADER, "transfer": TRANSFER, "department": DEPARTMENT}
FILES = sorted(path.stem for path in INVENTED.glob("*.txt"))


def lines(name: str) -> list[str]:
    return Path(INVENTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def drawings(name: str) -> list[str]:
    form = FORMS.get(name.split("_")[0])
    return [form] if form is not None else []


@pytest.mark.parametrize("name", FILES)
def test_what_is_right_stays_silent(name: str) -> None:
    assert findings(lines(name)) == ()
    assert findings(lines(name), *drawings(name)) == ()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("national_1", "累计支出131.24", "累计支出137.24"),
        ("national_1", "财政拨款支出125.24", "财政拨款支出152.24"),
        ("national_1", "资金执行率89.89%", "资金执行率98.89%"),
        ("national_1", "系统验收合格率98%", "系统验收合格率97%"),
        ("national_1", "按期完成率90%", "按期完成率95%"),
        ("national_1", "满意度为95.5%", "满意度为95.8%"),
        ("national_1", "自评总得分95.99", "自评总得分96.99"),
        ("national_2", "14.76", "14.67"),
        ("national_2", "三级指标5个", "三级指标6个"),
        ("national_2", "实际完成值22个", "实际完成值24个"),
        ("national_2", "得9分", "得10分"),
        ("national_2", "95.99", "99.95"),
        ("transfer_1", "占22.31%", "占23.31%"),
        ("transfer_1", "75.42%", "74.52%"),
        ("transfer_1", "103634.63", "103504.63"),
        ("transfer_1", "占比31.02%", "占比32.01%"),
        ("transfer_1", "93.8%", "98.3%"),
        ("department_1", "基本支出980万元", "基本支出890万元"),
        ("department_1", "98.93%", "99.83%"),
        ("department_1", "320件", "330件"),
        ("department_1", "99.89分", "98.89分"),
        ("scored_header", "100%", "98%"),
        ("scored_header", "总分96分", "总分98分"),
        ("alone_accounts", "98.57%", "97.58%"),
        ("alone_accounts", "7.68%", "8.68%"),
        ("alone_school", "98.46%", "94.86%"),
        ("alone_culture", "96.02", "95.02"),
        ("alone_village", "到位资金的95%", "到位资金的94%"),
        ("alone_water", "536万元，占20%；市县", "536万元，占30%；市县"),
    ],
)
def test_one_figure_changed_is_found_at_its_paragraph_and_nowhere_else(name: str, old: str, new: str) -> None:
    sound = lines(name)
    (place,) = (number for number, line in enumerate(sound, start=1) if old in line)
    changed = [line.replace(old, new) for line in sound]
    found = findings(changed, *drawings(name))
    assert {finding.paragraph for finding in found} == {place}
