"""What is asked before the two acts that count: unlocking real money, and deleting a connection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hoga.domain.accounts import Stakes
from hoga.trading.connections import Connection, Details, Keep
from hoga.ui.connect.look import Note, StakesChip
from hoga.ui.connect.site import Site
from hoga.ui.header.parts import frame_pen
from hoga.ui.painting import grid
from hoga.ui.theme.tokens import STAKES

DIGITS = 4


class _Asking(QDialog):
    """A small window before its parent; deleted when it closes. The safe button has the keyboard."""

    def __init__(self, site: Site, stakes: Stakes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.site = site
        self._look = STAKES[stakes]
        self.chip = StakesChip(self)
        self.chip.show_stakes(stakes)
        self.text = Note(self, little=False)
        self.trouble = Note(self, little=False)
        self.trouble.hide()
        self.back, self.go = QPushButton(self), QPushButton(self)
        self.back.setText(self.tr("Back"))
        self.back.clicked.connect(self.reject)
        self.go.setAutoDefault(False)
        self.body = QVBoxLayout()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        gap = grid(self, 5)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(grid(self, 3))
        column.addWidget(self.chip)
        column.addWidget(self.text)
        column.addLayout(self.body)
        column.addWidget(self.trouble)
        column.addLayout(foot)

    def refuse(self, why: str) -> None:
        """It did not go: say why and stay."""
        self.trouble.tell("✕ " + why, self.site.tokens.bad)
        self.trouble.show()
        self.go.setEnabled(True)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * 62
        return QSize(width, max(super().sizeHint().height(), self.heightForWidth(width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(frame_pen(self._look))
        half = self._look.width // 2
        painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))


class UnlockDialog(_Asking):
    """Takes the last four digits of the account number and hands them to ``act``; the act says whether they fit by
    calling ``refuse``, or closes the dialog."""

    def __init__(
        self, site: Site, details: Details, act: Callable[[str], None], parent: QWidget, *, test: bool
    ) -> None:
        super().__init__(site, Stakes.REAL, parent)
        self.setWindowTitle(self.tr("Unlock real money"))
        self._act = act
        what = (
            self.tr("The test of {name} reaches the broker's real server. It only reads; no order is sent.")
            if test
            else self.tr("{name} is real money. Once it is unlocked, orders from this window reach the market.")
        )
        account = details.label or self.tr("the account")
        ask = self.tr("Type the last four digits of the account number ({account}).").format(account=account)
        self.text.tell(f"{what.format(name=details.name)}\n{ask}", site.tokens.text)
        self.digits = QLineEdit(self)
        self.digits.setMaxLength(DIGITS)
        self.digits.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.digits.setAccessibleName(self.tr("Last four digits of the account number"))
        self.digits.setMaximumWidth(self.fontMetrics().averageCharWidth() * 16)
        self.digits.textChanged.connect(self._typed)
        self.digits.returnPressed.connect(self._go)
        self.body.addWidget(self.digits)
        self.go.setText(self.tr("Test") if test else self.tr("Unlock"))
        self.go.clicked.connect(self._go)
        self.back.setAutoDefault(False)
        self._typed("")
        self.digits.setFocus()

    def refuse(self, why: str) -> None:
        super().refuse(why)
        self.digits.setFocus()
        self.digits.selectAll()

    def _typed(self, text: str) -> None:
        ready = len(text) == DIGITS and text.isdigit()
        self.go.setEnabled(ready)
        self.go.setToolTip("" if ready else self.tr("Four digits are needed."))

    def _go(self) -> None:
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self._act(self.digits.text())


class DeleteDialog(_Asking):
    """Says what goes and what stays, then calls ``act``."""

    def __init__(self, site: Site, connection: Connection, act: Callable[[], None], parent: QWidget) -> None:
        super().__init__(site, connection.details.stakes, parent)
        details = connection.details
        self.setWindowTitle(self.tr("Delete a connection"))
        lines = [self.tr("Delete {name}?").format(name=details.name)]
        if details.practice:
            lines.append(
                self.tr("Goes: its place in this list. The practice account itself stays; add it again at any time.")
            )
        elif details.keep is Keep.KEYRING:
            lines.append(
                self.tr("Goes: app key, secret, account number, HTS id and token, from this system's keyring.")
            )
        else:
            lines.append(self.tr("Goes: app key, secret, account number, HTS id and token, from memory."))
        lines.append(self.tr("Stays: the record of its orders and fills, set aside in the data folder."))
        if not details.practice:
            lines.append(self.tr("The keys stay valid at the broker: to end them, give them up on the broker's page."))
        self.text.tell("\n".join(lines), site.tokens.text)
        self.go.setText(self.tr("Delete"))
        self.go.clicked.connect(lambda: self._go(act))
        self.back.setDefault(True)
        self.back.setFocus()

    def _go(self, act: Callable[[], None]) -> None:
        self.go.setEnabled(False)
        act()
