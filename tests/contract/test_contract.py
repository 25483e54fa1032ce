"""One contract for every broker: the same scenarios through the wire of four hosts, with the same meaning.

A scenario looks through the port alone and compares with the exchange's ledger. What it finds at KIS real is the
contract; every other host must say the same, but for what ``permitted`` lists.
"""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from hoga.base.clock import KST
from hoga.broker.port import (
    Accepted,
    BrokerError,
    NewOrder,
    NotSent,
    OutcomeUnknown,
    Stream,
    StreamHealth,
    Target,
    Topic,
    TopicKind,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import NoticeKind, OrderList, OrderNotice
from hoga.domain.instruments import InstrumentId, ProductType, Venue
from hoga.domain.market_data import Book, Period, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.helpers import until
from tests.broker.kis_desk import HYNIX, SAMSUNG, Desk, target
from tests.contract.hosts import HOSTS, Meaning, Scenario, meaning_at
from tests.contract.permitted import PERMITTED

UNKNOWN = InstrumentId("999999")
ETN = InstrumentId("530107")
_DAYS_BACK = {Period.DAY: 400, Period.WEEK: 900, Period.MONTH: 900, Period.YEAR: 2400}
PAIRS = list(itertools.product(OrderType, TimeInForce))


def exchange_of(desk: Desk) -> Any:
    return desk.practice.assembly.exchange


async def kind_of(read: Any) -> str:
    """How a read ends: the kind of its error, or "read"."""
    try:
        await read
    except BrokerError as error:
        return type(error).__name__
    return "read"


async def low_price(desk: Desk) -> Price:
    return (await desk.broker.quote(SAMSUNG)).lower_limit


def priced(price: int, wanted: int) -> str:
    """How a sum of money compares with the exchange's own: exact, to the million, or not told."""
    if price == wanted:
        return "exact"
    if price == 0:
        return "none"
    return "million" if price == wanted // 1_000_000 * 1_000_000 else f"{price} for {wanted}"


# --- scenarios --------------------------------------------------------------------------------------------------------


async def capabilities(desk: Desk) -> Meaning:
    able = desk.broker.capabilities
    offered = {(type, tif) for type, tif, _ in able.types}
    return {
        "not offered": sorted(f"{type.name} {tif.name}" for type, tif in PAIRS if (type, tif) not in offered),
        "venues": able.venues == frozenset({Venue.KRX}) == {venue for *_, venue in able.types},
        "pending list": able.pending_list,
        "sellable query": able.sellable_query,
        "trading days": able.trading_days,
        "past minutes": able.past_minutes,
        "registrations": able.registrations,
        "reads a second": able.reads_per_second,
    }


async def types(desk: Desk) -> Meaning:
    """What capabilities offer is taken; what they do not is refused before anything is sent."""
    await desk.broker.open()
    able = {(type, tif) for type, tif, _ in desk.broker.capabilities.types}
    limit = await low_price(desk)
    unsent: list[str] = []
    for type, tif in PAIRS:
        at = limit if type.carries_price else None
        outcome = await desk.broker.place(NewOrder(SAMSUNG, Side.BUY, type, tif, Shares(1), at))
        assert isinstance(outcome, NotSent) == ((type, tif) not in able), (type, tif, outcome)
        if isinstance(outcome, NotSent):
            unsent.append(f"{type.name} {tif.name}")
        else:
            assert isinstance(outcome, Accepted), (type, tif, outcome)
    rows = (await desk.rows()).values()
    shown = {(row.type, row.tif) for row in rows}
    return {"not sent": sorted(unsent), "the list names each type": shown == able}


async def quote(desk: Desk) -> Meaning:
    await desk.broker.open()
    found = await desk.broker.quote(SAMSUNG)
    state = exchange_of(desk).state("005930")
    book = await desk.broker.book(SAMSUNG)
    instruments = await desk.broker.instruments()
    return {
        "base and limits": (found.base.units, found.upper_limit.units, found.lower_limit.units)
        == (state.base, state.upper, state.lower),
        "change": found.last.units - found.base.units == found.change_units,
        "range": found.low <= found.last <= found.high,
        "turnover": "million" if found.amount.units % 1_000_000 == 0 else "exact",
        "tick told": found.tick is not None,
        "a year's range told": found.high_52w is not None,
        "levels": (len(book.asks), len(book.bids)),
        "totals": (book.total_ask, book.total_bid)
        == (sum(level.quantity for level in book.asks), sum(level.quantity for level in book.bids)),
        "book not crossed": book.bids[0].price_units < book.asks[0].price_units,
        "every instrument": {each.code for each in instruments} == set(exchange_of(desk).instruments()),
        "best known first": instruments[0].code,
        "unknown quote": await kind_of(desk.broker.quote(UNKNOWN)),
        "unknown book": await kind_of(desk.broker.book(UNKNOWN)),
    }


async def candles(desk: Desk) -> Meaning:
    await desk.broker.open()
    now, said = desk.practice.clock.now(), Meaning()
    midnight = now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)
    for period in Period:
        start = midnight if period is Period.MINUTE else now - timedelta(days=_DAYS_BACK[period])
        end = now - timedelta(minutes=3)
        found = (await desk.broker.candles(SAMSUNG, period, start, end))[:-1]
        wanted = [bar for bar in exchange_of(desk).candles("005930", period, start, end) if start <= bar.start]
        traded = [bar for bar in wanted if bar.volume][: len(found)]
        ours = [bar for bar in found if bar.volume]
        said[f"{period.value} bars"] = len(found) > 2 and [
            (b.start, b.open_units, b.high_units, b.low_units, b.close_units, b.volume) for b in ours
        ] == [(b.start, b.open_units, b.high_units, b.low_units, b.close_units, b.volume) for b in traded[: len(ours)]]
        (said[f"{period.value} turnover"],) = {
            priced(one.amount_units, other.amount_units) for one, other in zip(ours, traded, strict=False)
        } or {"no bars"}
    yesterday = midnight - timedelta(hours=10)
    asked = desk.broker.candles(SAMSUNG, Period.MINUTE, yesterday, yesterday + timedelta(hours=1))
    said["minutes of yesterday"] = await kind_of(asked)
    return said


