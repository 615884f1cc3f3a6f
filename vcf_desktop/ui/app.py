"""Starts the window."""

from __future__ import annotations

import gc
import getpass
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QCoreApplication, QLockFile, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from vcf_desktop import __version__
from vcf_desktop.errors import VcfError
from vcf_desktop.io.settings_file import load_settings
from vcf_desktop.paths import user_folder
from vcf_desktop.ui.language import install_language
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.theme import apply_theme

_log = logging.getLogger("vcf_desktop")


def run(paths: Sequence[Path]) -> int:
    """Show the window with these films, until it is closed; the exit status.

    It is 1, and no window is shown, where another one works on the same user's reviews.
    """
    # Widths of fractional scale factors stay as the user set them, and films keep their pixels.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    # OpenCV points Qt to plug-ins and fonts of its own; child processes would inherit that.
    for variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(variable, None)
    application = QApplication(sys.argv[:1])
    collector = collect_garbage_between_events()
    QCoreApplication.setApplicationName("VCF Desktop")
    QCoreApplication.setApplicationVersion(__version__)
    folder = user_folder()
    _start_log(folder)
    settings = load_settings(folder / "settings.json")
    if not settings.reader:
        # Whoever decides stands in the audit trail; until he signs with his name, by that of his login.
        settings = replace(settings, reader=_login())
    install_language(application, settings.language)
    apply_theme(application)
    lock = QLockFile(str(folder / "lock"))
    if not _take(lock):
        _tell_taken(lock)
        return 1
    sys.excepthook = show_defect
    # Qt's loop gives Python no turn to answer Ctrl+C; all but the last change is saved.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = MainWindow(folder, settings)
    window.show()
    window.window_commands.ask_intended_use()
    window.add_films(paths)
    keep_what_started()
    status = application.exec()
    collector.timer.stop()
    sys.excepthook = sys.__excepthook__
    lock.unlock()
    return status


def collect_garbage_between_events() -> GarbageCollector:
    """Have Python collect its garbage between events of Qt's loop only, as long as the collector lives.

    Python may collect wherever it makes an object: in a worker, where Qt's objects must not be destroyed, or
    while Qt holds a lock and asks for an override, where destroying one waits for that lock for ever.
    """
    return GarbageCollector()


def keep_what_started() -> None:
    """Spare the garbage collector what was made so far: it stays, and looking at it takes 40 ms a round."""
    gc.freeze()


def _login() -> str:
    """Name of the user to the system, empty where it has none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _take(lock: QLockFile) -> bool:
    """Keep other programs out; whether none is in. In a folder that nobody can write to there is no need."""
    lock.setStaleLockTime(0)  # however long the program runs; one that was killed is known by its process
    if lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError:
        return True
    process, *_ = lock.getLockInfo()
    # A power failure may leave an empty file, which Qt takes for another program's for ever.
    return not process and lock.removeStaleLockFile() and lock.tryLock(0)


def _tell_taken(lock: QLockFile) -> None:
    text = QCoreApplication.translate(
        "App", "VCF Desktop is open already, on the computer %1; go on there, or close it first."
    )
    _process, computer, _program = lock.getLockInfo()
    QMessageBox(QMessageBox.Icon.Critical, "VCF Desktop", text.replace("%1", computer)).exec()


def _start_log(folder: Path) -> None:
    """A log beside the user's reviews; films appear in it by their sha256, patients never. Best effort."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "vcf-desktop.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.info("version %s starts", __version__)


class _DefectBox(QMessageBox):
    """Tells of a defect."""


def show_defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nothing else answered: errors for the user as their sentence, a defect with where it happened."""
    where = "".join(traceback.format_tb(trace))
    # The text of a foreign error may quote a film's header; its kind and place are enough to mend it.
    _log.error("%s\n%s", kind.__name__, where)
    shown = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, _DefectBox))
    if threading.current_thread() is not threading.main_thread() or any(box.isVisible() for box in shown):
        return  # what fails at each repaint would fill the screen with boxes
    box = _DefectBox(QMessageBox.Icon.Critical, "VCF Desktop", "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    if isinstance(error, VcfError):
        box.setText(error_text(error))
    else:
        box.setText(
            QCoreApplication.translate(
                "Defect",
                "Something went wrong that the program did not foresee. "
                "Each change is saved when it is made; please report the details below.",
            )
        )
        box.setDetailedText(f"{kind.__name__}: {error}\n\n{where}")
    # The connection keeps the box, which no window may be there to own.
    box.finished.connect(lambda _: box.deleteLater())
    box.open()
