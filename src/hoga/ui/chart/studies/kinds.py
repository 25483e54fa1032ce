"""The studies that people use, each with the settings it is usually shown with."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from hoga.ui.chart.studies import formulas
from hoga.ui.chart.studies.study import Figures, Place, Setting, Study


def _span(default: int, name: str = "span", most: int = 500) -> Setting:
    return Setting(name, default, 1, most)


class MovingAverage(Study):
    kind = "MA"
    windowed = True
    place = Place.PRICE
    settings = (_span(20),)
    line_names = ("ma",)

    def _compute(self, figures: Figures, first: int) -> None:
        formulas.mean(figures.closes, self.span("span"), self._kept["ma"], first)


class ExponentialAverage(Study):
    kind = "EMA"
    place = Place.PRICE
    settings = (_span(20),)
    line_names = ("ema",)

    def _compute(self, figures: Figures, first: int) -> None:
        formulas.exponential(figures.closes, self.span("span"), self._kept["ema"], first)


class Bollinger(Study):
    kind = "BB"
    windowed = True
    place = Place.PRICE
    settings = (Setting("span", 20, 2, 500), Setting("width", 2.0, 0.1, 10.0, tenths=True))
    line_names = ("upper", "middle", "lower")

    def _compute(self, figures: Figures, first: int) -> None:
        span, kept = self.span("span"), self._kept
        wide = self._aside("spread", len(figures))
        formulas.mean(figures.closes, span, kept["middle"], first)
        formulas.spread(figures.closes, span, wide, first)
        reach = self.values["width"] * wide[first:]
        kept["upper"][first:] = kept["middle"][first:] + reach
        kept["lower"][first:] = kept["middle"][first:] - reach


class Envelope(Study):
    kind = "ENV"
    windowed = True
    place = Place.PRICE
    settings = (_span(20), Setting("percent", 5.0, 0.1, 50.0, tenths=True))
    line_names = ("upper", "middle", "lower")

    def _compute(self, figures: Figures, first: int) -> None:
        kept, part = self._kept, self.values["percent"] / 100
        formulas.mean(figures.closes, self.span("span"), kept["middle"], first)
        kept["upper"][first:] = kept["middle"][first:] * (1 + part)
        kept["lower"][first:] = kept["middle"][first:] * (1 - part)


class Vwap(Study):
    """The average price weighted by volume since the day began."""

    kind = "VWAP"
    place = Place.PRICE
    line_names = ("vwap",)

    def _compute(self, figures: Figures, first: int) -> None:
        length = len(figures)
        amount, volume = self._aside("amount", length), self._aside("volume", length)
        each = self._aside("each", length)
        high, low, close = figures.highs[first:], figures.lows[first:], figures.closes[first:]
        each[first:] = (high + low + close) / 3 * figures.volumes[first:]
        formulas.running_per_day(each, figures.days, amount, first)
        formulas.running_per_day(figures.volumes, figures.days, volume, first)
        traded = volume[first:] > 0
        self._kept["vwap"][first:] = np.where(traded, amount[first:] / np.where(traded, volume[first:], 1), np.nan)


class Ichimoku(Study):
    """일목균형표. The two leading lines stand ``base`` bars ahead, the lagging one as far back: all as drawn."""

    kind = "ICHI"
    windowed = True
    place = Place.PRICE
    settings = (_span(9, "turn"), _span(26, "base"), _span(52, "lead"))
    line_names = ("turning", "base", "leading a", "leading b", "lagging")
    cloud = ("leading a", "leading b")

    @property
    def ahead(self) -> int:
        return self.span("base")

    def _compute(self, figures: Figures, first: int) -> None:
        kept, length, shift = self._kept, len(figures), self.span("base")
        for name, setting in (("turning", "turn"), ("base", "base"), ("far", "lead")):
            out = kept[name] if name in kept else self._aside(name, length)
            self._middle(figures, self.span(setting), out, first)
        far = self._kept["far"]
        since = max(first - shift, 0)
        middles = {"leading a": (kept["turning"][since:] + kept["base"][since:]) / 2, "leading b": far[since:]}
        for name, values in middles.items():
            kept[name][: min(shift, length)] = np.nan
            reached = max(length - shift - since, 0)
            kept[name][since + shift :] = values[:reached]
            self.beyond[name] = np.concatenate((formulas.nothing(shift), values))[-shift:]
        back = max(first - shift, 0)
        kept["lagging"][back:] = np.nan
        kept["lagging"][back : max(length - shift, 0)] = figures.closes[back + shift :]

    def _middle(self, figures: Figures, span: int, out: formulas.Column, first: int) -> None:
        high, low = self._aside(f"high {span}", len(figures)), self._aside(f"low {span}", len(figures))
        formulas.highest(figures.highs, span, high, first)
        formulas.lowest(figures.lows, span, low, first)
        out[first:] = (high[first:] + low[first:]) / 2


class VolumeAverage(Study):
    kind = "VMA"
    windowed = True
    place = Place.VOLUME
    settings = (_span(20),)
    line_names = ("vma",)

    def _compute(self, figures: Figures, first: int) -> None:
        formulas.mean(figures.volumes, self.span("span"), self._kept["vma"], first)


class Rsi(Study):
    """Wilder's relative strength: the part of the rises in all moves."""

    kind = "RSI"
    place = Place.OWN
    settings = (Setting("span", 14, 2, 500),)
    line_names = ("rsi",)
    bounds = (0.0, 100.0)
    levels = (30.0, 70.0)

    def _compute(self, figures: Figures, first: int) -> None:
        length, span = len(figures), self.span("span")
        if not length:
            return
        up, down = self._aside("up", length), self._aside("down", length)
        moves = figures.closes[first:] - _before(figures.closes, first)
        up[first:], down[first:] = np.maximum(moves, 0), np.maximum(-moves, 0)
        rises, falls = self._aside("rises", length), self._aside("falls", length)
        formulas.wilder(up, span, rises, first, begin=1)
        formulas.wilder(down, span, falls, first, begin=1)
        both = rises[first:] + falls[first:]
        moved = both > 0
        share = np.where(moved, 100 * rises[first:] / np.where(moved, both, 1), 0.0)
        self._kept["rsi"][first:] = np.where(np.isnan(both), np.nan, share)


