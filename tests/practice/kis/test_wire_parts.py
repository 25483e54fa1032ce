"""Classification of requests, settings, and placeholder rows."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.practice.kis.catalogue import OPERATIONS
from hoga.practice.kis.classify import classify, collapsed
from hoga.practice.kis.fields import Fields
from hoga.practice.kis.paging import blank_of
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.wire import Operation, WireRequest, WireResponse
from tests.practice.kis.bench import TRADING


@pytest.mark.parametrize(
    ("method", "path", "body", "operation"),
    [
        ("POST", "/oauth2/tokenP", {}, Operation.TOKEN),
        ("POST", "//oauth2/revokeP", {}, Operation.REVOKE),
        ("POST", "/oauth2/Approval", {}, Operation.APPROVAL),
        ("POST", "/uapi/hashkey", {}, Operation.HASHKEY),
        ("POST", f"/{TRADING}order-cash", {}, Operation.NEW),
        ("POST", f"{TRADING}order-rvsecncl", {"RVSE_CNCL_DVSN_CD": "01"}, Operation.MODIFY),
        ("POST", f"{TRADING}order-rvsecncl", {"RVSE_CNCL_DVSN_CD": "02"}, Operation.CANCEL),
        ("POST", f"{TRADING}order-rvsecncl", {"RVSE_CNCL_DVSN_CD": "03"}, Operation.UNKNOWN),
        ("POST", f"{TRADING}order-rvsecncl", ["02"], Operation.UNKNOWN),
        ("POST", "/uapi/overseas-stock/v1/trading/order", {}, Operation.NEW),
        ("POST", "/uapi/overseas-stock/v1/trading/order-rvsecncl", {"RVSE_CNCL_DVSN_CD": "02"}, Operation.CANCEL),
        ("GET", f"{TRADING}inquire-balance", {}, Operation.READ),
        ("GET", "/common/master/kospi_code.mst.zip", {}, Operation.MASTER),
        ("GET", "/favicon.ico", {}, Operation.UNKNOWN),
    ],
)
def test_what_a_request_is_about(method: str, path: str, body: object, operation: Operation) -> None:
    assert classify(WireRequest(method, path, body=json.dumps(body).encode())) is operation


def test_every_operation_is_classified() -> None:
    for operation in OPERATIONS:
        body = b'{"RVSE_CNCL_DVSN_CD":"02"}'
        found = classify(WireRequest(operation.method, operation.path, body=body))
        assert found.is_write is (operation.method == "POST")
        assert found is not Operation.UNKNOWN


@given(st.binary(max_size=40))
def test_no_body_makes_classification_fail(body: bytes) -> None:
    assert classify(WireRequest("POST", f"{TRADING}order-rvsecncl", body=body)) in (
        Operation.UNKNOWN,
        Operation.MODIFY,
        Operation.CANCEL,
    )


def test_slashes_and_header_lookup() -> None:
    assert collapsed("///a//b/") == "/a/b/"
    request = WireRequest("GET", "/", headers=(("TR_ID", "X"),))
    assert (request.header("tr_id"), request.header("other")) == ("X", None)
    response = WireResponse(200, (("tr_cont", "D"),), b"")
    assert (response.header("TR_CONT"), response.header("x")) == ("D", None)


def test_settings_change_all_or_nothing() -> None:
    settings = DoorSettings()
    settings.update({"trade_width": 46, "notice_width": 23, "rate_limits": False, "ping_seconds": 3})
    assert (settings.trade_width, settings.notice_width, settings.rate_limits) == (46, 23, False)
    assert settings.as_dict()["ping_seconds"] == 3.0
    before = settings.as_dict()
    for wrong in (
        {"no_such": 1},
        {"rate_limits": 1},
        {"real_per_second": 0},
        {"real_per_second": True},
        {"real_per_second": 1.5},
        {"trade_width": 45},
        {"ping_seconds": -1},
        {"ping_seconds": "10"},
    ):
        with pytest.raises(ValueError, match="|".join(wrong)):
            settings.update({"book_width": 59, **wrong})
        assert settings.as_dict() == before


def test_todays_widths_are_the_default() -> None:
    settings = DoorSettings()
    widths = (settings.trade_width, settings.book_width, settings.notice_width, settings.foreign_notice_width)
    assert widths == (47, 63, 26, 25)
    assert settings.registrations == 41


def test_a_placeholder_row_is_blank_text_and_zero_numbers() -> None:
    row = {
        "pdno": "005930",
        "odno": "0000000001",
        "ord_qty": "10",
        "avg": "1.25",
        "name": "가",
        "sll_buy_dvsn_cd": "02",
    }
    blank = {"pdno": "", "odno": "", "ord_qty": "0", "avg": "0", "name": "", "sll_buy_dvsn_cd": ""}
    assert blank_of(row) == blank


@given(st.text(max_size=12))
def test_whole_numbers_are_ascii_digits_or_nothing(text: str) -> None:
    found = Fields({"X": text}).whole("X")
    stripped = text.strip()
    if found is None:
        assert not (stripped.isascii() and stripped.isdigit())
    else:
        assert found == int(stripped or "0")
