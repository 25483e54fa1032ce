"""What is seen until the desk is open: what is being done, and, if it cannot be done, why and what to do.

It stands within a moment of the start, long before an exchange has started or a master file was read.
"""

from __future__ import annotations

import asyncio
from enum import Enum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget


class Answer(Enum):
    """What a person wants after the desk could not be opened."""

    AGAIN = "again"
    LOOK = "look"
    """Look on, while another desk trades."""
    CONNECTIONS = "connections"
    """Look at the connections and mend them."""
    LEAVE = "leave"


class Opening(QWidget):
    """A small window of its own. ``left`` is set when the person closes it. ``instead_of``: the window that is seen
    while all goes well; it gives way when there is something to ask."""

    def __init__(self, instead_of: QWidget | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint)
        self.instead_of = instead_of
        self.left = asyncio.Event()
        self._answer: asyncio.Future[Answer] | None = None
        self._why = ""
        self._name = QLabel("호가 hoga", self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._again = QPushButton(self)
        self._again.clicked.connect(lambda: self._answered(Answer.AGAIN))
        self._look = QPushButton(self)
        self._look.clicked.connect(lambda: self._answered(Answer.LOOK))
        self.connections = QPushButton(self)
        self.connections.clicked.connect(lambda: self._answered(Answer.CONNECTIONS))
        self._may_look = self._may_mend = False
        self._leave = QPushButton(self)
        self._leave.clicked.connect(self.close)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        self._name.setFont(font)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._look)
        buttons.addWidget(self.connections)
        buttons.addWidget(self._again)
        buttons.addWidget(self._leave)
        column = QVBoxLayout(self)
        step = self.fontMetrics().height()
        column.setContentsMargins(step * 2, step, step * 2, step)
        column.setSpacing(step // 2)
        column.addWidget(self._name)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 64, step * 12)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.setWindowTitle(self.tr("hoga"))
        self._look.setText(self.tr("Open read only"))
        self._look.setToolTip(self.tr("Orders, fills and holdings as the other hoga shows them. Nothing can be sent."))
        self.connections.setText(self.tr("Connections…"))
        self._again.setText(self.tr("Try again"))
        self._leave.setText(self.tr("Close"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def working(self) -> None:
        """Back to work: nothing is wrong (any more)."""
        self._why = ""
        self._show()

    async def ask(self, why: str, *, may_look: bool = False, may_mend: bool = False) -> Answer:
        """Say why it did not work and wait for what to do; ``may_look``: looking on is offered, ``may_mend``: the
        connections are. Closing the window is LEAVE."""
        self._why, self._may_look, self._may_mend = why, may_look, may_mend
        self._answer = asyncio.get_running_loop().create_future()
        self._show()
        if self.instead_of is not None:
            self.instead_of.hide()
        self.show()
        (self._look if may_look else self._again).setFocus()
        QApplication.beep()
        try:
            return await self._answer
        finally:
            self._answer = None

    def _show(self) -> None:
        failed = bool(self._why)
        self._bar.setVisible(not failed)
        self._look.setVisible(failed and self._may_look)
        self.connections.setVisible(failed and self._may_mend)
        self._again.setVisible(failed)
        self._text.setText(self._why or self.tr("Opening the desk on Practice, the built-in exchange …"))

    def _answered(self, answer: Answer) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.left.set()
        self._answered(Answer.LEAVE)
        event.accept()
