"""The window's life: opened and closed again and again, left where it stood, switched live, ended in good order."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QObject, QRect, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from shiboken6 import isValid

from hoga.app import DeskOptions, practice_desk
from hoga.app.desk_window import DeskView
from hoga.app.single_desk import OpenDesk
from hoga.base.message import Language
from hoga.broker.topics import TopicLeases
from hoga.domain.instruments import InstrumentId
from hoga.storage.folder import DataFolder
from hoga.ui.fills.pane import FillsPane
from hoga.ui.settings_file import Theme, When
from hoga.ui.tabs import Page
from hoga.ui.theme.tokens import Scheme
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Control, Exchange

Run = Callable[[Coroutine[Any, Any, Any]], Any]
HYNIX = "000660"
CYCLES = 50
_WARM = 25
_THOROUGH = 5
"""Caches fill in the first cycles: fonts, translations, imports."""
_MOST_GROWTH_KB = 800
"""Caches of Qt and of the allocator still grow by 30 to 450 a cycle after so few; widgets are counted one by one."""
_OFFSCREEN = re.compile("does not support (propagateSizeHints|grabbing)")


@contextmanager
def qt_words() -> Iterator[list[str]]:
    """Everything that Qt complains of, but for what the offscreen platform cannot do."""
    said: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not _OFFSCREEN.search(text):
            said.append(text)

    before = qInstallMessageHandler(hear)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)


def resident_kb() -> int:
    """What is really in use: caches are emptied and freed pages given back first."""
    QPixmapCache.clear()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") // 1024


def living() -> tuple[int, int, int]:
    """Windows, widgets of any kind, and timers that run."""
    gc.collect()
    objects = [one for one in gc.get_objects() if isinstance(one, QObject) and isValid(one)]
    timers = [one for one in objects if isinstance(one, QTimer) and one.isActive()]
    return len(QApplication.topLevelWidgets()), len(QApplication.allWidgets()), len(timers)


async def one_life(app: QApplication, opened: OpenDesk, *, thorough: bool) -> None:
    """Open, look around (``thorough``: at every tab, with the master read), close."""
    view = DeskView(app, opened, None, None)
    view.preferences.file.change(sounds=When.OFF)
    view.show()
    for page in Page if thorough else ():
        view.context.show_tab(page.value)
        await asyncio.sleep(0)
    if thorough:
        await view.instruments_read.wait()
    await view.aclose()


def test_fifty_lives_leave_nothing_behind(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """No window, timer, listener, task or Qt's complaint; and memory settles."""

    async def lives(cycles: range) -> None:
        async with practice_desk(DeskOptions(exchange.data)) as opened:
            listening = len(opened.link._listeners)
            for cycle in cycles:
                await one_life(qapp, opened, thorough=cycle % _THOROUGH == 0)
                assert len(opened.link._listeners) == listening
                assert not opened.desk._core.announcer._listeners, "somebody still listens to the desk"
            assert not _leased(), "a closed window still holds registrations of the stream"

    with qt_words() as said:
        for some in _batches(0, _WARM):
            run(lives(some))
        before, memory = living(), resident_kb()
        for some in _batches(_WARM, CYCLES):
            run(lives(some))
    assert not said
    # Earlier tests of this process may have left something of theirs; these lives add nothing to it.
    assert all(now <= then for now, then in zip(living(), before, strict=True))
    assert (resident_kb() - memory) / (CYCLES - _WARM) < _MOST_GROWTH_KB


def _batches(first: int, last: int) -> Iterator[range]:
    """A few lives at a time: a slow machine must not run into the limit of one run."""
    for begin in range(first, last, 9):
        yield range(begin, min(begin + 9, last))


def _leased() -> list[object]:
    """What is still claimed of the broker's stream."""
    gc.collect()
    books = [one for one in gc.get_objects() if isinstance(one, TopicLeases)]
    return [topic for book in books for topic in book.admitted]


