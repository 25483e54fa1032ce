"""The watch table with 41 instruments and more than twelve columns under a feed, against vn.py's event engine and tick
monitor: work, lateness of the loop, painted frames. Each contender in a process of its own, all rows and columns in
sight, told the same trades by a timer of the same pace: every 4 ms what is due, as one reading of a socket brings it.

What is worked is measured first, with nothing else in the process; then, in the same process, how late the loop is; in
another process how long each trade waits for its paint, and whether the last one of each instrument is painted. With
it the watch list, which is no table: name, price, change, rate and the day's line.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import frames
from tests.benchmarks.figures import Figure, absent, late, plain_environment

INSTRUMENTS = 41
_TRADES, _BASE = 16_000, 69_000
RATES = (500, 1_000, 5_000, 20_000)
_TWO_FRAMES_MS = 34.0
_KEPT: list[object] = []
"""What lives as long as its process."""
_AT = datetime.fromisoformat("2026-11-23T10:00:00+09:00")

Scene = tuple[Any, Callable[[], None], Callable[[], None], Callable[[], dict[str, float]]]
"""The widget that paints; begins the feed; ends it; what of the updates was seen, asked once all is painted."""
_WARM = 3.0
"""Seconds until every contender has drawn most of what it will draw again."""
_AFTER_MS = 200
"""So long after the feed has ended all must be painted: a dozen frames."""


def _dock(rate: int, *, table: bool, watched: bool) -> Scene:
    from PySide6.QtWidgets import QMainWindow

    from hoga.base.message import Language
    from hoga.domain.instruments import InstrumentId
    from hoga.ui.context import Context
    from hoga.ui.watch.dock import WatchDock
    from tests.benchmarks.click import Feed
    from tests.benchmarks.on_screen import of_list, of_table
    from tests.support import made_up
    from tests.support.fake_desk import EagerTasks, FakeDesk

    codes = frames.codes(INSTRUMENTS)
    listed = tuple(made_up.instrument(code, f"종목{code}", f"Name {code}") for code in codes)
    for one in listed:
        made_up.LAST[one.id], made_up.BASE[one.id] = 70_000, _BASE
    desk = FakeDesk(instruments=listed, start=_AT)
    desk.feed_all()
    context = Context(desk, EagerTasks("benchmark"), Language.KO)
    window = QMainWindow()
    _KEPT.extend((window, context))
    dock = WatchDock(context, window)
    dock.groups.add([InstrumentId(code) for code in codes])
    dock.faces.turn(table)
    window.setCentralWidget(dock.widget())
    context.set_instruments(listed)
    window.resize(1200, 1_800)
    window.show()
    context.start()
    gc.freeze()  # as the app does once its window is made
    texts = frames.kis_day(_TRADES, _AT, _BASE)
    feed, before = Feed(desk.board, {}, _AT, rate, texts), desk.board.updates
    seen = (of_table if table else of_list)(desk.board) if watched else None

    def found() -> dict[str, float]:
        lost = feed.told - (desk.board.updates - before)
        if seen is None:
            return {"missing": lost}
        return {"missing": lost + seen.wrong, "shown": late(seen.waited, 0.99) * 1e3}

    face = dock.faces.table.view if table and dock.faces.table is not None else dock.view
    return face.viewport(), feed.start, feed.stop, found


def _vnpy(rate: int) -> Scene:
    folder = tempfile.mkdtemp(prefix="hoga-bench-")
    os.chdir(folder)
    (Path(folder) / ".vntrader").mkdir()  # or its files would go into the home folder
    from PySide6.QtCore import Qt, QTimer
    from vnpy.event import Event, EventEngine
    from vnpy.trader.constant import Exchange
    from vnpy.trader.event import EVENT_TICK
    from vnpy.trader.object import TickData
    from vnpy.trader.ui.widget import TickMonitor

    arrived, told, since = [0], [0], [0.0]

    class Monitor(TickMonitor):  # type: ignore[misc]  # it carries no types
        def process_event(self, event: Any) -> None:
            super().process_event(event)
            arrived[0] += 1

    engine = EventEngine()
    engine.start()
    monitor = Monitor(None, engine)
    _KEPT.append(monitor)
    monitor.verticalHeader().setDefaultSectionSize(16)
    monitor.resize(1200, 1400)
    monitor.show()
    from tests.benchmarks.click import TOLD_EVERY_MS

    records = [text.split("|", 3)[3].split("^") for text in frames.kis_day(_TRADES, _AT, _BASE)]
    moment = _AT.replace(tzinfo=None)

    def tell() -> None:
        due = min(int((time.perf_counter() - since[0]) * rate), told[0] + rate // 20)
        while told[0] < due:
            fields = records[told[0] % len(records)]
            told[0] += 1
            price = float(fields[2])
            tick = TickData(
                gateway_name="KIS", symbol=fields[0], exchange=Exchange.SSE, datetime=moment, name=fields[0],
                volume=float(fields[13]), last_price=price, open_price=float(fields[7]),
                high_price=float(fields[8]), low_price=float(fields[9]), bid_price_1=float(fields[11]),
                ask_price_1=float(fields[10]), bid_volume_1=10, ask_volume_1=10,
            )  # fmt: skip
            engine.put(Event(EVENT_TICK, tick))

    timer = QTimer(monitor)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tell)

    def start() -> None:
        since[0] = time.perf_counter()
        timer.start(TOLD_EVERY_MS)

    return monitor.viewport(), start, timer.stop, lambda: {"missing": told[0] - arrived[0]}


_CONTENDERS: dict[str, Callable[[int], Scene]] = {
    "table": lambda rate: _dock(rate, table=True, watched=False),
    "list": lambda rate: _dock(rate, table=False, watched=False),
    "vnpy": _vnpy,
    "table seen": lambda rate: _dock(rate, table=True, watched=True),
    "list seen": lambda rate: _dock(rate, table=False, watched=True),
}


def child(contender: str, rate: int, seconds: float) -> dict[str, float]:
    """Figures of this process, once warm: so long what it works, and so long again how late it is."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.click import Lag

    app = QApplication.instance() or QApplication([])
    seen, begin, hush, found = _CONTENDERS[contender](rate)
    figures: dict[str, float] = {}
    painted = [0]

    class Watch(QObject):
        def eventFilter(self, _object: QObject, event: QEvent) -> bool:
            painted[0] += event.type() == QEvent.Type.Paint
            return False

    watch, lag = Watch(), Lag()

    def work() -> None:
        figures["worked"], figures["since"] = time.process_time(), time.perf_counter()

    def lateness() -> None:
        worked, since = time.process_time() - figures.pop("worked"), time.perf_counter() - figures.pop("since")
        figures["core"] = worked / since * 100
        seen.installEventFilter(watch)
        lag.start()

    def end() -> None:
        lag.stop()
        figures["frames"] = painted[0] / seconds
        hush()
        QTimer.singleShot(_AFTER_MS, app.quit)

    begin()
    for after, then in ((0, work), (seconds, lateness), (2 * seconds, end)):
        QTimer.singleShot(round((_WARM + after) * 1_000), then)
    app.exec()
    return {**figures, "p50": median(lag.late) * 1e3, "p99": late(lag.late, 0.99) * 1e3, **found()}


