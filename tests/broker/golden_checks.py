"""How each kind of recorded KIS message is checked: raises when a value is wrong."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hoga.base.clock import KST
from hoga.broker.fields import Fields, decode_json
from hoga.broker.kis import candles, decode_rest
from hoga.broker.kis.answers import judge
from hoga.broker.kis.auth import _expiry
from hoga.broker.kis.decode_stream import StreamDecoder, open_frame
from hoga.broker.kis.notices import NoticeDecoder
from hoga.broker.kis.orders import order_report, order_rows
from hoga.broker.kis.replies import read_page
from hoga.broker.kis.socket_messages import ACCEPTED, GONE, IN_USE, NEW_KEY_NEEDED, read_control
from hoga.broker.kis.wording import WORDING
from hoga.broker.port import (
    Accepted,
    BrokerError,
    NotSent,
    NotSentReason,
    OutcomeUnknown,
    Refused,
    Throttled,
)
from hoga.broker.transport import HttpReply
from hoga.domain.broker_orders import NoticeKind, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Aggressor, Period
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares

NOW = datetime(2026, 11, 20, 16, 30, tzinfo=KST)
ACCOUNT = "1234567801"

NOT_MET = {
    "overseas": "orders and prices abroad come with a later issue",
    "futures-cancel-ack": "futures are not traded",
    "hashkey": "hash keys are optional and never asked for",
    "program-trade": "not asked for",
    "index-daily": "not asked for",
    "price2": "not asked for",
    "daily": "the period chart is asked for instead",
    "ticks": "not asked for",
    "balance-realised": "profits are reckoned by the desk",
    "period-pnl": "profits are reckoned by the desk",
    "pending": "the daily list has every number of the day, pending ones too",
    "token-revoke": "tokens are kept until they expire",
}


def records(folder: Path, file: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / file).read_text("utf-8").splitlines()]


def is_met(record: Mapping[str, str]) -> bool:
    if record["tr"].startswith(("HDFS", "H0GS")):
        return False
    kind = record["kind"]
    return not any(kind == name or (name in ("overseas", "period-pnl") and kind.startswith(name)) for name in NOT_MET)


def body_of(record: Mapping[str, str]) -> dict[str, Any]:
    body = decode_json(record["raw"].encode())
    assert body is not None
    return body


def nothing_soft(error: Exception) -> None:
    raise AssertionError(f"an extra field could not be read: {error}")


# --- one check for each kind: raises when a value is wrong ------------------------------------------------------------


def check_price(record: Mapping[str, str]) -> None:
    body, raw = body_of(record), json.loads(record["raw"])["output"]
    quote = decode_rest.quote(body, InstrumentId(raw["stck_shrn_iscd"]), NOW, nothing_soft)
    assert quote.last == Price(int(raw["stck_prpr"])) and quote.base == Price(int(raw["stck_sdpr"]))
    assert quote.last.units - quote.base.units == quote.change_units
    assert quote.low is not None and quote.high is not None and quote.low <= quote.last <= quote.high
    assert quote.lower_limit is not None and quote.upper_limit is not None
    assert quote.lower_limit < quote.last < quote.upper_limit
    assert quote.amount.units == int(raw["acml_tr_pbmn"]) and quote.volume == int(raw["acml_vol"])
    assert quote.market_cap is not None and quote.market_cap.units == int(raw["hts_avls"]) * 100_000_000
    assert quote.high_52w_on is not None and f"{quote.high_52w_on:%Y%m%d}" == raw["w52_hgpr_date"]
    assert not quote.flags.halted and quote.tick == int(raw["aspr_unit"])


def check_book(record: Mapping[str, str]) -> None:
    raw = json.loads(record["raw"])["output1"]
    book = decode_rest.book(body_of(record), InstrumentId("000660"), NOW)
    assert len(book.asks) == len(book.bids) == 10
    assert (book.asks[0].price_units, book.asks[0].quantity) == (int(raw["askp1"]), int(raw["askp_rsqn1"]))
    assert (book.bids[9].price_units, book.bids[9].quantity) == (int(raw["bidp10"]), int(raw["bidp_rsqn10"]))
    assert (book.total_ask, book.total_bid) == (int(raw["total_askp_rsqn"]), int(raw["total_bidp_rsqn"]))
    assert book.expected_units == 128000 and book.expected_quantity == 220006


def check_period_chart(record: Mapping[str, str]) -> None:
    page = candles.period_page(body_of(record), InstrumentId("000660"), Period.DAY)
    ((day, candle),) = page
    assert day == date(2022, 5, 9)
    assert (candle.open_units, candle.high_units, candle.low_units, candle.close_units) == (
        107000,
        109000,
        106500,
        107500,
    )
    assert (candle.volume, candle.amount_units) == (2203472, 237914727500)


def check_minutes(record: Mapping[str, str]) -> None:
    raw = json.loads(record["raw"])["output2"]
    page = candles.minute_page(body_of(record), InstrumentId("005930"), "minutes today")
    assert len(page) == len(raw)
    by_start = {f"{bar.candle.start:%Y%m%d%H%M%S}": bar for bar in page}
    for row in raw:
        bar = by_start[row["stck_bsop_date"] + row["stck_cntg_hour"]]
        assert bar.candle.close_units == int(row["stck_prpr"]) and bar.candle.volume == int(row["cntg_vol"])
        assert bar.running_amount == int(row["acml_tr_pbmn"])
        assert bar.candle.low_units <= bar.candle.close_units <= bar.candle.high_units
    own = candles.with_own_amounts(page)
    total = max(int(row["acml_tr_pbmn"]) for row in raw)
    assert sum(candle.amount_units for candle in own) == total
    assert [candle.start for candle in own] == sorted(candle.start for candle in own)


def check_balance(record: Mapping[str, str]) -> None:
    raw = json.loads(record["raw"])
    body = body_of(record)
    totals = decode_rest.block(body, "balance", "output2")
    balance = decode_rest.balance(decode_rest.holding_rows(body), totals, NOW.date())
    (holding,) = balance.holdings  # cash and loan rows of one stock are one holding
    assert holding.quantity.count == sum(int(row["hldg_qty"]) for row in raw["output1"])
    cash_rows = [row for row in raw["output1"] if not row["loan_dt"]]
    assert holding.sellable.count == sum(int(row["ord_psbl_qty"]) for row in cash_rows)
    assert holding.cost.units == sum(int(row["pchs_amt"]) for row in raw["output1"])
    if len(raw["output1"]) == 1:
        assert holding.average_price == Decimal(raw["output1"][0]["pchs_avg_pric"])
    (cash,) = balance.cash
    assert cash.settled_d2.units == int(raw["output2"][0]["prvs_rcdl_excc_amt"])
    assert balance.costs_today.units == int(raw["output2"][0]["thdt_tlex_amt"])


def check_sellable(record: Mapping[str, str]) -> None:
    assert decode_rest.sellable(body_of(record)) == Shares(1744)


def check_orderable(record: Mapping[str, str]) -> None:
    orderable = decode_rest.orderable(body_of(record), InstrumentId("005930"))
    assert (orderable.cash.units, orderable.shares.count, orderable.unit_price.units) == (107177377, 1531, 70000)


def check_order_ack(record: Mapping[str, str]) -> None:
    raw = json.loads(record["raw"])["output"]
    outcome = judge(200, record["raw"].encode(), NOW)
    assert isinstance(outcome, Accepted)
    assert outcome.number.number == int(raw["ODNO"]) and outcome.number.branch == raw["KRX_FWDG_ORD_ORGNO"]
    assert outcome.at is not None and f"{outcome.at:%H%M%S}" == raw["ORD_TMD"]
    assert outcome.number.trading_date == NOW.date()


def check_daily_orders(record: Mapping[str, str]) -> None:
    reports = [order_report(row) for row in order_rows(body_of(record))]
    assert [report.number.number for report in reports] == [1568197, 1568196]
    for report in reports:
        assert (report.rejected, report.remaining, report.filled) == (Shares(10), Shares(0), Shares(0))
        assert (report.type, report.tif, report.side) == (OrderType.LIMIT, TimeInForce.DAY, Side.BUY)
        assert report.limit == Price(150000) and report.kind is RequestKind.NEW and report.channel == "Nsmart"
        assert "01000000000" not in str(report.raw)


def check_error(record: Mapping[str, str]) -> None:
    """As the answer to an order and as the answer to a read."""
    expected: dict[str, type | NotSentReason] = {
        "EGW00215": NotSentReason.THROTTLED,
        "EGW00205": Refused,
        "APAC0081": Refused,
        "APBK0919": Refused,
        "APBK1359": Refused,
        "EGW00121": NotSentReason.TOKEN,
        "EGW00133": OutcomeUnknown,
    }
    raw = json.loads(record["raw"])
    status = 500 if record["tr"].startswith("EGW") else 200
    outcome = judge(status, record["raw"].encode(), NOW)
    wanted = expected[record["tr"]]
    if isinstance(wanted, NotSentReason):
        assert isinstance(outcome, NotSent) and outcome.reason is wanted
    else:
        assert isinstance(outcome, wanted)
    if isinstance(outcome, Refused):
        assert (outcome.code, outcome.text) == (raw["msg_cd"], raw["msg1"].strip())
    with pytest.raises(BrokerError) as caught:
        read_page(HttpReply(status, {}, record["raw"].encode()))
    assert caught.value.code == record["tr"]
    assert caught.value.text == str(raw.get("msg1", raw.get("error_description"))).strip()
    if record["tr"] == "EGW00215":
        assert isinstance(caught.value, Throttled)


def check_token(record: Mapping[str, str]) -> None:
    issued = datetime(2023, 12, 21, 8, 16, 59, tzinfo=KST)
    answer = Fields("oauth", body_of(record))
    assert answer.text("access_token") == json.loads(record["raw"])["access_token"]
    assert _expiry(answer, issued) == datetime(2023, 12, 22, 8, 16, 59, tzinfo=KST)


def check_approval_key(record: Mapping[str, str]) -> None:
    assert Fields("oauth", body_of(record)).text("approval_key").startswith("00000000-0000")


REST_CHECKS: dict[str, Callable[[Mapping[str, str]], None]] = {
    "price": check_price,
    "asking-price": check_book,
    "daily-chart": check_period_chart,
    "minute-chart": check_minutes,
    "minute-chart-by-day": check_minutes,
    "balance": check_balance,
    "sellable": check_sellable,
    "buyable": check_orderable,
    "order-ack": check_order_ack,
    "modify-ack": check_order_ack,
    "modify-cancel-ack": check_order_ack,
    "daily-fills": check_daily_orders,
    "error": check_error,
    "token-error": check_error,
    "token": check_token,
    "approval-key": check_approval_key,
}


def frame_of(record: Mapping[str, str]) -> str:
    return record["raw"] if record["kind"] == "ws-frame" else f"0|{record['tr']}|001|{record['raw']}"


def check_trades(record: Mapping[str, str]) -> None:
    text = frame_of(record)
    count, fields = int(text.split("|")[2]), text.split("|", 3)[3].split("^")
    width = len(fields) // count
    trades = StreamDecoder(lambda: NOW).trades(open_frame(text))
    assert len(trades) == count and width in (46, 47)
    for trade, start in zip(trades, range(0, len(fields), width), strict=True):
        row = fields[start : start + width]
        assert trade.instrument.code == row[0] and f"{trade.at:%Y%m%d%H%M%S}" == row[33] + row[1]
        assert [trade.price_units, trade.change_units] == [int(row[2]), int(row[4])]
        assert trade.low_units <= trade.price_units <= trade.high_units
        assert trade.price_units - trade.open_units == int(row[26])
        assert trade.bid_units <= trade.price_units <= trade.ask_units
        assert trade.aggressor is {"1": Aggressor.BUYER, "5": Aggressor.SELLER}[row[21]]
        assert (trade.day_volume, trade.day_amount_units) == (int(row[13]), int(row[14]))
    for before, after in itertools.pairwise(trades):
        assert after.day_volume == before.day_volume + after.quantity
        assert after.day_amount_units == before.day_amount_units + after.price_units * after.quantity


def check_books(record: Mapping[str, str]) -> None:
    fields = frame_of(record).split("|", 3)[3].split("^")
    (book,) = StreamDecoder(lambda: NOW).books(open_frame(frame_of(record)))
    assert book.instrument.code == fields[0] and f"{book.at:%H%M%S}" == fields[1]
    asks, bids = [level.price_units for level in book.asks], [level.price_units for level in book.bids]
    assert asks == sorted(asks) and bids == sorted(bids, reverse=True) and bids[0] < asks[0]
    assert sum(level.quantity for level in book.asks) == book.total_ask == int(fields[43])
    assert sum(level.quantity for level in book.bids) == book.total_bid == int(fields[44])
    assert book.expected_units is None  # 0 in the continuous session


def check_notice(record: Mapping[str, str]) -> None:
    fields = record["raw"].split("^")
    (notice,) = NoticeDecoder(ACCOUNT).read(record["raw"], 1, NOW)
    filled = fields[13] == "2"
    assert notice.kind is (NoticeKind.FILLED if filled else NoticeKind.RECEIVED)
    assert notice.number.number == int(fields[2]) and notice.number.branch == "00950"
    assert notice.side is (Side.BUY if fields[4] == "02" else Side.SELL)
    assert notice.quantity == Shares(int(fields[9])) and notice.instrument.code == fields[8]
    assert notice.price == (Price(int(fields[10])) if filled else None)
    assert bool(notice.execution) is filled
    assert "홍길동" not in str(notice.raw) and ACCOUNT not in str(notice.raw) and fields[0] not in str(notice.raw)


def check_control(record: Mapping[str, str]) -> None:
    control = read_control(record["raw"])
    said = json.loads(record["raw"])
    if record["tr"] == "PINGPONG":
        assert control.ping
        return
    code = said["body"]["msg_cd"]
    assert control.code == code and not control.ping and f"KIS_{code}" in WORDING
    if record["tr"] == "error":
        assert control.registration is None and code in {IN_USE, *NEW_KEY_NEEDED, *GONE}
        return
    assert code in ACCEPTED and control.registration is not None
    assert control.registration.key == said["header"]["tr_key"] and len(control.key) == 32 and len(control.iv) == 16


WS_CHECKS: dict[tuple[str, str], Callable[[Mapping[str, str]], None]] = {
    ("ws-frame", "H0STCNT0"): check_trades,
    ("ws-record", "H0STCNT0"): check_trades,
    ("ws-frame", "H0STASP0"): check_books,
    ("ws-record", "H0STASP0"): check_books,
    ("ws-notice-plain", "H0STCNI9"): check_notice,
    ("ws-control", "H0STASP0"): check_control,
    ("ws-control", "H0STCNT0"): check_control,
    ("ws-control", "PINGPONG"): check_control,
    ("ws-control", "error"): check_control,
}


def check_of(record: Mapping[str, str]) -> Callable[[Mapping[str, str]], None]:
    if record["id"].startswith("kw"):
        return WS_CHECKS[record["kind"], record["tr"]]
    return REST_CHECKS[record["kind"]]
