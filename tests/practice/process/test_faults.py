"""Faults: which request or frame they strike, and what each of them does to it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.practice.api import Broker, Environment
from hoga.practice.delivery import Delivered, Delivery, NoAnswer
from hoga.practice.engine.ledger import LedgerError
from hoga.practice.faults import FaultKind, Faults
from hoga.practice.kis import spoiling
from hoga.practice.record import Asked, RequestRecord
from hoga.practice.stream_faults import FaultyLine
from hoga.practice.wire import Operation, WireRequest, WireResponse

REAL, PAPER = Environment.REAL, Environment.PAPER
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=KST)
ANSWER = {
    "rt_cd": "0", "msg_cd": "OK", "msg1": "", "ctx_area_fk100": " " * 100, "ctx_area_nk100": " " * 100,
    "output": {"ODNO": "0000000007", "ORD_TMD": "100000"}, "output1": [{"pdno": "005930", "hldg_qty": "10"}],
}  # fmt: skip


class TestRules:
    def test_count_strikes_the_next_n(self) -> None:
        faults = Faults()
        faults.add({"kind": "cut before", "count": 2})
        struck = [faults.for_request(Operation.NEW, REAL) is not None for _ in range(4)]
        assert struck == [True, True, False, False]

    def test_skip_lets_the_first_pass(self) -> None:
        faults = Faults()
        faults.add({"kind": "cut before", "skip": 2})
        assert [faults.for_request(Operation.NEW, REAL) is not None for _ in range(4)] == [False, False, True, False]

    def test_operation_and_environment_must_match(self) -> None:
        faults = Faults()
        faults.add({"kind": "refuse", "operations": ["new", "cancel"], "environment": "paper"})
        assert faults.for_request(Operation.NEW, REAL) is None
        assert faults.for_request(Operation.READ, PAPER) is None
        assert faults.for_request(Operation.CANCEL, PAPER) is not None

    def test_chance_is_seeded_and_about_right(self) -> None:
        def drawn(seed: int) -> list[bool]:
            faults = Faults(seed)
            faults.add({"kind": "hang after", "chance": 0.25})
            return [faults.for_request(Operation.NEW, REAL) is not None for _ in range(2000)]

        assert drawn(1) == drawn(1) != drawn(2)
        assert 400 < sum(drawn(3)) < 600

    def test_the_first_rule_wins_and_rules_can_be_taken_back(self) -> None:
        faults = Faults()
        first = faults.add({"kind": "cut before", "count": 9})
        second = faults.add({"kind": "hang before", "count": 9})
        assert faults.for_request(Operation.READ, REAL) is first
        assert faults.remove(first.id) and not faults.remove(first.id)
        assert faults.for_request(Operation.READ, REAL) is second
        assert [rule["applied"] for rule in (each.describe() for each in faults.rules())] == [1]
        faults.clear()
        assert faults.for_request(Operation.READ, REAL) is None

    def test_stream_faults_do_not_strike_requests_and_the_other_way_round(self) -> None:
        faults = Faults()
        faults.add({"kind": "notice twice"})
        assert faults.for_request(Operation.NEW, REAL) is None
        assert faults.for_frame(REAL, notice=False) is None
        assert faults.for_registration(REAL) is None
        assert faults.for_frame(REAL, notice=True) is not None

    @pytest.mark.parametrize(
        "wish",
        [
            {},
            {"kind": "no such thing"},
            {"kind": "refuse", "count": -1},
            {"kind": "refuse", "count": True},
            {"kind": "refuse", "chance": 1.5},
            {"kind": "refuse", "chance": "half"},
            {"kind": "refuse", "operations": "new"},
            {"kind": "refuse", "operations": ["nothing"]},
            {"kind": "refuse", "environment": "mars"},
            {"kind": "late", "seconds": 1e9},
            {"kind": "refuse", "typo": 1},
        ],
    )
    def test_a_slip_of_the_pen_is_refused(self, wish: dict[str, object]) -> None:
        faults = Faults()
        with pytest.raises(ValueError, match=r"\w"):
            faults.add(wish)
        assert faults.rules() == ()


@dataclass
class FakeDoor:
    """Answers every request with success; remembers when it handled one."""

    broker: Broker = Broker.KIS
    handled: list[float] = field(default_factory=list)
    expired: int = 0
    broken: bool = False

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse:
        if self.broken:
            raise LedgerError("the disk is full")
        self.handled.append(asyncio.get_running_loop().time())
        return WireResponse(200, (("tr_cont", "D"),), msgspec.json.encode(ANSWER))

    def classify(self, request: WireRequest) -> Operation:
        return Operation.NEW

    def describe(self, request: WireRequest) -> Asked:
        return Asked("subject", "account", {})

    def outcome(self, response: WireResponse) -> tuple[str, str]:
        try:
            body = msgspec.json.decode(response.body)
        except msgspec.DecodeError:
            return "", ""
        return body.get("msg_cd", ""), body.get("output", {}).get("ODNO", "")

    def refusal(self, operation: Operation, code: str) -> WireResponse:
        return spoiling.refusal(operation, code)

    def timed_out(self, code: str) -> WireResponse:
        return spoiling.timed_out(code)

    def without_number(self, response: WireResponse) -> WireResponse:
        return spoiling.without_number(response)

    def with_blank_row(self, response: WireResponse) -> WireResponse:
        return spoiling.with_blank_row(response)

    def with_cursor_repeated(self, request: WireRequest, response: WireResponse) -> WireResponse:
        return spoiling.with_cursor_repeated(request, response)

    def expire_tokens(self) -> None:
        self.expired += 1


class Died(Exception):
    pass


@dataclass
class Delivered_:
    answer: Delivered
    took: float


class Bench:
    """One delivery on virtual time with one fault in force."""

    def __init__(self, **fault: object) -> None:
        self.door = FakeDoor()
        self.faults = Faults()
        self.record = RequestRecord(lambda: NOW, None)
        if fault:
            self.faults.add(fault)

    def send(self, query: tuple[tuple[str, str], ...] = (), *, gone: bool = False) -> Delivered_:
        async def carry() -> Delivered_:
            loop = asyncio.get_running_loop()
            delivery = Delivery(
                self.door, self.faults, self.record, touch=lambda: None, settle=lambda: None, die=self._die
            )
            answer = await delivery.carry(REAL, WireRequest("POST", "/order", query), lambda: gone)
            return Delivered_(answer, loop.time())

        return run_virtual(carry())

    def body(self, query: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
        answer = self.send(query).answer
        assert isinstance(answer, WireResponse)
        decoded = msgspec.json.decode(answer.body)
        assert isinstance(decoded, dict)
        return decoded

    @staticmethod
    def _die() -> None:
        raise Died


class TestDelivery:
    def test_without_a_fault_nothing_happens(self) -> None:
        bench = Bench()
        assert bench.body() == ANSWER
        (entry,) = bench.record.entries()
        assert (entry.handled, entry.status, entry.code, entry.order, entry.faults) == (
            True, 200, "OK", "0000000007", [],
        )  # fmt: skip

    def test_slow_before_and_after(self) -> None:
        for kind, handled_at in (("slow before", 3.0), ("slow after", 0.0), ("late", 3.0)):
            bench = Bench(kind=kind, seconds=3.0)
            sent = bench.send()
            assert isinstance(sent.answer, WireResponse) and sent.took == 3.0
            assert bench.door.handled == [handled_at]

    def test_late_is_handled_although_the_client_has_hung_up_and_slow_is_not(self) -> None:
        slow, late = Bench(kind="slow before", seconds=30.0), Bench(kind="late", seconds=30.0)
        assert slow.send(gone=True).answer is NoAnswer.CUT and slow.door.handled == []
        late.send(gone=True)
        assert late.door.handled == [30.0]
        assert [entry.handled for entry in (*slow.record.entries(), *late.record.entries())] == [False, True]

    @pytest.mark.parametrize(
        ("kind", "handled", "end"),
        [
            ("cut before", 0, NoAnswer.CUT),
            ("hang before", 0, NoAnswer.HANG),
            ("cut after", 1, NoAnswer.CUT),
            ("hang after", 1, NoAnswer.HANG),
            ("reset before", 0, NoAnswer.RESET),
            ("reset after", 1, NoAnswer.RESET),
        ],
    )
    def test_no_answer(self, kind: str, handled: int, end: NoAnswer) -> None:
        bench = Bench(kind=kind)
        assert bench.send().answer is end
        assert len(bench.door.handled) == handled
        (entry,) = bench.record.entries()
        assert (entry.handled, entry.status, entry.faults) == (bool(handled), 0, [f"1 {kind}"])
        assert isinstance(bench.send().answer, WireResponse)

    @pytest.mark.parametrize(
        ("code", "status", "body"),
        [
            ("", 500, {"rt_cd": "1", "msg_cd": "EGW00201", "msg1": "초당 거래건수를 초과하였습니다."}),
            ("EGW00001", 500, {"rt_cd": "1", "msg_cd": "EGW00001", "msg1": "일시적 오류가 발생했습니다."}),
            ("HTTP 500", 500, None),
            ("HTTP 404", 404, None),
            ("HTTP nonsense", 500, None),
        ],
    )
    def test_refuse(self, code: str, status: int, body: dict[str, str] | None) -> None:
        bench = Bench(kind="refuse", code=code)
        answer = bench.send().answer
        assert isinstance(answer, WireResponse) and answer.status == status
        assert answer.body == (b"" if body is None else msgspec.json.encode(body))
        assert bench.door.handled == []

    def test_an_error_after_acceptance_hides_that_it_was_accepted(self) -> None:
        bench = Bench(kind="error after")
        assert bench.body()["msg_cd"] == "EGW00301"
        assert len(bench.door.handled) == 1

    def test_a_success_without_a_number(self) -> None:
        body = Bench(kind="no number").body()
        assert body["rt_cd"] == "0" and body["output"] == {"ODNO": "", "ORD_TMD": "100000"}

    def test_a_garbled_body_is_no_json(self) -> None:
        answer = Bench(kind="garbled").send().answer
        assert isinstance(answer, WireResponse)
        with pytest.raises(msgspec.DecodeError):
            msgspec.json.decode(answer.body)

    def test_a_placeholder_row(self) -> None:
        body = Bench(kind="blank rows").body()
        assert body["output1"] == [{"pdno": "005930", "hldg_qty": "10"}, {"pdno": "", "hldg_qty": "0"}]

    def test_a_repeated_cursor(self) -> None:
        bench = Bench(kind="repeat cursor", count=2)
        first = bench.body()
        cursor = str(first["ctx_area_nk100"])
        assert cursor.strip() and len(cursor) == 100
        answer = bench.send((("CTX_AREA_NK100", cursor),)).answer
        assert isinstance(answer, WireResponse) and answer.header("tr_cont") == "M"
        assert msgspec.json.decode(answer.body)["ctx_area_nk100"] == cursor

    def test_expired_tokens(self) -> None:
        bench = Bench(kind="expire tokens")
        bench.send()
        assert bench.door.expired == 1 and len(bench.door.handled) == 1

    @pytest.mark.parametrize(("kind", "handled"), [("die before", 0), ("die after", 1)])
    def test_die(self, kind: str, handled: int) -> None:
        bench = Bench(kind=kind)
        with pytest.raises(Died):
            bench.send()
        assert len(bench.door.handled) == handled


def test_a_failed_ledger_ends_the_process_without_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.door.broken = True
    with pytest.raises(Died):
        bench.send()
    assert "the ledger failed" in caplog.text
    (entry,) = bench.record.entries()
    assert entry.status == 0 and not entry.handled


@dataclass
class Line:
    """A faulty line with everything it let through."""

    faults: Faults = field(default_factory=Faults)
    now: float = 0.0
    sent: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line = FaultyLine(self.faults, REAL, self.sent.append, self.cuts.append, lambda: self.now)

    def pass_all(self, *texts: str) -> list[str]:
        for text in texts:
            self.line.send(text)
        return self.sent


NOTICES = ("1|H0STCNI0|001|aaaa", "1|H0STCNI0|001|bbbb", "1|H0STCNI0|001|cccc")
DATA = "0|H0STCNT0|001|005930^1^2^3"


class TestStream:
    def test_drop_cuts_instead_of_sending(self) -> None:
        line = Line()
        line.faults.add({"kind": "stream drop", "skip": 1})
        assert line.pass_all(DATA, DATA) == [DATA] and line.cuts

    def test_garble_cuts_the_frame_short(self) -> None:
        line = Line()
        line.faults.add({"kind": "stream garble"})
        (first, second) = line.pass_all(DATA, DATA)
        assert DATA.startswith(first) and len(first) < len(DATA) and second == DATA

    def test_mute_loses_what_would_have_left(self) -> None:
        line = Line()
        line.faults.add({"kind": "stream mute", "seconds": 5.0})
        line.pass_all(DATA, *NOTICES)
        line.now = 5.0
        assert line.pass_all(DATA) == [DATA]

    def test_notice_faults_leave_prices_alone(self) -> None:
        for kind in (kind for kind in FaultKind if kind.of_notices):
            line = Line()
            line.faults.add({"kind": kind.value})
            assert line.pass_all(DATA) == [DATA]

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("notice twice", (0, 0, 1, 2)),
            ("notice swap", (1, 0, 2)),
            ("notice withhold", (1, 2)),
        ],
    )
    def test_notices(self, kind: str, expected: tuple[int, ...]) -> None:
        line = Line()
        line.faults.add({"kind": kind})
        assert line.pass_all(*NOTICES) == [NOTICES[at] for at in expected]

    def test_a_late_notice_leaves_when_its_time_has_come(self) -> None:
        line = Line()
        line.faults.add({"kind": "notice late", "seconds": 2.0})
        assert line.pass_all(*NOTICES) == list(NOTICES[1:])
        line.line.tick(1.9)
        assert len(line.sent) == 2
        line.line.tick(2.0)
        assert line.sent[-1] == NOTICES[0]

    def test_a_swapped_notice_leaves_by_itself_when_none_follows(self) -> None:
        line = Line()
        line.faults.add({"kind": "notice swap"})
        line.pass_all(NOTICES[0])
        line.line.tick(1.0)
        line.line.tick(2.0)
        assert line.sent == [NOTICES[0]]


class TestRecord:
    def _fill(self, record: RequestRecord, count: int) -> None:
        for _ in range(count):
            entry = record.receive("kis", REAL, Operation.READ, "GET", "/x", Asked("TR", "1", {"a": "b"}))
            record.end(entry)

    def test_memory_is_bounded_and_numbers_go_on(self) -> None:
        record = RequestRecord(lambda: NOW, None, kept=5)
        self._fill(record, 12)
        assert [entry.number for entry in record.entries()] == [8, 9, 10, 11, 12]
        assert [entry.number for entry in record.entries(after=10)] == [11, 12]
        assert record.entries(operation=Operation.NEW) == []

    def test_lines_are_on_file_at_once_without_closing(self, tmp_path: Path) -> None:
        record = RequestRecord(lambda: NOW, tmp_path)
        record.receive("kis", REAL, Operation.NEW, "POST", "/x", Asked("TR", "1", {}))
        lines = [msgspec.json.decode(line) for line in (tmp_path / "requests.jsonl").read_bytes().splitlines()]
        assert [next(iter(line)) for line in lines] == ["run", "received"]
        assert lines[1]["received"]["operation"] == "new"
        record.close()

    def test_the_file_is_bounded(self, tmp_path: Path) -> None:
        record = RequestRecord(lambda: NOW, tmp_path, most=10_000)
        self._fill(record, 200)
        record.close()
        sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
        assert set(sizes) == {"requests.jsonl", "requests.1.jsonl"} and max(sizes.values()) <= 10_000
