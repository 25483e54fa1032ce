"""Another language or look: seen at once where somebody looks, a little later where nobody does."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoga.ui.retelling import Later, Retelling


class Heard(QWidget):
    """Counts what it is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.times = 0

    def hear(self) -> None:
        self.times += 1


class Part(QObject):
    """Belongs to a widget, as a table's rows do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.times = 0

    def hear(self) -> None:
        self.times += 1


@pytest.fixture
def later() -> Iterator[Later]:
    made = Later()
    yield made
    made.stop()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QHBoxLayout(window)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_hidden_hear_it_after_the_seen_and_once(qtbot: QtBot, later: Later, window: QWidget) -> None:
    seen, hidden = Heard(window), Heard(window)
    seen.show()
    hidden.hide()
    part = Part(hidden)
    told = Retelling(later)
    for one in (seen, hidden, part):
        told.connect(one.hear)
    later.start()
    told.emit()
    told.emit()
    assert (seen.times, hidden.times, part.times) == (2, 0, 0)
    qtbot.waitUntil(lambda: hidden.times == 1 and part.times == 1)
    later.finish()
    assert (seen.times, hidden.times, part.times) == (2, 1, 1)


def test_nobody_waits_while_there_are_no_frames(later: Later, window: QWidget) -> None:
    hidden = Heard(window)
    told = Retelling(later)
    told.connect(hidden.hear)
    told.emit()
    assert hidden.times == 1


def test_what_is_about_to_be_seen_is_told_first(later: Later, window: QWidget) -> None:
    shown, other = Heard(window), Heard(window)
    shown.hide()
    other.hide()
    part = Part(shown)
    told = Retelling(later)
    for one in (other, shown, part):
        told.connect(one.hear)
    later.start()
    told.emit()
    later.finish(shown)
    assert (shown.times, part.times, other.times) == (1, 1, 0)


def test_who_is_gone_or_wants_no_more_is_told_nothing(later: Later, window: QWidget) -> None:
    gone, deaf, stays = Heard(window), Heard(window), Heard(window)
    told = Retelling(later)
    plain: list[int] = []

    def hear() -> None:
        plain.append(1)

    for slot in (gone.hear, deaf.hear, stays.hear, hear):
        told.connect(slot)
    told.disconnect(deaf.hear)
    told.emit()
    told.disconnect(hear)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    told.emit()
    assert (deaf.times, stays.times, plain) == (0, 2, [1])


def test_it_keeps_nobody(later: Later, window: QWidget) -> None:
    told = Retelling(later)
    for _ in range(500):
        short = Heard(window)
        told.connect(short.hear)
        short.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del short
    gc.collect()
    assert len(later.children()) < 200
