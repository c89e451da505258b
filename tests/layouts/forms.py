"""The transcribed forms as tables with roles: what each column and row means, looked up in labels.toml."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
FOLDERS = (TESTS / "data" / "forms", TESTS.parent / "samples" / "data")


def form_paths() -> dict[str, Path]:
    """The files of the transcribed forms by name, those of the samples among them."""
    return {path.stem: path for folder in FOLDERS for path in sorted(folder.glob("*.json"))}


def form_names() -> list[str]:
    """The names of the transcribed forms, without the list of faults of a text."""
    return sorted(name for name in form_paths() if not name.endswith("narrative"))


def load_form(name: str) -> dict[str, Any]:
    """Return one transcribed form as its JSON says."""
    form: dict[str, Any] = json.loads(form_paths()[name].read_text(encoding="utf-8"))
    return form


@lru_cache(maxsize=1)
def labels() -> dict[str, dict[str, dict[str, list[str]]]]:
    """labels.toml: section, role, then "synonyms" and "known"."""
    return tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))


def role_of(section: str, label: str) -> str:
    """Return the role of a label; KeyError if labels.toml does not know it."""
    for role, lists in labels()[section].items():
        if label in lists.get("synonyms", []) or label in lists.get("known", []):
            return role
    raise KeyError(f"{section}: {label}")


@dataclass(frozen=True)
class FundLine:
    """One fund row: where the money comes from, the printed label, the text of each column by role."""

    source: str
    label: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A form by roles. In `rows`, level1 and level2 are blank where the print leaves them blank."""

    kind: str
    title: str
    year: int
    header: list[tuple[str, str]]
    fund_columns: list[tuple[str, str]]
    funds: list[FundLine]
    goal_target: str
    goal_actual: str
    columns: list[tuple[str, str]]
    rows: list[dict[str, str]]
    total: dict[str, str]
    footer: list[tuple[str, str]]

    @property
    def money_unit(self) -> str:
        """The unit of the amounts: what the head says, else 万元."""
        return next(
            (text for label, text in self.header if label.endswith("单位") and text.endswith("元")), "万元"
        )

    @property
    def roles(self) -> list[str]:
        """The roles of the indicator columns in printed order."""
        return [role for role, _ in self.columns]


def table_of(form: dict[str, Any]) -> Table:
    """Return a transcribed form by roles."""
    is_list = "清单" in form["title"]
    section = "list" if is_list else "indicator"
    columns = [(role_of(section, label), label) for label in form["columns"]]
    fund_columns = [(role_of("fund", label), label) for label in form["funds"]["columns"]]
    funds = []
    for row in form["funds"]["rows"]:
        label = re.sub(
            r"\s[\d.]+$", "", row["label"]
        )  # "年度资金总额 146" of seed 002 is a label over an amount
        texts = {role: row["values"].get(name, "") for role, name in fund_columns}
        funds.append(FundLine(role_of("source", label), label, texts))
    return Table(
        kind="project_list" if is_list else form["kind"],
        title=form["title"],
        year=int(form["year"]),
        header=list(form["header"].items()),
        fund_columns=fund_columns,
        funds=funds,
        goal_target=form["goals"]["target"],
        goal_actual=form["goals"]["actual"],
        columns=columns,
        rows=[{role: row.get(label, "") for role, label in columns} for row in form["indicators"]],
        total={key: text for key, text in form["total"].items() if key in ("weight", "score") and text},
        footer=[(label, text) for label, text in form["footer"].items() if not re.fullmatch(r"注\d+", label)],
    )
