"""The first moments of the desk: its window stands before anything that trades is loaded.

What a start needs at once is little: the settings, where the window stood, and a font. Everything else is loaded while
the window can be seen already.
"""

from __future__ import annotations

import builtins
import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from hoga.app.options import SETTINGS, DeskOptions
from hoga.base.message import Language

if TYPE_CHECKING:
    from hoga.ui.shell import Shell

STATE = "window.json"
"""Where windows, columns and selections stood."""
_MADE_MS = 10_000
"""A window is made by then, whatever it shows."""
_PARTS = (
    "hoga.ui.loop",
    "hoga.trading.facade",
    "hoga.broker.transport",
    "hoga.app.building",
    "hoga.app.connections",
    "hoga.app.window",
)
"""What connections are made of, in parts of about a tenth of a second: between them the window answers."""
_REST = (
    "hoga.ui.actions",
    "hoga.ui.context",
    "hoga.ui.header",
    "hoga.ui.tables.words",
    "hoga.ui.quote",
    "hoga.ui.tabs",
    "hoga.ui.search",
    "hoga.ui.banner.questions",
    "hoga.ui.banner",
    "hoga.ui.watch.row_paint",
    "hoga.ui.watch",
    "hoga.ui.status",
    "hoga.ui.window",
    "hoga.ui.plan",
    "hoga.app.desks_view",
    "hoga.ui.order.market",
    "hoga.ui.chart",
)
"""What windows are made of, in parts of some milliseconds: between them the connections get on, which wait for their
brokers most of the time. What is left to be done when they are open is what a person waits for."""
_MOMENT = 0.001
"""Seconds between two of them: enough to hear what a broker has answered."""
_LATER = (
    "cryptography.hazmat.primitives.ciphers",
    "cryptography.hazmat.primitives.padding",
    "hoga.broker.kiwoom.decode_rest",
    "hoga.broker.kiwoom.market_reads",
    "hoga.broker.kiwoom.pushes",
    "hoga.broker.kiwoom.stream",
    "hoga.broker.kiwoom.adapter",
    "hoga.ui.rescue.account",
    "hoga.ui.rescue.window",
    "hoga.ui.limits.editor",
    "hoga.ui.settings.dialog",
)
"""What the first prices do not need, in parts that hold up no frame: whoever opens it waits for none of it."""
_BREATH = 0.02
"""Seconds between two of them."""


def application() -> QApplication:
    """The one QApplication, named for the system. Made at the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    _import_without_reading_sources()
    QCoreApplication.setApplicationName("hoga")
    QApplication.setDesktopFileName("hoga")
    return QApplication(sys.argv[:1])


def _import_without_reading_sources() -> None:
    """PySide reads, and keeps, the source of every module that is imported after it, to find out whether it asks for
    PySide's other spellings of names. Ours never do: Python's own import is put back, as PySide keeps it. A fifth of
    the start and 20 MiB."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


def run(options: DeskOptions, language: Language | None, replay: Path | None = None) -> int:
    """Open the window and return the exit code once it has been closed and everything behind it has ended."""
    gc.disable()
    try:
        return _run(application(), options, language, replay)
    finally:
        gc.enable()


def _run(app: QApplication, options: DeskOptions, language: Language | None, replay: Path | None) -> int:
    shell = _threshold(app, options, language)
    if not _loaded(app, shell):
        return 0
    import asyncio

    from hoga.app.failures import failures_logged
    from hoga.app.window import live
    from hoga.ui.loop import DeskLoop

    QTimer.singleShot(_MADE_MS, _look_for_garbage)
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        crash_file = options.desk / "logs" / "crash.log"
        with failures_logged(crash_file, loop, lambda where, error: None):
            code: int = loop.run_until_complete(live(app, options, language, replay, shell))
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


def _loaded(app: QApplication, shell: Shell) -> bool:
    """Load what connections are made of while the window is seen. False: it was closed meanwhile."""
    for part in _PARTS:
        import_module(part)
        app.processEvents()
        if shell.isHidden():
            shell.close_for_good()
            return False
    return True


async def load_the_rest() -> None:
    """Load what windows are made of, while the connections wait for their brokers."""
    import asyncio

    for part in _REST:
        import_module(part)
        await asyncio.sleep(_MOMENT)


def _look_for_garbage() -> None:
    """From now on, but never in what the start has made. That stays to the end: while it was made there was nothing to
    be found in it, which took a tenth of a second, and a later search through all of it would hold up an order."""
    gc.freeze()
    gc.enable()


async def load_later() -> None:
    """Load the rest of the rest, while the window is in use already."""
    import asyncio

    _look_for_garbage()
    for part in _LATER:
        await asyncio.sleep(_BREATH)
        import_module(part)


def _threshold(app: QApplication, options: DeskOptions, language: Language | None) -> Shell:
    """The window in its place, painted with what is known of it from the last time."""
    from hoga.ui.app_look import application_font, choose_font, scheme_of
    from hoga.ui.i18n import Translators
    from hoga.ui.outline import kept_outline
    from hoga.ui.page import Page
    from hoga.ui.settings_file import SettingsFile
    from hoga.ui.shell import Shell
    from hoga.ui.state import StateStore
    from hoga.ui.theme.tokens import tokens
    from hoga.ui.threshold import Threshold

    settings = SettingsFile(options.desk / SETTINGS).now
    state = StateStore(options.desk / STATE)
    app.setFont(application_font(choose_font(), settings.font_percent))
    translators = Translators(app)
    translators.use(language or settings.language)
    kept = state.get("tab")
    tab = next((page for page in Page if page.value == kept), Page.QUOTE)
    shell = Shell(state, Threshold(kept_outline(state), tokens(scheme_of(app, settings), settings.up_down), tab))
    shell.setWindowTitle(shell.tr("hoga"))
    shell.show()
    app.processEvents()
    translators.close()
    return shell
