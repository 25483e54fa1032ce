"""Every recorded or documented answer of an operation here: each field of it is in ours too, of the same kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hoga.domain.tickets import Side
from tests.practice.kis.bench import CODE, TRADING, Bench, Client

SPAN = {"INQR_STRT_DT": "20261101", "INQR_END_DT": "20261130"}
FOREIGN = "/uapi/overseas-stock/v1/trading/"

# What recorded answers hold and ours do not, with the reason.
OMITTED = {
    "new_hgpr_lwpr_cls_code": "only on a day of a new high or low",
    "itewhol_loan_rmnd_ratem name": "a slip of the document for itewhol_loan_rmnd_ratem",
    "cncl_cfrm_qty": "a slip of the document for cnc_cfrm_qty",
    "scts_dvsn_name": "of a foreign holding, and there is none",
}

# Recorded as digits, text all the same: codes, a telephone number, an original that a new order has not.
TEXTS = {"msg_cd", "bstp_cls_code", "cpbc_ordp_mtrl_dvsn_cd", "ctac_tlno", "orgn_odno"}


def _asked(client: Client) -> Mapping[str, Callable[[], Any]]:
    """How each operation is asked so that its lists have rows."""
    bar = {
        "FID_INPUT_DATE_1": "20260101",
        "FID_INPUT_DATE_2": "20261120",
        "FID_PERIOD_DIV_CODE": "D",
        "FID_ORG_ADJ_PRC": "1",
    }
    minute = {"FID_INPUT_HOUR_1": "000000", "FID_PW_DATA_INCU_YN": "Y", "FID_INPUT_DATE_1": "20261119"}
    resting = client.daily().body["output1"][0]
    change = {
        **client.who,
        "KRX_FWDG_ORD_ORGNO": resting["ord_gno_brno"],
        "ORGN_ODNO": resting["odno"],
        "ORD_DVSN": "00",
        "RVSE_CNCL_DVSN_CD": "02",
        "ORD_QTY": "0",
        "ORD_UNPR": "0",
        "QTY_ALL_ORD_YN": "Y",
    }
    present = {"WCRC_FRCR_DVSN_CD": "02", "NATN_CD": "000", "TR_MKET_CD": "00", "INQR_DVSN_CD": "00"}
    return {
        "FHKST01010100": client.price,
        "FHPST01010000": lambda: client.quote("inquire-price-2", "FHPST01010000"),
        "FHKST01010200": lambda: client.quote("inquire-asking-price-exp-ccn", "FHKST01010200"),
        "FHKST01010300": lambda: client.quote("inquire-ccnl", "FHKST01010300"),
        "FHKST01010400": lambda: client.quote("inquire-daily-price", "FHKST01010400", **bar),
        "FHKST03010100": lambda: client.quote("inquire-daily-itemchartprice", "FHKST03010100", **bar),
        "FHKST03010200": lambda: client.quote("inquire-time-itemchartprice", "FHKST03010200", **minute),
        "FHKST03010230": lambda: client.quote("inquire-time-dailychartprice", "FHKST03010230", **minute),
        "TTTC8434R": lambda: client.ask("inquire-balance", "TTTC8434R"),
        "VTTC8434R": lambda: client.ask("inquire-balance", "TTTC8434R"),
        "TTTC8494R": lambda: client.ask("inquire-balance-rlz-pl", "TTTC8494R"),
        "TTTC8908R": lambda: client.ask("inquire-psbl-order", "TTTC8908R", PDNO=CODE, ORD_DVSN="01", ORD_UNPR="0"),
        "TTTC8408R": lambda: client.ask("inquire-psbl-sell", "TTTC8408R", PDNO=CODE),
        "TTTC0084R": lambda: client.ask("inquire-psbl-rvsecncl", "TTTC0084R"),
        "TTTC0081R": client.daily,
        "TTTC8708R": lambda: client.ask("inquire-period-profit", "TTTC8708R", **SPAN),
        "TTTC8715R": lambda: client.ask("inquire-period-trade-profit", "TTTC8715R", **SPAN),
        "TTTC0802U": lambda: client.order(Side.BUY, 1, kind="01"),
        "TTTC0012U": lambda: client.order(Side.BUY, 1, kind="01"),
        "VTTC0802U": lambda: client.bench.paper.order(Side.BUY, 1, kind="01"),
        "TTTC0013U": lambda: client.post(f"{TRADING}order-rvsecncl", "TTTC0013U", change),
        "TTTS3012R": lambda: client.get(f"{FOREIGN}inquire-balance", "TTTS3012R", client.who),
        "TTTS3018R": lambda: client.get(f"{FOREIGN}inquire-nccs", "TTTS3018R", client.who),
        "TTTS3035R": lambda: client.get(f"{FOREIGN}inquire-ccnl", "TTTS3035R", client.who),
        "CTRP6504R": lambda: client.get(f"{FOREIGN}inquire-present-balance", "CTRP6504R", {**client.who, **present}),
        "oauth2/tokenP": client.fresh_token,
        "hashkey": lambda: client.oauth("/uapi/hashkey", {"ORD_QTY": "1"}),
    }


@pytest.fixture
def busy(bench: Bench) -> Client:
    """A real account with a holding, a sale and a resting order, in a market that has traded."""
    middle = bench.lay_book()
    bench.real.order(Side.BUY, 10, kind="01")
    bench.real.order(Side.SELL, 2, kind="01")
    tick = bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    bench.real.order(Side.BUY, 1, middle - 20 * tick)
    return bench.real


def test_recorded_fields_are_in_our_answers(busy: Client, goldens: Path) -> None:
    asked, compared, wrong = _asked(busy), set(), []
    for line in (goldens / "kis_rest.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["tr"] not in asked or "error" in item["kind"]:
            continue
        ours = asked[item["tr"]]().body
        assert ours.get("rt_cd", "0") == "0", item["id"]
        wrong += list(_differences(json.loads(item["raw"]), ours, item["id"]))
        compared.add(item["tr"])
    assert wrong == []
    assert compared == set(asked)


def _differences(recorded: Any, ours: Any, where: str) -> Iterator[str]:
    """Objects lack no recorded field; values are of the recorded type, numbers where numbers were recorded."""
    if isinstance(recorded, list) and isinstance(ours, list):
        if recorded and ours:
            yield from _differences(recorded[0], ours[0], where)
    elif isinstance(recorded, dict) and isinstance(ours, dict):
        for name in recorded if not where.endswith("BODY") else ():
            if name not in ours and name not in OMITTED:
                yield f"{where}: {name} is missing"
            elif name in ours:
                yield from _differences(recorded[name], ours[name], f"{where}/{name}")
    elif isinstance(recorded, (str, int)):
        name = where.rpartition("/")[2]
        if type(ours) is not type(recorded):
            yield f"{where}: {ours!r}"
        elif _is_number(str(recorded)) and not _is_number(str(ours)) and name not in TEXTS:
            yield f"{where}: {ours!r} where {recorded!r} was recorded"


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-+").replace(".", "", 1).isdigit()
