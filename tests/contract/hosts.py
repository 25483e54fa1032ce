"""The four hosts as one desk each, and what a scenario says about them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from hoga.domain.accounts import WireProfile
from hoga.practice.api import Environment
from tests.broker import kiwoom_desk
from tests.broker.kis_desk import Desk, play

Meaning = dict[str, Any]
Scenario = Callable[[Desk], Coroutine[Any, Any, Meaning]]

HOSTS: dict[WireProfile, tuple[type[Desk], Environment]] = {
    WireProfile.KIS_REAL: (Desk, Environment.REAL),
    WireProfile.KIS_PAPER: (Desk, Environment.PAPER),
    WireProfile.KIWOOM_REAL: (kiwoom_desk.Desk, Environment.REAL),
    WireProfile.KIWOOM_MOCK: (kiwoom_desk.Desk, Environment.PAPER),
}


def meaning_at(profile: WireProfile, scenario: Scenario, **changes: Any) -> Meaning:
    """What ``scenario`` finds at one host, on an exchange of its own."""
    found: Meaning = {}
    kind, environment = HOSTS[profile]

    async def story(desk: Desk) -> None:
        found.update(await scenario(desk))

    play(environment, story, kind=kind, **changes)
    return found
