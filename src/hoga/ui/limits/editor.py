"""The limits of risk of one connection: each explained, with its default; a looser one is confirmed, a tighter is not.

What is typed is in effect as soon as the field is left or Enter is pressed; what cannot be a limit is said beside it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from hoga.base.message import Message
from hoga.domain.risk_limits import DEFAULT_LIMITS, LISTS, RiskLimits, changes, problem_of
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.limits import words
from hoga.ui.limits.lists import ListRow
from hoga.ui.limits.said import Said
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.numbers import Part, read, whole
from hoga.ui.painting import grid
from hoga.ui.preferences import Preferences
from hoga.ui.theme.tokens import STAKES

_MISREAD = object()


class LimitRow(QWidget):
    """One limit. ``wanted`` (name, value): the person has set another value; None is 'not used'."""

    wanted = Signal(str, object)

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.name = context, name
        self.heading = QLabel(words.heading(name, context.language), self)
        self.field: NumberEdit | QComboBox = self._choice() if name in words.CHOSEN else self._number()
        self.field.setAccessibleName(self.heading.text())
        self.field.setAccessibleDescription(words.about(name))
        self.heading.setBuddy(self.field)
        self.back = QToolButton(self)
        self.back.setText("↺")
        self.back.setAutoRaise(True)
        self.back.setToolTip(self.tr("Back to the default: {value}").format(value=words.default_words(name)))
        self.back.setAccessibleName(f"{self.heading.text()}: {self.back.toolTip()}")
        self.back.clicked.connect(self._reset)
        default = self.tr("Default: {value}.").format(value=words.default_words(name))
        self.about = QLabel(f"{words.about(name)} {default}", self)
        self.said = Said(self)
        self.about.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()

    def _number(self) -> NumberEdit:
        edit = NumberEdit(self)
        edit.set_suffix(words.unit(self.name))
        edit.setPlaceholderText(self.tr("not used"))
        edit.entered.connect(self._typed)
        edit.editingFinished.connect(self._typed)
        edit.setFixedWidth(edit.fontMetrics().horizontalAdvance("0") * 24)
        return edit

    def _choice(self) -> QComboBox:
        box = QComboBox(self)
        for value, text in words.choices(self.name).items():
            box.addItem(text, value)
        box.activated.connect(lambda place: self.wanted.emit(self.name, box.itemData(place)))
        return box

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(grid(self, 2))
        for widget in (self.field, self.back):
            line.addWidget(widget)
        line.addStretch(1)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, grid(self))
        rows.setHorizontalSpacing(grid(self, 4))
        rows.setVerticalSpacing(grid(self))
        rows.setColumnStretch(1, 1)
        rows.addWidget(self.heading, 0, 0)
        rows.addLayout(line, 0, 1)
        rows.addWidget(self.said, 1, 1)
        rows.addWidget(self.about, 2, 1)

    @property
    def text(self) -> str:
        """What a search looks through."""
        return f"{self.heading.text()} {self.about.text()}".casefold()

    def show_value(self, value: object) -> None:
        if isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(max(self.field.findData(value), 0))
        else:
            self.field.show_number(fmt.units(value) if isinstance(value, int) else "")
            self.field.setModified(False)

    def _typed(self) -> None:
        if isinstance(self.field, NumberEdit) and self.field.isModified():
            self.field.setModified(False)
            self.wanted.emit(self.name, _read(self.name, self.field.text()))

    def _reset(self) -> None:
        self.wanted.emit(self.name, getattr(DEFAULT_LIMITS, self.name))


def _read(name: str, text: str) -> object:
    """A limit as it was typed: a whole number, None for an empty field, or what stands for 'cannot be read'."""
    if not text.strip():
        return None
    typed = read(text)
    if isinstance(typed, Part):
        return whole(typed.percent) if name.endswith("percent") else _MISREAD
    number = None if typed is None else whole(typed.value)
    return _MISREAD if number is None else number


class Loosening(QWidget):
    """Asks before a limit lets more pass. ``answered`` (bool)."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = QLabel(self)
        self.question.setWordWrap(True)
        self.keep, self.loosen = QPushButton(self), QPushButton(self)
        for button, answer in ((self.keep, False), (self.loosen, True)):
            button.setAutoDefault(True)  # Enter presses what has the focus
            button.clicked.connect(partial(self._answer, answer))
        line = QHBoxLayout(self)
        line.setContentsMargins(*[grid(self, 2)] * 4)
        line.addWidget(self.question, 1)
        line.addWidget(self.keep)
        line.addWidget(self.loosen)
        self.setAutoFillBackground(True)
        self.hide()

    def ask(self, question: str, ground: str) -> None:
        self.question.setText(question)
        self.keep.setText(self.tr("Keep it"))
        self.loosen.setText(self.tr("Loosen it"))
        self.loosen.setAccessibleName(f"{self.loosen.text()}: {question}")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, ground)
        self.setPalette(palette)
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, loosen: bool, *_: object) -> None:
        self.hide()
        self.answered.emit(loosen)


