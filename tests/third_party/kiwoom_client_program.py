"""A program of somebody who uses kiwoom-client 0.4.0: run as a process of its own, with a home of its own.

Nothing of the library is changed but its addresses. It does what such programs do, and writes down what the library
said beside what the exchange itself says of the same thing, as one JSON object.

    python -m tests.third_party.kiwoom_client_program real|mock < the JSON line of `hoga practice`
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from kiwoom_client import AsyncKiwoomAPI, KiwoomAPIError, KiwoomWebSocket

from tests.third_party.judge import CODE, PATIENCE_S, Judge, keys_of


class Program:
    def __init__(self, endpoint: dict[str, Any], mode: str) -> None:
        kiwoom = endpoint["kiwoom"]
        self.mine = keys_of(endpoint, mode)
        rest, self.ws = (kiwoom["mock_rest"], kiwoom["mock_ws"]) if mode == "mock" else (kiwoom["rest"], kiwoom["ws"])
        self.api = AsyncKiwoomAPI(self.mine["appkey"], self.mine["secretkey"], base_url=rest)
        self.judge = Judge(endpoint["control"])
        self.heard: dict[str, list[dict[str, Any]]] = {}
        self._news = asyncio.Event()

    async def run(self) -> None:
        self.judge.calm()
        issued = await self.api.login()
        self.judge.note(
            "token",
            {"type": issued["token_type"], "expires": issued["expires_dt"], "length": len(issued["token"])},
            self.judge.truth("/time"),
        )
        socket = KiwoomWebSocket(issued["token"], ws_url=f"{self.ws}/api/dostk/websocket")
        await socket.connect()
        listening = asyncio.create_task(self._listen(socket))
        try:
            await self.look()
            await self.charts()
            await self.money("balance")
            await self.trade()
            await self.money("balance_after")
            await self.lists()
            await self.refusals()
        finally:
            await socket.disconnect()
            listening.cancel()
            await asyncio.wait([listening])
        self.judge.note("logout", (await self.api.logout())["return_code"])
        await self.api.close()

    async def _listen(self, socket: KiwoomWebSocket) -> None:
        for kind in ("00", "04", "0B", "0D"):
            socket.on(kind, self._hear)
        socket.on_trnm("REG", lambda frame: self._hear({"type": "REG", **frame}))
        await socket.subscribe(["00", "04"], [""])
        await socket.subscribe(["0B", "0D"], [CODE])
        await socket.listen()

    def _hear(self, entry: dict[str, Any]) -> None:
        self.heard.setdefault(entry["type"], []).append(entry)
        self._news.set()

    async def _until(self, kind: str, how_many: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.heard.get(kind, ())) < how_many:
                self._news.clear()
                await self._news.wait()

    async def look(self) -> None:
        await self._until("REG", 2)
        info = await self.api.stock_info.basic_stock_info(stk_cd=CODE)
        self.judge.note("info", info, self.judge.market())
        self.judge.note("book", await self.api.market.stock_quote(stk_cd=CODE), self.judge.market())
        listed = await self.api.stock_info.stock_info_list(mrkt_tp="0")
        self.judge.note(
            "list", [row["code"] for row in listed["list"] if row["marketCode"] == "0"], self.judge.truth("/market")
        )

    async def charts(self) -> None:
        today = self.judge.truth("/time")["trading_date"].replace("-", "")
        for name, ask in (
            ("day", self.api.chart.stock_daily_chart),
            ("week", self.api.chart.stock_weekly_chart),
            ("month", self.api.chart.stock_monthly_chart),
            ("year", self.api.chart.stock_yearly_chart),
        ):
            said = await ask(stk_cd=CODE, base_dt=today, upd_stkpc_tp="1")
            period = {"day": "1d", "week": "1w", "month": "1M", "year": "1y"}[name]
            truth = self.judge.truth(f"/candles/{CODE}", period=period, start="2026-01-01")
            self.judge.note(f"{name}_chart", next(value for value in said.values() if isinstance(value, list)), truth)
        minutes = await self.api.chart.stock_minute_chart(stk_cd=CODE, tic_scope="1", upd_stkpc_tp="1")
        self.judge.note(
            "minute_chart", minutes["stk_min_pole_chart_qry"], self.judge.truth(f"/candles/{CODE}", period="1m")
        )

    async def money(self, name: str) -> None:
        deposit = await self.api.account.deposit_detail(qry_tp="3")
        held = await self.api.account.evaluation_balance_detail(qry_tp="1", dmst_stex_tp="KRX")
        said = {
            "deposit": {k: v for k, v in deposit.items() if isinstance(v, str)},
            "held": held["acnt_evlt_remn_indv_tot"],
        }
        self.judge.note(name, said, self._account())

    async def trade(self) -> None:
        """A buy at the ask, a resting buy moved and cancelled, a sell of a part."""
        market = self.judge.market()
        ask, bid, tick = market["asks"][0][0], market["bids"][0][0], market["tick"]
        order = {"dmst_stex_tp": "KRX", "stk_cd": CODE, "cond_uv": ""}
        bought = await self.api.order.buy_order(**order, ord_qty="3", ord_uv=str(ask), trde_tp="0")
        await self._until("04", 1)
        resting = await self.api.order.buy_order(**order, ord_qty="7", ord_uv=str(bid - tick), trde_tp="0")
        change = {"dmst_stex_tp": "KRX", "stk_cd": CODE}
        moved = await self.api.order.modify_order(
            **change, orig_ord_no=resting["ord_no"], mdfy_qty="5", mdfy_uv=str(bid - 2 * tick), mdfy_cond_uv=""
        )
        self.judge.note("pending", (await self._pending())["oso"], self._orders())
        cancelled = await self.api.order.cancel_order(**change, orig_ord_no=moved["ord_no"], cncl_qty="0")
        sold = await self.api.order.sell_order(**order, ord_qty="2", ord_uv="", trde_tp="3")
        await self._until("04", 2)
        numbers = {"bought": bought, "resting": resting, "moved": moved, "cancelled": cancelled, "sold": sold}
        self.judge.note("numbers", {name: answer["ord_no"] for name, answer in numbers.items()}, self._orders())
        self.judge.note("roots", [moved["base_orig_ord_no"], cancelled["base_orig_ord_no"]], resting["ord_no"])
        await self._until("0B", 2)
        self.judge.note("orders_heard", [entry["values"] for entry in self.heard["00"]], self._orders())
        self.judge.note("balance_heard", self.heard["04"][-1]["values"], self._account())
        tape = self.judge.truth(f"/market/{CODE}", trades="2")["trades"]
        self.judge.note("tape_heard", [entry["values"] for entry in self.heard["0B"][-2:]], tape)
        self.judge.note("book_heard", self.heard["0D"][-1]["values"], self.judge.market())

    async def _pending(self) -> dict[str, Any]:
        return await self.api.account.unfilled_orders(all_stk_tp="0", trde_tp="0", stk_cd="", stex_tp="0")

    def _account(self) -> Any:
        return self.judge.truth(f"/accounts/{self.mine['account']}")

    def _orders(self) -> Any:
        return self.judge.truth("/orders", account=self.mine["account"])

    async def lists(self) -> None:
        filled = await self.api.account.filled_orders(stk_cd="", qry_tp="0", sell_tp="0", ord_no="", stex_tp="0")
        self.judge.note("fills", filled["cntr"], self.judge.truth("/fills", account=self.mine["account"]))
        details = await self.api.account.order_execution_detail(
            ord_dt="", qry_tp="1", stk_bond_tp="0", sell_tp="0", stk_cd="", fr_ord_no="", dmst_stex_tp="%"
        )
        self.judge.note("details", details["acnt_ord_cntr_prps_dtl"], self._orders())
        self.judge.note("pending_after", (await self._pending())["oso"], self._orders())
        account = (await self.api.account.account_number_inquiry())["acctNo"]
        self.judge.note("account", account, self.mine["account"])

    async def refusals(self) -> None:
        try:
            await self.api.order.sell_order(
                dmst_stex_tp="KRX", stk_cd=CODE, ord_qty="9000", ord_uv="", trde_tp="3", cond_uv=""
            )
            self.judge.note("oversold", "accepted")
        except KiwoomAPIError as error:
            self.judge.note("oversold", [error.code, error.message])


def main() -> int:
    program = Program(json.load(sys.stdin), sys.argv[1])
    asyncio.run(program.run())
    sys.stdout.write(json.dumps(program.judge.noted, ensure_ascii=False, default=str) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
