"""Minute bars of a made-up day: a path through its open, high, low and close whose volumes and amounts add up to it.

Everything adds up exactly: the first minute opens and the last closes the day, the highest and lowest are the day's,
and volume and amount are the sums. Each minute's amount lies within its low and high times its volume.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from hoga.domain.ticks import TickTable
from hoga.practice.market.history import DayBar
from hoga.practice.market.ladder import prices_between

_USUAL_SHARES = 25
"""A name that trades fewer shares than this a minute has minutes without any trade."""


class MinuteBar(NamedTuple):
    """One minute of one instrument: won and shares. ``key`` is ``profile.minute_key``'s number."""

    key: int
    open: int
    high: int
    low: int
    close: int
    volume: int
    amount: int


class _Shape(NamedTuple):
    """A minute before it has volume: positions on the day's own ladder, 0 = the day's low."""

    open: int
    high: int
    low: int
    close: int


def minute_bars(
    chance: Random, bar: DayBar, keys: Sequence[int], weights: Sequence[float], table: TickTable, *, auction: bool
) -> list[MinuteBar]:
    """The minutes of ``bar`` that traded, in order; ``keys`` are the minutes there are and ``weights`` how busy each
    is. With ``auction`` the last minute is a single price, the close."""
    active = _active(chance, bar.volume, weights)
    prices = prices_between(table, bar.low, bar.high)
    shapes = _shapes(chance, bar, prices, len(active), auction=auction)
    middles = [(prices[s.open] + prices[s.high] + prices[s.low] + prices[s.close]) / 4 for s in shapes]
    share = [weights[at] * chance.lognormvariate(0, 0.55) for at in active]
    volumes = _volumes(bar, share, middles)
    amounts = _amounts(bar, [prices[s.low] for s in shapes], [prices[s.high] for s in shapes], volumes, table)
    return [
        MinuteBar(keys[at], prices[s.open], prices[s.high], prices[s.low], prices[s.close], volume, amount)
        for at, s, volume, amount in zip(active, shapes, volumes, amounts, strict=True)
    ]


def flat_bars(
    chance: Random, keys: Sequence[int], weights: Sequence[float], price: int, volume: int
) -> list[MinuteBar]:
    """Minutes that all traded at one price, ``volume`` shares together."""
    if not keys or volume <= 0:
        return []
    active = _active(chance, volume, weights)
    volumes = _spread(volume, [weights[at] for at in active], 1)
    return [
        MinuteBar(keys[at], price, price, price, price, shares, price * shares)
        for at, shares in zip(active, volumes, strict=True)
    ]


