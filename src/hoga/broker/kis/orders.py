"""Rows of the daily order list to reports (kis.md 4.2.8). One row is one number, not one order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoga.broker.fields import BadField, Fields, moment, without_placeholders
from hoga.broker.kis.codes import instrument_code
from hoga.broker.kis.decode_rest import rows
from hoga.broker.kis.ids import SIDES, TYPES_READ
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares

_VENUES = {"KRX": Venue.KRX, "NXT": Venue.NXT, "SOR": Venue.SOR}
_PERSONAL = frozenset({"ctac_tlno", "inqr_ip_addr"})


def order_rows(body: Mapping[str, Any]) -> list[Fields]:
    """The rows of one page without placeholders."""
    return without_placeholders(rows(body, "orders", "output1"), "pdno", "odno")


def order_report(row: Fields) -> OrderReport:
    """One row. Raises BadField when anything that decides about an order cannot be read."""
    day, branch = row.day("ord_dt"), row.text("ord_gno_brno")
    original = row.whole_or_none("orgn_odno")
    number = row.count("odno")
    if not number:
        raise BadField("orders.odno", "zero where an order number is needed")
    pair = TYPES_READ.get(row.text("ord_dvsn_cd"))
    return OrderReport(
        number=BrokerNumber(day, branch, number),
        original=BrokerNumber(day, branch, original) if original else None,
        kind=_kind(row, has_original=bool(original)),
        instrument=instrument_code(row.text("pdno")),
        side=_side(row),
        type=pair[0] if pair else None,
        tif=_time_in_force(row, pair),
        limit=_limit(row, pair),
        quantity=Shares(row.count("ord_qty")),
        filled=Shares(row.count("tot_ccld_qty")),
        filled_amount=Money(row.count("tot_ccld_amt")),
        remaining=Shares(row.count("rmn_qty")),
        cancelled=Shares(_cancelled(row)),
        rejected=Shares(row.count("rjct_qty")),
        at=moment(day, row.clock_time("ord_tmd")),
        venue=_VENUES.get(row.optional("excg_id_dvsn_cd"), Venue.KRX),
        channel=row.optional("ordr_empno"),
        raw={name: value for name, value in row.items() if name not in _PERSONAL},
    )


def _side(row: Fields) -> Side:
    side = SIDES.get(row.text("sll_buy_dvsn_cd"))
    if side is None:
        raise BadField("orders.sll_buy_dvsn_cd", "neither buy nor sell")
    return side


def _kind(row: Fields, *, has_original: bool) -> RequestKind | None:
    """The list has no code for it; the side's name carries 정정 or 취소 (``매수정정*``), also in English."""
    name = row.optional("sll_buy_dvsn_cd_name").upper()
    if "취소" in name or "CANCEL" in name:
        return RequestKind.CANCEL
    if "정정" in name or "AMEND" in name:
        return RequestKind.REPRICE
    return None if has_original else RequestKind.NEW


def _time_in_force(row: Fields, pair: tuple[OrderType, TimeInForce] | None) -> TimeInForce | None:
    condition = row.optional("ccld_cndt_name").upper()
    if condition in ("IOC", "FOK"):
        return TimeInForce(condition)
    return pair[1] if pair else None


def _limit(row: Fields, pair: tuple[OrderType, TimeInForce] | None) -> Price | None:
    """The price as sent; types that carry none show 0, or the price that the exchange gave them."""
    units = row.count("ord_unpr")
    if pair is not None and not pair[0].carries_price:
        return None
    return Price(units) if units else None


def _cancelled(row: Fields) -> int:
    """The field is spelled in two ways (``cnc_cfrm_qty``, ``cncl_cfrm_qty``); at least one must be there."""
    name = "cnc_cfrm_qty" if "cnc_cfrm_qty" in row else "cncl_cfrm_qty"
    return row.count(name)
