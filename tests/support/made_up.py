"""A handful of instruments and plausible market data for tests of the window: exact, made up, the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoga.base.clock import KST
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Market, ProductType
from hoga.domain.market_data import Aggressor, Book, Candle, Level, Quote, Trade
from hoga.domain.ticks import tick_table_of
from hoga.domain.values import Money, Price

_NO_FLAGS = Flags()
START = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


def instrument(
    code: str,
    name_ko: str,
    name_en: str,
    market: Market = Market.KOSPI,
    product: ProductType = ProductType.STOCK,
    *,
    limit_multiple: int = 1,
    flags: Flags = _NO_FLAGS,
) -> Instrument:
    return Instrument(
        InstrumentId(code), market, product, name_ko, name_en, limit_multiple=limit_multiple, flags=flags, sector="Test"
    )


SAMSUNG = instrument("005930", "삼성전자", "Samsung Electronics")
HYNIX = instrument("000660", "SK하이닉스", "SK hynix")
NAVER = instrument("035420", "NAVER", "NAVER")
KAKAO = instrument("035720", "카카오", "Kakao")
KODEX200 = instrument("069500", "KODEX 200", "KODEX 200", product=ProductType.ETF)
LEVERAGE = instrument("122630", "KODEX 레버리지", "KODEX Leverage", product=ProductType.ETF, limit_multiple=2)
ECOPRO = instrument("247540", "에코프로비엠", "EcoPro BM", Market.KOSDAQ)
HALTED = instrument("019440", "세아특수강", "SeAH Special Steel", flags=Flags(halted=True, managed=True))
INSTRUMENTS = (SAMSUNG, HYNIX, NAVER, KAKAO, KODEX200, LEVERAGE, ECOPRO, HALTED)

LAST = {SAMSUNG.id: 71_500, HYNIX.id: 192_500, NAVER.id: 211_000, KAKAO.id: 41_250, KODEX200.id: 36_405}
LAST |= {LEVERAGE.id: 18_700, ECOPRO.id: 148_300, HALTED.id: 18_240}
BASE = {id: last - last // 80 // 100 * 100 for id, last in LAST.items()}


def quote(one: Instrument, at: datetime = START, last: int | None = None) -> Quote:
    now = LAST[one.id] if last is None else last
    base = BASE[one.id]
    grid = tick_table_of(one, at.date())
    return Quote(
        instrument=one.id,
        at=at,
        last=Price(now),
        change_units=now - base,
        change_percent=f"{(now - base) * 100 / base:.2f}",
        open=Price(grid.floor(base + base // 200)),
        high=Price(grid.ceil(max(now, base) + base // 100)),
        low=Price(grid.floor(min(now, base) - base // 100)),
        base=Price(base),
        upper_limit=Price(grid.floor(base * 130 // 100)),
        lower_limit=Price(grid.ceil(base * 70 // 100)),
        volume=8_919_304,
        amount=Money(8_919_304 * now),
        tick=grid.tick(now),
        flags=one.flags,
        listed_shares=5_969_782_550,
        market_cap=Money(5_969_782_550 * now),
        sector="전기·전자",
        per="13.20",
        pbr="1.31",
        eps="5416",
        bps="54580",
        high_52w=Price(grid.ceil(base * 125 // 100)),
        high_52w_on=at.date() - timedelta(days=70),
        low_52w=Price(grid.floor(base * 73 // 100)),
        low_52w_on=at.date() - timedelta(days=300),
    )


def book(one: Instrument, at: datetime = START, last: int | None = None, levels: int = 10, seed: int = 1) -> Book:
    """Ten levels a side around ``last``, the best bid at ``last``."""
    grid = tick_table_of(one, at.date())
    bid = grid.floor(LAST[one.id] if last is None else last)
    ask = grid.up(bid)
    asks, bids = [], []
    for step in range(levels):
        asks.append(Level(grid.step(ask, step), (seed * 7919 + step * 1_301) % 5_000 + 40))
        bids.append(Level(grid.step(bid, -step), (seed * 6007 + step * 1_699) % 5_000 + 40))
    return Book(
        one.id,
        at,
        tuple(asks),
        tuple(bids),
        sum(x.quantity for x in asks) + 9_000,
        sum(x.quantity for x in bids) + 7_000,
    )


def trade(
    one: Instrument,
    at: datetime = START,
    price: int | None = None,
    quantity: int = 10,
    aggressor: Aggressor = Aggressor.BUYER,
    day_volume: int = 8_919_314,
) -> Trade:
    now = LAST[one.id] if price is None else price
    base, grid = BASE[one.id], tick_table_of(one, at.date())
    bid = now if aggressor is Aggressor.SELLER else grid.down(grid.floor(now))
    return Trade(
        instrument=one.id,
        at=at,
        price_units=now,
        quantity=quantity,
        aggressor=aggressor,
        day_volume=day_volume,
        day_amount_units=day_volume * now,
        open_units=grid.floor(base + base // 200),
        high_units=grid.ceil(max(now, base) + base // 100),
        low_units=grid.floor(min(now, base) - base // 100),
        change_units=now - base,
        ask_units=grid.up(bid),
        bid_units=bid,
    )


def candles(one: Instrument, start: datetime, step: timedelta, count: int) -> tuple[Candle, ...]:
    """A gentle wave on the tick grid, ``count`` candles from ``start``."""
    grid, last = tick_table_of(one, START.date()), LAST[one.id]
    shape = [((k * 37) % 23 - 11) * last // 2_000 for k in range(count + 1)]
    rows = []
    for k in range(count):
        open_, close = grid.floor(last + shape[k]), grid.floor(last + shape[k + 1])
        high, low = grid.up(max(open_, close)), grid.down(min(open_, close))
        volume = 1_000 + (k * 911) % 7_000
        rows.append(Candle(start + k * step, open_, high, low, close, volume, volume * close))
    return tuple(rows)
