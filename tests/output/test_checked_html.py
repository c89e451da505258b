"""The HTML page: it stands alone, every finding leads to its cell and its rule, the form is a grid as in the sheet."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html

from perfxl.cli import main
from perfxl.console import FINDINGS, NOT_WRITTEN
from perfxl.output.checked_html import as_html
from perfxl.resources import resource_folder
from perfxl.rules.finding import RULE_FAILED, Severity
from perfxl.work.check import check_files
from tests.rules.forms import NATIONAL, altered
from tests.written import write

SAMPLES = sorted(resource_folder("samples").glob("*.xlsx"))
WHEN = datetime(2023, 3, 1, 9, 30)
HOSTILE = "<script>alert(1)</script>&\"'"


def page(*paths: Path) -> html.HtmlElement:
    return html.fromstring(as_html(check_files(paths), WHEN))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(
        tmp_path / "自评表.xlsx", altered(NATIONAL, G6="%90.00", G18="99", E16="≥90%", C3=HOSTILE, D13="<b>")
    )


def test_it_needs_nothing_from_outside_and_no_script(form: Path) -> None:
    text = as_html(check_files([form]), WHEN)
    found = html.fromstring(text)
    assert not found.xpath("//script | //link | //img | //iframe | //@onclick | //@src")
    assert all(target.startswith("#") for target in found.xpath("//@href"))
    assert "url(" not in text and "@import" not in text and "http" not in re.sub(r"http-equiv", "", text)


def test_every_link_leads_somewhere_and_every_anchor_is_one(form: Path) -> None:
    found = page(form, *SAMPLES)
    anchors = found.xpath("//@id")
    assert len(set(anchors)) == len(anchors)
    assert {target.removeprefix("#") for target in found.xpath("//@href")} <= set(anchors)
    assert set(found.xpath("//label/@for")) <= set(anchors)


def test_every_finding_leads_to_its_cell_and_to_its_rule(form: Path) -> None:
    (checked,) = check_files([form])
    found = page(form)
    articles = found.xpath("//article")
    assert len(articles) == len(checked.findings)
    for article in articles:
        cell, rule = article.xpath(".//a/@href")
        (target,) = found.xpath(f"//td[@id='{cell.removeprefix('#')}']")
        kind = article.get("class").removeprefix("finding ")
        order = [severity.value for severity in Severity]
        assert order.index(target.get("class").split()[-1]) <= order.index(kind)
        assert found.xpath(f"//section[@id='{rule.removeprefix('#')}']//h4")
    cells = {href.rpartition("-")[2] for href in found.xpath("//article/p[1]/a/@href")}
    assert cells == {finding.cell for finding in checked.findings}


def test_marked_cells_lead_back(form: Path) -> None:
    found = page(form)
    marked = found.xpath("//main//td[@id]")
    assert marked
    for cell in marked:
        (back,) = cell.xpath("./a/@href")
        (article,) = found.xpath(f"//article[@id='{back.removeprefix('#')}']")
        assert article.xpath(".//a/@href")[0] == f"#{cell.get('id')}"
        assert cell.get("title") in article.text_content() or "\n" in cell.get("title")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:12])
def test_the_grid_covers_the_form_without_hole_or_overlap(sample: Path) -> None:
    (checked,) = check_files([sample])
    for grid in page(sample).xpath("//main//table[@class='grid']"):
        width = len(grid.xpath("./thead/tr/th")) - 1
        taken: dict[tuple[int, int], int] = {}
        for number, row in enumerate(grid.xpath("./tbody/tr")):
            column = 0
            for cell in row.xpath("./td"):
                while (number, column) in taken:
                    column += 1
                for down in range(int(cell.get("rowspan", 1))):
                    for right in range(int(cell.get("colspan", 1))):
                        assert (number + down, column + right) not in taken
                        taken[number + down, column + right] = 1
        rows = len(grid.xpath("./tbody/tr"))
        assert set(taken) == {(row, column) for row in range(rows) for column in range(width)}
    texts = "".join(page(sample).xpath("//main//table//text()"))
    for form in checked.forms:
        for entry in form.entries():
            if entry.text and not entry.cell.error and entry.cell.number_format == "General":
                first = entry.text.split("\n")[0].strip()
                assert first in texts


def test_a_rule_that_could_not_run_has_no_page(form: Path) -> None:
    (checked,) = check_files([form])
    failed = RULE_FAILED.finding(
        checked.forms[0], checked.forms[0].total.label, subject="PX201", message="没能运行"
    )
    found = html.fromstring(as_html([checked._replace(findings=(failed,))], WHEN))
    assert len(found.xpath("//article")) == 1
    assert {target.removeprefix("#") for target in found.xpath("//@href")} <= set(found.xpath("//@id"))


def test_a_filter_for_each_severity_works_without_scripts(form: Path) -> None:
    found = page(form)
    style = found.xpath("//style/text()")[0]
    for name in found.xpath("//input/@id"):
        assert found.xpath(f"//label[@for='{name}']")
        if name != "all":
            assert f"#{name}:checked ~ main .finding:not(.{name})" in style
    assert found.xpath("//input[@checked]/@id") == ["all"]
    # The rules speak of what follows the inputs, among their siblings.
    assert {element.tag for element in found.xpath("//input/following-sibling::*")} >= {"nav", "main"}


def test_texts_of_a_form_are_no_markup(form: Path) -> None:
    text = as_html(check_files([form]), WHEN)
    assert "<script" not in text and "<b>" not in text
    assert HOSTILE in "".join(html.fromstring(text).xpath("//td//text()"))


def test_a_file_without_a_finding_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    sound, broken = write(tmp_path / "好.xlsx", NATIONAL), tmp_path / "坏.xlsx"
    broken.write_bytes(b"nothing")
    found = page(sound, broken)
    assert [each.get("class") for each in found.xpath("//main/section/p[1]")] == [
        "verdict ok",
        "verdict unreadable",
    ]
    assert len(found.xpath("//main//table")) == 1
    assert not found.xpath("//footer")


def test_hidden_rows_are_left_out_unless_something_is_found_there(tmp_path: Path) -> None:
    import openpyxl

    path = write(tmp_path / "a.xlsx", altered(NATIONAL, G6="%90.00"))
    book = openpyxl.load_workbook(path)
    for row in (4, 6):
        book["自评表"].row_dimensions[row].hidden = True
    book.save(path)
    rows = page(path).xpath("//main//tbody/tr/th/text()")
    assert "4" not in rows and "6" in rows


def test_the_command_writes_the_page_to_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], form: Path
) -> None:
    assert main(["check", str(form), "--format", "html"]) == FINDINGS
    out = capfdbinary.readouterr().out.decode("utf-8")
    assert out.startswith("<!DOCTYPE html>") and out.rstrip().endswith("</html>")


@pytest.mark.parametrize("kind", ["text", "json", "html"])
def test_the_result_can_be_written_into_a_file(
    capfd: pytest.CaptureFixture[str], form: Path, tmp_path: Path, kind: str
) -> None:
    output = tmp_path / "结果"
    assert main(["check", str(form), "--format", kind, "-o", str(output)]) == FINDINGS
    assert capfd.readouterr().out == ""
    first = output.read_bytes()
    assert "PX201" in first.decode("utf-8")
    assert main(["check", str(form), "--format", kind, "-o", str(output)]) == FINDINGS
    assert {path.read_bytes() for path in tmp_path.glob("结果.备份*")} == {first}
    assert main(["check", str(form), "-o", str(tmp_path / "没有" / "x")]) == NOT_WRITTEN
