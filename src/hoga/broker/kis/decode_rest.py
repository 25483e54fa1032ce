"""KIS reply bodies to domain values (kis.md 4.1, 4.2). Pure; raises BadField when something needed cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from hoga.broker.account_lists import one_a_name
from hoga.broker.calls import NothingThere
from hoga.broker.fields import BadField, Fields, as_rows, nearest_moment, parse_day, without_placeholders
from hoga.broker.kis.codes import instrument_code
from hoga.domain.accounts import Balance, CashReport, HoldingReport
from hoga.domain.instruments import Flags, InstrumentId, InvestmentWarning
from hoga.domain.market_data import Book, Level, MarketSession, Orderable, Quote
from hoga.domain.values import NO_SHARES, Currency, Money, Price, Shares

T = TypeVar("T")

_HUNDRED_MILLION = 100_000_000
_WARNINGS = {
    "01": InvestmentWarning.CAUTION,
    "02": InvestmentWarning.WARNING,
    "03": InvestmentWarning.RISK,
}


Note = Callable[[BadField], None]
"""Told of a field that could not be read but that nothing important hangs on; its value is left out."""


def block(body: Mapping[str, Any], operation: str, *names: str) -> Fields:
    """The one object under the first of ``names`` that is there. Raises BadField."""
    for name in names:
        rows = as_rows(body.get(name))
        if rows:
            return Fields(f"{operation}.{name}", rows[0])
    raise BadField(f"{operation}.{names[0]}", "missing")


def rows(body: Mapping[str, Any], operation: str, *names: str) -> list[Fields]:
    """The rows under the first of ``names`` that is there. Raises BadField when none is: no list is no empty list."""
    for name in names:
        if name in body:
            payload = body[name]
            if not isinstance(payload, Mapping) and not _is_list_of_objects(payload):
                raise BadField(f"{operation}.{name}", "not a list of objects")
            return [Fields(f"{operation}.{name}", row) for row in as_rows(payload)]
    raise BadField(f"{operation}.{names[0]}", "missing")


def _is_list_of_objects(payload: Any) -> bool:
    return isinstance(payload, list) and all(isinstance(row, Mapping) for row in payload)


def quote(body: Mapping[str, Any], instrument: InstrumentId, now: datetime, note: Note) -> Quote:
    """``inquire-price``. The reply carries no time, so the moment of asking is its time. Raises NothingThere."""
    data = block(body, "price", "output")
    last = data.count("stck_prpr")
    if last == 0:
        raise NothingThere(instrument.code)
    cap = _soft(note, _optional_count, data, "hts_avls")
    return Quote(
        instrument=instrument,
        at=now,
        last=Price(last),
        change_units=data.whole("prdy_vrss"),
        change_percent=data.text("prdy_ctrt"),
        open=_price(data, "stck_oprc"),
        high=_price(data, "stck_hgpr"),
        low=_price(data, "stck_lwpr"),
        base=Price(data.count("stck_sdpr")),
        upper_limit=_price(data, "stck_mxpr"),
        lower_limit=_price(data, "stck_llam"),
        volume=data.count("acml_vol"),
        amount=Money(data.count("acml_tr_pbmn")),
        tick=_soft(note, _optional_count, data, "aspr_unit") or None,
        flags=_flags(data),
        listed_shares=_soft(note, _optional_count, data, "lstn_stcn"),
        market_cap=None if cap is None else Money(cap * _HUNDRED_MILLION),
        sector=data.optional("bstp_kor_isnm"),
        per=data.optional("per"),
        pbr=data.optional("pbr"),
        eps=data.optional("eps"),
        bps=data.optional("bps"),
        high_52w=_soft(note, _optional_price, data, "w52_hgpr"),
        high_52w_on=_soft(note, _optional_day, data, "w52_hgpr_date"),
        low_52w=_soft(note, _optional_price, data, "w52_lwpr"),
        low_52w_on=_soft(note, _optional_day, data, "w52_lwpr_date"),
    )


def _flags(data: Fields) -> Flags:
    """kis.md 4.0.3: several fields say the same thing; any of them counts."""
    status = data.optional("iscd_stat_cls_code")
    return Flags(
        halted=data.optional("temp_stop_yn") == "Y" or status == "58",
        managed=data.optional("mang_issu_cls_code") == "Y" or status == "51",
        liquidation=data.optional("sltr_yn") == "Y",
        overheated=data.optional("short_over_yn") == "Y" or status == "59",
        volatility_interruption=data.optional("vi_cls_code") not in ("", "N", "0"),
        warning=_WARNINGS.get(data.optional("mrkt_warn_cls_code"), InvestmentWarning.NONE),
    )


def book(body: Mapping[str, Any], instrument: InstrumentId, now: datetime) -> Book:
    """``inquire-asking-price-exp-ccn``. Empty levels are left out. Raises NothingThere."""
    data = block(body, "book", "output1")
    if "askp1" not in data:
        raise NothingThere(instrument.code)
    expected = block(body, "book", "output2") if as_rows(body.get("output2")) else None
    price = _optional_count(expected, "antc_cnpr") if expected is not None else None
    volume = _optional_count(expected, "antc_vol") if expected is not None else None
    return Book(
        instrument=instrument,
        at=nearest_moment(data.clock_time("aspr_acpt_hour"), now),
        asks=_levels(data, "askp"),
        bids=_levels(data, "bidp"),
        total_ask=data.count("total_askp_rsqn"),
        total_bid=data.count("total_bidp_rsqn"),
        expected_units=price or None,
        expected_quantity=volume if price else None,
        session=MarketSession.REGULAR,
    )


def _levels(data: Fields, side: str) -> tuple[Level, ...]:
    levels = (Level(data.count(f"{side}{n}"), data.count(f"{side}_rsqn{n}")) for n in range(1, 11))
    return tuple(level for level in levels if level.price_units > 0)


def orderable(body: Mapping[str, Any], instrument: InstrumentId) -> Orderable:
    """``inquire-psbl-order``, without margin debt (미수 없이). Raises NothingThere."""
    data = block(body, "orderable", "output")
    unit = data.count("psbl_qty_calc_unpr")
    if unit == 0:
        raise NothingThere(instrument.code)
    return Orderable(Money(data.count("nrcvb_buy_amt")), Shares(data.count("nrcvb_buy_qty")), Price(unit))


def sellable(body: Mapping[str, Any]) -> Shares:
    """``inquire-psbl-sell``; sources disagree on the block's name (kis.md 4.2.4)."""
    return Shares(block(body, "sellable", "output", "output1").count("ord_psbl_qty"))


