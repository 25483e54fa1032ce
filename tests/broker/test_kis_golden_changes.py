"""Recorded messages with a field added, gone or retyped: the stated effect, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hoga.broker.kis import decode_rest
from hoga.broker.kis.answers import judge
from hoga.broker.kis.orders import order_report, order_rows
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.port import (
    Drift,
    OutcomeUnknown,
)
from hoga.domain.instruments import InstrumentId
from tests.broker.golden_checks import NOW, nothing_soft, records


def recorded(folder: Path, identity: str) -> dict[str, Any]:
    (record,) = [record for record in records(folder, "kis_rest.jsonl") if record["id"] == identity]
    body: dict[str, Any] = json.loads(record["raw"])
    return body


@pytest.mark.parametrize("field", ["stck_prpr", "prdy_vrss", "stck_sdpr", "acml_vol", "acml_tr_pbmn", "stck_oprc"])
@pytest.mark.parametrize("value", [None, "", "abc", {"nested": "1"}, "1.5"], ids=str)
def test_a_needed_field_gone_or_retyped_refuses_the_quote(goldens: Path, field: str, value: Any) -> None:
    body = recorded(goldens, "kr-001")
    if value is None:
        del body["output"][field]
    else:
        body["output"][field] = value
    if field == "stck_oprc" and value == "":
        assert decode_rest.quote(body, InstrumentId("005930"), NOW, nothing_soft).open is None  # blank: not opened
        return
    with pytest.raises(decode_rest.BadField) as caught:
        decode_rest.quote(body, InstrumentId("005930"), NOW, nothing_soft)
    assert field in caught.value.where


@pytest.mark.parametrize("field", ["hts_avls", "lstn_stcn", "aspr_unit", "w52_hgpr", "w52_hgpr_date"])
def test_an_extra_field_retyped_costs_only_itself(goldens: Path, field: str) -> None:
    whole = decode_rest.quote(recorded(goldens, "kr-001"), InstrumentId("005930"), NOW, nothing_soft)
    body = recorded(goldens, "kr-001")
    body["output"][field] = "what?"
    noted: list[decode_rest.BadField] = []
    quote = decode_rest.quote(body, InstrumentId("005930"), NOW, noted.append)
    assert len(noted) == 1 and field in noted[0].where
    assert (quote.last, quote.base, quote.volume, quote.flags) == (whole.last, whole.base, whole.volume, whole.flags)


def test_a_new_field_is_noted_once_and_changes_nothing(goldens: Path) -> None:
    seen: list[Drift] = []
    sentinel = Sentinel(seen.append, lambda: NOW)
    body = recorded(goldens, "kr-001")
    before = decode_rest.quote(body, InstrumentId("005930"), NOW, nothing_soft)
    body["output"]["brand_new"] = "7"
    for _ in range(3):
        sentinel.body("price", body)
    assert decode_rest.quote(body, InstrumentId("005930"), NOW, nothing_soft) == before
    assert [(drift.where, drift.refused) for drift in seen] == [("price.output.brand_new", False)]
    assert sentinel.counts["price.output.brand_new"] == 3


@pytest.mark.parametrize("field", ["odno", "ord_qty", "tot_ccld_qty", "rmn_qty", "pdno", "sll_buy_dvsn_cd", "ord_tmd"])
def test_an_order_row_without_what_decides_is_refused(goldens: Path, field: str) -> None:
    body = recorded(goldens, "kr-043")
    del body["output1"][1][field]
    with pytest.raises(decode_rest.BadField):
        [order_report(row) for row in order_rows(body)]


@pytest.mark.parametrize("name", ["ODNO", "output", "rt_cd"])
def test_an_acceptance_with_a_part_missing_is_unknown(goldens: Path, name: str) -> None:
    body = recorded(goldens, "kr-040")
    if name == "ODNO":
        del body["output"]["ODNO"]
    else:
        del body[name]
    assert isinstance(judge(200, json.dumps(body).encode(), NOW), OutcomeUnknown)
