"""The exchange killed, frozen, made slow, its stream cut, under the window: it tells the truth, and heals by itself."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from hoga.broker.port import Stream, StreamHealth
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Shares
from hoga.trading.views import Consent, MustAsk, Submitted
from hoga.ui.context import FRAME_MS
from hoga.ui.order.market import STALE_AFTER
from hoga.ui.order.market import Freshness as Tickets
from hoga.ui.quote.selected import Freshness
from tests.support.person import NotSeen, Person, at_the_desk
from tests.ui.whole.conftest import Control

SAMSUNG = "005930"
SPEED = 8
"""Limits are market time: so fast, ten seconds of it pass in little more than one."""
HEALED_S = 35.0
"""On a machine that is busy with other things; an idle one needs three to six."""
_LOOK_S = 0.005
_A_FEW_FRAMES_S = 0.15
"""How late a change may be seen on a busy machine; an idle one needs a frame or two."""
Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Desk:
    """A person at a desk that has started its own exchange, with a working order far from the market."""

    def __init__(self, person: Person, folder: Path) -> None:
        self.person = person
        self._folder = folder

    @property
    def pid(self) -> int:
        return int(self._endpoint()["pid"])

    @property
    def control(self) -> Control:
        return Control(str(self._endpoint()["control"]))

    def _endpoint(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self._folder / "practice" / "endpoint.json").read_text())
        return read

    def streams(self) -> StreamHealth:
        return self.person.desk.health().streams[Stream.QUOTES].health


@asynccontextmanager
async def own_exchange(app: QApplication, folder: Path, speed: int = SPEED) -> AsyncIterator[Desk]:
    """The quote of a lively name is on the screen, live."""
    async with at_the_desk(app, folder, "--seed=31", f"--speed={speed}") as person:
        await person.find("ㅅㅅㅈㅈ", SAMSUNG)
        await person.show("quote")
        await within(lambda: lives(person), "live prices")
        yield Desk(person, folder)


async def within(holds: Callable[[], object], what: str, seconds: float = HEALED_S) -> float:
    """Wait until it is so; returns how long that took. Raises NotSeen."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise NotSeen(f"{what}, within {seconds:g} s")
        await asyncio.sleep(_LOOK_S)
    return time.monotonic() - began


def lives(person: Person) -> bool:
    return person.quote.market.price_freshness() is Freshness.LIVE


