"""What the terminal shows, as plain values, and how it is laid out: pure functions from a picture to styled text.

Korean colours: up and buying are red, down and selling are blue. Unknown is a dash, never 0 and never blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, field
from prompt_toolkit.formatted_text import OneStyleAndTextTuple
from prompt_toolkit.utils import get_cwidth

from hoga.base.message import Language
from hoga.domain.market_data import Book, Quote
from hoga.domain.tickets import Side

Styled: TypeAlias = list[OneStyleAndTextTuple]
DASH = "–"


class OrderLine(Struct, frozen=True):
    """A working order as listed: ``line`` is the number one types to name it."""

    line: int
    name: str
    side: Side
    price: str
    quantity: int
    filled: int
    left: int
    state: str


class HoldingLine(Struct, frozen=True):
    name: str
    quantity: int
    sellable: int
    average: str
    last: str
    profit: str
    gain: int
    """-1, 0 or 1: the sign of the profit, for its colour."""


class Picture(Struct, frozen=True):
    """Everything on the screen at one moment."""

    title: str
    market_time: str
    health: str
    healthy: bool
    cash: str
    language: Language
    quote: Quote | None = None
    name: str = ""
    book: Book | None = None
    stale: bool = False
    orders: Sequence[OrderLine] = ()
    holdings: Sequence[HoldingLine] = ()
    lines: Sequence[str] = field(default=())
    own_prices: frozenset[int] = frozenset()


_WORDS = {
    Language.KO: {
        "cash": "주문가능",
        "bid": "매수잔량",
        "ask": "매도잔량",
        "price": "호가",
        "orders": "미체결",
        "none": "미체결 주문이 없습니다",
        "holdings": "잔고",
        "nothing": "보유 종목이 없습니다",
        "activity": "활동",
        "waiting": "호가를 기다리는 중…",
        "stale": "오래된 시세",
        "buy": "매수",
        "sell": "매도",
        "total": "합계",
    },
    Language.EN: {
        "cash": "orderable",
        "bid": "bid qty",
        "ask": "ask qty",
        "price": "price",
        "orders": "Working orders",
        "none": "no working orders",
        "holdings": "Holdings",
        "nothing": "nothing held",
        "activity": "Activity",
        "waiting": "waiting for the book…",
        "stale": "stale prices",
        "buy": "buy",
        "sell": "sell",
        "total": "total",
    },
}


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` columns; a Hangul syllable takes two."""
    while get_cwidth(text) > width:
        text = text[:-1]
    gap = " " * (width - get_cwidth(text))
    return gap + text if right else text + gap


def header(picture: Picture) -> Styled:
    words = _WORDS[picture.language]
    return [
        ("class:practice", f" {picture.title} "),
        ("", f"  {words['cash']} {picture.cash}   "),
        ("class:good" if picture.healthy else "class:bad", f"● {picture.health}"),
        ("", f"   {picture.market_time}"),
    ]


def quote_line(picture: Picture) -> Styled:
    quote = picture.quote
    if quote is None:
        return [("bold", picture.name)]
    sign, style = _direction(quote.change_units)
    percent = quote.change_percent.lstrip("+-")
    return [
        ("bold", f"{picture.name} {quote.instrument.code}   "),
        (f"bold {style}", f"{quote.last}  {sign}{abs(quote.change_units):,} ({_sign(quote.change_units)}{percent} %)"),
        ("", f"   {DASH if quote.volume is None else f'{quote.volume:,}'}"),
    ]


def book_rows(picture: Picture) -> Styled:
    """Ten asks over ten bids, the spread between; own orders are marked at their price."""
    words, book = _WORDS[picture.language], picture.book
    if book is None:
        return [("class:dim", words["waiting"] + "\n")]
    base = picture.quote.base.units if picture.quote else None
    rows: Styled = [("class:dim", pad(words["ask"], 14, right=True) + pad(words["price"], 14, right=True))]
    rows.append(("class:dim", pad(words["bid"], 14, right=True) + "\n"))
    asks: list[tuple[int, int] | None] = [(a.price_units, a.quantity) for a in book.asks[:10]]
    bids: list[tuple[int, int] | None] = [(b.price_units, b.quantity) for b in book.bids[:10]]
    for level in reversed(asks + [None] * (10 - len(asks))):
        rows += _level(level, Side.SELL, picture, base)
    for level in bids + [None] * (10 - len(bids)):
        rows += _level(level, Side.BUY, picture, base)
    rows.append(("class:dim", f"{book.total_ask:>14,}{pad(words['total'], 14, right=True)}{book.total_bid:>14,}\n"))
    return rows


def _level(level: tuple[int, int] | None, side: Side, picture: Picture, base: int | None) -> Styled:
    if level is None:
        return [("class:dim", f"{'':14}{'·':>14}{'':14}\n")]
    price, quantity = level
    _, style = _direction(price - base) if base is not None else ("", "")
    mark = "◀" if price in picture.own_prices else " "
    last = picture.quote is not None and picture.quote.last.units == price
    shown = f"{price:>12,}{mark} "
    dim = "class:dim" if picture.stale else ""
    ask = f"{quantity:>14,}" if side is Side.SELL else " " * 14
    bid = f"{quantity:>14,}" if side is Side.BUY else ""
    return [
        (dim or "class:ask", ask),
        (dim or (f"{style} reverse" if last else style), shown),
        (dim or "class:bid", bid + "\n"),
    ]


def order_rows(picture: Picture) -> Styled:
    words = _WORDS[picture.language]
    rows: Styled = [("class:head", f"{words['orders']} {len(picture.orders)}\n")]
    if not picture.orders:
        rows.append(("class:dim", words["none"] + "\n"))
    for order in picture.orders:
        style = "class:up" if order.side is Side.BUY else "class:down"
        side = words["buy"] if order.side is Side.BUY else words["sell"]
        rows += [
            ("", f"#{order.line:<3}{pad(order.name, 16)}"),
            (style, pad(side, 5)),
            ("", f"{order.price:>10} {order.filled:>6,}/{order.quantity:<6,} {order.state}\n"),
        ]
    return rows


def holding_rows(picture: Picture) -> Styled:
    words = _WORDS[picture.language]
    rows: Styled = [("class:head", f"{words['holdings']}\n")]
    if not picture.holdings:
        rows.append(("class:dim", words["nothing"] + "\n"))
    for held in picture.holdings:
        style = {1: "class:up", -1: "class:down", 0: ""}[held.gain]
        rows += [
            ("", f"{pad(held.name, 18)}{held.quantity:>8,} {held.average:>12} {held.last:>10} "),
            (style, f"{held.profit:>12}\n"),
        ]
    return rows


def activity_rows(picture: Picture, most: int = 8) -> Styled:
    rows: Styled = [("class:head", _WORDS[picture.language]["activity"] + "\n")]
    rows += [("", line + "\n") for line in list(picture.lines)[-most:]]
    return rows


def _direction(change: int) -> tuple[str, str]:
    if change > 0:
        return "▲", "class:up"
    return ("▼", "class:down") if change < 0 else ("", "")


def _sign(change: int) -> str:
    return "+" if change > 0 else "−" if change < 0 else ""
