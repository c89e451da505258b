"""Values, names and places that no office would choose: they are handled, or refused in a sentence; never a fault."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from perfxl.console import FAULT, FINDINGS, NOT_WRITTEN, OK, UNREADABLE
from perfxl.workbook.open import open_workbook
from tests.document.build import docx
from tests.rollup.handed import drawn, write

Run = Callable[..., tuple[int, str, str]]

ABSURD = {
    "a number at the end of the scale": {
        "budget": 1e308,
        "executed": 1e308,
        "target": 1.5e308,
        "people": 1e308,
    },
    "figures of hundreds of digits": {"budget": "9" * 400, "executed": "9" * 5000, "people": "1" + "0" * 400},
    "signs that no XML holds": {"unit": "甲\x00县\x0b", "burden": "\x01", "project": "救\x1f助"},
    "halves of signs": {"unit": "甲_xD83D_", "burden": "_xDFFF_乙", "project": "_xD83D__xDE00_"},
    "thousands of dots": {"burden": "。" * 5000 + "甲", "people": "…" * 5000, "reason": "." * 5000 + "乙"},
}


def handed(path: Path, values: dict[str, str | float]) -> Path:
    """A form with such values put in after it was written, so that each stands in its cell as a number or a text."""
    marks = {name: f"〖{name}〗" for name in values}
    write(path, drawn(**marks))
    book = openpyxl.load_workbook(path)
    meant = {marks[name]: value for name, value in values.items()}
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            value = meant.get(str(cell.value))
            if isinstance(value, str):  # openpyxl refuses control characters; a file holds their escapes
                value = "".join(f"_x{ord(sign):04X}_" if sign < " " else sign for sign in value)
            if value is not None:
                cell.value = value
    book.save(path)
    return path


@pytest.mark.parametrize("values", ABSURD.values(), ids=ABSURD)
def test_no_value_is_a_fault_for_any_job(
    values: dict[str, str | float], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise  # what the program was about to log

    monkeypatch.setattr("perfxl.faults.write_log", fail)
    form = handed(tmp_path / "自评表.xlsx", values)
    other = write(tmp_path / "另一份.xlsx", drawn(unit="乙县医保局"))
    before = form.read_bytes()
    calls = (
        ("extract", form, "--format", "json"),
        ("check", form, "--format", "html", "--annotate", tmp_path / "标注.xlsx"),
        ("check", form, "--format", "json"),
        ("score", form, "-o", tmp_path / "计算.xlsx"),
        ("report", form, "-o", tmp_path / "报告.docx"),
        ("rollup", form, other, "-o", tmp_path / "汇总.xlsx"),
        ("new", "transfer", "--from", form, "-o", tmp_path / "新表.xlsx"),
    )
    for call in calls:
        status, out, notices = run(*call)
        assert status in (OK, FINDINGS) or (status in (UNREADABLE, NOT_WRITTEN) and notices), call
        assert "没能运行" not in out, call
    assert form.read_bytes() == before


def test_halves_of_a_sign_are_put_together(tmp_path: Path) -> None:
    form = handed(tmp_path / "自评表.xlsx", {"unit": "甲_xD83D__xDE00_", "burden": "乙_xD83D_"})
    texts = {cell.value for cell in open_workbook(form).sheets[0].cells.values()}
    assert {"甲😀", "乙\ufffd"} <= texts


def test_a_file_of_a_name_as_long_as_linux_takes_has_outputs_beside_it(run: Run, tmp_path: Path) -> None:
    form = write(tmp_path / ("甲" * 82 + ".xlsx"), drawn())
    for call in (("score", form), ("report", form), ("score", form, "--in-place")):
        assert run(*call)[0] == OK
    assert run("check", form, "--annotate", tmp_path / "标注")[0] in (OK, FINDINGS)
    endings = ("（已计算）.xlsx", "（自评报告）.docx", "（校验结果）.xlsx", ".备份.xlsx")
    made = [path.name for path in tmp_path.rglob("*.*") if path != form]
    assert len(made) == len(endings)
    assert all(any(name.endswith(ending) for name in made) for ending in endings)


@pytest.mark.parametrize("name", ["甲" * 300, "x" * 300])
def test_a_name_too_long_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    form = write(tmp_path / "自评表.xlsx", drawn())
    output = tmp_path / f"{name}.xlsx"
    for call in (
        ("score", form, "-o", output),
        ("check", form, "--annotate", output),
        ("rollup", form, "-o", output),
        ("new", "project", "-o", output),
    ):
        status, _, notices = run(*call)
        assert status == NOT_WRITTEN and notices
    for call in (("check", output), ("rollup", output, "-o", tmp_path / "汇总.xlsx"), ("score", output)):
        assert run(*call)[0] == UNREADABLE
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]


def test_a_link_to_itself_is_refused(run: Run, tmp_path: Path) -> None:
    loop = tmp_path / "圈.xlsx"
    loop.symlink_to(loop)
    for call in (("check", loop), ("rollup", loop, "-o", tmp_path / "汇总.xlsx"), ("report", loop)):
        assert run(*call)[0] == UNREADABLE
    assert FAULT not in {run("run", "--no-window", loop)[0]}


@pytest.mark.parametrize(
    "text",
    [
        f"自评得分98分，其中{'产' * 60}（甲）90分。",
        f"一、产出指标，{'9' * 60}甲",
        f"一、{'设有' * 60}甲3个三级指标。",
        f"{'另有' * 60}甲3个指标未完成。",
    ],
)
def test_no_sentence_takes_more_than_a_moment(text: str, run: Run, tmp_path: Path) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(docx([text, "项目共设3个指标。"]))
    assert run("compare", report)[0] in (OK, FINDINGS)


def test_folders_that_cannot_be_opened_or_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    for folder in (tmp_path / "文件" / "样例", tmp_path / ("样" * 300)):
        assert run("demo", "-o", folder)[0] == NOT_WRITTEN
    source = tmp_path / "来源"
    source.mkdir()

    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    status, _, notices = run("new", "project", "--from", source, "-o", tmp_path / "新表.xlsx")
    assert status == UNREADABLE and "来源" in notices


def test_a_file_that_comes_while_forms_are_made_is_not_overwritten(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "新表.xlsx"

    def come(*_: object) -> bytes:
        output.write_bytes(b"another's")
        return b"mine"

    monkeypatch.setattr("perfxl.work.new.workbook", come)
    assert run("new", "project", "-o", output)[0] == NOT_WRITTEN
    assert output.read_bytes() == b"another's"
    assert [path.name for path in tmp_path.iterdir()] == ["新表.xlsx"]
