"""PX904: figures in hidden rows, columns and sheets."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn


def test_fails_on_a_hidden_row_and_a_hidden_column() -> None:
    assert at("PX904", drawn()._replace(hidden_rows=frozenset({16}))) == {"G16": Severity.WARNING}
    assert at("PX904", drawn()._replace(hidden_columns=frozenset({7}))) == {"G6": Severity.WARNING}


def test_fails_softly_on_a_form_on_a_hidden_sheet() -> None:
    assert at("PX904", drawn(), drawn()._replace(name="附表", hidden=True)) == {"附表!A1": Severity.NOTE}


def test_passes_hidden_words_and_what_is_seen_in_part() -> None:
    assert at("PX904", drawn()) == {}
    assert at("PX904", drawn()._replace(hidden_rows=frozenset({10, 11}), hidden_columns=frozenset({8}))) == {
        "H6": Severity.WARNING
    }
    assert at("PX904", drawn(G14="^")._replace(hidden_rows=frozenset({30}))) == {}
