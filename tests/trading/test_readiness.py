"""A ticket that was judged while its button was down is judged once more as it goes, unless nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hoga.domain.known import Known
from hoga.domain.risk_limits import DEFAULT_LIMITS, NO_RISK_LIMITS, RiskLimits
from hoga.domain.tickets import OrderType, Ticket
from hoga.domain.values import Price
from hoga.trading import order_desk
from hoga.trading.gate import GateFacts, Verdict
from hoga.trading.views import Denied, MustAsk, Submitted
from tests.support.fake_broker import HYNIX, SAMSUNG
from tests.trading.rig import Rig, rest, virtual


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Ticket]:
    """Tickets that were judged as they went."""
    seen: list[Ticket] = []
    original = order_desk.judge_ticket

    def judge(ticket: Ticket, facts: GateFacts) -> Verdict:
        seen.append(ticket)
        return original(ticket, facts)

    monkeypatch.setattr(order_desk, "judge_ticket", judge)
    return seen


async def _ready(rig: Rig, ticket: Ticket) -> Ticket:
    for instrument in (SAMSUNG, HYNIX):
        await rig.desk.quote(instrument)
    await rest(1)
    rig.desk.get_ready(ticket)
    return ticket


@pytest.mark.parametrize("limits", [NO_RISK_LIMITS, DEFAULT_LIMITS])
def test_what_nothing_has_changed_about_goes_as_it_was_judged(
    tmp_path: Path, judged: list[Ticket], limits: RiskLimits
) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=limits) as rig:
            await rest(1)
            await rig.submit(rig.ticket(quantity=1))  # what the limits want is read for the first
            await rest(2)
            judged.clear()
            ticket = await _ready(rig, rig.ticket(quantity=7))
            assert len(rig.broker.writes) == 1, "nothing leaves while the button is down"
            assert isinstance(await rig.submit(ticket), Submitted)
            assert judged == []
            again = replace(ticket, id=rig.ticket().id)
            await rig.submit(again)
            assert judged == [again], "what was found counts once"
            await rest(1)
            assert len(rig.broker.writes) == 2

    virtual(main())


Change = Callable[[Rig], Coroutine[Any, Any, object]]


async def _halted(rig: Rig) -> None:
    quote = await rig.broker.quote(SAMSUNG)
    rig.desk.board.update(replace(quote, flags=replace(quote.flags, halted=True)), "rest")


async def _stopped(rig: Rig) -> None:
    await rig.desk.stop()


async def _limited(rig: Rig) -> None:
    rig.desk.set_limits(replace(NO_RISK_LIMITS, order_refuse=1))


async def _spent(rig: Rig) -> None:
    """Another order holds back what there was."""
    answer = await rig.submit(rig.ticket(quantity=8))
    assert isinstance(answer, Submitted)


async def _looked_away(rig: Rig) -> None:
    """The button is held for very long."""
    await rest(4)


@pytest.mark.parametrize(
    ("change", "comes_to"),
    [(_halted, Denied), (_stopped, MustAsk | Denied), (_limited, Denied), (_spent, Denied), (_looked_away, Submitted)],
)
def test_what_has_changed_meanwhile_counts(
    tmp_path: Path, judged: list[Ticket], change: Change, comes_to: type
) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_000_000
        async with rig:
            await rest(1)
            ticket = await _ready(rig, rig.ticket(quantity=10))
            await change(rig)
            judged.clear()
            assert isinstance(await rig.submit(ticket), comes_to)
            assert judged == [ticket]

    virtual(main())


def test_a_new_price_is_judged_by(tmp_path: Path, judged: list[Ticket]) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            ticket = await _ready(rig, rig.ticket(quantity=3))
            quote = rig.desk.board.quote(SAMSUNG)
            assert isinstance(quote, Known)
            rig.desk.board.update(replace(quote.value, last=Price(quote.value.last.units + 100)), "rest")
            await rig.submit(ticket)
            assert judged == [ticket]

    virtual(main())


@pytest.mark.parametrize("quantity", [0, 9_000_000])
def test_what_would_be_refused_is_refused_as_it_goes(tmp_path: Path, judged: list[Ticket], quantity: int) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            ticket = await _ready(rig, rig.ticket(quantity=quantity))
            assert isinstance(await rig.submit(ticket), Denied)
            assert judged == [ticket]

    virtual(main())


def test_an_order_that_takes_what_there_is_and_another_ticket_are_judged_as_they_go(
    tmp_path: Path, judged: list[Ticket]
) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            market = await _ready(rig, rig.ticket(quantity=1, limit=None, type=OrderType.MARKET))
            await rig.submit(market)
            shown = await _ready(rig, rig.ticket(quantity=2))
            other = replace(shown, quantity=rig.ticket(quantity=4).quantity)
            await rig.submit(other)
            assert judged == [market, other]

    virtual(main())
