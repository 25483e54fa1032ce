"""The stop: one key from anywhere, unmistakable until it is released, and released by a deliberate act alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId, PracticeAccount, WireProfile
from hoga.domain.tickets import Side
from hoga.ui import stopping
from hoga.ui.dialog import PlainDialog
from tests.support import made_up
from tests.support.fake_desk import FakeDesk
from tests.ui.frame.conftest import Frame, MakeFrame

OTHER = PracticeAccount(ConnectionId("kiwoom-real@practice-3f9a"), "****-5678", WireProfile.KIWOOM_REAL)


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The moment before one may release is over at once."""
    monkeypatch.setattr(stopping, "RELEASE_GUARD_MS", 0)
    yield


def stop(frame: Frame, qtbot: QtBot) -> None:
    qtbot.keyClick(frame.app.focusWidget() or frame.window, Qt.Key.Key_F12)


def test_one_key_stops_and_everything_says_so(frame: Frame, qtbot: QtBot) -> None:
    window = frame.window
    assert window.header.stop.text() == "■ Stop all  F12"
    assert not window.header.stopped.isVisible()
    stop(frame, qtbot)
    assert len(frame.desk.named("stop")) == 1
    assert window.header.stopped.isVisible()
    assert window.header.stopped.text().startswith("■ STOPPED ")
    assert window.attention.stopped.isVisible()
    assert "nothing automatic leaves" in window.attention.stopped.text.text()
    assert window.status.stopped.isVisible()
    assert window.windowTitle().startswith("■ STOPPED · ")
    assert not window.cancel_strip.isVisible(), "there is nothing to cancel"


def test_the_button_stops_too_even_while_the_account_is_locked(frame: Frame, qtbot: QtBot) -> None:
    frame.context.set_locked(True)
    qtbot.mouseClick(frame.window.header.stop, Qt.MouseButton.LeftButton)
    assert len(frame.desk.named("stop")) == 1
    assert frame.window.attention.stopped.isVisible()


def test_it_is_heard_in_a_dialog_that_stands_before_the_window(frame: Frame, qtbot: QtBot) -> None:
    settings = frame.window.show_settings()
    frame.settle()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.window() is settings
    stop(frame, qtbot)
    assert len(frame.desk.named("stop")) == 1
    settings.close()


def test_open_orders_are_offered_to_be_cancelled_and_nothing_is_cancelled_unasked(frame: Frame, qtbot: QtBot) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    focus = frame.app.focusWidget()
    stop(frame, qtbot)
    assert frame.window.cancel_strip.isVisible()
    assert frame.desk.named("cancel_all") == [], "a single order is not cancelled at once here"
    assert frame.app.focusWidget() is focus, "an Enter that was meant for something else confirms nothing"
    assert "still work at the broker: 1" in frame.window.attention.stopped.text.text()
    frame.context.actions.trigger("cancel.all")
    assert len(frame.desk.named("cancel_all")) == 1
    assert frame.window.attention.stopped.isVisible(), "cancelling does not release"


def released(frame: Frame) -> tuple[PlainDialog, dict[str, QPushButton]]:
    assert frame.context.actions.trigger("release")
    dialog = next(one for one in frame.window.findChildren(PlainDialog) if one.isVisible())
    return dialog, {button.text(): button for button in dialog.findChildren(QPushButton)}


def test_releasing_is_asked_about_with_the_way_back_first(frame: Frame, qtbot: QtBot) -> None:
    assert frame.context.actions.why_not("release") == "Nothing is stopped."
    stop(frame, qtbot)
    _, buttons = released(frame)
    assert buttons["Back"].isDefault()
    assert not buttons["Release"].isEnabled(), "a hasty press does nothing"
    buttons["Back"].click()
    assert frame.desk.named("release") == []
    assert frame.window.attention.stopped.isVisible()


def test_released_it_is_gone_everywhere(frame: Frame, qtbot: QtBot, in_haste: None) -> None:
    stop(frame, qtbot)
    _, buttons = released(frame)
    qtbot.waitUntil(buttons["Release"].isEnabled)
    buttons["Release"].click()
    assert len(frame.desk.named("release")) == 1
    window = frame.window
    assert not any(
        part.isVisible() for part in (window.header.stopped, window.attention.stopped, window.status.stopped)
    )
    assert "STOPPED" not in window.windowTitle()


def test_every_open_desk_is_stopped_and_one_that_refuses_is_told(make_frame: MakeFrame, qtbot: QtBot) -> None:
    one, other = FakeDesk(), FakeDesk(OTHER)
    frame = make_frame(one)
    frame.context.desks = lambda: (one, other)
    frame.show()
    other.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    stop(frame, qtbot)
    assert [len(desk.named("stop")) for desk in (one, other)] == [1, 1]
    assert frame.window.cancel_strip.isVisible()
    frame.window.cancel_strip.confirm()
    assert [len(desk.named("cancel_all")) for desk in (one, other)] == [1, 1]
    other.set_health(stopped_since=None)
    frame.context.second.emit()
    frame.window.attention.refresh()
    assert "Not every account could be stopped" in frame.window.attention.stopped.text.text()


def test_it_stands_while_the_journal_is_dead(frame: Frame, qtbot: QtBot) -> None:
    frame.desk.set_health(journal=Message("JOURNAL_STOPPED", {"why": "full"}))
    stop(frame, qtbot)
    assert frame.window.attention.stopped.isVisible()
    assert frame.window.attention.journal.isVisible()
