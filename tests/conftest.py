"""What every test gets: no socket beyond loopback, and the goldens' folder."""

from __future__ import annotations

import functools
import gc
import ipaddress
import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_name, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"
# httpx reads all certificates of the machine for each client that it makes, and no test ever meets one of them.
ssl.create_default_context = functools.cache(ssl.create_default_context)


def pytest_collection_finish() -> None:
    """What was imported stays: the window's tests collect garbage hundreds of times, and need not look at it."""
    gc.collect()
    gc.freeze()


GOLDENS = Path(__file__).resolve().parents[1].parent / "shared" / "goldens"


@pytest.fixture
def goldens() -> Path:
    """The folder of recorded broker messages; the test is skipped where it is absent."""
    if not GOLDENS.is_dir():
        pytest.skip("the recorded broker messages (../shared/goldens) are not here")
    return GOLDENS


def _is_loopback(host: Any) -> bool:
    if host in (None, "localhost", "", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


class Reached(ConnectionRefusedError):
    """A test tried to reach beyond this machine."""


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """A test that reaches for a host beyond this machine, or asks for its address, fails, even if nobody hears the
    error: everything it tried is in the list, which must be empty in the end."""
    tried: list[Any] = []

    def guarded(name: str) -> None:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if isinstance(address, tuple) and not _is_loopback(address[0]):  # else a local (unix) socket
                tried.append(address)
                raise Reached(f"a test tried to reach {address!r}")
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, call)

    real_lookup = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **more: Any) -> Any:
        if not _is_loopback(host):
            tried.append(host)
            raise Reached(f"a test asked for the address of {host!r}")
        return real_lookup(host, *arguments, **more)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield tried
    assert not tried, f"a test tried to reach {tried!r}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many recorded broker messages were read (``record_property("goldens", "read 60 of 60 …")``)."""
    reports = [report for group in terminalreporter.stats.values() for report in group if hasattr(report, "nodeid")]
    read = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "goldens"}
    for line in sorted(read):
        terminalreporter.write_line(f"goldens: {line}")
