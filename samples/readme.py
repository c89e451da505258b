"""README.md of the samples, made from the same files as the workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samples.transcription import Transcription

_KINDS = {
    "transfer": "转移支付",
    "project": "项目支出",
    "department": "部门整体",
    "project_list": "项目清单",
    "scoresheet": "自评打分表",
}

_INTRODUCTION = """\
# 样表

这里的每个工作簿都是一份公开文件中的一张绩效自评表：版式按印本排（合并单元格、标签位置、分组），
数字和错误也照印本。人名、电话已遮盖（×××、1XXXXXXXXXX）。本文件、工作簿和 `expected.json`
都由 `python -m samples.build` 生成，请勿手工修改：

- `data/`：逐表转录的数据，两份自评报告的原文；`full_texts.toml`：转录时截断的长文字；
- `catalogue.toml`：每个样表的版式和数据类型；`layouts/`：各种版式的画法；
- `findings.toml`：每个样表凭表内数字可以断定的问题；`expected.json`：同样的内容，换成了单元格地址。
  `findings` 是必须查出的，`possible` 是查出也不算错的（取决于规则宽严）。

“表内错误”一列照录核对人的意见；括号里的 PX 代码表示表内数字足以断定，检查时应当报出；
没有代码的要对照正文、外部资料或评分标准才能判断。
"""


def text(
    samples: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    forms: Mapping[str, Transcription],
    findings: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]],
) -> str:
    """Return the whole README: the table of samples, what each file is like, and the reports."""
    lines = [
        _INTRODUCTION,
        "## 一览",
        "",
        "| 文件 | 种子 | 种类 | 表 | 表内错误 | 核对无误 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for sample in samples:
        form = forms[sample["id"]]
        found = findings.get(sample["id"], {}).get("finding", [])
        kind = "project_list" if sample["layout"] == "project_list" else form.raw["kind"]
        cells = (
            sample["file"],
            sample["id"],
            f"{_KINDS[kind]} `{kind}`",
            sample["form"],
            _errors(form, found),
            "；".join(form.raw["verified_consistent"]) or "—",
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    lines += ["", "## 单元格里是什么", "", "| 种子 | 数字与文字 | 版式特点 |", "| --- | --- | --- |"]
    lines += [f"| {sample['id']} | {sample['typing']} | {sample['features']} |" for sample in samples]
    lines += ["", "## 自评报告", "", "公开的自评报告，与同名的表同属一份文件，用来试 `perfxl compare`。", ""]
    lines += ["| 文件 | 报告 | 与表核对 |", "| --- | --- | --- |"]
    lines += [f"| {report['file']} | {report['report']} | {report['differs']} |" for report in reports]
    return "\n".join(lines) + "\n"


def _errors(form: Transcription, found: Sequence[Mapping[str, Any]]) -> str:
    """Return the observed errors, numbered, each with the codes that a checker must raise for it."""
    parts = []
    for index, error in enumerate(form.raw["observed_errors"]):
        codes = sorted({item["code"] for item in found if item.get("error") == index})
        parts.append(f"{index + 1}. {error}" + (f"（**{'、'.join(codes)}**）" if codes else ""))
    parts.extend(f"另：{item['why']}（**{item['code']}**）" for item in found if "error" not in item)
    return "<br>".join(parts)
