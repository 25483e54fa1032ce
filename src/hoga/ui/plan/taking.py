"""Targets from what is held: a row for every holding, and every managed row the weight it has now."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from hoga.plans.inputs import Target
from hoga.plans.weights import from_current
from hoga.ui.context import Context, Event
from hoga.ui.plan.accounts import Accounts, PlanAccount, held_codes
from hoga.ui.plan.draft import Draft, with_row, with_weights
from hoga.ui.plan.words import said


class Taking(QObject):
    """One press does it: an account that is not read yet, or not with all it holds, is read first. Signals:

    taken (Draft): the draft with what is held.
    waiting_changed: whether a press waits for the account is another now.
    """

    taken = Signal(object)
    waiting_changed = Signal()

    def __init__(self, context: Context, accounts: Accounts, now: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._accounts, self._now = context, accounts, now
        self.waiting = False

    def take(self) -> None:
        own = self._accounts.chosen[0]
        if self._read(own):
            self._fill(own)
        else:
            self._context.do(f"plan of {own.connection}: holdings", self._read_and_fill())

    def _read(self, own: PlanAccount) -> bool:
        return own.read is not None and not own.missing(self._now()) - own.unknown

    async def _read_and_fill(self) -> None:
        self._wait(True)
        try:
            await self._accounts.settled()
            own = self._accounts.chosen[0]
            if not self._read(own):
                await self._accounts.read_now(_with_held(own, self._now()))
        finally:
            self._wait(False)
        own = self._accounts.chosen[0]
        if own.trouble is not None:
            self._say(said(self._context, own.trouble))
        else:
            self._fill(own)

    def _wait(self, waiting: bool) -> None:
        self.waiting = waiting
        self.waiting_changed.emit()

    def _fill(self, own: PlanAccount) -> None:
        """With what is typed meanwhile kept. Rows that the account tells nothing of keep their weights."""
        draft = _with_held(own, self._now())
        inputs = own.now(draft)
        if inputs is None:
            return
        if not any(asset.held for asset in inputs.assets):
            self._say(self.tr("This account holds nothing yet: add instruments by name, or paste rows."))
            return
        there = {asset.code for asset in inputs.assets}
        known = replace(inputs, targets=tuple(row for row in inputs.targets if row.code in there))
        self.taken.emit(with_weights(draft, from_current(known)))

    def _say(self, text: str) -> None:
        self._context.say(Event.NOTE, text, merge="plan.current")


def _with_held(own: PlanAccount, draft: Draft) -> Draft:
    """A row for everything that is held, as far as is known."""
    held = held_codes(own.desk.portfolio()) if own.desk is not None else set()
    if own.read is not None:
        held |= {asset.code for asset in own.read.assets if asset.held}
    for code in sorted(held - set(draft.codes)):
        draft = with_row(draft, Target(code=code))
    return draft
