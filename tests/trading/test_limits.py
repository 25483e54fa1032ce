"""The limits of one connection, rule by rule: the code, the numbers, and the words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.base.message import Language, Message
from hoga.domain.instrument_lists import ListedInstrument
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Unknown
from hoga.domain.market_data import Book, Candle, Level
from hoga.domain.orders import Order
from hoga.domain.risk import AverageVolume, average_volume
from hoga.domain.risk_limits import DEFAULT_LIMITS, OwnCross, RiskLimits
from hoga.domain.slips import Habit
from hoga.domain.tickets import Hand, OrderType, PlanChild, Side, Ticket, TicketId
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.trading.gate import GateFacts, Verdict, judge_reprice, judge_ticket, without_order
from hoga.trading.wording import WORDING
from tests.trading.test_gate import ACCOUNT, MARKET, NOTHING, NOW, SAMSUNG, codes, facts, known, order, told

PLAN = PlanChild("digest", 1, 1, 0)
OWN_SELL = order(side=Side.SELL, limit=Price(70_200))
OWN_BUY = order()


def book(*, asks: tuple[tuple[int, int], ...] = ((70_100, 500), (70_200, 500)), bid: int = 70_000) -> Book:
    levels = tuple(Level(price, count) for price, count in asks)
    return Book(SAMSUNG, NOW, levels, (Level(bid, 500), Level(bid - 100, 500)), 1_000, 1_000)


def rich(**changes: Any) -> GateFacts:
    """An account of half a billion that may do anything but what a limit says; everything about it is known."""
    made = replace(
        facts(), limits=DEFAULT_LIMITS, orderable=known(Money(10**13)), sellable=known(Shares(10**6)),
        held=known(Shares(0)), total=known(Money(500_000_000)), day_result=known(Money(0)), last=known(Price(70_000)),
        book=known(book()), volume=known(AverageVolume(10_000_000, 20)),
    )  # fmt: skip
    return replace(made, **changes)


def ticket(**changes: Any) -> Ticket:
    made = Ticket(TicketId("t"), ACCOUNT, SAMSUNG, Side.BUY, OrderType.LIMIT, Shares(10), Price(70_000))
    return replace(made, **changes)


def limits(**changes: Any) -> RiskLimits:
    return replace(DEFAULT_LIMITS, **changes)


WIDE = limits(order_refuse=None, position_refuse=None)


def lost(won: int, **changes: Any) -> dict[str, Any]:
    """Facts of a day that began with a hundred million."""
    return {"day_result": known(Money(-won)), "total": known(Money(100_000_000 - won)), **changes}


SELL = {"side": Side.SELL}
REFUSED: list[tuple[str, Mapping[str, Any], Mapping[str, Any], Mapping[str, object]]] = [
    ("ORDER_TOO_LARGE", {"quantity": Shares(4_286)}, {}, {"amount": 300_020_000, "most": 300_000_000}),
    (
        "POSITION_TOO_LARGE",
        {"quantity": Shares(400)},
        {"held": known(Shares(14_000)), "total": known(Money(10**12))},
        {"after": 1_008_000_000, "most": 1_000_000_000},
    ),
    (
        "POSITION_TOO_LARGE",
        {},
        {"working": (OWN_BUY,), "limits": limits(position_refuse=1_000_000)},
        {"after": 1_400_000, "most": 1_000_000},
    ),
    ("DAY_LOSS_REACHED", {}, lost(5_000_000), {"lost": 5_000_000, "most": 5_000_000}),
    ("DAY_LOSS_REACHED", {}, lost(200_000, limits=limits(day_loss=200_000)), {"most": 200_000}),
    ("ORDERS_TOO_FAST", {}, {"recent": 60}, {"count": 61, "most": 60}),
    ("ORDERS_OPEN_TOO_MANY", {}, {"now_open": 300}, {"count": 301, "most": 300}),
    (
        "INSTRUMENT_BLOCKED",
        {},
        {"limits": limits(blocked=(ListedInstrument(SAMSUNG, "감사의견 확인 전", date(2030, 1, 1)),))},
        {"code": "005930", "until": "2030-01-01", "reason": "감사의견 확인 전"},
    ),
    ("INSTRUMENT_BLOCKED", {}, {"limits": limits(blocked=(ListedInstrument(SAMSUNG),))}, {"until": "no end"}),
    (
        "INSTRUMENT_NOT_ALLOWED",
        {},
        {"limits": limits(allowed=(ListedInstrument(InstrumentId("000660")),))},
        {"code": "005930", "count": 1},
    ),
    (
        "INSTRUMENT_ALLOWED_UNTIL",
        {},
        {"limits": limits(allowed=(ListedInstrument(SAMSUNG, until=date(2020, 1, 1)),))},
        {"until": "2020-01-01"},
    ),
    ("TOO_FAR_FROM_MARKET", {"limit": Price(84_300)}, {}, {"percent": "20.2", "reference": "70,100", "way": "above"}),
    ("TOO_FAR_FROM_MARKET", {"limit": Price(55_900)}, {}, {"percent": "20.1", "reference": "70,000", "way": "below"}),
    ("TOO_FAR_FROM_MARKET", {**SELL, "limit": Price(55_900)}, {}, {"reference": "70,000", "way": "below"}),
    ("CROSSES_OWN", {"limit": Price(70_200)}, {"working": (OWN_SELL,)}, {"price": "70,200", "quantity": 10}),
    ("CROSSES_OWN", {**SELL}, {"working": (OWN_BUY,)}, {"side": "buy", "price": "70,000"}),
    ("CROSSES_OWN", {**MARKET, "quantity": Shares(501)}, {"working": (OWN_SELL,)}, {"orders": 1}),
    ("CROSSES_OWN", {**MARKET}, {"working": (OWN_SELL,), "book": NOTHING}, {"side": "sell"}),
]

ASKED: list[tuple[str, Mapping[str, Any], Mapping[str, Any], Mapping[str, object]]] = [
    ("ORDER_LARGE", {"quantity": Shares(429)}, {}, {"amount": 30_030_000, "most": 30_000_000}),
    ("ORDER_LARGE", {**SELL, "quantity": Shares(429)}, {}, {"amount": 30_030_000}),
    ("ORDER_TOO_LARGE", {**SELL, "quantity": Shares(5_000)}, {}, {"amount": 350_000_000}),
    ("ORDER_LARGE", {**MARKET, "quantity": Shares(429)}, {}, {"amount": 429 * 70_100}),
    ("POSITION_LARGE", {}, {"total": known(Money(1_000_000))}, {"after": 700_000, "share": "70.0", "most": 50}),
    ("POSITION_UNKNOWN", {}, {"total": NOTHING}, {}),
    ("DAY_LOSS_NEAR", {}, lost(3_500_000), {"lost": 3_500_000, "most": 5_000_000, "percent": 70}),
    ("DAY_RESULT_UNKNOWN", {}, {"day_result": Unknown(Message("DAY_RESULT_LACKS", {"code": "000660"}))}, {}),
    ("ORDERS_FAST", {}, {"recent": 30}, {"count": 31, "most": 30}),
    ("ORDERS_OPEN_MANY", {}, {"now_open": 100}, {"count": 101, "most": 100}),
    ("FAR_FROM_MARKET", {"limit": Price(72_300)}, {}, {"percent": "3.1", "way": "above", "most": 3}),
    ("FAR_FROM_MARKET", {"limit": Price(67_800)}, {}, {"percent": "3.1", "way": "below"}),
    ("FAR_FROM_MARKET", {**SELL, "limit": Price(72_200)}, {}, {"percent": "3.1", "way": "above"}),
    (
        "CROSSES_DEEP",
        {"limit": Price(71_900), "quantity": Shares(10)},
        {"book": known(book(asks=((70_100, 1), (71_600, 500))))},
        {"percent": "2.1", "best": "70,100", "worst": "71,600"},
    ),
    ("BEYOND_THE_LEVELS", {**MARKET, "quantity": Shares(1_001)}, {"limits": limits(order_refuse=None)}, {"rest": 1}),
    (
        "CROSSES_OWN_ASKED",
        {"limit": Price(70_200)},
        {"working": (OWN_SELL,), "limits": limits(own_cross=OwnCross.ASK)},
        {"side": "sell"},
    ),
    ("VOLUME_LARGE", {}, {"volume": known(AverageVolume(999, 20))}, {"share": "1.0", "average": 999, "sessions": 20}),
    ("SLIP_SAME_NUMBER", {"quantity": Shares(70_000)}, {"limits": WIDE}, {}),
    (
        "SLIP_QUANTITY_IS_PRICE",
        {"quantity": Shares(70_500), "limit": Price(69_900)},
        {"limits": WIDE},
        {"quantity": 70_500},
    ),
    ("SLIP_EXTRA_ZERO", {"quantity": Shares(100)}, {"habit": Habit(counts=(10, 10, 10))}, {"usual": 10}),
    ("SLIP_TEN_TIMES", {"quantity": Shares(100)}, {"habit": Habit(amounts=(700_000,) * 5)}, {"usual": 700_000}),
    ("SLIP_MAN", {"quantity": Shares(20_000)}, {"limits": WIDE}, {"shares": 2}),
    (
        "SLIP_SUM_AS_SHARES",
        {"quantity": Shares(100_000)},
        {"limits": WIDE},
        {"shares": 1},
    ),
    ("SLIP_SIDE", {"quantity": Shares(137)}, {"held": known(Shares(137))}, {"held": 137}),
    (
        "SLIP_NEIGHBOUR",
        {},
        {"habit": Habit(known={InstrumentId("005935"): "삼성전자우"})},
        {"wrong": "005930", "other": "005935"},
    ),
]

HINTS: list[tuple[str, str, Mapping[str, Any], Mapping[str, object]]] = [
    ("SLIP_SWAPPED", "BELOW_LIMIT", {"quantity": Shares(70_100), "limit": Price(10)}, {"quantity": 70_100}),
    ("SLIP_PRICE_DIGIT", "BELOW_LIMIT", {"limit": Price(7_010)}, {"meant": 70_100}),
    ("SLIP_PRICE_DIGIT", "ABOVE_LIMIT", {"limit": Price(700_000)}, {"meant": 70_000}),
]


def only(verdict: tuple[Message, ...], code: str) -> Message:
    (found,) = [message for message in verdict if message.code == code]
    return found


@pytest.mark.parametrize(("code", "of_ticket", "of_facts", "values"), REFUSED)
def test_what_a_limit_refuses(
    code: str, of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any], values: Mapping[str, object]
) -> None:
    verdict = judge_ticket(ticket(**of_ticket), rich(**of_facts))
    reason = only(verdict.reasons, code)
    assert values.items() <= reason.values.items()
    for message in verdict.reasons + verdict.questions:
        told(message)


@pytest.mark.parametrize(("code", "of_ticket", "of_facts", "values"), ASKED)
def test_what_a_limit_asks(
    code: str, of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any], values: Mapping[str, object]
) -> None:
    verdict = judge_ticket(ticket(**of_ticket), rich(**of_facts))
    assert not verdict.reasons
    assert values.items() <= only(verdict.questions, code).values.items()
    for message in verdict.questions:
        told(message)


@pytest.mark.parametrize(("code", "beside", "of_ticket", "values"), HINTS)
def test_beside_a_refusal_the_other_reading_is_a_hint(
    code: str, beside: str, of_ticket: Mapping[str, Any], values: Mapping[str, object]
) -> None:
    verdict = judge_ticket(ticket(**of_ticket), rich())
    assert beside in codes(verdict.reasons)
    assert values.items() <= only(verdict.notes, code).values.items()
    told(only(verdict.notes, code))


@pytest.mark.parametrize(
    ("of_ticket", "of_facts"),
    [
        ({}, {}),
        ({"limit": Price(72_200)}, {}),
        ({"limit": Price(67_900)}, {}),
        ({"quantity": Shares(428)}, {}),
        ({**MARKET, "quantity": Shares(100)}, {}),
        ({**SELL}, lost(50_000_000)),
        ({}, lost(3_499_999)),
        ({"limit": Price(70_100)}, {"working": (OWN_SELL,)}),
        ({**SELL, "limit": Price(70_100)}, {"working": (OWN_BUY,)}),
        ({"type": OrderType.PRIORITY, "limit": None}, {"working": (OWN_SELL,)}),
        ({"type": OrderType.BEST, "limit": None}, {"working": (OWN_SELL,)}),
        ({"limit": Price(70_200)}, {"working": (OWN_SELL,), "limits": limits(own_cross=OwnCross.OFF)}),
        ({}, {"recent": 29}),
        ({}, {"volume": known(AverageVolume(1_000, 20))}),
    ],
)
def test_what_stays_within_every_limit(of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any]) -> None:
    assert judge_ticket(ticket(**of_ticket), rich(**of_facts)) == Verdict()


def test_what_cannot_be_judged_is_said() -> None:
    verdict = judge_ticket(ticket(), rich(volume=NOTHING))
    assert verdict.accepted and codes(verdict.notes) == ["VOLUME_UNKNOWN"]
    blind = judge_ticket(ticket(), rich(held=NOTHING, total=NOTHING, day_result=NOTHING, orderable=NOTHING))
    assert codes(blind.questions) == ["CASH_UNKNOWN"]
    assert codes(blind.notes) == ["ACCOUNT_NOT_JUDGED"]
    for note in verdict.notes + blind.notes:
        for language in Language:
            assert WORDING[note.code].sentence(note, language)


def test_a_market_order_is_as_large_as_the_book_can_make_it() -> None:
    """Beyond what is shown each share counts at the day's upper limit."""
    verdict = judge_ticket(ticket(**MARKET, quantity=Shares(1_001)), rich())
    assert only(verdict.questions, "ORDER_LARGE").values["amount"] == 1_001 * 91_000
    blind = judge_ticket(ticket(**MARKET, quantity=Shares(400)), rich(book=NOTHING))
    assert only(blind.questions, "ORDER_LARGE").values["amount"] == 400 * 91_000


