"""Other times for the rounds that are left: from which moment on, how far apart. Quantities and ceilings stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import shiboken6
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QTimeEdit, QWidget

from hoga.base.clock import KST
from hoga.plans.inputs import SidePlan
from hoga.plans.views import RoundProgress, RoundState, RunningPlan
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.loop import opened
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.plan.words import read_whole, side_words, time_words


class MoveDialog(PlainDialog):
    """``starts`` are the new times by round number, once accepted."""

    def __init__(self, context: Context, plan: RunningPlan, first: RoundProgress, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName("plan.moving")
        self.setWindowTitle(self.tr("Change times"))
        self._first, self._plan = first, plan
        self._left = [
            one
            for one in plan.rounds
            if one.side is first.side and one.state is RoundState.AHEAD and one.number >= first.number
        ]
        self.say(
            self.tr("{side} rounds {first} to {last} get other times. What they trade, and the ceilings, stay.").format(
                side=side_words(first.side), first=first.number, last=self._left[-1].number
            )
        )
        at = first.at.astimezone(KST)
        self.at = QTimeEdit(QTime(at.hour, at.minute, at.second), self)
        self.at.setDisplayFormat("HH:mm:ss")
        self.spacing = NumberEdit(self)
        self.spacing.set_suffix("s")
        self.spacing.setText(str(self._spacing_now()))
        form = QFormLayout()
        form.addRow(self.tr("Next of them at"), self.at)
        form.addRow(self.tr("Then every"), self.spacing)
        self.at.setAccessibleName(self.tr("Next of them at"))
        self.spacing.setAccessibleName(self.tr("Then every"))
        self.body.addLayout(form)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        back = self.button(self.tr("Back"))
        back.clicked.connect(self.reject)
        self.change = self.button(self.tr("Change"), default=True)
        self.change.clicked.connect(self.accept)
        self.at.timeChanged.connect(lambda _time: self.refresh())
        self.spacing.textChanged.connect(lambda _text: self.refresh())
        self.refresh()

    def _spacing_now(self) -> int:
        timing = self._plan.plan.inputs.timing
        side: SidePlan = timing.sell if self._first.side.value == "sell" else timing.buy
        if len(self._left) > 1:
            return max(int((self._left[1].at - self._left[0].at).total_seconds()), 1)
        return side.spacing_s

    @property
    def starts(self) -> Mapping[int, datetime] | None:
        """None while something is wrong with them."""
        spacing = read_whole(self.spacing.text())
        if spacing is None or not 1 <= spacing <= 24 * 3600:
            return None
        time = self.at.time()
        first = self._first.at.astimezone(KST).replace(
            hour=time.hour(), minute=time.minute(), second=time.second(), microsecond=0
        )
        return {one.number: first + timedelta(seconds=spacing) * place for place, one in enumerate(self._left)}

    def refresh(self) -> None:
        starts = self.starts
        self.change.setEnabled(starts is not None)
        if starts is None:
            self.told.setText(self.tr("Write whole seconds from 1."))
            dress.ink(self.told, self.context.tokens.bad)
            return
        self.told.setText(self.tr("The last of them at {at}.").format(at=time_words(max(starts.values()))))
        dress.ink(self.told, self.context.tokens.text)


async def moved_starts(
    context: Context, plan: RunningPlan, first: RoundProgress, parent: QWidget
) -> Mapping[int, datetime] | None:
    """What the person wants; None: nothing is to change."""
    dialog = MoveDialog(context, plan, first, parent)
    try:
        accepted = await opened(dialog) == QDialog.DialogCode.Accepted
        return dialog.starts if accepted else None
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
