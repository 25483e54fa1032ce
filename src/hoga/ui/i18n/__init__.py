"""Korean and English, switched while the window is open. English is what the sources say, Korean comes from .qm."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QObject, QTranslator

from hoga.base.message import Language

OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Shortcut"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
"""Texts of Qt's file dialog that its own Korean leaves out: they get theirs with the frame's."""


class Translators(QObject):
    """Holds the translators of one application; ``use`` installs those of a language and removes the others."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []
        self.language = Language.EN

    def use(self, language: Language) -> None:
        """From now on ``tr`` answers in ``language``. What is shown already asks again when it hears of the change."""
        if language is self.language:
            return
        self.language = language
        app = QCoreApplication.instance()
        if app is None:
            return
        for translator in self._installed:
            app.removeTranslator(translator)
        self._installed = [] if language is Language.EN else _load(language, self)
        for translator in self._installed:
            app.installTranslator(translator)

    def close(self) -> None:
        self.use(Language.EN)


def _load(language: Language, parent: QObject) -> list[QTranslator]:
    """Qt's own texts first, so that ours win over them."""
    loaded = []
    qt = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(f"qtbase_{language.value}", folder):
        loaded.append(qt)
    for file in sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(f"_{language.value}.qm"):
            continue
        ours = QTranslator(parent)
        with resources.as_file(file) as path:
            if ours.load(str(path)):
                loaded.append(ours)
    return loaded