async def order_life(desk: Desk) -> Meaning:
    await desk.open()
    low = await low_price(desk)
    placed = await desk.buy(10, low)
    moved = await desk.broker.reprice(target(placed, 10), Price(low.units + 500))
    assert isinstance(moved, Accepted)
    reduced = await desk.broker.reduce(target(moved, 10), Shares(3))
    assert isinstance(reduced, Accepted)
    between = await desk.rows()
    gone = await desk.broker.cancel(target(moved, 7))
    assert isinstance(gone, Accepted)
    rows = await desk.rows()
    numbers = [each.number.number for each in (placed, moved, reduced, gone)]
    day = placed.number.trading_date
    ledger = {entry.number: entry for entry in exchange_of(desk).orders(desk.number, day, day)}
    await until(lambda: len(desk.of(OrderNotice)) >= 7)
    return {
        "four numbers": rows.keys() == set(numbers) == ledger.keys(),
        "chain": [numbers.index(rows[n].original.number) if rows[n].original else None for n in numbers],
        "kinds": [rows[n].kind.name for n in numbers],
        "left between": [between[n].remaining.count for n in numbers[:2]],
        "left": [rows[n].remaining.count for n in numbers[:2]],
        "as the ledger": all(
            (rows[n].filled.count, rows[n].quantity.count) == (0, e.quantity) for n, e in ledger.items()
        ),
        "limits": (rows[numbers[0]].limit, rows[numbers[1]].limit) == (low, Price(low.units + 500)),
        "one channel": len({row.channel for row in rows.values()}),
        "notices": [f"{notice.request.name} {notice.kind.name}" for notice in desk.of(OrderNotice)],
        "again": type(await desk.broker.cancel(target(moved, 7))).__name__,
    }


async def fills(desk: Desk) -> Meaning:
    await desk.open()
    before = await desk.broker.balance()
    exchange = exchange_of(desk)
    costs = {
        code: exchange.state(code).price * book.asks[0].quantity
        for code in exchange.instruments()
        if (book := exchange.book(code)) is not None and len(book.asks) >= 5
        if exchange.state(code).instrument.product is ProductType.STOCK
    }
    instrument = InstrumentId(min(costs, key=lambda code: costs[code]))
    book = await desk.broker.book(instrument)
    quantity = book.asks[0].quantity + 1
    placed = await desk.buy(quantity, Price(book.asks[4].price_units), instrument)

    def told() -> list[OrderNotice]:
        return [notice for notice in desk.of(OrderNotice) if notice.kind is NoticeKind.FILLED]

    await until(lambda: sum(notice.quantity.count for notice in told()) == quantity)
    day = placed.number.trading_date
    ledger = exchange.fills(desk.number, day, day)
    row, after = (await desk.rows())[placed.number.number], await desk.broker.balance()
    (held,) = [holding for holding in after.holdings if holding.instrument == instrument]
    noticed = [(notice.quantity.count, notice.price.units) for notice in told()]
    apart = len({notice.execution for notice in told()})
    sale = NewOrder(instrument, Side.SELL, OrderType.MARKET, TimeInForce.DAY, Shares(1), None)
    sold = await desk.broker.place(sale)
    return {
        "told as booked": noticed == [(fill.quantity, fill.price) for fill in ledger],
        "told apart": apart == len(noticed) >= 2,
        "listed": (row.filled.count, row.remaining.count) == (quantity, 0),
        "amount": row.filled_amount.units == sum(f.quantity * f.price for f in ledger),
        "held": (held.quantity.count, held.sellable.count, held.bought_today.count) == (quantity,) * 3,
        "cost": held.cost.units == sum(f.quantity * f.price for f in ledger),
        "sellable": (await desk.broker.sellable(instrument)).count == quantity - 1,
        "cash": (before.cash[0].settled_d2 - after.cash[0].settled_d2).units
        == sum(f.quantity * f.price + f.fee for f in ledger),
        "sold": type(sold).__name__,
    }


