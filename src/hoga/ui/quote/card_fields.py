"""The fields of the quote card in three depths: the price, the day, the company. Each with what goes to the clipboard.

A sum that is shown short (``1.2억``) says itself exactly in its tooltip and when it is copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from hoga.base.message import Language
from hoga.domain.market_data import Quote
from hoga.domain.values import Currency, Price
from hoga.ui import format as fmt
from hoga.ui.format import DASH
from hoga.ui.quote.facts import Facts
from hoga.ui.quote.flow import Flow
from hoga.ui.quote.words import translate


class Depth(IntEnum):
    """How much of the card is shown; each holds the ones before it."""

    PRICE = 1
    DAY = 2
    COMPANY = 3


class Field(Struct, frozen=True):
    """``rising`` colours the value: 1 up, -1 down. ``copy`` is plain text, empty for a dash."""

    key: str
    label: str
    value: str
    copy: str = ""
    tip: str = ""
    rising: int = 0


def fields_of(facts: Facts, flow: Flow, depth: Depth, language: Language) -> tuple[Field, ...]:
    found = [*_price(facts)]
    if depth >= Depth.DAY:
        found += _day(facts, flow, language)
    if depth >= Depth.COMPANY:
        found += _company(facts, language)
    return tuple(found)


def _price(facts: Facts) -> Iterator[Field]:
    yield _at(facts, "open", translate("Quote", "Open"), facts.open)
    yield _at(facts, "high", translate("Quote", "High"), facts.high)
    yield _at(facts, "low", translate("Quote", "Low"), facts.low)
    yield _count("volume", translate("Quote", "Volume"), facts.volume)


def _day(facts: Facts, flow: Flow, language: Language) -> Iterator[Field]:
    yield _sum("amount", translate("Quote", "Turnover"), facts.amount, facts.currency, language)
    yield _at(facts, "base", translate("Quote", "Prev. close"), facts.base)
    yield _at(facts, "upper", translate("Quote", "Upper limit"), facts.upper)
    yield _at(facts, "lower", translate("Quote", "Lower limit"), facts.lower)
    tick = None if facts.tick is None else fmt.units(facts.tick, facts.currency)
    yield _number("tick", translate("Quote", "Tick"), tick)
    yield strength_field(flow)


def strength_field(flow: Flow) -> Field:
    """Strength of execution: of the day where the exchange says it, else since the tape began."""
    label, strength = translate("Quote", "Strength"), flow.strength
    if flow.whole_day:
        tip = translate("Quote", "Shares bought at the ask over shares sold at the bid today: {bought} / {sold}")
    else:
        tip = translate("Quote", "Shares bought at the ask over those sold at the bid since {since}: {bought} / {sold}")
    tip = tip.format(since=fmt.clock(flow.since), bought=f"{flow.bought:,}", sold=f"{flow.sold:,}")
    if strength is None:
        return Field("strength", label, DASH, tip=tip)
    rising = (strength > 100) - (strength < 100)
    return Field("strength", label, f"{strength:,}%", str(strength), tip, rising)


def _company(facts: Facts, language: Language) -> Iterator[Field]:
    quote = facts.quote
    cap = quote.market_cap if quote else None
    yield _sum("cap", translate("Quote", "Market cap"), cap.units if cap else None, facts.currency, language)
    listed = quote.listed_shares if quote else None
    if listed is None and facts.instrument is not None:
        listed = facts.instrument.listed_shares
    yield _count("listed", translate("Quote", "Listed shares"), listed)
    yield _text("sector", translate("Quote", "Sector"), _sector(facts))
    for key, label in (
        ("per", translate("Quote", "PER")),
        ("pbr", translate("Quote", "PBR")),
        ("eps", translate("Quote", "EPS")),
        ("bps", translate("Quote", "BPS")),
    ):
        yield _number(key, label, printed(getattr(quote, key)) if quote else None)
    yield _dated(facts, "high_52w", translate("Quote", "52-week high"), quote, quote.high_52w if quote else None)
    yield _dated(facts, "low_52w", translate("Quote", "52-week low"), quote, quote.low_52w if quote else None)
    yield _text("isin", translate("Quote", "ISIN"), facts.instrument.isin if facts.instrument else None)


def _sector(facts: Facts) -> str:
    named = facts.quote.sector if facts.quote else ""
    return named or (facts.instrument.sector if facts.instrument else "")


def printed(text: str) -> str:
    """A number as the broker printed it, with thousands commas; what is no number stays as it is."""
    sign, size = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = size.partition(".")
    if not whole.isdecimal() or (point and not rest.isdecimal()):
        return text
    return f"{fmt.MINUS if sign else ''}{int(whole):,}{point}{rest}"


def _at(facts: Facts, key: str, label: str, units: int | None) -> Field:
    """A price, coloured by where it stands against the previous close."""
    if units is None:
        return Field(key, label, DASH)
    shown = fmt.units(units, facts.currency)
    if facts.base is None:
        return Field(key, label, shown, fmt.plain(shown))
    apart = units - facts.base
    tip = translate("Quote", "{rate} against the previous close").format(rate=fmt.rate(apart, facts.base))
    return Field(key, label, shown, fmt.plain(shown), tip if apart else "", (apart > 0) - (apart < 0))


def _dated(facts: Facts, key: str, label: str, quote: Quote | None, price: Price | None) -> Field:
    field = _at(facts, key, label, price.units if price else None)
    on = getattr(quote, f"{key}_on") if quote else None
    if price is None:
        return field
    return Field(key, label, field.value, field.copy, fmt.DASH if on is None else f"{on:%Y-%m-%d}", field.rising)


def _count(key: str, label: str, count: int | None) -> Field:
    return Field(key, label, DASH) if count is None else Field(key, label, f"{count:,}", str(count))


def _sum(key: str, label: str, units: int | None, currency: Currency, language: Language) -> Field:
    if units is None:
        return Field(key, label, DASH)
    exact = fmt.units(units, currency)
    shown = fmt.big_won(units, language) if currency is Currency.KRW else exact
    return Field(key, label, shown, fmt.plain(exact), exact if shown != exact else "")


def _text(key: str, label: str, text: str | None) -> Field:
    return Field(key, label, text, text) if text else Field(key, label, DASH)


def _number(key: str, label: str, text: str | None) -> Field:
    """A figure that was printed already; copied without commas."""
    return Field(key, label, text, fmt.plain(text)) if text else Field(key, label, DASH)
