"""Nothing fails in silence: exceptions that nobody caught, and what Qt complains of, go to the log.

Four ways out are covered: the interpreter's, threads', the event loop's and Qt's messages. A crash of the process
itself leaves its stack in ``crash.log`` beside the log.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
ErrorSink = Callable[[str, BaseException], None]


@contextmanager
def failures_logged(crash_file: Path, loop: asyncio.AbstractEventLoop, tell: ErrorSink) -> Iterator[None]:
    """While the block runs, whatever nobody caught is logged and handed to ``tell(where, error)``."""

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        tell("slot", error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            name = args.thread.name if args.thread else "?"
            _log.critical("thread %s ended by this", name, exc_info=args.exc_value)

    def in_loop(_loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        error = told.get("exception")
        _log.critical("the loop says: %s", told.get("message"), exc_info=error)
        if isinstance(error, BaseException):
            tell("loop", error)

    before, threads_before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = uncaught, in_thread
    loop.set_exception_handler(in_loop)
    qt_before = qInstallMessageHandler(_from_qt)
    crash_file.parent.mkdir(parents=True, exist_ok=True)
    with crash_file.open("a") as crashes:
        faulthandler.enable(crashes)
        try:
            yield
        finally:
            faulthandler.disable()
            qInstallMessageHandler(qt_before)
            loop.set_exception_handler(None)
            sys.excepthook, threading.excepthook = before, threads_before


def _from_qt(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)
