"""The judge: the exchange's own record against the desk's journal, order by order and number by number.

``lost``: the exchange has an order of ours that the desk knows nothing of. ``doubled``: more orders than intents, or
one number claimed twice. ``unexplained``: the desk shows what the exchange never had, or other figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.known import Unknown
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.practice.api import Broker, CashFigures, EntryKind, HoldingEntry, OrderEntry
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from hoga.trading.facade import Desk
from hoga.trading.records import OrderRecords
from tests.campaigns.brokers import number_of
from tests.campaigns.report import Report

Rows = Mapping[BrokerNumber, OrderEntry]
_API = "api"
_Terms = tuple[str, Side, int, int | None]


def rows_of(entries: Iterable[OrderEntry], broker: Broker = Broker.KIS) -> Rows:
    return {number_of(entry, broker): entry for entry in entries}


def judge(report: Report, orders: Iterable[Order], rows: Rows, unrecorded: int = 0) -> None:
    """Everything about orders and their figures. ``unrecorded`` cancels left while the disk took nothing, and went with
    the process: the desk knows their numbers, and no more who asked for them."""
    orders = tuple(orders)
    claimed: Counter[BrokerNumber] = Counter()
    for order in orders:
        for life in order.numbers:
            claimed[life.number] += life.request is not None
        _judge_order(report, order, rows)
    known = Counter(life.number for order in orders for life in order.numbers)
    for number in (number for number, count in known.items() if count > 1):
        report.find("doubled", f"{number} belongs to {known[number]} orders")
    extra = _beyond_intents(orders, rows, claimed)
    for number, row in rows.items():
        if row.channel != _API:
            if row.kind is not EntryKind.CANCEL and number not in known:
                report.find("unexplained", f"a foreign order is not shown: {row}")
        elif claimed[number] > 1:
            report.find("doubled", f"{claimed[number]} requests claim {number}")
        elif not claimed[number] and row.kind is EntryKind.CANCEL and number in known and unrecorded:
            unrecorded -= 1
        elif not claimed[number]:
            report.find("doubled" if number in extra else "lost", f"nothing claims {row}")


async def journaled(database: Database, connection: ConnectionId) -> tuple[Order, ...]:
    """Every order as the journal alone tells it: what a desk that starts now would know."""
    records = OrderRecords(connection)
    replay = await Journal(database, connection, lambda raw: raw).replay(date.min)
    for entry in replay.entries:
        records.apply(entry.fact)
    return tuple(records.orders)


def judge_memory(report: Report, desk: Desk, orders: Iterable[Order]) -> None:
    """What the desk shows is what its journal tells."""
    told = {order.id: order for order in orders}
    for shown in desk.orders():
        if told.get(shown.id) != shown:
            report.find("unexplained", f"the desk shows {shown}, its journal tells {told.get(shown.id)}")


def judge_account(report: Report, desk: Desk, cash: CashFigures, holdings: Iterable[HoldingEntry]) -> None:
    """Shares and cash, as the desk shows them, and that it takes nothing for unexplained: every trade was told it."""
    portfolio = desk.portfolio()
    for difference in desk.differences():
        report.find("unexplained", f"the desk reports {difference}")
    truth = {entry.code: entry.quantity for entry in holdings if entry.quantity}
    if isinstance(portfolio.holdings, Unknown) or isinstance(portfolio.orderable, Unknown):
        report.find("unexplained", "the desk does not know its holdings or its cash")
        return
    shown = {held.position.instrument.code: held.position.quantity.count for held in portfolio.holdings.value}
    if {code: count for code, count in shown.items() if count} != truth:
        report.find("unexplained", f"holdings are shown as {shown}, are {truth}")
    d2 = (
        {}
        if isinstance(portfolio.cash, Unknown)
        else {each.currency: each.settled_d2.units for each in portfolio.cash.value}
    )
    if d2.get(Currency.KRW) != cash.d2:
        report.find("unexplained", f"cash after two days is shown as {d2}, is {cash.d2}")
    # The desk rounds what each open buy holds back up to the won; the exchange their sum.
    roundings = len(portfolio.reservations)
    if not 0 <= cash.orderable - portfolio.orderable.value.units <= roundings:
        report.find("unexplained", f"orderable cash is shown as {portfolio.orderable.value.units}, is {cash.orderable}")


def was_sent(request: Request) -> bool:
    """Whether bytes of it have left that the broker's order system may have seen."""
    return request.tries > 0 and request.state not in (RequestState.QUEUED, RequestState.WITHDRAWN)


def _judge_order(report: Report, order: Order, rows: Rows) -> None:
    for request in order.asked:
        report.find("unknown_left", f"{request.id} {request.kind} is still {request.state}")
    for life in order.numbers:
        row = rows.get(life.number)
        if row is None or (life.request is not None and row.channel != _API):
            report.find("unexplained", f"{order.id} claims {row or life.number}")
        elif life.kind is RequestKind.NEW and _terms_of_row(row) != _terms(order):
            report.find("unexplained", f"{order.id} has other terms than {row}")
    mine = [rows[life.number] for life in order.numbers if life.number in rows]
    truth = (sum(r.filled for r in mine), sum(r.remaining for r in mine), sum(r.filled_amount for r in mine))
    shown = (order.filled.count, order.leaves.count, order.filled_amount.units)
    if shown[:2] != truth[:2] or abs(shown[2] - truth[2]) > _rounding(order):
        report.find("unexplained", f"{order.id} {order.state} shows {shown}, is {truth}: {mine}")


def _rounding(order: Order) -> int:
    """Won by which an order's amount may be off: a broker without branches (Kiwoom) lists an average, which is rounded
    by half a won a share at most, and only notices, which may be lost, tell more."""
    return order.filled.count // 2 if any(not life.number.branch for life in order.numbers) else 0


def _beyond_intents(orders: Iterable[Order], rows: Rows, claimed: Counter[BrokerNumber]) -> set[BrokerNumber]:
    """Unclaimed new orders of ours of which there are more than were ever sent: they were sent twice."""
    intents = Counter(_terms(o) for o in orders if o.first is not None and was_sent(o.first))
    there: dict[_Terms, list[BrokerNumber]] = {}
    for number, row in rows.items():
        if row.channel == _API and row.kind is EntryKind.NEW:
            there.setdefault(_terms_of_row(row), []).append(number)
    return {
        number
        for terms, numbers in there.items()
        if len(numbers) > intents[terms]
        for number in numbers
        if not claimed[number]
    }


def _terms(order: Order) -> _Terms:
    limit = order.limit.units if order.limit is not None else None
    return order.instrument.code, order.side, order.quantity.count, limit


def _terms_of_row(row: OrderEntry) -> _Terms:
    return row.code, row.side, row.quantity, row.limit
