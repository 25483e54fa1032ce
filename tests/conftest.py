"""What every test gets: no socket beyond loopback, and the goldens' folder."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_name, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"

GOLDENS = Path(__file__).resolve().parents[1].parent / "shared" / "goldens"


@pytest.fixture
def goldens() -> Path:
    """The folder of recorded broker messages; the test is skipped where it is absent."""
    if not GOLDENS.is_dir():
        pytest.skip("the recorded broker messages (../shared/goldens) are not here")
    return GOLDENS


def _is_loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a local (unix) socket
    host = address[0]
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that reaches for a real host fails instead."""
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_loopback(address):
            raise AssertionError(f"a test tried to reach {address!r}")
        return real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        if not _is_loopback(address):
            raise AssertionError(f"a test tried to reach {address!r}")
        return real_connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    yield


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many recorded broker messages were read (``record_property("goldens", "read 60 of 60 …")``)."""
    reports = [report for group in terminalreporter.stats.values() for report in group if hasattr(report, "nodeid")]
    read = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "goldens"}
    for line in sorted(read):
        terminalreporter.write_line(f"goldens: {line}")
