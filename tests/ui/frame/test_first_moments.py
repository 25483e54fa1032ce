"""The first moments of a window: what stands before there is a desk, and tabs that are made when they are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoga.ui.actions import Actions
from hoga.ui.outline import keep_outline, kept_outline, outline_of
from hoga.ui.page import Page
from hoga.ui.shell import Shell
from hoga.ui.state import StateStore
from hoga.ui.tabs import Make, Pages
from hoga.ui.theme.tokens import Scheme, tokens
from hoga.ui.threshold import Threshold
from tests.support import made_up
from tests.ui.frame.conftest import Frame

LIGHT = tokens(Scheme.LIGHT)


def threshold_of(frame: Frame, tab: Page = Page.FILLS) -> Threshold:
    """As the next start would show it."""
    state = StateStore()
    keep_outline(state, frame.window, frame.window)
    threshold = Threshold(kept_outline(state), LIGHT, tab)
    threshold.resize(frame.window.size())
    return threshold


def test_the_next_start_shows_names_where_they_stood_and_no_figure(frame: Frame, qtbot: QtBot) -> None:
    frame.context.set_instruments(tuple(made_up.INSTRUMENTS))
    frame.settle()
    outline = outline_of(frame.window, frame.window)
    assert outline.names == tuple(frame.context.name(one) for one in frame.window.watch.groups.instruments)
    assert outline.names
    assert "12,345,678" not in str(outline), "no amount is kept"
    threshold = threshold_of(frame)
    qtbot.addWidget(threshold)
    assert threshold.names == outline.names
    place = frame.window.pages.row.mapTo(frame.window, QPoint(0, 0))
    for index, area in enumerate(threshold._tabs().values()):
        there = frame.window.pages.row.tabRect(index).translated(place)
        assert (area.left(), area.top(), area.width()) == (there.left(), there.top(), there.width())
    picture = threshold.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(60, 300)}
    assert LIGHT.text.lower() in seen, "the names can be read"


def test_a_tab_pressed_before_there_is_a_desk_is_the_one_wanted(frame: Frame, qtbot: QtBot) -> None:
    threshold = threshold_of(frame)
    qtbot.addWidget(threshold)
    frame.window.hide()  # or it would hear the keys
    threshold.show()
    assert (threshold.tab, threshold.pressed) == (Page.FILLS, False)
    areas = threshold._tabs()
    qtbot.mouseClick(threshold, Qt.MouseButton.LeftButton, pos=areas[Page.ORDER].center())
    assert (threshold.tab, threshold.pressed) == (Page.ORDER, True)
    assert not threshold.stop_pressed
    qtbot.keyClick(threshold, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    assert not threshold.stop_pressed
    qtbot.keyClick(threshold, Qt.Key.Key_F12)
    assert threshold.stop_pressed
    qtbot.keyClick(threshold, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert threshold.tab is Page.ACTIVITY


def test_keys_pressed_before_there_is_a_desk_are_kept_with_what_is_typed_after(frame: Frame, qtbot: QtBot) -> None:
    threshold = threshold_of(frame)
    qtbot.addWidget(threshold)
    frame.window.hide()
    threshold.show()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(threshold, "lost")
    assert (threshold.keys, threshold.typed) == ([], "")
    qtbot.keyClick(threshold, Qt.Key.Key_B, control)
    qtbot.keyClick(threshold, Qt.Key.Key_K, control)
    qtbot.keyClicks(threshold, "samx")
    qtbot.keyClick(threshold, Qt.Key.Key_Backspace)
    meant = [frame.context.actions.meant_by(key) for key in threshold.keys]
    assert (meant, threshold.typed) == (["watch.show", "search"], "sam")
    qtbot.keyClick(threshold, Qt.Key.Key_Escape)
    assert (threshold.keys, threshold.typed) == ([], "")


def test_without_a_last_time_there_are_tabs_and_no_names(qapp: QApplication, qtbot: QtBot) -> None:
    state = StateStore()
    state.put("outline", {"width": "wide"})
    assert kept_outline(state) is None
    shell = Shell(state, Threshold(None, LIGHT, Page.QUOTE))
    qtbot.addWidget(shell)
    shell.show()
    assert shell.face is None
    assert shell.threshold is not None and shell.threshold.names == ()
    assert not shell.threshold.grab().isNull()


def test_a_window_that_asks_first_closes_when_it_was_answered(frame: Frame, qtbot: QtBot) -> None:
    shell = Shell(StateStore(), Threshold(None, LIGHT, Page.QUOTE))
    qtbot.addWidget(shell)
    shell.show()
    left: list[bool] = []
    shell.closing.connect(lambda: left.append(True))
    shell.asks_first = lambda: True
    shell.close()
    assert shell.isVisible() and not left
    shell.leave()
    assert left == [True] and not shell.isVisible()


def test_a_tab_is_made_in_pieces_or_at_once_when_somebody_turns_to_it(frame: Frame, qtbot: QtBot) -> None:
    class Slow(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.done = 0
            self.pieces = self._make()

        def _make(self) -> Iterator[None]:
            for _ in range(3):
                self.done += 1
                yield

    pages = Pages(frame.context, {page.value: Slow for page in Page})
    qtbot.addWidget(pages)
    steps = pages.in_pieces(Page.PLAN)
    next(steps)
    next(steps)
    assert Page.PLAN in pages.unmade, "it is not there yet"
    pages.show_page(Page.PLAN)
    made = pages.page(Page.PLAN)
    assert isinstance(made, Slow) and made.done == 3 and made.isVisibleTo(pages)
    assert list(steps) == [], "nothing is made twice"
    assert pages.page(Page.PLAN) is made and len(pages.findChildren(Slow)) == 1
    assert len(list(pages.in_pieces(Page.FILLS))) == 4
    assert Page.FILLS not in pages.unmade


def test_a_tab_is_made_once_when_it_is_first_wanted(frame: Frame, qtbot: QtBot) -> None:
    asked: list[str] = []

    def make(name: str) -> Make:
        def made() -> QWidget:
            asked.append(name)
            return QWidget()

        return made

    pages = Pages(frame.context, {page.value: make(page.value) for page in Page})
    qtbot.addWidget(pages)
    assert asked == []
    pages.show_page(Page.HOLDINGS)
    assert asked == ["holdings"]
    assert pages.page(Page.HOLDINGS) is pages.page(Page.HOLDINGS)
    pages.row.setCurrentIndex(1)
    assert asked == ["holdings", "order"]
    pages.make_all()
    assert sorted(asked) == sorted(page.value for page in Page)
    assert pages.unmade == ()


def test_actions_of_a_tab_not_made_yet_are_there_when_they_are_asked_for(qapp: QApplication) -> None:
    done: list[str] = []
    for ask in (
        lambda actions: actions.ids(),
        lambda actions: actions.text("order.buy"),
        lambda actions: actions.why_not("order.buy"),
        lambda actions: actions.trigger("order.buy"),
        lambda actions: actions.press(QKeySequence("F2")[0]),
    ):
        actions = Actions()

        def more(actions: Actions = actions) -> None:
            if not actions.has("order.buy"):
                actions.add("order.buy", lambda: "Buy", lambda: done.append("bought"), shortcut="F2")

        actions.more = more
        assert not actions.has("order.buy")
        ask(actions)
        assert actions.has("order.buy")
    assert done == ["bought", "bought"], "by name and by key"
    assert not actions.press(QKeyCombination(Qt.Key.Key_F9))
