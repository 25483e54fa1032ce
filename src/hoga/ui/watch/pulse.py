"""When many rows are looked at for news: where much of the market moves, the upper half of them, then the lower one.

A person sees no difference between 60 and 40 changes of a number a second; the loop has half the work, in even slices,
and whatever came is on the screen within two frames of the display.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

PULSE_MS = 13
"""Two of them, Qt's own wait before it paints and the painting are less than two frames of 17 ms."""
FEW = 20
"""So many rows are shown in one go, and then none for two pulses: they cost no more than a half does. A list that has
no more of them shows each frame's news in that frame."""


class Pulse(QObject):
    """Calls ``look`` with one half, then the other, for as long as ``beat`` is called, and both once more after it."""

    def __init__(self, look: Callable[[int], bool], parent: QObject) -> None:
        """``look`` says whether it has looked at both."""
        super().__init__(parent)
        self._look = look
        self._half = 1
        self._owed = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take)

    @property
    def going(self) -> bool:
        return self._timer.isActive()

    def beat(self) -> None:
        """There is news: both halves are looked at."""
        self._owed = 2
        if not self.going:
            self._take()

    def stop(self) -> None:
        self._owed = 0
        self._timer.stop()

    def _take(self) -> None:
        """The half whose turn it is. After the last one, too, a pulse goes by before the next begins."""
        if self._owed <= 0:
            return
        self._owed -= 1
        self._half = 1 - self._half
        self._timer.start(PULSE_MS)  # before anything is called, which may raise
        if self._look(self._half):
            self._owed = 0
            self._timer.start(2 * PULSE_MS)


def half(number: int, which: int) -> range:
    """The places of the upper (0) or the lower (1) half of so many."""
    middle = (number + 1) // 2
    return range(middle) if which == 0 else range(middle, number)
