"""What goes wrong in a campaign, and how often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from hoga.practice.api import Broker
from tests.campaigns.brokers import REFUSALS

WRITES = ["new", "modify", "cancel"]
_BEFORE_AND_AFTER: list[dict[str, Any]] = [
    {"kind": "refuse"},
    {"kind": "refuse", "code": "HTTP 500"},
    {"kind": "refuse", "code": "HTTP 404"},
    {"kind": "slow before", "seconds": 0.3},
    {"kind": "slow before", "seconds": 2.0},
    {"kind": "slow after", "seconds": 0.3},
    {"kind": "slow after", "seconds": 5.0},
    {"kind": "late", "seconds": 4.0},
    {"kind": "late", "seconds": 29.0},
    {"kind": "cut before"},
    {"kind": "reset before"},
    {"kind": "hang before"},
    {"kind": "cut after"},
    {"kind": "reset after"},
    {"kind": "hang after"},
    {"kind": "error after"},
    {"kind": "error after", "code": "HTTP 500"},
    {"kind": "no number"},
    {"kind": "garbled"},
]
_OF_READS: list[dict[str, Any]] = [
    {"kind": "refuse"},
    {"kind": "refuse", "code": "HTTP 500"},
    {"kind": "slow before", "seconds": 0.3},
    {"kind": "slow after", "seconds": 2.0},
    {"kind": "cut before"},
    {"kind": "hang after"},
    {"kind": "garbled"},
    {"kind": "blank rows"},
    {"kind": "repeat cursor"},
]
_OF_STREAMS: list[dict[str, Any]] = [
    {"kind": "stream garble"},
    {"kind": "stream refuse"},
    {"kind": "notice twice"},
    {"kind": "notice swap", "seconds": 1.0},
    {"kind": "notice withhold"},
    {"kind": "notice late", "seconds": 3.0},
    {"kind": "notice late", "seconds": 20.0},
]
_RARE = 0.003
"""Each of what stops everything for a while."""


def rules(share: float, chance: random.Random, broker: Broker = Broker.KIS) -> Iterator[dict[str, Any]]:
    """Fault rules by which about ``share`` of the writes to a broker, and as many notices, go wrong, and half as many
    reads."""
    if not share:
        return
    codes: list[dict[str, Any]] = [{"kind": "refuse", "code": code} for code in REFUSALS[broker]]
    for list_, operations, part in (
        (_BEFORE_AND_AFTER + codes, WRITES, share),
        (_OF_READS, ["read"], share / 2),
        (_OF_STREAMS, None, share),
    ):
        for fault in chance.sample(list_, len(list_)):
            about = {"operations": operations} if operations else {}
            yield {**fault, **about, **_at(broker), "chance": part / len(list_)}
    for kind in ("die before", "die after", "expire tokens"):
        yield {"kind": kind, "operations": WRITES, **_at(broker), "chance": _RARE}
    yield {"kind": "stream drop", **_at(broker), "chance": _RARE}
    yield {"kind": "stream mute", "seconds": 8.0, **_at(broker), "chance": _RARE}
    yield {"kind": "refuse", "operations": ["token", "approval"], **_at(broker), "chance": share / 4}


def _at(broker: Broker) -> dict[str, Any]:
    return {"environment": "real", "broker": broker.value}
