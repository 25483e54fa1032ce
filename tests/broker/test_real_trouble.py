"""When the account, the limits or the network make trouble, over real sockets at the broker's own limits."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hoga.base.message import Language, Wording
from hoga.broker.kis.wording import WORDING
from hoga.broker.port import (
    Accepted,
    NotSent,
    NotSentReason,
    SessionExpired,
    Stream,
    StreamChanged,
    StreamHealth,
    Unreachable,
    WrongKeys,
)
from hoga.broker.wording import WORDING as SHARED_WORDING
from hoga.domain.accounts import WireProfile
from hoga.domain.tickets import Side
from tests.broker.helpers import Vault, until
from tests.broker.real_desk import BOTH, PATIENCE, SAMSUNG, RealDesk, World, world

REAL, PAPER = WireProfile.KIS_REAL, WireProfile.KIS_PAPER
STRICT = ("--start", "2026-11-20T09:30:00", "--speed", "1")
"""All limits are on, at the pace of a real market."""


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("exchange"), *STRICT) as made:
        yield made


def in_words(message: Any) -> None:
    """A message has a sentence and something to do, in both languages."""
    wording: Wording = {**SHARED_WORDING, **WORDING}[message.code]
    for language in Language:
        assert wording.sentence(message, language) and wording.action(message, language), message


def tokens(desk: RealDesk) -> int:
    return len(desk.world.requests("token"))


async def _until_a_token_may_be_asked_for(desk: RealDesk) -> None:
    """One is given at most once a market minute, whoever asked before."""
    last = desk.broker.token.next_issue
    await until(lambda: last is None or desk.link.clock.now() >= last, PATIENCE)


@BOTH
def test_a_token_is_kept_and_not_issued_twice(exchange: World, profile: WireProfile) -> None:
    counts: list[int] = []

    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        counts.append(tokens(desk))
        assert (await desk.broker.quote(SAMSUNG)).last.units > 0
        assert desk.broker.token.expires is not None
        secret = next(iter(desk.world.vaults[profile].entries.values())).reveal()
        assert desk.scrubber.text(secret.split('"')[3]) != secret.split('"')[3]  # it would not reach a log

    exchange.play(profile, story)
    exchange.play(profile, story)
    assert len(set(counts)) == 1


def test_an_expired_token_heals_in_the_middle_of_everything(tmp_path: Path) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        await _until_a_token_may_be_asked_for(desk)
        issued = tokens(desk)
        desk.world.post("/tokens/expire")
        quotes = await asyncio.gather(*(desk.broker.quote(SAMSUNG) for _ in range(5)))
        assert len(quotes) == 5 and tokens(desk) == issued + 1
        assert isinstance(await desk.buy(1, low), Accepted)

        await _until_a_token_may_be_asked_for(desk)
        sent = len(desk.ledger())
        desk.world.post("/tokens/expire")
        outcome = await desk.place(Side.BUY, 1, low)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN
        in_words(outcome.why)
        assert len(desk.ledger()) == sent
        assert isinstance(await desk.place(Side.BUY, 1, low), Accepted)  # the outbox's one more time
        assert tokens(desk) == issued + 2

    with world(tmp_path, "--speed", "60") as own:  # a market minute is a second
        own.play(REAL, story)


def test_a_token_asked_for_too_often_is_refused_in_the_broker_s_words(tmp_path: Path) -> None:
    async def first(desk: RealDesk) -> None:
        await desk.broker.open()

    async def second(desk: RealDesk) -> None:
        with pytest.raises(SessionExpired) as caught:
            await desk.broker.open()
        assert caught.value.code == "EGW00133" and "1분당 1회" in caught.value.text
        in_words(caught.value.message)
        outcome = await desk.place(Side.BUY, 1, None)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN
        in_words(outcome.why)
        assert tokens(desk) == 2 and desk.ledger() == {}

    with world(tmp_path) as own:
        own.play(PAPER, first)
        own.play(PAPER, second, vault=Vault())


@BOTH
def test_wrong_keys_are_named_and_nothing_connects(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        with pytest.raises(WrongKeys) as caught:
            await desk.broker.open()
        assert caught.value.code == "EGW00103" and caught.value.text == "유효하지 않은 AppKey입니다."
        in_words(caught.value.message)
        await asyncio.sleep(0)
        assert desk.healths(Stream.REST)[-1] is StreamHealth.DOWN and desk.healths(Stream.QUOTES) == []

    exchange.play(profile, story, appkey="Z" * 36, vault=Vault())


def test_a_flood_of_reads_keeps_to_the_limit_and_costs_an_order_nothing(exchange: World) -> None:
    """What a window asks for in its first second: the broker turns nothing away, and orders do not wait for reads."""

    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        after = desk.world.requests()[-1]["number"]
        flood = [asyncio.ensure_future(desk.broker.quote(SAMSUNG)) for _ in range(45)]
        for done in (1, 16, 31):
            await until(lambda wanted=done: sum(each.done() for each in flood) >= wanted, PATIENCE)  # type: ignore[misc]
            # By this machine's time: the exchange's is told ten times a second, and makes up for silence in one leap.
            began = asyncio.get_running_loop().time()
            placed = await desk.place(Side.BUY, 1, low)
            assert isinstance(placed, Accepted), placed
            assert asyncio.get_running_loop().time() - began < 1.0  # the reads take three seconds and more
        assert not all(each.done() for each in flood), "the orders waited for the reads"
        await asyncio.gather(*flood)
        codes = [row["code"] for row in desk.world.requests() if row["number"] > after]
        assert len(codes) == 48 and "EGW00201" not in codes

    exchange.play(REAL, story)


def test_too_many_requests_slow_the_reads_down(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        desk.fault("refuse", operations=["read"], code="EGW00201", count=1)
        assert (await desk.broker.quote(SAMSUNG)).last.units > 0
        recorded = [row["code"] for row in desk.world.requests("read")][-2:]
        assert recorded[0] == "EGW00201" != recorded[1]

    exchange.play(REAL, story)


def test_an_order_turned_away_by_the_counter_is_not_sent(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        before = len(desk.ledger())
        desk.fault("refuse", operations=["new"], code="EGW00201")
        outcome = await desk.place(Side.BUY, 1, low)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.THROTTLED
        assert outcome.code == "EGW00201" and outcome.text == "초당 거래건수를 초과하였습니다."
        in_words(outcome.why)
        assert len(desk.ledger()) == before

    exchange.play(REAL, story)


def test_a_network_that_is_gone_is_said_and_an_order_proven_unsent(exchange: World) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        nowhere = f"http://127.0.0.1:{nobody.getsockname()[1]}"

        async def story(desk: RealDesk) -> None:
            with pytest.raises(Unreachable) as caught:
                await desk.broker.open()
            in_words(caught.value.message)
            outcome = await desk.place(Side.BUY, 1, None)
            assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.NOT_CONNECTED
            in_words(outcome.why)
            await asyncio.sleep(0)
            assert desk.healths(Stream.REST)[-1] is StreamHealth.DOWN

        exchange.play(REAL, story, rest=nowhere, vault=Vault())


def test_a_stream_host_that_is_gone_leaves_rest_alive_and_says_so(exchange: World) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        nowhere = f"ws://127.0.0.1:{nobody.getsockname()[1]}"

        async def story(desk: RealDesk) -> None:
            await desk.broker.open()
            await until(lambda: desk.healths(Stream.QUOTES).count(StreamHealth.DOWN) >= 2, PATIENCE)
            why = [e.why for e in desk.of(StreamChanged) if e.stream is Stream.QUOTES and e.why][-1]
            assert why.code == "STREAM_UNREACHABLE"
            in_words(why)
            assert (await desk.broker.quote(SAMSUNG)).last.units > 0 and desk.live(Stream.REST)

        exchange.play(REAL, story, ws=nowhere)
