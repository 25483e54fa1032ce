"""One account in the rescue window: when it was read and what failed, its open orders, what is held."""

from __future__ import annotations

import time
from functools import partial

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.base.tasks import Busy
from hoga.broker.port import BrokerError, Stream, StreamHealth
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, Side
from hoga.trading.facade import Desk
from hoga.trading.views import Denied, FollowUp, MustAsk, TakenBack
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import bold, grid
from hoga.ui.rescue.parts import Row, Rows
from hoga.ui.rescue.phones import broker_name, phone_line
from hoga.ui.rescue.summary import (
    at_risk,
    holding_detail,
    holding_text,
    holdings,
    open_orders,
    order_detail,
    order_text,
)
from hoga.ui.theme.tokens import STAKES


class AccountPart(QWidget):
    """Signals:

    told (str): what became of something that was pressed.
    """

    told = Signal(str)

    def __init__(self, context: Context, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.desk = desk
        self._began: float | None = None
        self._failed: Message | None = None
        self.head, self.phone, self.state = QLabel(self), QLabel(self), QLabel(self)
        self.orders_head, self.holdings_head = QLabel(self), QLabel(self)
        self.orders, self.holdings = Rows(self), Rows(self)
        for label in (self.head, self.orders_head, self.holdings_head):
            label.setFont(bold(self.font()))
        for label in (self.head, self.phone, self.state):
            label.setWordWrap(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(grid(self, 2))
        for part in (
            self.head, self.phone, self.state, self.orders_head, self.orders, self.holdings_head, self.holdings,
        ):  # fmt: skip
            lines.addWidget(part)

    # --- reading ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Ask the broker for orders and balance, unless that is under way."""
        if self._began is None:
            self._began = time.monotonic()
            self._context.do(f"rescue {self.desk.account.connection}", self._read(), Busy.DROP)

    async def _read(self) -> None:
        try:
            await self.desk.reconcile()
            self._failed = None
        except BrokerError as error:
            self._failed = error.message
        finally:
            self._began = None
        if shiboken6.isValid(self):  # the window may have been put away meanwhile
            self.refresh()

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        context, account = self._context, self.desk.account
        name = broker_name(account.profile, context.language)
        self.head.setText(f"{STAKES[account.stakes].words} · {name} · {account.label}")
        self.phone.setText(f"☎ {phone_line(account.profile, context.language)}")
        self.state.setText("\n".join(self._state()))
        found, held = open_orders(self.desk), holdings(self.desk)
        self.orders_head.setText(self.tr("Open orders: {count}").format(count=len(found)))
        self.orders.show_rows(
            [self._order(order) for order in found],
            self._nothing(),
            self.tr("More are not shown; “all” takes them too."),
        )
        self.holdings_head.setText(
            self.tr("Positions: {count}, worth {worth}").format(count=len(held), worth=at_risk(context, self.desk))
        )
        self.holdings.show_rows(
            [Row(str(h.position.instrument), holding_text(context, h), holding_detail(context, h)) for h in held],
            self._nothing_held(),
            self.tr("More are not shown."),
        )

    def _state(self) -> list[str]:
        health, cash = self.desk.health(), self.desk.portfolio().cash
        now = self.desk.clock.now()
        read = []
        for name, at in (
            (self.tr("Orders"), health.last_list),
            (self.tr("Balance"), cash.at if isinstance(cash, Known) else None),
        ):
            when = self.tr("never read")
            if at is not None:
                age = fmt.age(max((now - at).total_seconds(), 1), self._context.language)
                when = self.tr("read {time} ({age} ago)").format(time=fmt.clock(at), age=age)
            read.append(f"{name}: {when}")
        lines = [" · ".join(read)]
        if self._began is not None and (waited := time.monotonic() - self._began) >= 1:
            lines.append(
                self.tr("Being read, {seconds} s so far. Cancels need not wait for it.").format(seconds=int(waited))
            )
        if self._failed is not None:
            lines.append(self.tr("Could not be read: {why}").format(why=self._context.worded(self._failed)))
        dead = [s for s in Stream if s in health.streams and health.streams[s].health is not StreamHealth.LIVE]
        if dead:
            lines.append(self.tr("Not connected: {streams}").format(streams=", ".join(self._stream(s) for s in dead)))
        if health.unknown:
            lines.append(self.tr("Orders of unknown outcome: {count}. They may be live.").format(count=health.unknown))
        if health.journal is not None:
            lines.append(self._context.worded(health.journal))
        return lines

    def _stream(self, stream: Stream) -> str:
        return {
            Stream.QUOTES: self.tr("quotes"),
            Stream.FILLS: self.tr("fill notices"),
            Stream.REST: self.tr("requests"),
        }[stream]

    def _nothing(self) -> str:
        if self.desk.health().last_list is None:
            return self.tr("The broker's list has not been read yet.")
        return self.tr("No order is open.")

    def _nothing_held(self) -> str:
        holdings = self.desk.portfolio().holdings
        return self.tr("Nothing is held.") if isinstance(holdings, Known) else self._context.worded(holdings.why)

    def _order(self, order: Order) -> Row:
        tokens = self._context.tokens
        cancelling = order.cancel_wanted and not order.unknown
        return Row(
            order.id,
            order_text(self._context, order),
            order_detail(order),
            self.tr("Cancelling … again") if cancelling else self.tr("Cancel"),
            partial(self.cancel, order.id),
            tokens.up if order.side is Side.BUY else tokens.down,
        )

    # --- doing ------------------------------------------------------------------------------------------------------

    def cancel(self, order: OrderId) -> None:
        """One order, at once."""
        self._context.do(f"cancel {order}", self._cancel(order), Busy.DROP, hurry=True)

    async def _cancel(self, order: OrderId) -> None:
        self.say_results((await self.desk.cancel(order),))

    def cancel_all(self) -> None:
        self._context.do(f"cancel.all {self.desk.account.connection}", self._cancel_all(), Busy.DROP, hurry=True)

    async def _cancel_all(self) -> None:
        self.say_results(await self.desk.cancel_all())

    def say_results(self, results: tuple[FollowUp, ...]) -> None:
        """How many left, how many had not left in the first place, and what our own rules said. An account without any
        says nothing: another one's answer stands there."""
        if not results or not shiboken6.isValid(self):
            return
        back = sum(isinstance(result, TakenBack) for result in results)
        denied = [why for result in results if isinstance(result, Denied) for why in result.reasons]
        sent = sum(not isinstance(result, Denied | MustAsk | TakenBack) for result in results)
        parts = [self.tr("Cancels on their way: {count}").format(count=sent)]
        if back:
            parts.append(self.tr("taken back before they left: {count}").format(count=back))
        parts += sorted({self._context.worded(why) for why in denied})
        self.told.emit(" · ".join(parts))
        self.refresh()