def _active(chance: Random, volume: int, weights: Sequence[float]) -> list[int]:
    """Which minutes trade at all: every one of a busy name, a few of a thin one."""
    most = max(volume // _USUAL_SHARES, 1)
    if most >= len(weights):
        return list(range(len(weights)))
    ordered = sorted(range(len(weights)), key=lambda at: -weights[at] * chance.random())
    return sorted(ordered[:most])


def _shapes(chance: Random, bar: DayBar, prices: list[int], count: int, *, auction: bool) -> list[_Shape]:
    top = len(prices) - 1
    last = bisect_left(prices, bar.close)
    moving = count - 1 if auction and count > 1 else count
    path = _path(chance, bisect_left(prices, bar.open), last, top, moving)
    wick = max(top / (2.2 * moving**0.5), 0.3)
    shapes = []
    for at in range(moving):
        begin, end = path[at], path[at + 1]
        high = min(max(begin, end) + int(chance.expovariate(1) * wick), top)
        low = max(min(begin, end) - int(chance.expovariate(1) * wick), 0)
        shapes.append(_Shape(begin, high, low, end))
    # A day of very few minutes may have had no room for a way to both ends of its range.
    peak = max(range(moving), key=lambda at: shapes[at].high)
    shapes[peak] = shapes[peak]._replace(high=top)
    trough = min(range(moving), key=lambda at: shapes[at].low)
    shapes[trough] = shapes[trough]._replace(low=0)
    return shapes if moving == count else [*shapes, _Shape(last, last, last, last)]


def _path(chance: Random, first: int, last: int, top: int, moves: int) -> list[int]:
    """Positions before and after each of ``moves`` minutes: a random way by the day's high and low, never outside."""
    stops = [(moves, last)]
    if moves >= 3:
        early, late = sorted(chance.sample(range(1, moves), 2))
        # The nearer end of the range is usually met first: an open at the low rises first.
        rising = chance.random() * top > first
        stops = [(early, top if rising else 0), (late, 0 if rising else top), (moves, last)]
    path = [first]
    at, here, rough = 0, float(first), 0.55 * top / max(moves, 1) ** 0.5
    for stop, target in stops:
        while at < stop:
            left = stop - at
            here += (target - here) / left + chance.gauss(0, rough) * ((left - 1) / left) ** 0.5
            here = min(max(here, 0.0), float(top))
            path.append(round(here))
            at += 1
        path[-1], here = target, float(target)
    return path


def _volumes(bar: DayBar, share: list[float], middles: list[float]) -> list[int]:
    """The day's volume by minute: by ``share``, leaning towards dear or cheap minutes until the amount comes near."""
    total = sum(share)
    mean = sum(part * middle for part, middle in zip(share, middles, strict=True)) / total
    spread = sum(part * (middle - mean) ** 2 for part, middle in zip(share, middles, strict=True)) / total
    if spread > 0:
        lean = (bar.amount / bar.volume - mean) / spread
        share = [part * max(1 + lean * (middle - mean), 0.15) for part, middle in zip(share, middles, strict=True)]
    return _spread(bar.volume, share, min(4, bar.volume // len(share)))


def _spread(total: int, share: Sequence[float], least: int) -> list[int]:
    """``total`` in whole parts, in proportion to ``share`` and each at least ``least``."""
    rest, whole = total - least * len(share), sum(share)
    parts, given, running = [], 0, 0.0
    for part in share:
        running += part
        upto = min(int(rest * running / whole), rest)
        parts.append(least + upto - given)
        given = upto
    parts[-1] += rest - given
    return parts


def _amounts(bar: DayBar, lows: list[int], highs: list[int], volumes: list[int], table: TickTable) -> list[int]:
    """Each minute's amount, all at the same way between its lowest and highest possible one; moves shares between
    ``volumes`` first where even the ends cannot reach the day's amount."""
    _make_reachable(bar, lows, highs, volumes)
    tick = table.tick(bar.low)
    floor = [low * volume for low, volume in zip(lows, volumes, strict=True)]
    room = [(high - low) * volume // tick for low, high, volume in zip(lows, highs, volumes, strict=True)]
    missing, whole = (bar.amount - sum(floor)) // tick, sum(room)
    amounts, given, running = [], 0, 0
    for least, part in zip(floor, room, strict=True):
        running += part
        upto = missing * running // whole if whole else 0
        amounts.append(least + (upto - given) * tick)
        given = upto
    return amounts


def _make_reachable(bar: DayBar, lows: list[int], highs: list[int], volumes: list[int]) -> None:
    """Move shares from dear to cheap minutes (or back) until the day's amount lies between the ends."""
    for ends, way in ((lows, 1), (highs, -1)):
        excess = way * (sum(end * volume for end, volume in zip(ends, volumes, strict=True)) - bar.amount)
        if excess <= 0:
            continue
        order = sorted(range(len(ends)), key=lambda at: way * ends[at])
        receiver = order[0]
        for giver in reversed(order):
            gain = way * (ends[giver] - ends[receiver])
            if excess <= 0 or gain <= 0:
                break
            moved = min(volumes[giver] - 1, -(-excess // gain))
            volumes[giver] -= moved
            volumes[receiver] += moved
            excess -= moved * gain
