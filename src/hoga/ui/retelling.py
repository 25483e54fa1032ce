"""News that every widget has an answer to, told without holding up a frame: another language, another look.

What is seen hears it at once. What is hidden (a tab that is not shown, a folded part) hears it a little later, in
pieces between the frames, and at the latest when it is shown.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_EVERY_MS = 8
_PIECE_S = 0.003
"""Of a frame's 16 ms; one long answer may take more."""
_FEW = 64


class _Ear(QObject):
    """One who is told, as Qt tells: it is forgotten when its object goes, and an error of one is not another's."""

    told = Signal()

    def __init__(self, slot: Any, parent: QObject) -> None:
        super().__init__(parent)
        owner = getattr(slot, "__self__", None)
        self._owner = None if owner is None else weakref.ref(owner)
        self._known = slot if owner is None else slot.__name__
        self.told.connect(slot)

    def hears(self, slot: Any) -> bool:
        """Whether it was connected to this one."""
        if self._owner is None:
            return bool(self._known == slot)
        return self._owner() is getattr(slot, "__self__", None) and self._known == slot.__name__

    @property
    def gone(self) -> bool:
        if self._owner is None:
            return False
        owner = self._owner()
        return owner is None or (isinstance(owner, QObject) and not shiboken6.isValid(owner))

    @property
    def widget(self) -> QWidget | None:
        """Where it is seen: itself, or what it belongs to."""
        owner = self._owner() if self._owner is not None else None
        while isinstance(owner, QObject) and not isinstance(owner, QWidget):
            owner = owner.parent()
        return owner if isinstance(owner, QWidget) else None


class Later(QObject):
    """What can wait, in pieces between the frames."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[object, Callable[[], object]] = {}
        self._going = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._piece)

    @property
    def going(self) -> bool:
        """There are frames that could be held up. Otherwise nothing need wait."""
        return self._going

    def start(self) -> None:
        self._going = True

    def stop(self) -> None:
        """Nobody looks any more: what waits is dropped."""
        self._going = False
        self._waiting.clear()
        self._timer.stop()

    def add(self, key: object, work: Callable[[], object]) -> None:
        """Done once for each key, however often it is asked for meanwhile."""
        self._waiting.setdefault(key, work)
        if not self._timer.isActive():
            self._timer.start(_EVERY_MS)

    def finish(self, shown: QWidget | None = None) -> None:
        """Do now what waits of this widget, which is about to be seen; None: everything."""
        for key in tuple(self._waiting):
            widget = key.widget if isinstance(key, _Ear) else None
            if shown is None or (widget is not None and (widget is shown or shown.isAncestorOf(widget))):
                self._do(key)

    def _do(self, key: object) -> None:
        work = self._waiting.pop(key, None)
        if work is not None and not (isinstance(key, _Ear) and key.gone):
            work()

    def _piece(self) -> None:
        until = time.perf_counter() + _PIECE_S
        while self._waiting and time.perf_counter() < until:
            self._do(next(iter(self._waiting)))
        if not self._waiting:
            self._timer.stop()


class Retelling:
    """Connect, disconnect and emit as with a signal without values."""

    def __init__(self, later: Later) -> None:
        self._later = later
        self._ears: list[_Ear] = []
        self._look_through = _FEW

    def connect(self, slot: Callable[[], object]) -> None:
        if len(self._ears) >= self._look_through:
            self._keep(lambda ear: not ear.gone)
            self._look_through = max(2 * len(self._ears), _FEW)
        self._ears.append(_Ear(slot, self._later))

    def disconnect(self, slot: Callable[[], object]) -> None:
        self._keep(lambda ear: not ear.hears(slot))

    def _keep(self, wanted: Callable[[_Ear], bool]) -> None:
        left = [ear for ear in self._ears if not wanted(ear)]
        self._ears = [ear for ear in self._ears if wanted(ear)]
        for ear in left:
            ear.blockSignals(True)
            ear.deleteLater()

    def emit(self) -> None:
        for ear in [ear for ear in self._ears if not ear.gone]:
            if ear.gone:  # by what another one did
                continue
            widget = ear.widget
            if self._later.going and widget is not None and not widget.isVisible():
                self._later.add(ear, ear.told.emit)
            else:
                ear.told.emit()
