"""The window's languages: Qt's own translation, one compiled file a language in the resources."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from vcf_desktop.paths import resources_folder
from vcf_desktop.report_texts import LANGUAGES
from vcf_desktop.settings import Language

_log = logging.getLogger(__name__)

_LOCALES: Final = {
    Language.ENGLISH: QLocale(QLocale.Language.English),
    Language.GERMAN: QLocale(QLocale.Language.German),
    Language.FRENCH: QLocale(QLocale.Language.French),
    Language.SPANISH: QLocale(QLocale.Language.Spanish),
    Language.CHINESE: QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  # lupdate looks for this name
    """The text itself, marked for translation; Qt's own function of this name is typed as any object."""
    return text


def translate(context: str, text: str) -> str:
    """A text that was marked with :func:`QT_TRANSLATE_NOOP`, in the user's language."""
    return QCoreApplication.translate(context, text)


def install_language(application: QCoreApplication, language: Language) -> None:
    """Translate all texts from now on, and write numbers and dates as the language does.

    A language without a file of its own, as the system's may be, leaves English.
    """
    locale = QLocale.system() if language is Language.SYSTEM else _LOCALES[language]
    QLocale.setDefault(locale)
    texts = _of_texts(locale)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.setParent(None)
    own, of_qt = QTranslator(application), QTranslator(application)
    # Buttons in a language that the rest of the window does not speak would be odd.
    if own.load(texts, "vcf_desktop", "_", str(resources_folder() / "translations")):
        application.installTranslator(own)
        if of_qt.load(texts, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(of_qt)


def report_language(chosen: Language) -> str:
    """Which of :data:`vcf_desktop.report_texts.LANGUAGES` is chosen for reports.

    Where none is, it is the window's, or English where there are no reports in that.
    """
    if chosen is not Language.SYSTEM:
        return chosen.value
    name = _of_texts(QLocale()).name()
    return next((code for code in (name, name.partition("_")[0]) if code in LANGUAGES), "en")


def _of_texts(locale: QLocale) -> QLocale:
    """The locale whose texts are read where this one is spoken."""
    if (
        locale.language() is QLocale.Language.Chinese
        and locale.script() is QLocale.Script.SimplifiedHanScript
    ):
        return _LOCALES[Language.CHINESE]  # Singapore reads the same
    return locale
