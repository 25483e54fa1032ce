"""From the key press to the bytes of a cancel on the socket: while reads are flooded, orders hang at the broker without
an answer, and 30 more wait; and while a plan sends its children and the window is told 5,000 updates a second.

A real window, desk, journal (fsync) and exchange process. Counted between the press and the bytes: frames of the window
and sends of anything else.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hoga.app.window import application
from hoga.domain.instruments import InstrumentId
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.tickets import OrderId, OrderType, PlanChild, Side, Ticket
from hoga.domain.ticks import price_grid
from hoga.domain.values import Price, Shares
from hoga.trading.views import Submitted
from tests.benchmarks.click import RATE, Feed, ready
from tests.benchmarks.figures import Figure
from tests.benchmarks.results import Result, Spread
from tests.benchmarks.wire import Bound, Wire, at_an_exchange, pair
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Control

WAITING = 30
READERS = 12
_MOST_WON = 8_000
_PLACES = 16
"""Instruments of a plan: automatic orders in one of them are seconds apart."""
_BETWEEN_CHILDREN = 0.2
_BETWEEN_PRESSES = 0.4
"""Seconds: a person at a time. A flood of reads leaves orders and cancels five of the broker's twenty calls a second:
faster presses would measure the broker's limit."""


async def _working(person: Person, count: int, at: tuple[InstrumentId, Price]) -> list[OrderId]:
    """Orders that wait at the exchange: what is cancelled, one after the other."""
    made = []
    for n in range(count):
        ticket = _ticket(person, 50 + n, at)
        answer = await person.desk.submit(ticket)
        assert isinstance(answer, Submitted), answer
        await person.desk.settled(answer.request)
        made.append(answer.order)
    return made


def _ticket(person: Person, quantity: int, at: tuple[InstrumentId, Price], origin: PlanChild | None = None) -> Ticket:
    desk, (instrument, price) = person.desk, at
    ticket = Ticket(desk.new_ticket_id(), desk.account, instrument, Side.BUY, OrderType.LIMIT, Shares(quantity), price)
    return ticket if origin is None else replace(ticket, origin=origin)


async def _flood(person: Person, instrument: InstrumentId) -> None:
    while True:
        reads = [person.desk.quote, person.desk.book] * READERS
        await asyncio.gather(*(read(instrument) for read in reads), return_exceptions=True)


async def _cheap(person: Person, count: int = 1, most: int = _MOST_WON) -> list[tuple[InstrumentId, Price]]:
    """Instruments of which many orders are affordable, each with a price some ticks below its market."""
    found = []
    for known in person.context.instruments:
        book = await person.desk.book(known.id)
        if book.best_bid is not None and book.best_bid.units < most:
            grid = price_grid(known, person.desk.schedule.rules_day(person.desk.clock.now().date()))
            found.append((known.id, grid.step(book.best_bid, -12)))
        if len(found) == count:
            return found
    raise AssertionError("everything is dear")


async def _one_press(person: Person, order: OrderId, wire: Wire, frames: list[float]) -> tuple[float, int, int]:
    """Seconds from the press to the cancel's bytes; frames and other sends between."""
    sent, pressed, view = len(wire.sends), 0.0, person.pending.view

    def press() -> None:
        nonlocal pressed
        view.setFocus()
        assert view.choose(order)
        pressed = time.perf_counter()
        QTest.keyClick(view, Qt.Key.Key_Delete)

    await person.by_hand(press)
    await person.sees(lambda: wire.left(sent), "the cancel leaves")
    left = wire.left(sent) or pressed
    others = sum(not cancel and pressed < at < left for at, cancel in wire.sends[sent:])
    between = sum(pressed < at < left for at in frames)
    return left - pressed, between, others