class Macd(Study):
    kind = "MACD"
    place = Place.OWN
    settings = (_span(12, "fast"), _span(26, "slow"), _span(9, "signal"))
    line_names = ("macd", "signal", "difference")
    levels = (0.0,)

    def _compute(self, figures: Figures, first: int) -> None:
        fast, slow = sorted((self.span("fast"), self.span("slow")))
        length, kept = len(figures), self._kept
        quick, calm = self._aside("quick", length), self._aside("calm", length)
        formulas.exponential(figures.closes, fast, quick, first, begin=slow - fast)
        formulas.exponential(figures.closes, slow, calm, first)
        kept["macd"][first:] = quick[first:] - calm[first:]
        formulas.exponential(kept["macd"], self.span("signal"), kept["signal"], first, begin=slow - 1)
        kept["difference"][first:] = kept["macd"][first:] - kept["signal"][first:]


class Stochastic(Study):
    """Slow stochastic: where the close lies in the range of the last bars, averaged twice."""

    kind = "STO"
    windowed = True
    place = Place.OWN
    settings = (_span(14, "range"), _span(3, "slow k"), _span(3, "slow d"))
    line_names = ("k", "d")
    bounds = (0.0, 100.0)
    levels = (20.0, 80.0)

    def _compute(self, figures: Figures, first: int) -> None:
        length, span = len(figures), self.span("range")
        high, low = self._aside("high", length), self._aside("low", length)
        raw = self._aside("raw", length)
        formulas.highest(figures.highs, span, high, first)
        formulas.lowest(figures.lows, span, low, first)
        room = high[first:] - low[first:]
        moved = room > 0
        share = np.where(moved, 100 * (figures.closes[first:] - low[first:]) / np.where(moved, room, 1), 0.0)
        raw[first:] = np.where(np.isnan(room), np.nan, share)
        formulas.mean(raw, self.span("slow k"), self._kept["k"], first)
        formulas.mean(self._kept["k"], self.span("slow d"), self._kept["d"], first)


class Atr(Study):
    """Wilder's average true range."""

    kind = "ATR"
    place = Place.OWN
    settings = (_span(14),)
    line_names = ("atr",)

    def _compute(self, figures: Figures, first: int) -> None:
        if not len(figures):
            return
        before, true_range = _before(figures.closes, first), self._aside("true range", len(figures))
        true_range[first:] = np.maximum(figures.highs[first:], before) - np.minimum(figures.lows[first:], before)
        formulas.wilder(true_range, self.span("span"), self._kept["atr"], first, begin=1)


def _before(closes: formulas.Column, first: int) -> formulas.Column:
    """The close before each bar from ``first`` on; the very first bar's own."""
    return closes[first - 1 : -1] if first else np.concatenate((closes[:1], closes[:-1]))


_ALL: tuple[type[Study], ...] = (
    MovingAverage, ExponentialAverage, Bollinger, Envelope, Vwap, Ichimoku, VolumeAverage, Rsi, Macd, Stochastic, Atr
)  # fmt: skip

KINDS: MappingProxyType[str, type[Study]] = MappingProxyType({one.kind: one for one in _ALL})
"""Every study by its short name, in the order in which they are offered."""


AT_FIRST: tuple[tuple[str, dict[str, int]], ...] = (("MA", {"span": 5}), ("MA", {"span": 20}), ("MA", {"span": 60}))
"""What a new chart shows: the three averages that every Korean screen has."""
