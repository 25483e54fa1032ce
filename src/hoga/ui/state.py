"""Where everything stood: window, docks, tab, columns, groups, selection. Kept by name, given back at the next start.

Views keep plain JSON values under a name of their own (``columns/pending``). A value of an older shape is the view's
to judge: it asks for the version it understands and gets None otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from hoga.base.message import Message
from hoga.ui.files import JsonFile

SCHEMA = 1
_SETTLE_MS = 700


class _Part(msgspec.Struct):
    version: int
    value: Any


class _State(msgspec.Struct):
    version: int = SCHEMA
    parts: dict[str, _Part] = {}


class StateStore(QObject):
    """Values by name, written to disk a moment after the last change and at ``flush``. Signals:

    trouble (Message): the file was damaged and set aside, or could not be written.
    """

    trouble = Signal(object)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = JsonFile(path, _State)
        state, self.first_trouble = self._file.load()
        if state is not None and state.version > SCHEMA:
            state = None
            self.first_trouble = Message("STATE_NEWER", {"file": path.name if path else ""})
        self._state = state or _State()
        self._dirty = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.flush)

    def get(self, name: str, version: int = 1) -> Any:
        """What was kept under ``name`` in this version of its shape; None when there is nothing of the kind."""
        part = self._state.parts.get(name)
        return part.value if part is not None and part.version == version else None

    def put(self, name: str, value: Any, version: int = 1) -> None:
        """Keep a JSON value (dict, list, text, whole number, bool, None)."""
        old = self._state.parts.get(name)
        if old is not None and (old.version, old.value) == (version, value):
            return
        self._state.parts[name] = _Part(version, value)
        self._dirty = True
        self._later.start(_SETTLE_MS)

    def forget(self, *names: str) -> None:
        for name in names:
            self._dirty = self._state.parts.pop(name, None) is not None or self._dirty
        self._later.start(_SETTLE_MS)

    def forget_layout(self) -> None:
        """Window, docks, columns and splits (``columns/…``, ``split/…``); lists and choices stay."""
        layout = ("window", "docks", "columns/", "split/")
        self.forget(*(name for name in self._state.parts if name.startswith(layout)))

    def flush(self) -> None:
        """Write now what was not written yet."""
        self._later.stop()
        if not self._dirty:
            return
        problem = self._file.save(self._state)
        self._dirty = problem is not None
        if problem is not None:
            self.trouble.emit(problem)