async def _measure(data: Path, control: Control, tries: int) -> Result:
    app, wire, frames = application(), Wire(), []
    async with at_the_desk(app, data) as person:
        person.desk.set_limits(NO_RISK_LIMITS)
        (at,) = await _cheap(person)
        orders = await _working(person, tries, at)
        await person.show("pending")
        control.tell("/faults", kind="slow before", operations=["new"], seconds=14, count=1000)
        for n in range(WAITING + 10):
            origin = PlanChild("benchmark", n, 0, 0) if n % 2 else None
            answer = await person.desk.submit(_ticket(person, 1 + n, at, origin))
            assert isinstance(answer, Submitted), answer
        flood = asyncio.get_running_loop().create_task(_flood(person, at[0]))
        person.context._beat._timer.timeout.connect(lambda: frames.append(time.perf_counter()))
        wire.watch()
        try:
            await asyncio.sleep(1.0)
            health = person.desk.health()
            assert health.waiting >= WAITING, f"only {health.waiting} wait, {health.in_flight} are on their way"
            pressed = []
            for order in orders:
                await asyncio.sleep(_BETWEEN_PRESSES)
                pressed.append(await _one_press(person, order, wire, frames))
        finally:
            wire.leave()
            flood.cancel()
            control.tell("/faults", method="DELETE")
        counts = {
            "most_frames_between": max(one[1] for one in pressed),
            "median_frames_between": sorted(one[1] for one in pressed)[len(pressed) // 2],
            "most_sends_between": max(one[2] for one in pressed),
            "waiting": len(person.desk.waiting()),
            "reads_sent": sum(not cancel for _, cancel in wire.sends),
        }
        return Result("cancel: key press to bytes", Spread.of([one[0] for one in pressed]), counts)


# --- while a plan sends -----------------------------------------------------------------------------------------------


async def _children(person: Person, places: Sequence[tuple[InstrumentId, Price]]) -> None:
    """What a plan sends in its rounds, one after the other."""
    for n in itertools.count():
        child = _ticket(person, 1 + n // len(places) % 5, places[n % len(places)], PlanChild("benchmark", n, 0, 0))
        await person.desk.submit(child)
        await asyncio.sleep(_BETWEEN_CHILDREN)


async def _beside_a_plan(data: Path, control: str, tries: int) -> list[Figure]:
    async with at_the_desk(application(), data) as person:
        person.desk.set_limits(NO_RISK_LIMITS)
        prices, wire, bound = await ready(person), Wire(), Bound(data, control)
        places = await _cheap(person, _PLACES, 5 * _MOST_WON)
        orders = await _working(person, tries + 2, min(places, key=lambda place: place[1].units))
        await person.show("pending")
        feed = Feed(person.desk.board, prices, person.desk.clock.now(), RATE)
        plan = asyncio.get_running_loop().create_task(_children(person, places))
        wire.watch()
        gc.freeze()  # as the app does once its window is made
        feed.start()
        ours, theirs = [], []
        try:
            for order in orders:
                await asyncio.sleep(_BETWEEN_PRESSES / 2)
                ours.append((await _one_press(person, order, wire, []))[0])
                await asyncio.sleep(_BETWEEN_PRESSES / 2)
                theirs.append(await bound.once())
            assert sum(not cancel for _, cancel in wire.sends) >= tries, "nothing was sent beside the cancels"
        finally:
            feed.stop()
            wire.leave()
            plan.cancel()
            await bound.aclose()
    return pair(f"cancel while a plan sends, {RATE:,} a second", ours[2:], theirs[2:])


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    tries = 3 if quick else 15 * rounds
    return at_an_exchange(lambda data, control: _beside_a_plan(data, control, tries))


def run(quick: bool) -> Result:
    """Measure on an exchange of its own. Raises AssertionError when the scene could not be set."""
    return at_an_exchange(lambda data, control: _measure(data, Control(control), 3 if quick else 30))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few tries only")
    sys.stdout.write(run(parser.parse_args().quick).line() + "\n")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    raise SystemExit(main())
