"""How each kind of recorded Kiwoom message is checked: raises when a value is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

import msgspec
import pytest

from hoga.base.clock import KST
from hoga.broker.calls import NothingThere
from hoga.broker.kiwoom import candles, decode_rest, master
from hoga.broker.kiwoom.answers import judge, verdict
from hoga.broker.kiwoom.auth import expiry
from hoga.broker.kiwoom.decode_stream import StreamDecoder
from hoga.broker.kiwoom.fields import top
from hoga.broker.kiwoom.messages import Entry, entries, read_frame
from hoga.broker.kiwoom.notices import NoticeDecoder
from hoga.broker.kiwoom.orders import FilledAmounts, order_report, order_rows
from hoga.broker.kiwoom.pushes import (
    BalancePush,
    BestPush,
    ExpectedPush,
    InterruptionPush,
    OrderPush,
    SessionPush,
    TradePush,
    read_push,
)
from hoga.broker.kiwoom.replies import read_page
from hoga.broker.kiwoom.wording import WORDING
from hoga.broker.port import Accepted, BrokerError, NotSent, NotSentReason, Refused, SessionExpired, Throttled
from hoga.broker.transport import HttpReply
from hoga.domain.broker_orders import NoticeKind, RequestKind
from hoga.domain.instruments import InstrumentId, Market, ProductType
from hoga.domain.market_data import Aggressor, Book, Candle, MarketSession, Period
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from tests.broker.golden_checks import body_of, nothing_soft

NOW = datetime(2026, 9, 11, 17, 30, tzinfo=KST)
SAMSUNG = InstrumentId("005930")

NOT_MET = {
    "asset": "the estimate of all assets is reckoned by the desk",
    "asset-history": "histories of assets are kept by the desk",
    "account-evaluation": "the holdings' own list is asked for instead",
    "account-return": "profits are reckoned by the desk",
    "account-today": "not asked for",
    "after-hours-quote": "after-hours prices are not shown",
    "after-hours-rank": "rankings are not shown",
    "bid-balance-rank": "rankings are not shown",
    "bid-ratio-surge": "rankings are not shown",
    "credit-order-ack": "orders on credit are not placed",
    "daily": "the day chart is asked for instead",
    "daily-flow": "not asked for",
    "daily-return": "profits are reckoned by the desk",
    "daily-session": "not asked for",
    "executions": "the list of the day has every number, filled ones too",
    "executions-empty": "the list of the day has every number, filled ones too",
    "expected-execution-rank": "rankings are not shown",
    "filled-balance": "the holdings' own list is asked for instead",
    "index": "indices are not shown",
    "index-daily": "indices are not shown",
    "index-list": "indices are not shown",
    "index-minute": "indices are not shown",
    "index-yearly": "indices are not shown",
    "margin-detail": "not asked for",
    "open-price-change-rank": "rankings are not shown",
    "order-status": "the list in detail is asked for instead",
    "orderable-cash": "fails on the mock; the list by margin rate is asked for instead",
    "pending": "the list of the day has every number, pending ones too",
    "pending-empty": "the list of the day has every number, pending ones too",
    "pending-split": "SOR orders are not placed",
    "quote-table": "the watch list's row is asked for instead",
    "quote-table-empty": "the watch list's row is asked for instead",
    "realised-pnl": "profits are reckoned by the desk",
    "sector-list": "sectors come with each symbol",
    "settlement": "not asked for",
    "strength-daily": "not asked for",
    "strength-intraday": "not asked for",
    "tick-chart": "ticks are collected live",
    "ticks": "ticks are collected live",
    "token-revoke": "tokens are kept until they expire",
    "trade-journal": "profits are reckoned by the desk",
    "transactions": "not asked for",
    "value-rank": "rankings are not shown",
    "volume-rank": "rankings are not shown",
    "volume-surge": "rankings are not shown",
    "ws-condition": "condition searches are not made",
    "ws-push 0J": "indices are not shown",
    "ws-push 0g": "not asked for",
}


def kind_of(record: Mapping[str, str]) -> str:
    return f"{record['kind']} {record['tr']}" if record["kind"] == "ws-push" else record["kind"]


def is_met(record: Mapping[str, str]) -> bool:
    return kind_of(record) not in NOT_MET


def digits(text: str) -> int:
    """The number without signs and padding, by other means than the decoder's."""
    return int("".join(char for char in text if char.isdigit()) or "0")


