"""Each rule of the risk gate: its code, its numbers, and its words with an action in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.base.message import Language, Message
from hoga.broker.port import Capabilities
from hoga.domain.accounts import ConnectionId, PracticeAccount, WireProfile
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, RequestKind
from hoga.domain.costs import fee_model
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Market, ProductType, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Quote
from hoga.domain.order_facts import Answer, Answered, Asked, Fact, Intended, Joined, Noticed
from hoga.domain.orders import Order
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.sessions import AlwaysOpen, MarketSchedule
from hoga.domain.tickets import OrderId, OrderType, RequestId, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.trading.gate import GateFacts, Verdict, judge_reduce, judge_reprice, judge_ticket, needed_cash
from hoga.trading.records import OrderRecords
from hoga.trading.wording import WORDING
from tests.storage.samples import row

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KST)
SAMSUNG = InstrumentId("005930")
ACCOUNT = PracticeAccount(ConnectionId("kis@practice"), "******56-01", WireProfile.KIS_REAL)
OTHER = PracticeAccount(ConnectionId("paper@practice"), "******78-01", WireProfile.KIS_PAPER)
STOCK = Instrument(SAMSUNG, Market.KOSPI, ProductType.STOCK, "삼성전자", "Samsung Electronics")
NOTHING = Unknown(Message("NOT_READ_YET"))
KINDS = frozenset((type, tif, venue) for type in OrderType for tif in TimeInForce for venue in (Venue.KRX, Venue.NXT))


def known(value: Any) -> Known[Any]:
    return Known(value, NOW, "test")


def quote(**changes: Any) -> Quote:
    made = Quote(
        instrument=SAMSUNG, at=NOW, last=Price(70_000), change_units=0, change_percent="0.00", open=None, high=None,
        low=None, base=Price(70_000), upper_limit=Price(91_000), lower_limit=Price(49_000), volume=0, amount=Money(0),
        tick=None, flags=Flags(),
    )  # fmt: skip
    return replace(made, **changes)


def facts(**changes: Any) -> GateFacts:
    made = GateFacts(
        account=ACCOUNT, locked=None, now=NOW, schedule=AlwaysOpen(),
        capabilities=Capabilities(KINDS, frozenset({Venue.KRX}), True, True, True, True, 41, 15.0),
        fees=fee_model(WireProfile.KIS_REAL), instrument=known(STOCK), master_read=True, quote=known(quote()),
        stale_after=10.0, orderable=known(Money(1_000_000)), sellable=known(Shares(20)), price_at=NOW,
        limits=NO_RISK_LIMITS,
    )  # fmt: skip
    return replace(made, **changes)


def ticket(**changes: Any) -> Ticket:
    made = Ticket(TicketId("t"), ACCOUNT, SAMSUNG, Side.BUY, OrderType.LIMIT, Shares(10), Price(70_000))
    return replace(made, **changes)


def instrument(**changes: Any) -> Known[Instrument]:
    return known(replace(STOCK, **changes))


def at(hour: int, minute: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute)


REAL_HOURS = {"schedule": MarketSchedule()}
INTERRUPTED = Flags(volatility_interruption=True)
MARKET = {"type": OrderType.MARKET, "limit": None}

REFUSED: list[tuple[str, Mapping[str, Any], Mapping[str, Any], Mapping[str, object]]] = [
    ("WRONG_ACCOUNT", {"account": OTHER}, {}, {"ticket": OTHER.label, "here": ACCOUNT.label}),
    ("ACCOUNT_LOCKED", {}, {"locked": Message("ACCOUNT_LOCKED")}, {}),
    ("BAD_QUANTITY", {"quantity": Shares(0)}, {}, {"quantity": 0}),
    ("QUANTITY_TOO_BIG", {"quantity": Shares(10**10)}, {}, {"quantity": 10**10, "most": 9_999_999_999}),
    ("NOT_A_LOT", {}, {"instrument": instrument(lot=100)}, {"quantity": 10, "lot": 100}),
    ("UNKNOWN_INSTRUMENT", {}, {"instrument": NOTHING}, {}),
    ("HALTED", {}, {"instrument": instrument(flags=Flags(halted=True)), "quote": NOTHING}, {"code": "005930"}),
    ("HALTED", {}, {"quote": known(quote(flags=Flags(halted=True)))}, {"name": "삼성전자"}),
    ("NOT_AT_VENUE", {"venue": Venue.NXT}, {}, {"venue": "NXT"}),
    (
        "TYPE_NOT_HERE",
        {"type": OrderType.PRIORITY, "limit": None},
        {"capabilities": replace(facts().capabilities, types=frozenset())},
        {"type": "priority limit", "tif": "day"},
    ),
    ("MARKET_CLOSED", {}, {**REAL_HOURS, "now": at(6)}, {"phase": "closed", "until": "11-23 08:30"}),
    (
        "TYPE_NEVER",
        {"type": OrderType.CONDITIONAL, "venue": Venue.NXT},
        {"instrument": instrument(venues=frozenset({Venue.NXT}))},
        {"venue": "NXT"},
    ),
    ("TYPE_NOT_NOW", {**MARKET}, {**REAL_HOURS, "now": at(16, 10)}, {"type": "market"}),
    ("TYPE_NOT_IN_VI", {"tif": TimeInForce.IOC}, {"quote": known(quote(flags=INTERRUPTED))}, {"tif": "IOC"}),
    ("PRICE_NOT_TAKEN", {"type": OrderType.MARKET}, {}, {"type": "market"}),
    ("PRICE_NEEDED", {"limit": None}, {}, {"type": "limit"}),
    ("PRICE_NEEDED", {"limit": Price(0)}, {}, {}),
    ("WRONG_CURRENCY", {"limit": Price(70_000, Currency.USD)}, {}, {"currency": "USD", "wanted": "KRW"}),
    ("OFF_TICK", {"limit": Price(70_050)}, {}, {"price": "70,050", "below": "70,000", "above": "70,100"}),
    ("OFF_TICK", {"limit": Price(70_001)}, {"instrument": instrument(product=ProductType.ETF)}, {"above": "70,005"}),
    ("ABOVE_LIMIT", {"limit": Price(91_100)}, {}, {"upper": "91,000"}),
    ("BELOW_LIMIT", {"limit": Price(48_950)}, {}, {"lower": "49,000"}),
    ("CASH_SHORT", {"quantity": Shares(15)}, {}, {"have": 1_000_000}),
    ("CASH_SHORT_AT_UPPER", {**MARKET, "quantity": Shares(11)}, {}, {"have": 1_000_000, "upper": "91,000"}),
    ("CASH_SHORT", {}, {"orderable": known(Money(-5))}, {"have": 0}),
    ("SHARES_SHORT", {"side": Side.SELL, "quantity": Shares(21)}, {}, {"need": 21, "have": 20}),
    ("SHARES_NONE", {"side": Side.SELL}, {"sellable": known(Shares(0)), "held": known(Shares(0))}, {}),
]

ASKED: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
    ("INSTRUMENT_NOT_READ", {}, {"instrument": NOTHING, "master_read": False}),
    ("HOURS_UNKNOWN", {}, {**REAL_HOURS, "now": NOW.replace(year=2099)}),
    ("TICK_UNKNOWN", {}, {**REAL_HOURS, "now": NOW.replace(year=1999)}),
    ("LIMITS_UNKNOWN", {}, {"quote": NOTHING}),
    ("PRICE_UNKNOWN", {**MARKET}, {"price_at": None}),
    ("PRICE_STALE", {**MARKET}, {"price_at": NOW - timedelta(seconds=11)}),
    ("CASH_UNKNOWN", {}, {"orderable": NOTHING}),
    ("CASH_UNKNOWN", {**MARKET}, {"quote": known(quote(upper_limit=None, base=Price(0)))}),
    ("SHARES_UNKNOWN", {"side": Side.SELL}, {"sellable": NOTHING}),
    ("TWIN_UNSETTLED", {}, {"twin": True}),
    ("STOP_IS_ON", {}, {"stopped": True}),
]


def told(message: Message) -> None:
    """In both languages: a sentence and an action, with every value in its place."""
    wording = WORDING[message.code]
    for language in Language:
        sentence, action = wording.sentence(message, language), wording.action(message, language)
        assert sentence
        assert action
        for text in (sentence, action):
            assert "{" not in text
            assert "–" not in text, f"{message} lacks a value of its sentence: {text}"


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [message.code for message in messages]


@pytest.mark.parametrize(("code", "of_ticket", "of_facts", "values"), REFUSED)
def test_what_is_refused(
    code: str, of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any], values: Mapping[str, object]
) -> None:
    verdict = judge_ticket(ticket(**of_ticket), facts(**of_facts))
    (reason,) = [reason for reason in verdict.reasons if reason.code == code]
    assert values.items() <= reason.values.items()
    for message in verdict.reasons + verdict.questions:
        told(message)


@pytest.mark.parametrize(("code", "of_ticket", "of_facts"), ASKED)
def test_what_is_asked(code: str, of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any]) -> None:
    verdict = judge_ticket(ticket(**of_ticket), facts(**of_facts))
    assert not verdict.reasons
    assert code in codes(verdict.questions)
    for question in verdict.questions:
        told(question)


@pytest.mark.parametrize(
    ("of_ticket", "of_facts"),
    [
        ({}, {}),
        ({"side": Side.SELL, "quantity": Shares(20)}, {}),
        ({**MARKET, "quantity": Shares(10)}, {}),
        ({"type": OrderType.BEST, "limit": None}, {}),
        ({"limit": Price(91_000)}, {}),
        ({"limit": Price(49_000)}, {}),
        ({"side": Side.SELL}, {"orderable": NOTHING}),
        ({}, {"sellable": NOTHING}),
        ({}, {"price_at": NOW - timedelta(hours=1)}),
        ({}, {**REAL_HOURS}),
    ],
)
def test_what_is_let_through(of_ticket: Mapping[str, Any], of_facts: Mapping[str, Any]) -> None:
    assert judge_ticket(ticket(**of_ticket), facts(**of_facts)) == Verdict()


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = ticket(quantity=Shares(0), limit=Price(95_050), venue=Venue.NXT)
    assert codes(judge_ticket(wrong, facts()).reasons) == ["BAD_QUANTITY", "NOT_AT_VENUE", "OFF_TICK", "ABOVE_LIMIT"]


def test_the_shortage_is_exact_to_the_won() -> None:
    verdict = judge_ticket(ticket(), facts(orderable=known(Money(700_000))))
    (reason,) = verdict.reasons
    need = needed_cash(Side.BUY, OrderType.LIMIT, Price(70_000), Shares(10), facts())
    assert need is not None
    assert reason.values["short"] == need.units - 700_000
    assert judge_ticket(ticket(), facts(orderable=known(need))) == Verdict()
    assert codes(judge_ticket(ticket(), facts(orderable=known(need - Money(1)))).reasons) == ["CASH_SHORT"]


def test_all_ones_cash_at_the_market_is_held_at_the_upper_limit() -> None:
    assert judge_ticket(ticket(**MARKET, quantity=Shares(10)), facts()) == Verdict()
    verdict = judge_ticket(ticket(**MARKET, quantity=Shares(11)), facts())
    assert codes(verdict.reasons) == ["CASH_SHORT_AT_UPPER"]
    assert judge_ticket(ticket(quantity=Shares(14)), facts()) == Verdict()


# --- changes --------------------------------------------------------------------------------------------------------

ID = OrderId("kis@practice/20261123-0001")
NUMBER = BrokerNumber(NOW.date(), "91252", 1)


def order(*more: Fact, **changes: Any) -> Order:
    """An order that works at 70,000."""
    records = OrderRecords(ACCOUNT.connection)
    values: dict[str, Any] = {
        "at": NOW, "order": ID, "request": RequestId(f"{ID}/1"), "ticket": TicketId("t"), "instrument": SAMSUNG,
        "side": Side.BUY, "type": OrderType.LIMIT, "tif": TimeInForce.DAY, "venue": Venue.KRX,
        "quantity": Shares(10), "limit": Price(70_000), "sending": True,
    }  # fmt: skip
    records.apply(Intended(**{**values, **changes}))
    for fact in more or (answered(),):
        records.apply(fact)
    made = records.order(ID)
    assert made is not None
    return made


def answered(answer: Answer = Answer.ACCEPTED) -> Answered:
    number = NUMBER if answer is Answer.ACCEPTED else None
    return Answered(NOW, ID, RequestId(f"{ID}/1"), answer, number)


def filled(count: int) -> Noticed:
    return Noticed(
        NOW,
        OrderNotice(
            NUMBER, None, NoticeKind.FILLED, RequestKind.NEW, SAMSUNG, Side.BUY, Shares(count), Price(70_000), NOW, "x"
        ),
    )


def split() -> Joined:
    """Somebody moved a part of it to another price elsewhere."""
    moved = row(
        number=BrokerNumber(NOW.date(), "91252", 2), original=NUMBER, kind=RequestKind.REPRICE, side=Side.BUY,
        limit=Price(71_000), quantity=Shares(4), filled=Shares(0), filled_amount=Money(0), remaining=Shares(4),
        cancelled=Shares(0),
    )  # fmt: skip
    return Joined(NOW, ID, moved)


BUSY = Asked(NOW, ID, RequestId(f"{ID}/2"), RequestKind.REPRICE, limit=Price(70_100), sending=True, target=NUMBER)


@pytest.mark.parametrize(
    ("code", "made", "limit", "of_facts"),
    [
        ("NOTHING_LEFT", order(answered(), filled(10)), 70_100, {}),
        ("ORDER_BUSY", order(answered(), BUSY), 70_200, {}),
        ("NUMBER_NOT_KNOWN", order(answered(Answer.UNANSWERED)), 70_100, {}),
        ("ORDER_SPLIT", order(answered(), split()), 70_100, {}),
        ("SAME_PRICE", order(), 70_000, {}),
        ("PRICE_NOT_TAKEN", order(type=OrderType.MARKET, limit=None), 70_100, {}),
        ("OFF_TICK", order(), 70_050, {}),
        ("ABOVE_LIMIT", order(), 91_100, {}),
        ("CASH_SHORT", order(), 90_000, {"orderable": known(Money(199_000))}),
        ("ACCOUNT_LOCKED", order(), 70_100, {"locked": Message("ACCOUNT_LOCKED")}),
        ("MARKET_CLOSED", order(), 70_100, {**REAL_HOURS, "now": at(6)}),
    ],
)
def test_a_reprice_that_is_refused(code: str, made: Order, limit: int, of_facts: Mapping[str, Any]) -> None:
    verdict = judge_reprice(made, Price(limit), facts(**of_facts))
    assert code in codes(verdict.reasons)
    for reason in verdict.reasons:
        told(reason)


def test_a_reprice_needs_cash_for_the_difference_alone() -> None:
    assert judge_reprice(order(), Price(70_100), facts(orderable=known(Money(1_100)))) == Verdict()
    assert judge_reprice(order(), Price(69_900), facts(orderable=known(Money(-50_000)))) == Verdict()
    verdict = judge_reprice(order(), Price(70_100), facts(orderable=NOTHING))
    assert codes(verdict.questions) == ["CASH_UNKNOWN"]


@pytest.mark.parametrize(
    ("code", "made", "by"),
    [
        ("BAD_QUANTITY", order(), 0),
        ("REDUCE_TOO_MUCH", order(), 10),
        ("REDUCE_TOO_MUCH", order(answered(), filled(4)), 6),
        ("NOTHING_LEFT", order(answered(), filled(10)), 1),
        ("NUMBER_NOT_KNOWN", order(answered(Answer.UNANSWERED)), 1),
        ("ORDER_BUSY", order(answered(), BUSY), 1),
    ],
)
def test_a_reduce_that_is_refused(code: str, made: Order, by: int) -> None:
    verdict = judge_reduce(made, Shares(by))
    assert codes(verdict.reasons) == [code]
    told(verdict.reasons[0])


def test_a_reduce_that_leaves_something_is_let_through() -> None:
    assert judge_reduce(order(answered(), filled(4)), Shares(5)) == Verdict()


def test_what_is_not_known_is_never_taken_for_good() -> None:
    """No Unknown among the facts lets an order pass in silence."""
    unknown: dict[str, Maybe[Any]] = {"instrument": NOTHING, "quote": NOTHING, "orderable": NOTHING}
    for name, value in unknown.items():
        verdict = judge_ticket(ticket(), facts(**{name: value}, master_read=False))
        assert not verdict.accepted, name
