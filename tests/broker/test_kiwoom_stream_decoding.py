"""Live records of Kiwoom: split and joined, with fields added, gone or retyped: the stated effect, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.broker.kiwoom.decode_stream import StreamDecoder
from hoga.broker.kiwoom.fields import instrument_code, plain_number, venue_of
from hoga.broker.kiwoom.messages import Garbled, entries, read_frame, register, remove
from hoga.broker.kiwoom.notices import NoticeDecoder
from hoga.broker.kiwoom.orders import FilledAmounts
from hoga.broker.kiwoom.pushes import BookPush, ExpectedPush, OrderPush, TradePush, read_push, records_of
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, RequestKind
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Trade
from hoga.domain.values import Price, Shares
from tests.broker.helpers import START

TRADE = {
    "20": "093000", "10": "-257750", "11": "-11250", "12": "-4.18", "27": "-258000", "28": "-257500", "15": "-20",
    "13": "7198947", "14": "1860593", "16": "-258000", "17": "-261000", "18": "-257000", "25": "5", "290": "2",
    "1030": "3645201", "1031": "3266718", "9081": "KRX",
}  # fmt: skip
BOOK = {"21": "093000", "121": "55", "125": "55", "291": "0", "292": "0"}
BOOK |= {str(41 + n): f"+{258000 + 500 * n}" for n in range(10)} | {str(61 + n): str(n + 1) for n in range(10)}
BOOK |= {str(51 + n): f"-{257500 - 500 * n}" for n in range(10)} | {str(71 + n): str(n + 1) for n in range(10)}
ORDER = {
    "9201": "5012345611", "9203": "0000139", "9001": "A005930", "913": "체결", "900": "10", "901": "70000", "902": "6",
    "903": "280000", "904": "0000000", "905": "+매수", "906": "보통", "907": "2", "908": "093000", "909": "000777",
    "910": "70000", "911": "4", "914": "70000", "915": "4", "938": "10", "939": "0", "2134": "1",
}  # fmt: skip


_ODD = ["", "0", "-0", "+5", "-7", "007", "--3", "+-4", "1,000", " 12", "x", "1,2", "3]", "NXT", "9", "120000", None, 7]


def push(*records: dict[str, Any]) -> str:
    return json.dumps({"trnm": "REAL", "data": list(records)})


def entry(type: str, values: dict[str, Any], item: str = "005930") -> dict[str, Any]:
    return {"values": values, "type": type, "name": "이름", "item": item}


def decoded(text: str) -> list[Trade | Book | OrderNotice | None]:
    decoder, notices = StreamDecoder(lambda: START), NoticeDecoder("5012345611", FilledAmounts())
    found: list[Trade | Book | OrderNotice | None] = []
    for item, record in told(text):
        if isinstance(record, TradePush):
            found.append(decoder.trade(item, record))
        elif isinstance(record, BookPush):
            found.append(decoder.book(item, record))
        elif isinstance(record, OrderPush):
            found.append(notices.read(record, START))
        elif isinstance(record, ExpectedPush):
            found.append(decoder.expected(item, record))
    return found


def told(text: str) -> list[tuple[str, msgspec.Struct]]:
    """The records of a push, read record by record; in one go they are the same, or left to this way."""
    records = [(each.item, read_push(each)) for each in entries(read_frame(text))]
    whole = records_of(text)
    assert whole is None or [(each.item, each.values) for each in whole] == records
    return records


_RECORDS = st.sampled_from(
    [entry("0B", TRADE), entry("0D", BOOK), entry("00", ORDER), entry("0B", TRADE | {"15": "+3"}, "000660_AL")]
)


@given(st.lists(_RECORDS, min_size=1, max_size=8))
def test_records_mean_the_same_alone_and_joined_in_one_push(records: list[dict[str, Any]]) -> None:
    alone = [found for record in records for found in decoded(push(record))]
    assert decoded(push(*records)) == alone


@given(st.lists(_RECORDS, min_size=1, max_size=4), st.booleans())
def test_a_push_in_good_order_is_read_in_one_go(records: list[dict[str, Any]], type_first: bool) -> None:
    ordered = [dict(reversed(record.items())) if type_first else record for record in records]
    whole = records_of(push(*ordered))
    assert whole is not None and len(whole) == len(told(push(*records))) == len(records)


@pytest.mark.parametrize(
    "spoiled", [entry("ZZ", {}), entry("0B", {"10": 7}), entry("0D", BOOK | {"21": None}), {}], ids=str
)
def test_a_push_with_one_record_that_cannot_be_read_is_taken_apart(spoiled: dict[str, Any]) -> None:
    assert records_of(push(entry("0B", TRADE), spoiled)) is None
    assert records_of('{"trnm":"LOGIN","return_code":0}') is None


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(TRADE)), st.sampled_from(_ODD), max_size=3), min_size=1, max_size=4)
)
def test_trades_in_one_go_are_those_of_record_by_record_or_are_left_to_it(changes: list[dict[str, Any]]) -> None:
    text = push(*(entry("0B", TRADE | changed) for changed in changes))
    trades = StreamDecoder(lambda: START).trades(text)
    assert trades is None or trades == decoded(text)


def test_trades_as_they_mostly_are_are_read_in_one_go_and_nothing_else_is() -> None:
    decoder, usual = StreamDecoder(lambda: START), entry("0B", TRADE)
    blank = entry("0B", TRADE | {"1030": "", "1031": "", "290": "", "9081": ""}, "000660_AL")
    trades = decoder.trades(push(usual, blank))
    assert trades is not None and trades == decoded(push(usual, blank))
    for other in (
        push(entry("0D", BOOK)),
        push(entry("0D", BOOK), usual),
        push(usual, entry("0B", TRADE | {"10": "0"})),
    ):
        assert decoder.trades(other) is None
    assert decoder.trades('{"trnm":"LOGIN","return_code":0}') is None


def test_a_book_without_some_levels_keeps_the_others() -> None:
    (whole,) = decoded(push(entry("0D", BOOK)))
    (cut,) = decoded(push(entry("0D", BOOK | {"43": "", "63": "", "52": "-0", "72": "0"})))
    assert isinstance(whole, Book) and isinstance(cut, Book)
    assert cut.asks == (*whole.asks[:2], *whole.asks[3:]) and cut.bids == (whole.bids[0], *whole.bids[2:])
    with pytest.raises(Garbled):
        decoded(push(entry("0D", BOOK | {"44": "?"})))


@given(st.integers(1, 10**7), st.integers(1, 10**6), st.sampled_from(["+", "-", ""]), st.sampled_from(["+", "-", ""]))
def test_signs_are_directions_of_prices_and_sides_of_quantities(price: int, quantity: int, up: str, side: str) -> None:
    (trade,) = decoded(push(entry("0B", TRADE | {"10": f"{up}{price}", "15": f"{side}{quantity}"})))
    assert isinstance(trade, Trade)
    assert (trade.price_units, trade.quantity) == (price, quantity)
    assert trade.aggressor is {"+": Aggressor.BUYER, "-": Aggressor.SELLER, "": Aggressor.NONE}[side]


@given(st.integers(-(10**12), 10**12), st.integers(0, 15))
def test_padded_signed_and_doubly_signed_numbers_are_numbers(number: int, width: int) -> None:
    sign, digits = ("-" if number < 0 else ""), str(abs(number)).zfill(width)
    for text in (sign + digits, f" {sign}{digits}", sign * 2 + digits, ("-" if sign else "+") + digits):
        assert int(plain_number(text)) == number


@pytest.mark.parametrize("text", ["A005930", "005930", "005930_AL", " 005930_NX", "Q530036", "0126Z0", "A0126Z0"])
def test_codes_lose_their_letter_and_their_suffix(text: str) -> None:
    assert instrument_code(text).code in {"005930", "530036", "0126Z0"}
    assert venue_of(text) is {"_AL": Venue.SOR, "_NX": Venue.NXT}.get(text[-3:], Venue.KRX)


@pytest.mark.parametrize("field", ["20", "10", "15", "13", "14", "16", "17", "18", "11"])
@pytest.mark.parametrize("value", [None, "", "abc", 7, {"nested": "1"}], ids=str)
def test_a_needed_field_gone_or_retyped_refuses_the_trade(field: str, value: Any) -> None:
    values: dict[str, Any] = dict(TRADE)
    if value is None:
        del values[field]
    else:
        values[field] = value
    with pytest.raises(Garbled):
        decoded(push(entry("0B", values)))


def test_new_fields_and_missing_extras_change_nothing() -> None:
    (known,) = decoded(push(entry("0B", TRADE)))
    assert decoded(push({**entry("0B", TRADE | {"99999": "new"}), "extra": [1, 2]})) == [known]
    without = {fid: text for fid, text in TRADE.items() if fid not in ("1030", "1031", "290", "9081")}
    (bare,) = decoded(push(entry("0B", without)))
    assert isinstance(bare, Trade) and isinstance(known, Trade)
    assert (bare.price_units, bare.day_sold) == (known.price_units, None)


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", '{"no":"name"}', '{"trnm":7}', "{", "\ufffd"])
def test_what_is_no_frame_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        read_frame(text)


@pytest.mark.parametrize("data", ["{}", "7", '"x"', "[7]", '[{"item":"1"}]'])
def test_what_is_no_record_is_garbled(data: str) -> None:
    with pytest.raises(Garbled):
        entries(read_frame(f'{{"trnm":"REAL","data":{data}}}'))


def test_an_expected_match_stands_in_the_last_book() -> None:
    text = push(entry("0D", BOOK), entry("0H", {"20": "093001", "10": "-257000", "15": "+1200"}))
    book, expected = decoded(text)
    assert isinstance(book, Book) and isinstance(expected, Book)
    assert (expected.expected_units, expected.expected_quantity) == (257000, 1200)
    assert (expected.asks, expected.bids) == (book.asks, book.bids) and book.expected_units is None


def test_a_fill_without_its_own_share_is_unclear_whatever_the_totals_say() -> None:
    for spoiled in ({"915": ""}, {"914": ""}, {"909": ""}, {"915": "0"}):
        (notice,) = decoded(push(entry("00", ORDER | spoiled)))
        assert isinstance(notice, OrderNotice) and notice.kind is NoticeKind.UNCLEAR
    (notice,) = decoded(push(entry("00", ORDER | {"911": "9999", "910": "1"})))
    assert isinstance(notice, OrderNotice)
    assert (notice.kind, notice.quantity, notice.price) == (NoticeKind.FILLED, Shares(4), Price(70000))
    assert notice.execution == "000777" and notice.instrument == InstrumentId("005930")


@pytest.mark.parametrize(
    ("changes", "kind", "request_kind"),
    [
        ({"913": "접수", "909": "", "915": ""}, NoticeKind.RECEIVED, RequestKind.NEW),
        ({"913": "확인", "905": "+매수정정"}, NoticeKind.CONFIRMED, RequestKind.REPRICE),
        ({"913": "확인", "905": "-매도취소"}, NoticeKind.CONFIRMED, RequestKind.CANCEL),
        ({"913": "취소", "905": "매수취소"}, NoticeKind.CONFIRMED, RequestKind.CANCEL),
        ({"913": "취소"}, NoticeKind.REST_CANCELLED, RequestKind.NEW),
        ({"913": "거부", "919": "이유"}, NoticeKind.REJECTED, RequestKind.NEW),
        ({"913": "새로운 상태"}, NoticeKind.UNCLEAR, RequestKind.NEW),
        ({"905": "+매수취소"}, NoticeKind.UNCLEAR, RequestKind.CANCEL),
    ],
)
def test_what_a_notice_says(changes: dict[str, str], kind: NoticeKind, request_kind: RequestKind) -> None:
    (notice,) = decoded(push(entry("00", ORDER | {"904": "0000138"} | changes)))
    assert isinstance(notice, OrderNotice)
    assert (notice.kind, notice.request) == (kind, request_kind)
    assert notice.original == BrokerNumber(START.date(), "", 138)
    assert "5012345611" not in str(notice.raw)


def test_notices_of_other_accounts_are_left_out() -> None:
    assert decoded(push(entry("00", ORDER | {"9201": "9999999911"}))) == [None]


def test_the_exact_amount_is_taken_only_where_it_is_of_as_many_shares() -> None:
    amounts, number = FilledAmounts(), BrokerNumber(START.date(), "", 1)
    assert amounts.of(number, 3, 333) == 999
    amounts.heard(number, 1000)
    assert amounts.of(number, 3, 333) == 1000
    assert amounts.of(number, 5, 333) == 1665  # two more were filled unheard
    amounts.heard(number, 600)  # an older one, late
    assert amounts.of(number, 3, 333) == 1000


def test_requests_are_written_as_documented() -> None:
    assert json.loads(register("1", ["00"], [])) == {
        "trnm": "REG", "grp_no": "1", "refresh": "1", "data": [{"item": [""], "type": ["00"]}],
    }  # fmt: skip
    assert json.loads(remove("3", ["0D", "0H"], ["005930"])) == {
        "trnm": "REMOVE", "grp_no": "3", "data": [{"item": ["005930"], "type": ["0D", "0H"]}],
    }  # fmt: skip