def test_all_stands_again_where_it_was_left(run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path) -> None:
    """Tab, instrument, window, columns, groups, language and theme return at the next start."""
    place = QRect(40, 30, 1180, 700)

    async def first() -> None:
        async with at_the_desk(qapp, exchange.data, keep=True) as person:
            await person.find("하이닉스", HYNIX)
            person.window.setGeometry(place)
            groups = person.window.watch.groups
            groups.new_group("내 종목")
            groups.add((InstrumentId("035720"), InstrumentId("005930")))
            await person.show("fills")
            _rearrange(person)
            person.view.preferences.file.change(language=Language.EN, theme=Theme.DARK)

    async def second() -> None:
        async with practice_desk(DeskOptions(exchange.data)) as opened:
            desk = exchange.data / "desk"
            view = DeskView(qapp, opened, desk / "settings.json", desk / "window.json")
            try:
                view.show()
                assert view.window.geometry() == place
                assert view.window.pages.current is Page.FILLS
                assert view.context.instrument == InstrumentId(HYNIX)
                assert (view.context.language, view.context.scheme) == (Language.EN, Scheme.DARK)
                groups = view.window.watch.groups
                assert groups.all[groups.shown].name == "내 종목"
                assert [one.code for one in groups.instruments] == ["035720", "005930"]
                fills = view.window.pages.page(Page.FILLS)
                assert isinstance(fills, FillsPane)
                head = fills.view.head
                assert head.visualIndex(3) == 0 and head.isSectionHidden(2) and head.sectionSize(1) == 177
            finally:
                await view.aclose()

    run(first())
    run(second())


def _rearrange(person: Person) -> None:
    fills = person.window.pages.page(Page.FILLS)
    assert isinstance(fills, FillsPane)
    head = fills.view.head
    head.moveSection(head.visualIndex(3), 0)
    head.hideSection(2)
    head.resizeSection(1, 177)
    head.keep()


# --- the program as a process ----------------------------------------------------------------------------------------

_ALONE = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONWARNINGS": "default"}
_DRIVEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from hoga.app import DeskOptions
from hoga.app.window import application, run
from hoga.ui.opening import Opening
from hoga.ui.shell import Shell

app = application()

def look():
    for window in app.topLevelWidgets():
        if isinstance(window, Shell) and window.isVisible() and window.face and window.face.context.instruments:
            window.close()
        elif isinstance(window, Opening) and window._again.isVisible():
            print(window._text.text(), flush=True)
            window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(30)