# --- REST -------------------------------------------------------------------------------------------------------------


def check_token(record: Mapping[str, str]) -> None:
    answer, raw = top("token", body_of(record)), json.loads(record["raw"])
    assert answer.text("token") == raw["token"] and verdict(body_of(record)).result == 0
    stated = datetime.strptime(raw["expires_dt"], "%Y%m%d%H%M%S").replace(tzinfo=KST)
    assert expiry(raw["expires_dt"], stated - timedelta(hours=18)) == stated
    elsewhere = stated + timedelta(days=900)
    assert expiry(raw["expires_dt"], elsewhere) == elsewhere + timedelta(hours=24)


def check_error(record: Mapping[str, str]) -> None:
    """As the answer to an order and as the answer to a read."""
    body = body_of(record)
    said = verdict(body)
    status = 429 if record["tr"] == "429" else 200
    outcome = judge(status, record["raw"].encode(), NOW)
    with pytest.raises(BrokerError) as caught:
        read_page(HttpReply(status, {}, record["raw"].encode()))
    assert caught.value.code == said.code and f"KIWOOM_{said.code}" in WORDING
    assert caught.value.text == json.loads(record["raw"])["return_msg"].strip()
    if said.result == 3:
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN and said.code == "8005"
        assert isinstance(caught.value, SessionExpired)
    elif said.result == 5:
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.THROTTLED and said.code == "1700"
        assert isinstance(caught.value, Throttled)
    else:
        assert isinstance(outcome, Refused) and outcome.text == caught.value.text
        assert said.code in {"1511", "571557", "407022", "855056"}


def check_order_ack(record: Mapping[str, str]) -> None:
    raw = json.loads(record["raw"])
    outcome = judge(200, record["raw"].encode(), NOW)
    assert isinstance(outcome, Accepted)
    assert outcome.number.number == int(raw["ord_no"]) and outcome.number.trading_date == NOW.date()
    assert outcome.number.branch == ""


def check_facts(record: Mapping[str, str]) -> None:
    found, raw = decode_rest.facts(body_of(record)), json.loads(record["raw"])
    assert (found.per, found.pbr, found.eps, found.bps) == (raw["per"], raw["pbr"], raw["eps"], raw["bps"])


def check_quotes(record: Mapping[str, str]) -> None:
    """Each row as if it alone had been asked for. The publisher of some kept ten fields of sixty: those must refuse."""
    body, raws = body_of(record), json.loads(record["raw"])["atn_stk_infr"]
    for raw in raws:
        one = {**body, "atn_stk_infr": [raw]}
        if not raw["stk_cd"]:
            with pytest.raises(NothingThere):
                decode_rest.quote(one, SAMSUNG, NOW, decode_rest.Facts(), nothing_soft)
            continue
        if "base_pric" not in raw:
            whole = {
                "base_pric": "0",
                "open_pric": "-0",
                "high_pric": "",
                "low_pric": "",
                "upl_pric": "",
                "lst_pric": "",
            }
            with pytest.raises(decode_rest.BadField):
                decode_rest.quote(one, InstrumentId(raw["stk_cd"]), NOW, decode_rest.Facts(), nothing_soft)
            one = {**body, "atn_stk_infr": [{**raw, **whole}]}
        quote = decode_rest.quote(one, InstrumentId(raw["stk_cd"]), NOW, decode_rest.Facts(), nothing_soft)
        assert quote.last == Price(digits(raw["cur_prc"])) and quote.volume == int(raw["trde_qty"])
        assert quote.amount == Money(int(raw["trde_prica"]) * 1_000_000)
        assert quote.change_units == int(raw["pred_pre"]) and Decimal(quote.change_percent) == Decimal(raw["flu_rt"])
        assert quote.market_cap == Money(int(raw["mac"]) * 100_000_000)
        if "upl_pric" in raw:
            assert quote.base == Price(121700) and quote.last.units - quote.base.units == quote.change_units
            assert (quote.upper_limit, quote.lower_limit) == (Price(158200), Price(85200))
            assert (quote.open, quote.high, quote.low) == (Price(121700), Price(158200), Price(85200))
            assert quote.listed_shares == 5_969_783_000


