"""Reads of the account: balance, order list, orderable cash, sellable shares (kiwoom.md 4.4). The token names it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.account_lists import Mask, accepted_order_list, one_a_name, sellable_of
from hoga.broker.kiwoom import decode_rest as decode
from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.host import KiwoomHost
from hoga.broker.kiwoom.market_reads import MarketReads
from hoga.broker.kiwoom.orders import FilledAmounts, order_report, order_rows
from hoga.broker.kiwoom.rest import KiwoomRest
from hoga.broker.port import BadReply, NotSupported
from hoga.broker.row_memo import RowMemo
from hoga.domain.accounts import Balance
from hoga.domain.broker_orders import OrderList, OrderReport
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Orderable
from hoga.domain.tickets import OrderType
from hoga.domain.values import Money, Price, Shares

_NOTHING_HEARD = FilledAmounts()
_AHEAD = timedelta(minutes=10)


class AccountReads:
    """Account reads of one account. ``mask`` takes personal data out of what is kept of raw rows."""

    def __init__(
        self,
        host: KiwoomHost,
        rest: KiwoomRest,
        clock: MarketClock,
        market: MarketReads,
        amounts: FilledAmounts,
        mask: Mask,
    ) -> None:
        self._host = host
        self._rest = rest
        self._clock = clock
        self._market = market
        self._amounts = amounts
        self._mask = mask
        self._listed = RowMemo("acnt_ord_cntr_prps_dtl", self._order_page)
        self._last_list: OrderList | None = None

    async def balance(self) -> Balance:
        """Holdings to the last page, and cash, which has a call of its own. Raises BrokerError.

        The broker tells no costs of the day in these calls: ``costs_today`` is 0.
        """
        on = self._clock.now().astimezone(KST).date()
        query = {"qry_tp": "1", "dmst_stex_tp": "KRX"}
        pages = await self._rest.read_pages(ids.HOLDINGS, query, decode.holdings)
        cash = await self._rest.read(ids.CASH, {"qry_tp": "3"}, decode.cash)
        held = one_a_name([holding for page in pages for holding in page])
        return Balance(on=on, holdings=held, cash=(cash,), costs_today=Money(0))

    async def orders(self, on: date) -> OrderList:
        """Every number of one trading date in the order of acceptance.

        The mock shows past days as empty (kiwoom.md 7.2), which proves nothing: the last list that this run read of
        that day is given instead, or NotSupported raised.
        """
        began = self._clock.now()
        query = {
            "ord_dt": f"{on:%Y%m%d}",
            "qry_tp": "1",
            "stk_bond_tp": "1",
            "sell_tp": "0",
            "stk_cd": "",
            "fr_ord_no": "",
            "dmst_stex_tp": "%",
        }
        pages = await self._rest.read_pages(ids.ORDERS, query, lambda body: self._listed.page(body, on))
        rows = [self._amounts.corrected(report) for page in pages for report in page]
        if any(report.at > began + _AHEAD for report in rows):
            # Rows have no date of their own: right after midnight a host may still show the day before.
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "orders.ord_tm"}))
        if not rows and self._host.is_mock and on < began.astimezone(KST).date():
            return self._remembered(on, began)
        listed = accepted_order_list(on, rows, began, ids.ORDERS.name)
        self._last_list = listed
        return listed

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        """At ``limit``, or at the day's upper limit for a type that carries no price (kiwoom.md 4.4, kt00011)."""
        unit = limit if type.carries_price else None
        if unit is None:
            unit = (await self._market.quote(instrument)).upper_limit
        if unit is None:
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "watch list.upl_pric"}))
        asked = {"stk_cd": instrument.code, "uv": str(unit.units)}
        at: Price = unit
        return await self._rest.read(ids.ORDERABLE, asked, lambda body: decode.orderable(body, at))

    async def sellable(self, instrument: InstrumentId) -> Shares:
        """From the balance: no call tells it by itself."""
        return sellable_of(await self.balance(), instrument)

    def _remembered(self, on: date, began: datetime) -> OrderList:
        if self._last_list is None or self._last_list.trading_date != on:
            raise NotSupported(Message("KIWOOM_PAST_ORDERS_NOT_ON_MOCK"))
        return replace(self._last_list, began=began)

    def _order_page(self, body: Mapping[str, Any], on: date) -> list[OrderReport]:
        """As the rows tell it by themselves, amounts by their rounded averages."""
        reports = (order_report(row, on, _NOTHING_HEARD) for row in order_rows(body))
        return [dataclasses.replace(report, raw=self._mask(report.raw)) for report in reports]
