"""A program of somebody who uses kiwoom-rest-trade 0.1.6: run as a process of its own, with a home of its own.

Nothing of the library is changed but the two properties that hold its addresses. Its typed models read every answer;
what they missed or were not told of is written down with what the exchange itself says, as one JSON object.

    python -m tests.third_party.kiwoom_rest_trade_program real|mock < the JSON line of `hoga practice`
"""

from __future__ import annotations

import asyncio
import json
import sys
import typing
from typing import Any

from kiwoom.api.base import BaseAPI
from kiwoom.auth import TokenManager
from kiwoom.client import AsyncKiwoomClient
from kiwoom.models import domestic
from pydantic import BaseModel

from tests.third_party.judge import CODE, Judge, keys_of

PERIOD = {"upd_stkpc_tp": "1", "stk_cd": CODE}
DATED = {"ord_dt": "", "stk_bond_tp": "0", "sell_tp": "0", "stk_cd": "", "fr_ord_no": "", "dmst_stex_tp": "%"}


class Program:
    def __init__(self, endpoint: dict[str, Any], mode: str) -> None:
        address = endpoint["kiwoom"]["mock_rest" if mode == "mock" else "rest"]
        BaseAPI.base_url = TokenManager.base_url = property(lambda _self: address)
        self.mine = keys_of(endpoint, mode)
        self.mode = mode
        self.client = AsyncKiwoomClient(self.mine["appkey"], self.mine["secretkey"], is_mock=mode == "mock")
        self.judge = Judge(endpoint["control"])
        self.answers: dict[str, BaseModel] = {}

    async def call(self, api: str, **fields: str) -> Any:
        request = getattr(domestic, f"{api.capitalize()}Request")(**fields)
        self.answers[api] = await getattr(self.client.domestic, api)(request)
        return self.answers[api]

    async def run(self) -> None:
        self.judge.calm()
        await self.trade()
        # This library takes its time on the mock: one call a second. There the orders are enough.
        if self.mode == "real":
            await self.look()
        await self.money()
        self.judge.note("unset", {api: unset(answer) for api, answer in self.answers.items()})

    async def trade(self) -> None:
        market = self.judge.market()
        order = {"dmst_stex_tp": "KRX", "stk_cd": CODE, "cond_uv": ""}
        bought = await self.call("kt10000", **order, ord_qty="3", ord_uv="", trde_tp="3")
        resting = market["bids"][0][0] - market["tick"]
        waiting = await self.call("kt10000", **order, ord_qty="7", ord_uv=str(resting), trde_tp="0")
        change = {"dmst_stex_tp": "KRX", "stk_cd": CODE}
        moved = await self.call(
            "kt10002", **change, orig_ord_no=waiting.ord_no, mdfy_qty="5", mdfy_uv=str(resting - market["tick"])
        )
        cancelled = await self.call("kt10003", **change, orig_ord_no=moved.ord_no, cncl_qty="2")
        sold = await self.call("kt10001", **order, ord_qty="1", ord_uv="", trde_tp="3")
        numbers = [answer.ord_no for answer in (bought, waiting, moved, cancelled, sold)]
        self.judge.note("numbers", numbers, self.judge.truth("/orders", account=self.mine["account"]))

    async def look(self) -> None:
        today = self.judge.truth("/time")["trading_date"].replace("-", "")
        info = await self.call("ka10001", stk_cd=CODE)
        self.judge.note("info", [info.cur_prc, info.trde_qty], self.judge.market())
        for api in ("ka10003", "ka10004", "ka10100"):
            await self.call(api, stk_cd=CODE)
        await self.call("ka10095", stk_cd=f"{CODE}|000660")
        await self.call("ka10099", mrkt_tp="0")
        await self.call("ka10101", mrkt_tp="0")
        for api in ("ka10081", "ka10082", "ka10083", "ka10094"):
            await self.call(api, **PERIOD, base_dt=today)
        for api in ("ka10079", "ka10080"):
            await self.call(api, **PERIOD, tic_scope="1")
        await self.call("ka10074", strt_dt=today, end_dt=today)
        await self.call("ka10073", stk_cd="", strt_dt=today, end_dt=today)
        await self.call("ka10072", stk_cd="", strt_dt=today)
        await self.call("ka10077", stk_cd=CODE)
        await self.call("ka10170", base_dt="", ottks_tp="2", ch_crd_tp="0")
        await self.call("kt00009", **DATED, mrkt_tp="0", qry_tp="0")
        await self.call("kt00004", qry_tp="0", dmst_stex_tp="KRX")
        await self.call("kt00005", dmst_stex_tp="KRX")
        await self.call("kt00003", qry_tp="0")
        await self.call("kt00010", stk_cd=CODE, trde_tp="2", uv="100000")
        await self.call("ka10085", stex_tp="0")
        await self.call("ka00001")

    async def money(self) -> None:
        await self.call("kt00011", stk_cd=CODE, uv="100000")
        await self.call("kt00007", **DATED, qry_tp="1")
        deposit = await self.call("kt00001", qry_tp="3")
        held = await self.call("kt00018", qry_tp="1", dmst_stex_tp="KRX")
        rows = [[row.stk_cd, row.rmnd_qty, row.pur_amt] for row in held.acnt_evlt_remn_indv_tot]
        account = self.judge.truth(f"/accounts/{self.mine['account']}")
        self.judge.note("money", [deposit.entr, deposit.ord_alow_amt, rows], account)
        pending = await self.call("ka10075", all_stk_tp="0", trde_tp="0", stk_cd="", stex_tp="0")
        orders = self.judge.truth("/orders", account=self.mine["account"])
        self.judge.note("pending", [[row.ord_no, row.oso_qty, row.ord_pric] for row in pending.oso], orders)
        filled = await self.call("ka10076", stk_cd="", qry_tp="0", sell_tp="0", ord_no="", stex_tp="0")
        fills = self.judge.truth("/fills", account=self.mine["account"])
        self.judge.note("fills", [[row.ord_no, row.cntr_qty, row.cntr_pric] for row in filled.cntr], fills)


def unset(answer: BaseModel) -> list[str]:
    """Fields that the library's model has and the answer had not, its rows' included."""
    names = sorted(set(type(answer).model_fields) - answer.model_fields_set)
    for name, field in type(answer).model_fields.items():
        rows = getattr(answer, name)
        if typing.get_origin(typing.get_args(field.annotation)[0]) is list and rows:
            names += [f"{name}.{missed}" for missed in unset(rows[0])]
    return names


def main() -> int:
    program = Program(json.load(sys.stdin), sys.argv[1])
    asyncio.run(program.run())
    sys.stdout.write(json.dumps(program.judge.noted, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
