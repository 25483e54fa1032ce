"""Frames of a chart, 1200 by 700, each contender in a process of its own: the first picture, a window of 300 bars that
is moved, and a trade on the newest bar. Against finplot, pyqtgraph's own candlestick example, and an empty plot."""

from __future__ import annotations

import ast
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from msgspec.structs import replace

from tests.benchmarks.figures import Figure, absent, plain_environment

WIDTH, HEIGHT, SEEN = 1200, 700, 300
_BURST, _FRAMES = 0.4, 10
"""Seconds and frames of one turn at most."""
_TURNS, _FIRSTS = 6, 4
"""Turns of each contender in a round, and further first pictures where sizes are compared."""
_MOST_OF_EXAMPLE = 100_000
"""pyqtgraph's example needs a second a tick at 100,000 candles, and ten at a million."""

Scene = tuple[Any, Callable[[int], None], Callable[[int], None], float]
"""A widget; moves its window; has a trade; when the work on its data began."""


def _clean_start() -> float:
    """Now, with nothing left to be swept up of what made the data."""
    gc.collect()
    return time.thread_time()


def _columns(number: int) -> Any:
    import numpy as np

    chance = np.random.default_rng(7)
    close = 1_000_000 + np.cumsum(chance.integers(-5, 6, number)) * 10
    opens = np.concatenate(([1_000_000], close[:-1]))
    high = np.maximum(opens, close) + chance.integers(0, 8, number) * 10
    low = np.minimum(opens, close) - chance.integers(0, 8, number) * 10
    return opens, high, low, close


def _ours(number: int) -> Scene:
    from PySide6.QtWidgets import QWidget

    from hoga.base.clock import KST
    from hoga.base.message import Language
    from hoga.domain.market_data import Candle
    from hoga.ui.chart.bars import Bars
    from hoga.ui.chart.canvas import Canvas
    from hoga.ui.chart.looks import Looks
    from hoga.ui.chart.sight import Sight
    from hoga.ui.chart.texts import Texts
    from hoga.ui.chart.timeframe import Timeframe
    from hoga.ui.theme.tokens import Scheme, UpDown, tokens
    from tests.support import made_up

    start, minute = datetime(2020, 1, 1, tzinfo=KST), timedelta(minutes=1)
    rows = zip(*(column.tolist() for column in _columns(number)), strict=True)
    candles = [Candle(start + n * minute, *row, 10 + n % 90, 0) for n, row in enumerate(rows)]
    frame = QWidget()
    frame.resize(WIDTH, HEIGHT)
    began = _clean_start()
    bars = Bars(Timeframe.M1)
    bars.read(candles)
    sight = Sight(Timeframe.M1)
    looks = Looks(tokens(Scheme.DARK, UpDown.KOREA), UpDown.KOREA)
    canvas = Canvas(sight, looks, Texts(Language.KO), frame)
    canvas.resize(WIDTH, HEIGHT)
    sight.begin(bars)
    sight.view.zoom(SEEN / sight.view.span)
    frame.show()
    newest = made_up.trade(made_up.SAMSUNG, candles[-1].start, quantity=1)
    newest = replace(newest, price_units=candles[-1].close_units)

    def pan(turn: int) -> None:
        if turn % 150 == 0:
            canvas.sight.view.to_newest()
        canvas.pan(-1.0)

    def live(turn: int) -> None:
        canvas.sight.view.to_newest()
        sight.sync(bars.trades([replace(newest, price_units=newest.price_units + 10 * (turn % 7))]), 0)
        canvas.redraw()

    return frame, pan, live, began


def _plot() -> Any:
    import pyqtgraph as pg

    widget = pg.PlotWidget()
    widget.resize(WIDTH, HEIGHT)
    widget.hideButtons()
    widget.setMenuEnabled(False)
    widget.disableAutoRange()
    return widget


def _moved(widget: Any, number: int, columns: Any, change: Callable[[int], None], began: float) -> Scene:
    _, high, low, _ = columns

    def show(first: int) -> None:
        last = first + SEEN
        prices = float(low[first:last].min()), float(high[first:last].max())
        widget.setRange(xRange=(first, last), yRange=prices, padding=0)

    def pan(turn: int) -> None:
        show(max(number - SEEN - 150 + turn % 150, 0))

    def live(turn: int) -> None:
        change(turn)
        show(max(number - SEEN, 0))

    return widget, pan, live, began


