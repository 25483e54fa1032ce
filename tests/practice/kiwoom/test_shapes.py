"""Every answer's shape against the typed models of a stranger's library (kiwoom-rest-trade), call by call."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest
from kiwoom.models import domestic

from hoga.domain.tickets import Side
from hoga.practice.kiwoom.catalogue import OPERATIONS
from tests.practice.kiwoom.bench import CODE, ORDER, Bench

TODAY = "20261120"
CHART = {"stk_cd": CODE, "upd_stkpc_tp": "1"}
DATED = {"stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}
WISHES: dict[str, dict[str, str]] = {
    **{api: {"stk_cd": CODE} for api in ("ka10001", "ka10003", "ka10004", "ka10095", "ka10100", "ka10077", "kt00011")},
    **{api: CHART | {"base_dt": TODAY} for api in ("ka10081", "ka10082", "ka10083", "ka10094")},
    **{api: CHART | {"tic_scope": "3"} for api in ("ka10079", "ka10080")},
    **{api: {"mrkt_tp": "0"} for api in ("ka10099", "ka10101")},
    **{api: {"strt_dt": TODAY, "end_dt": TODAY} for api in ("ka10072", "ka10073", "ka10074")},
    "ka10170": {"ottks_tp": "2", "ch_crd_tp": "0"},
    "ka10075": {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"},
    "ka10076": {"qry_tp": "0", "sell_tp": "0", "stex_tp": "0"},
    "ka10088": {"ord_no": "1"},
    "ka10085": {"stex_tp": "0"},
    "kt00007": DATED | {"qry_tp": "1"},
    "kt00009": DATED | {"qry_tp": "0", "mrkt_tp": "0"},
    "kt00001": {"qry_tp": "3"},
    "kt00003": {"qry_tp": "0"},
    "kt00004": {"qry_tp": "0", "dmst_stex_tp": "KRX"},
    "kt00005": {"dmst_stex_tp": "KRX"},
    "kt00018": {"qry_tp": "1", "dmst_stex_tp": "KRX"},
    "kt00010": {"stk_cd": CODE, "trde_tp": "2", "uv": "100000"},
    "ka00001": {},
}
BEYOND_THE_MODELS = {"ka10099": {"kind"}, "ka10100": {"kind"}, "ka10080": {"acc_trde_qty"}}
"""Fields seen on the wire that the broker's document, from which the models are made, leaves out."""
NO_ROWS = {"ka10088", "kt00001"}


def names(model: Any) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def row_model(model: Any, name: str) -> Any:
    field = next(f for n, f in model.model_fields.items() if (f.alias or n) == name)
    (listed,) = [each for each in get_args(field.annotation) if get_origin(each) is list]
    return get_args(listed)[0]


@pytest.fixture(scope="module")
def traded() -> Bench:
    bench = Bench()
    middle = bench.lay_book()
    bench.real.order(Side.BUY, 7, middle - 500)
    bench.real.order(Side.BUY, 3, "", "3")
    bench.real.order(Side.SELL, 1, "", "3")
    return bench


@pytest.mark.parametrize("api", sorted(api for api, operation in OPERATIONS.items() if operation.path != ORDER))
def test_every_answer_is_what_the_model_reads(traded: Bench, api: str) -> None:
    operation = OPERATIONS[api]
    answer = traded.real.ask(operation.path, api, **WISHES[api])
    assert answer.result == 0, answer.text
    model = getattr(domestic, f"{api.capitalize()}Response")
    model.model_validate(answer.body)
    beyond = BEYOND_THE_MODELS.get(api, set())
    flat = set(answer.body) - {"return_code", "return_msg"}
    assert flat - beyond == names(model) - beyond
    for name, value in answer.body.items():
        if isinstance(value, list):
            assert value or api in NO_ROWS
            for row in value:
                assert set(row) - beyond == names(row_model(model, name))
                assert all(isinstance(each, str) for each in row.values())
        else:
            assert isinstance(value, str) or name == "return_code"


def test_every_call_is_asked() -> None:
    assert set(WISHES) == {api for api, operation in OPERATIONS.items() if operation.path != ORDER}
