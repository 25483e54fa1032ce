"""What python-kis itself refuses on paper, a raw client does there: modify an order, list what is pending."""

from __future__ import annotations

from pathlib import Path

from tests.practice.process.clients import ControlClient, RestClient
from tests.support.practice_process import practice

CODE = "005930"
OPTIONS = ("--start", "2026-11-20T09:10:00", "--settings", "rate_limits=false", "--settings", "market_paused=true")


def pending(rest: RestClient) -> list[dict[str, str]]:
    """Paper lists what was not filled in whole, cancelled orders included."""
    return [row for row in rest.unfilled("20261120").json()["output1"] if row["rmn_qty"] != "0"]


def test_modify_and_the_pending_list_on_paper(tmp_path: Path) -> None:
    with (
        practice(tmp_path, *OPTIONS) as process,
        ControlClient(process) as control,
        RestClient(process, "paper") as rest,
    ):
        state = control.get(f"/market/{CODE}")["state"]
        first = rest.order("buy", CODE, 7, state["lower"]).json()["output"]
        branch = first["KRX_FWDG_ORD_ORGNO"]
        moved = rest.modify(branch, first["ODNO"], state["lower"] + state["tick"]).json()
        assert moved["rt_cd"] == "0", moved
        assert [(row["odno"], row["ord_qty"], row["rmn_qty"], row["ord_unpr"]) for row in pending(rest)] == [
            (moved["output"]["ODNO"], "7", "7", str(state["lower"] + state["tick"]))
        ]
        ledger = control.get("/orders", account=rest.account["account"])
        working = [(row["number"], row["limit"]) for row in ledger if row["remaining"]]
        assert working == [(int(moved["output"]["ODNO"]), state["lower"] + state["tick"])]
        assert rest.cancel(branch, moved["output"]["ODNO"]).json()["rt_cd"] == "0"
        assert pending(rest) == []
        assert not any(row["remaining"] for row in control.get("/orders"))
