"""The watch list with 41 instruments under a feed, against vn.py's event engine and tick monitor: work, lateness of the
loop, painted frames. Each contender in a process of its own, all rows in sight.

Our list is no table of twelve columns: a row shows name, what the market says of it, price, change, rate, the day's
line with the previous close, and whether it is live, polled or old. vn.py's monitor shows all of its own columns.
"""

from __future__ import annotations

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
from tests.benchmarks.on_screen import OnScreen

INSTRUMENTS = 41
RATES = (500, 1_000, 5_000, 20_000)
_TWO_FRAMES_MS = 34.0
_KEPT: list[object] = []
"""What lives as long as its process."""
_AT = datetime.fromisoformat("2026-11-23T10:00:00+09:00")

Scene = tuple[Any, Callable[[], None], Callable[[], None], Callable[[], dict[str, float]]]
"""The widget that paints; begins the feed; ends it; what of the updates was seen, asked once all is painted."""
_AFTER_MS = 200
"""So long after the feed has ended all must be painted: a dozen frames."""


def _ours(rate: int) -> Scene:
    from PySide6.QtWidgets import QMainWindow

    from hoga.base.message import Language
    from hoga.domain.instruments import InstrumentId
    from hoga.ui.context import Context
    from hoga.ui.watch.dock import WatchDock
    from tests.benchmarks.click import Feed
    from tests.support import made_up
    from tests.support.fake_desk import EagerTasks, FakeDesk

    codes = frames.codes(INSTRUMENTS)
    listed = tuple(made_up.instrument(code, f"종목{code}", f"Name {code}") for code in codes)
    for one in listed:
        made_up.LAST[one.id], made_up.BASE[one.id] = 70_000, 69_000
    desk = FakeDesk(instruments=listed, start=_AT)
    desk.feed_all()
    context = Context(desk, EagerTasks("benchmark"), Language.KO)
    window = QMainWindow()
    _KEPT.extend((window, context))
    dock = WatchDock(context, window)
    dock.groups.add([InstrumentId(code) for code in codes])
    window.setCentralWidget(dock.widget())
    context.set_instruments(listed)
    window.resize(1200, 1_800)
    window.show()
    context.start()
    feed, before = Feed(desk.board, dict.fromkeys(codes, 70_000), _AT, rate), desk.board.updates
    seen = OnScreen(desk.board)

    def found() -> dict[str, float]:
        return {
            "missing": feed.told - (desk.board.updates - before) + seen.wrong,
            "shown": late(seen.waited, 0.99) * 1e3,
        }

    return dock.view.viewport(), feed.start, feed.stop, found


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
    records = [text.split("|", 3)[3].split("^") for text in frames.kis_trades(8_000, _AT)]
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
        timer.start(1)

    return monitor.viewport(), start, timer.stop, lambda: {"missing": told[0] - arrived[0]}


_CONTENDERS = {"ours": _ours, "vnpy": _vnpy}


def child(contender: str, rate: int, seconds: float) -> dict[str, float]:
    """Figures of this process, after a second to warm up."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.click import Lag

    app = QApplication.instance() or QApplication([])
    seen, begin, hush, found = _CONTENDERS[contender](rate)
    painted = [0]

    class Watch(QObject):
        def eventFilter(self, _object: QObject, event: QEvent) -> bool:
            painted[0] += event.type() == QEvent.Type.Paint
            return False

    watch, lag, worked, frames_painted = Watch(), Lag(), [0.0], [0]
    seen.installEventFilter(watch)

    def measure_from_now() -> None:
        painted[0] = 0
        lag.start()

    def end() -> None:
        worked[0] = lag.stop()
        frames_painted[0] = painted[0]
        hush()
        QTimer.singleShot(_AFTER_MS, app.quit)

    begin()
    QTimer.singleShot(1_000, measure_from_now)
    QTimer.singleShot(round(1_000 + seconds * 1_000), end)
    app.exec()
    return {
        "core": worked[0] * 100, "p50": median(lag.late) * 1e3, "p99": late(lag.late, 0.99) * 1e3,
        "frames": frames_painted[0] / seconds, **found(),
    }  # fmt: skip


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
                    tries.setdefault(name, []).append(_apart(name, rate, 1.0 if quick else 4.0))
        middle = {name: {key: median(one[key] for one in each) for key in each[0]} for name, each in tries.items()}
        figures += _figures(rate, middle["ours"], middle.get("vnpy", {}), missing)
    return figures


def _figures(rate: int, ours: dict[str, float], theirs: dict[str, float], missing: str) -> list[Figure]:
    name, peer = f"watch list, {rate:,} a second", "vn.py's tick monitor"
    fewer, lateness = {500: 10.0, 5_000: 5.0}.get(rate), {5_000: 3.0, 20_000: 8.0}.get(rate)
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
