"""Plans that run: which one is shown, and everything a person can do to it."""

from __future__ import annotations

from collections.abc import Awaitable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hoga.base.message import Counted, Message
from hoga.domain.tickets import Side
from hoga.plans.facade import Plans
from hoga.plans.views import Choice, LegState, PlanState, RoundProgress, RoundState, RunningPlan
from hoga.trading.views import Denied
from hoga.ui.context import Context, Event
from hoga.ui.focus import focus_into
from hoga.ui.order import dress
from hoga.ui.order.reasons import in_words
from hoga.ui.painting import grid
from hoga.ui.plan.asking import ask
from hoga.ui.plan.moving import changed_rest
from hoga.ui.plan.run_view import RunView
from hoga.ui.plan.running_rows import LegRow, Step
from hoga.ui.plan.words import digest_words, plan_state_words, said, side_words, time_words
from hoga.ui.tables.paced import Paced

_BUTTONS = ("plan.pause", "plan.resume", "plan.skip", "plan.move", "plan.stop")


class Running(QWidget):
    """See the module."""

    def __init__(self, context: Context, plans: Plans, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._plans = context, plans
        self._digest = ""
        self.which = QComboBox(self)
        self.which.activated.connect(lambda place: self.choose(self.which.itemData(place)))
        self.view = RunView(context, "plan running", self)
        self.view.tools.addWidget(self.which)
        self.buttons = {name: QPushButton(self) for name in (*_BUTTONS, "plan.take_over", "plan.cancel_child")}
        for name in _BUTTONS:
            self.view.tools.addWidget(self.buttons[name])
        for name in ("plan.take_over", "plan.cancel_child"):
            self.view.below_tools.addWidget(self.buttons[name])
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.stack = QStackedWidget(self)
        hint = QWidget(self.stack)
        column = QVBoxLayout(hint)
        column.setContentsMargins(*[grid(self, 8)] * 4)
        column.addWidget(self.empty)
        column.addStretch(1)
        self.stack.addWidget(hint)
        self.stack.addWidget(self.view)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.stack)
        self._add_actions()
        self._paced = Paced(self, self.refresh)
        self.view.selected.connect(self._refresh_actions)
        self.view.question.answered.connect(self.answer)
        context.lock_changed.connect(lambda _locked: self._refresh_actions())
        context.language_changed.connect(self.retranslate)
        context.orders_changed.connect(self.ask_refresh)
        self.retranslate()

    def _add_actions(self) -> None:
        add, bind = self._context.actions.add, self._context.actions.bind
        add(
            "plan.pause", lambda: self.tr("Pause"), self.pause, shortcut="Ctrl+P", where=self,
            tooltip=lambda: self.tr("Nothing more is sent until you resume; orders that work stay."),
            why_not=self._why_no_pause,
        )  # fmt: skip
        add(
            "plan.resume", lambda: self.tr("Resume"), self.resume, shortcut="Ctrl+R", where=self, trades=True,
            tooltip=lambda: self.tr("Go on where it was paused; rounds that came due meanwhile are merged."),
            why_not=self._why_no_resume,
        )  # fmt: skip
        add(
            "plan.skip", lambda: self.tr("Skip a round…"), self.skip, shortcut="Ctrl+J", where=self,
            tooltip=lambda: self.tr("Leave the next (or the selected) round out; later ones make it up."),
            why_not=self._why_no_round,
        )  # fmt: skip
        add(
            "plan.move", lambda: self.tr("Change the rest…"), self.change_rest, shortcut="Ctrl+T", where=self,
            trades=True,
            tooltip=lambda: self.tr(
                "Other times, another number of rounds, another order style for what is left, within the ceilings."
            ),
            why_not=self._why_no_rest,
        )  # fmt: skip
        add(
            "plan.stop", lambda: self.tr("Stop…"), self.stop, shortcut="Ctrl+.", where=self,
            tooltip=lambda: self.tr("End the plan, with or without cancelling what works."), why_not=self._why_no_stop,
        )  # fmt: skip
        add(
            "plan.take_over", lambda: self.tr("Take over by hand…"), self.take_over, shortcut="Ctrl+U", where=self,
            tooltip=lambda: self.tr("The plan sends nothing more for the selected instrument; you trade it."),
            why_not=self._why_no_take_over,
        )  # fmt: skip
        add(
            "plan.cancel_child", lambda: self.tr("Cancel this order"), self.cancel_child, shortcut="Del",
            where=self.view.steps, trades=True, why_not=self._why_no_cancel,
            tooltip=lambda: self.tr("Cancel the selected order; a later round makes its shares up."),
        )  # fmt: skip
        for name, button in self.buttons.items():
            bind(button, name)
            button.setAutoDefault(False)

    def retranslate(self) -> None:
        self.which.setAccessibleName(self.tr("Plan shown"))
        self.empty.setText(
            self.tr(
                "No plan runs. An approved plan is shown here with every order, what is behind its schedule and why. "
                "Compose one, preview it, and approve it."
            )
        )
        dress.ink(self.empty, self._context.tokens.dim)
        self.refresh()

    # --- showing ----------------------------------------------------------------------------------------------------

    def ask_refresh(self) -> None:
        self._paced.ask()

    def choose(self, digest: str) -> None:
        self._digest = digest
        self.refresh()

    @property
    def plan(self) -> RunningPlan | None:
        return self.view.plan

    def refresh(self) -> None:
        running = self._plans.running()
        if self._digest and not any(plan.digest == self._digest for plan in running):
            # One that has just ended stays in sight until the person looks at another.
            ended = self._plans.plan(self._digest)
            running = (*running, ended) if ended is not None else running
        shown = next((plan for plan in running if plan.digest == self._digest), running[0] if running else None)
        self._digest = shown.digest if shown is not None else ""
        self._show_choice(running)
        self.view.show_plan(shown)
        self.stack.setCurrentIndex(0 if shown is None else 1)
        self._refresh_actions()

    def _show_choice(self, running: tuple[RunningPlan, ...]) -> None:
        texts = [
            (f"{time_words(plan.approved_at)} {digest_words(plan.digest)[:9]} {plan_state_words(plan.state)}", plan)
            for plan in running
        ]
        if [self.which.itemText(at) for at in range(self.which.count())] != [text for text, _ in texts]:
            self.which.clear()
            for text, plan in texts:
                self.which.addItem(text, plan.digest)
        self.which.setCurrentIndex(self.which.findData(self._digest))
        self.which.setVisible(len(running) > 1)

    def _refresh_actions(self) -> None:
        """Pausing and resuming take turns: who pressed the one stands on the other, never on the button beside."""
        turns = [self.buttons["plan.pause"], self.buttons["plan.resume"]]
        focus = QApplication.focusWidget()
        self._context.actions.refresh(*self.buttons)
        if focus in turns and not focus.isEnabled():
            turns[1 - turns.index(focus)].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- why not ----------------------------------------------------------------------------------------------------

    def _why_not_there(self) -> str:
        if self.plan is None:
            return self.tr("No plan runs.")
        return self.tr("It has ended.") if self.plan.state.over else ""

    def _why_not_running(self) -> str:
        if self.plan is not None and self.plan.state is PlanState.STOPPING:
            return self.tr("It is being stopped.")
        return self._why_not_there()

    def _why_no_pause(self) -> str:
        if not self._why_not_there() and self.plan is not None and self.plan.state is PlanState.PAUSED:
            return self.tr("It is paused already.")
        return self._why_not_running()

    def _why_no_resume(self) -> str:
        if not self._why_not_there() and self.plan is not None and self.plan.state is not PlanState.PAUSED:
            return self.tr("It is not paused.")
        return self._why_not_there()

    def _why_no_stop(self) -> str:
        """Who stopped it and left orders open may still have them cancelled."""
        return self._why_not_there()

    def _why_no_round(self) -> str:
        there = self._why_not_running()
        return there or ("" if self._next_round() is not None else self.tr("No round is ahead."))

    def _why_no_take_over(self) -> str:
        row = self.view.selected_leg()
        if self._why_not_there():
            return self._why_not_there()
        if row is None:
            return self.tr("Select an instrument first.")
        if row.leg.state is LegState.MANUAL:
            return self.tr("It was taken over before.")
        return self.tr("It is complete.") if row.leg.state is LegState.COMPLETE else ""

    def _why_no_cancel(self) -> str:
        step = self.view.selected_step()
        if step is None or step.child is None:
            return self.tr("Select an order under Rounds first.")
        return self.tr("It has ended.") if step.child.state.over else ""

    def _first_left(self) -> RoundProgress | None:
        """From which round on the rest is changed: the selected one, else the next of the side that trades."""
        if self.plan is None:
            return None
        left = [round for side in Side for round in self.plan.left(side) if round.state is not RoundState.SKIPPED]
        step = self.view.selected_step()
        chosen = step.round if step is not None else None
        mine = [one for one in left if chosen is not None and (one.side, one.number) == (chosen.side, chosen.number)]
        trading = self.plan.side
        return mine[0] if mine else min(left, key=lambda one: (one.side is not trading, one.at), default=None)

    def _why_no_rest(self) -> str:
        there = self._why_not_running()
        return there or ("" if self._first_left() is not None else self.tr("No round is ahead."))

    def _next_round(self) -> RoundProgress | None:
        """The selected round where it is ahead, else the next one."""
        if self.plan is None:
            return None
        ahead = [round for round in self.plan.rounds if round.state is RoundState.AHEAD]
        step = self.view.selected_step()
        chosen = step.round if step is not None else None
        mine = [one for one in ahead if chosen is not None and (one.side, one.number) == (chosen.side, chosen.number)]
        return mine[0] if mine else min(ahead, key=lambda one: one.at, default=None)

    # --- doing ------------------------------------------------------------------------------------------------------

    def pause(self) -> None:
        if self.plan is not None:
            self._context.do("plan: pause", self._say_if(self._plans.pause(self.plan.digest)))

    def resume(self) -> None:
        if self.plan is not None:
            self._context.do("plan: resume", self._say_if(self._plans.resume(self.plan.digest)))

    def answer(self, question: str, choice: Choice) -> None:
        if self.plan is not None:
            self._context.do("plan: answer", self._say_if(self._plans.answer(self.plan.digest, question, choice)))

    async def _say_if(self, work: Awaitable[Message | None]) -> None:
        self._say_failed(await work)
        self.refresh()

    def _say_failed(self, failed: Message | None) -> None:
        if failed is not None:
            text = said(self._context, failed)
            self._context.say(Event.REFUSED, text, merge=f"plan:{failed.code}")

    def skip(self) -> None:
        round = self._next_round()
        if self.plan is not None and round is not None:
            self._context.do("plan: skip", self._skip(self.plan.digest, round.side, round.number))

    async def _skip(self, digest: str, side: Side, number: int) -> None:
        text = self.tr("Leave out {side} round {number}? Later rounds make it up.").format(
            side=side_words(side), number=number
        )
        if await ask(self._context, self, self.tr("Skip a round"), text, (self.tr("Skip it"),)) == 0:
            await self._say_if(self._plans.skip(digest, side, number))

    def stop(self) -> None:
        if self.plan is not None:
            self._context.do("plan: stop", self._stop(self.plan))

    async def _stop(self, plan: RunningPlan) -> None:
        working = sum(leg.working + leg.waiting + leg.in_flight + leg.unknown for leg in plan.legs)
        text = self.tr(
            "The plan ends and cannot be resumed. {filled} of {total} {total:share is|shares are} filled, "
            "{working} {working:is|are} in open orders."
        ).format(filled=f"{plan.filled:,}", total=Counted(plan.total), working=Counted(working))
        choices = (self.tr("Stop and cancel open orders"), self.tr("Stop, leave open orders"))
        answer = await ask(self._context, self, self.tr("Stop the plan"), text, choices)
        if answer is not None:
            focus_into(self.view.legs)  # the button that was pressed is about to be switched off
            await self._say_if(self._plans.stop(plan.digest, cancel=answer == 0))

    def take_over(self) -> None:
        row = self.view.selected_leg()
        if self.plan is not None and row is not None:
            self._context.do("plan: take over", self._take_over(self.plan.digest, row))

    async def _take_over(self, digest: str, row: LegRow) -> None:
        text = self.tr(
            "The plan sends nothing more for {name}; what is left of it is yours. "
            "{working} {working:share is|shares are} in open orders."
        ).format(name=row.name, working=Counted(row.leg.working + row.leg.waiting))
        choices = (self.tr("Take over, cancel open orders"), self.tr("Take over, leave open orders"))
        answer = await ask(self._context, self, self.tr("Take over by hand"), text, choices)
        if answer is not None:
            await self._say_if(self._plans.take_over(digest, row.leg.leg, cancel=answer == 0))

    def cancel_child(self) -> None:
        step = self.view.selected_step()
        if step is not None and step.child is not None:
            self._context.do(f"plan: cancel {step.child.order}", self._cancel_child(step))

    async def _cancel_child(self, step: Step) -> None:
        if step.child is None:
            return
        answer = await self._context.desk.cancel(step.child.order)
        if isinstance(answer, Denied):
            text = " ".join(in_words(self._context, reason) for reason in answer.reasons)
            self._context.say(Event.REFUSED, text, merge=f"order:{step.child.order}")

    def change_rest(self) -> None:
        round = self._first_left()
        if self.plan is not None and round is not None:
            self._context.do("plan: move", self._move(self.plan, round))

    async def _move(self, plan: RunningPlan, first: RoundProgress) -> None:
        wanted = await changed_rest(self._context, plan, first, self)
        if wanted is not None:
            await self._say_if(self._plans.reschedule(plan.digest, *wanted))
