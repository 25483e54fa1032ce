"""Another course for what is left: from which moment on, how far apart, in how many rounds, and how orders are priced.
Quantities in all, worst prices and ceilings stay as approved."""

from __future__ import annotations

from datetime import timedelta

import shiboken6
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QTimeEdit, QWidget

from hoga.base.clock import KST
from hoga.domain.tickets import Side
from hoga.plans.control import MOST_TICKS
from hoga.plans.inputs import Style
from hoga.plans.prices import side_plan
from hoga.plans.schedule import MOST_ROUNDS
from hoga.plans.views import Rest, RoundProgress, RoundState, RunningPlan
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.loop import opened
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.measures import sized
from hoga.ui.plan.specs import seconds
from hoga.ui.plan.words import read_whole, side_words, style_words, time_words

_SOON_S = 30
"""Rounds that are late already are offered to go on so soon."""


class MoveDialog(PlainDialog):
    """``rest`` is what is wanted of the rounds from ``first`` on, once accepted."""

    def __init__(self, context: Context, plan: RunningPlan, first: RoundProgress, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName("plan.moving")
        self.setWindowTitle(self.tr("Change what is left"))
        self._first, self._plan = first, plan
        self._left = [one for one in plan.left(first.side) if one.number >= first.number]
        self.say(
            self.tr(
                "{side} rounds {first} to {last} are changed. What they trade in all, the worst prices and the "
                "ceilings stay as you approved them."
            ).format(side=side_words(first.side), first=first.number, last=self._left[-1].number)
        )
        soon = context.desk.clock.now() + timedelta(seconds=_SOON_S)
        at = max(first.at, soon).astimezone(KST)
        self._day = at
        self.at = QTimeEdit(QTime(at.hour, at.minute, at.second), self)
        self.at.setDisplayFormat("HH:mm:ss")
        self.spacing = self._number(str(self._spacing_now()), seconds())
        self.rounds = self._number(str(len(self._left)), "")
        self.style_box = QComboBox(self)
        for style in self._styles():
            self.style_box.addItem(style_words(style), style)
        how = plan.how(first.side)
        self.style_box.setCurrentIndex(self.style_box.findData(how.style))
        self.ticks = self._number(str(how.ticks), self.tr("ticks"))
        self._lay_out()
        back = self.button(self.tr("Back"))
        back.clicked.connect(self.reject)
        self.change = self.button(self.tr("Change"), default=True)
        self.change.clicked.connect(self.accept)
        self.at.timeChanged.connect(lambda _time: self.refresh())
        for edit in (self.spacing, self.rounds, self.ticks):
            edit.textChanged.connect(lambda _text: self.refresh())
        self.style_box.currentIndexChanged.connect(lambda _place: self.refresh())
        self.refresh()

    def _number(self, text: str, suffix: str) -> NumberEdit:
        edit = NumberEdit(self)
        edit.set_suffix(suffix)
        edit.setText(text)
        sized(edit, digits=14, fixed=True)
        return edit

    def _lay_out(self) -> None:
        form = QFormLayout()
        for words, widget in (
            (self.tr("Next of them at"), self.at),
            (self.tr("Then every"), self.spacing),
            (self.tr("Rounds that are left"), self.rounds),
            (self.tr("Order"), self.style_box),
            (self.tr("More eager by"), self.ticks),
        ):
            widget.setAccessibleName(words)
            form.addRow(words, widget)
        self.body.addLayout(form)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)

    def _styles(self) -> tuple[Style, ...]:
        """Market orders only where they were approved: they have no worst price."""
        approved = side_plan(self._plan.plan.inputs, self._first.side).style
        return tuple(style for style in Style if style is not Style.MARKET or approved is Style.MARKET)

    def _spacing_now(self) -> int:
        if len(self._left) > 1:
            return max(int((self._left[1].at - self._left[0].at).total_seconds()), 1)
        return self._plan.how(self._first.side).spacing_s

    @property
    def rest(self) -> Rest | None:
        """None while something is wrong with it."""
        spacing, rounds, ticks = (read_whole(edit.text()) for edit in (self.spacing, self.rounds, self.ticks))
        if spacing is None or rounds is None or ticks is None:
            return None
        if not (1 <= spacing <= 24 * 3600 and 1 <= rounds <= self._most and -MOST_TICKS <= ticks <= MOST_TICKS):
            return None
        time = self.at.time()
        first = self._day.replace(hour=time.hour(), minute=time.minute(), second=time.second(), microsecond=0)
        starts = {self._first.number + place: first + timedelta(seconds=spacing) * place for place in range(rounds)}
        style = self.style_box.currentData()
        divided = rounds != len(self._left) or any(one.state is RoundState.SKIPPED for one in self._left)
        return Rest(starts, divided, style, ticks)

    @property
    def _most(self) -> int:
        return MOST_ROUNDS - self._first.number + 1

    def refresh(self) -> None:
        rest = self.rest
        self.change.setEnabled(rest is not None)
        if rest is None:
            text = self.tr("Write whole seconds from 1, rounds from 1 to {most}, and ticks from −{ticks} to {ticks}.")
            self.told.setText(text.format(most=self._most, ticks=MOST_TICKS))
            dress.ink(self.told, self.context.tokens.bad)
            return
        self.told.setText(self._words(rest))
        dress.ink(self.told, self.context.tokens.text)

    def _words(self, rest: Rest) -> str:
        last = self.tr("The last of them at {at}.").format(at=time_words(max(rest.starts.values())))
        if not rest.divided:
            return last
        anew = self.tr("What is left is divided evenly among {rounds} rounds.").format(rounds=len(rest.starts))
        return f"{last} {anew}"


async def changed_rest(
    context: Context, plan: RunningPlan, first: RoundProgress, parent: QWidget
) -> tuple[Side, Rest] | None:
    """What the person wants; None: nothing is to change."""
    dialog = MoveDialog(context, plan, first, parent)
    try:
        accepted = await opened(dialog) == QDialog.DialogCode.Accepted
        return (first.side, dialog.rest) if accepted and dialog.rest is not None else None
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
