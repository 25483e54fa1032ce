"""Weights to rounds for a big account, against the bare arithmetic of as many names and rounds in numpy's columns:
targets, whole shares, the grid, costs, and the cash that must suffice. Ours also checks, remarks and signs."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from hoga.plans.inputs import Inputs, SidePlan, Style, Timing
from hoga.plans.planner import make_plan
from tests.benchmarks.figures import Figure, alternate
from tests.plans.made import RULES, asset, inputs, target

_PRICES = (1_505, 4_320, 12_310, 43_150, 71_900, 312_500, 881_000)
_GRID = ((2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500), (10**12, 1_000))
_WEIGHT, _FEE, _TAX, _PPM = 1_000_000, 150, 1_500, 1_000_000
_CASH = 500_000_000


def scene(names: int, rounds: int) -> Inputs:
    """An account that holds most names at other weights than wanted."""
    chance = random.Random(7)
    prices = [chance.choice(_PRICES) for _ in range(names)]
    prices = [price - price % _tick(price) for price in prices]
    held = [chance.randrange(0, 400) for _ in range(names)]
    parts = [chance.randrange(1, 100) for _ in range(names)]
    weights = [part * (_WEIGHT - 10_000) // sum(parts) for part in parts]
    side = SidePlan(rounds=rounds, spacing_s=60, style=Style.CURRENT, collar=0)
    codes = [f"{10 * n:06d}" for n in range(1, names + 1)]
    return inputs(
        tuple(asset(code, price, have) for code, price, have in zip(codes, prices, held, strict=True)),
        tuple(target(code, weight) for code, weight in zip(codes, weights, strict=True)),
        cash=_CASH, rules=RULES, timing=Timing(sell=side, buy=side),
    )  # fmt: skip


def _tick(price: int) -> int:
    return next(tick for limit, tick in _GRID if price < limit)


def columns(told: Inputs) -> dict[str, Any]:
    """What the bound starts from; making it is not counted."""
    return {
        "price": np.array([one.price for one in told.assets], np.int64),
        "held": np.array([one.held for one in told.assets], np.int64),
        "weight": np.array([one.weight or 0 for one in told.targets], np.int64),
    }


def bound(start: dict[str, Any], rounds: int) -> int:
    """The won that are left after every round's sells and buys: the bound of the arithmetic, not of the care."""
    price, held, weight = start["price"], start["held"].copy(), start["weight"].tolist()
    limits, ticks = (np.array(column, np.int64) for column in zip(*_GRID, strict=True))
    cash = _CASH
    for turn in range(rounds):
        tick = ticks[np.searchsorted(limits, price, "right")]
        total = cash + int((held * price).sum())
        # In Python: a total times a weight may pass 64 bits.
        wanted = np.array([total * part // _WEIGHT for part in weight], np.int64) // price - held
        wanted = np.where(wanted > 0, wanted // (rounds - turn), -(-wanted // (rounds - turn)))
        sells, buys = wanted < 0, np.flatnonzero(wanted > 0)
        amount = -wanted[sells] * (price - tick)[sells]
        cash += int((amount - -(-amount * _FEE // _PPM) - -(-amount * _TAX // _PPM)).sum())
        held[sells] += wanted[sells]
        buys = buys[np.argsort(-(wanted[buys] * price[buys]), kind="stable")]
        limit = (price + tick)[buys]
        cost = np.cumsum(wanted[buys] * (limit + -(-limit * _FEE // _PPM)))
        fits = int(np.searchsorted(cost, cash, "right"))
        if fits:
            cash -= int(cost[fits - 1])
            held[buys[:fits]] += wanted[buys[:fits]]
    return cash


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    names = 20 if quick else 500
    scenes = {size: scene(size, 10) for size in (names, names // 5)}
    start = columns(scenes[names])
    contenders = {f"ours {size}": (lambda told=told: make_plan(told)) for size, told in scenes.items()}
    found = alternate({**contenders, "bound": lambda: bound(start, 10)}, rounds if quick else max(rounds, 5))
    whole, fifth = found[f"ours {names}"] * 1e3, found[f"ours {names // 5}"] * 1e3
    return [
        Figure(f"plan of {names} x 10", whole, "ms", "numpy in columns", found["bound"] * 1e3, target=7),
        Figure(f"plan of {names} x 10: a name", whole / 5, "ms", "of a plan a fifth as long", fifth, target=1.3),
    ]
