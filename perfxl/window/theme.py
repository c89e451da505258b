"""Colours and type, light and dark. Every text colour has a contrast of at least 4.5 on the grounds it stands on."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from perfxl.rules.finding import Finding, Severity

FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
_WITH_SYSTEM_FONTS = (
    "QAbstractItemView, QHeaderView, QMenu, QMenuBar, QMessageBox, QToolTip, QStatusBar, QToolButton"
)
"""Widgets for which Windows has a typeface of its own: too small for Chinese, and back with every change there."""
SMALLEST, USUAL, LARGEST = 8, 10, 18
"""Sizes of type in points."""


class Tone(NamedTuple):
    """What says a severity: the colour of its words, its pale ground, and the strong ground of a lit cell."""

    ink: QColor
    ground: QColor
    lit: QColor


class Theme(NamedTuple):
    """The colours of one scheme. `faint` is for what is said beside the main thing; `line` is for rules only."""

    window: QColor
    base: QColor
    panel: QColor
    text: QColor
    faint: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    chosen: QColor
    head: QColor
    good: QColor
    explained: Tone
    tones: dict[Severity, Tone]

    def tone(self, finding: Finding) -> Tone:
        """The colours of a finding."""
        return self.explained if finding.explanation else self.tones[finding.severity]


def _tone(ink: str, ground: str, lit: str) -> Tone:
    return Tone(QColor(ink), QColor(ground), QColor(lit))


LIGHT = Theme(
    window=QColor("#f3f4f6"),
    base=QColor("#ffffff"),
    panel=QColor("#fafbfc"),
    text=QColor("#1c2127"),
    faint=QColor("#565f6b"),
    line=QColor("#d9dde3"),
    accent=QColor("#0f5aa8"),
    on_accent=QColor("#ffffff"),
    chosen=QColor("#e6f0fa"),
    head=QColor("#eef1f5"),
    good=QColor("#19693a"),
    explained=_tone("#565f6b", "#eef1f5", "#d3dae3"),
    tones={
        Severity.ERROR: _tone("#b3261e", "#fdeceb", "#f7b9b4"),
        Severity.WARNING: _tone("#8a4b00", "#fdf1dc", "#f9d792"),
        Severity.NOTE: _tone("#1f5c99", "#e9f2fb", "#b5d6f5"),
    },
)
DARK = Theme(
    window=QColor("#202327"),
    base=QColor("#17191c"),
    panel=QColor("#1c1f23"),
    text=QColor("#e7e9ec"),
    faint=QColor("#a9b1bb"),
    line=QColor("#3a3f46"),
    accent=QColor("#7db7f2"),
    on_accent=QColor("#0b1a2a"),
    chosen=QColor("#243447"),
    head=QColor("#262a2f"),
    good=QColor("#7fd19b"),
    explained=_tone("#a9b1bb", "#262a2f", "#47505b"),
    tones={
        Severity.ERROR: _tone("#ff9f97", "#3a2221", "#7d2d28"),
        Severity.WARNING: _tone("#f2bd6b", "#392c17", "#6b4a10"),
        Severity.NOTE: _tone("#8fc1f3", "#1d2d3e", "#1f4d7c"),
    },
)


_current = LIGHT
_points = USUAL


def current() -> Theme:
    """The theme that was applied last."""
    return _current


def apply(app: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Give the application palette and style sheet of a scheme; without one, of the system's."""
    global _current
    chosen = scheme or QGuiApplication.styleHints().colorScheme()
    _current = DARK if chosen is Qt.ColorScheme.Dark else LIGHT
    app.setPalette(_palette(_current))
    app.setStyleSheet(_sheet(_current))


def set_type(app: QApplication, points: int) -> None:
    """Give the application its typeface, in points."""
    global _points
    chosen = font(points)
    _points = chosen.pointSize()
    app.setStyleSheet("")  # Qt passes a new typeface on only to widgets without a style sheet
    app.setFont(chosen)
    app.setStyleSheet(_sheet(_current))


def line_height(metrics: QFontMetrics) -> int:
    """The height of a line of Chinese, which may come from another typeface than the one that was asked for."""
    return metrics.boundingRect(QRect(0, 0, 1000, 1000), 0, "国g").height()


