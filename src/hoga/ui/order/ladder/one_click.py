"""The one-click switch: for this account and this session alone, and off at every start."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.trading.views import Consent
from hoga.ui.context import Context
from hoga.ui.order.cautions import Level
from hoga.ui.order.proposals import Answer, Now, Proposal
from hoga.ui.order.text import translate


class OneClick(QObject):
    """While ``on``, a click in the ladder places at once. Dies with the lock and with another account. Signals:

    changed (bool)
    """

    changed = Signal(bool)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account = context.desk.account
        self.on = False
        context.lock_changed.connect(lambda locked: self.switch(self.on and not locked))
        context.second.connect(self.check)
        context.health_changed.connect(self.check)

    def switch(self, on: bool) -> None:
        on = on and not self._context.locked
        if on != self.on:
            self.on = on
            self._account = self._context.desk.account
            self.changed.emit(on)

    def check(self) -> bool:
        """Whether it is on for the account as it is at this moment."""
        if self._context.desk.account != self._account:
            self.switch(False)
            self._account = self._context.desk.account
        return self.on


class Arming(Proposal):
    """Switching it on where money is at stake: asked about first, with the reason."""

    def __init__(self, context: Context, switch: OneClick) -> None:
        sentence = translate("Order", "Switch one-click orders on for this account, until it is locked or hoga ends.")
        verb = translate("Order", "Switch on")
        super().__init__(context, "switch one-click on", Side.BUY, Level.DIALOG, lambda: sentence, verb)
        self.cautions = (Message("ONE_CLICK_SENDS"),)
        self._switch = switch

    def now(self) -> Now:
        return Now()

    async def carry_out(self, consent: Consent) -> Answer:
        self._switch.switch(True)
        return None
