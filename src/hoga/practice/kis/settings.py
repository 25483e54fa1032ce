"""What can be switched at the KIS door while it runs. Every field is read anew for each request and each record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from hoga.practice.switches import Switches


class DoorSettings(Switches):
    """Defaults are how the broker behaves today (kis.md 3, 5.6, 10); switches exist for older clients and for tests.

    ``rate_limits``, ``real_per_second``, ``paper_per_second``: calls per second of market time and app key, else
    EGW00201.
    ``token_minute_rule``: a second token within a minute of market time is refused (EGW00133).
    ``expiry_in_machine_time``: write a token's end by the machine's clock, for clients that compare it with their own
    while market time is made up; its life still runs in market time.
    ``paper_gaps``: operations that paper trading lacks are refused there (EGW02006).
    ``paper_foreign_pending``: the disputed VTTS3018R answers on paper (kis.md 4.3.13).
    ``strict_bodies``: POST bodies with lower-case keys or values that are no text are refused.
    ``check_branch``: a modify or cancel must name the branch of its original order.
    ``future_minutes``: a minute chart asked for a time not yet reached repeats the price up to 15:30 (kis.md 4.1.4).
    ``blank_rows``: account lists end in a placeholder row, as some do (kis.md 1.5).
    ``*_width``: fields per stream record. ``ping_seconds``, ``ping_drop_seconds`` (0: never), ``registrations`` and
    ``key_linger_seconds`` (how long a key stays in use after its socket broke) belong to the stream.
    ``clock_ahead_seconds``: the ``Date`` of HTTP answers is so far ahead of this machine, as if its clock were behind.
    """

    allowed: ClassVar[Mapping[str, tuple[int, ...]]] = {
        "trade_width": (47, 46),
        "book_width": (63, 62, 59),
        "notice_width": (26, 23),
        "foreign_notice_width": (25, 21),
    }

    rate_limits: bool = True
    real_per_second: int = 20
    paper_per_second: int = 2
    token_minute_rule: bool = True
    expiry_in_machine_time: bool = False
    paper_gaps: bool = True
    paper_foreign_pending: bool = True
    strict_bodies: bool = True
    check_branch: bool = True
    future_minutes: bool = True
    blank_rows: bool = False
    trade_width: int = 47
    book_width: int = 63
    notice_width: int = 26
    foreign_notice_width: int = 25
    ping_seconds: float = 10.0
    ping_drop_seconds: float = 60.0
    registrations: int = 41
    key_linger_seconds: float = 0.0
    clock_ahead_seconds: float = 0.0
