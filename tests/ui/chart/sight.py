"""A chart on the screen of a test, and what is seen of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from hoga.ui.chart import ChartPane

WIDE, TALL = 760, 420


def shown(qtbot: QtBot, pane: ChartPane) -> ChartPane:
    qtbot.addWidget(pane)
    pane.resize(WIDE, TALL)
    pane.show()
    wait_for_picture(qtbot, pane)
    pane.grab()
    return pane


def wait_for_picture(qtbot: QtBot, pane: ChartPane) -> None:
    qtbot.waitUntil(lambda: pane.canvas is not None and pane.canvas.isVisible())


def picture(pane: ChartPane) -> QImage:
    assert pane.canvas is not None
    return pane.canvas.grab().toImage()


def count(image: QImage, colour: str) -> int:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return int(np.count_nonzero(np.frombuffer(plain.constBits(), np.uint32) == QColor(colour).rgb()))
