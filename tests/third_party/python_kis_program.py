"""A program of somebody who uses python-kis 2.1.6: run as a process of its own, with a home of its own.

Nothing of the library is changed but its four host names. It does what such programs do, writes down what the library
said, and beside each answer what the exchange itself says of the same thing (its control endpoint), as one JSON object.

    python -m tests.third_party.python_kis_program real|virtual < the JSON line of `hoga practice`
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pykis.client.websocket
import pykis.kis
import pykis.logging
import requests
from pykis import KisAuth, PyKis
from pykis.client.exceptions import KisException
from pykis.utils.timezone import TIMEZONE

from tests.third_party.judge import with_levels

CODE = "005930"
WAIT_S = 20.0


class Program:
    def __init__(self, endpoint: dict[str, Any], virtual: bool) -> None:
        kis = endpoint["kis"]
        pykis.kis.REAL_DOMAIN = kis["rest"]
        pykis.kis.VIRTUAL_DOMAIN = kis["paper_rest"]
        pykis.client.websocket.WEBSOCKET_REAL_DOMAIN = kis["ws"]
        pykis.client.websocket.WEBSOCKET_VIRTUAL_DOMAIN = kis["paper_ws"]
        self.control = endpoint["control"]
        self.virtual = virtual
        real = self._auth(kis["accounts"], "real", virtual=False)
        paper = self._auth(kis["accounts"], "paper", virtual=True)
        self.account_number = (paper if virtual else real).account
        self.kis = PyKis(real, paper) if virtual else PyKis(real)
        self.said: dict[str, Any] = {}
        self.heard: dict[str, list[Any]] = {"price": [], "orderbook": [], "execution": []}
        self._news = threading.Condition()

    @staticmethod
    def _auth(accounts: list[dict[str, str]], environment: str, *, virtual: bool) -> KisAuth:
        mine = next(account for account in accounts if account["environment"] == environment)
        return KisAuth(
            id=mine["hts_id"],
            appkey=mine["appkey"],
            secretkey=mine["appsecret"],
            account=mine["account"],
            virtual=virtual,
        )

    def truth(self, path: str) -> Any:
        answer = requests.get(f"{self.control}{path}", timeout=10)
        answer.raise_for_status()
        return answer.json()

    def market(self) -> dict[str, Any]:
        """The exchange's own word on the instrument: its day, and its book as [price, quantity] pairs."""
        return with_levels(self.truth(f"/market/{CODE}"))

    def setting(self, **values: Any) -> None:
        requests.post(f"{self.control}/settings", json=values, timeout=10).raise_for_status()

    def until_traded(self) -> None:
        """Let the market trade a little, then hold it still: what stands still can be compared to the share."""
        end = time.monotonic() + WAIT_S
        while self.market()["volume"] == 0:
            if time.monotonic() > end:
                raise TimeoutError("the market does not trade")
            time.sleep(0.05)
        self.setting(market_paused=True)

    def note(self, name: str, said: Any, truth: Any = None) -> None:
        self.said[name] = {"said": said, "truth": truth}

    def hear(self, event: str) -> Callable[[Any, Any], None]:
        def callback(_client: Any, args: Any) -> None:
            with self._news:
                self.heard[event].append(args.response)
                self._news.notify_all()

        return callback

    def wait(self, event: str, wanted: Callable[[Any], bool]) -> Any:
        """The first thing heard that is wanted; TimeoutError after a while."""
        with self._news:
            if not self._news.wait_for(lambda: any(map(wanted, self.heard[event])), timeout=WAIT_S):
                raise TimeoutError(f"no such {event} came: {self.heard[event]!r}")
            return next(filter(wanted, self.heard[event]))

    @staticmethod
    def _is(execution: Any, order: Any) -> bool:
        return int(execution.order_number.number) == int(order.number)

    # -- what is asked --------------------------------------------------------------------------------------------

    def look(self) -> None:
        token = self.kis.token
        self.note("token", {"type": token.type, "remaining_s": token.remaining.total_seconds()})
        stock = self.kis.stock(CODE)
        info = stock.info
        self.note(
            "stock",
            {
                "symbol": info.symbol,
                "name": info.name_kor,
                "english": info.name_eng,
                "isin": info.std_code,
                "market": info.market,
            },
            self.market(),
        )
        quote = stock.quote()
        self.note(
            "quote",
            {
                "price": int(quote.price),
                "open": int(quote.open),
                "high": int(quote.high),
                "low": int(quote.low),
                "upper": int(quote.high_limit),
                "lower": int(quote.low_limit),
                "base": int(quote.prev_price),
                "tick": int(quote.tick),
                "volume": quote.volume,
                "amount": int(quote.amount),
                "change": int(quote.change),
                "halt": quote.halt,
            },
            self.market(),
        )
        book = stock.orderbook()
        self.note(
            "orderbook",
            {
                "asks": [[int(a.price), a.volume] for a in book.asks],
                "bids": [[int(b.price), b.volume] for b in book.bids],
            },
            self.market(),
        )
        hours = self.kis.trading_hours("KRX")
        self.note("trading_hours", {"open": hours.open.isoformat(), "close": hours.close.isoformat()})

    def charts(self) -> None:
        stock = self.kis.stock(CODE)
        daily = stock.chart("30d")
        self.note("day_chart", [self._bar(b) for b in daily.bars], self.truth(f"/candles/{CODE}?period=1d"))
        minutes = stock.chart(period=1)
        self.note("minute_chart", [self._bar(b) for b in minutes.bars], self.truth(f"/candles/{CODE}?period=1m"))

    @staticmethod
    def _bar(bar: Any) -> list[Any]:
        return [
            bar.time_kst.strftime("%Y-%m-%dT%H:%M"),
            int(bar.open),
            int(bar.high),
            int(bar.low),
            int(bar.close),
            int(bar.volume),
        ]

    def money(self, name: str) -> None:
        balance = self.kis.account().balance("KR")
        self.note(
            name,
            {
                "deposit": int(balance.deposits["KRW"].amount),
                "stocks": {s.symbol: [int(s.qty), int(s.orderable), int(s.purchase_amount)] for s in balance.stocks},
            },
            self.truth(f"/accounts/{self.account_number}"),
        )

    # -- what is traded -------------------------------------------------------------------------------------------

    def listen(self) -> list[Any]:
        stock, account = self.kis.stock(CODE), self.kis.account()
        tickets = [
            stock.on("price", self.hear("price")),
            stock.on("orderbook", self.hear("orderbook")),
            account.on("execution", self.hear("execution")),
        ]
        # A changed book is the proof that this registration stands; the market is let go for a moment.
        self.setting(market_paused=False)
        self.wait("orderbook", lambda _: True)
        self.wait("price", lambda _: True)
        self.setting(market_paused=True)
        return tickets

    def trade(self) -> None:
        stock = self.kis.stock(CODE)
        best = self.market()
        ask, bid, tick = best["asks"][0], best["bids"][0], best["tick"]
        power = stock.orderable_amount(price=ask[0])
        self.note(
            "orderable",
            {"cash": int(power.amount), "quantity": int(power.qty), "unit_price": int(power.unit_price)},
            self.truth(f"/accounts/{self.account_number}"),
        )
        bought = stock.buy(price=ask[0], qty=3)
        fill = self.wait(
            "execution", lambda e: int(e.order_number.number) == int(bought.number) and e.executed_qty == 3
        )
        self.note("fill", {"qty": int(fill.executed_qty), "price": int(fill.price or fill.unit_price)}, ask)
        self.note("bought", {"number": int(bought.number), "branch": bought.branch})
        tape = self.wait("price", lambda p: p.volume > best["volume"])
        self.note("tape", {"price": int(tape.price), "volume": tape.volume}, [ask[0], best["volume"] + 3])
        self.money("balance_after_buy")

        resting = stock.buy(price=bid[0] - 5 * tick, qty=7)
        self.wait("execution", lambda e: self._is(e, resting))
        last = resting
        if self.virtual:
            self.note("modified", self._refused(lambda: resting.modify(price=bid[0] - 6 * tick)))
            self.note("pending", self._refused(lambda: self.kis.account().pending_orders("KR")))
        else:
            last = resting.modify(price=bid[0] - 6 * tick)
            self.note("modified", {"number": int(last.number)})
            pending = self.kis.account().pending_orders()
            self.note(
                "pending",
                [
                    [int(o.order_number.number), int(o.qty), int(o.pending_qty), int(o.unit_price)]
                    for o in pending.orders
                ],
            )
        cancelled = last.cancel()
        self.note("resting", {"number": int(resting.number)})
        self.note("cancelled", {"number": int(cancelled.number), "of": int(last.number)})

        sold = stock.sell(price=bid[0], qty=2)
        self.wait("execution", lambda e: self._is(e, sold) and e.executed_qty == 2)
        self.note("sold", {"number": int(sold.number)}, bid)
        self.money("balance_after_sell")

    def lists(self) -> None:
        today = self.kis.account().daily_orders(start=self._today(), end=self._today())
        self.note(
            "daily_orders",
            [
                [int(o.order_number.number), o.symbol, o.type, int(o.qty), int(o.executed_qty), int(o.pending_qty)]
                for o in today.orders
            ],
            self.truth(f"/orders?account={self.account_number}"),
        )
        self.note("fills", None, self.truth(f"/fills?account={self.account_number}"))

    @staticmethod
    def _refused(what: Callable[[], Any]) -> str:
        """What the library itself, not the exchange, says to something that it does not do."""
        try:
            what()
        except NotImplementedError:
            return "NotImplementedError"
        return "done"

    @staticmethod
    def _today() -> Any:
        from datetime import datetime

        return datetime.now(TIMEZONE).date()

    def refusals(self) -> None:
        stock = self.kis.stock(CODE)
        try:
            stock.sell(qty=10_000)
            self.note("oversold", "accepted")
        except KisException as error:
            self.note("oversold", f"{type(error).__name__}: {getattr(error, 'code', '')} {error}")


def main() -> int:
    pykis.logging.setLevel("ERROR")
    program = Program(json.load(sys.stdin), virtual=sys.argv[1] == "virtual")
    # The widths that this version of the library knows (it drops wider records).
    program.setting(trade_width=46, book_width=59, notice_width=23, foreign_notice_width=21)
    program.until_traded()
    program.look()
    program.charts()
    program.money("balance")
    tickets = program.listen()
    program.trade()
    program.lists()
    program.refusals()
    for ticket in tickets:
        ticket.unsubscribe()
    program.kis.websocket.disconnect()
    sys.stdout.write(json.dumps(program.said, ensure_ascii=False, default=str) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
