"""The process's log: one JSON object a line in a rotating file, every line without its secrets.

Scrubbing happens at the sink, on the finished line, so that nothing which reaches a handler can leak: message,
arguments, extras, exception texts and tracebacks alike. Times are the machine's own, in KST.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, cast

from hoga.base.clock import KST
from hoga.base.scrub import Scrubber

FILE_BYTES = 5_000_000
FILES_KEPT = 5
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Below WARNING these tell of requests and headers, one line and more for each.
_CHATTY = ("httpx", "httpcore", "websockets", "aiohttp", "asyncio", "keyring")


class JsonLine(logging.Formatter):
    """``{"at": …, "level": …, "logger": …, "text": …}`` with extras under their names and ``error`` for a traceback."""

    def __init__(self, scrubber: Scrubber) -> None:
        super().__init__()
        self._scrubber = scrubber

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": _moment(record).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": record.getMessage(),
        }
        line |= {f"{name}_" if name in line else name: value for name, value in _extras(record).items()}
        if error := _error(self, record):
            line["error"] = error
        # Learned secrets once more on the finished line: what JSON escapes may have put together.
        return self._scrubber.literals(json.dumps(self._scrubber.value(line), ensure_ascii=False))


class PlainLine(logging.Formatter):
    """``13:05:22.104 WARNING trading.outbox: text name=value`` for a person at a terminal."""

    def __init__(self, scrubber: Scrubber) -> None:
        super().__init__()
        self._scrubber = scrubber

    def format(self, record: logging.LogRecord) -> str:
        at = _moment(record).strftime("%H:%M:%S.%f")[:-3]
        extras = "".join(f" {name}={value}" for name, value in _extras(record).items())
        text = f"{at} {record.levelname} {record.name.removeprefix('hoga.')}: {record.getMessage()}{extras}"
        if error := _error(self, record):
            text += "\n" + error
        return self._scrubber.text(text)


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, KST)


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    """What was handed over by ``extra=``."""
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


def _error(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """The traceback, if there is one; and the stack, if one was asked for."""
    parts = [formatter.formatException(record.exc_info)] if record.exc_info and record.exc_info[0] else []
    return "\n".join([*parts, *([formatter.formatStack(record.stack_info)] if record.stack_info else [])])


class _Failures:
    """What a handler does when a line cannot be written (a full disk): logging's own way prints the unscrubbed
    arguments to stderr. Here the first loss is told by its kind alone, and all are counted."""

    def __init__(self) -> None:
        self.lost = 0

    def note(self, record: logging.LogRecord) -> None:
        self.lost += 1
        kind = sys.exc_info()[0]
        if self.lost == 1 and sys.stderr is not None:
            sys.stderr.write(f"hoga: the log cannot be written ({kind.__name__ if kind else 'unknown'})\n")


class _PrivateFile(RotatingFileHandler):
    """A rotating file that its owner alone may read, each new one too."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return cast("TextIOWrapper", open(self.baseFilename, self.mode, encoding=self.encoding, opener=private))


class Log:
    """A started log; ``close`` puts everything back as it was. ``lost`` counts lines that could not be written."""

    def __init__(self, handlers: list[logging.Handler], failures: _Failures, undo: list[Callable[[], None]]) -> None:
        self._handlers = handlers
        self._failures = failures
        self._undo = undo

    @property
    def lost(self) -> int:
        return self._failures.lost

    def close(self) -> None:
        root = logging.getLogger()
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        for step in reversed(self._undo):
            step()
        self._handlers, self._undo = [], []


def start_logging(
    path: Path,
    scrubber: Scrubber,
    *,
    console: TextIO | None = None,
    level: int = logging.INFO,
    console_level: int = logging.WARNING,
) -> Log:
    """Log to ``path`` (its folder is made; readable by its owner alone) and, if given, to ``console`` in plain lines.

    Python's warnings and exceptions that nobody caught, of any thread, are logged as well. Raises OSError when the
    file cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    failures = _Failures()
    to_file = _PrivateFile(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
    handlers: list[logging.Handler] = [_prepared(to_file, JsonLine(scrubber), level, failures)]
    if console is not None:
        handlers.append(_prepared(logging.StreamHandler(console), PlainLine(scrubber), console_level, failures))
    root = logging.getLogger()
    undo = [_set_level(root, min(handler.level for handler in handlers))]
    undo += [_set_level(logging.getLogger(name), logging.WARNING) for name in _CHATTY]
    for handler in handlers:
        root.addHandler(handler)
    logging.captureWarnings(True)
    undo.append(lambda: logging.captureWarnings(False))
    undo.append(_catch_uncaught())
    return Log(handlers, failures, undo)


def _prepared(
    handler: logging.Handler, formatter: logging.Formatter, level: int, failures: _Failures
) -> logging.Handler:
    handler.setFormatter(formatter)
    handler.setLevel(level)
    handler.handleError = failures.note  # type: ignore[method-assign] # else a subclass for each kind of handler
    return handler


def _set_level(logger: logging.Logger, level: int) -> Callable[[], None]:
    before = logger.level
    logger.setLevel(level)
    return lambda: logger.setLevel(before)


def _catch_uncaught() -> Callable[[], None]:
    """Exceptions that leave the main program or a thread go to the log. Returns its own undo."""
    log = logging.getLogger("hoga.uncaught")
    before, before_thread = sys.excepthook, threading.excepthook

    def main_program(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            log.critical("the program ends by an error", exc_info=(kind, error, trace))

    def thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            name = found.thread.name if found.thread else "?"
            log.critical("thread %s ended by an error", name, exc_info=found.exc_value)

    sys.excepthook, threading.excepthook = main_program, thread

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_thread

    return undo