async def refusals(desk: Desk) -> Meaning:
    """Every refusal is one, with the broker's own words and ours."""
    await desk.broker.open()
    low = await low_price(desk)
    high = (await desk.broker.quote(SAMSUNG)).upper_limit
    said: Meaning = {}

    async def refused(name: str, outcome: Any) -> None:
        ended = await outcome
        told = (
            bool(getattr(ended, "code", "")) and bool(getattr(ended, "text", "")) and bool(getattr(ended, "why", None))
        )
        said[name] = f"{type(ended).__name__}, told: {told}"

    def order(quantity: int, limit: int, side: Side = Side.BUY, code: InstrumentId = SAMSUNG) -> NewOrder:
        return NewOrder(code, side, OrderType.LIMIT, TimeInForce.DAY, Shares(quantity), Price(limit))

    await refused("off tick", desk.broker.place(order(1, low.units + 1)))
    await refused("above the limit", desk.broker.place(order(1, high.units + 1000)))
    await refused("no cash", desk.broker.place(order(10_000_000, low.units)))
    await refused("no shares", desk.broker.place(order(1, low.units, Side.SELL, HYNIX)))
    await refused("no such instrument", desk.broker.place(order(1, low.units, code=UNKNOWN)))
    placed = await desk.buy(1, low)
    number = type(placed.number)(placed.number.trading_date, placed.number.branch, 999_999)
    unknown = Target(number, SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(1))
    await refused("no such order", desk.broker.cancel(unknown))
    await refused("more than is left", desk.broker.reduce(target(placed, 1), Shares(5)))
    said["nothing was made"] = len(await desk.rows())
    return said


async def unknowns(desk: Desk) -> Meaning:
    """After every loss on the way the outcome is unknown and the list tells the truth. Nothing is sent twice."""
    await desk.broker.open()
    low = await low_price(desk)
    said: Meaning = {}
    for kind in ("cut before", "cut after", "hang after", "error after", "no number", "garbled"):
        before = len(await desk.rows())
        desk.practice.assembly.faults.add({"kind": kind, "operations": ["new"], "count": 1, "seconds": 30})
        outcome = await desk.broker.place(NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(1), low))
        assert isinstance(outcome, OutcomeUnknown), (kind, outcome)
        said[kind] = len(await desk.rows()) - before
        desk.practice.assembly.faults.clear()
    return said


async def sessions(desk: Desk) -> Meaning:
    """A token that dies under way heals by itself; a burst of reads costs no order anything."""
    await desk.open()
    low = await low_price(desk)
    await desk.practice.clock.sleep(90)
    desk.practice.assembly.expire_tokens()
    healed = await kind_of(desk.broker.balance())
    reads = [desk.broker.book(code) for code in (SAMSUNG, HYNIX) * 4]
    *ends, outcome = await asyncio.gather(*(kind_of(read) for read in reads), desk.buy(1, low))
    return {"healed": healed, "burst": set(ends) == {"read"}, "order in a burst": type(outcome).__name__}


