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


class Course(NamedTuple):
    """When a made-up day trades: which of its minutes do at all, and in which of those it first meets its high and its
    low (places among them). Cheap to know, long before any minute is made."""

    active: Sequence[int]
    peak: int
    trough: int
    turns: Sequence[tuple[int, bool]]
    """After how many minutes the way has come to an end of the day's range, and whether that is the high one; none
    where there is no room for it."""

    @property
    def open_to_close(self) -> tuple[int, int, int, int]:
        """The minutes of the open, the first high, the first low and the close."""
        active = self.active
        return active[0], active[self.peak], active[self.trough], active[-1]


class _Shape(NamedTuple):
    """A minute before it has volume: positions on the day's own ladder, 0 = the day's low."""

    open: int
    high: int
    low: int
    close: int


def course_of(chance: Random, bar: DayBar, weights: Sequence[float], *, auction: bool) -> Course:
    """What ``minute_bars`` will keep to when it is given the same chance from the same start."""
    active = _active(chance, bar.volume, weights)
    moving = _moving(len(active), auction=auction)
    turns: tuple[tuple[int, bool], ...] = ()
    peak, trough = 0, moving - 1
    if moving >= 3:
        early, late = sorted(chance.sample(range(1, moving), 2))
        # The nearer end of the range is usually met first: an open at the low rises first.
        rising = chance.random() * (bar.high - bar.low) > bar.open - bar.low
        turns = (early, rising), (late, not rising)
        peak, trough = (early - 1, late - 1) if rising else (late - 1, early - 1)
    return Course(active, 0 if bar.open == bar.high else peak, 0 if bar.open == bar.low else trough, turns)


def minute_bars(
    chance: Random, bar: DayBar, keys: Sequence[int], weights: Sequence[float], table: TickTable, *, auction: bool
) -> list[MinuteBar]:
    """The minutes of ``bar`` that traded, in order; ``keys`` are the minutes there are and ``weights`` how busy each
    is. With ``auction`` the last minute is a single price, the close."""
    course = course_of(chance, bar, weights, auction=auction)
    active = course.active
    prices = prices_between(table, bar.low, bar.high)
    shapes = _shapes(chance, bar, prices, course, auction=auction)
    middles = [(prices[s.open] + prices[s.high] + prices[s.low] + prices[s.close]) / 4 for s in shapes]
    share = [weights[at] * chance.lognormvariate(0, 0.55) for at in active]
    volumes = _volumes(bar, share, middles)
    amounts = _amounts(bar, [prices[s.low] for s in shapes], [prices[s.high] for s in shapes], volumes, table)
    return [
        MinuteBar(keys[at], prices[s.open], prices[s.high], prices[s.low], prices[s.close], volume, amount)
        for at, s, volume, amount in zip(active, shapes, volumes, amounts, strict=True)
    ]


def _active(chance: Random, volume: int, weights: Sequence[float]) -> Sequence[int]:
    """Which minutes trade at all: every one of a busy name, a few of a thin one."""
    most = max(volume // _USUAL_SHARES, 1)
    if most >= len(weights):
        return range(len(weights))
    ordered = sorted(range(len(weights)), key=lambda at: -weights[at] * chance.random())
    return sorted(ordered[:most])


def _moving(count: int, *, auction: bool) -> int:
    """How many of the minutes have a price that moves."""
    return count - 1 if auction and count > 1 else count


def _shapes(chance: Random, bar: DayBar, prices: list[int], course: Course, *, auction: bool) -> list[_Shape]:
    top, count = len(prices) - 1, len(course.active)
    last = bisect_left(prices, bar.close)
    moving = _moving(count, auction=auction)
    path = _path(chance, bisect_left(prices, bar.open), last, top, moving, course)
    wick = max(top / (2.2 * moving**0.5), 0.3)
    shapes = []
    for at in range(moving):
        begin, end = path[at], path[at + 1]
        least, most = _room(course, at, top)
        high = min(max(begin, end) + int(chance.expovariate(1) * wick), most)
        low = max(min(begin, end) - int(chance.expovariate(1) * wick), least)
        shapes.append(_Shape(begin, high, low, end))
    # A day of very few minutes may have had no room for a way to both ends of its range.
    shapes[course.peak] = shapes[course.peak]._replace(high=top)
    shapes[course.trough] = shapes[course.trough]._replace(low=0)
    return shapes if moving == count else [*shapes, _Shape(last, last, last, last)]


def _room(course: Course, at: int, top: int) -> tuple[int, int]:
    """The positions that are open to a minute: the ends of the range only from the minutes on that first meet them."""
    return int(at < course.trough), top - int(at < course.peak)


def _path(chance: Random, first: int, last: int, top: int, moves: int, course: Course) -> list[int]:
    """Positions before and after each of ``moves`` minutes: a random way by the day's high and low, never outside."""
    stops = [*((stop, top if high else 0) for stop, high in course.turns), (moves, last)]
    path = [first]
    at, here, rough = 0, float(first), 0.55 * top / max(moves, 1) ** 0.5
    for stop, target in stops:
        while at < stop:
            left = stop - at
            least, most = _room(course, at, top)
            here += (target - here) / left + chance.gauss(0, rough) * ((left - 1) / left) ** 0.5
            here = min(max(here, float(least)), float(most))
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