def _empty(number: int) -> Scene:
    columns, began = _columns(number), _clean_start()
    widget = _plot()
    widget.show()
    return _moved(widget, number, columns, lambda turn: widget.plotItem.update(), began)


def _example(number: int) -> Scene:
    """The class alone, read from the installed package."""
    import pyqtgraph as pg
    from pyqtgraph import QtCore, QtGui

    source = (Path(pg.__file__).parent / "examples" / "customGraphicsItem.py").read_text(encoding="utf-8")
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    names: dict[str, Any] = {"pg": pg, "QtCore": QtCore, "QtGui": QtGui}
    exec(compile(ast.Module(classes[:1], []), "customGraphicsItem", "exec"), names)  # noqa: S102 the peer's own class
    columns = _columns(number)
    opens, high, low, close = (column.tolist() for column in columns)
    rows = [tuple(map(float, row)) for row in zip(range(number), opens, close, low, high, strict=True)]
    began = _clean_start()
    item = names["CandlestickItem"](rows)
    widget = _plot()
    widget.addItem(item)
    widget.show()

    def change(turn: int) -> None:
        at, opened, closed, lowest, highest = rows[-1]
        rows[-1] = (at, opened, closed + 10 * (-1) ** turn, lowest, highest)
        item.generatePicture()
        item.update()

    return _moved(widget, number, columns, change, began)


def _finplot(number: int) -> Scene:
    import finplot
    import pandas as pd
    import pyqtgraph as pg

    opens, high, low, close = _columns(number)
    moments = pd.date_range("2000-01-01", periods=number, freq="min")
    table = pd.DataFrame({"t": moments, "o": opens * 1.0, "c": close * 1.0, "h": high * 1.0, "l": low * 1.0})
    began = _clean_start()
    widget = pg.GraphicsLayoutWidget()
    widget.resize(WIDTH, HEIGHT)
    axis = finplot.create_plot_widget(widget, init_zoom_periods=SEEN)
    widget.axs = [axis]
    widget.addItem(axis, col=1)
    widget.nextRow()
    item = finplot.candlestick_ochl(table[["t", "o", "c", "h", "l"]], ax=axis)
    finplot.show(qt_exec=False)
    widget.show()

    def pan(turn: int) -> None:
        first = max(number - SEEN - 150 + turn % 150, 0)
        axis.vb.update_y_zoom(first, first + SEEN)

    def live(turn: int) -> None:
        table.iloc[-1, 2] += 10 * (-1) ** turn
        item.update_data(table[["t", "o", "c", "h", "l"]])
        axis.vb.update_y_zoom(number - SEEN, number)

    return widget, pan, live, began


_CONTENDERS = {"ours": _ours, "empty": _empty, "example": _example, "finplot": _finplot}


class _Bench:
    """One contender with one size, in its own process: does so many frames when it is told to."""

    def __init__(self, contender: str, number: int) -> None:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance() or QApplication([])
        warm = _plot()
        warm.show()
        warm.grab()
        warm.close()
        self.widget, pan, live, began = _CONTENDERS[contender](number)
        pan(0)
        self.widget.grab()
        self.first = (time.thread_time() - began) * 1e3
        app.processEvents()
        self._steps, self._turn = {"pan": pan, "live": live}, 0

    def frames(self, kind: str, most: int) -> list[float]:
        """Milliseconds of this thread's own work for each. Others had the machine before: the first does not count
        where there is time for a second."""
        took: list[float] = []
        end = time.perf_counter() + _BURST
        while len(took) < most and (time.perf_counter() < end or not took):
            self._turn += 1
            began = time.thread_time()
            self._steps[kind](self._turn)
            self.widget.grab()
            took.append((time.thread_time() - began) * 1e3)
        return took[1:] or took


def child(contender: str, number: int) -> None:
    """Tells what the first picture cost, then answers each line on standard input (what kind, how many) with frames."""
    bench = _Bench(contender, number)
    _tell([bench.first])
    for line in sys.stdin:
        kind, most = line.split()
        _tell(bench.frames(kind, int(most)))


