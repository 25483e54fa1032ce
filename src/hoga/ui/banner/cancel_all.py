"""Cancel all: one key, one slip under the header, one Enter; then how many were asked and how many were refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from hoga.base.message import Counted
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.facade import Desk
from hoga.trading.views import EVERYTHING, Denied, MustAsk
from hoga.ui import format as fmt
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context, Event


class CancelAll(Strip):
    """A single order in view is cancelled at once; more than one, or one elsewhere, are named first (ux.md 3.4)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.WARNING, parent)
        self._before: QWidget | None = None
        self._offered = False
        """Shown without being asked for: the keyboard is elsewhere, so Enter and Esc mean something else."""
        self.yes = self.button()
        self._no = self.button()
        self.yes.setAutoDefault(True)
        self._no.setAutoDefault(True)
        self.yes.clicked.connect(self.confirm)
        self._no.clicked.connect(self.dismiss)
        context.orders_changed.connect(self._refresh)
        context.language_changed.connect(self._refresh)
        if context.accounts is not None:
            context.second.connect(self._refresh)  # orders of the other accounts
        self.hide()

    def why_not(self) -> str:
        return "" if self._open() else self.tr("There is no working order.")

    def offer(self) -> None:
        """Show the slip if there is anything to cancel, whatever the number; the keyboard stays where it is."""
        if self._open() and not self.isVisible():
            self._offered = True
            self._refresh()
            self.show()

    def ask(self) -> None:
        """Show the slip, or cancel at once when it is about a single order of the account that is shown.

        A second press confirms.
        """
        orders = self._open()
        if self.isVisible() or (len(orders) == 1 and self._context.desk.order(orders[0].id) is not None):
            self.confirm()
        elif orders:
            window = self.window()
            self._before = window.focusWidget()
            self._offered = False
            self._refresh()
            self.show()
            self.yes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def confirm(self) -> None:
        self.dismiss()
        for desk in self._context.desks():
            self._context.do(f"cancel.all {desk.account.connection}", self._cancel(desk), hurry=True)

    def dismiss(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    async def _cancel(self, desk: Desk) -> None:
        whose = self._context.accounts.name_of(desk.account) if self._context.accounts is not None else ""
        about = {"merge": f"cancel.all {desk.account.connection}", "account": whose if self._context.several else ""}
        answers = await desk.cancel_all(EVERYTHING)
        failed = [answer for answer in answers if isinstance(answer, Denied | MustAsk)]
        if failed:
            reasons = {
                self._context.worded(reason)
                for answer in failed
                for reason in (answer.reasons if isinstance(answer, Denied) else answer.questions)
            }
            text = self.tr("{failed} of {count} cancels could not be sent: {why}").format(
                failed=len(failed), count=len(answers), why=" ".join(sorted(reasons))
            )
            self._context.say(Event.REFUSED, text, sticky=True, **about)
        elif len(answers) > 1:
            text = self.tr("{count} cancels are on their way.").format(count=len(answers))
            self._context.say(Event.NOTE, text, **about)

    def _open(self) -> list[Order]:
        return [order for desk in self._context.desks() for order in desk.orders() if not order.state.over]

    def _by_account(self) -> list[str]:
        """How many of each account, where more than one has some."""
        counts = [
            (desk.account, sum(not order.state.over for order in desk.orders())) for desk in self._context.desks()
        ]
        found = [(account, count) for account, count in counts if count]
        if len(found) < 2 and not self._context.several:
            return []
        return [f"{self._context.account_line(account)}: {count}" for account, count in found]

    def _refresh(self) -> None:
        self._context.actions.refresh("cancel.all")
        orders = self._open()
        if not orders:
            if self.isVisible():
                self.dismiss()
            return
        buys = sum(order.side is Side.BUY for order in orders)
        text = self.tr(
            "Cancel all {count} working {count:order|orders}? {buys} {buys:buy|buys}, {sells} {sells:sell|sells}, "
            "worth {worth} at their limits."
        ).format(
            count=Counted(len(orders)),
            buys=Counted(buys),
            sells=Counted(len(orders) - buys),
            worth=self._worth(orders),
        )
        self.text.setText(" · ".join([text, *self._by_account()]))
        if self._offered:
            self.yes.setText(f"{self._context.actions.text('cancel.all')}  {self._context.actions.hint('cancel.all')}")
            self._no.setText(self.tr("Leave them"))
        else:
            self.yes.setText(self.tr("Cancel all (Enter)"))
            self._no.setText(self.tr("Back (Esc)"))

    def _worth(self, orders: list[Order]) -> str:
        """What is left of them at their limits; orders without a price are said beside it."""
        priced = [order for order in orders if order.current_limit is not None]
        units = sum(o.current_limit.units * o.leaves.count for o in priced if o.current_limit is not None)
        text = fmt.money(Money(units))
        rest = len(orders) - len(priced)
        return text if not rest else f"{text} + {self.tr('{count} without a price').format(count=rest)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self._no.hasFocus():
                self.dismiss()
            else:
                self.confirm()
        else:
            super().keyPressEvent(event)
