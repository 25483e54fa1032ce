"""One schedule as it is edited: its times of day, once or repeating, and how far it may go without being asked."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTimeEdit,
    QWidget,
)

from hoga.base.clock import KST
from hoga.base.message import Counted
from hoga.plans.daily import AutomaticLimits, PlanSchedule
from hoga.ui import format as fmt
from hoga.ui.check import CheckBox
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.loop import opened
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.plan.accounts import held_codes
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.words import exact_part_words, read_part, read_whole

_FIRST = time(9, 5)
_MOST_PART = 100_000
_WHOLE = 1_000_000


class ScheduleDialog(PlainDialog):
    """``schedule`` is what stands in it; None while something is wrong."""

    def __init__(self, context: Context, schedule: PlanSchedule | None, draft: Draft, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName("plan.schedule")
        self.setWindowTitle(self.tr("Schedule"))
        self._old, self._draft = schedule, draft
        self._today = context.desk.clock.now().astimezone(KST).date()
        self.name = QLineEdit(schedule.name if schedule is not None else "", self)
        self.name.setMaxLength(60)
        self.sell_at = _time_edit((schedule.sell_at if schedule else draft.sell_at) or _FIRST, self)
        buy_at = schedule.buy_at if schedule is not None else draft.buy_at
        self.buy_apart = CheckBox(self)
        self.buy_apart.setChecked(buy_at is not None)
        self.buy_at = _time_edit(buy_at or time(13, 0), self)
        self.once = CheckBox(self)
        self.once.setChecked(schedule is not None and schedule.on is not None)
        on = (schedule.on if schedule is not None else None) or self._today
        self.on = QDateEdit(QDate(on.year, on.month, on.day), self)
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy-MM-dd")
        limits = schedule.limits if schedule is not None else None
        self.alone = CheckBox(self)
        self.alone.setChecked(limits is not None)
        self.most_won, self.most_part = NumberEdit(self), NumberEdit(self)
        self.most_won.setText(fmt.units(limits.most_won) if limits is not None else "")
        self.most_part.setText(exact_part_words(limits.most_part if limits is not None else _MOST_PART))
        self.most_part.set_suffix("%")
        self.anew = CheckBox(self)
        self.anew.setVisible(schedule is not None)
        self.anew.setEnabled(bool(draft.targets))
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Sells start at"), self.sell_at)
        form.addRow(self.buy_apart, self.buy_at)
        form.addRow(self.once, self.on)
        form.addRow(self.alone)
        sums = QHBoxLayout()
        sums.addWidget(self.most_won, 2)
        sums.addWidget(self.most_part, 1)
        form.addRow(self.tr("Won, and part of the total, at most"), sums)
        form.addRow(self.anew)
        self.body.addLayout(form)
        self.body.addWidget(self.told)
        self.buy_apart.setText(self.tr("Buys start at (else right after the sells)"))
        self.once.setText(self.tr("Once, on (else every trading day)"))
        self.alone.setText(self.tr("Run by itself inside these limits, when the plan has no warning"))
        self.anew.setText(self.tr("Take targets, rules and rounds from the editor anew"))
        self.most_won.set_suffix(self.tr("won"))
        for widget, words in (
            (self.name, self.tr("Name")), (self.sell_at, self.tr("Sells start at")),
            (self.buy_at, self.buy_apart.text()), (self.on, self.once.text()),
            (self.most_won, self.tr("Won at most")), (self.most_part, self.tr("Part of the total at most")),
        ):  # fmt: skip
            widget.setAccessibleName(words)
        back = self.button(self.tr("Back"))
        back.clicked.connect(self.reject)
        self.keep = self.button(self.tr("Save"), default=True)
        self.keep.clicked.connect(self.accept)

    def _connect(self) -> None:
        for edit in (self.name, self.most_won, self.most_part):
            edit.textChanged.connect(lambda _text: self.refresh())
        for box in (self.buy_apart, self.once, self.alone, self.anew):
            box.toggled.connect(lambda _on: self.refresh())
        self.on.dateChanged.connect(lambda _date: self.refresh())

    def refresh(self) -> None:
        for box, widgets in (
            (self.buy_apart, (self.buy_at,)), (self.once, (self.on,)), (self.alone, (self.most_won, self.most_part)),
        ):  # fmt: skip
            for widget in widgets:
                widget.setEnabled(box.isChecked())
        wrong = self._wrong()
        self.told.setText(wrong or self._targets_words())
        dress.ink(self.told, self.context.tokens.bad if wrong else self.context.tokens.dim)
        self.keep.setEnabled(not wrong)

    def _targets_words(self) -> str:
        taken = self._old is None or self.anew.isChecked()
        count = len(self._draft.targets if taken or self._old is None else self._old.targets)
        return self.tr("It plans for {count} {count:row|rows} of targets.").format(count=Counted(count))

    def _wrong(self) -> str:
        if not self.name.text().strip():
            return self.tr("Give it a name.")
        if self.once.isChecked() and _date(self.on.date()) < self._today:
            return self.tr("That day is past.")
        if self.alone.isChecked() and self._limits() is None:
            return self.tr("Write how many won, and which part of the total, it may trade by itself.")
        return ""

    def _limits(self) -> AutomaticLimits | None:
        won, part = read_whole(self.most_won.text()), read_part(self.most_part.text())
        if won is None or won <= 0 or part is None or not 0 < part <= _WHOLE:
            return None
        return AutomaticLimits(most_won=won, most_part=part)

    @property
    def schedule(self) -> PlanSchedule | None:
        if self._wrong():
            return None
        base = self._base()
        return replace(
            base,
            name=self.name.text().strip(),
            sell_at=_time(self.sell_at.time()),
            buy_at=_time(self.buy_at.time()) if self.buy_apart.isChecked() else None,
            on=_date(self.on.date()) if self.once.isChecked() else None,
            limits=self._limits() if self.alone.isChecked() else None,
        )

    def _base(self) -> PlanSchedule:
        if self._old is not None and not self.anew.isChecked():
            return self._old
        draft = self._draft
        return PlanSchedule(
            id=self._old.id if self._old is not None else uuid4().hex[:12],
            name="",
            targets=draft.targets_for(held_codes(self.context.desk.portfolio())),
            rules=draft.rules,
            timing=draft.timing,
            sell_at=_FIRST,
            settings=draft.settings,
        )


def _time_edit(at: time, parent: QWidget) -> QTimeEdit:
    edit = QTimeEdit(QTime(at.hour, at.minute, at.second), parent)
    edit.setDisplayFormat("HH:mm")
    return edit


def _time(at: QTime) -> time:
    return time(at.hour(), at.minute(), at.second())


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


async def asked_schedule(
    context: Context, schedule: PlanSchedule | None, draft: Draft, parent: QWidget
) -> PlanSchedule | None:
    """What is to be saved; None: the person went back."""
    dialog = ScheduleDialog(context, schedule, draft, parent)
    try:
        accepted = await opened(dialog) == QDialog.DialogCode.Accepted
        return dialog.schedule if accepted else None
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
