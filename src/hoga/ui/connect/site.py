"""What the connections dialog stands on: with a desk it follows its window, without one it gets on by itself.

It must open when nothing else does: a person whose only connection cannot be opened mends it here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from hoga.base.message import Language, Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.trading.connections import Connections
from hoga.ui.context import Context, Event
from hoga.ui.theme.tokens import Scheme, Tokens, UpDown, tokens

Words = Callable[[Message, Language], str]


class Site(QObject):
    """Signals:

    changed: the language, the theme or the palette is another; show everything anew.
    """

    changed = Signal()

    def __init__(
        self,
        connections: Connections,
        tasks: TaskOwner,
        words: Words,
        language: Language,
        scheme: Scheme = Scheme.LIGHT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.connections = connections
        self.language, self.scheme, self.up_down = language, scheme, UpDown.KOREA
        self._tasks = tasks
        self._words = words
        self._context: Context | None = None

    @classmethod
    def of(cls, context: Context, connections: Connections) -> Site:
        """The same language, theme, tasks and toasts as the window of ``context``."""
        site = cls(connections, context.tasks, context.words, context.language, context.scheme, context)
        site.follow(context)
        return site

    def follow(self, context: Context) -> None:
        """Look and speak like this window from now on."""
        if self._context is not None:
            self._context.language_changed.disconnect(self._follow)
            self._context.look_changed.disconnect(self._follow)
        self._context = context
        context.language_changed.connect(self._follow)
        context.look_changed.connect(self._follow)
        self._follow()

    def leave(self) -> None:
        """The window is gone: stay as it was."""
        if self._context is not None:
            self._context.language_changed.disconnect(self._follow)
            self._context.look_changed.disconnect(self._follow)
            self._context = None

    @property
    def tokens(self) -> Tokens:
        return tokens(self.scheme, self.up_down)

    def worded(self, message: Message) -> str:
        """The sentence and, after a middle dot, what to do."""
        words = self._words if self._context is None else self._context.words
        return words(message, self.language)

    def do(self, name: str, work: Coroutine[Any, Any, Any], busy: Busy = Busy.DROP) -> asyncio.Task[Any] | None:
        """Run a command; a second one of the same name is dropped by default while the first runs."""
        return self._tasks.start(name, work, busy=busy)

    def say(self, text: str) -> None:
        """A short word in the corner of the window, where there is one."""
        if self._context is not None:
            self._context.say(Event.NOTE, text, merge=text, account="")

    def _follow(self) -> None:
        context = self._context
        if context is not None:
            self.language, self.scheme, self.up_down = context.language, context.scheme, context.up_down
        self.changed.emit()
