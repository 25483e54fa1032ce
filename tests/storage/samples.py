"""One fact of every kind, each with every field in use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import MappingProxyType

from hoga.base.clock import KST
from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, OrderReport, RequestKind
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.order_facts import (
    Adopted,
    Answer,
    Answered,
    Asked,
    Fact,
    Found,
    Intended,
    Interrupted,
    Joined,
    Lapsed,
    Listed,
    Noticed,
    ProvedAbsent,
    Sending,
    Withdrawn,
)
from hoga.domain.tickets import OrderId, OrderType, PlanChild, RequestId, RuleChild, Side, TicketId, TimeInForce
from hoga.domain.values import Currency, Money, Price, Shares

CONNECTION = ConnectionId("kis-real@practice-3f9a")
AT = datetime(2026, 11, 23, 9, 0, 0, 123_456, tzinfo=KST)
DAY = date(2026, 11, 23)
ORDER = OrderId(f"{CONNECTION}/20261123-0001")
REQUEST = RequestId(f"{ORDER}/1")
NUMBER = BrokerNumber(DAY, "91252", 157_001)
SAMSUNG = InstrumentId("005930")


def intended(n: int = 1, **changes: object) -> Intended:
    """The intent of the ``n``-th order of the day."""
    order = OrderId(f"{CONNECTION}/20261123-{n:04d}")
    values: dict[str, object] = {
        "at": AT + timedelta(seconds=n), "order": order, "request": RequestId(f"{order}/1"),
        "ticket": TicketId(f"ticket-{n}"), "instrument": SAMSUNG, "side": Side.BUY, "type": OrderType.LIMIT,
        "tif": TimeInForce.DAY, "venue": Venue.KRX, "quantity": Shares(10), "limit": Price(70_000),
    }  # fmt: skip
    return Intended(**{**values, **changes})  # type: ignore[arg-type]


def row(**changes: object) -> OrderReport:
    values: dict[str, object] = {
        "number": NUMBER, "original": None, "kind": RequestKind.NEW, "instrument": SAMSUNG, "side": Side.SELL,
        "type": OrderType.LIMIT, "tif": TimeInForce.DAY, "limit": Price(70_000), "quantity": Shares(10),
        "filled": Shares(4), "filled_amount": Money(280_000), "remaining": Shares(5), "cancelled": Shares(1),
        "rejected": Shares(0), "at": AT, "venue": Venue.KRX, "channel": "MTS", "raw": MappingProxyType({"a": "b"}),
    }  # fmt: skip
    return OrderReport(**{**values, **changes})  # type: ignore[arg-type]


def notice(**changes: object) -> OrderNotice:
    values: dict[str, object] = {
        "number": NUMBER, "original": BrokerNumber(DAY, "", 156_999), "kind": NoticeKind.FILLED,
        "request": RequestKind.REPRICE, "instrument": SAMSUNG, "side": Side.BUY, "quantity": Shares(3),
        "price": Price(69_900), "at": AT, "execution": "090000/69900/3", "fee": Money(12), "tax": Money(0),
        "venue": Venue.KRX, "raw": MappingProxyType({"x": "y"}),
    }  # fmt: skip
    return OrderNotice(**{**values, **changes})  # type: ignore[arg-type]


def every_kind() -> list[Fact]:
    """At least one of each class of fact, with every kind of origin, answer and value."""
    raw = MappingProxyType({"rt_cd": "0", "msg1": "주문 전송 완료"})
    dollars = Price(1_926_900, Currency.USD)
    return [
        intended(1, origin=PlanChild("digest", 2, 3, 1), consent="그래도 보냅니다", sending=True),
        intended(2, origin=RuleChild("stop loss"), limit=None, type=OrderType.MARKET, tif=TimeInForce.IOC),
        intended(3, limit=dollars, stop=dollars),
        Asked(AT, ORDER, RequestId(f"{ORDER}/2"), RequestKind.REPRICE, limit=Price(70_100), consent="네"),
        Asked(
            AT, ORDER, RequestId(f"{ORDER}/3"), RequestKind.REDUCE, by=Shares(2), origin=RuleChild("r"), sending=True,
            target=NUMBER, quantity=Shares(2),
        ),
        Sending(AT, ORDER, REQUEST, NUMBER, Shares(6)),
        Withdrawn(AT, ORDER, REQUEST, "TAKEN_BACK"),
        *(Answered(AT, ORDER, REQUEST, answer) for answer in Answer),
        Answered(AT, ORDER, REQUEST, Answer.ACCEPTED, NUMBER, AT, raw=raw),
        Answered(
            AT, ORDER, REQUEST, Answer.REFUSED, code="APBK0919", text="장운영일자가 주문일과 상이합니다",
            why="KIS_APBK0919", values=MappingProxyType({"code": "APBK0919"}),
        ),
        Interrupted(AT, ORDER, REQUEST),
        Found(AT, ORDER, REQUEST, NUMBER, by_person=True),
        ProvedAbsent(AT, ORDER, REQUEST, (AT, AT + timedelta(seconds=61))),
        Noticed(AT, notice()),
        Noticed(AT, notice(kind=NoticeKind.UNCLEAR, request=None, price=None, original=None, fee=None, tax=None)),
        Listed(AT, ORDER, row()),
        Listed(AT, ORDER, row(type=None, tif=None, kind=None, limit=None)),
        Adopted(AT, ORDER, row()),
        Joined(AT, ORDER, row(original=NUMBER)),
        Lapsed(AT, ORDER, (NUMBER, BrokerNumber(DAY, "0/1", 5))),
    ]  # fmt: skip
