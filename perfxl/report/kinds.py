"""The kinds of report: what templates/docx/kinds.toml registers, and which of them a form gets."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form, Kind
from perfxl.resources import resource_folder

_FALLBACK = "project"
_FORM_NAMES = {
    Kind.TRANSFER: "转移支付绩效目标自评表",
    Kind.DEPARTMENT: "部门整体支出绩效自评表",
    Kind.SCORESHEET: "自评打分表",
    Kind.UNKNOWN: "这种自评表",
}


class NoReport(PerfxlError):
    """No report can be drafted from this form, or the kind asked for is not known."""


class ReportKind(NamedTuple):
    """One kind of report."""

    name: str
    title: str
    template: Path
    forms: tuple[Kind, ...]
    source: str


@lru_cache(maxsize=1)
def report_kinds() -> dict[str, ReportKind]:
    """Return the registered kinds by name, in the registry's order."""
    folder = resource_folder("templates") / "docx"
    with (folder / "kinds.toml").open("rb") as file:
        registered = tomllib.load(file)
    return {
        name: ReportKind(
            name,
            entry["title"],
            folder / entry["template"],
            tuple(Kind(form) for form in entry["forms"]),
            entry["source"],
        )
        for name, entry in registered.items()
    }


def choose(form: Form, wanted: str | None) -> tuple[ReportKind, tuple[str, ...]]:
    """Return the kind of report for a form, and notices (Chinese) on the choice.

    `wanted` is the kind asked for, or None for the form's own. Raises NoReport for a form without
    indicators (a project list), and for a kind that is not registered.
    """
    kinds = report_kinds()
    if wanted is not None and wanted not in kinds:
        known = "、".join(f"{kind.name}（{kind.title}）" for kind in kinds.values())
        raise NoReport(f"没有“{wanted}”这种报告。可以用：{known}。")
    if form.kind is Kind.PROJECT_LIST:
        raise NoReport(
            f"工作表“{form.sheet}”是分项绩效项目清单，不能起草自评报告。请选择装有自评表的工作表。"
        )
    if not form.indicators:
        raise NoReport(f"工作表“{form.sheet}”里没有读到绩效指标，不能起草自评报告。请核对这是不是自评表。")
    if wanted is not None:
        return kinds[wanted], ()
    own = next((kind for kind in kinds.values() if form.kind in kind.forms), None)
    if own is not None:
        return own, ()
    fallback = kinds[_FALLBACK]
    return fallback, (f"{_FORM_NAMES[form.kind]}还没有专用的报告提纲，暂按“{fallback.title}”的提纲起草。",)
