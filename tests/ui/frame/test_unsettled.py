"""An unknown outcome that lasts, and a balance that differs: what is done about it, what it may be, with numbers."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamHealth, Unreachable
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Shares
from hoga.trading.views import Difference, Unresolved
from hoga.ui.tabs import Page
from tests.support import made_up
from tests.ui.frame.conftest import Frame


def unknown(frame: Frame, *, quantity: int = 10, reads: int = 1) -> Unresolved:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, quantity, 71_000)
    now = frame.desk.clock.now()
    return Unresolved(order, order.requests[0], now, reads, 3, now + timedelta(seconds=60), now + timedelta(seconds=3))


def test_it_escalates_after_a_while_and_says_how_far_the_asking_is(frame: Frame) -> None:
    strip = frame.window.attention.unknown
    one = unknown(frame)
    frame.desk.set_unresolved(one)
    frame.desk.clock.advance(9)
    frame.context.second.emit()
    assert not strip.isVisible(), "most are settled by the second look"
    frame.desk.clock.advance(3)
    frame.context.second.emit()
    assert strip.isVisible()
    text = strip.text.text()
    assert text.startswith("Outcome unknown for 12s: Samsung Electronics buy 10 sh 71,000")
    assert "read 1 of 3 times" in text
    assert "certain in 48s" in text
    assert "Do not enter it again" in text
    frame.desk.clock.advance(50)
    frame.desk.set_unresolved(replace(one, reads=5))
    assert "read 3 of 3 times" in strip.text.text()
    assert "The next complete list decides" in strip.text.text()
    frame.desk.set_unresolved()
    assert not strip.isVisible()


def test_the_oldest_is_named_and_the_others_counted_but_not_what_is_asked_elsewhere(frame: Frame) -> None:
    strip = frame.window.attention.unknown
    first, second = unknown(frame), unknown(frame, quantity=11)
    asked = replace(unknown(frame, quantity=12), asked=True)
    frame.desk.set_unresolved(first, second, asked)
    frame.desk.clock.advance(20)
    frame.context.second.emit()
    assert "buy 10 sh" in strip.text.text()
    assert "And 1 more." in strip.text.text()
    frame.desk.set_unresolved(asked)
    assert not strip.isVisible()


def test_one_can_ask_now_and_is_given_the_telephone_when_nobody_can_be_asked(frame: Frame) -> None:
    frame.desk.set_unresolved(unknown(frame))
    frame.desk.clock.advance(20)
    strip = frame.window.attention.unknown
    frame.context.second.emit()
    strip.ask_now()
    assert len(frame.desk.named("reconcile")) == 1
    why = Message("UNREACHABLE")
    frame.desk.answers["reconcile"] = Unreachable(why)
    strip.ask_now()
    assert frame.context.worded(why) in frame.window.toasts.cards()[-1].words
    frame.desk.set_stream(Stream.REST, StreamHealth.DOWN)
    assert "1544-5000" in strip.text.text()


def shares(expected: int, found: int, id: str = "difference 1") -> Difference:
    return Difference(id, made_up.START, made_up.SAMSUNG.id, Shares(expected), Shares(found))


def test_a_difference_stands_with_both_numbers_until_it_was_seen(frame: Frame) -> None:
    strip = frame.window.attention.differs
    assert not strip.isVisible()
    cash = Difference("difference 2", made_up.START, None, Money(1_000_000), Money(1_250_000))
    frame.desk.set_differences(shares(10, 40), cash)
    assert strip.isVisible()
    text = strip.text.text()
    assert "Samsung Electronics" in text and "10" in text and "40" in text
    assert "A transfer, an allotment, a split" in text
    assert "And 1 more." in text
    strip.accept()
    assert frame.desk.named("accept_difference")[0].arguments == ("difference 1",)
    assert "1,000,000" in strip.text.text() and "1,250,000" in strip.text.text()
    assert "dividend" in strip.text.text()
    strip.accept()
    assert not strip.isVisible()


def test_it_speaks_korean_and_leads_to_the_activity(frame: Frame) -> None:
    frame.preferences.file.change(language=Language.KO)
    frame.desk.set_differences(shares(10, 40))
    strip = frame.window.attention.differs
    assert "삼성전자 (005930) 보유 수량이 체결 내역과 다릅니다" in strip.text.text().replace("삼성전자(", "삼성전자 (")
    assert "40주" in strip.text.text()
    strip._look.click()
    assert frame.window.pages.current is Page.ACTIVITY
