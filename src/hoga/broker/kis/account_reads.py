"""Reads of the account: balance, order list, orderable cash, sellable shares (kis.md 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.account_lists import Mask, accepted_order_list, sellable_of
from hoga.broker.account_number import AccountNumber
from hoga.broker.fields import Fields
from hoga.broker.kis import decode_rest as decode
from hoga.broker.kis import ids
from hoga.broker.kis.candles import wire_day
from hoga.broker.kis.host import KisHost
from hoga.broker.kis.orders import order_report, order_rows
from hoga.broker.kis.rest import KisRest
from hoga.broker.port import BadReply
from hoga.broker.row_memo import RowMemo
from hoga.domain.accounts import Balance
from hoga.domain.broker_orders import OrderList, OrderReport
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Orderable
from hoga.domain.tickets import OrderType, TimeInForce
from hoga.domain.values import Price, Shares

_RECENT_DAYS = 90
"""Older than about three months the list has another id (kis.md 4.2.8)."""


class AccountReads:
    """Account reads of one account. ``mask`` takes personal data out of what is kept of raw rows."""

    def __init__(self, host: KisHost, number: AccountNumber, rest: KisRest, clock: MarketClock, mask: Mask) -> None:
        self._host = host
        self._account = {"CANO": number.main, "ACNT_PRDT_CD": number.product}
        self._rest = rest
        self._clock = clock
        self._mask = mask
        self._listed = RowMemo("output1", self._order_page)

    async def balance(self) -> Balance:
        """All pages; cash from the last one. Raises BrokerError, also for a list that cannot be read to its end."""
        query = self._account | {
            "AFHR_FLPR_YN": "N",
            "OFL_YN": "",
            "INQR_DVSN": "02",
            "UNPR_DVSN": "01",
            "FUND_STTL_ICLD_YN": "N",
            "FNCG_AMT_AUTO_RDPT_YN": "N",
            "PRCS_DVSN": "00",
            "CTX_AREA_FK100": "",
            "CTX_AREA_NK100": "",
        }
        on = self._clock.now().astimezone(KST).date()
        pages = await self._rest.read_pages(ids.BALANCE, query, _balance_page)
        if not pages:
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "balance.output2"}))
        holdings = [row for rows, _ in pages for row in rows]
        totals = pages[-1][1]
        return self._rest.decoded(ids.BALANCE.name, {}, lambda _: decode.balance(holdings, totals, on))

    async def orders(self, on: date) -> OrderList:
        """Every number of one trading date in the order of acceptance."""
        began = self._clock.now()
        old = on < began.astimezone(KST).date() - timedelta(days=_RECENT_DAYS)
        operation = ids.ORDERS_OLD if old else ids.ORDERS_RECENT
        query = self._account | {
            "INQR_STRT_DT": wire_day(on),
            "INQR_END_DT": wire_day(on),
            "SLL_BUY_DVSN_CD": "00",
            "INQR_DVSN": "01",
            "PDNO": "",
            "CCLD_DVSN": "00",
            "ORD_GNO_BRNO": "",
            "ODNO": "",
            "INQR_DVSN_3": "00",
            "INQR_DVSN_1": "",
            "EXCG_ID_DVSN_CD": "KRX" if self._host.is_paper else "ALL",
            "CTX_AREA_FK100": "",
            "CTX_AREA_NK100": "",
        }
        pages = await self._rest.read_pages(operation, query, lambda body: self._listed.page(body, None))
        rows = [report for page in pages for report in page]
        if any(report.number.trading_date != on for report in rows):
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "orders.ord_dt"}))
        return accepted_order_list(on, rows, began, operation.name)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        query = self._account | {
            "PDNO": self._rest.codes.wire(instrument),
            "ORD_UNPR": str(limit.units) if limit is not None else "0",
            "ORD_DVSN": ids.ORDER_CODES[type, TimeInForce.DAY],
            "CMA_EVLU_AMT_ICLD_YN": "N",
            "OVRS_ICLD_YN": "N",
        }
        return await self._rest.read(ids.ORDERABLE, query, lambda body: decode.orderable(body, instrument))

    async def sellable(self, instrument: InstrumentId) -> Shares:
        """From the balance where the host has no call of its own (paper)."""
        if not self._host.is_paper:
            return await self._rest.read(
                ids.SELLABLE, self._account | {"PDNO": self._rest.codes.wire(instrument)}, decode.sellable
            )
        return sellable_of(await self.balance(), instrument)

    def _order_page(self, body: Mapping[str, Any], _: None) -> list[OrderReport]:
        reports = (order_report(row) for row in order_rows(body))
        return [replace(report, raw=self._mask(report.raw)) for report in reports]


def _balance_page(body: Mapping[str, Any]) -> tuple[list[Fields], Fields]:
    return decode.holding_rows(body), decode.block(body, "balance", "output2")
