"""When market data is told: frames, and a moment of its own for each kind of pane."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hoga.domain.instruments import InstrumentId
from hoga.ui.beat import TURNS, Beat, News

A, B = InstrumentId("005930"), InstrumentId("000660")
NAMES = ("book", "facts", "chart", "tape")


class Told:
    """A beat whose frames bring what was ``given`` since, and what it told: (who, what) in order."""

    def __init__(self) -> None:
        self.given: set[InstrumentId] = set()
        self.heard: list[tuple[str, News]] = []
        self.owner = QObject()
        self.beat = Beat(self._frame, [self._hear(name) for name in NAMES], self.owner)

    def _frame(self) -> News:
        news, self.given = frozenset(self.given), set()
        self.heard.append(("frame", news))
        return news

    def _hear(self, name: str) -> Callable[[News], None]:
        return lambda news: self.heard.append((name, news))

    def turns(self) -> list[tuple[str, News]]:
        return [(name, news) for name, news in self.heard if name != "frame"]


@pytest.fixture
def told(qapp: object) -> Iterator[Told]:
    one = Told()
    yield one
    one.beat.stop()


def test_every_kind_of_pane_is_told_once_in_its_own_turn(told: Told, qtbot: QtBot) -> None:
    assert len(NAMES) == TURNS
    told.given = {A}
    told.beat.start()
    qtbot.waitUntil(lambda: len(told.turns()) == TURNS)
    assert sorted(told.turns()) == sorted((name, frozenset({A})) for name in NAMES)
    began = len(told.heard)
    qtbot.waitUntil(lambda: len(told.heard) > began + 2)
    assert len(told.turns()) == TURNS, "nothing is told where there is nothing new"


def test_what_came_meanwhile_is_told_together(told: Told, qtbot: QtBot) -> None:
    told.given = {A}
    told.beat.start()
    qtbot.waitUntil(lambda: ("book", frozenset({A})) in told.heard)
    told.given = {B}
    qtbot.waitUntil(lambda: ("book", frozenset({B})) in told.heard)
    for name in NAMES:
        qtbot.waitUntil(lambda name=name: B in set().union(*(news for who, news in told.heard if who == name)))
        all_told = set().union(*(news for who, news in told.heard if who == name))
        assert all_told == {A, B}, name


def test_nobody_waits_longer_than_two_frames(told: Told, qtbot: QtBot) -> None:
    told.given = {A}
    told.beat.start()
    qtbot.waitUntil(lambda: len(told.turns()) == TURNS)
    frames = [place for place, (who, _) in enumerate(told.heard) if who == "frame"]
    last = max(place for place, (who, _) in enumerate(told.heard) if who != "frame")
    assert sum(place < last for place in frames) <= 2


def test_no_two_turns_without_the_loop_between(told: Told, qtbot: QtBot) -> None:
    """A step that takes long puts the next one off: it is never made up for in the same go of the loop."""
    steps: list[int] = []
    told.beat._turns = tuple(lambda news, n=n: steps.append(n) for n in range(TURNS))
    told.given = {A}
    told.beat._step = 1
    told.beat._owed = [frozenset({A})] * TURNS
    told.beat._take_step()
    assert steps == [0]
    assert told.beat.going


def test_stopped_it_tells_nothing_and_owes_what_came(told: Told, qtbot: QtBot) -> None:
    told.given = {A}
    told.beat.start()
    qtbot.waitUntil(lambda: ("book", frozenset({A})) in told.heard)
    told.beat.stop()
    heard = list(told.heard)
    assert not told.beat.going
    told.beat.start()
    qtbot.waitUntil(lambda: len(told.turns()) >= TURNS)
    assert told.heard[: len(heard)] == heard
    assert {name for name, _ in told.turns()} == set(NAMES)


def test_a_frame_that_raises_does_not_end_it(told: Told, qtbot: QtBot) -> None:
    frames = iter([ValueError("of a view")])

    def frame() -> News:
        for error in frames:
            raise error
        return frozenset()

    told.beat._frame = frame
    told.beat.start()
    with qtbot.captureExceptions() as raised:
        qtbot.waitUntil(lambda: bool(raised))
        assert told.beat.going
