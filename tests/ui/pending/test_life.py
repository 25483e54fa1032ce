"""Where an order lives and when it dies, by the sessions of real days and of Practice (markets.md 2.2, 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.base.message import Language
from hoga.domain.instruments import Venue
from hoga.domain.order_facts import Answer
from hoga.domain.orders import Order
from hoga.domain.sessions import AlwaysOpen, MarketSchedule
from hoga.domain.tickets import OrderType, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.ui.pending.life import End, life_of
from hoga.ui.pending.words import life_card, life_short
from tests.support import made_up
from tests.support.fake_desk import ACCOUNT, FakeDesk, make_context
from tests.support.fake_orders import FakeOrders

DAY = datetime(2026, 11, 23, tzinfo=KST)
MARKET = MarketSchedule()


def order(at: datetime, venue: Venue = Venue.KRX, **more: object) -> Order:
    orders = FakeOrders(ACCOUNT.connection, lambda: at)
    fields = {"type": OrderType.LIMIT, "limit": Price(71_000), "tif": TimeInForce.DAY, **more}
    ticket = Ticket(
        TicketId("t"), ACCOUNT, made_up.SAMSUNG.id, Side.BUY, fields["type"], Shares(10), fields["limit"],  # type: ignore[arg-type]
        fields["tif"], venue,  # type: ignore[arg-type]
    )  # fmt: skip
    made = orders.intend(ticket)
    return orders.answered(made, made.requests[0].id, Answer.ACCEPTED)


def at(hour: int, minute: int = 0) -> datetime:
    return DAY + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("venue", "placed", "dies"),
    [
        (Venue.KRX, at(8, 40), at(15, 30)),
        (Venue.KRX, at(10), at(15, 30)),
        (Venue.KRX, at(15, 25), at(15, 30)),
        (Venue.KRX, at(15, 45), at(16)),
        (Venue.KRX, at(16, 30), at(20)),
        (Venue.NXT, at(8, 10), at(20)),
        (Venue.NXT, at(10), at(20)),
    ],
)
def test_a_day_order_dies_with_the_session_it_was_placed_in(venue: Venue, placed: datetime, dies: datetime) -> None:
    life = life_of(order(placed, venue), MARKET, placed)
    assert (life.end, life.until) == (End.SESSION, dies)


def test_a_routed_order_says_both_ends() -> None:
    life = life_of(order(at(10), Venue.SOR), MARKET, at(10))
    assert (life.until, life.at_krx) == (at(20), at(15, 30))


def test_on_practice_it_lives_to_midnight() -> None:
    life = life_of(order(at(21)), AlwaysOpen(), at(21))
    assert life.until == at(24)
    assert life_short(life, at(21)) == "KRX until 24:00"


def test_ioc_and_fok_are_over_at_once() -> None:
    assert life_of(order(at(10), tif=TimeInForce.IOC), MARKET, at(10)).end is End.AT_ONCE


def test_a_conditional_order_says_when_it_becomes_a_market_order() -> None:
    made = order(at(10), type=OrderType.CONDITIONAL)
    assert life_of(made, MARKET, at(10)).becomes_market == at(15, 20)
    assert life_of(made, MARKET, at(15, 25)).becomes_market is None


def test_what_has_not_left_is_not_at_the_market_and_what_may_have_left_is_said_to_be_unsure() -> None:
    desk = FakeDesk()
    ticket = Ticket(TicketId("t"), ACCOUNT, made_up.SAMSUNG.id, Side.BUY, OrderType.LIMIT, Shares(1), Price(71_000))
    queued = desk.book_of_orders.intend(ticket, sending=False)
    now = desk.clock.now()
    assert life_of(queued, AlwaysOpen(), now).end is End.NOT_THERE
    unsure = desk.book_of_orders.intend(replace(ticket, id=TicketId("u")))
    unsure = desk.book_of_orders.answered(unsure, unsure.requests[0].id, Answer.UNANSWERED)
    life = life_of(unsure, AlwaysOpen(), now)
    assert life.end is End.SESSION
    assert "may be live" in life_card(make_context(desk, Language.EN), unsure, life, now)


def test_the_card_says_where_when_and_how_long() -> None:
    context = make_context(FakeDesk(), Language.EN)
    made = order(at(10))
    card = life_card(context, made, life_of(made, MARKET, at(14)), at(14))
    assert card.splitlines() == [
        "It lives at KRX, with the broker: closing this program does not end it.",
        "It dies at 15:30 with the session, in 1h 30m, if it has not filled by then.",
    ]
    assert life_of(made, MARKET, at(14)).at_krx is None
