"""The status bar: each part says how things stand, in a mark and in words, and tells more when it is pressed."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.clock import KST
from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamHealth
from hoga.broker.throttle import Meter
from hoga.domain.accounts import RealAccount, WireProfile
from hoga.domain.sessions import MarketSchedule, Phase
from hoga.domain.tickets import Side
from hoga.ui.context import Event
from hoga.ui.status.part import Details
from hoga.ui.status.readings import phase_words
from hoga.ui.tone import Tone
from tests.support import made_up
from tests.support.fake_desk import CONNECTION, FakeDesk, beat
from tests.ui.frame.conftest import Frame, MakeFrame

REAL = RealAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)


@pytest.mark.parametrize(
    ("health", "text", "tone"),
    [
        (StreamHealth.LIVE, "Fills", Tone.GOOD),
        (StreamHealth.CONNECTING, "Fills: connecting", Tone.WAIT),
        (StreamHealth.FILLING_GAP, "Fills: reading what was missed", Tone.WAIT),
        (StreamHealth.DOWN, "Fills: disconnected", Tone.BAD),
    ],
)
def test_a_stream_says_how_it_is(frame: Frame, health: StreamHealth, text: str, tone: Tone) -> None:
    frame.desk.set_stream(Stream.FILLS, health, Message("NO_DATA_YET"))
    shown = frame.window.status.streams[Stream.FILLS].shown
    assert (shown.text, shown.tone) == (text, tone)
    assert ("Why", frame.context.worded(Message("NO_DATA_YET"))) in shown.rows


def test_quotes_that_stay_away_show_their_age(frame: Frame) -> None:
    part = frame.window.status.streams[Stream.QUOTES]
    frame.desk.feed(made_up.trade(made_up.SAMSUNG))
    beat(frame.context)
    frame.context.second.emit()
    assert (part.shown.text, part.shown.tone) == ("Quotes", Tone.GOOD)
    frame.now += 7
    frame.context.second.emit()
    assert (part.shown.text, part.shown.tone) == ("Quotes 7s", Tone.WAIT)


def test_requests_show_how_long_the_last_answer_took(frame: Frame) -> None:
    part = frame.window.status.streams[Stream.REST]
    frame.context.round_trip = lambda: 0.0312
    frame.context.second.emit()
    assert (part.shown.text, part.shown.tone) == ("Requests 31 ms", Tone.GOOD)
    frame.context.round_trip = lambda: 2.5
    frame.context.second.emit()
    assert part.shown.tone is Tone.WAIT


def test_the_rate_budget_and_who_waits(frame: Frame) -> None:
    frame.context.meter = lambda: Meter(2, 20, 2, 15, 0, 1, 4)
    frame.context.second.emit()
    shown = frame.window.status.budget.shown
    assert (shown.text, shown.tone) == ("Limit 18/20", Tone.WAIT)
    assert ("Reads waiting", "4") in shown.rows


def test_orders_on_their_way_and_a_journal_that_stopped(frame: Frame) -> None:
    part = frame.window.status.flight
    frame.desk.set_health(in_flight=2, unknown=1)
    assert (part.shown.text, part.shown.tone) == ("Sending 2 · unknown 1", Tone.WAIT)
    frame.desk.set_health(in_flight=0, unknown=0, aligned=False)
    assert part.shown.text.startswith("Comparing")
    frame.desk.set_health(journal=Message("JOURNAL_FULL"), unwritten=3)
    assert ("Not on the disk yet", "3") in part.shown.rows
    assert (part.shown.text, part.shown.tone) == ("Journal stopped", Tone.BAD)
    assert frame.window.attention.journal.isVisible()


def test_the_session_and_the_markets_clock(frame: Frame) -> None:
    assert frame.window.status.session.shown.text == "Always open · new date in 14:00:00"
    assert frame.window.status.clock.shown.text == "10:00:00 KST"
    frame.desk.clock.advance(61)
    frame.context.second.emit()
    assert frame.window.status.clock.shown.text == "10:01:01 KST"
    assert frame.window.status.session.shown.text == "Always open · new date in 13:58:59"


def test_real_hours_name_the_phase_and_the_orders_that_will_lapse(make_frame: MakeFrame) -> None:
    frame = make_frame(FakeDesk(REAL, schedule=MarketSchedule(), start=datetime(2026, 11, 23, 15, 0, tzinfo=KST)))
    frame.show()
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    shown = frame.window.status.session.shown
    assert shown.text == "Regular session · 0:20:00 left"
    assert any(words == "▶ Regular session" for _, words in shown.rows)
    assert ("End of the day", "Working orders that lapse with it: 1") in shown.rows


def test_days_without_hours_on_file_are_a_dash_not_a_guess(make_frame: MakeFrame) -> None:
    frame = make_frame(FakeDesk(schedule=MarketSchedule(), start=datetime(2059, 1, 6, 10, 0, tzinfo=KST)))
    frame.show()
    assert frame.window.status.session.shown.text == "Session –"


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("language", list(Language))
def test_every_phase_has_words(make_frame: MakeFrame, language: Language, phase: Phase) -> None:
    frame = make_frame(language=language)
    assert phase_words(phase)
    assert phase_words(phase).isascii() == (frame.context.language is Language.EN)


def test_a_press_opens_the_details_with_what_can_be_done(frame: Frame, qtbot: QtBot) -> None:
    part = frame.window.status.flight
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    details = part.findChild(Details)
    assert isinstance(details, Details)
    texts = [label.text() for label in details.findChildren(QLabel)]
    assert "Outcome unknown" in texts
    (button,) = details.findChildren(QPushButton)
    button.click()
    assert len(frame.desk.named("reconcile")) == 1


def test_the_lock_can_be_turned_from_its_details(frame: Frame) -> None:
    frame.window.status.lock.explain()
    details = frame.window.status.lock.findChild(Details)
    assert isinstance(details, Details)
    details.findChildren(QPushButton)[0].click()
    assert frame.context.locked
    assert frame.window.status.lock.shown.text == "Locked"


def test_a_part_never_shrinks_under_its_neighbours(frame: Frame) -> None:
    part = frame.window.status.flight
    frame.desk.set_health(in_flight=12_345, unknown=1)
    wide = part.sizeHint().width()
    frame.desk.set_health(in_flight=0, unknown=0)
    assert part.sizeHint().width() == wide


def test_what_a_wider_window_lets_come_has_its_place_at_once(frame: Frame) -> None:
    """Painted before it has one, it lies over its neighbours."""
    window = frame.show()
    for row, came in ((window.status, window.status.session), (window.header, window.header.realised)):
        row.resize(row.minimumSizeHint().width(), row.height())
        assert came.isHidden()
        row.resize(1366, row.height())
        assert came.isVisible()
        assert came.x() > row.width() // 2


def test_only_what_changed_is_told(frame: Frame) -> None:
    frame.context.say(Event.NOTE, "x")
    clock = frame.window.status.clock
    before = clock.shown
    frame.context.second.emit()
    assert clock.shown is before


def test_a_word_that_has_gone_leaves_no_hole(frame: Frame) -> None:
    part = frame.window.status.streams[Stream.FILLS]
    short = part.sizeHint().width()
    frame.desk.set_stream(Stream.FILLS, StreamHealth.FILLING_GAP, Message("NO_DATA_YET"))
    frame.desk.set_stream(Stream.FILLS, StreamHealth.LIVE)
    assert part.sizeHint().width() > short, "its neighbours stand still for a while"
    for _ in range(20):
        frame.context.second.emit()
    assert part.sizeHint().width() == short
