"""The ring around the field or button that has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.frame.conftest import Frame


@pytest.fixture
def box(frame: Frame, qtbot: QtBot) -> QWidget:
    frame.show()
    shown = QWidget()
    qtbot.addWidget(shown)
    column = QVBoxLayout(shown)
    for widget in (QLineEdit(shown), QPushButton("x", shown), QLabel("y", shown)):
        column.addWidget(widget)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def test_it_is_seen_where_the_keyboard_is_and_nowhere_else(frame: Frame, box: QWidget) -> None:
    ring, colour = frame.preferences.look.ring, QColor(frame.context.tokens.focus)
    edit, button = box.findChild(QLineEdit), box.findChild(QPushButton)
    assert edit is not None
    assert button is not None
    for widget in (edit, button):
        widget.setFocus()
        QApplication.processEvents()
        assert ring.around() is widget
        area = widget.geometry().adjusted(-4, -4, 4, 4)
        picture = box.grab(area).toImage()
        across = {picture.pixelColor(x, picture.height() // 2).rgba() for x in range(picture.width())}
        assert colour.rgba() in across
    box.setFocus()
    assert ring.around() is None


def test_it_outlives_the_window_it_lay_in(frame: Frame, box: QWidget, qtbot: QtBot) -> None:
    other = QWidget()
    inside = QLineEdit(other)
    other.show()
    other.activateWindow()
    inside.setFocus()
    qtbot.waitUntil(lambda: frame.preferences.look.ring.around() is inside)
    other.close()
    other.deleteLater()
    frame.settle()
    edit = box.findChild(QLineEdit)
    assert edit is not None
    box.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(lambda: frame.preferences.look.ring.around() is edit)


def test_a_row_without_margins_does_not_cut_it(frame: Frame, box: QWidget) -> None:
    row = QWidget(box)
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    tight = QLineEdit(row)
    column.addWidget(tight)
    layout = box.layout()
    assert layout is not None
    layout.addWidget(row)
    tight.setFocus()
    frame.settle()
    area = row.geometry().adjusted(-4, -4, 4, 4)
    picture, colour = box.grab(area).toImage(), QColor(frame.context.tokens.focus)
    down = [picture.pixelColor(picture.width() // 2, y).rgba() == colour.rgba() for y in range(picture.height())]
    assert any(down[:6])
    assert any(down[-6:])
