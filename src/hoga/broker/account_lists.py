"""What every broker's account lists need: order lists that are whole, and one holding for one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.broker.port import BadReply
from hoga.domain.accounts import Balance, HoldingReport
from hoga.domain.broker_orders import OrderList, OrderReport
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.values import NO_SHARES, Shares

Mask = Callable[[Mapping[str, str]], Mapping[str, str]]


def accepted_order_list(on: date, rows: Sequence[OrderReport], began: datetime, operation: str) -> OrderList:
    """The list of ``on`` in the order of acceptance. Raises BadReply when a number comes twice: a list whose pages
    overlap may lack others."""
    if len({report.number for report in rows}) < len(rows):
        raise BadReply(Message("BROKER_REPEATED_PAGE", {"operation": operation}))
    return OrderList(on, tuple(sorted(rows, key=lambda report: (report.at, report.number.number))), began)


def one_a_name(rows: Iterable[HoldingReport]) -> tuple[HoldingReport, ...]:
    """One holding for each instrument: lots, and shares on a loan beside those paid, stand in rows of their own."""
    by_code: dict[InstrumentId, list[HoldingReport]] = defaultdict(list)
    for row in rows:
        by_code[row.instrument].append(row)
    return tuple(_joined(parts) for parts in by_code.values())


def _joined(parts: Sequence[HoldingReport]) -> HoldingReport:
    whole = parts[0]
    for other in parts[1:]:
        quantity, cost = whole.quantity + other.quantity, whole.cost + other.cost
        average = whole.average_price
        if quantity:
            average = (Decimal(cost.units) / quantity.count).quantize(Decimal("0.0001"))
        whole = replace(
            whole,
            quantity=quantity,
            sellable=whole.sellable + other.sellable,
            cost=cost,
            average_price=average,
            bought_today=whole.bought_today + other.bought_today,
            sold_today=whole.sold_today + other.sold_today,
        )
    return whole


def sellable_of(balance: Balance, instrument: InstrumentId) -> Shares:
    """For hosts without a call of its own for it."""
    held = (holding.sellable for holding in balance.holdings if holding.instrument == instrument)
    return next(held, NO_SHARES)


def most_popular_first(found: Iterable[Instrument]) -> list[Instrument]:
    """By what the market pays for the whole of it; names without a figure come last, in the order of their codes."""
    return sorted(found, key=lambda each: (-(each.market_cap.units if each.market_cap else 0), each.id))