def test_in_an_auction_the_book_promises_no_price() -> None:
    crossed = known(book(bid=70_200))
    assert judge_ticket(ticket(limit=Price(71_000)), rich(book=crossed)) == Verdict()


def test_a_sum_in_another_currency_is_not_judged_in_won() -> None:
    at = Price.parse("192.69", Currency.USD)
    verdict = judge_ticket(ticket(limit=at), rich())
    assert codes(verdict.reasons) == ["WRONG_CURRENCY"]


# --- plans ----------------------------------------------------------------------------------------------------------


def test_no_limit_of_size_loss_or_rate_asks_about_a_plans_sells() -> None:
    harsh = rich(**lost(50_000_000), recent=500, limits=limits(order_ask=1, order_typed=1, order_refuse=1))
    assert judge_ticket(ticket(**SELL, origin=PLAN), harsh) == Verdict()
    by_hand = judge_ticket(ticket(**SELL), harsh)
    assert codes(by_hand.questions) == ["ORDER_TOO_LARGE", "ORDERS_TOO_FAST"] and not by_hand.reasons


def test_a_plan_makes_no_slips_of_the_hand() -> None:
    habit = Habit(amounts=(70_000,) * 5)
    assert codes(judge_ticket(ticket(), rich(habit=habit)).questions) == ["SLIP_TEN_TIMES"]
    assert judge_ticket(ticket(origin=PLAN), rich(habit=habit)) == Verdict()