def check_book(record: Mapping[str, str]) -> None:
    raw, book = json.loads(record["raw"]), decode_rest.book(body_of(record), SAMSUNG, NOW)
    # The document's example has a blank best ask beside a quantity: levels without a price are none.
    asks = [(raw["sel_fpr_bid"], raw["sel_fpr_req"])]
    asks += [(raw[f"sel_{n}th_pre_bid"], raw[f"sel_{n}th_pre_req"]) for n in range(2, 11)]
    bids = [(raw["buy_fpr_bid"], raw["buy_fpr_req"])]
    bids += [(raw[f"buy_{n}th_pre_bid"], raw[f"buy_{n}th_pre_req"]) for n in range(2, 11)]
    for levels, wanted in ((book.asks, asks), (book.bids, bids)):
        expected = [(digits(price), int(quantity)) for price, quantity in wanted if digits(price)]
        assert [(level.price_units, level.quantity) for level in levels] == expected
    assert (book.total_ask, book.total_bid) == (int(raw["tot_sel_req"]), int(raw["tot_buy_req"]))
    assert f"{book.at:%H%M%S}" == raw["bid_req_base_tm"]


def check_empty_book(record: Mapping[str, str]) -> None:
    with pytest.raises(NothingThere):
        decode_rest.book(body_of(record), SAMSUNG, NOW)


_PERIODS = {
    "ka10080": Period.MINUTE,
    "ka10081": Period.DAY,
    "ka10082": Period.WEEK,
    "ka10083": Period.MONTH,
    "ka10094": Period.YEAR,
}
_WON = {Period.DAY: 1_000_000, Period.MINUTE: 0}


def check_chart(record: Mapping[str, str]) -> None:
    period = _PERIODS[record["tr"]]
    raws = json.loads(record["raw"])[candles.CHARTS[period].rows]
    complete = [{"open_pric": row["cur_prc"], **row} for row in raws]
    body = {**body_of(record), candles.CHARTS[period].rows: complete}
    found = candles.candles(body, period)
    assert len(found) == len(raws) > 0
    for candle, raw in zip(found, complete, strict=True):
        assert (candle.close_units, candle.volume) == (digits(raw["cur_prc"]), int(raw["trde_qty"]))
        assert (candle.open_units, candle.high_units) == (digits(raw["open_pric"]), digits(raw["high_pric"]))
        assert candle.low_units == digits(raw["low_pric"]) <= candle.high_units
        assert candle.amount_units == int(raw.get("trde_prica", "0")) * _WON.get(period, 1)
        _check_start(candle, raw, period)
    assert [candle.start for candle in found] == sorted((candle.start for candle in found), reverse=True)


def _check_start(candle: Candle, raw: Mapping[str, str], period: Period) -> None:
    if period is Period.MINUTE:
        assert f"{candle.start:%Y%m%d%H%M}" == raw["cntr_tm"][:12]
        return
    assert candle.start.time() == time(0)
    if period in (Period.DAY, Period.WEEK):
        assert f"{candle.start:%Y%m%d}" == raw["dt"]  # weeks are dated by their Monday
    elif period is Period.MONTH:
        assert f"{candle.start:%Y%m%d}" == raw["dt"][:6] + "01"
    else:
        assert f"{candle.start:%Y%m%d}" == raw["dt"][:4] + "0101"


def check_symbols(record: Mapping[str, str]) -> None:
    raws = json.loads(record["raw"])["list"]
    found = master.instruments(body_of(record))
    assert len(found) == len(raws)
    for each, raw in zip(found, raws, strict=True):
        assert (each.code, each.name_ko, each.sector) == (raw["code"], raw["name"], raw["upName"])
        assert each.listed_shares == int(raw["listCount"])
        assert each.market_cap == Money(int(raw["listCount"]) * int(raw["lastPrice"]))
        assert each.market is {"0": Market.KOSPI, "10": Market.KOSDAQ}[raw["marketCode"]]
        assert each.product is ProductType.STOCK
        assert each.flags.halted == (raw["auditInfo"] == "거래정지")
        assert each.flags.overheated == (raw["auditInfo"] == "단기과열")
        assert each.flags.managed == ("관리종목" in raw["state"])


def check_symbol(record: Mapping[str, str]) -> None:
    flags, sector = master.flags_and_sector(body_of(record))
    assert sector == "금융업" and not flags.halted and not flags.managed


def check_cash(record: Mapping[str, str]) -> None:
    """The publishers of two kept four fields: what is needed and missing is refused, never 0."""
    raw = json.loads(record["raw"])
    if "d1_entra" not in raw:
        with pytest.raises(decode_rest.BadField):
            decode_rest.cash(body_of(record))
        raw = {"d1_entra": raw["entr"], "d2_entra": raw["entr"], **raw}
    cash = decode_rest.cash(raw)
    assert cash.today == Money(int(raw["entr"])) and cash.settled_d2 == Money(int(raw["d2_entra"]))
    assert cash.next_day == Money(int(raw["d1_entra"]))


