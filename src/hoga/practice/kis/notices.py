"""Execution notices H0STCNI0 / H0STCNI9: one record per event of one order number (kis.md 5.6).

26 fields today; the older layout of 23 has no trigger price, exchange and pop-up fields.
"""

from __future__ import annotations

from hoga.domain.instruments import Instrument, Venue
from hoga.domain.tickets import TimeInForce
from hoga.practice.api import EntryKind, NewsKind, OrderEntry, OrderNews, PracticeAccount
from hoga.practice.figures import clock_text
from hoga.practice.kis.codes import ORDER_TYPE_CODES, SIDE_CODES, wire_code

_WIDE = 26

_KIND = {EntryKind.NEW: "0", EntryKind.MODIFY: "1", EntryKind.CANCEL: "2"}
_CONDITION = {TimeInForce.DAY: "0", TimeInForce.IOC: "1", TimeInForce.FOK: "2"}
_EXCHANGE = {Venue.KRX: "1", Venue.NXT: "2", Venue.SOR: "3"}
_CASH = "10"
_NO_PRICE = "000000000"

# (RFUS_YN, CNTG_YN, ACPT_YN) of each event that is told at all. A lapse at the day's end is not: the list shows it.
_FLAGS = {
    NewsKind.ACCEPTED: ("0", "1", "1"),
    NewsKind.CONFIRMED: ("0", "1", "2"),
    NewsKind.FILLED: ("0", "2", "2"),
    NewsKind.REST_CANCELLED: ("0", "1", "3"),
    NewsKind.REJECTED: ("1", "1", "2"),
}


def is_told(news: OrderNews) -> bool:
    """Whether the event has a notice of its own. That an order was cancelled is told by the cancel's confirmation."""
    return news.kind in _FLAGS


def notice_record(news: OrderNews, account: PracticeAccount, instrument: Instrument, hts_id: str, width: int) -> str:
    """One notice in plain text. Raises KeyError for news that has no notice (see ``is_told``)."""
    entry = news.entry
    refused, filled, accepted = _FLAGS[news.kind]
    quantity, price, at = _event(news)
    head = [
        hts_id,
        account.number.replace("-", ""),
        f"{entry.number:010d}",
        "" if entry.original is None else f"{entry.original:010d}",
        SIDE_CODES[entry.side],
        _KIND[entry.kind],
        ORDER_TYPE_CODES[entry.type, entry.tif],
        _CONDITION[entry.tif],
        wire_code(instrument),
        f"{quantity:010d}",
        f"{price:09d}",
        at,
        refused,
        filled,
        accepted,
        entry.branch,
        f"{entry.quantity:09d}",
        account.holder,
    ]
    name = instrument.name_ko
    order_price = f"{entry.limit or 0:09d}" if news.fill else _NO_PRICE
    if width == _WIDE:
        return "^".join([*head, "0", _EXCHANGE.get(entry.venue, "1"), "Y", "", _CASH, "", name, order_price])
    return "^".join([*head, name, _CASH, "", name, order_price if news.fill else ""])


def _event(news: OrderNews) -> tuple[int, int, str]:
    """Quantity, price and time of the event: the fill's own, else the order's (fields 9-11)."""
    if news.fill is not None:
        return news.fill.quantity, news.fill.price, clock_text(news.fill.at)
    return _quantity_told(news.kind, news.entry), news.entry.limit or 0, clock_text(news.entry.at)


def _quantity_told(kind: NewsKind, entry: OrderEntry) -> int:
    """The order's quantity; for the rest of an IOC or FOK order, what was cancelled."""
    return entry.cancelled if kind is NewsKind.REST_CANCELLED else entry.quantity
