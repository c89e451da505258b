"""A declared form read whole: its drawings, the rows of its table, and what may stand in each entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form import labels
from perfxl.form.model import Kind
from perfxl.settings.forms import (
    DeclaredForm,
    declared_form,
    declared_forms,
    read_declaration,
    told_of_declaration,
)
from perfxl.template.drawing import Drawing, parse
from perfxl.template.soundness import checked

TYPES = ("text", "long", "amount", "rate", "points", "score", "count", "choice")
_LONGEST_HINT = 255
_LONGEST_LIST = 255

Row = Mapping[str, str | Decimal]
"""What a row of the table holds, by the role of its column; "" for a blank entry."""


class UnknownForm(PerfxlError):
    """No form of that id is declared."""


class EntryKind(NamedTuple):
    """What may stand in an entry; see entries.toml."""

    type: str = "text"
    hint: str = ""
    options: tuple[str, ...] = ()
    free: bool = False


class Declaration(NamedTuple):
    """A form as declared. `widths` are in characters; `roles` names the table's columns, "" for none.

    `inputs` are the roles whose cells are filled in; the others are printed. `kinds` are the entries' own settings
    by name or role.
    """

    form: DeclaredForm
    sheet: str
    landscape: bool
    widths: tuple[float, ...]
    head: Drawing
    table: Drawing
    roles: tuple[str, ...]
    foot: Drawing
    rows: tuple[Row, ...]
    inputs: frozenset[str]
    kinds: Mapping[str, EntryKind]

    @property
    def is_list(self) -> bool:
        """Whether the table lists projects and not indicators."""
        return self.form.kind is Kind.PROJECT_LIST

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields above and below the table, by their labels, in order."""
        drawn = (*self.head.cells, *self.foot.cells)
        return tuple(dict.fromkeys(cell.name for cell in drawn if cell.name and "." not in cell.name))

    def kind(self, name: str) -> EntryKind:
        """What may stand in an entry: "项目名称", "total.budget", "goal.actual", or a column's role."""
        own, role = self.kinds.get(name), role_of(name)
        if own is not None:
            return own
        return self.kinds.get(role) or entry_kinds().get(role) or EntryKind()


def role_of(name: str) -> str:
    """The role of an entry: that of a column for "total.budget", of the vocabulary for a field of the header."""
    before, dot, after = name.partition(".")
    if dot:
        return "goal" if before == "goal" else after
    return name if name.isascii() else labels.role("header", name) or ""


def declaration(name: str) -> Declaration:
    """Return the declared form of an id; UnknownForm if there is none, BadDeclaration if its file is faulty."""
    form = declared_form(name)
    if form is None:
        known = "、".join(f"{other.id}（{other.title}）" for other in declared_forms().values())
        raise UnknownForm(f"没有“{name}”这种表。可以用：{known}。")
    return read(form)


def read(form: DeclaredForm) -> Declaration:
    """Return the whole declaration of a form; BadDeclaration if it says something that no form can be made of."""
    said = read_declaration(form.path)
    with told_of_declaration(form.path):
        return checked(
            Declaration(
                form,
                sheet=str(said["sheet"]),
                landscape=bool(said.get("landscape", False)),
                widths=tuple(float(width) for width in said["widths"]),
                head=parse(said["head"]),
                table=parse(said["table"]),
                roles=_roles(said["row"]),
                foot=parse(said.get("foot", "")),
                rows=tuple(_rows(said["rows"])),
                inputs=frozenset(said["inputs"]),
                kinds={name: entry_kind(entry) for name, entry in said.get("fields", {}).items()},
            )
        )


@lru_cache(maxsize=1)
def entry_kinds() -> Mapping[str, EntryKind]:
    """Return what may stand in an entry of each role, where a declaration says nothing else."""
    text = files(__package__).joinpath("entries.toml").read_text(encoding="utf-8")
    return {role: entry_kind(entry) for role, entry in tomllib.loads(text).items()}


def entry_kind(said: Mapping[str, Any]) -> EntryKind:
    """Return an entry's settings as a TOML table has them; ValueError (Chinese) for one that Excel would refuse."""
    kind = EntryKind(
        str(said.get("type", "text")),
        str(said.get("hint", "")),
        tuple(map(str, said.get("options", ()))),
        bool(said.get("free", False)),
    )
    if kind.type not in TYPES:
        raise ValueError(f"type 不能写“{kind.type}”，可以写：{'、'.join(TYPES)}")
    if (kind.type == "choice") != bool(kind.options):
        raise ValueError("type 是 choice 的要有 options，其他的不要")
    if any("," in option for option in kind.options) or len(",".join(kind.options)) > _LONGEST_LIST:
        raise ValueError(f"options 合起来不能超过 {_LONGEST_LIST} 个字，选项里不能有英文逗号")
    if len(kind.hint) > _LONGEST_HINT:
        raise ValueError(f"hint 不能超过 {_LONGEST_HINT} 个字：{kind.hint[:20]}…")
    return kind


def _roles(drawing: str) -> tuple[str, ...]:
    drawn = parse(drawing.replace("^", ""))
    roles = [""] * drawn.columns
    for cell in drawn.cells:
        roles[cell.column] = cell.text
    return tuple(roles)


def _rows(said: list[dict[str, Any]]) -> Iterator[Row]:
    """The rows of the table: a level that is left out is the one above, `rows` repeats a row."""
    above: dict[str, str | Decimal] = {}
    for entry in said:
        held = {
            role: Decimal(value) if isinstance(value, int) else value
            for role, value in entry.items()
            if role != "rows"
        }
        if "level1" in held:
            above.pop("level2", None)
        above |= {role: held[role] for role in ("level1", "level2") if role in held}
        for _ in range(int(entry.get("rows", 1))):
            yield above | held