def _apart(contender: str, rate: int, seconds: float) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.table", contender, str(rate), str(seconds)]
    environment = {
        **plain_environment(),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*=false",
        "QT_API": "pyside6",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"{contender} at {rate}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    missing, figures = absent("vnpy"), []
    for rate in RATES[2:3] if quick else RATES:
        tries: dict[str, list[dict[str, float]]] = {}
        for _ in range(rounds):
            for name in _CONTENDERS:
                if name != "vnpy" or not missing:
                    tries.setdefault(name, []).append(_apart(name, rate, 1.0 if quick else 3.0))
        middle = {name: {key: median(one[key] for one in each) for key in each[0]} for name, each in tries.items()}
        for face in ("table", "list"):
            ours = {**middle[face], "shown": middle[f"{face} seen"]["shown"]}
            ours["missing"] += middle[f"{face} seen"]["missing"]
            figures += _figures(face, rate, ours, middle.get("vnpy", {}), missing)
    return figures


_FEWER = {("table", 500): 10.0, ("table", 5_000): 5.0}
"""Times less work than the peer's, of the table that the target speaks of."""


def _figures(face: str, rate: int, ours: dict[str, float], theirs: dict[str, float], missing: str) -> list[Figure]:
    name, peer = f"watch {face}, {rate:,} a second", "vn.py's tick monitor"
    fewer, lateness = _FEWER.get((face, rate)), {5_000: 3.0, 20_000: 8.0}.get(rate)
    return [
        Figure(f"{name}: of a core", ours["core"], "%", peer, theirs.get("core"), fewer, faster=True, why=missing),
        Figure(f"{name}: loop late p50", ours["p50"], "ms", peer, theirs.get("p50"), faster=True, why=missing),
        Figure(f"{name}: loop late p99", ours["p99"], "ms", target=lateness),
        Figure(f"{name}: loop late p99", ours["p99"], "ms", peer, theirs.get("p99"), faster=True, why=missing),
        Figure(f"{name}: frames", ours["frames"], "a second", peer, theirs.get("frames"), why=missing),
        Figure(f"{name}: from an update to its paint p99", ours["shown"], "ms", target=_TWO_FRAMES_MS),
        Figure(f"{name}: lost, or not painted at last", ours["missing"], "updates", target=0.0),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(child(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))) + "\n")
    sys.stdout.flush()
    os._exit(0)  # a peer's threads do not end in order
