"""What stands in the window while no account can be shown: which one it is about, why, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.trading.connections import Connection, Key, Standing
from hoga.ui.accounts import Accounts
from hoga.ui.painting import bold, grid


class Vacant(QWidget):
    """Signals:

    connections_wanted: the person wants to see the connections, to add, unlock or mend one.
    again (Key): try to open it again, or switch it on.
    """

    connections_wanted = Signal()
    again = Signal(object)

    def __init__(self, accounts: Accounts, worded: Callable[[Message], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._worded = worded
        self._about: Key | None = None
        self._practice: Key | None = None
        self.head, self.why = QLabel(self), QLabel(self)
        self.head.setFont(bold(self.font()))
        for label in (self.head, self.why):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.connections, self.retry, self.start = QPushButton(self), QPushButton(self), QPushButton(self)
        self.connections.clicked.connect(self.connections_wanted)
        self.retry.clicked.connect(lambda: self.again.emit(self._about))
        self.start.clicked.connect(lambda: self.again.emit(self._practice))
        self._others = QVBoxLayout()
        self._buttons: list[QPushButton] = []
        self._lay_out()
        accounts.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.connections, self.retry, self.start):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(grid(self, 4))
        column.addStretch(2)
        column.addWidget(self.head)
        column.addWidget(self.why)
        column.addLayout(buttons)
        column.addLayout(self._others)
        column.addStretch(3)

    def about(self, key: Key | None) -> None:
        """Say how this one stands; None: there is none."""
        self._about = key
        self.refresh()

    def take_focus(self) -> None:
        shown = [one for one in (self.retry, self.start, self.connections, *self._buttons) if not one.isHidden()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        row = next((one for one in self._accounts.rows() if one.details.key == self._about), None)
        self.setWindowTitle(self.tr("hoga"))
        self.connections.setText(self.tr("Connections…"))
        self.retry.setText(self.tr("Try again"))
        self.retry.setVisible(row is not None and row.standing is Standing.FAILED)
        self._practice = self._accounts.practice_that_is_off()
        self.start.setText(self.tr("Use the practice exchange"))
        self.start.setVisible(row is None and self._practice is not None)
        if row is None:
            self.head.setText(self.tr("No account is switched on"))
            self.why.setText(self.tr("Connect an account of your own, or try everything on the practice exchange."))
        else:
            self.head.setText(self._accounts.line(row))
            self.why.setText(self._say(row))
        self._list_others(row)

    def _say(self, row: Connection) -> str:
        if row.why is not None:
            return self._worded(row.why)
        return {
            Standing.LOCKED: self.tr("Real money: locked since the start. Unlock it under Connections."),
            Standing.OPENING: self.tr("It is being opened …"),
        }.get(row.standing, "")

    def _list_others(self, but: Connection | None) -> None:
        """A button for each of the others that is open."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for row in self._accounts.rows():
            if row is but or row.desk is None or (but is not None and row.details.key == but.details.key):
                continue
            button = QPushButton(self.tr("Show {account}").format(account=self._accounts.line(row)), self)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, key=row.details.key: self._accounts.show(key))
            self._others.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.head.setFont(bold(self.font()))
            self.refresh()