def _tell(figures: list[float]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


class _Contender:
    """A process that measures, as the one who compares sees it."""

    def __init__(self, name: str, number: int) -> None:
        environment = {
            **plain_environment(), "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false",
            "PYQTGRAPH_QT_LIB": "PySide6", "QT_API": "pyside6",
        }  # fmt: skip
        self._what = f"{name} at {number}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.chart", name, str(number)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        (self.first,) = self._answer()

    def frames(self, kind: str, most: int) -> list[float]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind} {most}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> list[float]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("["):  # a peer may talk too
                found: list[float] = json.loads(line)
                return found
        raise RuntimeError(f"{self._what} ended with {self._process.wait()}")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


Found = dict[tuple[str, int], dict[str, float]]


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    """All contenders live side by side and take turns of a few frames, so that a machine that is slow for a moment is
    slow for all alike. The first picture of a process is its only one: more of them come from more processes."""
    sizes = (1_000,) if quick else (1_000, 10_000, 100_000, 1_000_000)
    missing = absent("finplot")
    entered = [
        (name, number)
        for number in sizes
        for name in _CONTENDERS
        if not (name == "finplot" and missing) and not (name == "example" and number > _MOST_OF_EXAMPLE)
    ]
    took: dict[tuple[str, int], dict[str, list[float]]] = {key: {"first": [], "pan": [], "live": []} for key in entered}
    for _ in range(1 if quick else _FIRSTS * rounds):
        for number in (1_000, 100_000):
            if number in sizes:
                contender = _Contender("ours", number)
                took["ours", number]["first"].append(contender.first)
                contender.close()
    contenders = dict[tuple[str, int], _Contender]()
    try:
        for name, number in entered:
            contenders[name, number] = _Contender(name, number)
            took[name, number]["first"].append(contenders[name, number].first)
        for _ in range(1 if quick else _TURNS * rounds):
            for key, contender in contenders.items():
                for kind in ("pan", "live"):
                    took[key][kind] += contender.frames(kind, _FRAMES)
    finally:
        for contender in contenders.values():
            contender.close()
    middle = {key: {kind: median(values) for kind, values in told.items()} for key, told in took.items()}
    return _figures(middle, sizes, missing)


def _figures(found: Found, sizes: tuple[int, ...], missing: str) -> list[Figure]:
    figures: list[Figure] = []
    for number in sizes:
        ours, name = found["ours", number], f"chart {number:,}"
        for kind in ("pan", "live"):
            # The bound of both is the pan frame: a live tick of an empty plot paints nothing new.
            bound = found["empty", number]["pan"]
            figures.append(Figure(f"{name}: {kind}", ours[kind], "ms", "empty plot's pan", bound, target=1.35))
            peer = found.get(("finplot", number), {}).get(kind)
            target = {"pan": 2.5, "live": 10}[kind] if number == 10_000 else None
            figures.append(
                Figure(f"{name}: {kind}", ours[kind], "ms", "finplot", peer, target, faster=True, why=missing)
            )
            if ("example", number) in found:
                target = 100 if number == 100_000 and kind == "pan" else None
                example = found["example", number][kind]
                figures.append(
                    Figure(f"{name}: {kind}", ours[kind], "ms", "pyqtgraph's example", example, target, True)
                )
        for other in ("empty", "finplot", "example"):
            peer = found.get((other, number), {}).get("first")
            if peer is not None:
                against = {"empty": "empty plot", "example": "pyqtgraph's example"}.get(other, other)
                figures.append(Figure(f"{name}: first picture", ours["first"], "ms", against, peer))
    small = found["ours", 1_000]
    for number, kind, target in ((100_000, "first", 2.0), (1_000_000, "pan", 1.3), (1_000_000, "live", 1.3)):
        if number in sizes:
            what = "first picture" if kind == "first" else kind
            figures.append(
                Figure(f"chart {number:,}: {what}", found["ours", number][kind], "ms", "at 1,000", small[kind], target)
            )
    return figures


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]))
    os._exit(0)  # some peers' threads and objects do not end in order
