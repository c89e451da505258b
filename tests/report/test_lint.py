"""The linter: which variable does not exist, what is written wrongly, and in which paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from perfxl import console
from perfxl.cli import main
from perfxl.report.lint import Unreadable, lint


def template(folder: Path, *lines: str) -> Path:
    """A template of these paragraphs, the first one blank."""
    document = Document()
    document.add_paragraph("")
    for line in lines:
        document.add_paragraph(line)
    target = folder / "模板.docx"
    document.save(str(target))
    return target


def faulty(folder: Path, *lines: str, family: str = "form") -> list[tuple[int | None, str]]:
    return [(fault.paragraph, fault.text) for fault in lint(template(folder, *lines), family)]


LOOP = ("{%p for 分组 in 指标分组 %}", "{{ 分组.名称 }}", "{%p endfor %}")


@pytest.mark.parametrize(
    "lines",
    [
        ("{{ 项目名称 }}的{{ 年度 }}年度报告",),
        LOOP,
        ("{%p for 段落 in 资金情况 %}", "{{ 段落 }}", "{%p endfor %}"),
        (
            "{%p for 组 in 指标分组 %}",
            *("{%p for 小 in 组.小组 %}", "{{ 小.名称 }}", "{%p endfor %}"),
            "{%p endfor %}",
        ),
        ("{%p if 存在问题 %}", "有问题", "{%p else %}", "没有问题", "{%p endif %}"),
        ("{% for 段落 in 存在问题 %}{{ loop.index }}. {{ 段落 }}{% endfor %}",),
        ("{% set 标题 = 项目名称 %}{{ 标题 }}",),
        ("花括号 } 和 { 不成对也没关系",),
    ],
)
def test_a_sound_template_has_no_fault(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert faulty(tmp_path, *lines) == []


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (("{{ 项目名 }}",), [2]),
        (("好", "{{ 项目名 }}和{{ 单位名 }}"), [3, 3]),
        (("{%p for 分组 in 指标组 %}", "{{ 分组 }}", "{%p endfor %}"), [2]),
        (("{%p for 分组 in 指标分组 %}", "{{ 分组.题目 }}", "{%p endfor %}"), [3]),
        ((*LOOP, "{{ 分组.名称 }}"), [5]),
        (("{{ 指标分组.名称 }}",), [2]),
        (("{{ 项目名称.__class__ }}",), [2]),
        (("{%p for 字 in 项目名称 %}", "{{ 字 }}", "{%p endfor %}"), [2]),
        (("{%p if 有没有 %}", "{%p endif %}"), [2]),
        (("{%pif 存在问题 %}", "{%p endif %}"), [2]),
        (("{%p if 存在问题 %}{%p endif %}",), [2]),
        (("{{ 项目名称 }",), [2]),
        (("前面", "{%p if 存在问题 %}", "后面"), [3]),
        (("{% 如果 存在问题 %}",), [2]),
        (("{%p endfor %}",), [2]),
    ],
)
def test_a_fault_is_named_with_its_paragraph(
    lines: tuple[str, ...], paragraphs: list[int], tmp_path: Path
) -> None:
    found = faulty(tmp_path, *lines)
    assert [paragraph for paragraph, _ in found] == paragraphs
    assert all(text in lines for _, text in found)


def test_variables_belong_to_their_family(tmp_path: Path) -> None:
    assert faulty(tmp_path, "{{ 三公总体 }}", family="final_accounts") == []
    assert faulty(tmp_path, "{{ 三公总体 }}") == [(2, "{{ 三公总体 }}")]
    assert faulty(tmp_path, "{{ 单位情况 }}", family="regional") == []


def test_tables_and_footers_are_looked_over(tmp_path: Path) -> None:
    document = Document()
    document.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "{{ 表里没有 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 页脚没有 }}"
    target = tmp_path / "模板.docx"
    document.save(str(target))
    assert [fault.text for fault in lint(target, "form")] == ["{{ 表里没有 }}", "{{ 页脚没有 }}"]


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "模板.docx"
    target.write_text("不是", encoding="utf-8")
    with pytest.raises(Unreadable):
        lint(target, "form")


def test_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound, faulted = template(tmp_path, "{{ 年度 }}"), tmp_path / "坏.docx"
    assert main(["report", "--lint", str(sound)]) == console.OK
    template(tmp_path, "{{ 年度 }}", "{{ 年 }}").rename(faulted)
    assert main(["report", "--lint", str(faulted)]) == console.FINDINGS
    assert "第3段" in capsys.readouterr().out
