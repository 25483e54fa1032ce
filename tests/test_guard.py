"""The guard around every test: nothing beyond this machine is reached or looked up, and nobody can overhear it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

import pytest

from hoga.broker.addresses import PaperAddress
from hoga.broker.kis.host import PAPER_REST
from hoga.broker.transport import READS, HttpCall, HttpChannel, TransportError


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("192.0.2.1", 9443), timeout=1),
        lambda: socket.create_connection(("openapi.koreainvestment.com", 9443), timeout=1),
        lambda: socket.getaddrinfo("api.kiwoom.com", 443),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    ],
    ids=["an address", "a name", "a look-up", "a datagram"],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_reaching_out_is_refused_and_remembered(reach: Any, loopback_only: list[Any]) -> None:
    with pytest.raises(ConnectionRefusedError, match="a test"):
        reach()
    assert len(loopback_only) == 1
    loopback_only.clear()


def test_a_transport_that_swallows_the_error_is_caught_all_the_same(loopback_only: list[Any]) -> None:
    async def story() -> None:
        channel = HttpChannel(PaperAddress(PAPER_REST), READS)
        with contextlib.suppress(TransportError):
            await channel.send(HttpCall("GET", "/"))
        await channel.aclose()

    asyncio.run(story())
    assert loopback_only == ["openapivts.koreainvestment.com"]
    loopback_only.clear()
