"""What the control endpoint shows: the exchange's own truth, against which clients and desks are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from aiohttp import web

from hoga.domain.market_data import Period
from hoga.practice.api import Exchange, PracticeAccount
from hoga.practice.control_words import BadWish, count, day, member, moment
from hoga.practice.record import Recorded, RequestRecord
from hoga.practice.runner import Runner
from hoga.practice.wire import Operation

TIME_BOUND_SECONDS = 0.1
"""How far market time may run on (in wire seconds) before a listener of the time stream is told again."""
_BEGINNING = date(2000, 1, 1)
_USUAL_SPAN = {
    Period.MINUTE: timedelta(days=1),
    Period.DAY: timedelta(days=100),
    Period.WEEK: timedelta(days=700),
    Period.MONTH: timedelta(days=3_000),
    Period.YEAR: timedelta(days=10_000),
}

T = TypeVar("T")


class Views:
    """Each method answers one GET. Raises BadWish."""

    def __init__(self, exchange: Exchange, runner: Runner, record: RequestRecord) -> None:
        self._exchange = exchange
        self._runner = runner
        self._record = record

    def time(self) -> Mapping[str, object]:
        now = self._exchange.now().isoformat(timespec="microseconds")
        return {
            "now": now,
            "market": now,
            "speed": self._runner.speed,
            "reached": round(self._runner.reached(), 3),
            "trading_date": self._exchange.trading_date(),
            "ledger": self._exchange.ledger_id,
            "tick": TIME_BOUND_SECONDS,
            "paused": self._runner.paused,
        }

    def requests(self, request: web.Request) -> Sequence[Recorded]:
        """``after`` (a number), ``operation``."""
        operation = member(request.query, "operation", Operation) if "operation" in request.query else None
        return self._record.entries(after=count(request.query, "after", 0), operation=operation)

    def orders(self, request: web.Request) -> object:
        """``account``, ``start``, ``end``: every order number ever accepted, unless narrowed."""
        start, end = self._span(request)
        return [entry for each in self._chosen(request) for entry in self._exchange.orders(each.number, start, end)]

    def fills(self, request: web.Request) -> object:
        start, end = self._span(request)
        return [entry for each in self._chosen(request) for entry in self._exchange.fills(each.number, start, end)]

    def accounts(self, request: web.Request) -> Sequence[PracticeAccount]:
        return self._exchange.accounts()

    def account(self, request: web.Request) -> Mapping[str, object]:
        account = self._account(request.match_info["number"])
        return {
            "account": account,
            "cash": self._exchange.cash(account.number),
            "holdings": self._exchange.holdings(account.number),
        }

    def market(self, request: web.Request) -> object:
        return [
            {"code": code, "name": instrument.name_ko, "product": instrument.product, "flags": instrument.flags}
            for code, instrument in self._exchange.instruments().items()
        ]

    def instrument(self, request: web.Request) -> Mapping[str, object]:
        """State, ten levels, and the latest ``trades`` (20 unless told), newest first."""
        code = self._code(request)
        return {
            "state": self._exchange.state(code),
            "book": self._exchange.book(code),
            "trades": self._exchange.trades(code, count(request.query, "trades", 20)),
        }

    def candles(self, request: web.Request) -> object:
        """``period`` (1m, 1d, 1w, 1M, 1y), ``start``, ``end``."""
        code = self._code(request)
        period = member(request.query, "period", Period, Period.DAY)
        end = moment(request.query, "end", self._exchange.now())
        start = moment(request.query, "start", end - _USUAL_SPAN[period])
        return self._exchange.candles(code, period, start, end)

    def _span(self, request: web.Request) -> tuple[date, date]:
        return day(request.query, "start", _BEGINNING), day(request.query, "end", self._exchange.trading_date())

    def _chosen(self, request: web.Request) -> Sequence[PracticeAccount]:
        wanted = request.query.get("account")
        return self._exchange.accounts() if wanted is None else [self._account(wanted)]

    def _account(self, number: str) -> PracticeAccount:
        for account in self._exchange.accounts():
            if account.number == number:
                return account
        raise BadWish(f"no account {number}", status=404)

    def _code(self, request: web.Request) -> str:
        code = request.match_info["code"]
        if code not in self._exchange.instruments():
            raise BadWish(f"no instrument {code}", status=404)
        return code