def check_holdings(record: Mapping[str, str]) -> None:
    raws = json.loads(record["raw"])["acnt_evlt_remn_indv_tot"]
    found = decode_rest.holdings(body_of(record))
    for holding, raw in zip(found, raws, strict=True):
        assert holding.instrument == SAMSUNG and holding.name == raw["stk_nm"]
        assert (holding.quantity.count, holding.sellable.count) == (int(raw["rmnd_qty"]), int(raw["trde_able_qty"]))
        assert (holding.cost.units, holding.average_price) == (int(raw["pur_amt"]), Decimal(int(raw["pur_pric"])))
        assert holding.last == Price(int(raw["cur_prc"]))


def check_orderable(record: Mapping[str, str]) -> None:
    found = decode_rest.orderable(body_of(record), Price(70_000))
    assert (found.cash, found.shares, found.unit_price) == (Money(63380), Shares(0), Price(70_000))


def check_orders(record: Mapping[str, str]) -> None:
    (report,) = [order_report(row, NOW.date(), FilledAmounts()) for row in order_rows(body_of(record))]
    assert (report.number.number, report.original, report.instrument) == (50, None, InstrumentId("069500"))
    assert (report.side, report.type, report.tif) == (Side.BUY, OrderType.MARKET, TimeInForce.DAY)
    assert (report.quantity, report.filled, report.remaining) == (Shares(1), Shares(1), Shares(0))
    assert report.filled_amount == Money(4900) and report.kind is RequestKind.NEW and report.limit is None
    assert f"{report.at:%Y%m%d %H%M%S}" == f"{NOW:%Y%m%d} 130543" and report.channel == "영웅문4"


# --- the live connection ----------------------------------------------------------------------------------------------


def pushed(record: Mapping[str, str]) -> list[tuple[Entry, msgspec.Struct]]:
    return [(entry, read_push(entry)) for entry in entries(read_frame(record["raw"]))]


def raw_values(record: Mapping[str, str]) -> list[dict[str, str]]:
    return [entry["values"] for entry in json.loads(record["raw"])["data"]]


def check_trades(record: Mapping[str, str]) -> None:
    decoder = StreamDecoder(lambda: NOW)
    found, raws = pushed(record), raw_values(record)
    assert len(found) == len(raws) > 0
    for (entry, push), raw in zip(found, raws, strict=True):
        assert isinstance(push, TradePush)
        trade = decoder.trade(entry.item, push)
        assert trade.instrument == SAMSUNG and f"{trade.at:%H%M%S}" == raw["20"]
        assert (trade.price_units, trade.quantity) == (digits(raw["10"]), digits(raw["15"]))
        assert trade.aggressor is (Aggressor.SELLER if raw["15"].startswith("-") else Aggressor.BUYER)
        assert (trade.ask_units, trade.bid_units) == (digits(raw["27"]), digits(raw["28"]))
        assert (trade.open_units, trade.high_units, trade.low_units) == tuple(
            digits(raw[f]) for f in ("16", "17", "18")
        )
        assert trade.change_units == int(raw["11"]) and trade.day_volume == int(raw["13"])
        assert trade.day_amount_units == int(raw["14"]) * 1_000_000
        assert trade.session is {"2": MarketSession.REGULAR, "3": MarketSession.AFTER}[raw["290"]]
        assert trade.day_sold == (int(raw["1030"]) if raw["1030"] else None)
        assert trade.low_units <= trade.price_units <= trade.high_units


def check_book_push(record: Mapping[str, str]) -> None:
    ((entry, push),) = pushed(record)
    (raw,) = raw_values(record)
    book: Book = StreamDecoder(lambda: NOW).book(entry.item, push)
    for n in range(10):
        assert (book.asks[n].price_units, book.asks[n].quantity) == (digits(raw[str(41 + n)]), int(raw[str(61 + n)]))
        assert (book.bids[n].price_units, book.bids[n].quantity) == (digits(raw[str(51 + n)]), int(raw[str(71 + n)]))
    assert sum(level.quantity for level in book.asks) == book.total_ask == int(raw["121"])
    assert sum(level.quantity for level in book.bids) == book.total_bid == int(raw["125"])
    assert book.expected_units is None and f"{book.at:%H%M%S}" == raw["21"]


