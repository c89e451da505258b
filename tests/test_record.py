"""Records: fields with defaults, equality by kind and content, no later changes."""

from __future__ import annotations

from typing import ClassVar

import pytest

from perfxl.record import Record


class Point(Record):
    """A point and its mark."""

    x: int
    y: int = 0

    kind: ClassVar[str] = "point"


class Other(Record):
    """Another kind of the same content."""

    x: int
    y: int = 0


class Marked(Point):
    """A point with a mark of its own."""

    mark: str = ""

    kind = "marked"


def test_fields_are_given_in_order_or_by_name_and_may_be_left_out() -> None:
    assert (Point(1).x, Point(1).y, Point(1, 2).y, Point(y=3, x=1).y) == (1, 0, 2, 3)
    marked = Marked(1, 2, "a")
    assert (marked.x, marked.mark, marked.kind, Point(1).kind) == (1, "a", "marked", "point")


def test_equal_are_records_of_one_kind_with_one_content() -> None:
    assert Point(1) == Point(1, 0) and hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)
    assert len({Point(1), Point(1, 0), Other(1)}) == 2


def test_a_copy_may_differ_and_the_record_itself_stays() -> None:
    point = Point(1, 2)
    assert point._replace(y=5) == Point(1, 5)
    assert point == Point(1, 2)
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc]


@pytest.mark.parametrize("given", [((1, 2, 3), {}), ((), {"z": 1})])
def test_what_is_no_field_is_refused(given: tuple[tuple[int, ...], dict[str, int]]) -> None:
    with pytest.raises(TypeError):
        Point(*given[0], **given[1])