def open_days(body: Mapping[str, Any]) -> dict[date, bool]:
    """``chk-holiday``: on which dates orders can be placed (``opnd_yn``)."""
    listed = without_placeholders(rows(body, "trading days", "output"), "bass_dt")
    return {row.day("bass_dt"): row.text("opnd_yn") == "Y" for row in listed}


def holding_rows(body: Mapping[str, Any]) -> list[Fields]:
    return without_placeholders(rows(body, "balance", "output1"), "pdno")


def balance(holdings: list[Fields], totals: Fields, on: date) -> Balance:
    """Holdings of all pages and the cash of the last one.

    A stock bought with cash and on a loan stands in two rows; they become one holding, of which only the cash part can
    be sold by the orders that hoga sends. A holding sold today stays with quantity 0 until it settles (quirk 34).
    """
    cash = CashReport(
        currency=Currency.KRW,
        today=Money(totals.whole("dnca_tot_amt")),
        next_day=Money(totals.whole("nxdy_excc_amt")),
        settled_d2=Money(totals.whole("prvs_rcdl_excc_amt")),
    )
    reports = one_a_name(_holding(instrument_code(row.text("pdno")), row) for row in holdings)
    return Balance(on=on, holdings=reports, cash=(cash,), costs_today=Money(totals.whole("thdt_tlex_amt")))


def _holding(instrument: InstrumentId, row: Fields) -> HoldingReport:
    on_loan = bool(row.optional("loan_dt").strip("0"))
    return HoldingReport(
        instrument=instrument,
        name=row.text("prdt_name"),
        quantity=Shares(row.count("hldg_qty")),
        sellable=NO_SHARES if on_loan else Shares(row.count("ord_psbl_qty")),
        cost=Money(row.count("pchs_amt")),
        average_price=row.decimal("pchs_avg_pric"),
        last=_price(row, "prpr"),
        bought_today=Shares(row.count("thdt_buyqty")),
        sold_today=Shares(row.count("thdt_sll_qty")),
    )


def _price(data: Fields, name: str) -> Price | None:
    """A price that must be sent; 0 and blank mean that there is none."""
    units = data.whole_or_none(name)
    if units is not None and units < 0:
        raise BadField(name, "negative where a price is needed")
    return Price(units) if units else None


def _soft(note: Note, read: Callable[[Fields, str], T | None], data: Fields, name: str) -> T | None:
    try:
        return read(data, name)
    except BadField as error:
        note(error)
        return None


def _optional_price(data: Fields, name: str) -> Price | None:
    return _price(data, name) if name in data else None


def _optional_count(data: Fields, name: str) -> int | None:
    return data.whole_or_none(name) if name in data else None


def _optional_day(data: Fields, name: str) -> date | None:
    text = data.optional(name)
    return parse_day(text, name) if text.strip("0") else None
