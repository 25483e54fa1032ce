"""Studies against a known library, bar by bar, and against themselves when they follow a growing chart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import talib
from hypothesis import given
from hypothesis import strategies as st

from hoga.ui.chart.studies import formulas
from hoga.ui.chart.studies.kinds import KINDS
from hoga.ui.chart.studies.study import Figures, Study


def bars(length: int = 400, seed: int = 1, day: int = 60) -> Figures:
    """A wandering price on a grid of 50, with days of ``day`` bars."""
    chance = np.random.default_rng(seed)
    closes = 70_000 + np.cumsum(chance.integers(-6, 7, length)) * 50.0
    opens = np.concatenate((closes[:1], closes[:-1])) + chance.integers(-1, 2, length) * 50.0
    highs = np.maximum(opens, closes) + chance.integers(0, 4, length) * 50.0
    lows = np.minimum(opens, closes) - chance.integers(0, 4, length) * 50.0
    volumes = chance.integers(0, 5_000, length).astype(np.float64)
    return Figures(opens, highs, lows, closes, volumes, np.arange(day, length, day))


def upto(whole: Figures, end: int) -> Figures:
    """The bars before ``end``."""
    columns = (whole.opens, whole.highs, whole.lows, whole.closes, whole.volumes)
    return Figures(*(column[:end] for column in columns), whole.days[whole.days < end])


def study(kind: str, figures: Figures, **values: float) -> Study:
    made = KINDS[kind](values)
    made.update(figures, 0)
    return made


ORACLES: dict[str, Any] = {
    "MA": lambda f: {"ma": talib.SMA(f.closes, 20)},
    "EMA": lambda f: {"ema": talib.EMA(f.closes, 20)},
    "BB": lambda f: dict(zip(("upper", "middle", "lower"), talib.BBANDS(f.closes, 20, 2, 2), strict=True)),
    "VMA": lambda f: {"vma": talib.SMA(f.volumes, 20)},
    "RSI": lambda f: {"rsi": talib.RSI(f.closes, 14)},
    "MACD": lambda f: dict(zip(("macd", "signal", "difference"), talib.MACD(f.closes, 12, 26, 9), strict=True)),
    "STO": lambda f: dict(zip(("k", "d"), talib.STOCH(f.highs, f.lows, f.closes, 14, 3, 0, 3, 0), strict=True)),
    "ATR": lambda f: {"atr": talib.ATR(f.highs, f.lows, f.closes, 14)},
}


@pytest.mark.parametrize("kind", sorted(ORACLES))
@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_are_those_of_a_known_library(kind: str, seed: int) -> None:
    figures = bars(seed=seed)
    ours, theirs = study(kind, figures).lines, ORACLES[kind](figures)
    assert ours.keys() == theirs.keys()
    for name, line in theirs.items():
        known = ~np.isnan(line)
        assert known.sum() > 300
        assert np.allclose(ours[name][known], line[known], rtol=1e-9, atol=1e-6), name


def test_vwap_begins_anew_each_day() -> None:
    figures = bars()
    line = study("VWAP", figures).lines["vwap"]
    for begin, end in ((0, 60), (60, 120), (360, 400)):
        amount = (figures.typical[begin:end] * figures.volumes[begin:end]).cumsum()
        volume = figures.volumes[begin:end].cumsum()
        traded = volume > 0
        assert np.allclose(line[begin:end][traded], (amount / np.where(traded, volume, 1))[traded])


def test_ichimoku_is_made_of_middles() -> None:
    figures = bars()
    lines = study("ICHI", figures).lines

    def middle(index: int, span: int) -> float:
        window = slice(index - span + 1, index + 1)
        return float(figures.highs[window].max() + figures.lows[window].min()) / 2

    assert lines["turning"][100] == middle(100, 9)
    assert lines["base"][100] == middle(100, 26)
    assert lines["leading a"][126] == (middle(100, 9) + middle(100, 26)) / 2
    assert lines["leading b"][126] == middle(100, 52)
    assert lines["lagging"][100] == figures.closes[126]
    assert np.isnan(lines["lagging"][-26:]).all()


@given(length=st.integers(1, 200), shift=st.integers(1, 60))
def test_the_cloud_reaches_as_far_ahead_as_its_base(length: int, shift: int) -> None:
    """As if the bars were there already: each of them shows the middles of ``shift`` bars before."""
    whole = bars(length + shift)
    now = study("ICHI", upto(whole, length), base=shift, lead=2 * shift)
    later = study("ICHI", whole, base=shift, lead=2 * shift)
    assert now.ahead == shift
    for name in KINDS["ICHI"].cloud or ():
        assert len(now.beyond[name]) == shift
        assert np.allclose(now.beyond[name], later.lines[name][length:], equal_nan=True)


def test_an_envelope_keeps_its_distance() -> None:
    lines = study("ENV", bars(), percent=3.0).lines
    assert np.allclose(lines["upper"][50:] / lines["middle"][50:], 1.03)
    assert np.allclose(lines["lower"][50:] / lines["middle"][50:], 0.97)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(cuts=st.lists(st.integers(1, 160), min_size=1, max_size=6), again=st.integers(0, 5))
def test_following_a_growing_chart_gives_what_one_look_at_the_whole_gives(
    kind: str, cuts: list[int], again: int
) -> None:
    whole = bars(160, seed=3, day=37)
    grows = KINDS[kind]()
    seen = 0
    for cut in [*sorted(cuts), 160]:
        grows.update(upto(whole, cut), max(seen - again, 0))
        seen = cut
    for name, line in study(kind, whole).lines.items():
        assert np.allclose(grows.lines[name], line, rtol=1e-9, equal_nan=True), name


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("length", [0, 1, 2, 5])
def test_too_few_bars_leave_it_undefined(kind: str, length: int) -> None:
    made = study(kind, bars(length)) if length else KINDS[kind]()
    if not length:
        made.update(bars(1), 0)
        empty = np.empty(0)
        made.update(Figures(empty, empty, empty, empty, empty, np.empty(0, np.int64)), 0)
    assert all(len(line) == length for line in made.lines.values())
    assert set(made.last()) == set(made.line_names)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_settings_from_a_file_are_checked(kind: str) -> None:
    strange = {one.name: value for one, value in zip(KINDS[kind].settings, ("x", -1, True), strict=False)}
    assert KINDS[kind](strange).values == KINDS[kind]().values
    assert KINDS[kind]({"no such setting": 3}).values == KINDS[kind]().values


def test_a_flat_market_has_no_strength_and_no_range() -> None:
    flat = np.full(50, 1_000.0)
    figures = Figures(flat, flat, flat, flat, np.zeros(50), np.empty(0, np.int64))
    assert study("RSI", figures).last() == {"rsi": 0.0}
    assert study("STO", figures).last() == {"k": 0.0, "d": 0.0}
    assert study("VWAP", figures).last() == {"vwap": None}


def test_volume_by_price_spreads_each_bar_over_its_range() -> None:
    lows, highs = np.array([100.0, 110.0, 105.0]), np.array([120.0, 110.0, 115.0])
    volumes = np.array([200.0, 30.0, 100.0])
    found = formulas.volume_by_price(lows, highs, volumes, np.array([100.0, 110.0, 120.0]))
    assert found.tolist() == [150.0, 180.0]
    assert found.sum() == volumes.sum()
