"""Who leaves first, how many at once, how far apart: for any mixture of requests; and the same ticket twice asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoga.domain.orders import OrderState
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.tickets import OrderType, PlanChild, Ticket
from hoga.domain.values import Price
from hoga.trading.lanes import Lane, lane_of
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Consent, MustAsk, Submission, Submitted, TakenBack
from tests.support.fake_broker import HYNIX, SAMSUNG
from tests.trading.rig import Rig, rest, virtual

AGAIN = Consent(frozenset({"SAME_TICKET"}), "yes, twice")
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SLOW = 2.0
"""Wire seconds until the broker answers: long enough for everything to wait."""


def automatic(n: int) -> PlanChild:
    return PlanChild("digest", n, 0, 0)


async def ready(rig: Rig) -> None:
    """Rich, with no limits of risk, and a price to judge by."""
    rig.exchange.cash = 10**13
    rig.desk.set_limits(NO_RISK_LIMITS)
    await rest(1)
    await rig.desk.quote(SAMSUNG)


async def flooded(rig: Rig, count: int) -> list[Submitted]:
    """Orders by hand that differ, all at once."""
    answers = await asyncio.gather(*(rig.submit(rig.ticket(quantity=1 + n)) for n in range(count)))
    assert all(isinstance(answer, Submitted) for answer in answers), answers
    return [answer for answer in answers if isinstance(answer, Submitted)]


# --- the same ticket ------------------------------------------------------------------------------------------------


async def asks(rig: Rig, ticket: Ticket) -> bool:
    answer: Submission = await rig.submit(ticket)
    if isinstance(answer, MustAsk):
        assert [question.code for question in answer.questions] == ["SAME_TICKET"]
        return True
    assert isinstance(answer, Submitted), answer
    await rig.desk.settled(answer.request)
    return False


def test_the_same_ticket_within_two_seconds_asks_and_goes_with_a_word(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            assert not await asks(rig, rig.ticket())
            await rest(1.5)
            assert await asks(rig, rig.ticket())
            assert len(rig.broker.writes) == 1
            assert isinstance(await rig.submit(rig.ticket(), AGAIN), Submitted)
            await rest(0.5)
            assert len(rig.broker.writes) == 2
            await rest(2.1)
            assert not await asks(rig, rig.ticket())

    virtual(main())


def test_only_what_says_the_same_is_the_same(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.exchange.cash = 10**12
            await rest(1)
            assert not await asks(rig, rig.ticket())
            others: list[Callable[[], Ticket]] = [
                lambda: rig.ticket(quantity=11),
                lambda: rig.ticket(limit=70_100),
                lambda: rig.ticket(limit=None, type=OrderType.MARKET),
                lambda: rig.ticket(instrument=HYNIX, limit=200_000),
                lambda: rig.ticket(origin=automatic(0)),
            ]
            for other in others:
                answer = await rig.submit(other())
                codes = [q.code for q in answer.questions] if isinstance(answer, MustAsk) else []
                assert "SAME_TICKET" not in codes
            assert await asks(rig, rig.ticket())

    virtual(main())


def test_two_hands_at_the_same_moment_send_once(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            answers = await asyncio.gather(*(rig.submit(rig.ticket()) for _ in range(5)))
            assert [type(answer) for answer in answers].count(Submitted) == 1
            await rest(1)
            assert len(rig.broker.writes) == 1

    virtual(main())


def test_what_did_not_come_about_is_not_asked_about(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            rig.database.rehearse_unwritable(True)
            await rig.submit(rig.ticket())
            rig.database.rehearse_unwritable(False)
            await rest(1)
            assert not await asks(rig, rig.ticket())

    virtual(main())


# --- turns ----------------------------------------------------------------------------------------------------------


def writes(rig: Rig) -> list[tuple[str, Any]]:
    return list(rig.broker.writes)


def test_a_cancel_has_the_way_from_the_moment_it_is_asked_for(tmp_path: Path) -> None:
    """Before its record, which waits for a disk; one that waits for its number, from when that is known."""

    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await ready(rig)
            order = await rig.placed()
            assert rig.broker.writes_when_way_was_made == []
            await rig.desk.cancel(order)
            await rest(1)
            assert [name for name, _ in writes(rig)] == ["place", "cancel"]
            assert rig.broker.writes_when_way_was_made == [1]
            rig.broker.latency = SLOW
            early = await rig.taken(rig.ticket(quantity=7))
            await rest(0.5)
            await rig.desk.cancel(early)
            assert rig.broker.writes_when_way_was_made == [1], "there is nothing to cancel yet"
            await rest(SLOW * 3)
            assert [name for name, _ in writes(rig)] == ["place", "cancel", "place", "cancel"]
            assert rig.broker.writes_when_way_was_made == [1, 3]

    virtual(main())


@FEW
@given(kinds=st.lists(st.sampled_from(["hand", "plan", "reprice", "cancel"]), min_size=4, max_size=16))
def test_cancel_then_reprice_then_hand_then_plan(kinds: list[str], tmp_path_factory: Any) -> None:
    """Whatever waits for the same moment leaves in this order, and within a lane in the order in which it came."""

    async def main() -> None:
        folder = tmp_path_factory.mktemp("turns")
        calm = DeskSettings(sends_per_second=1e6, automatic_spacing=0.0, same_ticket_within=0.0)
        async with Rig(folder, calm) as rig:
            await ready(rig)
            working = [await rig.placed(rig.ticket(quantity=200 + n)) for n in range(len(kinds))]
            rig.broker.writes.clear()
            rig.broker.latency = SLOW
            await flooded(rig, calm.most_in_flight)
            await rest(0.1)
            asked: list[asyncio.Task[Any]] = []
            for n, kind in enumerate(kinds):
                deed = {
                    "hand": lambda n=n: rig.submit(rig.ticket(quantity=50 + n)),
                    "plan": lambda n=n: rig.submit(rig.ticket(quantity=100 + n, origin=automatic(n))),
                    "reprice": lambda n=n: rig.desk.reprice(working[n], Price(69_000)),
                    "cancel": lambda n=n: rig.desk.cancel(working[n]),
                }[kind]
                asked.append(asyncio.create_task(deed()))
                await asyncio.sleep(0)
            await rest(0.5)
            early = [name for name, _ in writes(rig)[calm.most_in_flight :]]
            assert early == ["cancel"] * kinds.count("cancel"), "cancels wait for nobody, everything else for an answer"
            assert len(rig.desk.waiting()) == len(kinds) - kinds.count("cancel")
            lanes = [lane_of(one.request.kind, one.request.origin) for one in rig.desk.waiting()]
            assert lanes == sorted(lanes)
            places = [int(one.order.id.rpartition("-")[2]) for one in rig.desk.waiting()]
            for lane in Lane:
                mine = [place for place, its in zip(places, lanes, strict=True) if its is lane]
                assert mine == sorted(mine), "in the order in which they came"
            waiting = [one.request.id for one in rig.desk.waiting()]
            await rest(SLOW * 3 * (2 + len(kinds) // calm.most_in_flight))
            sent = sorted(waiting, key=lambda id: rig.desk._core.records._sent_at[id])
            assert sent == waiting
            await asyncio.gather(*asked)

    virtual(main())


@FEW
@given(count=st.integers(11, 25), cancels=st.integers(0, 6))
def test_ten_in_flight_at_most_and_cancels_on_top(count: int, cancels: int, tmp_path_factory: Any) -> None:
    async def main() -> None:
        rules = DeskSettings(sends_per_second=1e6, same_ticket_within=0.0)
        async with Rig(tmp_path_factory.mktemp("flight"), rules) as rig:
            await ready(rig)
            working = [await rig.placed(rig.ticket(quantity=200 + n)) for n in range(cancels)]
            rig.broker.latency = SLOW
            before = len(rig.broker.writes)
            await flooded(rig, count)
            for id in working:
                asyncio.get_running_loop().create_task(rig.desk.cancel(id))
            await rest(0.5)
            news = [name for name, _ in writes(rig)[before:] if name == "place"]
            assert len(news) == rules.most_in_flight
            assert len(writes(rig)) - before == rules.most_in_flight + cancels
            assert rig.desk.health().in_flight == rules.most_in_flight + cancels
            await rest(SLOW * 3 * (count // rules.most_in_flight + 2))
            assert len(writes(rig)) - before == count + cancels, "all of them left, each once"

    virtual(main())


@FEW
@given(legs=st.lists(st.booleans(), min_size=2, max_size=8), hands=st.integers(0, 4))
def test_only_automatic_orders_in_one_instrument_keep_their_distance(
    legs: list[bool], hands: int, tmp_path_factory: Any
) -> None:
    async def main() -> None:
        rules = DeskSettings(sends_per_second=1e6, same_ticket_within=0.0)
        async with Rig(tmp_path_factory.mktemp("spacing"), rules) as rig:
            await ready(rig)
            left: dict[str, list[float]] = {"plan 0": [], "plan 1": [], "hand": []}
            loop, place = asyncio.get_running_loop(), rig.broker.place

            async def noted(order: Any) -> Any:
                kind = "hand" if order.quantity.count >= 100 else f"plan {int(order.instrument == HYNIX)}"
                left[kind].append(loop.time())
                return await place(order)

            rig.broker.place = noted  # type: ignore[method-assign]
            await rig.desk.quote(HYNIX)
            began = loop.time()
            codes = [HYNIX if other else SAMSUNG for other in legs]
            for n, code in enumerate(codes):
                limit = 70_000 if code == SAMSUNG else 200_000
                await rig.submit(rig.ticket(quantity=1 + n, instrument=code, limit=limit, origin=automatic(n)))
            for n in range(hands):
                await rig.submit(rig.ticket(quantity=100 + n))
            await rest(rules.automatic_spacing * (len(legs) + 1))
            for kind in ("plan 0", "plan 1"):
                gaps = [later - earlier for earlier, later in zip(left[kind], left[kind][1:], strict=False)]
                assert all(gap >= rules.automatic_spacing - 0.001 for gap in gaps), gaps
            assert sum(map(len, left.values())) == len(legs) + hands
            assert all(at - began < 0.5 for at in left["hand"]), "a hand does not wait for a plan"

    virtual(main())


def test_the_pace_is_kept_by_everything_but_cancels(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await ready(rig)
            pace = rig.settings.sends_per_second
            loop = asyncio.get_running_loop()
            began = loop.time()
            orders = await flooded(rig, 17)
            for one in orders:
                await rig.desk.settled(one.request)
            assert loop.time() - began >= 16 / pace - 0.001
            began = loop.time()
            await rig.desk.cancel_all()
            await rest(0.2)
            assert loop.time() - began < 0.5
            assert [name for name, _ in writes(rig)].count("cancel") == 17

    virtual(main())


def test_a_waiting_order_can_be_taken_back_and_is_never_sent(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await ready(rig)
            rig.broker.latency = SLOW
            await flooded(rig, 12)
            last = rig.desk.waiting()[-1]
            assert await rig.desk.withdraw(last.request.id) is None
            first = rig.desk.waiting()[0]
            assert isinstance(await rig.desk.cancel(first.order.id), TakenBack)
            await rest(SLOW * 4)
            assert len(writes(rig)) == 10
            assert {rig.state(one.order.id) for one in (first, last)} == {OrderState.WITHDRAWN}

    virtual(main())
