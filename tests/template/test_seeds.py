"""The forms of the seeds, filled in by program: they say what the samples say, and have the samples' findings."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.form import labels
from perfxl.form.model import Entry, Form
from perfxl.rules.check import check_form
from perfxl.scoring.plan import plan_workbook
from perfxl.template.declaration import declaration
from perfxl.template.filling import Filling
from perfxl.work.read import read_shown
from perfxl.work.report import report_file
from perfxl.workbook.grid import CellValue
from perfxl.workbook.open import read_workbook
from tests.template.filled import MEASURES, filling_of, made, read, sample

SEEDS = {
    "种子000": "transfer",
    "种子001 部门": "department",
    "种子001 分项": "project_list",
    "种子002": "project_yinchuan",
    "种子003": "project",
    **{f"种子004 项目支出绩效自评表{number}": "project_sichuan" for number in range(1, 5)},
    **{f"种子004 自评打分表{number}": "scoresheet" for number in range(1, 5)},
    **{f"种子004 转移支付绩效目标自评表{number}": "transfer_sichuan" for number in range(1, 4)},
}
PRINTED = {"注", "2.定量指标", "3.定性指标", "4.分值设置"}
"""Fields of the footer that are the form's own notes, worded as in the newest edition."""

every_seed = pytest.mark.parametrize(("seed", "name"), SEEDS.items())


def original(seed: str) -> Form:
    (form,) = read_shown(sample(seed))[1]
    return form


def filled(seed: str, name: str) -> bytes:
    return made(name, filling_of(declaration(name), original(seed)))


def said(form: Form) -> dict[str, CellValue]:
    """Everything that a form says, by what it is; blanks and the marks of unused cells left out."""
    found: dict[str, Entry | None] = {
        labels.squeeze(name): entry
        for name, entry in (*form.header.items(), *form.footer.items())
        if labels.squeeze(name) not in PRINTED
    }
    for fund in form.funds:
        found |= {f"{fund.source.value}.{measure}": getattr(fund, measure) for measure in MEASURES}
    found |= {"goal.target": form.goals.target, "goal.actual": form.goals.actual}
    for number, row in enumerate(form.indicators or form.projects):
        found |= {
            f"{number}.{role}": entry for role, entry in zip(row._fields, row, strict=True) if role != "row"
        }
    if form.total is not None:
        found |= {"sum.weight": form.total.weight, "sum.score": form.total.score}
    return {
        name: labels.squeeze(entry.value) if isinstance(entry.value, str) else entry.value
        for name, entry in found.items()
        if entry is not None and entry.value is not None and entry.text not in ("", "—")
    }


@every_seed
def test_says_what_the_sample_says(seed: str, name: str) -> None:
    sample_form, (form,) = original(seed), read(filled(seed, name))
    assert (form.kind, form.year) == (sample_form.kind, sample_form.year)
    expected, found = said(sample_form), said(form)
    if name == "project":
        # The print leaves out the rate of a part, which the form computes.
        assert found.pop("fiscal.rate") == Decimal(1)
    assert found == expected


@every_seed
def test_has_the_findings_of_the_sample(seed: str, name: str) -> None:
    expected = Counter((finding.code, finding.subject) for finding in check_form(original(seed)))
    (form,) = read(filled(seed, name))
    if name == "project_list":
        expected["PX101", "填报单位"] = 1  # the sample has no such field, and the form asks for it
    assert Counter((finding.code, finding.subject) for finding in check_form(form)) == expected


def test_totals_follow_from_what_is_filled_in() -> None:
    whole = filling_of(declaration("project"), original("种子003"))
    # The sample's "10分" is no number; the form's own 10 stands.
    computed = {
        "total.weight",
        "total.budget",
        "total.executed",
        "total.rate",
        "total.score",
        "sum.weight",
        "sum.score",
    }
    inputs = Filling(
        whole.year, {name: value for name, value in whole.entries.items() if name not in computed}, whole.rows
    )
    (form,) = read(made("project", inputs))
    fund, total = form.total_fund, form.total
    assert fund is not None and total is not None
    assert [entry.value for entry in (fund.budget, fund.executed, fund.rate, fund.score) if entry] == [
        Decimal("194.19"),
        Decimal("194.19"),
        Decimal(1),
        Decimal(10),
    ]
    assert [entry.value for entry in (total.weight, total.score) if entry] == [Decimal(100), Decimal(100)]
    book = read_workbook(made("project", inputs), "filled.xlsx")
    (plan,) = plan_workbook(book, read(made("project", inputs)))
    assert not (plan.changes or plan.kept)


def test_scores_of_a_filled_form_are_computed() -> None:
    whole = filling_of(declaration("project"), original("种子003"))
    rows = tuple(
        row._replace(values={**row.values, "score": row.values["weight"]}) for row in whole.rows or ()
    )
    rows = (rows[0]._replace(values={k: v for k, v in rows[0].values.items() if k != "score"}), *rows[1:])
    mine = {"total.weight", "total.rate", "total.score", "sum.score"}
    entries = {name: value for name, value in whole.entries.items() if name not in mine}
    content = made("project", Filling(whole.year, entries, rows))
    (plan,) = plan_workbook(read_workbook(content, "filled.xlsx"), read(content))
    assert {change.cell: change.after for change in plan.changes if change.cell == "H13"} == {
        "H13": Decimal(15)
    }
    assert {item.cell: item.value for item in plan.refreshed} == {"H22": Decimal(100)}


@pytest.mark.parametrize("seed", ["种子002", "种子003", "种子000"])
def test_a_report_can_be_drafted(seed: str, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(filled(seed, SEEDS[seed]))
    (result,) = report_file(path)
    assert result.path.exists()
