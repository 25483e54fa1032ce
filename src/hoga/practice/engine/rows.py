"""Orders and fills as rows of the ledger, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from hoga.base.clock import KST
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Broker, EntryKind, Environment, FillEntry, OrderStatus, PracticeAccount
from hoga.practice.engine.orders import Order

ORDER_COLUMNS = (
    "trading_date, number, account, branch, original, kind, code, side, type, tif, limit_price, quantity, at, venue, "
    "channel, unit_price, remaining, filled, filled_amount, cancelled, moved, status, resting_price, stop_price, woken"
)
FILL_COLUMNS = (
    "trading_date, execution, number, account, code, side, price, quantity, fee, tax, at, self_match, settles"
)
ACCOUNT_COLUMNS = "number, environment, appkey, appsecret, hts_id, holder, broker"


def order_row(order: Order) -> tuple[Any, ...]:
    return (
        order.trading_date.isoformat(),
        order.number,
        order.account,
        order.branch,
        order.original,
        order.kind.value,
        order.code,
        order.side.value,
        order.type.value,
        order.tif.value,
        order.limit,
        order.quantity,
        order.at.isoformat(),
        order.venue.value,
        order.channel,
        order.unit_price,
        order.remaining,
        order.filled,
        order.filled_amount,
        order.cancelled,
        order.moved,
        order.status.value,
        order.resting_price,
        order.stop,
        order.woken,
    )


def order_of(row: Sequence[Any]) -> Order:
    (day, number, account, branch, original, kind, code, side, type_, tif, limit, quantity, at, venue, channel,
     unit_price, remaining, filled, filled_amount, cancelled, moved, status, resting_price,
     stop, woken) = row  # fmt: skip
    return Order(
        account=account,
        trading_date=date.fromisoformat(day),
        number=number,
        branch=branch,
        original=original,
        kind=EntryKind(kind),
        code=code,
        side=Side(side),
        type=OrderType(type_),
        tif=TimeInForce(tif),
        limit=limit,
        quantity=quantity,
        at=datetime.fromisoformat(at).astimezone(KST),
        venue=Venue(venue),
        channel=channel,
        unit_price=unit_price,
        remaining=remaining,
        filled=filled,
        filled_amount=filled_amount,
        cancelled=cancelled,
        moved=moved,
        status=OrderStatus(status),
        resting_price=resting_price,
        stop=stop,
        woken=woken,
    )


def fill_row(fill: FillEntry, settles: date) -> tuple[Any, ...]:
    return (
        fill.trading_date.isoformat(),
        fill.execution,
        fill.number,
        fill.account,
        fill.code,
        fill.side.value,
        fill.price,
        fill.quantity,
        fill.fee,
        fill.tax,
        fill.at.isoformat(),
        int(fill.self_match),
        settles.isoformat(),
    )


def fill_of(row: Sequence[Any]) -> tuple[FillEntry, date]:
    day, execution, number, account, code, side, price, quantity, fee, tax, at, self_match, settles = row
    fill = FillEntry(
        account=account,
        trading_date=date.fromisoformat(day),
        number=number,
        execution=execution,
        code=code,
        side=Side(side),
        price=price,
        quantity=quantity,
        fee=fee,
        tax=tax,
        at=datetime.fromisoformat(at).astimezone(KST),
        self_match=bool(self_match),
    )
    return fill, date.fromisoformat(settles)


def account_of(row: Sequence[Any]) -> PracticeAccount:
    number, environment, appkey, appsecret, hts_id, holder, broker = row
    return PracticeAccount(number, Environment(environment), appkey, appsecret, hts_id, holder, Broker(broker))


def account_row(account: PracticeAccount) -> tuple[Any, ...]:
    return (
        account.number,
        account.environment.value,
        account.appkey,
        account.appsecret,
        account.hts_id,
        account.holder,
        account.broker.value,
    )
