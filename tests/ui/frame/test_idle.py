"""Real money is locked when nobody is at the desk any more; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from hoga.domain.accounts import RealAccount, WireProfile
from hoga.ui.context import Toast
from hoga.ui.idle import IdleLock
from tests.support.fake_desk import CONNECTION, FakeDesk
from tests.ui.frame.conftest import Frame, MakeFrame

REAL = RealAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)


class Desk:
    """A window with real money that was unlocked, and the hands of both clocks."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.now, self.wall = frame, 0.0, 1_000.0
        self.told: list[str] = []
        frame.context.toast.connect(self._hear)
        frame.context.set_locked(False)
        self.idle = IdleLock(
            frame.app, lambda: (frame.context,), frame.preferences.file, None, lambda: self.now, lambda: self.wall
        )

    def _hear(self, toast: Toast) -> None:
        self.told.append(toast.text)

    def wait(self, seconds: float) -> None:
        """As it is looked every few seconds."""
        for _ in range(int(seconds // 5)):
            self.now, self.wall = self.now + 5, self.wall + 5
            self.idle.look()


@pytest.fixture
def desk(make_frame: MakeFrame) -> Iterator[Desk]:
    frame = make_frame(FakeDesk(REAL))
    frame.show()
    made = Desk(frame)
    yield made
    made.idle.close()


def test_it_locks_after_the_minutes_that_are_set_and_says_so(desk: Desk) -> None:
    desk.wait(14 * 60)
    assert not desk.frame.context.locked
    desk.wait(2 * 60)
    assert desk.frame.context.locked
    assert desk.told == ["Locked: nobody was at the desk for 15 minutes. Ctrl+L unlocks."]


def test_a_key_begins_the_time_anew(desk: Desk) -> None:
    window = desk.frame.window.windowHandle()
    assert isinstance(window, QObject)
    desk.frame.app.focusWindowChanged.emit(window)
    desk.wait(14 * 60)
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    desk.wait(14 * 60)
    assert not desk.frame.context.locked


def test_a_machine_that_slept_locks_at_once(desk: Desk) -> None:
    desk.wait(60)
    desk.wall += 3_600
    desk.wait(5)
    assert desk.frame.context.locked
    assert "asleep" in desk.told[0]


def test_never_is_never(desk: Desk) -> None:
    desk.frame.preferences.file.change(lock_minutes=0)
    desk.wait(3_600)
    desk.wall += 3_600
    desk.wait(5)
    assert not desk.frame.context.locked
    with pytest.raises(ValueError, match="minutes"):
        desk.frame.preferences.file.change(lock_minutes=7)


def test_practice_is_never_locked_by_itself(make_frame: MakeFrame) -> None:
    desk = Desk(make_frame())
    desk.wait(3_600)
    desk.idle.close()
    assert not desk.frame.context.locked