class LimitsEditor(QWidget):
    """The rows of the connection that is shown, and the question that a looser limit raises."""

    def __init__(self, context: Context, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._preferences = context, preferences
        self._connection = context.desk.account.connection
        self._pending: RiskLimits | None = None
        self.whose = QLabel(self.tr("For orders by hand and by plan alike; nothing holds back a cancel."), self)
        self.whose.setWordWrap(True)
        self.accounts = self._account_box()
        self.rows: dict[str, LimitRow | ListRow] = {name: LimitRow(context, name, self) for name in words.NAMES}
        self.rows |= {name: ListRow(context, name, self) for name in LISTS}
        widest = max(row.heading.sizeHint().width() for row in self.rows.values())
        for row in self.rows.values():
            row.heading.setFixedWidth(widest)
        self.question = Loosening(self)
        self.question.answered.connect(self._answered)
        self._column = QGridLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setVerticalSpacing(grid(self))
        top = QHBoxLayout()
        top.addWidget(self.accounts)
        top.addWidget(self.whose, 1)
        self._column.addLayout(top, 0, 0)
        for place, row in enumerate(self.rows.values()):
            self._column.addWidget(row, 2 * place + 1, 0)
            row.wanted.connect(self._wanted)
        preferences.file.changed.connect(self.refresh)
        self.refresh()

    def _account_box(self) -> QComboBox:
        """Every open account; the one that is shown in the window first."""
        box = QComboBox(self)
        for desk in self._context.desks():
            account = desk.account
            box.addItem(f"{STAKES[account.stakes].words} · {account.label}", account.connection)
        box.setCurrentIndex(max(box.findData(self._connection), 0))
        box.setAccessibleName(self.tr("Account whose limits are shown"))
        box.setEnabled(box.count() > 1)
        box.activated.connect(self._choose)
        return box

    def _choose(self, place: int) -> None:
        self._forget()
        self._connection = self.accounts.itemData(place)
        for row in self.rows.values():
            row.said.say("", self._context.tokens.bad)
        self.refresh()

    @property
    def now(self) -> RiskLimits:
        return self._preferences.now.limits_of(self._connection)

    def refresh(self, *_: object) -> None:
        """Show what is set now, whoever set it."""
        for name, row in self.rows.items():
            row.show_value(getattr(self.now, name))

    def filter(self, wanted: str) -> bool:
        """Show the rows that hold ``wanted``; False when there is none."""
        seen = [row for row in self.rows.values() if wanted in row.text]
        for row in self.rows.values():
            row.setVisible(row in seen)
        for widget in (self.accounts, self.whose):
            widget.setVisible(bool(seen))
        return bool(seen)

    # --- setting ----------------------------------------------------------------------------------------------------

    def _wanted(self, name: str, value: Any) -> None:
        row, bad = self.rows[name], self._context.tokens.bad
        self._forget()
        if value is _MISREAD:
            row.said.say(self.tr("This cannot be read: whole numbers, commas, 만 and 억 are understood."), bad)
            return
        values = {one: getattr(self.now, one) for one in self.rows} | {name: value}
        problem = problem_of({name: value}) or problem_of(values)
        if problem is not None:
            row.said.say(self._worded(problem), bad)
            return
        row.said.say("", bad)
        limits = replace(self.now, **{name: value})
        if any(change.loosens for change in changes(self.now, limits)):
            self._ask(row, limits, value)
        else:
            self._set(limits)

    def _worded(self, problem: Message) -> str:
        return self._context.worded(problem)

    def _ask(self, row: LimitRow | ListRow, limits: RiskLimits, value: object) -> None:
        self._pending = limits
        before = getattr(self.now, row.name)
        self._column.addWidget(self.question, 2 * list(self.rows).index(row.name) + 2, 0)
        self.question.ask(
            self.tr("Loosen “{limit}” from {before} to {after}?").format(
                limit=row.heading.text(), before=words.shown(row.name, before), after=words.shown(row.name, value)
            ),
            self._context.tokens.warn_ground,
        )

    def _answered(self, loosen: bool) -> None:
        limits, self._pending = self._pending, None
        if loosen and limits is not None:
            self._set(limits)
        self.refresh()

    def _forget(self) -> None:
        """A newer wish takes the place of one that was not confirmed."""
        if self._pending is not None:
            self._pending = None
            self.question.hide()

    def _set(self, limits: RiskLimits) -> None:
        kept = self._preferences.now.limits
        self._preferences.file.change(limits={**kept, self._connection: limits})
        self.refresh()