def check_order_push(record: Mapping[str, str]) -> None:
    ((_, push),) = pushed(record)
    (raw,) = raw_values(record)
    assert isinstance(push, OrderPush)
    amounts = FilledAmounts()
    notice = NoticeDecoder(raw["9201"], amounts).read(push, NOW)
    assert notice is not None and NoticeDecoder("0" * 10, amounts).read(push, NOW) is None
    assert (notice.number.number, notice.original) == (int(raw["9203"]), None)
    assert notice.side is (Side.SELL if raw["907"] == "1" else Side.BUY) and notice.request is RequestKind.NEW
    assert f"{notice.at:%H%M%S}" == raw["908"] and notice.instrument == SAMSUNG
    assert raw["9201"] not in str(notice.raw)
    if raw["913"] == "접수":
        assert (notice.kind, notice.execution, notice.quantity) == (NoticeKind.RECEIVED, "", Shares(int(raw["900"])))
        assert notice.price is None
        return
    assert (notice.kind, notice.execution) == (NoticeKind.FILLED, raw["909"])
    assert (notice.quantity, notice.price) == (Shares(int(raw["915"])), Price(int(raw["914"])))
    assert amounts.of(notice.number, int(raw["915"]), int(raw["910"])) == int(raw["903"])


_NAMED: dict[str, tuple[type[msgspec.Struct], dict[str, str]]] = {
    "04": (BalancePush, {"code": "9001", "quantity": "930", "average": "931", "cost": "932", "sellable": "933"}),
    "0C": (BestPush, {"ask": "27", "bid": "28"}),
    "0s": (SessionPush, {"phase": "215", "time": "20", "left": "214"}),
    "1h": (InterruptionPush, {"code": "9001", "kind": "9068", "price": "1221", "time": "1223", "cause": "1225"}),
}


def check_named_push(record: Mapping[str, str]) -> None:
    ((entry, push),) = pushed(record)
    (raw,) = raw_values(record)
    kind, names = _NAMED[entry.type]
    assert isinstance(push, kind)
    assert {name: getattr(push, name) for name in names} == {name: raw[fid] for name, fid in names.items()}


def check_expected(record: Mapping[str, str]) -> None:
    ((entry, push),) = pushed(record)
    assert isinstance(push, ExpectedPush) and (push.price, push.quantity, push.time) == ("+60500", "-7805", "110206")
    decoder = StreamDecoder(lambda: NOW)
    assert decoder.expected(entry.item, push) is None  # no book yet that it could stand in


def check_control(record: Mapping[str, str]) -> None:
    frame, raw = read_frame(record["raw"]), json.loads(record["raw"])
    assert frame.trnm == raw["trnm"] == record["tr"]
    if record["tr"] == "LOGIN":
        assert frame.done
    elif record["tr"] == "REG":
        assert not frame.done and f"KIWOOM_{frame.return_code}" in WORDING and "%s" in frame.return_msg
    elif record["tr"] == "SYSTEM":
        assert (frame.code, frame.message) == (raw["code"], raw["message"]) and f"KIWOOM_{frame.code}" in WORDING


CHECKS: dict[str, Callable[[Mapping[str, str]], None]] = {
    "token": check_token,
    "error": check_error,
    "rate-limit": check_error,
    "order-error": check_error,
    "order-ack": check_order_ack,
    "modify-ack": check_order_ack,
    "cancel-ack": check_order_ack,
    "stock-info": check_facts,
    "batch-quote": check_quotes,
    "orderbook": check_book,
    "orderbook-empty": check_empty_book,
    "minute-chart": check_chart,
    "daily-chart": check_chart,
    "weekly-chart": check_chart,
    "monthly-chart": check_chart,
    "yearly-chart": check_chart,
    "symbol-list": check_symbols,
    "symbol": check_symbol,
    "deposit": check_cash,
    "holdings": check_holdings,
    "orderable-quantity": check_orderable,
    "order-detail": check_orders,
    "ws-control": check_control,
    "ws-push 00": check_order_push,
    "ws-push 04": check_named_push,
    "ws-push 0B": check_trades,
    "ws-push 0C": check_named_push,
    "ws-push 0D": check_book_push,
    "ws-push 0H": check_expected,
    "ws-push 0s": check_named_push,
    "ws-push 1h": check_named_push,
}