def font(points: int) -> QFont:
    """The typeface of everything, in points."""
    chosen = QFont()
    chosen.setFamilies(list(FAMILIES))
    chosen.setPointSize(min(max(points, SMALLEST), LARGEST))
    return chosen


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.faint,
        role.Button: theme.window,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.BrightText: theme.tones[Severity.ERROR].ink,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.base,
        role.Midlight: theme.head,
        role.Mid: theme.line,
        role.Dark: theme.line.darker(130),
        role.Shadow: theme.line.darker(200),
    }.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, _between(theme.faint, theme.window))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.line)
    return palette


def _between(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )


def _sheet(theme: Theme) -> str:
    """The style sheet; only what the palette cannot say."""
    line, base, text, faint = (colour.name() for colour in (theme.line, theme.base, theme.text, theme.faint))
    accent, head, chosen, window = (
        colour.name() for colour in (theme.accent, theme.head, theme.chosen, theme.window)
    )
    on_accent = theme.on_accent.name()
    families = ", ".join(f'"{name}"' for name in FAMILIES)
    return f"""
    {_WITH_SYSTEM_FONTS} {{ font-family: {families}; font-size: {_points}pt; }}
    QToolTip {{ color: {text}; background: {base}; border: 1px solid {line}; padding: 4px 6px; }}
    QMenuBar {{ background: {window}; padding: 2px 4px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {chosen}; color: {text}; }}
    QToolBar {{ background: {window}; border: 0; border-bottom: 1px solid {line}; padding: 4px 8px; spacing: 4px; }}
    QToolBar QToolButton {{ padding: 6px 12px; border: 1px solid transparent; border-radius: 6px; }}
    QToolBar QToolButton:hover {{ background: {chosen}; }}
    QToolBar QToolButton:pressed {{ background: {head}; }}
    QToolBar QToolButton:focus {{ border-color: {accent}; }}
    QSplitter::handle {{ background: {line}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    QListView, QTableView, QTreeView {{ border: 0; background: {base}; outline: 0; }}
    QTableView {{ gridline-color: {line}; }}
    QHeaderView::section {{ background: {head}; color: {faint}; border: 0; border-right: 1px solid {line};
        border-bottom: 1px solid {line}; padding: 2px 6px; }}
    QTableCornerButton::section {{ background: {head}; border: 0; }}
    QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton {{ padding: 5px 16px; border: 1px solid {line}; border-radius: 6px; background: {base};
        color: {text}; }}
    QPushButton:hover {{ border-color: {accent}; }}
    QPushButton:pressed {{ background: {chosen}; }}
    QPushButton:focus {{ border: 2px solid {accent}; padding: 4px 15px; }}
    QPushButton:disabled {{ color: {faint}; background: {window}; }}
    QPushButton:default, QPushButton#main {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
    QPushButton:default:focus, QPushButton#main:focus {{ border-color: {text}; }}
    QPushButton#main, QPushButton#plain {{ padding: 7px 20px; }}
    QPushButton#main:focus, QPushButton#plain:focus {{ padding: 6px 19px; }}
    QPushButton#chip {{ padding: 3px 10px; border-radius: 11px; background: {base}; color: {faint}; }}
    QPushButton#chip:checked {{ background: {chosen}; color: {text}; border-color: {accent}; }}
    QPushButton#chip:focus {{ border: 2px solid {accent}; padding: 2px 9px; }}
    QPushButton#chip:disabled {{ color: {faint}; background: transparent; border-color: transparent; }}
    QListWidget::item:selected {{ background: {chosen}; color: {text}; }}
    QTextBrowser {{ border: 0; background: {base}; }}
    QLabel#heading {{ font-weight: 600; }}
    QLabel#faint {{ color: {faint}; }}
    QFrame#bar {{ background: {base}; border: 0; border-bottom: 1px solid {line}; }}
    QLabel#note {{ color: {faint}; background: {base}; padding: 40px 28px; }}
    QLabel#scope {{ color: {faint}; background: {base}; border-top: 1px solid {line}; padding: 7px 12px; }}
    QFrame#outputs {{ background: {chosen}; border: 0; border-bottom: 1px solid {line}; }}
    QLineEdit {{ padding: 4px 8px; border: 1px solid {line}; border-radius: 6px; background: {base}; }}
    QLineEdit:focus {{ border-color: {accent}; }}
    QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
    QStatusBar::item {{ border: 0; }}
    """
