"""Colours of the window: dark, so that the eye stays adapted to the film, and safe for the colour-blind.

They are those of Okabe and Ito; no meaning is carried by a colour alone.
"""

from __future__ import annotations

import hashlib
from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from vcf_desktop.film import StudyInfo
from vcf_desktop.review import ReaderGrade

BACKGROUND: Final = QColor(18, 19, 21)
SURFACE: Final = QColor(30, 32, 35)
RAISED: Final = QColor(44, 47, 51)
TEXT: Final = QColor(222, 224, 226)
QUIET: Final = QColor(150, 155, 160)
ACCENT: Final = QColor(86, 180, 233)
WARNING: Final = QColor(230, 159, 0)
ALARM: Final = QColor(255, 110, 60)
DONE: Final = QColor(60, 190, 140)

GRADE_COLOURS: Final = {
    ReaderGrade.NON: QColor(150, 190, 215),
    ReaderGrade.EQUIVOCAL: QColor(200, 200, 170),
    ReaderGrade.MILD: QColor(214, 206, 120),
    ReaderGrade.MODERATE: QColor(240, 170, 30),
    ReaderGrade.SEVERE: QColor(255, 100, 40),
    ReaderGrade.NOT_EVALUABLE: QColor(150, 155, 160),
}
"""Quiet to loud: readers differ most about mild deformities, so they must not alarm."""

GRADE_WIDTHS: Final = {
    ReaderGrade.NON: 1.2,
    ReaderGrade.EQUIVOCAL: 1.2,
    ReaderGrade.MILD: 1.5,
    ReaderGrade.MODERATE: 2.2,
    ReaderGrade.SEVERE: 3.2,
    ReaderGrade.NOT_EVALUABLE: 1.2,
}
"""Width of an outline in screen pixels."""

_PATIENT_COLOURS: Final = (
    QColor(0, 114, 178),
    QColor(0, 158, 115),
    QColor(166, 90, 140),
    QColor(176, 122, 0),
    QColor(120, 110, 190),
    QColor(150, 80, 50),
    QColor(70, 130, 140),
)


def patient_colour(study: StudyInfo | None) -> QColor:
    """The colour of a patient's band, always the same one for the same patient."""
    if study is None or not any(study.patient):
        return RAISED
    digest = hashlib.sha256("\0".join(map(str, study.patient)).encode()).digest()
    return _PATIENT_COLOURS[digest[0] % len(_PATIENT_COLOURS)]


def apply_theme(application: QApplication) -> None:
    """Make all widgets dark, on every platform alike."""
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setStyleSheet(_STYLE_SHEET)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: SURFACE,
        role.WindowText: TEXT,
        role.Base: BACKGROUND,
        role.AlternateBase: SURFACE,
        role.Text: TEXT,
        role.PlaceholderText: QUIET,
        role.Button: RAISED,
        role.ButtonText: TEXT,
        role.ToolTipBase: RAISED,
        role.ToolTipText: TEXT,
        role.BrightText: ALARM,
        role.Link: ACCENT,
        role.Highlight: QColor(38, 79, 110),
        role.HighlightedText: QColor(255, 255, 255),
    }
    for which, colour in colours.items():
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(105, 109, 113))
    return palette


_STYLE_SHEET: Final = f"""
QToolTip {{ color: {TEXT.name()}; background: {RAISED.name()}; border: 1px solid {QUIET.name()}; }}
QMenuBar, QToolBar, QStatusBar {{ background: {SURFACE.name()}; border: none; }}
QToolBar {{ spacing: 2px; padding: 2px; }}
QToolButton {{ padding: 3px 7px; border-radius: 3px; }}
QToolButton:checked {{ background: #264f6e; }}
QToolButton:hover:!checked {{ background: {RAISED.name()}; }}
VertebraPanel QToolButton {{ background: {RAISED.name()}; padding: 4px 6px; }}
VertebraPanel QToolButton:checked {{ background: #264f6e; }}
VertebraPanel QToolButton:hover:!checked {{ background: #3a3e43; }}
VertebraPanel QToolButton:disabled {{ background: {SURFACE.name()}; color: #696d71; }}
QSplitter::handle {{ background: {BACKGROUND.name()}; }}
QHeaderView::section {{ background: {SURFACE.name()}; color: {QUIET.name()}; border: none; padding: 3px; }}
QCheckBox::indicator, QGroupBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {QUIET.name()}; border-radius: 2px;
    background: {BACKGROUND.name()};
}}
QCheckBox::indicator:checked, QGroupBox::indicator:checked {{
    background: {ACCENT.name()}; border-color: {ACCENT.name()};
}}
QTableView, QTreeView {{ border: none; gridline-color: {RAISED.name()}; }}
"""
