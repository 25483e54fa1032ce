"""Makes settings take effect at once: language, theme, font, keys, confirmation. One place, called on every change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from hoga.domain.accounts import Stakes
from hoga.ui.app_look import Look
from hoga.ui.context import Context
from hoga.ui.i18n import Translators
from hoga.ui.idle import IdleLock
from hoga.ui.settings_file import Settings, SettingsFile


class Preferences(QObject):
    """Binds a settings file to an application and its contexts. ``file.change(…)`` is all a view calls."""

    def __init__(self, app: QApplication, context: Context, path: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = SettingsFile(path, self)
        self._contexts = [context]
        self._translators = Translators(self)
        self.look = Look(app, context, self.file.now, self)
        self.idle = IdleLock(app, lambda: tuple(self._contexts), self.file, self)
        context.actions.load(self.file.now.shortcuts)
        self._apply(self.file.now)
        self.file.changed.connect(self._apply)

    @property
    def now(self) -> Settings:
        return self.file.now

    def join(self, context: Context) -> None:
        """Let one more context follow the settings."""
        self._contexts.append(context)
        context.actions.load(self.now.shortcuts)
        context.set_language(self.now.language)
        self.look.join(context)
        self._settle(context, self.now)
        self.apply_limits()

    def leave(self, context: Context) -> None:
        if context in self._contexts:
            self._contexts.remove(context)
            self.look.leave(context)

    def close(self) -> None:
        """Give the application back as it was found."""
        self.idle.close()
        self.look.close()
        self._translators.close()

    def _apply(self, settings: Settings) -> None:
        # Texts are asked for anew when the context tells, so the translators come first.
        self._translators.use(settings.language)
        for context in tuple(self._contexts):
            context.set_language(settings.language)
            context.actions.adopt(settings.shortcuts)
        self.look.apply(settings)
        self.apply_limits()
        for context in self._contexts:
            self._settle(context, settings)

    @staticmethod
    def _settle(context: Context, settings: Settings) -> None:
        practice = context.desk.account.stakes is Stakes.PRACTICE
        context.confirm_level = 0 if practice and not settings.confirm_practice else 1

    def apply_limits(self) -> None:
        """Let every open desk judge by the limits of its connection, and record the market or not."""
        for desk in {desk for context in self._contexts for desk in context.desks()}:
            if desk.market_recorder is not None:
                desk.market_recorder.switch(self.file.now.record_market)
            wanted = self.file.now.limits_of(desk.account.connection)
            if desk.limits != wanted:
                desk.set_limits(wanted)
