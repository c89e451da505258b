"""Immutable records whose classes cost nothing to make.

A data class takes half a millisecond to define, and a command that lives for a tenth of a second defines dozens. A
record has what the program uses of one: fields with defaults, equality by kind and content, no later changes. Where a
tuple will do, a named tuple is as cheap; a record is for what has a base of its own, or must not equal another kind.
"""

from __future__ import annotations

from typing import ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """The base of records: the annotated names of a subclass, but for its ClassVar ones, are its fields."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        # The annotations as written: `inspect`, which would look them up, takes as long to load as all of this saves.
        written = cls.__dict__.get("__annotations__", {})  # noqa: RUF063
        own = [name for name, kind in written.items() if "ClassVar" not in kind]
        cls._fields = (*cls._fields, *own)

    def __init__(self, *values: object, **named: object) -> None:
        given = dict(zip(self._fields, values, strict=False), **named)
        if len(values) > len(self._fields) or not given.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields)}")
        self.__dict__.update(given)

    def _replace(self, **changes: object) -> Self:
        """Return a copy with some fields changed, as a named tuple's method of that name does."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | changes)

    def _content(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is not to be changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((type(self), self._content()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"
