"""REST calls against scripted answers: pages to the end or not at all, retries of reads, never of writes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from hoga.base.clock import LoopClock
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.hosts import AddressRefused
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import (
    Accepted,
    BadReply,
    BrokerEvent,
    Drift,
    NewOrder,
    NotFound,
    NotSent,
    NotSentReason,
    NotSupported,
    OutcomeUnknown,
    ReadRefused,
    SessionExpired,
    Stream,
    StreamChanged,
    StreamHealth,
    Target,
    Throttled,
    Unreachable,
    WrongKeys,
)
from hoga.domain.accounts import PracticeAccount, Stakes, WireProfile
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Period
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.helpers import START, Vault

SAMSUNG = InstrumentId("005930")
TODAY = START.date()
BUY = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(3), Price(70000))
ACK = {"KRX_FWDG_ORD_ORGNO": "91253", "ODNO": "0000000077", "ORD_TMD": "093000"}


def answer(
    body: dict[str, Any] | bytes, status: int = 200, tr_cont: str = "", delay: float = 0.0
) -> Callable[[], Coroutine[Any, Any, httpx.Response]]:
    async def give() -> httpx.Response:
        await asyncio.sleep(delay)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(status, headers={"tr_cont": tr_cont}, content=content)

    return give


def fail(error: type[httpx.TransportError]) -> Callable[[], Coroutine[Any, Any, httpx.Response]]:
    async def give() -> httpx.Response:
        raise error("scripted")

    return give


def ok(**fields: Any) -> dict[str, Any]:
    return {"rt_cd": "0", "msg_cd": "MCA00000", "msg1": "정상처리 되었습니다.", **fields}


def refused(code: str, text: str = "이유", rt_cd: str = "1") -> dict[str, Any]:
    return {"rt_cd": rt_cd, "msg_cd": code, "msg1": text}


class Script(httpx.AsyncBaseTransport):
    """Answers in the order of the script, the last one again and again; tokens are always given."""

    def __init__(self) -> None:
        self.answers: list[Callable[[], Coroutine[Any, Any, httpx.Response]]] = []
        self.requests: list[httpx.Request] = []
        self.tokens = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth2/tokenP":
            self.tokens += 1
            said = {"access_token": f"token-{self.tokens}", "token_type": "Bearer", "expires_in": 86400}
            return httpx.Response(200, content=json.dumps(said).encode())
        self.requests.append(request)
        give = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await give()

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(request.url.params.multi_items()) for request in self.requests]


def host(profile: WireProfile = WireProfile.KIS_REAL) -> KisHost:
    return KisHost(profile, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-test")


def play(
    answers: list[Callable[[], Coroutine[Any, Any, httpx.Response]]],
    story: Callable[[KisBroker, Script], Coroutine[Any, Any, None]],
    profile: WireProfile = WireProfile.KIS_REAL,
    heard: list[BrokerEvent] | None = None,
    scrubber: Scrubber | None = None,
) -> Script:
    script = Script()
    script.answers = answers

    async def run() -> None:
        keys = KisKeys(Secret("K" * 36), Secret("S" * 180), Secret("my_hts_id"))
        broker = KisBroker(
            host(profile), keys, "50123456-01", LoopClock(START), Vault(), lambda: script, scrubber=scrubber
        )
        if heard is not None:
            broker.listen(heard.append)
        await story(broker, script)
        await asyncio.sleep(0)
        await broker.aclose()

    run_virtual(run())
    return script


# --- pages ------------------------------------------------------------------------------------------------------------


def order_row(number: int, **changes: str) -> dict[str, str]:
    row = {
        "ord_dt": f"{TODAY:%Y%m%d}",
        "ord_tmd": "093000",
        "ord_gno_brno": "91253",
        "odno": f"{number:010d}",
        "orgn_odno": "",
        "ord_dvsn_cd": "00",
        "sll_buy_dvsn_cd": "02",
        "sll_buy_dvsn_cd_name": "현금매수",
        "pdno": "005930",
        "ord_qty": "10",
        "ord_unpr": "70000",
        "tot_ccld_qty": "4",
        "tot_ccld_amt": "280000",
        "rmn_qty": "6",
        "cnc_cfrm_qty": "0",
        "rjct_qty": "0",
        "ordr_empno": "OpnAPI",
        "ccld_cndt_name": "없음",
    }
    return row | changes


def order_page(numbers: range | list[int], cursor: str = "") -> dict[str, Any]:
    rows = [order_row(number) for number in numbers]
    return ok(output1=rows, output2={}, ctx_area_fk100=f"f{cursor}".ljust(100), ctx_area_nk100=cursor.ljust(100))


def test_every_page_is_read_and_cursors_go_back_with_their_padding() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.orders(TODAY)
        assert [row.number.number for row in found.rows] == list(range(1, 8))
        assert found.trading_date == TODAY and found.began == START

    script = play(
        [
            answer(order_page(range(1, 4), "c1"), tr_cont="F"),
            answer(order_page(range(4, 7), "c2"), tr_cont="M"),
            answer(order_page(range(7, 8)), tr_cont="D"),
        ],
        story,
    )
    assert [request.headers.get("tr_cont") for request in script.requests] == [None, "N", "N"]
    assert [query["CTX_AREA_NK100"] for query in script.queries] == ["", "c1".ljust(100), "c2".ljust(100)]
    assert script.queries[0]["EXCG_ID_DVSN_CD"] == "ALL" and script.requests[0].headers["tr_id"] == "TTTC0081R"


@pytest.mark.parametrize(
    "pages",
    [
        [answer(order_page([1], "same"), tr_cont="F"), answer(order_page([2], "same"), tr_cont="M")],
        [answer(order_page([1], ""), tr_cont="F")],
        [answer(order_page([1], "c1"), tr_cont="F"), answer(order_page([1], "c2"), tr_cont="M")],
        [answer(order_page([1, 2], "c1"), tr_cont="F"), answer(order_page([2, 3]), tr_cont="D")],
        [answer(order_page([1], "c1"), tr_cont="F"), answer(order_page([1]), tr_cont="D")],
    ],
    ids=["repeated cursor", "more without a cursor", "repeated rows", "a number twice", "the first page as the last"],
)
def test_a_list_that_repeats_itself_is_no_list(pages: list[Any]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play(pages, story)


def test_a_page_that_fails_takes_the_whole_list_with_it() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(ReadRefused):
            await broker.orders(TODAY)

    play([answer(order_page([1], "c1"), tr_cont="F"), answer(refused("APAC0489"))], story)


def test_endless_pages_end_in_an_error() -> None:
    numbers = iter(range(1, 10_000))

    async def next_page() -> httpx.Response:
        number = next(numbers)
        return await answer(order_page([number], f"c{number}"), tr_cont="M")()

    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply) as caught:
            await broker.orders(TODAY)
        assert caught.value.message.code == "KIS_TOO_MANY_PAGES"

    assert len(play([next_page], story).requests) == 300


@pytest.mark.parametrize(
    "said",
    [
        ok(output1=[], output2={}),
        ok(output1=[order_row(0, pdno="", odno="")], output2={}),
        ok(output1={}, output2={}),
        {**ok(), "msg_cd": "KIOK0560"},
        refused("70070000", "모의투자 조회할 내역(자료)이 없습니다."),
        refused("KIOK0560", "조회할 내용이 없습니다", "7"),
    ],
    ids=["[]", "placeholder", "object", "said, no list", "paper says so", "rt_cd 7"],
)
def test_nothing_is_an_empty_list(said: dict[str, Any]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert (await broker.orders(TODAY)).rows == ()

    play([answer(said, tr_cont="D")], story)


@pytest.mark.parametrize(
    "said",
    [ok(), ok(output1=None), ok(output1="x"), ok(output1=["x"]), ok(output1=[order_row(1, ord_qty="many")])],
    ids=str,
)
def test_no_list_is_not_an_empty_list(said: dict[str, Any]) -> None:
    heard: list[BrokerEvent] = []

    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play([answer(said, tr_cont="D")], story, heard=heard)
    assert [event.refused for event in heard if isinstance(event, Drift)] == [True]


def test_an_old_day_is_asked_under_its_own_id() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        await broker.orders(TODAY - timedelta(days=200))

    script = play([answer(ok(output1=[]))], story)
    assert script.requests[0].headers["tr_id"] == "CTSC9215R"


def test_a_row_of_another_day_refuses_the_list() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play([answer(ok(output1=[order_row(1, ord_dt="20260101")]))], story)


# --- errors of reads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "error", "asked"),
    [
        (answer(refused("EGW00201"), 500), Throttled, 4),
        (answer(refused("EGW00203"), 500), Unreachable, 4),
        (answer(b"", 404), Unreachable, 4),
        (answer(b"", 500), Unreachable, 4),
        (answer(refused("", ""), 500), Unreachable, 4),
        (answer(b"<html>down</html>", 503), Unreachable, 4),
        (fail(httpx.ConnectError), Unreachable, 4),
        (fail(httpx.ReadTimeout), Unreachable, 4),
        (answer(refused("EGW00103"), 500), WrongKeys, 1),
        (answer(refused("IGW00002")), WrongKeys, 1),
        (answer(refused("EGW02006"), 500), NotSupported, 1),
        (answer(refused("APBK1234")), ReadRefused, 1),
        (answer(b"<html>fine</html>"), BadReply, 1),
        (answer(b"{}"), BadReply, 1),
        (answer(ok(output={"stck_prpr": "0"})), NotFound, 1),
    ],
)
def test_what_a_failed_read_means_and_whether_it_is_asked_again(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]], error: type[Exception], asked: int
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        began = asyncio.get_running_loop().time()
        with pytest.raises(error):
            await broker.quote(SAMSUNG)
        waited = asyncio.get_running_loop().time() - began
        assert (9.0 <= waited <= 14.0) if asked == 4 else waited < 0.5

    assert len(play([reply], story).requests) == asked


def test_a_read_that_was_throttled_succeeds_a_little_later() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert (await broker.sellable(SAMSUNG)) == Shares(5)

    said = ok(output={"ord_psbl_qty": "5"})
    assert len(play([answer(refused("EGW00201"), 500), answer(said)], story).requests) == 2


@pytest.mark.parametrize(
    "dead", [refused("EGW00123"), {"error_code": "EGW00121", "error_description": "유효하지 않은 token 입니다."}]
)
def test_a_dead_token_is_renewed_once_and_the_read_repeated(dead: dict[str, str]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        await broker._tokens.get()
        await asyncio.sleep(70)  # a minute after its issue another may be asked for
        assert (await broker.sellable(SAMSUNG)) == Shares(5)

    script = play([answer(dead, 500), answer(ok(output={"ord_psbl_qty": "5"}))], story)
    assert script.tokens == 2
    assert [request.headers["authorization"] for request in script.requests] == ["Bearer token-1", "Bearer token-2"]


def test_a_token_that_stays_dead_ends_in_an_error_not_in_a_storm() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        for _ in range(5):
            with pytest.raises(SessionExpired):
                await broker.quote(SAMSUNG)

    script = play([answer(refused("EGW00123"), 500)], story)
    assert script.tokens == 1 and len(script.requests) == 1


# --- writes -----------------------------------------------------------------------------------------------------------


def test_an_order_as_it_stands_on_the_wire() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, Accepted) and outcome.number == BrokerNumber(TODAY, "91253", 77)

    script = play([answer(ok(output=ACK))], story)
    request = script.requests[0]
    assert request.method == "POST" and request.url.path == "/uapi/domestic-stock/v1/trading/order-cash"
    assert (request.headers["tr_id"], request.headers["custtype"]) == ("TTTC0012U", "P")
    assert json.loads(request.content) == {
        "CANO": "50123456",
        "ACNT_PRDT_CD": "01",
        "PDNO": "005930",
        "ORD_DVSN": "00",
        "ORD_QTY": "3",
        "ORD_UNPR": "70000",
        "EXCG_ID_DVSN_CD": "KRX",
    }


TARGET = Target(
    BrokerNumber(TODAY, "00950", 2696), SAMSUNG, Side.SELL, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(9)
)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("reprice", {"RVSE_CNCL_DVSN_CD": "01", "ORD_QTY": "0", "ORD_UNPR": "71000", "QTY_ALL_ORD_YN": "Y"}),
        ("reduce", {"RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "4", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "N"}),
        ("cancel", {"RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "Y"}),
    ],
)
@pytest.mark.parametrize("profile", [WireProfile.KIS_REAL, WireProfile.KIS_PAPER])
def test_changes_as_they_stand_on_the_wire(what: str, expected: dict[str, str], profile: WireProfile) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        calls = {
            "reprice": lambda: broker.reprice(TARGET, Price(71000)),
            "reduce": lambda: broker.reduce(TARGET, Shares(4)),
            "cancel": lambda: broker.cancel(TARGET),
        }
        assert isinstance(await calls[what](), Accepted)

    script = play([answer(ok(output=ACK))], story, profile)
    sent = json.loads(script.requests[0].content)
    assert script.requests[0].headers["tr_id"] == ("TTTC0013U" if profile is WireProfile.KIS_REAL else "VTTC0013U")
    assert (sent["KRX_FWDG_ORD_ORGNO"], sent["ORGN_ODNO"], sent["ORD_DVSN"]) == ("00950", "0000002696", "00")
    assert {name: sent[name] for name in expected} == expected


@pytest.mark.parametrize(
    "reply",
    [
        fail(httpx.ReadTimeout),
        fail(httpx.ReadError),
        fail(httpx.RemoteProtocolError),
        fail(httpx.WriteError),
        answer(refused("EGW00301"), 500),
        answer(b"", 500),
        answer(ok()),
    ],
)
def test_a_write_of_unknown_outcome_is_sent_exactly_once(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]],
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), OutcomeUnknown)
        await asyncio.sleep(120)

    assert len(play([reply], story).requests) == 1


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (fail(httpx.ConnectError), NotSentReason.NOT_CONNECTED),
        (answer(refused("EGW00201"), 500), NotSentReason.THROTTLED),
        (answer(refused("EGW00123"), 500), NotSentReason.TOKEN),
    ],
)
def test_the_adapter_never_repeats_a_write_even_one_that_was_not_sent(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]], reason: NotSentReason
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, NotSent) and outcome.reason is reason
        await asyncio.sleep(120)

    assert len(play([reply], story).requests) == 1


def test_a_token_error_to_an_order_renews_the_token_for_the_next() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), NotSent)
        await asyncio.sleep(61)
        assert isinstance(await broker.place(BUY), Accepted)

    script = play([answer(refused("EGW00123"), 500), answer(ok(output=ACK))], story)
    assert script.tokens == 2


@pytest.mark.parametrize(
    ("order", "profile"),
    [
        (NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.IOC, Shares(1), Price(1)), WireProfile.KIS_PAPER),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.MARKET, TimeInForce.FOK, Shares(1), None), WireProfile.KIS_PAPER),
        (
            NewOrder(SAMSUNG, Side.BUY, OrderType.CONDITIONAL, TimeInForce.IOC, Shares(1), Price(1)),
            WireProfile.KIS_REAL,
        ),
        (
            NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(1), Price(1), Venue.NXT),
            WireProfile.KIS_REAL,
        ),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(1), None), WireProfile.KIS_REAL),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.MARKET, TimeInForce.DAY, Shares(1), Price(5)), WireProfile.KIS_REAL),
    ],
)
def test_what_cannot_be_said_to_this_host_is_not_sent(order: NewOrder, profile: WireProfile) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(order)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.UNSUPPORTED

    assert play([answer(ok(output=ACK))], story, profile).requests == []


def test_a_cancel_leaves_at_once_while_reads_hang_and_pile_up() -> None:
    """Reads and orders have clients of their own, and cancels a reserve in the budget."""

    async def story(broker: KisBroker, script: Script) -> None:
        await broker._tokens.get()
        reads = [asyncio.ensure_future(broker.quote(SAMSUNG)) for _ in range(60)]
        await asyncio.sleep(2)
        script.answers = [answer(ok(output=ACK))]
        began = asyncio.get_running_loop().time()
        assert isinstance(await broker.cancel(TARGET), Accepted)
        assert asyncio.get_running_loop().time() - began < 0.2
        for read in reads:
            read.cancel()
        await asyncio.gather(*reads, return_exceptions=True)

    play([answer(refused("EGW00001"), 500, delay=300)], story)


# --- charts -----------------------------------------------------------------------------------------------------------


def day_rows(newest: date, count: int) -> list[dict[str, str]]:
    return [
        {
            "stck_bsop_date": f"{newest - timedelta(days=back):%Y%m%d}",
            "stck_oprc": "100",
            "stck_hgpr": "120",
            "stck_lwpr": "90",
            "stck_clpr": "110",
            "acml_vol": "1000",
            "acml_tr_pbmn": "105000",
        }
        for back in range(count)
    ]


def test_a_chart_is_paged_by_date_and_fillers_are_dropped() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.DAY, START - timedelta(days=129), START)
        assert [candle.start.date() for candle in found] == [TODAY - timedelta(days=n) for n in range(128, -1, -1)]

    first = ok(output1={"stck_prpr": "110"}, output2=day_rows(TODAY, 100))
    second = ok(output1={"stck_prpr": "110"}, output2=[*day_rows(TODAY - timedelta(days=100), 30), {}, {}])
    script = play([answer(first), answer(second)], story)
    assert [query["FID_INPUT_DATE_2"] for query in script.queries] == ["20261120", "20260812"]
    assert script.queries[0]["FID_ORG_ADJ_PRC"] == "0"


def test_a_chart_that_never_goes_back_ends() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.DAY, START - timedelta(days=900), START)
        assert len(found) == 100

    play([answer(ok(output1={"stck_prpr": "110"}, output2=day_rows(TODAY, 100)))], story)


def test_asking_ahead_is_cut_to_now() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.MINUTE, START - timedelta(minutes=3), START + timedelta(hours=3))
        assert [f"{candle.start:%H%M}" for candle in found] == ["0927", "0928", "0929", "0930"]
        assert [candle.amount_units for candle in found] == [700, 700, 700, 0]
        assert found[-1].volume == 0  # its running amount has not grown: the wire shows its neighbour's volume
        assert await broker.candles(SAMSUNG, Period.DAY, START + timedelta(days=1), START + timedelta(days=9)) == ()

    rows = [
        {
            "stck_bsop_date": "20261120",
            "stck_cntg_hour": f"09{minute:02d}00",
            **dict.fromkeys(("stck_prpr", "stck_oprc", "stck_hgpr", "stck_lwpr"), "70"),
            "cntg_vol": "10",
            "acml_tr_pbmn": str(700 * min(minute, 29)),
        }
        for minute in range(59, 25, -1)
    ]
    script = play([answer(ok(output1={"stck_prpr": "70"}, output2=rows[-34:]))], story)
    assert script.queries[0]["FID_INPUT_HOUR_1"] == "093000"


def test_paper_has_no_minutes_of_past_days() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(NotSupported):
            await broker.candles(SAMSUNG, Period.MINUTE, START - timedelta(days=2), START - timedelta(days=1))

    assert play([answer(ok())], story, WireProfile.KIS_PAPER).requests == []


# --- what is kept and told --------------------------------------------------------------------------------------------


def test_nothing_personal_is_kept_of_raw_replies() -> None:
    scrubber = Scrubber()

    async def story(broker: KisBroker, script: Script) -> None:
        report = (await broker.orders(TODAY)).rows[0]
        outcome = await broker.place(BUY)
        for kept in (str(report.raw), str(outcome), repr(broker.account)):
            assert "50123456" not in kept and "my_hts_id" not in kept and "01012345678" not in kept
        assert "token-1" not in scrubber.text("so the token-1 leaked")

    row = order_row(1, ctac_tlno="01012345678", inqr_ip_addr="10.0.0.1", memo="50123456-01 my_hts_id")
    ack = {**ok(output=ACK), "msg1": "계좌 50123456 my_hts_id"}
    play([answer(ok(output1=[row]), tr_cont="D"), answer(ack)], story, scrubber=scrubber)


def test_the_account_is_a_practice_account_whatever_the_dialect() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(broker.account, PracticeAccount) and broker.account.stakes is Stakes.PRACTICE
        assert broker.account.label == "******56-01" and "50123456" not in broker.account.connection
        assert broker.account.connection.startswith("kis-real@practice-test-")

    play([answer(ok())], story)


def test_rest_health_follows_what_happens() -> None:
    heard: list[BrokerEvent] = []

    async def story(broker: KisBroker, script: Script) -> None:
        await broker.sellable(SAMSUNG)
        with pytest.raises(Unreachable):
            await broker.sellable(SAMSUNG)

    play([answer(ok(output={"ord_psbl_qty": "5"})), fail(httpx.ConnectError)], story, heard=heard)
    rest = [event.health for event in heard if isinstance(event, StreamChanged) and event.stream is Stream.REST]
    assert rest == [StreamHealth.LIVE, StreamHealth.DOWN]


@pytest.mark.parametrize(
    "address",
    [
        "https://openapi.koreainvestment.com:9443",
        "http://10.0.0.1:8080",
        "http://127.0.0.1",
        "http://user:secret@127.0.0.1:8080",
        "http://127.0.0.1:8080/?x=1",
        "http://localhost.evil.example:80",
        "http://[::ffff:8.8.8.8]:80",
        "ftp://127.0.0.1:1",
        "127.0.0.1:1",
        "http://127.0.0.1:port",
    ],
)
def test_no_other_machine_can_be_built(address: str) -> None:
    with pytest.raises(AddressRefused):
        KisHost(WireProfile.KIS_REAL, address, "ws://127.0.0.1:2", "practice-test")
    with pytest.raises(AddressRefused):
        KisHost(WireProfile.KIS_REAL, "http://127.0.0.1:1", address.replace("http", "ws"), "practice-test")
    with pytest.raises(AddressRefused):
        KisHost(WireProfile.KIS_REAL, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-test", masters=address)


def test_keys_and_numbers_never_show() -> None:
    keys = KisKeys(Secret("K" * 36), Secret("S" * 180), Secret("my_hts_id"))
    assert "KKK" not in repr(keys) and "SSS" not in repr(keys) and "my_hts_id" not in repr(keys)
    with pytest.raises(ValueError, match="8 and 2 digits") as caught:
        from hoga.broker.kis.host import KisAccountNumber

        KisAccountNumber.parse("5012345")
    assert "5012345" not in str(caught.value)
