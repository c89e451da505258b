"""The final accounts statement: its input workbook, its sentences, its figures 1 to 7."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from perfxl import console
from perfxl.cli import main
from perfxl.report.accounts.blank import blank_workbook
from perfxl.report.accounts.declare import declaration
from perfxl.report.accounts.figures import Figures
from perfxl.report.accounts.read import read_accounts
from perfxl.report.drafts import draft_accounts
from perfxl.report.kinds import NoReport
from perfxl.report.passages import of_accounts
from perfxl.work.report import report_file
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook
from tests.report.accounts import FILLED, ITEMS, accounts, accounts_workbook, drafted_accounts
from tests.report.drawn import numbers_in
from tests.report.tracing import disagreeing, numbers_of_cells
from tests.tables import sheet

LABELS = {number for table in declaration().tables for row in table.rows for number in numbers_in(row.label)}
"""单价50万元以上通用设备."""


def test_every_number_is_accounted_for(tmp_path: Path) -> None:
    figures = Figures(accounts())
    of_accounts.passages(figures)
    book = accounts_workbook()
    known = (
        {number for stated in figures.stated for number in numbers_in(stated.text)} | LABELS | {"12", "31"}
    )
    known |= {
        number for one in book.sheets for cell in one.cells.values() for number in numbers_in(str(cell.value))
    }
    drafted = drafted_accounts(tmp_path)
    lines = [re.sub(r"^(?:\d+\. |（[一二三四]）|图\d　)", "", text) for text in drafted.paragraphs]
    assert [(number, text) for text in lines for number in numbers_in(text) if number not in known] == []


def test_every_computation_holds() -> None:
    figures = Figures(accounts())
    of_accounts.passages(figures)
    book = accounts_workbook()
    sheets = {one.name: one for one in book.sheets}
    assert disagreeing(figures.stated, numbers_of_cells(sheets, book.sheets[0])) == []
    assert len([one for one in figures.stated if "/" in one.how]) > len(ITEMS)


def test_the_figures_are_charts_in_order(tmp_path: Path) -> None:
    drafted = drafted_accounts(tmp_path)
    captions = [text for text in drafted.paragraphs if text.startswith("图")]
    assert [caption[:3] for caption in captions] == [f"图{number}　" for number in range(1, 8)]
    with zipfile.ZipFile(drafted.result.path) as package:
        books = sorted(name for name in package.namelist() if "embeddings" in name)
        assert len(books) == 7
        rows = list(
            load_workbook(io.BytesIO(package.read(books[0]))).worksheets[0].iter_rows(values_only=True)
        )
    assert rows == [(None, "决算数"), ("2019年", 5424.1), ("2020年", 6696.34)]


def test_the_blank_workbook_is_read_by_its_own_declaration(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    path.write_bytes(blank_workbook())
    found = read_accounts(open_workbook(path))
    assert found is not None
    for table in declaration().tables:
        for row in table.rows:
            for column in table.columns:
                entry = found.entry(table.key, row.key, column.key)
                assert entry is not None
                assert entry.text == (row.value if column is table.columns[0] else "")
    assert found.lists["items"] == ()


def test_a_blank_workbook_gives_marks_and_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    path.write_bytes(blank_workbook())
    (result,) = report_file(path, output=tmp_path / "说明.docx")
    assert result.kind == "final_accounts"
    assert len(result.missing) > 20


def test_amounts_in_yuan_become_ten_thousands() -> None:
    filled = {**FILLED, "basics": {**FILLED["basics"], "money_unit": {"value": "元"}}}
    filled["totals"] = {"all": {"final": "66963412.5", "last": "54241000"}}
    found = read_accounts(accounts_workbook(filled))
    assert found is not None
    amount = Figures(found).amount("totals", "all")
    assert amount is not None
    assert (amount.text, amount.value) == ("6696.34万元", Decimal("6696.34125"))


def test_a_total_that_is_not_its_parts_is_marked(tmp_path: Path) -> None:
    filled = {**FILLED, "spending": {**FILLED["spending"], "basic": {"final": "2711"}}}
    found = read_accounts(accounts_workbook(filled))
    assert found is not None
    doubts = draft_accounts(found, tmp_path / "说明.docx").doubts
    assert ["支出决算!B3" in doubt or "支出决算!B4" in doubt for doubt in doubts] == [True, True]


@pytest.mark.parametrize("text", ["{{ 年度 }}", "研&发 <1>", "{%p for %}", "]]>"])
def test_an_officer_s_text_comes_through_literally(text: str, tmp_path: Path) -> None:
    filled = {**FILLED, "basics": {**FILLED["basics"], "department": {"value": text}}}
    found = read_accounts(accounts_workbook(filled))
    assert found is not None
    path = draft_accounts(found, tmp_path / "说明.docx").path
    assert Document(str(path)).paragraphs[0].text == text


PUBLISHED = """
| 收入决算表 | < | < | < | < |
| 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入 |
| 合计 | < | 100 | 90 | 10 |
| 210 | 卫生健康支出 | 100 | 90 | 10 |
"""


def test_a_published_table_is_read_with_its_rows_as_columns() -> None:
    others = [one for one in accounts_workbook().sheets if one.name != "收入决算"]
    found = read_accounts(Workbook("决算.xlsx", (*others, sheet(PUBLISHED, name="Z03 收入决算表"))))
    assert found is not None
    held = {key: Figures(found).amount("income", key) for key in ("total", "general", "other")}
    assert [stated and stated.value for stated in held.values()] == [100, 90, 10]


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("5424.1", "增加1272.24万元，增长23.46%"),
        ("7000", "减少303.66万元，下降4.34%"),
        ("6696.34", "收、支总计持平"),
    ],
)
def test_growth_and_decline(last: str, text: str, tmp_path: Path) -> None:
    filled = {**FILLED, "totals": {"all": {"final": "6696.34", "last": last, "reason": "略"}}}
    found = read_accounts(accounts_workbook(filled))
    assert found is not None
    values, _ = of_accounts.passages(Figures(found))
    assert text in str(values["收支总体"])


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    from perfxl.resources import resource_folder

    sample = next(resource_folder("samples").glob("种子003*.xlsx"))
    with pytest.raises(NoReport):
        report_file(sample, "final_accounts", tmp_path / "说明.docx")


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = tmp_path / "数据.xlsx"
    assert main(["report", "--blank", "-o", str(blank)]) == console.OK
    assert main(["report", str(blank), "-o", str(tmp_path / "说明.docx")]) == console.OK
    assert (tmp_path / "说明.docx").is_file()
    assert "说明.docx" in capsys.readouterr().out
    assert main(["report"]) == console.UNREADABLE


def test_a_chart_shows_what_the_sentences_say(tmp_path: Path) -> None:
    filled = {**FILLED, "basics": {**FILLED["basics"], "money_unit": {"value": "元"}}}
    filled["totals"] = {"all": {"final": "66963412.5", "last": "54241000"}}
    found = read_accounts(accounts_workbook(filled))
    assert found is not None
    with zipfile.ZipFile(draft_accounts(found, tmp_path / "说明.docx").path) as package:
        name = min(name for name in package.namelist() if "embeddings" in name)
        rows = list(load_workbook(io.BytesIO(package.read(name))).worksheets[0].iter_rows(values_only=True))
    assert rows[1:] == [("2019年", 5424.1), ("2020年", 6696.34)]