sys.exit(run(DeskOptions(Path(sys.argv[1])), None))
"""


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **_ALONE},
    )


def _ended(process: subprocess.Popen[str]) -> tuple[int, str, list[str]]:
    """Exit code, what it printed, and what it complained of."""
    try:
        out, errors = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, out, [line for line in errors.splitlines() if not _OFFSCREEN.search(line)]


def _waited(holds: Callable[[], object], what: str, seconds: float = 25.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _complaints(data: Path) -> list[str]:
    """What the log of the desk holds that should not be there after a good day."""
    lines = (data / "desk" / "logs" / "hoga.log").read_text().splitlines()
    bad = [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL)\b", line)]
    return [line for line in bad if not _OFFSCREEN.search(line)]


def _open(data: Path) -> bool:
    """Whether the desk has read the master through its own exchange: then its window is up."""
    endpoint = data / "practice" / "endpoint.json"
    if not endpoint.exists():
        return False
    requests = Control(json.loads(endpoint.read_text())["control"]).ask("/requests")
    return "master" in json.dumps(requests)


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_kill_ends_everything(which: signal.Signals, tmp_path: Path) -> None:
    process = _started("-m", "hoga", "desk", "--data", str(tmp_path))
    _waited(lambda: process.poll() is not None or _open(tmp_path), "the desk is open")
    assert process.poll() is None, _ended(process)
    exchange = int(json.loads((tmp_path / "practice" / "endpoint.json").read_text())["pid"])
    process.send_signal(which)
    code, _, errors = _ended(process)
    assert (code, errors) == (0, [])
    assert _gone(exchange), "the exchange that the desk started ends with it"
    assert not _complaints(tmp_path)


def test_a_kill_while_it_opens_leaves_no_exchange(tmp_path: Path) -> None:
    process = _started("-m", "hoga", "desk", "--data", str(tmp_path))
    log = tmp_path / "desk" / "logs" / "hoga.log"
    _waited(log.exists, "it has begun to open")
    process.send_signal(signal.SIGTERM)
    code, _, errors = _ended(process)
    assert (code, errors) == (0, [])
    assert not (tmp_path / "practice" / "endpoint.json").exists()


def test_closing_the_window_ends_the_program(tmp_path: Path) -> None:
    """Its own close event, as the button in its corner sends it."""
    code, _, errors = _ended(_started("-c", _DRIVEN, str(tmp_path)))
    assert (code, errors) == (0, [])
    assert not (tmp_path / "practice" / "endpoint.json").exists(), "the exchange has ended in good order"
    assert not _complaints(tmp_path)
    assert (tmp_path / "desk" / "window.json").exists(), "where it stood is kept"


def test_a_second_desk_on_the_folder_says_so(tmp_path: Path) -> None:
    options = DeskOptions(tmp_path)
    with DataFolder(options.desk):
        code, out, errors = _ended(_started("-c", _DRIVEN, str(tmp_path)))
    assert code == 1
    assert ["FOLDER_LOCKED" in line for line in errors] == [True], "one line for who started it in a terminal"
    assert str(options.desk) in out and "다른 hoga" in out


# --- words -----------------------------------------------------------------------------------------------------------

_KNOWN = re.compile(
    r"hoga|PRACTICE|KIS|KOSPI|KOSDAQ|KODEX|TIGER|ETF|ETN|NAVER|POSCO|REST|KST|VI|IOC|FOK|DAY|UL|LL|P/L|PER|PBR|EPS|"
    r"BPS|F\d+|Ctrl|Shift|Alt|Enter|Esc|Del|Delete|Tab|Space|Return|Home|End|PgUp|PgDown|Page|Up|Down|Left|Right|"
    r"CSV|Toss|LG|SK|HD|KB|CJ|GS|LS|HMM|KT|ms|MA|Max|[A-Z]?\d[\d,.]*[A-Z]?\b"
)
"""Names and terms that Korean traders write in Latin letters."""


def _latin(window: QWidget) -> set[str]:
    """Visible texts with a Latin word in them that is no known term."""
    found = set()
    for part in window.findChildren(QWidget):
        if part.isVisible() and isinstance(part, QLabel | QAbstractButton):
            text = re.sub(r"<[^>]*>", " ", part.text()).replace("&", "")
            if re.search(r"[A-Za-z]{2,}", _KNOWN.sub(" ", text)):
                found.add(text)
    return found


def _hangul(window: QWidget) -> set[str]:
    """Visible texts of ours with Hangul in them; names of instruments apart."""
    texts = (part.text() for part in window.findChildren(QWidget) if part.isVisible() and isinstance(part, _WORDED))
    return {text for text in texts if re.search("[가-힣]", _KOREAN_EVERYWHERE.sub("", text))}


_WORDED = (QLabel, QAbstractButton)
_KOREAN_EVERYWHERE = re.compile("연습 PRACTICE|초성|[만억]")
"""Words for what exists in Korean alone."""


def test_language_and_theme_are_switched_live_on_every_tab(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("ㅅㅅㅈㅈ", "005930")
            file, grounds = person.view.preferences.file, set()
            with qt_words() as said:
                for page in person.view.tabs:
                    await person.show(page)
                    for language, theme in _LOOKS:
                        file.change(language=language, theme=theme)
                        await asyncio.sleep(0)
                        grounds.add(person.context.tokens.ground)
                        leftovers = _latin(person.window) if language is Language.KO else _hangul(person.window)
                        assert not leftovers, (page, language, leftovers)
                        assert not person.window.grab().isNull()
            assert not said
            assert len(grounds) == 2

    run(story())


_LOOKS = (
    (Language.EN, Theme.DARK),
    (Language.KO, Theme.LIGHT),
)
