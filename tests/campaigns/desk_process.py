"""A desk without a face, in a process of its own: somebody trades at it until it is killed, or it settles and ends.

    python -m tests.campaigns.desk_process FOLDER PRACTICE NAME SEED act|settle

What it does is told on stdout, a line at once:
``A`` an action begins, ``B`` it was blocked, ``Q id`` a question stands.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx

from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import BrokerError
from hoga.broker.practice_link import start_or_join
from hoga.domain.accounts import WireProfile
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.sessions import AlwaysOpen
from hoga.domain.ticks import price_grid
from hoga.storage.database import Database
from hoga.storage.folder import DataFolder
from hoga.trading.connection_desk import ConnectionDesk
from tests.broker.helpers import Vault
from tests.campaigns.person import Person, Prices
from tests.campaigns.world import INSTRUMENTS, PATIENCE

_LONGEST_LATE = timedelta(seconds=40)
_API_TEXT = "OpnAPI"
_CALM_LOOKS = 600
_PAUSES = (0.0, 0.0, 0.01, 0.02, 0.05, 0.1)


class Hurried(httpx.AsyncHTTPTransport):
    """Waits for no answer longer than the campaign's patience."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeout: Mapping[str, float] = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {name: min(value or PATIENCE, PATIENCE) for name, value in timeout.items()}
        return await super().handle_async_request(request)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Market:
    """Where the instruments stand, read anew all the time."""

    def __init__(self, desk: ConnectionDesk) -> None:
        self._desk = desk
        self._prices: dict[InstrumentId, Prices] = {}

    def __call__(self, id: InstrumentId) -> Prices:
        return self._prices[id]

    async def look(self) -> None:
        """Until each was read once."""
        while len(self._prices) < len(INSTRUMENTS):
            await self._read_all()
            await asyncio.sleep(0.05)

    async def follow(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            await self._read_all()

    async def _read_all(self) -> None:
        for id in INSTRUMENTS:
            try:
                quote = await self._desk.quote(id)
            except BrokerError:
                continue
            instrument = self._desk.instrument(id)
            if isinstance(instrument, Known):
                grid = price_grid(instrument.value, self._desk.clock.now().date())
                last = quote.last
                self._prices[id] = Prices(grid.down(last).units, grid.up(last).units, grid.up(last).units - last.units)


async def answer_questions(desk: ConnectionDesk, *, all_: bool) -> None:
    """The person knows what they did on the telephone. They answer after the last straggler can have come."""
    for question in desk.questions():
        tell(f"Q {question.request.id}")
        sent = question.request.sent_at or question.request.made_at
        if all_ or desk.clock.now() > sent + _LONGEST_LATE:
            ours = [row.number for row in question.candidates if row.channel == _API_TEXT]
            await desk.answer(question.id, ours[0] if ours else None)


async def act(desk: ConnectionDesk, chance: random.Random, name: str) -> None:
    """Trade until the end of the process."""
    market = Market(desk)
    await market.look()
    following = asyncio.ensure_future(market.follow())
    person = Person(desk, chance, INSTRUMENTS, market, name)
    await person.clear_offers()
    while not following.done():
        blocked = person.blocked
        tell("A")
        await person.act()
        if person.blocked > blocked:
            tell("B")
        if chance.random() < 0.1:
            await answer_questions(desk, all_=False)
        await asyncio.sleep(chance.choice(_PAUSES))


async def settle(desk: ConnectionDesk) -> None:
    """Let everything that is open come to its end."""
    for _ in range(_CALM_LOOKS):
        for offer in desk.offers():
            await desk.discard(offer.request.id)
        await answer_questions(desk, all_=False)
        if desk.health().aligned and not any(order.asked for order in desk.orders()):
            break
        await asyncio.sleep(0.1)
    await desk.reconcile()
    await asyncio.sleep(0.5)
    await desk.reconcile()


async def run(folder: Path, practice: Path, name: str, seed: str, deed: str) -> None:
    async with AsyncExitStack() as parts:
        held = parts.enter_context(DataFolder(folder))
        link = await start_or_join(practice)
        parts.push_async_callback(link.aclose, end_exchange=False)
        keys = next(one for one in link.endpoint.accounts if one.profile is WireProfile.KIS_REAL)
        broker = KisBroker(
            KisHost.on_practice(keys.profile, keys.rest, keys.ws, link.connection_name),
            KisKeys(keys.appkey, keys.appsecret, keys.hts_id),
            keys.account.reveal(), link.clock, Vault(), Hurried,
        )  # fmt: skip
        database = Database(held.journal)
        parts.push_async_callback(database.aclose)
        desk = ConnectionDesk(broker, database, link.clock, AlwaysOpen(), lambda raw: raw, limits=NO_RISK_LIMITS)
        parts.push_async_callback(desk.aclose)
        await desk.open()
        tell(f"C {desk.account.connection}")
        if deed == "act":
            await act(desk, random.Random(f"{seed} {name}"), name)
        else:
            await settle(desk)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:6]))