# --- changes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "limit", "of_facts", "reasons", "questions"),
    [
        (order(), 70_100, {}, [], []),
        (order(), 72_300, {}, [], ["FAR_FROM_MARKET"]),
        (order(), 84_300, {}, ["TOO_FAR_FROM_MARKET"], []),
        (order(), 70_200, {"working": (OWN_SELL,)}, [], []),  # OWN_SELL bears the same id: it is the order itself
        (order(), 70_100, lost(5_000_000), ["DAY_LOSS_REACHED"], []),
        (order(), 69_900, lost(5_000_000), [], []),
        (order(), 70_100, {"recent": 60}, ["ORDERS_TOO_FAST"], []),
        (OWN_SELL, 70_100, {"recent": 60}, [], ["ORDERS_TOO_FAST"]),
        (OWN_SELL, 70_100, lost(5_000_000), [], []),
    ],
)
def test_a_move_is_judged_as_a_new_price(
    made: Order, limit: int, of_facts: Mapping[str, Any], reasons: list[str], questions: list[str]
) -> None:
    verdict = judge_reprice(made, Price(limit), rich(**of_facts))
    assert (codes(verdict.reasons), codes(verdict.questions)) == (reasons, questions)


def test_an_order_that_is_judged_itself_is_none_of_those_that_work() -> None:
    bare = without_order(OWN_BUY, rich(working=(OWN_BUY,), recent=3, orderable=known(Money(0))))
    assert bare.working == () and bare.recent == 2
    assert bare.orderable.value == Money(700_099)  # type: ignore[union-attr] # known above


