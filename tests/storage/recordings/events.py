"""Made-up trades and books for recordings, by hypothesis and by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.domain.instruments import Country, Instrument, InstrumentId, Market, ProductType
from hoga.domain.market_data import Aggressor, Book, Level, Trade
from hoga.storage.recordings.frames import AGGRESSORS, CURRENCIES, SESSIONS, VENUES, Arrived

SAMSUNG = InstrumentId("005930")
OPEN = datetime(2026, 3, 20, 9, 0, tzinfo=KST)

ids = st.builds(InstrumentId, st.text("0123456789ABCDZ", min_size=1, max_size=9), st.sampled_from(Country))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2050, 1, 1), timezones=st.sampled_from([KST, UTC]))  # noqa: DTZ001
units = st.integers(-(2**63), 2**63 - 1)
levels = st.lists(st.builds(Level, units, units), max_size=10).map(tuple)
maybe = st.none() | units

trades = st.builds(
    Trade, ids, moments, units, units, st.sampled_from(AGGRESSORS), *[units] * 8, venue=st.sampled_from(VENUES),
    session=st.sampled_from(SESSIONS), halted=st.booleans(), currency=st.sampled_from(CURRENCIES), day_bought=maybe,
    day_sold=maybe,
)  # fmt: skip
books = st.builds(
    Book, ids, moments, levels, levels, units, units, maybe, maybe, st.sampled_from(VENUES), st.sampled_from(SESSIONS),
    st.sampled_from(CURRENCIES),
)  # fmt: skip
listings = st.builds(
    Instrument, ids, st.sampled_from(Market), st.sampled_from(ProductType), st.text(max_size=20), st.text(max_size=20),
    currency=st.sampled_from(CURRENCIES), limit_multiple=st.sampled_from([1, 2]),
)  # fmt: skip
arrivals = st.builds(Arrived, moments, trades | books | listings)


def trade(number: int, at: datetime | None = None, instrument: InstrumentId = SAMSUNG) -> Trade:
    """The ``number``-th of a day: each a hundred milliseconds and one share later than the one before."""
    moment = at or OPEN + timedelta(milliseconds=100 * number)
    price = 70_000 + 100 * (number % 7)
    return Trade(
        instrument, moment, price, 1, Aggressor.BUYER, number + 1, price * (number + 1), 70_000, 70_600, 70_000,
        price - 69_900, price + 100, price,
    )  # fmt: skip


def book(at: datetime, best: int = 70_000, instrument: InstrumentId = SAMSUNG) -> Book:
    asks = tuple(Level(best + 100 * step, 10 + step) for step in range(1, 11))
    bids = tuple(Level(best - 100 * step, 10 + step) for step in range(10))
    return Book(instrument, at, asks, bids, 155, 145)