def inks(widget: QWidget) -> set[str]:
    """Every colour that is painted on it now."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {QColor(int(pixel)).name() for pixel in np.unique(np.frombuffer(image.constBits(), np.uint32))}


def drawn_stale(person: Person, widget: QWidget) -> bool:
    return QColor(person.context.tokens.stale).name() in inks(widget)


async def place_far_below(person: Person, ticks: int = 9) -> Order:
    """Through the ticket, pinned."""
    ticket, before = person.order.ticket, {order.id for order in person.desk.orders()}
    await person.show("order")
    await within(lambda: person.best(Side.BUY), "a book")
    best = person.best(Side.BUY)
    assert best is not None
    ticket.model.set_side(Side.BUY)
    ticket.model.pin(person.step(best, -ticks))
    await person.key("Alt+Q")
    await person.type("7")
    await within(ticket.send.isEnabled, "the order can be sent")
    await person.key("Return")
    await within(lambda: {order.id for order in person.desk.orders()} - before, "a new order")
    return next(order for order in person.desk.orders() if order.id not in before)


async def far_below(person: Person) -> Ticket:
    await within(lambda: person.best(Side.BUY), "a book")
    best = person.best(Side.BUY)
    assert best is not None
    limit = person.step(best, -9)
    desk, instrument = person.desk, person.context.instrument
    assert instrument is not None
    return Ticket(desk.new_ticket_id(), desk.account, instrument, Side.BUY, OrderType.LIMIT, Shares(7), limit)


async def submitted(person: Person, ticket: Ticket) -> Order:
    """Sent whatever there is to ask: how much is noticed of an exchange that dies at this moment is chance."""
    answer = await person.desk.submit(ticket)
    while isinstance(answer, MustAsk):
        answer = await person.desk.submit(ticket, Consent(frozenset(one.code for one in answer.questions)))
    assert isinstance(answer, Submitted), answer
    order = person.desk.order(answer.order)
    assert order is not None
    return order


def state(person: Person, order: Order) -> str:
    now = person.desk.order(order.id)
    assert now is not None
    return now.state.value


async def works(person: Person, order: Order) -> None:
    await within(lambda: state(person, order) == "working", "the order works")


def start_market_ticket(person: Person) -> None:
    """A ticket that leans on the price of now: it has to wait while there is none."""
    person.order.ticket.model.set_kind(OrderType.MARKET, TimeInForce.DAY)


def why_waiting(person: Person) -> str:
    ticket = person.order.ticket
    return ticket.why_not.text() if ticket.model.standing.waits and not ticket.send.isEnabled() else ""


# --- stories ---------------------------------------------------------------------------------------------------------


def test_a_killed_exchange_comes_back_by_itself(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    """SIGKILL: stale at once, the ticket waits, the desk starts the exchange again, and every order is there once."""

    async def story() -> None:
        async with own_exchange(qapp, tmp_path) as desk:
            person, first = desk.person, desk.pid
            kept = await place_far_below(person)
            await works(person, kept)
            start_market_ticket(person)
            os.kill(first, signal.SIGKILL)
            await within(lambda: desk.streams() is not StreamHealth.LIVE, "the loss is noticed", 5.0)
            freshness = person.quote.market.price_freshness
            await within(lambda: freshness() is Freshness.STALE, "the price is stale", _A_FEW_FRAMES_S)
            await person.show("quote")
            await within(lambda: drawn_stale(person, person.quote.headline), "the price is drawn stale", 1.0)
            await within(lambda: person.window.attention.trouble.isVisible(), "what is wrong is said", 5.0)
            await within(lambda: lives(person), "prices live again")
            await within(lambda: not person.window.attention.trouble.isVisible(), "nothing is wrong any more")
            assert desk.pid != first, "another process"
            await works(person, kept)
            await within(lambda: person.desk.health().aligned, "our orders agree with the broker's")
            theirs = desk.control.ask("/orders")
            assert [(one["quantity"], one["remaining"]) for one in theirs] == [(7, 7)]
            assert [order.id for order in person.open_orders()] == [kept.id]

    run(story())


def test_an_order_sent_to_a_dead_exchange_is_there_once_or_never(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with own_exchange(qapp, tmp_path) as desk:
            person = desk.person
            ticket = await far_below(person)
            os.kill(desk.pid, signal.SIGKILL)
            sent = await submitted(person, ticket)
            await within(lambda: lives(person) and person.desk.health().aligned, "all heals")
            await within(lambda: state(person, sent) in ("working", "refused", "absent"), "what became of it is known")
            left = [one for one in desk.control.ask("/orders") if one["remaining"]]
            assert len(left) == (1 if state(person, sent) == "working" else 0)
            assert len(person.open_orders()) == len(left)

    run(story())


def test_a_frozen_exchange_is_not_taken_for_a_quiet_one(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    """SIGSTOP: every connection stays open and nothing comes. Market time stands still, and prices age all the same."""

    async def story() -> None:
        async with own_exchange(qapp, tmp_path) as desk:
            person = desk.person
            kept = await place_far_below(person)
            await works(person, kept)
            start_market_ticket(person)
            pid = desk.pid
            os.kill(pid, signal.SIGSTOP)
            try:
                await within(lambda: why_waiting(person), "the ticket waits and says why", 6.0)
                (said,) = re.findall(r"\d+", why_waiting(person))
                assert int(said) >= STALE_AFTER
                assert drawn_stale(person, person.order.ticket.head)
                await person.show("quote")
                assert person.quote.market.price_freshness() is Freshness.STALE
                await within(lambda: drawn_stale(person, person.quote.headline), "the price is drawn stale", 1.0)
                assert person.window.attention.trouble.isVisible()
            finally:
                os.kill(pid, signal.SIGCONT)
            await within(lambda: lives(person), "prices live again")
            await person.show("order")
            await within(lambda: not why_waiting(person), "the ticket waits no longer")
            assert desk.pid == pid, "it was never started twice"
            assert [(one["quantity"], one["remaining"]) for one in desk.control.ask("/orders")] == [(7, 7)]
            assert state(person, kept) == "working"

    run(story())


def test_without_its_stream_a_price_is_stale_within_a_frame_of_the_limit(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    """The stream cannot come back and nothing can be read: the ticket waits once the price is ten seconds old."""

    async def story() -> None:
        async with own_exchange(qapp, tmp_path) as desk:
            person, control = desk.person, desk.control
            await person.show("order")
            start_market_ticket(person)
            control.tell("/faults", kind="cut before", operations=["approval", "read"], chance=1.0)
            control.tell("/streams/drop")
            head = person.order.ticket.model
            await within(lambda: head.standing.market.freshness is Tickets.SILENT, "the stream is lost", 5.0)  # type: ignore[union-attr]
            assert not why_waiting(person), "a young price is still good"
            lateness: list[float] = []

            def waited() -> bool:
                market = head.standing.market
                if why_waiting(person) and market is not None and market.age is not None:
                    lateness.append((market.age - STALE_AFTER) / SPEED)
                return bool(lateness)

            await within(waited, "the ticket waits", 6.0)
            assert 0 <= lateness[0] < _A_FEW_FRAMES_S + 4 * FRAME_MS / 1000
            control.tell("/faults", method="DELETE")
            await within(lambda: desk.streams() is StreamHealth.LIVE, "the stream lives again")
            await within(lambda: not why_waiting(person), "the ticket waits no longer")

    run(story())


def test_a_cut_stream_is_filled_and_live_again(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    """What was missed is read, the gap is shown in the tape, and the fill of meanwhile is there once."""

    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=1) as desk:
            person, control = desk.person, desk.control
            seen: list[StreamHealth] = []
            undo = person.desk.subscribe(lambda _change: seen.append(desk.streams()))
            control.tell("/streams/drop")
            await within(lambda: StreamHealth.DOWN in seen, "the cut is noticed", 5.0)
            await within(lambda: desk.streams() is StreamHealth.LIVE and lives(person), "live again")
            undo()
            assert StreamHealth.FILLING_GAP in seen, "not live before the gap was filled"
            await person.show("order")
            control.tell("/faults", kind="notice withhold", chance=1.0)
            order = await place_far_below(person, ticks=-3)
            control.tell("/streams/drop")
            control.tell("/faults", method="DELETE")
            await within(lambda: state(person, order) == "filled", "the fill was not lost")
            await within(lambda: person.held(SAMSUNG) == 7, "nor doubled in the holdings")
            assert [fill["quantity"] for fill in control.ask("/fills")].count(7) <= 1
            assert sum(fill["quantity"] for fill in control.ask("/fills")) == 7

    run(story())


def test_a_slow_answer_and_a_lost_one_place_an_order_once(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    """While an answer is awaited the window works on; one that never comes is settled by asking, not by sending."""

    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=1) as desk:
            person, control = desk.person, desk.control
            control.tell("/faults", kind="slow after", operations=["new"], seconds=1.5)
            slow = await place_far_below(person)
            frames = 0

            def count(_dirty: object) -> None:
                nonlocal frames
                frames += 1

            person.context.frame.connect(count)
            assert state(person, slow) != "working"
            await works(person, slow)
            person.context.frame.disconnect(count)
            assert frames > 3, "the window went on while the answer was out"
            control.tell("/faults", kind="cut after", operations=["new"])
            lost = await place_far_below(person, ticks=7)
            await works(person, lost)
            theirs = [one for one in control.ask("/orders") if one["remaining"]]
            assert sorted(one["quantity"] for one in theirs) == [7, 7]
            assert len({one["limit"] for one in theirs}) == 2

    run(story())
