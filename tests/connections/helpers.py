"""What the tests of several connections share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from hoga.app import DeskOptions, OpenConnections, open_connections
from hoga.base.secret_store import Secret
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.accounts import WireProfile
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Shares
from hoga.secrets import ConnectionSecrets, KeyringStore
from hoga.trading.connections import Addresses, Connection, Details, Draft, Field, Key, Standing
from hoga.trading.facade import Desk
from hoga.trading.market_source import Patience
from hoga.trading.views import Submitted
from tests.broker.helpers import until
from tests.secrets.test_stores import MemoryKeyring
from tests.ui.whole.conftest import Exchange

T = TypeVar("T")
KIS, KIWOOM = Key("practice-kis"), Key("practice-kiwoom")
SAMSUNG, HYNIX = InstrumentId("005930"), InstrumentId("000660")
PATIENCE = 45.0
QUICK = Patience(down=1.0, calm=2.0)


def run(story: Coroutine[Any, Any, T]) -> T:
    async def limited() -> T:
        async with asyncio.timeout(120):
            return await story

    return asyncio.run(limited())


@asynccontextmanager
async def desk_of(
    exchange: Exchange, folder: Path, keyring: MemoryKeyring | None = None, **more: Any
) -> AsyncIterator[OpenConnections]:
    """The connections of the desk in ``folder``, on a running exchange."""
    backend = keyring or MemoryKeyring()
    secrets = ConnectionSecrets(exchange.data / "practice", KeyringStore(lambda: backend))
    async with open_connections(DeskOptions(exchange.data, own_folder=folder, **more), secrets, QUICK) as connections:
        yield connections


def row(connections: OpenConnections, key: Key) -> Connection:
    return next(one for one in connections.all() if one.details.key == key)


def standings(connections: OpenConnections) -> list[Standing]:
    return [one.standing for one in connections.all()]


async def opened(connections: OpenConnections, key: Key) -> Desk:
    """The desk of a connection, once it is open and its streams are live. One that did not come up is followed by
    another, so it is looked up anew each time."""

    def up() -> bool:
        one = row(connections, key)
        return one.standing is Standing.OPEN and one.desk is not None and live(one.desk)

    try:
        await until(up, PATIENCE)
    except TimeoutError as error:
        raise AssertionError(f"{key} is not live: {row(connections, key)}") from error
    desk = row(connections, key).desk
    assert desk is not None
    return desk


def live(desk: Desk) -> bool:
    health = desk.health()
    lights = [health.streams.get(stream) for stream in Stream]
    return health.aligned and all(light is not None and light.health is StreamHealth.LIVE for light in lights)


def market(desk: Desk, side: Side, quantity: int, instrument: InstrumentId = SAMSUNG) -> Ticket:
    return Ticket(desk.new_ticket_id(), desk.account, instrument, side, OrderType.MARKET, Shares(quantity))


async def read_up(desk: Desk) -> None:
    """Everything is known that a person would else be asked about."""
    await asyncio.gather(desk.instruments(), desk.quote(SAMSUNG))
    await until(lambda: isinstance(desk.portfolio().orderable, Known), PATIENCE)


async def traded(desk: Desk, side: Side, quantity: int) -> Order:
    """A market order, from the ticket to its last fill."""
    await read_up(desk)
    answer = await desk.submit(market(desk, side, quantity))
    assert isinstance(answer, Submitted), answer

    def filled() -> bool:
        order = desk.order(answer.order)
        return order is not None and order.state is OrderState.FILLED

    await until(filled, PATIENCE)
    order = desk.order(answer.order)
    assert order is not None
    return order


def typed(exchange: Exchange, environment: str = "real", **changes: str) -> dict[Field, Secret]:
    """The keys of the exchange's KIS account, as a person types them."""
    at = exchange.process.account(environment)
    texts = {
        Field.APP_KEY: at["appkey"],
        Field.APP_SECRET: at["appsecret"],
        Field.ACCOUNT: at["account"],
        Field.HTS_ID: at["hts_id"],
    }
    return {field: Secret(changes.get(field.name.lower(), text)) for field, text in texts.items()}


def by_hand(exchange: Exchange, name: str = "직접 입력", **changes: Any) -> Details:
    """A connection to the exchange as to any other host: address and keys entered by a person."""
    kis = exchange.process.endpoint["kis"]
    at = Addresses(kis["rest"], kis["ws"])
    return Details(Key(""), name, WireProfile.KIS_REAL, **{"addresses": at, **changes})


async def saved(connections: OpenConnections, exchange: Exchange, **changes: Any) -> Key:
    """The exchange's KIS account once more, by hand; the usual connection to it is given up for it."""
    await connections.enable(KIS, False)
    return await connections.save(Draft(by_hand(exchange, **changes), typed(exchange)))


def wait_for(holds: Callable[[], object]) -> Coroutine[Any, Any, None]:
    return until(holds, PATIENCE)