async def live(desk: Desk) -> Meaning:
    await desk.open()
    leases = [desk.broker.lease(Topic(kind, code)) for kind in TopicKind for code in (SAMSUNG, HYNIX)]
    await until(lambda: all(lease.live for lease in leases))
    await until(lambda: len(desk.of(Trade)) >= 5 and len(desk.of(Book)) >= 5, 300.0)
    tape = {
        (trade.price_units, trade.quantity, trade.day_volume)
        for code in ("005930", "000660")
        for trade in exchange_of(desk).trades(code, 900)
    }
    as_booked = {(t.price_units, t.quantity, t.day_volume) for t in desk.of(Trade)} <= tape
    low = await low_price(desk)
    desk.practice.assembly.faults.add({"kind": "stream drop", "count": 1})
    await until(lambda: desk.healths(Stream.FILLS)[-1:] == [StreamHealth.DOWN], 60.0)
    placed = await desk.buy(1, low)
    await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 120.0)
    for lease in leases:
        lease.release()
    return {
        "trades": as_booked,
        "ten levels": {(len(book.asks), len(book.bids)) for book in desk.of(Book)} == {(10, 10)},
        "gap of orders": any(placed.number == row.number for listed in desk.of(OrderList) for row in listed.rows),
        "lights": [health.name for health in desk.healths(Stream.FILLS)][-4:],
    }


async def etn(desk: Desk) -> Meaning:
    """One instrument, however a broker writes it: asked for, traded, listed, held and heard of by the same code."""
    await desk.open()
    known = {each.id for each in await desk.broker.instruments() if each.product is ProductType.ETN}
    lease = desk.broker.lease(Topic(TopicKind.TRADES, ETN))
    await until(lambda: lease.live)
    quote, book = await desk.broker.quote(ETN), await desk.broker.book(ETN)
    placed = await desk.buy(3, Price(book.asks[4].price_units), ETN)
    await until(lambda: [n for n in desk.of(OrderNotice) if n.kind is NoticeKind.FILLED])
    await until(lambda: desk.of(Trade), 60.0)
    lease.release()
    row = (await desk.rows())[placed.number.number]
    heard = {notice.instrument for notice in desk.of(OrderNotice)} | {trade.instrument for trade in desk.of(Trade)}
    held = {holding.instrument for holding in (await desk.broker.balance()).holdings}
    orderable = await desk.broker.orderable(ETN, OrderType.LIMIT, quote.last)
    return {
        "known": known == {ETN},
        "asked for": quote.instrument == book.instrument == ETN and orderable.unit_price == quote.last,
        "listed": row.instrument == ETN,
        "heard of": heard == {ETN},
        "held": held == {ETN},
        "sellable": (await desk.broker.sellable(ETN)).count,
        "bars": bool(await desk.broker.candles(ETN, Period.DAY, *last_days(desk))),
    }


def last_days(desk: Desk) -> tuple[datetime, datetime]:
    now = desk.practice.clock.now()
    return now - timedelta(days=20), now


async def past(desk: Desk) -> Meaning:
    await desk.broker.open()
    today = desk.practice.clock.now().astimezone(KST).date()
    found = await desk.broker.orderable(SAMSUNG, OrderType.MARKET, None)
    limit = (await desk.broker.quote(SAMSUNG)).upper_limit
    affordable = found.shares.count * limit.units <= found.cash.units
    return {
        "orders of yesterday": await kind_of(desk.broker.orders(today - timedelta(days=1))),
        "a trading day": await desk.broker.is_trading_day(today),
        "orderable at the upper limit": found.unit_price == limit and affordable,
        "no order yet": len((await desk.broker.orders(today)).rows),
    }


SCENARIOS: dict[str, Scenario] = {
    "capabilities": capabilities,
    "types": types,
    "quote": quote,
    "candles": candles,
    "order life": order_life,
    "fills": fills,
    "refusals": refusals,
    "unknowns": unknowns,
    "sessions": sessions,
    "live": live,
    "etn": etn,
    "past": past,
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_scenario_means_the_same_at_every_host(name: str) -> None:
    found = {profile: meaning_at(profile, SCENARIOS[name]) for profile in HOSTS}
    contract = found.pop(WireProfile.KIS_REAL)
    assert not [key for key, value in contract.items() if value is False]
    differences: list[str] = []
    for profile, meaning in found.items():
        assert meaning.keys() == contract.keys()
        for key, value in meaning.items():
            permitted = PERMITTED.get((name, key), {}).get(profile)
            expected = contract[key] if permitted is None else permitted[0]
            if value != expected:
                differences.append(f"{profile.value}: {key} is {value!r}, must be {expected!r}")
            elif permitted is not None and value == contract[key]:
                differences.append(f"{profile.value}: {key} no longer differs; strike it from the permitted ones")
    assert not differences, "\n".join(differences)


def test_every_permitted_difference_names_its_source() -> None:
    for (name, _key), by_host in PERMITTED.items():
        assert name in SCENARIOS
        for profile, (_value, reason) in by_host.items():
            assert profile is not WireProfile.KIS_REAL
            assert reason.startswith("kis.md" if profile is WireProfile.KIS_PAPER else "kiwoom.md")
