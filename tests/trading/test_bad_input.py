"""What bad input gets: each a typed result with a sentence and an action, a line in the activity log, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hoga.base.message import Language, Message
from hoga.broker.port import (
    Accepted,
    BrokerError,
    NotSent,
    NotSentReason,
    Outcome,
    Refused,
    SessionExpired,
    Unreachable,
    WrongKeys,
)
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Line
from hoga.trading.views import Denied, FollowUp, MustAsk, Submission, Submitted
from hoga.trading.wording import WORDING
from tests.support.fake_broker import HALTED
from tests.trading.rig import Rig, rest, virtual


@dataclass(frozen=True)
class Bad:
    """``ticket`` is what is wrong with it; ``before`` what is wrong with the world; ``code`` what is said."""

    name: str
    result: type
    code: str
    ticket: dict[str, Any] = field(default_factory=dict)
    before: Callable[[Rig], None] = lambda rig: None
    offered: tuple[str, ...] = ()


def no_network(rig: Rig) -> None:
    rig.broker.drop_stream()
    rig.broker.reads_fail = True


def full_disk(rig: Rig) -> None:
    rig.database.rehearse_unwritable(True)


def paper_types(rig: Rig) -> None:
    """As a paper account: limit and market orders only (kis.md 4.2)."""
    rig.broker.types = frozenset({OrderType.LIMIT, OrderType.MARKET})


BAD = [
    Bad("unknown symbol", Denied, "UNKNOWN_INSTRUMENT", {"instrument": InstrumentId("999999")}),
    Bad("halted", Denied, "HALTED", {"instrument": HALTED, "limit": 10_000}),
    Bad("off tick", Denied, "OFF_TICK", {"limit": 70_050}, offered=("70,000", "70,100")),
    Bad("above the limit", Denied, "ABOVE_LIMIT", {"limit": 91_100}),
    Bad("below the limit", Denied, "BELOW_LIMIT", {"limit": 48_900}),
    Bad("no price", Denied, "PRICE_NEEDED", {"limit": None}),
    Bad("a price where none goes", Denied, "PRICE_NOT_TAKEN", {"type": OrderType.MARKET}),
    Bad("zero shares", Denied, "BAD_QUANTITY", {"quantity": 0}),
    Bad("a huge quantity", Denied, "QUANTITY_TOO_BIG", {"quantity": 10**12}),
    Bad("more than orderable", Denied, "CASH_SHORT", {"quantity": 20_000}),
    Bad("more than sellable", Denied, "SHARES_SHORT", {"side": Side.SELL, "quantity": 10_001}),
    Bad("a venue it is not traded at", Denied, "NOT_AT_VENUE", {"venue": Venue.NXT}),
    Bad("a type not allowed here", Denied, "TYPE_NOT_HERE", {"tif": TimeInForce.FOK, "venue": Venue.SOR}),
    Bad("a type paper does not take", Denied, "TYPE_NOT_HERE", {"type": OrderType.BEST, "limit": None}, paper_types),
    Bad("network gone", MustAsk, "NOT_RECONCILED", {}, no_network),
    Bad("a full disk", Denied, "JOURNAL_UNWRITABLE", {}, full_disk),
]


def worded(message: Message) -> None:
    for language in Language:
        assert WORDING[message.code].sentence(message, language)
        assert WORDING[message.code].action(message, language)


def lines(rig: Rig, code: str) -> list[Line]:
    return [line for line in rig.desk.activity() if line.message.code == code]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_ticket(tmp_path: Path, bad: Bad) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            working = await rig.placed(rig.ticket(quantity=3))
            bad.before(rig)
            result = await rig.submit(rig.ticket(**bad.ticket))
            assert type(result) is bad.result
            said = result.reasons if isinstance(result, Denied) else result.questions  # type: ignore[union-attr]
            (reason,) = [message for message in said if message.code == bad.code]
            worded(reason)
            action = WORDING[bad.code].action(reason, Language.KO)
            assert all(price in action for price in bad.offered)
            assert lines(rig, bad.code)[-1].message.values == reason.values
            assert [name for name, _ in rig.broker.writes] == ["place"], "nothing was sent"
            assert rig.state(working) is OrderState.WORKING, "nothing was lost"
            assert len(rig.desk.orders()) == 1

    virtual(main())


def test_a_quantity_below_zero_cannot_even_be_written_down() -> None:
    with pytest.raises(ValueError, match="whole number >= 0"):
        Shares(-1)
    with pytest.raises(ValueError, match="whole number"):
        Price(-1)


# --- what the broker says -------------------------------------------------------------------------------------------


TEXT = "주문가능금액을 초과했습니다.(최대 3주)"


@pytest.mark.parametrize(
    ("outcome", "code", "state"),
    [
        (Refused("APBK0952", TEXT, Message("KIS_APBK0952")), "BROKER_REFUSED", OrderState.REFUSED),
        (
            NotSent(NotSentReason.UNSUPPORTED, Message("KIS_TYPE_NOT_ON_PAPER")),
            "NOT_SENT_AT_ALL",
            OrderState.REFUSED,
        ),
        (
            NotSent(NotSentReason.TOKEN, Message("KIS_TOKEN_DEAD"), "EGW00123", "기간이 만료된 token 입니다."),
            "NOT_SENT_AT_ALL",
            OrderState.REFUSED,
        ),
        (NotSent(NotSentReason.NOT_CONNECTED, Message("KIS_NO_CONNECTION")), "NOT_SENT_AT_ALL", OrderState.REFUSED),
    ],
    ids=["refused", "unsupported", "token", "network"],
)
def test_what_the_broker_turns_down(tmp_path: Path, outcome: Outcome, code: str, state: OrderState) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            cash = rig.desk.portfolio().orderable

            async def place(*_: object) -> Outcome:
                return outcome

            rig.broker.place = place  # type: ignore[method-assign,assignment]
            result = await rig.submit()
            assert isinstance(result, Submitted)
            order = await rig.desk.settled(result.request)
            await rest(2)
            order = rig.order(order.id)
            assert order.state is state
            (line,) = lines(rig, code)
            assert line.order == order.id
            assert not isinstance(outcome, Accepted)
            assert line.message.values["why"] == outcome.why
            said = getattr(outcome, "text", "")
            assert order.requests[0].text == said, "the broker's words are kept unchanged"
            for language in Language:
                assert said in WORDING[code].sentence(line.message, language)
            after = rig.desk.portfolio().orderable
            assert getattr(after, "value", None) == getattr(cash, "value", None), "nothing stays held back"

    virtual(main())


@pytest.mark.parametrize(
    "error",
    [
        WrongKeys(Message("KIS_EGW00103"), "EGW00103", "유효하지 않은 AppKey입니다."),
        SessionExpired(Message("KIS_EGW00133"), "EGW00133", "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)"),
        Unreachable(Message("KIS_NO_CONNECTION")),
    ],
    ids=["wrong keys", "token refused", "network gone"],
)
def test_a_connection_that_does_not_come_about(tmp_path: Path, error: BrokerError) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start()
        id = await rig.placed()
        await rig.crash()

        await rig.start(error=error)
        assert not rig.desk.health().aligned
        line = lines(rig, "READ_FAILED")[-1]
        assert line.message.values["why"] == error.message
        assert error.text in WORDING["READ_FAILED"].sentence(line.message, Language.EN)
        worded(line.message)
        assert rig.state(id) is OrderState.WORKING, "what the journal knows is shown"
        assert isinstance(await rig.submit(rig.ticket(quantity=4)), MustAsk)
        rig.broker.error = None
        await rest(30)
        assert rig.desk.health().aligned
        assert await rig.placed(rig.ticket(quantity=4))
        await rig.stop()

    virtual(main())


# --- changes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rig, id: rig.desk.reprice(id, Price(70_050)), "OFF_TICK"),
        (lambda rig, id: rig.desk.reprice(id, Price(70_000)), "SAME_PRICE"),
        (lambda rig, id: rig.desk.reduce(id, Shares(0)), "BAD_QUANTITY"),
        (lambda rig, id: rig.desk.reduce(id, Shares(10)), "REDUCE_TOO_MUCH"),
        (lambda rig, id: rig.desk.reprice(OrderId("nobody"), Price(70_100)), "NO_SUCH_ORDER"),
        (lambda rig, id: rig.desk.reduce(OrderId("nobody"), Shares(1)), "NO_SUCH_ORDER"),
        (lambda rig, id: rig.desk.cancel(OrderId("nobody")), "NO_SUCH_ORDER"),
    ],
)
def test_a_bad_change(tmp_path: Path, change: Callable[[Rig, OrderId], Any], code: str) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            result: FollowUp | Submission = await change(rig, id)
            assert isinstance(result, Denied)
            (reason,) = result.reasons
            assert reason.code == code
            worded(reason)
            assert lines(rig, code)
            assert [name for name, _ in rig.broker.writes] == ["place"]
            assert rig.order(id).leaves == Shares(10)

    virtual(main())


def test_cancelling_what_has_ended_says_so(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            rig.exchange.fill(rig.order(id).heads[0], 10)
            await rest(0.2)
            result = await rig.desk.cancel(id)
            assert result == Denied((Message("NOTHING_LEFT"),))
            assert lines(rig, "NOTHING_LEFT")[-1].order == id

    virtual(main())
