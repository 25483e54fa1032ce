"""The registry: no key means two things, changed keys are kept, what cannot run says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hoga.ui.actions import Actions, ShortcutTaken


@pytest.fixture
def actions(qapp: QApplication) -> Iterator[Actions]:
    owner = QObject()
    yield Actions(owner)


def test_a_key_that_is_taken_is_refused(actions: Actions) -> None:
    actions.add("one", lambda: "One", lambda: None, shortcut="Ctrl+K")
    with pytest.raises(ShortcutTaken) as refused:
        actions.add("two", lambda: "Two", lambda: None, shortcut="Ctrl+K")
    assert (refused.value.keys, refused.value.by) == ("Ctrl+K", "one")


def test_two_unrelated_panes_may_share_a_key_but_not_with_the_window(actions: Actions, qtbot: QtBot) -> None:
    left, right = QWidget(), QWidget()
    qtbot.addWidget(left)
    qtbot.addWidget(right)
    actions.add("left", lambda: "Left", lambda: None, shortcut="Del", where=left)
    actions.add("right", lambda: "Right", lambda: None, shortcut="Del", where=right)
    assert actions.ids_within(left) == ("left",)
    with pytest.raises(ShortcutTaken):
        actions.add("window", lambda: "Window", lambda: None, shortcut="Del")
    inner = QWidget(left)
    with pytest.raises(ShortcutTaken):
        actions.add("inner", lambda: "Inner", lambda: None, shortcut="Del", where=inner)


def test_a_changed_key_is_kept_and_one_that_is_taken_changes_nothing(actions: Actions) -> None:
    actions.add("one", lambda: "One", lambda: None, shortcut="Ctrl+1")
    actions.add("two", lambda: "Two", lambda: None, shortcut="Ctrl+2")
    actions.remap("one", ["F5"])
    assert actions.custom() == {"one": ("F5",)}
    with pytest.raises(ShortcutTaken):
        actions.remap("two", ["F5"])
    assert actions.keys("two") == ("Ctrl+2",)
    actions.remap("one", ["Ctrl+1"])
    assert actions.custom() == {}


def test_keys_of_ones_own_hold_for_actions_that_come_later(actions: Actions) -> None:
    actions.load({"later": ["F9"]})
    actions.add("later", lambda: "Later", lambda: None, shortcut="F8")
    assert actions.keys("later") == ("F9",)
    actions.add("other", lambda: "Other", lambda: None, shortcut="F7")
    actions.load({"other": ["F9"]})
    assert actions.refused() == ("other",)
    assert actions.keys("other") == ("F7",)


def test_a_default_that_a_person_gave_away_is_not_taken_back(actions: Actions) -> None:
    actions.add("old", lambda: "Old", lambda: None, shortcut="F4")
    actions.remap("old", ["F5"])
    actions.add("new", lambda: "New", lambda: None, shortcut=("F5", "F6"))
    assert (actions.keys("old"), actions.keys("new")) == (("F5",), ("F6",))
    assert actions.refused() == ("new",)


def test_an_action_that_cannot_run_says_why_and_does_not_run(actions: Actions, qtbot: QtBot) -> None:
    ran: list[int] = []
    reason = ["The market is closed."]
    actions.add("buy", lambda: "Buy", lambda: ran.append(1), shortcut="F2", why_not=lambda: reason[0])
    button = QPushButton()
    qtbot.addWidget(button)
    actions.bind(button, "buy", show_key=True)
    assert not button.isEnabled()
    assert "The market is closed." in button.toolTip()
    assert "F2" in button.text()
    assert not actions.trigger("buy")
    reason[0] = ""
    actions.refresh("buy")
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ran == [1]


def test_locked_only_what_trades_is_off(actions: Actions) -> None:
    actions.add("buy", lambda: "Buy", lambda: None, trades=True)
    actions.add("look", lambda: "Look", lambda: None)
    actions.lock(lambda: "Locked.")
    assert actions.why_not("buy") == "Locked."
    assert actions.trigger("look")
    assert not actions.trigger("buy")
    actions.lock(None)
    assert actions.trigger("buy")


def test_a_pane_that_is_gone_takes_its_key_with_it(actions: Actions, qtbot: QtBot) -> None:
    pane = QWidget()
    actions.add("pane", lambda: "Pane", lambda: None, shortcut="Del", where=pane)
    pane.deleteLater()
    qtbot.waitUntil(lambda: actions.action("pane") is None)
    actions.add("other", lambda: "Other", lambda: None, shortcut="Del")
    assert actions.keys("other") == ("Del",)


def test_every_text_is_asked_anew_when_the_language_changes(actions: Actions) -> None:
    words = ["Buy"]
    action = actions.add("buy", lambda: words[0], lambda: None)
    words[0] = "매수"
    actions.retranslate()
    assert action.text() == "매수"
