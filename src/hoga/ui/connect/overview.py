"""The list of connections: what is at stake, whose account, how each fares and why; and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hoga.base.message import Language
from hoga.domain.accounts import Stakes
from hoga.trading.connections import Connection, Keep, Key, Standing
from hoga.ui.accounts import called
from hoga.ui.connect.look import Note
from hoga.ui.connect.site import Site
from hoga.ui.connect.words import STANDING_MARKS, house_of, house_words, standing_words
from hoga.ui.header.parts import frame_pen
from hoga.ui.painting import bold, grid
from hoga.ui.plain_table import PlainTable
from hoga.ui.theme.tokens import STAKES, StakesLook

_STATE = 4
_LOOK = Qt.ItemDataRole.UserRole
_BUTTONS = ("add", "import", "", "edit", "test", "unlock", "again", "enable", "", "up", "down", "", "delete")
"""In the order in which they stand; an empty one is a gap."""
_KEYS = {
    "add": "Ins",
    "edit": "Ctrl+Return",
    "test": "Ctrl+T",
    "delete": "Del",
    "up": "Alt+Up",
    "down": "Alt+Down",
}


class Overview(QWidget):
    """Shows ``connections.all()``. Signals carry what the person wants:

    wanted (str, Key): one of the buttons; the key is empty for ``add`` and ``import``.
    """

    wanted = Signal(str, str)

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._rows: tuple[Connection, ...] = ()
        self.hint = Note(self, little=False)
        self.table = PlainTable(("", "", "", "", ""), self, letters=78, lines=9)
        self.table.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.table.setItemDelegate(_Roomy(self.table))
        self.table.setWordWrap(False)
        self.table.itemSelectionChanged.connect(self._selected)
        self.table.cellDoubleClicked.connect(lambda *_: self._want("edit"))
        self.detail = Note(self, little=False)
        self.buttons = {id: QPushButton(self) for id in _BUTTONS if id}
        self._lay_out()
        for id, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, id=id: self._want(id))
        self.retranslate()
        site.changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(grid(self))
        for id in _BUTTONS:
            if id:
                side.addWidget(self.buttons[id])
            else:
                side.addSpacing(grid(self, 3))
        side.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(grid(self, 2))
        left.addWidget(self.hint)
        left.addWidget(self.table, 1)
        left.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(grid(self, 4))
        row.addLayout(left, 1)
        row.addLayout(side)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def current(self) -> Connection | None:
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def refresh(self) -> None:
        """Read the list anew; the chosen one stays chosen."""
        before = self.current
        self._rows = self._site.connections.all()
        self.table.blockSignals(True)
        self.table.show_lines([self._line(row) for row in self._rows])
        for place, row in enumerate(self._rows):
            self._dress(place, row)
        chosen = next((k for k, row in enumerate(self._rows) if before and row.details.key == before.details.key), 0)
        if self._rows:
            self.table.setCurrentCell(chosen, 0)
        self.table.blockSignals(False)
        self._selected()

    def choose(self, key: Key) -> None:
        place = next((k for k, row in enumerate(self._rows) if row.details.key == key), None)
        if place is not None:
            self.table.setCurrentCell(place, 0)

    def _line(self, row: Connection) -> tuple[str, ...]:
        details = row.details
        label = row.account.label if row.account is not None else details.label
        state = f"{STANDING_MARKS[row.standing]} {standing_words(row.standing)}"
        house = house_words(house_of(details.profile))
        return STAKES[details.stakes].words, self._called(row), house, label or "–", state

    def _called(self, row: Connection) -> str:
        """What nobody has named yet is called in the window's language."""
        return row.details.name if self._site.language is Language.KO else called(row.details, Language.EN)

    def _dress(self, place: int, row: Connection) -> None:
        look, tokens = STAKES[row.details.stakes], self._site.tokens
        stakes, state = self.table.item(place, 0), self.table.item(place, _STATE)
        if stakes is None or state is None:
            return
        stakes.setData(_LOOK, look)
        stakes.setFont(bold(self.font()))
        colours = {Standing.OPEN: tokens.good, Standing.FAILED: tokens.bad, Standing.LOCKED: tokens.warn}
        state.setForeground(QColor(colours.get(row.standing, tokens.dim)))
        _say_of(self.table.item(place, 1), f"{look.words}, {self._called(row)}, {standing_words(row.standing)}")

    def _selected(self) -> None:
        row = self.current
        for id in ("edit", "test", "unlock", "again", "enable", "up", "down", "delete"):
            self.buttons[id].setEnabled(row is not None)
        only_practice = all(one.details.practice for one in self._rows)
        self.hint.setVisible(only_practice)
        if row is None:
            self.detail.tell(self.tr("No connection. Add one."), self._site.tokens.dim)
            return
        self._show_detail(row)
        place = self.table.currentRow()
        self.buttons["up"].setEnabled(place > 0)
        self.buttons["down"].setEnabled(place < len(self._rows) - 1)
        real = row.details.stakes is Stakes.REAL
        locked = row.standing is Standing.LOCKED
        self.buttons["unlock"].setVisible(real and row.details.enabled)
        self.buttons["unlock"].setText(self.tr("&Unlock…") if locked else self.tr("&Lock"))
        self.buttons["again"].setVisible(row.details.enabled and row.standing is Standing.FAILED)
        self.buttons["enable"].setText(self.tr("Switch o&ff") if row.details.enabled else self.tr("Switch &on"))

    def _show_detail(self, row: Connection) -> None:
        tokens = self._site.tokens
        parts = [f"{self._called(row)}: {standing_words(row.standing)}"]
        if row.why is not None:
            parts.append(self._site.worded(row.why).replace(" · ", "\n"))
        elif row.standing is Standing.LOCKED:
            parts.append(self.tr("Real money starts locked each time. Nothing of it is connected until you unlock it."))
        if row.details.keep is Keep.THIS_RUN and not row.details.practice:
            parts.append(self.tr("Its keys are kept for this run only."))
        if row.details.addresses is not None:
            parts.append(self.tr("Another host than the broker's own: {host}").format(host=row.details.addresses.rest))
        self.detail.tell("\n".join(parts), tokens.bad if row.standing is Standing.FAILED else tokens.text)

    def _want(self, id: str) -> None:
        row = self.current
        if id in ("add", "import"):
            self.wanted.emit(id, "")
        elif row is not None:
            self.wanted.emit(id, row.details.key)

    def retranslate(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [self.tr("At stake"), self.tr("Name"), self.tr("Broker"), self.tr("Account"), self.tr("State")]
        )  # fmt: skip
        self.table.setAccessibleName(self.tr("Connections"))
        texts = {
            "add": (self.tr("&Add…"), self.tr("Connect an account of your own.")),
            "import": (
                self.tr("&Import…"),
                self.tr("Take keys from a .env, a python-kis secret file or kis_devlp.yaml."),
            ),
            "edit": (self.tr("&Edit…"), self.tr("Change its name, keys or where they are kept.")),
            "test": (self.tr("&Test"), self.tr("Try it step by step. No order is sent.")),
            "unlock": (self.tr("&Unlock…"), self.tr("Real money starts locked after every start.")),
            "again": (self.tr("Try &again"), self.tr("hoga also tries by itself where that can help.")),
            "enable": (self.tr("Switch &on"), self.tr("What is off is not connected; its keys and orders are kept.")),
            "up": (self.tr("Move up"), self.tr("The first one that is open is shown first.")),
            "down": (self.tr("Move down"), ""),
            "delete": (self.tr("&Delete…"), self.tr("Its keys go; what was ordered stays on file.")),
        }
        for id, (text, about) in texts.items():
            button = self.buttons[id]
            button.setText(text)
            if id in _KEYS:
                button.setShortcut(QKeySequence(_KEYS[id]))
            key = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            head = f"{text.replace('&', '')} ({key})" if key else text.replace("&", "")
            button.setToolTip("\n".join(filter(None, (head, about))))
        self.hint.tell(
            self.tr(
                "So far you trade on the practice exchange alone. Add an account of your own when you have its keys."
            ),
            self._site.tokens.dim,
        )
        self.refresh()


class _Roomy(QStyledItemDelegate):
    """Cells with air at their sides; what is at stake keeps its own ground and pattern in a chosen row too."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        table = self.parent()
        return size + QSize(grid(table, 5), 0) if isinstance(table, QWidget) else size

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = index.data(_LOOK)
        if not isinstance(look, StakesLook):
            super().paint(painter, option, index)
            return
        area: QRect = option.rect
        painter.save()
        painter.fillRect(area, QColor(look.ground))
        pen = frame_pen(look)
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(area.adjusted(2, 2, -3, -3))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(QColor(look.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, look.words)
        painter.restore()


def _say_of(item: QTableWidgetItem | None, text: str) -> None:
    if item is not None:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
