"""The window opens and closes many times and leaves nothing behind: no widget, no object, no lease, no word of Qt."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from hoga.domain.tickets import Side
from tests.support.fake_desk import FakeDesk
from tests.support.made_up import SAMSUNG
from tests.ui.frame.conftest import Frame, bury

CYCLES = 10


def _alive() -> Counter[str]:
    """Window objects by class."""
    gc.collect()
    return Counter(
        type(one).__name__ for one in gc.get_objects() if isinstance(one, QObject) and "hoga" in type(one).__module__
    )


def _cycle(app: QApplication) -> FakeDesk:
    frame = Frame(app)
    frame.show()
    frame.context.actions.trigger("search")
    frame.window.show_settings()
    frame.desk.set_health(in_flight=1)
    frame.window.close()
    frame.close()
    return frame.desk


def test_many_windows_leave_nothing_behind(qapp: QApplication, qtlog: Any) -> None:
    for _ in range(2):
        _cycle(qapp)
    bury()
    widgets, objects = len(qapp.allWidgets()), _alive()
    for _ in range(CYCLES):
        desk = _cycle(qapp)
        assert all(lease.released for lease in desk.leases)
    bury()
    assert len(qapp.allWidgets()) <= widgets
    assert _alive() - objects == Counter()
    words = [record.message for record in qtlog.records]
    assert [word for word in words if "This plugin does not support" not in word] == []


def test_a_closed_window_hears_nothing_more(qapp: QApplication) -> None:
    frame = Frame(qapp)
    frame.show()
    context, desk = frame.context, frame.desk
    frame.window.close_for_good()
    bury()
    desk.working(SAMSUNG, Side.BUY, 10, 71_000)
    context.frame.emit(frozenset({SAMSUNG.id}))
    context.second.emit()
    context.language_changed.emit()
    context.look_changed.emit()
    context.instruments_changed.emit()
    frame.preferences.close()
    context.deleteLater()
    bury()
