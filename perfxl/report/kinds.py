"""The kinds of report: what templates/docx/kinds.toml registers, and which of them a form gets.

An office's own folder comes first: its templates replace the bundled ones of the same name or title, and its
kinds.toml adds kinds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form, Kind
from perfxl.resources import resource_folder
from perfxl.settings.parameters import Settings, settings_for
from perfxl.settings.preferences import office_folders

_FALLBACK = "project"
_REGISTRY = "kinds.toml"


class NoReport(PerfxlError):
    """No report can be drafted from this form, or the kind asked for is not known."""


class ReportKind(NamedTuple):
    """One kind of report. `family` says whose variables its template may name."""

    name: str
    title: str
    template: Path
    family: str
    forms: tuple[Kind, ...]
    places: tuple[str, ...]
    source: str


def report_kinds() -> dict[str, ReportKind]:
    """Return the registered kinds by name, in the registry's order, an office's own after the bundled ones.

    Raises NoReport where an office's registry cannot be read.
    """
    kinds = {kind.name: kind for kind in _registered(resource_folder("templates") / "docx")}
    for folder in reversed(office_folders("docx")):
        own = {kind.name: kind for kind in _registered(folder)} if (folder / _REGISTRY).is_file() else {}
        kinds = {
            name: kind._replace(template=_own_template(folder, kind) or kind.template)
            for name, kind in {**kinds, **own}.items()
        }
    return kinds


def named_kind(wanted: str) -> ReportKind:
    """Return the kind of that name or title; NoReport names those there are."""
    kinds = report_kinds()
    found = kinds.get(wanted) or next((kind for kind in kinds.values() if kind.title == wanted), None)
    if found is None:
        known = "、".join(f"{kind.name}（{kind.title}）" for kind in kinds.values())
        raise NoReport(f"没有“{wanted}”这种报告。可以用：{known}。")
    return found


def choose(
    form: Form, wanted: str | None, settings: Settings | None = None
) -> tuple[ReportKind, tuple[str, ...]]:
    """Return the kind of report for a form, and notices (Chinese) on the choice.

    `wanted` is the kind asked for, or None for the form's own; `settings` are those of its place. Raises NoReport
    for a form without indicators (a project list), and for a kind that is not registered.
    """
    asked = named_kind(wanted) if wanted is not None else None
    if form.kind is Kind.PROJECT_LIST:
        raise NoReport(
            f"工作表“{form.sheet}”是分项绩效项目清单，不能起草自评报告。请选择装有自评表的工作表。"
        )
    if not form.indicators:
        raise NoReport(f"工作表“{form.sheet}”里没有读到绩效指标，不能起草自评报告。请核对这是不是自评表。")
    if asked is not None:
        return asked, ()
    place = (settings or settings_for(form)).jurisdiction
    kinds = report_kinds()
    for kind in kinds.values():
        if form.kind in kind.forms and (not kind.places or place in kind.places):
            return kind, ()
    fallback = kinds[_FALLBACK]
    return fallback, (f"没有认出这是哪一种自评表，暂按“{fallback.title}”的提纲起草；可用 --kind 指定。",)


def _registered(folder: Path) -> Iterator[ReportKind]:
    path = folder / _REGISTRY
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        for name, entry in entries.items():
            yield ReportKind(
                name,
                entry["title"],
                folder / entry["template"],
                entry["family"],
                tuple(Kind(form) for form in entry["forms"]),
                tuple(entry.get("places", ())),
                entry["source"],
            )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise NoReport(
            f"报告登记表“{path}”的写法不对（{error}）：请对照程序自带的 kinds.toml 改正。"
        ) from error


def _own_template(folder: Path, kind: ReportKind) -> Path | None:
    names = (kind.template.name, f"{kind.title}.docx")
    return next((folder / name for name in names if (folder / name).is_file()), None)