# --- what holds for every order -------------------------------------------------------------------------------------

COUNTS = st.integers(1, 200_000)
PRICES = st.integers(490, 910).map(lambda hundreds: Price(hundreds * 100))
STATES = st.fixed_dictionaries(
    {
        "recent": st.integers(0, 100),
        "now_open": st.integers(0, 400),
        "day_result": st.integers(-(10**9), 10**9).map(lambda won: known(Money(won))),
        "total": st.integers(1, 10**12).map(lambda won: known(Money(won))),
        "held": st.integers(0, 10**6).map(lambda count: known(Shares(count))),
        "working": st.sampled_from([(), (OWN_BUY,), (OWN_SELL,)]),
        "book": st.sampled_from([NOTHING, known(book()), known(book(asks=((70_100, 5), (75_000, 10**6))))]),
        "volume": st.sampled_from([NOTHING, known(AverageVolume(50_000, 20))]),
        "stopped": st.booleans(),
        "price_at": st.sampled_from([NOW, NOW - timedelta(hours=1), None]),
    }
)
KINDS = st.sampled_from([OrderType.LIMIT, OrderType.MARKET, OrderType.BEST, OrderType.PRIORITY])
SIZE_LOSS_RATE = {
    "ORDER_TOO_LARGE",
    "POSITION_TOO_LARGE",
    "DAY_LOSS_REACHED",
    "ORDERS_TOO_FAST",
    "ORDERS_OPEN_TOO_MANY",
}


