"""The desk in a window: opens the parts behind a small opening window, shows the desk, and takes all of it down.

One task lives as long as the desk. Closing the window sets an event; that task then ends what it began, in reverse.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from hoga.app.connections import NothingOpen, first_shown, open_connections
from hoga.app.desk_window import DeskView
from hoga.app.failures import failures_logged
from hoga.app.options import DeskOptions
from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.storage.errors import FolderLocked, StorageError
from hoga.ui.app_look import application_font, choose_font
from hoga.ui.i18n import Translators
from hoga.ui.loop import DeskLoop
from hoga.ui.opening import Answer, Opening
from hoga.ui.settings_file import SettingsFile

_log = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


SETTINGS = "settings.json"
"""Language, theme, sounds, keys: in the desk's folder, beside its journal."""
STATE = "window.json"
"""Where windows, columns and selections stood."""


def application() -> QApplication:
    """The one QApplication, named for the system. Made at the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setApplicationName("hoga")
    QApplication.setDesktopFileName("hoga")
    return QApplication(sys.argv[:1])


def run(options: DeskOptions, language: Language | None) -> int:
    """Open the window and return the exit code once it has been closed and everything behind it has ended."""
    app = application()
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        crash_file = options.desk / "logs" / "crash.log"
        with failures_logged(crash_file, loop, lambda where, error: None):
            code: int = loop.run_until_complete(_live(app, options, language))
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


async def _live(app: QApplication, options: DeskOptions, language: Language | None) -> int:
    settings = SettingsFile(options.desk / SETTINGS)
    if language is not None:
        settings.change(language=language)
    app.setFont(application_font(choose_font(), settings.now.font_percent))
    translators = Translators(app)
    translators.use(settings.now.language)
    opening = Opening()
    opening.show()
    try:
        while True:
            failed = await _until_left(app, options, opening, translators)
            if failed is None:
                return 0
            _log.error("the desk could not be opened: %s", failed)
            if await opening.ask(words(failed, settings.now.language)) is Answer.LEAVE:
                return 1
            opening.working()
    finally:
        translators.close()
        opening.deleteLater()


async def _until_left(
    app: QApplication, options: DeskOptions, opening: Opening, translators: Translators
) -> Message | None:
    """Open the desk and return when it was left; a message: why it could not be opened."""
    desk = asyncio.create_task(_desk(app, options, opening, translators), name="desk")
    with _asked_to_end(desk.cancel):
        opening.left.clear()
        gone = asyncio.create_task(opening.left.wait(), name="opening left")
        try:
            await asyncio.wait((desk, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and opening.isHidden() and not desk.done():
                desk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await desk
            return None
        except (FolderLocked, StorageError, NothingOpen) as error:
            return error.message
        finally:
            gone.cancel()
            desk.cancel()
            await asyncio.gather(gone, desk, return_exceptions=True)


async def _desk(app: QApplication, options: DeskOptions, opening: Opening, translators: Translators) -> None:
    async with open_connections(options) as connections:
        shown = await first_shown(connections)
        translators.close()  # from here on the desk's preferences say which language
        view = DeskView(app, shown, options.desk / SETTINGS, options.desk / STATE)
        try:
            view.show()
            opening.hide()
            await view.left.wait()
        finally:
            await view.aclose()


@contextmanager
def _asked_to_end(end: Callable[[], object]) -> Iterator[None]:
    """Ctrl+C in the terminal and a polite kill close the window like its own button does."""
    loop = asyncio.get_running_loop()
    before = {one: signal.signal(one, lambda *_: loop.call_soon_threadsafe(end)) for one in _SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
