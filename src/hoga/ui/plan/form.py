"""Fields of a draft in two columns, each with what is wrong with it underneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from hoga.ui import format as fmt
from hoga.ui.check import CheckBox
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.measures import lettered, sized
from hoga.ui.painting import grid
from hoga.ui.plan.draft import Draft, value_at, with_value
from hoga.ui.plan.specs import Kind, Spec, Words
from hoga.ui.plan.words import exact_part_words, read_part, read_whole

_MISREAD = object()
Control: TypeAlias = NumberEdit | QComboBox | QCheckBox


class FieldRow(QWidget):
    """One field. ``changed`` (str, object): the person has set another value of this name."""

    changed = Signal(str, object)

    def __init__(self, context: Context, spec: Spec, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.spec = context, spec
        self.label = QLabel(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.hide()
        self._value: object = None
        self._misread = ""
        self._told = ""
        self.control = self._made()
        self.label.setBuddy(self.control)
        line = QGridLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setHorizontalSpacing(grid(self, 2))
        line.setVerticalSpacing(0)
        if isinstance(self.control, QCheckBox):
            line.addWidget(self.control, 0, 0, 1, 2)
            self.label.hide()
        else:
            line.addWidget(self.label, 0, 0)
            line.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignRight)
        line.addWidget(self.said, 1, 0, 1, 2)
        line.setColumnStretch(0, 1)
        self.retranslate()

    def _made(self) -> Control:
        if self.spec.kind is Kind.SWITCH:
            switch = CheckBox(self)
            switch.clicked.connect(lambda checked: self.changed.emit(self.spec.name, checked))
            return switch
        if self.spec.kind is Kind.CHOICE:
            box = QComboBox(self)
            box.activated.connect(lambda place: self.changed.emit(self.spec.name, box.itemData(place)))
            return box
        edit = NumberEdit(self)
        edit.entered.connect(self._typed)
        edit.editingFinished.connect(self._typed)
        edit.stepped.connect(self._step)
        sized(edit, digits=14, fixed=True)
        return edit

    def retranslate(self) -> None:
        control, spec = self.control, self.spec
        self.label.setText(spec.label())
        for widget in (self.label, control):
            widget.setToolTip(spec.about())
        control.setAccessibleName(spec.label())
        control.setAccessibleDescription(spec.about())
        if isinstance(control, QCheckBox):
            control.setText(spec.label())
        elif isinstance(control, QComboBox):
            control.clear()
            for value, words in spec.choices():
                control.addItem(words, value)
        else:
            control.set_suffix(spec.unit())
            if spec.kind is Kind.TIME:
                control.setPlaceholderText("09:05")
        self.show_value(self._value)

    def show_value(self, value: object) -> None:
        control = self.control
        if self._misread and value == self._value:
            return  # what was typed stays, and what is wrong with it
        self._value = value
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            places = [place for place in range(control.count()) if control.itemData(place) == value]
            control.setCurrentIndex(places[0] if places else -1)
        elif not control.isModified() or not control.hasFocus():
            control.show_number(self._shown(value))
            control.setModified(False)
            self._misread = ""
            self._say()

    def say(self, text: str) -> None:
        """What the planner has against it; empty: nothing."""
        self._told = text
        self._say()

    @property
    def wrong(self) -> bool:
        """Whether what stands there cannot be read."""
        return bool(self._misread)

    def _say(self) -> None:
        text = self._misread or self._told
        self.said.setText(text)
        self.said.setVisible(bool(text))
        dress.ink(self.said, self._context.tokens.bad)

    def _shown(self, value: object) -> str:
        if isinstance(value, time):
            return f"{value:%H:%M:%S}".removesuffix(":00")
        if not isinstance(value, int):
            return ""
        return exact_part_words(value) if self.spec.kind is Kind.PART else fmt.units(value)

    def _typed(self) -> None:
        control = self.control
        if not isinstance(control, NumberEdit) or not control.isModified():
            return
        read = self._read(control.text())
        control.setModified(False)
        self._misread = self._bounds() if read is _MISREAD else ""
        self._say()
        self.changed.emit(self.spec.name, self._value if read is _MISREAD else read)

    def _read(self, text: str) -> object:
        if self.spec.kind is Kind.TIME:
            return _time(text)
        read = read_part(text) if self.spec.kind is Kind.PART else read_whole(text)
        return read if read is not None and self.spec.least <= read <= self.spec.most else _MISREAD

    def _bounds(self) -> str:
        if self.spec.kind is Kind.TIME:
            return self.tr("Write a time of day like 09:05, or leave it empty.")
        shown = exact_part_words if self.spec.kind is Kind.PART else fmt.units
        return self.tr("Write a number from {least} to {most}.").format(
            least=shown(self.spec.least), most=shown(self.spec.most)
        )

    def _step(self, steps: int) -> None:
        if isinstance(self._value, int) and isinstance(self.control, NumberEdit):
            unit = 1000 if self.spec.kind is Kind.PART else 1
            wanted = min(max(self._value + steps * unit, self.spec.least), self.spec.most)
            self.control.setModified(False)
            self.changed.emit(self.spec.name, wanted)


def _time(text: str) -> object:
    """09:05, 9:5:30 or 0905; None for an empty field."""
    clean = text.strip().replace("：", ":")
    if not clean:
        return None
    parts = clean.split(":") if ":" in clean else [clean[:-2], clean[-2:]]
    if not all(part.isascii() and part.isdecimal() for part in parts) or not 2 <= len(parts) <= 3:
        return _MISREAD
    numbers = [int(part) for part in parts]
    try:
        return time(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 0)
    except ValueError:
        return _MISREAD


class Form(QWidget):
    """Several groups of fields, each under a heading. ``edited`` (Draft): the draft with one field changed."""

    edited = Signal(object)

    def __init__(
        self,
        context: Context,
        groups: Sequence[tuple[Words, Sequence[Spec]]],
        now: Callable[[], Draft],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._now = context, now
        self.rows: dict[str, FieldRow] = {}
        self._groups: list[tuple[QLabel, Words, list[FieldRow]]] = []
        self._below: QWidget | None = None
        self._columns = 0
        self.cells = QGridLayout(self)
        self.cells.setContentsMargins(*[grid(self, 2)] * 4)
        self.cells.setHorizontalSpacing(grid(self, 6))
        self.cells.setVerticalSpacing(grid(self))
        for heading, specs in groups:
            label = QLabel(heading(), self)
            lettered(label, strong=True)
            self._groups.append((label, heading, [self._made(spec) for spec in specs]))
        self._lay_out(2)

    def _made(self, spec: Spec) -> FieldRow:
        row = FieldRow(self._context, spec, self)
        row.changed.connect(self._changed)
        self.rows[spec.name] = row
        return row

    def add_below(self, widget: QWidget) -> None:
        """What belongs to the fields and is none."""
        self._below = widget
        self._lay_out(self._columns)

    def _lay_out(self, columns: int) -> None:
        """The fields side by side, or below each other where there is no room for that."""
        self._columns = columns
        place = 0
        for label, _heading, rows in self._groups:
            self.cells.addWidget(label, place, 0, 1, 2)
            for number, row in enumerate(rows):
                at = place + 1 + number // columns
                self.cells.addWidget(row, at, number % columns, Qt.AlignmentFlag.AlignTop)
            place += 1 + (len(rows) + columns - 1) // columns
        if self._below is not None:
            self.cells.addWidget(self._below, place, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for line in range(self.cells.rowCount()):
            self.cells.setRowStretch(line, 1 if line == place + 1 else 0)
        for column in range(2):
            self.cells.setColumnStretch(column, 1 if column < columns else 0)

    @property
    def _widest(self) -> int:
        return max(row.minimumSizeHint().width() for row in self.rows.values())

    def minimumSizeHint(self) -> QSize:
        """One column is enough."""
        return QSize(self._widest + grid(self, 4), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= 2 * self._widest + grid(self, 10) else 1
        if columns != self._columns:
            self._lay_out(columns)

    def retranslate(self) -> None:
        for label, heading, _rows in self._groups:
            label.setText(heading())
        for row in self.rows.values():
            row.retranslate()

    def show_draft(self, draft: Draft) -> None:
        for row in self.rows.values():
            row.show_value(value_at(draft, row.spec.path))

    @property
    def misread(self) -> tuple[str, ...]:
        """Fields in which something stands that cannot be read."""
        return tuple(name for name, row in self.rows.items() if row.wrong)

    def _changed(self, name: str, value: object) -> None:
        self.edited.emit(with_value(self._now(), self.rows[name].spec.path, value))