def made(side: Side, kind: OrderType, count: int, limit: Price, origin: Any) -> Ticket:
    priced = limit if kind.carries_price else None
    return ticket(side=side, type=kind, quantity=Shares(count), limit=priced, origin=origin)


@given(KINDS, COUNTS, PRICES, STATES, st.sampled_from([Hand(), PLAN]))
def test_what_only_reduces_is_never_refused_for_size_loss_or_rate(
    kind: OrderType, count: int, limit: Price, state: dict[str, Any], origin: Any
) -> None:
    verdict = judge_ticket(made(Side.SELL, kind, count, limit, origin), rich(**state))
    assert not SIZE_LOSS_RATE & set(codes(verdict.reasons))


@given(st.sampled_from(Side), KINDS, COUNTS, COUNTS, PRICES, STATES)
def test_a_smaller_order_is_never_refused_where_a_larger_one_passes(
    side: Side, kind: OrderType, one: int, other: int, limit: Price, state: dict[str, Any]
) -> None:
    small, large = (made(side, kind, count, limit, Hand()) for count in sorted((one, other)))
    rooms = rich(**state)
    refused = set(codes(judge_ticket(small, rooms).reasons))
    assert refused <= set(codes(judge_ticket(large, rooms).reasons))


@settings(deadline=None)
@given(st.sampled_from(Side), KINDS, COUNTS, PRICES, STATES, st.sampled_from([Hand(), PLAN]))
def test_every_verdict_is_worded_whole_in_both_languages(
    side: Side, kind: OrderType, count: int, limit: Price, state: dict[str, Any], origin: Any
) -> None:
    verdict = judge_ticket(made(side, kind, count, limit, origin), rich(**state))
    for message in verdict.reasons + verdict.questions:
        told(message)


@given(st.sampled_from(Side), KINDS, COUNTS, PRICES, STATES)
def test_looser_limits_refuse_nothing_more(
    side: Side, kind: OrderType, count: int, limit: Price, state: dict[str, Any]
) -> None:
    order_ = made(side, kind, count, limit, Hand())
    tight, loose = limits(), limits(order_refuse=None, position_refuse=None, day_loss_percent=50, orders_refuse=None)
    before = judge_ticket(order_, rich(**state, limits=tight))
    after = judge_ticket(order_, rich(**state, limits=loose))
    assert set(codes(after.reasons)) <= set(codes(before.reasons))


def test_the_average_volume_is_of_the_last_twenty_sessions() -> None:
    days = [Candle(NOW - timedelta(days=ago), 1, 1, 1, 1, 100 if ago <= 20 else 10**9, 0) for ago in range(1, 41)]
    assert average_volume(days) == AverageVolume(100, 20)
    assert average_volume(days[:3]) == AverageVolume(100, 3)
    assert average_volume([]) is None
