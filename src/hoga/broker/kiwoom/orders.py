"""Rows of the order list ``kt00007`` to reports (kiwoom.md 4.4). One row is one number, not one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hoga.broker.fields import BadField, moment
from hoga.broker.kiwoom.fields import KiwoomFields, instrument_code, parse_clock, rows
from hoga.broker.kiwoom.ids import ORDER_TYPES_BY_NAME
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.instruments import Venue
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Price, Shares

_VENUES = {"KRX": Venue.KRX, "NXT": Venue.NXT, "SOR": Venue.SOR}
_MOST_AMOUNTS = 20_000


def order_rows(body: Mapping[str, Any]) -> list[KiwoomFields]:
    """The rows of one page without blank ones."""
    return rows("orders", body, "acnt_ord_cntr_prps_dtl")


class FilledAmounts:
    """What the fills of each number came to, as notices said it (903). The list knows only a rounded average."""

    def __init__(self) -> None:
        self._heard: dict[BrokerNumber, int] = {}

    def heard(self, number: BrokerNumber, amount: int) -> None:
        self._heard[number] = max(amount, self._heard.get(number, 0))
        while len(self._heard) > _MOST_AMOUNTS:
            del self._heard[next(iter(self._heard))]

    def of(self, number: BrokerNumber, filled: int, average: int) -> int:
        """The exact amount where it was heard of as many shares as the list shows: it lies within the rounding of the
        average then. Else the average times the shares, which is exact where all was filled at one price."""
        return self._exact(number, filled, filled * average)

    def corrected(self, report: OrderReport) -> OrderReport:
        """A report whose amount is the rounded average times the shares, with the exact amount where it is known."""
        amount = self._exact(report.number, report.filled.count, report.filled_amount.units)
        return report if amount == report.filled_amount.units else replace(report, filled_amount=Money(amount))

    def _exact(self, number: BrokerNumber, filled: int, rounded: int) -> int:
        heard = self._heard.get(number, rounded)
        return heard if abs(heard - rounded) <= filled else rounded


def order_report(row: KiwoomFields, on: date, amounts: FilledAmounts) -> OrderReport:
    """One row of the list of ``on``. Raises BadField when anything that decides about an order cannot be read."""
    number, original = row.count("ord_no"), row.whole_or_none("ori_ord")
    if not number:
        raise BadField("orders.ord_no", "zero where an order number is needed")
    pair = ORDER_TYPES_BY_NAME.get(row.text("trde_tp"))
    quantity, filled, remaining = row.count("ord_qty"), row.count("cntr_qty"), row.count("ord_remnq")
    refused = "거부" in row.optional("acpt_tp")
    kind = request_kind(row.text("io_tp_nm") + row.optional("mdfy_cncl"), has_original=bool(original))
    known = BrokerNumber(on, "", number)
    return OrderReport(
        number=known,
        original=BrokerNumber(on, "", original) if original else None,
        kind=kind,
        instrument=instrument_code(row.text("stk_cd")),
        side=side_of(row.text("io_tp_nm"), "orders.io_tp_nm"),
        type=pair[0] if pair else None,
        tif=pair[1] if pair else None,
        limit=None if pair is not None and not pair[0].carries_price else _limit(row),
        quantity=Shares(quantity),
        filled=Shares(filled),
        filled_amount=Money(amounts.of(known, filled, row.price_units("cntr_uv")) if filled else 0),
        remaining=Shares(0 if refused else remaining),
        cancelled=Shares(0 if refused or kind is RequestKind.CANCEL else max(quantity - filled - remaining, 0)),
        rejected=Shares(quantity if refused else 0),
        at=moment(on, parse_clock(row.text("ord_tm"), "orders.ord_tm")),
        venue=_VENUES.get(row.optional("dmst_stex_tp"), Venue.KRX),
        channel=row.optional("comm_ord_tp"),
        raw=dict(row),
    )


def side_of(text: str, where: str) -> Side:
    """By containment, never by sign or equality (kiwoom.md 6.1)."""
    if "매도" in text:
        return Side.SELL
    if "매수" in text:
        return Side.BUY
    raise BadField(where, "neither buy nor sell")


def request_kind(text: str, *, has_original: bool) -> RequestKind | None:
    if "취소" in text:
        return RequestKind.CANCEL
    if "정정" in text:
        return RequestKind.REPRICE
    return None if has_original else RequestKind.NEW


def _limit(row: KiwoomFields) -> Price | None:
    units = row.price_units("ord_uv")
    return Price(units) if units else None
