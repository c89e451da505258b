"""The forms that are declared: one TOML file each, whose name is the form's id.

The program's own lie in templates/xlsx; those in the office's folders come before them, and a file of the same name
takes the place of the program's. docs/forms.md describes the files.

Reading and checking need only the top of a file, before its first table: what the form is called, which version it
is, and the heads of its columns. That is parsed alone, so that the rest costs nothing there; `perfxl.template` reads
whole files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form import labels
from perfxl.form.model import Form, Kind, Origin
from perfxl.resources import resource_folder
from perfxl.settings.preferences import office_folders

_FIRST_TABLE = re.compile(r"^\[", re.MULTILINE)
_EARLIER = re.compile(rb"^earlier\b", re.MULTILINE)


class BadDeclaration(PerfxlError):
    """A declaration cannot be read, or says something that no form can be made of."""


class DeclaredForm(NamedTuple):
    """What is known of a form without reading its whole declaration.

    `columns` are the heads of its main table, without white space and brackets. `earlier` has, for each earlier
    version, the heads in which it differed: head of today → head of then, "" where there was none.
    """

    id: str
    version: int
    kind: Kind
    title: str
    source: str
    path: Path
    columns: frozenset[str]
    earlier: Mapping[int, Mapping[str, str]] = MappingProxyType({})

    @property
    def origin(self) -> Origin:
        """What a sheet made from this form is marked with."""
        return Origin(self.id, self.version)

    def columns_of(self, version: int) -> frozenset[str]:
        """The heads of the columns as a version had them."""
        differing = self.earlier.get(version, {})
        then = {differing.get(head, head) for head in self.columns}
        return frozenset(then - {""})


def declared_forms() -> dict[str, DeclaredForm]:
    """Return every declared form by id: the office's, then the program's, each in the order of their names.

    A file that cannot be read is left out; `faulty_declarations` tells of it.
    """
    return {form: top for form, path in _files().items() if isinstance(top := _tried(path), DeclaredForm)}


def faulty_declarations() -> tuple[BadDeclaration, ...]:
    """Return what is wrong with the declarations that cannot be read."""
    return tuple(fault for path in _files().values() if isinstance(fault := _tried(path), BadDeclaration))


def _tried(path: Path) -> DeclaredForm | BadDeclaration:
    try:
        return _top(path, path.stat().st_mtime_ns)
    except BadDeclaration as fault:
        return fault


def declared_form(name: str) -> DeclaredForm | None:
    """Return one declared form, None if there is none of that id; BadDeclaration if its file cannot be read."""
    path = _files().get(name)
    return None if path is None else _top(path, path.stat().st_mtime_ns)


def origin_by_structure(form: Form) -> Origin | None:
    """Return the declared form and version that a form without a mark agrees with in kind and heads; None in doubt."""
    return _by_structure(form, declared_forms().values())


def _by_structure(form: Form, among: Iterable[DeclaredForm]) -> Origin | None:
    heads = _heads_of(form)
    found = {
        Origin(declared.id, version)
        for declared in among
        if declared.kind is form.kind
        for version in (declared.version, *declared.earlier)
        if declared.columns_of(version) == heads
    }
    return found.pop() if len(found) == 1 else None


def outdated(form: Form) -> tuple[Origin, DeclaredForm] | None:
    """Return the earlier version that a form was made from, and the declared form of today; None if it is of today.

    A form without a mark is held against the earlier versions of those declared forms that have any. A declaration
    that cannot be read decides nothing here: whoever makes a form of it is told.
    """
    try:
        origin = form.origin
        if origin is None:
            paths = [path for path in _files().values() if _has_earlier(path, path.stat().st_mtime_ns)]
            origin = (
                _by_structure(form, [_top(path, path.stat().st_mtime_ns) for path in paths])
                if paths
                else None
            )
        declared = declared_form(origin.form) if origin is not None else None
    except BadDeclaration:
        return None
    if origin is None or declared is None or origin.version >= declared.version:
        return None
    return origin, declared


def missing_columns(form: Form) -> tuple[str, ...]:
    """Return the heads, in order, that a marked form lacks of those its version of the declared form has."""
    try:
        declared = declared_form(form.origin.form) if form.origin is not None else None
    except BadDeclaration:
        return ()
    if declared is None or form.origin is None:
        return ()
    if form.origin.version != declared.version and form.origin.version not in declared.earlier:
        return ()
    return tuple(sorted(declared.columns_of(form.origin.version) - _heads_of(form)))


def read_declaration(path: Path) -> dict[str, Any]:
    """Return all that a declaration says; BadDeclaration if the file cannot be read."""
    return _parsed(path, _text(path))


def _heads_of(form: Form) -> frozenset[str]:
    return frozenset(labels.core(column.label) for column in form.indicator_columns.values())


def _files() -> dict[str, Path]:
    places = (*office_folders("xlsx"), resource_folder("templates") / "xlsx")
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.glob("*.toml")):
            found.setdefault(path.stem, path)
    return found


@lru_cache(maxsize=256)
def _has_earlier(path: Path, _changed: int) -> bool:
    """Whether a declaration speaks of earlier versions: found in its bytes, since most do not."""
    try:
        return _EARLIER.search(path.read_bytes()) is not None
    except OSError:
        return False


@lru_cache(maxsize=256)
def _top(path: Path, _changed: int) -> DeclaredForm:
    """Read the top of a declaration; `_changed` is the time of its last change, so that a new one is read anew."""
    text = _text(path)
    first = _FIRST_TABLE.search(text)
    table = _parsed(path, text[: first.start()] if first else text)
    with told_of_declaration(path):
        return DeclaredForm(
            path.stem,
            int(table["version"]),
            Kind(table["kind"]),
            str(table["title"]),
            str(table["source"]),
            path,
            frozenset(_heads(table["table"], table["row"])),
            {int(entry["version"]): entry["heads"] for entry in table.get("earlier", ())},
        )


@contextmanager
def told_of_declaration(path: Path) -> Iterator[None]:
    """Raise BadDeclaration for what goes wrong while a declaration that was parsed is made something of."""
    try:
        yield
    except KeyError as error:
        raise BadDeclaration(
            f"表样文件“{path.name}”里没有写 {error.args[0]}：请照 docs/forms.md 补上。"
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadDeclaration(
            f"表样文件“{path.name}”里有写法不对的地方（{error}）：请照 docs/forms.md 改正。"
        ) from error


def _heads(table: str, row: str) -> Iterable[str]:
    """The heads of the columns that have a role, from the drawing of the table's head and the line of roles."""
    roles = _cells(row)
    for index, role in enumerate(roles):
        over = [
            cells[index] for line in table.strip().splitlines() if len(cells := _cells(line)) == len(roles)
        ]
        texts = [text for text in over if text not in ("", "<", "^")]
        if role not in ("", "<", "^") and texts:
            yield labels.core(texts[-1].replace("\\n", ""))


def _cells(line: str) -> list[str]:
    return [text.strip() for text in line.strip().strip("|").split("|")]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDeclaration(f"表样文件“{path.name}”读不出来：请另存为 UTF-8 编码的文本。") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadDeclaration(
            f"表样文件“{path.name}”的写法不对（{error}）：请照 docs/forms.md 改正。"
        ) from error
