"""Says aloud what a person has to know of plans wherever they look: a question, a missed start, an end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from hoga.base.message import Counted, Message
from hoga.plans.facade import Plans
from hoga.plans.views import DueState, PlanState
from hoga.ui.context import Context, Event
from hoga.ui.plan.words import plan_state_words, said

_TOLD_DUE = (DueState.PREVIEWED, DueState.MISSED, DueState.NO_PLAN)


class News(QObject):
    """``look`` whenever something may have changed: each thing is said once."""

    def __init__(self, context: Context, plans: Plans, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._plans = context, plans
        self._questions: set[str] = set()
        self._running = {plan.digest for plan in plans.running()}
        self._due: dict[str, DueState] = {}

    def look(self) -> None:
        running = self._plans.running()
        for plan in running:
            question = plan.question
            if question is not None and question.id not in self._questions:
                self._questions.add(question.id)
                asked = partial(self._asked, question.text)
                self._context.say(Event.UNKNOWN, asked, merge=question.id, sticky=True)
        self._tell_ended({plan.digest for plan in running})
        self._tell_due()

    def _asked(self, text: Message) -> str:
        return self.tr("Plan: {text}").format(text=said(self._context, text))

    def _tell_ended(self, running: set[str]) -> None:
        for digest in self._running - running:
            plan = self._plans.plan(digest)
            if plan is not None:
                text = self.tr("Plan: {state}. {filled} of {total} {total:share|shares} filled.").format(
                    state=plan_state_words(plan.state), filled=f"{plan.filled:,}", total=Counted(plan.total)
                )
                short = plan.filled < plan.total or plan.state is PlanState.STOPPED
                self._context.say(Event.PARTLY_FILLED if short else Event.FILLED, text, merge=digest, sticky=short)
        self._running = running

    def _tell_due(self) -> None:
        for view in self._plans.schedules():
            if view.state in _TOLD_DUE and self._due.get(view.id) is not view.state:
                text = {
                    DueState.PREVIEWED: self.tr("Schedule “{name}”: its plan waits for your approval."),
                    DueState.MISSED: self.tr("Schedule “{name}”: its start was missed. Plan now, or leave it out?"),
                    DueState.NO_PLAN: self.tr("Schedule “{name}”: no plan could be made."),
                }[view.state].format(name=view.name)
                self._context.say(Event.NOTE, text, merge=f"schedule:{view.id}", sticky=True)
            self._due[view.id] = view.state
