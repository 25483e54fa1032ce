"""From the start of a process to its first painted window, and to the first price that is seen after an exchange that
runs already has told it live; and the memory that took. Against a bare PySide6 window and vn.py's main window, each a
process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure, absent, plain_environment
from tests.support.practice_process import practice

_BEGUN = "HOGA_BENCH_BEGUN"
_PATIENCE = 60.0


def _said(**figures: float) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def _since() -> float:
    """Milliseconds since this process was asked for."""
    return (time.time() - float(os.environ[_BEGUN])) * 1e3


def _work() -> float:
    """Milliseconds that this process has worked: what a neighbour's load does not change so much."""
    return time.process_time() * 1e3


def _memory() -> float:
    """MiB at the most so far; 0 where the system does not tell. On Linux not by getrusage, which begins with what the
    process had that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 2**10
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def _empty() -> None:
    from PySide6 import QtWidgets

    app = QtWidgets.QApplication([])
    window = QtWidgets.QMainWindow()
    window.resize(1200, 700)
    window.show()
    app.processEvents()
    window.grab()
    _said(window=_since(), work=_work(), memory=_memory())


def _vnpy() -> None:
    folder = Path(tempfile.mkdtemp(prefix="hoga-bench-"))
    (folder / ".vntrader").mkdir()  # or its files would go into the home folder
    os.chdir(folder)
    from vnpy.event import EventEngine
    from vnpy.trader.engine import MainEngine
    from vnpy.trader.ui import MainWindow, create_qapp

    app = create_qapp()
    events = EventEngine()
    window = MainWindow(MainEngine(events), events)
    window.resize(1200, 700)
    window.show()
    app.processEvents()
    window.grab()
    _said(window=_since(), work=_work(), memory=_memory())


def _ours(data: str) -> None:
    """The command itself, on an exchange that is not its own and goes on. The window counts once header, tabs and the
    names of the watch list are painted; the price once a watch list is painted whose board was told live; the memory
    once the chart has its picture, and again once every tab is made. Then it is ended."""
    from hoga.app.main import main
    from hoga.app.start import application

    watched = _Watched(application())
    main(["--data", data])
    del watched


class _Watched:
    """Looks at what the command shows."""

    def __init__(self, app: Any) -> None:
        from PySide6.QtCore import QTimer

        from hoga.app import start
        from hoga.ui.threshold import Threshold

        self._app = app
        self._found: dict[str, float] = {}
        self._live: set[int] = set()
        """Boards that were told something live."""
        self._looks = QTimer()
        self._looks.timeout.connect(self._look)
        paint, load = Threshold.paintEvent, start.load_the_rest

        def painted(threshold: Threshold, event: Any) -> None:
            paint(threshold, event)
            if threshold.names and "window" not in self._found:
                self._found.update(window=_since(), work=_work())

        async def loaded() -> None:
            self._hear_boards()
            await load()
            self._see_lists()
            self._looks.start(50)

        Threshold.paintEvent = painted  # type: ignore[method-assign]
        start.load_the_rest = loaded

    def _hear_boards(self) -> None:
        from hoga.trading.market_board import MarketBoard

        update = MarketBoard.update

        def told(board: MarketBoard, value: Any, source: str) -> None:
            update(board, value, source)
            if source == "stream":
                self._live.add(id(board))

        MarketBoard.update = told  # type: ignore[method-assign]

    def _see_lists(self) -> None:
        from hoga.ui.watch.view import WatchView

        paint = WatchView.paintEvent

        def painted(view: WatchView, event: Any) -> None:
            paint(view, event)
            if "price" not in self._found and id(view._context.desk.board) in self._live:
                self._found.update(price=_since(), price_work=_work())

        WatchView.paintEvent = painted  # type: ignore[method-assign]

    def _look(self) -> None:
        from hoga.ui.shell import Shell

        face = next((one.face for one in self._app.topLevelWidgets() if isinstance(one, Shell)), None)
        if face is None or "price" not in self._found or not _chart_is_drawn(face):
            return
        self._found.setdefault("memory", _memory())
        if not face.pages.unmade:
            _said(**self._found, all=_memory())
            os._exit(0)  # what it would still do is not measured


def _chart_is_drawn(face: Any) -> bool:
    from hoga.ui.chart.canvas import Canvas

    return any(canvas.isVisible() for canvas in face.findChildren(Canvas))


def _apart(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.start", *arguments]
    environment = {
        **plain_environment(), "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false", "QT_API": "pyside6",
        "PYQTGRAPH_QT_LIB": "PySide6", _BEGUN: repr(time.time()),
    }  # fmt: skip
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(lines[-1])
    return found


def _left_once(data: Path) -> None:
    """A start that ends as a person ends it, so that where everything stood is kept."""
    command = [sys.executable, "-m", "tests.benchmarks.start", "left", str(data)]
    environment = {**plain_environment(), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, env=environment, capture_output=True, timeout=_PATIENCE, check=True)


def _left(data: str) -> None:
    from PySide6.QtCore import QTimer

    from hoga.app.main import main
    from hoga.app.start import application
    from hoga.ui.shell import Shell

    app, leave = application(), QTimer()

    def seen() -> None:
        shell = next((one for one in app.topLevelWidgets() if isinstance(one, Shell)), None)
        if shell is not None and shell.face is not None and shell.face.context.instruments:
            leave.stop()
            shell.close()

    leave.timeout.connect(seen)
    leave.start(50)
    main(["--data", data])


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    missing, tries = absent("vnpy"), {"ours": [], "empty": [], "vnpy": []}  # type: dict[str, list[dict[str, float]]]
    with tempfile.TemporaryDirectory(prefix="hoga-bench-") as folder:
        data = Path(folder)
        with practice(data / "practice", "--seed", "7"):
            _left_once(data)  # the first start makes what later ones find
            for _ in range(rounds):
                tries["ours"].append(_apart("ours", str(data)))
                tries["empty"].append(_apart("empty"))
                if not missing:
                    tries["vnpy"].append(_apart("vnpy"))
    middle = {name: {key: median(one[key] for one in each) for key in each[0]} for name, each in tries.items() if each}
    ours, empty, peer = middle["ours"], middle["empty"], middle.get("vnpy", {})
    return [
        Figure("start: first window", ours["window"], "ms", "an empty window", empty["window"], target=2.5),
        Figure("start: first window", ours["window"], "ms", "vn.py's", peer.get("window"), 2.5, True, missing),
        Figure("start: work until the first window", ours["work"], "ms", "an empty window", empty["work"]),
        Figure(
            "start: work until the first window",
            ours["work"],
            "ms",
            "vn.py's",
            peer.get("work"),
            faster=True,
            why=missing,
        ),
        Figure("start: first live price is seen", ours["price"], "ms", target=1_500),
        Figure("start: work until a live price is seen", ours["price_work"], "ms", "an empty window", empty["work"]),
        Figure("memory with a chart open", ours["memory"], "MiB", "an empty window", empty["memory"], target=3.2),
        Figure("memory with a chart open", ours["memory"], "MiB", "vn.py's", peer.get("memory"), 1.0, why=missing),
        Figure("memory with every tab made", ours["all"], "MiB", "an empty window", empty["memory"]),
        Figure("memory with every tab made", ours["all"], "MiB", "vn.py's", peer.get("memory"), why=missing),
    ]


if __name__ == "__main__":
    {"ours": _ours, "left": _left, "empty": _empty, "vnpy": _vnpy}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.flush()
    os._exit(0)  # a peer's threads do not end in order
