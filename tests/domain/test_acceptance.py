"""Which order types a phase takes: markets.md 2.4 and 2.5."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from hoga.base.clock import KST
from hoga.domain.acceptance import SendRefusal, check_send, kinds_taken
from hoga.domain.instruments import ProductType, Venue
from hoga.domain.sessions import AlwaysOpen, MarketSchedule, Phase
from hoga.domain.tickets import OrderType, TimeInForce

MARKETS = MarketSchedule()
L, M, C, B, P = OrderType.LIMIT, OrderType.MARKET, OrderType.CONDITIONAL, OrderType.BEST, OrderType.PRIORITY
DAY, IOC, FOK = TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK
NOW = date(2026, 11, 20)

AUCTION = {(L, DAY), (M, DAY)}
AT_ONCE = {(L, DAY), (L, IOC), (L, FOK), (B, DAY), (B, IOC), (B, FOK), (P, DAY)}
REGULAR_KRX = AT_ONCE | {(M, DAY), (M, IOC), (M, FOK), (C, DAY)}


def at(clock: str, day: date = NOW) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), KST)


@pytest.mark.parametrize(
    ("venue", "phase", "on", "kinds"),
    [
        (Venue.KRX, Phase.OPENING_AUCTION, NOW, AUCTION | {(C, DAY)}),
        (Venue.KRX, Phase.REGULAR, NOW, REGULAR_KRX),
        (Venue.KRX, Phase.CLOSING_AUCTION, NOW, AUCTION),
        (Venue.KRX, Phase.AFTER, NOW, AT_ONCE),
        (Venue.KRX, Phase.AFTER, date(2026, 9, 14), AT_ONCE),
        (Venue.KRX, Phase.AFTER, date(2026, 9, 11), set()),
        (Venue.KRX, Phase.SINGLE_PRICE, date(2026, 9, 11), set()),
        (Venue.NXT, Phase.PRE, NOW, AT_ONCE),
        (Venue.NXT, Phase.REGULAR, NOW, AT_ONCE | {(M, IOC), (M, FOK)}),
        (Venue.NXT, Phase.PAUSE, NOW, set()),
        (Venue.NXT, Phase.AFTER_ENTRY, NOW, {(L, DAY)}),
        (Venue.NXT, Phase.AFTER, NOW, AT_ONCE),
        (Venue.SOR, Phase.REGULAR, NOW, REGULAR_KRX - {(C, DAY)}),
        (Venue.SOR, Phase.PRE, NOW, AT_ONCE),
        (Venue.SOR, Phase.OPENING_AUCTION, NOW, AUCTION),
        (Venue.SOR, Phase.CLOSING_AUCTION, NOW, AUCTION),
        (Venue.SOR, Phase.AFTER_ENTRY, NOW, {(L, DAY)}),
        (Venue.SOR, Phase.AFTER, NOW, AT_ONCE),
        (Venue.US, Phase.PRE, NOW, {(L, DAY)}),
        (Venue.US, Phase.AFTER, NOW, {(L, DAY)}),
        (Venue.US, Phase.REGULAR, NOW, {(L, DAY)}),
        (Venue.US, Phase.DAYTIME, NOW, {(L, DAY)}),
    ],
)
def test_kinds_of_a_phase(venue: Venue, phase: Phase, on: date, kinds: set[tuple[OrderType, TimeInForce]]) -> None:
    assert kinds_taken(venue, phase, on) == kinds


def test_no_phase_takes_a_priority_or_conditional_order_that_must_fill_at_once() -> None:
    for venue in Venue:
        for phase in Phase:
            assert not kinds_taken(venue, phase, NOW) & {(P, IOC), (P, FOK), (C, IOC), (C, FOK)}


STOCK, ETF, ETN = ProductType.STOCK, ProductType.ETF, ProductType.ETN


@pytest.mark.parametrize(
    ("venue", "clock", "kind", "product", "refusal"),
    [
        (Venue.KRX, "10:00", (M, DAY), STOCK, None),
        (Venue.KRX, "08:45", (M, DAY), STOCK, None),
        (Venue.KRX, "08:45", (B, DAY), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.KRX, "15:25", (L, IOC), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.KRX, "15:25", (C, DAY), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.KRX, "15:35", (L, DAY), STOCK, SendRefusal.CLOSED),
        (Venue.KRX, "17:00", (L, DAY), STOCK, None),
        (Venue.KRX, "17:00", (M, DAY), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.KRX, "17:00", (L, DAY), ETF, SendRefusal.PRODUCT_NOT_NOW),
        (Venue.KRX, "17:00", (L, DAY), ETN, SendRefusal.PRODUCT_NOT_NOW),
        (Venue.KRX, "10:00", (L, DAY), ETF, None),
        (Venue.KRX, "21:00", (L, DAY), STOCK, SendRefusal.CLOSED),
        (Venue.KRX, "10:00", (P, IOC), STOCK, SendRefusal.KIND_NEVER),
        (Venue.NXT, "10:00", (M, DAY), STOCK, SendRefusal.KIND_NEVER),
        (Venue.NXT, "10:00", (M, IOC), STOCK, None),
        (Venue.NXT, "08:30", (M, IOC), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.NXT, "08:55", (L, DAY), STOCK, SendRefusal.CLOSED),
        (Venue.NXT, "15:25", (L, DAY), STOCK, SendRefusal.CLOSED),
        (Venue.NXT, "15:35", (L, DAY), STOCK, None),
        (Venue.NXT, "15:35", (L, IOC), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.NXT, "10:00", (C, DAY), STOCK, SendRefusal.KIND_NEVER),
        (Venue.SOR, "08:10", (M, DAY), STOCK, SendRefusal.KIND_NOT_NOW),
        (Venue.SOR, "08:40", (M, DAY), STOCK, None),
        (Venue.SOR, "10:00", (C, DAY), STOCK, SendRefusal.KIND_NEVER),
        (Venue.US, "23:30", (M, DAY), STOCK, SendRefusal.KIND_NEVER),
        (Venue.US, "23:30", (L, DAY), STOCK, None),
    ],
)
def test_what_may_be_sent_when(
    venue: Venue,
    clock: str,
    kind: tuple[OrderType, TimeInForce],
    product: ProductType,
    refusal: SendRefusal | None,
) -> None:
    check = check_send(MARKETS, venue, at(clock), kind, product)
    assert check.refusal is refusal
    assert check.allowed is (refusal is None)
    assert check.status.moment == at(clock)


def test_the_abolished_single_price_session_takes_nothing_that_can_be_built() -> None:
    day = date(2026, 9, 11)
    for type in OrderType:
        for tif in TimeInForce:
            assert not check_send(MARKETS, Venue.KRX, at("17:00", day), (type, tif), STOCK).allowed


def test_an_interruption_takes_limit_and_market_orders_only() -> None:
    def check(clock: str, kind: tuple[OrderType, TimeInForce]) -> SendRefusal | None:
        return check_send(MARKETS, Venue.KRX, at(clock), kind, STOCK, interrupted=True).refusal

    assert check("10:00", (L, DAY)) is None
    assert check("10:00", (M, DAY)) is None
    for kind in ((L, IOC), (L, FOK), (B, DAY), (P, DAY), (M, IOC)):
        assert check("10:00", kind) is SendRefusal.KIND_NOT_IN_VI
    assert check("17:00", (L, DAY)) is None
    assert check("17:00", (M, DAY)) is SendRefusal.KIND_NOT_NOW
    assert check("21:00", (L, DAY)) is SendRefusal.CLOSED


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 12, 31), date(2010, 1, 1)])
def test_practice_takes_the_regular_kinds_at_any_hour_of_any_day(day: date) -> None:
    practice = AlwaysOpen()
    for clock in ("00:00", "03:33", "15:25", "23:59:59"):
        for kind in REGULAR_KRX:
            assert check_send(practice, Venue.KRX, at(clock, day), kind, STOCK).allowed
        assert check_send(practice, Venue.NXT, at(clock, day), (L, DAY), STOCK).allowed
        assert check_send(practice, Venue.KRX, at(clock, day), (P, IOC), STOCK).refusal is SendRefusal.KIND_NEVER
