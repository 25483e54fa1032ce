"""When market data is told to what paints it: the frames, and between them a turn for each kind of pane.

All that changes in one moment is painted in one piece, during which the loop hears nobody. So every kind of pane that
takes long to paint has a moment of its own: a key, or an order's answer, waits for one of them at most. Whoever is owed
news is told within two frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from hoga.domain.instruments import InstrumentId

FRAME_MS = 16
_STEPS = (5, 5, 6)
"""Milliseconds of a frame: its own moment and those of two turns."""
TURNS = 2 * (len(_STEPS) - 1)

News = frozenset[InstrumentId]


class Beat(QObject):
    """Calls ``frame`` once a frame and each of the ``TURNS`` turns once in two frames, with all that is news since its
    last one; not at all where there is none. ``frame`` returns what is news.

    Each step is timed from the one before: a loop that is late gets slower frames, never two of them at once.
    """

    def __init__(self, frame: Callable[[], News], turns: Sequence[Callable[[News], None]], parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._turns = frame, tuple(turns)
        self._owed: list[News] = [frozenset()] * TURNS
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take_step)

    @property
    def going(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """From now on, the first frame after one; again changes nothing."""
        if not self.going:
            self._step = 0
            self._timer.start(FRAME_MS)

    def stop(self) -> None:
        """What is owed is told when it goes on."""
        self._timer.stop()

    def _take_step(self) -> None:
        frame, part = divmod(self._step, len(_STEPS))
        # Before anything is called, which may raise, and may stop it.
        self._timer.start(_STEPS[part])
        self._step = (self._step + 1) % (2 * len(_STEPS))
        if part:
            self._tell(frame * (len(_STEPS) - 1) + part - 1)
            return
        news = self._frame()
        self._owed = [owed | news for owed in self._owed]
        if self.going and not any(self._owed):
            self._step = (1 - frame) * len(_STEPS)
            self._timer.start(FRAME_MS)

    def _tell(self, turn: int) -> None:
        news, self._owed[turn] = self._owed[turn], frozenset()
        if news:
            self._turns[turn](news)
