"""The columns of the watch table: what each shows of a row, by what it sorts, and which differ between two rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.tables.column import Cell, Column, Tone, tone_of
from hoga.ui.watch.note import note
from hoga.ui.watch.table.row import Row

translate = QCoreApplication.translate
_UNKNOWN = Cell(fmt.DASH, plain="")
_MOVING = {1: Tone.UP, -1: Tone.DOWN, 0: Tone.TEXT}
_TITLES = {
    "name": QT_TRANSLATE_NOOP("WatchTable", "Name"),
    "price": QT_TRANSLATE_NOOP("WatchTable", "Price"),
    "change": QT_TRANSLATE_NOOP("WatchTable", "Change"),
    "rate": QT_TRANSLATE_NOOP("WatchTable", "Rate"),
    "volume": QT_TRANSLATE_NOOP("WatchTable", "Volume"),
    "amount": QT_TRANSLATE_NOOP("WatchTable", "Amount"),
    "ask": QT_TRANSLATE_NOOP("WatchTable", "Ask"),
    "bid": QT_TRANSLATE_NOOP("WatchTable", "Bid"),
    "strength": QT_TRANSLATE_NOOP("WatchTable", "Strength"),
    "time": QT_TRANSLATE_NOOP("WatchTable", "Time"),
    "open": QT_TRANSLATE_NOOP("WatchTable", "Open"),
    "high": QT_TRANSLATE_NOOP("WatchTable", "High"),
    "low": QT_TRANSLATE_NOOP("WatchTable", "Low"),
    "code": QT_TRANSLATE_NOOP("WatchTable", "Code"),
}
_ABOUT = {
    "change": QT_TRANSLATE_NOOP("WatchTable", "Against the previous close"),
    "volume": QT_TRANSLATE_NOOP("WatchTable", "Shares traded today"),
    "amount": QT_TRANSLATE_NOOP("WatchTable", "Money traded today; the exact sum is in the tip and is copied"),
    "ask": QT_TRANSLATE_NOOP("WatchTable", "The lowest price at which somebody sells"),
    "bid": QT_TRANSLATE_NOOP("WatchTable", "The highest price at which somebody buys"),
    "strength": QT_TRANSLATE_NOOP(
        "WatchTable", "Shares bought at the ask over shares sold at the bid, of the whole day"
    ),
    "time": QT_TRANSLATE_NOOP("WatchTable", "When it was so (KST)"),
}
_WIDEST = {
    "name": "삼성바이오로직스", "price": "1,234,500", "change": "▲123,500", "rate": "+29.87%", "volume": "123,456,789",
    "amount": "123.4조", "ask": "1,234,500", "bid": "1,234,500", "strength": "234.56%", "time": "◷ 15:30:00",
    "open": "1,234,500", "high": "1,234,500", "low": "1,234,500", "code": "005930",
}  # fmt: skip
PLACES = {name: place for place, name in enumerate(_TITLES)}
ALL = tuple(PLACES.values())
_PRICED = tuple(PLACES[name] for name in ("price", "change", "rate"))
_ALONE = tuple((name, PLACES[place]) for name, place in (
    ("volume", "volume"), ("amount", "amount"), ("ask", "ask"), ("bid", "bid"), ("strength", "strength"),
    ("at", "time"), ("open", "open"), ("high", "high"), ("low", "low"),
))  # fmt: skip


def columns(context: Context) -> tuple[Column[Row], ...]:
    """Every column there is, the shown ones first."""
    cells: dict[str, tuple[Callable[[Row], Cell], Callable[[Row], Any]]] = {
        "name": (_name, lambda row: row.still.name),
        "price": (_price, lambda row: row.price),
        "change": (_change, lambda row: row.change),
        "rate": (_rate, _ratio),
        "volume": (lambda row: _count(row, row.volume), lambda row: row.volume),
        "amount": (lambda row: _amount(row, context), lambda row: row.amount),
        "ask": (lambda row: _level(row, row.ask), lambda row: row.ask),
        "bid": (lambda row: _level(row, row.bid), lambda row: row.bid),
        "strength": (_strength, lambda row: row.strength),
        "time": (_time, lambda row: row.at),
        "open": (lambda row: _level(row, row.open), lambda row: row.open),
        "high": (lambda row: _level(row, row.high), lambda row: row.high),
        "low": (lambda row: _level(row, row.low), lambda row: row.low),
        "code": (lambda row: _cell(row, row.still.instrument.code), lambda row: row.still.instrument.code),
    }
    texts = ("name", "code")
    return tuple(
        Column(
            name, _word(str(_TITLES[name])), *cells[name], right=name not in texts, code=name == "code",
            shown=name != "code", flex=name == "name", sample=_WIDEST[name],
            about=_word(str(_ABOUT[name])) if name in _ABOUT else None, live=name not in texts,
        )
        for name in PLACES
    )  # fmt: skip


def differing(before: Row, now: Row) -> tuple[int, ...]:
    """The places of the columns that show something else, rising."""
    if before.stale is not now.stale or before.polled is not now.polled or before.still is not now.still:
        return ALL
    if before.currency is not now.currency or before.why != now.why or before.base != now.base:
        return ALL  # every level's colour is that of its distance from the previous close
    found: list[int] = []
    if before.price != now.price or before.moving is not now.moving:
        found.extend(_PRICED)
    found.extend(place for name, place in _ALONE if getattr(before, name) != getattr(now, name))
    return tuple(found)


def _word(text: str) -> Callable[[], str]:
    return lambda: translate("WatchTable", text)


def _cell(row: Row, text: str, tone: Tone = Tone.TEXT, plain: str | None = None, tip: str = "") -> Cell:
    return Cell(text, plain, Tone.STALE if row.stale else tone, tip)


def _name(row: Row) -> Cell:
    still = row.still
    tip = "\n".join((f"{still.name} {still.instrument.code}", *still.meanings))
    if still.badge:
        return _cell(row, f"{still.name}  {still.badge}", Tone.WARN, still.name, tip)
    return _cell(row, still.name, tip=tip)


def _note(row: Row) -> str:
    return note(row.at, row.why, stale=row.stale, polled=row.polled)


def _price(row: Row) -> Cell:
    if row.price is None:
        return Cell(fmt.DASH, plain="", tip=_note(row))
    tone = Tone.STALE if row.stale else _MOVING[row.moving.rising]
    return Cell(fmt.units(row.price, row.currency), tone=tone, strong=True)


def _change(row: Row) -> Cell:
    """The arrow is the sign, and says where a limit is reached; a copied one is plain."""
    if row.change is None:
        return _UNKNOWN
    size = fmt.units(abs(row.change), row.currency)
    plain = fmt.plain(f"-{size}" if row.change < 0 else size)
    return _cell(row, f"{row.moving.value}{size}", _MOVING[row.moving.rising], plain)


def _rate(row: Row) -> Cell:
    base = row.base
    if row.change is None or not base:
        return _UNKNOWN
    return _cell(row, fmt.rate(row.change, base), _MOVING[row.moving.rising])


def _ratio(row: Row) -> int | None:
    """In millionths, for the order alone."""
    base = row.base
    return None if row.change is None or not base else row.change * 1_000_000 // base


def _count(row: Row, number: int | None) -> Cell:
    return _UNKNOWN if number is None else _cell(row, f"{number:,}")


def _amount(row: Row, context: Context) -> Cell:
    if row.amount is None:
        return _UNKNOWN
    exact = fmt.units(row.amount, row.currency)
    shown = fmt.big_won(row.amount, context.language) if row.currency is Currency.KRW else exact
    return _cell(row, shown, plain=fmt.plain(exact), tip=exact)


def _level(row: Row, units: int | None) -> Cell:
    """A price in the colour of its distance from the previous close."""
    if units is None:
        return _UNKNOWN
    base = row.base
    return _cell(row, fmt.units(units, row.currency), Tone.TEXT if base is None else tone_of(units - base))


def _strength(row: Row) -> Cell:
    """More than 100: buyers press harder."""
    if row.strength is None:
        return _UNKNOWN
    text = f"{row.strength // 100:,}.{row.strength % 100:02d}%"
    return _cell(row, text, tone_of(row.strength - 10_000))


def _time(row: Row) -> Cell:
    if row.at is None:
        return Cell(fmt.DASH, plain="", tip=_note(row))
    at = fmt.clock(row.at)
    mark = "◷ " if row.stale else "⟳ " if row.polled else ""
    return _cell(row, mark + at, Tone.DIM, at, _note(row) if mark else "")
