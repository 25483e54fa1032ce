"""The two lists of instruments: what is not bought, and what alone is; each entry with a reason and an end."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from hoga.base.clock import KST
from hoga.domain.instrument_lists import MOST_LETTERS, Listed, ListedInstrument, added
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.ui.context import Context
from hoga.ui.limits import words
from hoga.ui.limits.said import Said
from hoga.ui.painting import grid
from hoga.ui.plain_table import PlainTable


class Field(QLineEdit):
    """``entered``: Enter was pressed here, and presses nothing else: no button that takes the focus by it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ListRow(QWidget):
    """One of the lists. ``wanted`` (name, entries): the person has set another one."""

    wanted = Signal(str, object)

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.name = context, name
        self._entries: Listed = ()
        self.heading = QLabel(words.heading(name, context.language), self)
        default = self.tr("Default: {value}.").format(value=words.default_words(name))
        self.about = QLabel(f"{words.about(name)} {default}", self)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.said = Said(self)
        for label in (self.heading, self.about):
            label.setWordWrap(True)
        self.code = self._field(self.tr("Code"), 12)
        self.reason = self._field(self.tr("Reason"), 0)
        self.reason.setMaxLength(MOST_LETTERS)
        self.until = self._field(self.tr("Until (YYYY-MM-DD)"), 22)
        self.add, self.remove = QPushButton(self.tr("Add"), self), QPushButton(self.tr("Remove selected"), self)
        for button, press in ((self.add, self._add), (self.remove, self._remove)):
            button.setAutoDefault(True)  # Enter presses what has the focus
            button.setAccessibleName(f"{self.heading.text()}: {button.text()}")
            button.clicked.connect(lambda _checked=False, press=press: press())
        headings = (self.tr("Code"), self.tr("Instrument"), self.tr("Until"), self.tr("Reason"))
        self.table = PlainTable(headings, self, letters=40, lines=5)
        self.table.setAccessibleName(self.heading.text())
        self.table.itemSelectionChanged.connect(self._refresh_button)
        self._lay_out()
        self.show_value(())

    def _field(self, hint: str, letters: int) -> Field:
        edit = Field(self)
        edit.setPlaceholderText(hint)
        edit.setAccessibleName(f"{self.heading.text()}: {hint}")
        edit.entered.connect(self._add)
        if letters:
            edit.setFixedWidth(edit.fontMetrics().horizontalAdvance("0") * letters)
        return edit

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(grid(self, 2))
        line.addWidget(self.code)
        line.addWidget(self.reason, 1)
        line.addWidget(self.until)
        line.addWidget(self.add)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.remove)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, grid(self))
        rows.setHorizontalSpacing(grid(self, 4))
        rows.setVerticalSpacing(grid(self))
        rows.setColumnStretch(1, 1)
        rows.addWidget(self.heading, 0, 0)
        rows.addWidget(self.about, 0, 1)
        rows.addLayout(line, 1, 1)
        rows.addWidget(self.said, 2, 1)
        rows.addWidget(self.table, 3, 1)
        rows.addLayout(below, 4, 1)

    @property
    def text(self) -> str:
        """What a search looks through."""
        return f"{self.heading.text()} {self.about.text()}".casefold()

    # --- showing ----------------------------------------------------------------------------------------------------

    def show_value(self, entries: Listed) -> None:
        if entries != self._entries or self.table.rowCount() != len(entries):
            self._entries = entries
            self.table.show_lines([self._line(entry) for entry in entries])
        self.table.setVisible(bool(entries))
        self.remove.setVisible(bool(entries))
        self._refresh_button()

    def _line(self, entry: ListedInstrument) -> tuple[str, ...]:
        until = entry.until.isoformat() if entry.until is not None else self.tr("no end")
        if not entry.holds(self._today()):
            until = self.tr("{date}, over").format(date=until)
        return entry.instrument.code, self._context.name(entry.instrument), until, entry.reason

    def _today(self) -> date:
        return self._context.desk.clock.now().astimezone(KST).date()

    def _refresh_button(self) -> None:
        chosen = bool(self.table.selectedIndexes())
        self.remove.setEnabled(chosen)
        self.remove.setToolTip("" if chosen else self.tr("Select what to remove first."))

    # --- setting ----------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        say = partial(self.said.say, colour=self._context.tokens.bad)
        code = self.code.text().strip().upper()
        if not code:
            say(self.tr("Enter the code of an instrument."))
            return
        if not isinstance(self._context.desk.instrument(InstrumentId(code)), Known):
            say(self.tr("There is no instrument {code}.").format(code=code))
            return
        until = self._read_until()
        if isinstance(until, str):
            say(until)
            return
        entry = ListedInstrument(InstrumentId(code), self.reason.text().strip(), until)
        say("")
        for field in (self.code, self.reason, self.until):
            field.clear()
        self.code.setFocus()
        self.wanted.emit(self.name, added(self._entries, entry))

    def _read_until(self) -> date | str | None:
        """The last day; None for good; or, as a text, why it cannot be one."""
        typed = self.until.text().strip()
        if not typed:
            return None
        try:
            until = date.fromisoformat(typed)
        except ValueError:
            return self.tr("A day is written like 2026-12-31.")
        return until if until >= self._today() else self.tr("That day is over.")

    def _remove(self) -> None:
        chosen = {index.row() for index in self.table.selectedIndexes()}
        left = tuple(entry for place, entry in enumerate(self._entries) if place not in chosen)
        self.wanted.emit(self.name, left)
