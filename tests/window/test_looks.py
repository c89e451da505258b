"""Looks and accessibility: contrast, names for screen readers, keys, the layout of a form, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from perfxl.rules.finding import Severity
from perfxl.window import icons, layout, theme
from perfxl.window.main_window import MainWindow
from perfxl.window.newdialog import NewDialog
from perfxl.window.rulesdialog import RulesDialog
from perfxl.window.settingsdialog import SettingsDialog
from perfxl.workbook.grid import Area, Position
from tests.window.conftest import PATIENCE

LEAST_CONTRAST = 4.5


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours after WCAG 2.1."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(look: theme.Theme) -> Iterator[tuple[QColor, QColor]]:
    """Every colour of words with every ground that it stands on."""
    for ground in (look.window, look.base, look.panel, look.chosen, look.head):
        yield look.text, ground
        yield look.faint, ground
    for tone in (*look.tones.values(), look.explained):
        yield from ((tone.ink, ground) for ground in (look.base, look.chosen, tone.ground))
        yield from ((look.text, ground) for ground in (tone.ground, tone.lit))
    yield look.on_accent, look.accent
    yield from ((look.accent, ground) for ground in (look.base, look.window, look.chosen))
    yield from ((look.good, ground) for ground in (look.base, look.chosen))


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(look: theme.Theme) -> None:
    assert [
        (words.name(), ground.name())
        for words, ground in pairs(look)
        if contrast(words, ground) < LEAST_CONTRAST
    ] == []


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Qt.ColorScheme.Dark)
    yield
    theme.apply(qapp, Qt.ColorScheme.Light)


def test_a_change_of_scheme_reaches_the_form(
    window: MainWindow, sample: Callable[..., Path], drop: Callable[..., None], dark: None, qtbot: QtBot
) -> None:
    drop(sample("自评表1（城乡"))
    lit = {theme.DARK.tones[severity].lit.name() for severity in Severity}
    table = window.form.table
    colours = {
        item.background().color().name()
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if (item := table.item(row, column)) is not None
    }
    assert colours & lit
    theme.apply(QApplication.instance(), Qt.ColorScheme.Light)
    light = {theme.LIGHT.tones[severity].lit.name() for severity in Severity}
    qtbot.waitUntil(lambda: table.currentItem().background().color().name() in light, timeout=PATIENCE)


def nameless(root: QWidget) -> list[str]:
    """What a person can reach and a screen reader has no name for."""
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QTabBar)
    found = []
    for widget in root.findChildren(QWidget):
        if (
            not isinstance(widget, kinds)
            or not widget.isVisible()
            or widget.focusPolicy() == Qt.FocusPolicy.NoFocus
        ):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_all_that_can_be_reached_has_a_name(
    window: MainWindow, sample: Callable[..., Path], drop: Callable[..., None]
) -> None:
    assert not nameless(window)
    drop(sample("自评表1（城乡"))
    assert not nameless(window)
    for dialog in (SettingsDialog(window), NewDialog(window), RulesDialog("", window)):
        dialog.show()
        assert not nameless(dialog)
        dialog.close()


def test_a_screen_reader_hears_findings_files_and_cells(
    window: MainWindow, sample: Callable[..., Path], drop: Callable[..., None]
) -> None:
    path = sample("自评表1（城乡")
    drop(path)
    first = window.findings.shown[0]
    said = QAccessible.queryAccessibleInterface(window.findings.list).child(0).text(QAccessible.Text.Name)
    assert first.cell in said
    assert first.message in said
    said = QAccessible.queryAccessibleInterface(window.files).child(0).text(QAccessible.Text.Name)
    assert path.name in said
    assert window.files.rows[0].verdict in said
    item = window.form.table.item(5, 4)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole).startswith("E6：3545234")


def test_tab_reaches_everything_and_comes_back(
    window: MainWindow, sample: Callable[..., Path], drop: Callable[..., None], qtbot: QtBot
) -> None:
    drop(sample("自评表1（城乡"))
    window.files.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):  # a text with links is left after the last of them
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert {window.files, window.findings.search, window.findings.list, window.form.table} <= set(seen)
    assert seen.count(window.files) > 1
    assert seen.index(window.files) < seen.index(window.findings.list) < seen.index(window.form.table)


def test_every_menu_entry_has_a_letter_and_no_key_is_given_twice(window: MainWindow) -> None:
    keys: list[str] = []
    for menu in window.menuBar().findChildren(QMenu):
        entries = [action for action in menu.actions() if not action.isSeparator()]
        letters = [action.text().partition("&")[2][:1].upper() for action in entries]
        assert all(letters)
        assert len(letters) == len(set(letters)), menu.title()
        keys += [key.toString() for action in entries for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_standard_buttons_speak_chinese(qtbot: QtBot) -> None:
    standard = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(standard.Ok | standard.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(standard.Cancel).text()


def test_pictures_are_sharp_on_every_screen() -> None:
    for name in icons.NAMES:
        picture = icons.icon(name, QColor("black"), QColor("grey"))
        for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
            pixmap = picture.pixmap(picture.availableSizes()[0], ratio)
            assert pixmap.width() >= 20 * ratio - 1
            assert pixmap.toImage().pixelColor(0, 0).alpha() == 0


class TestLayout:
    """The layout of a form, measured with a typeface of ten pixels a character and twenty a line."""

    measure = layout.Measure(
        lambda text: 10 * len(text),
        lambda text, width: 20 * sum(-(-10 * len(line) // max(width, 10)) or 1 for line in text.split("\n")),
    )

    def plan(
        self, texts: dict[Area, str], rows: int, columns: int, available: int
    ) -> tuple[dict[int, int], dict[int, int]]:
        """The widths and the heights."""
        placed: dict[Position, tuple[Area, str]] = {
            (area.top, area.left): (area, text) for area, text in texts.items()
        }
        across = layout.widths(placed, range(1, columns + 1), self.measure, available)
        return across, layout.heights(placed, range(1, rows + 1), across, self.measure)

    def test_a_small_form_fills_the_width(self) -> None:
        across, _ = self.plan({Area(1, 1, 1, 1): "项目名称", Area(1, 2, 1, 2): "救助"}, 1, 2, 800)
        assert 790 <= sum(across.values()) <= 800

    def test_long_texts_give_way_before_short_ones(self) -> None:
        long, short = "字" * 60, "分值"
        across, down = self.plan({Area(1, 1, 1, 1): long, Area(1, 2, 1, 2): short}, 1, 2, 200)
        assert sum(across.values()) <= 201
        assert across[2] >= 20 + layout.PADDING_X
        assert down[1] > 40

    def test_a_text_over_merged_rows_makes_them_high_enough(self) -> None:
        across, down = self.plan({Area(1, 1, 3, 1): "字" * 70}, 3, 1, 100)
        needed = self.measure.height("字" * 70, across[1] - layout.PADDING_X) + layout.PADDING_Y
        assert sum(down.values()) >= min(needed, layout.MOST_HEIGHT)

    def test_hidden_columns_leave_no_room(self) -> None:
        texts: dict[Position, tuple[Area, str]] = {(1, 1): (Area(1, 1, 1, 3), "标题")}
        assert set(layout.widths(texts, [1, 3], self.measure, 300)) == {1, 3}
