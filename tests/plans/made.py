"""Inputs of plans for the tests: one account, a few names, a usual Tuesday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.instruments import Venue
from hoga.plans.inputs import (
    AccountState,
    Asset,
    Hours,
    Inputs,
    Rules,
    Session,
    SidePlan,
    Style,
    Target,
    Timing,
)

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=KST)
OPEN = datetime(2026, 11, 24, 9, 0, tzinfo=KST)
CLOSE = datetime(2026, 11, 24, 15, 20, tzinfo=KST)
SESSION = Session(
    trading_date=DAY, settles_on=date(2026, 11, 26), rules_on=DAY, windows=(Hours(OPEN, CLOSE),), venue=Venue.KRX
)
PLAIN = SidePlan(rounds=12, spacing_s=300, style=Style.CURRENT, collar=0)
"""Orders at the last price without room: what the plan expects is also its worst case."""
RULES = Rules(buffer_part=0, volume_part=0)
MINUTE = timedelta(minutes=1)


def asset(code: str, price: int, held: int = 0, **more: Any) -> Asset:
    return Asset(**{"code": code, "name": f"n{code}", "price": price, "held": held, "sellable": held, **more})


def account(cash: int, **more: Any) -> AccountState:
    known = {"connection": "kis-real@practice-1", "settled_d2": cash, "orderable": cash, "fee_rate": 140_527}
    return AccountState(**{**known, **more})


def target(code: str, weight: int | None, **more: Any) -> Target:
    return Target(**{"code": code, "weight": weight, "sell_out": True, **more})


def inputs(
    assets: tuple[Asset, ...], targets: tuple[Target, ...], cash: int = 0, rules: Rules = RULES, **more: Any
) -> Inputs:
    timing = more.pop("timing", Timing(sell=PLAIN, buy=PLAIN))
    session = more.pop("session", SESSION)
    state = more.pop("account", account(cash))
    return Inputs(
        **{"at": NOW, "account": state, "assets": assets, "targets": targets, "rules": rules, "timing": timing,
           "session": session, **more}
    )  # fmt: skip


def usual(**rules: Any) -> Inputs:
    """Three names held and one to add: a rebalance with both sides."""
    return inputs(
        (
            asset("000660", 200_000, 40, bid=199_900, ask=200_000, volume=4_000_000, upper_limit=260_000),
            asset("005380", 250_000, 10, bid=249_500, ask=250_000, volume=800_000, upper_limit=325_000),
            asset("005930", 70_000, 100, bid=70_000, ask=70_100, volume=15_000_000, upper_limit=91_000),
            asset("035420", 180_000, 0, bid=179_900, ask=180_000, volume=900_000, upper_limit=234_000),
        ),
        (target("005930", 300_000), target("000660", 200_000), target("005380", 200_000), target("035420", 200_000)),
        cash=3_000_000,
        rules=replace(Rules(buffer_part=5_000), **rules),
    )
