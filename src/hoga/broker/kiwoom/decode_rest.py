"""Kiwoom reply bodies to domain values (kiwoom.md 4.2, 4.4). Pure; BadField tells what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from hoga.broker.calls import NothingThere
from hoga.broker.fields import BadField, nearest_moment
from hoga.broker.kiwoom.fields import KiwoomFields, instrument_code, parse_clock, rows, top
from hoga.domain.accounts import CashReport, HoldingReport
from hoga.domain.instruments import Flags, InstrumentId
from hoga.domain.market_data import Book, Level, MarketSession, Orderable, Quote
from hoga.domain.values import NO_SHARES, Currency, Money, Price, Shares

MILLION = 1_000_000
_HUNDRED_MILLION = 100_000_000
_THOUSAND = 1_000
_NO_FLAGS = Flags()

Note = Callable[[BadField], None]
"""Told of a field that could not be read but that nothing important hangs on; its value is left out."""


class Facts(Struct, frozen=True):
    """What of a quote lasts a day: figures of the company, and what the market says of the instrument."""

    per: str = ""
    pbr: str = ""
    eps: str = ""
    bps: str = ""
    flags: Flags = _NO_FLAGS
    sector: str = ""


def facts(body: Mapping[str, Any]) -> Facts:
    """``ka10001``. Its prices are not taken: the watch list has them together with the turnover."""
    data = top("facts", body)
    return Facts(data.optional("per"), data.optional("pbr"), data.optional("eps"), data.optional("bps"))


def account_digits(body: Mapping[str, Any]) -> str:
    """``ka00001``: the ten digits of the account that the token stands for."""
    number = top("account number", body).text("acctno").replace("-", "").strip()
    if not (number.isascii() and number.isdigit()):
        raise BadField("account number.acctNo", "not a number of digits")
    return number


def quote(body: Mapping[str, Any], instrument: InstrumentId, now: datetime, known: Facts, note: Note) -> Quote:
    """``ka10095`` of one code. An unknown code answers a row of blanks. Raises NothingThere.

    Turnover is in million won on the wire, so it is exact to the million only.
    """
    listed = rows("watch list", body, "atn_stk_infr")
    if not listed:
        raise NothingThere(instrument.code)
    data = listed[0]
    if instrument_code(data.text("stk_cd")) != instrument:
        raise BadField("watch list.stk_cd", "another instrument than was asked for")
    last = data.price_units("cur_prc")
    if last == 0:
        raise NothingThere(instrument.code)
    cap, shares = _soft(note, data, "mac"), _soft(note, data, "stkcnt")
    return Quote(
        instrument=instrument,
        at=now,
        last=Price(last),
        change_units=data.whole("pred_pre"),
        change_percent=data.number_text("flu_rt"),
        open=data.price("open_pric"),
        high=data.price("high_pric"),
        low=data.price("low_pric"),
        base=Price(data.price_units("base_pric")),
        upper_limit=data.price("upl_pric"),
        lower_limit=data.price("lst_pric"),
        volume=data.count("trde_qty"),
        amount=Money(data.count("trde_prica") * MILLION),
        tick=None,
        flags=known.flags,
        listed_shares=None if shares is None else shares * _THOUSAND,
        market_cap=None if cap is None else Money(cap * _HUNDRED_MILLION),
        sector=known.sector,
        per=known.per,
        pbr=known.pbr,
        eps=known.eps,
        bps=known.bps,
    )


def _soft(note: Note, data: KiwoomFields, name: str) -> int | None:
    try:
        return data.whole_or_none(name) if name in data else None
    except BadField as error:
        note(error)
        return None


def book(body: Mapping[str, Any], instrument: InstrumentId, now: datetime) -> Book:
    """``ka10004``: level 1 has names of its own (quirk 22). All blank: unknown, or closed. Raises NothingThere."""
    data = top("book", body)
    if data.is_blank():
        raise NothingThere(instrument.code)
    return Book(
        instrument=instrument,
        at=nearest_moment(parse_clock(data.text("bid_req_base_tm"), "book.bid_req_base_tm"), now),
        asks=_levels(data, "sel"),
        bids=_levels(data, "buy"),
        total_ask=data.count("tot_sel_req"),
        total_bid=data.count("tot_buy_req"),
        session=MarketSession.REGULAR,
    )


def _levels(data: KiwoomFields, side: str) -> tuple[Level, ...]:
    names = [(f"{side}_fpr_bid", f"{side}_fpr_req")]
    names += [(f"{side}_{n}th_pre_bid", f"{side}_{n}th_pre_req") for n in range(2, 11)]
    levels = (Level(data.price_units(price), data.count(quantity)) for price, quantity in names if data.text(price))
    return tuple(level for level in levels if level.price_units > 0)


def orderable(body: Mapping[str, Any], unit: Price) -> Orderable:
    """``kt00011`` at ``unit``, without receivables (미수불가)."""
    data = top("orderable", body)
    return Orderable(Money(data.count("min_ord_alow_amt")), Shares(data.count("min_ord_alowq")), unit)


def cash(body: Mapping[str, Any]) -> CashReport:
    """``kt00001``: the deposit as it stands, and after each of the next two settlements. Negative: a receivable."""
    data = top("cash", body)
    return CashReport(
        currency=Currency.KRW,
        today=Money(data.whole("entr")),
        next_day=Money(data.whole("d1_entra")),
        settled_d2=Money(data.whole("d2_entra")),
    )


def holdings(body: Mapping[str, Any]) -> list[HoldingReport]:
    """``kt00018``, one page of rows; a loan's shares are not sold by the orders that hoga sends."""
    return [_holding(row) for row in rows("holdings", body, "acnt_evlt_remn_indv_tot")]


def _holding(row: KiwoomFields) -> HoldingReport:
    on_loan = bool(row.optional("crd_loan_dt").strip("0"))
    return HoldingReport(
        instrument=instrument_code(row.text("stk_cd")),
        name=row.text("stk_nm"),
        quantity=Shares(row.count("rmnd_qty")),
        sellable=NO_SHARES if on_loan else Shares(row.count("trde_able_qty")),
        cost=Money(row.count("pur_amt")),
        average_price=row.decimal("pur_pric"),
        last=row.price("cur_prc"),
        bought_today=Shares(row.count("tdy_buyq")),
        sold_today=Shares(row.count("tdy_sellq")),
    )
