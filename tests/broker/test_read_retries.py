"""Reads are asked again after 1, 3 and 5 seconds, each time with some jitter, and only where that may help."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from hoga.base.message import Message
from hoga.base.virtual_loop import run_virtual
from hoga.broker.calls import repeated
from hoga.broker.port import BadReply, BrokerError, NotFound, SessionExpired, Throttled, Unreachable, WrongKeys

WAITS = (1.0, 3.0, 5.0)
JITTER = 0.5


def tried(errors: list[BrokerError]) -> tuple[list[float], BrokerError | None]:
    """When it was asked, and what came of it; after the errors it works."""
    left = list(errors)

    async def main() -> tuple[list[float], BrokerError | None]:
        loop = asyncio.get_running_loop()
        asked: list[float] = []

        async def ask() -> str:
            asked.append(loop.time())
            if left:
                raise left.pop(0)
            return "fine"

        try:
            await repeated(ask)
        except BrokerError as error:
            return asked, error
        return asked, None

    return run_virtual(main())


def gaps(asked: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(asked)]


@pytest.mark.parametrize("kind", [Throttled, Unreachable])
@pytest.mark.parametrize("failures", range(4))
def test_it_waits_one_three_and_five_seconds(kind: type[BrokerError], failures: int) -> None:
    asked, error = tried([kind(Message("X"))] * failures)
    assert error is None
    waited = gaps(asked)
    assert len(waited) == failures
    for wanted, was in zip(WAITS, waited, strict=False):
        assert wanted - 1e-6 <= was <= wanted + JITTER + 1e-6


def test_four_failures_are_the_end() -> None:
    asked, error = tried([Unreachable(Message("X"))] * 5)
    assert isinstance(error, Unreachable)
    assert len(asked) == 4


@pytest.mark.parametrize("kind", [BadReply, NotFound, SessionExpired, WrongKeys])
def test_what_would_not_help_is_not_repeated(kind: type[BrokerError]) -> None:
    asked, error = tried([kind(Message("X"))])
    assert isinstance(error, kind)
    assert len(asked) == 1


def test_no_two_windows_come_back_in_the_same_moment() -> None:
    rounds = {tuple(round(gap, 4) for gap in gaps(tried([Throttled(Message("X"))] * 3)[0])) for _ in range(8)}
    assert len(rounds) > 1, "without jitter everybody would be back at once"
