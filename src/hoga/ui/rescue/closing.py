"""The third level: stop, cancel everything, and sell every position at the market (guide J11).

It says exactly what it will do, is started only by typing what is at stake, and says what it did. What the gate asks
about a sale beyond the pressed stop is put to the person before that sale leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import shiboken6
from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from hoga.base.message import Message
from hoga.base.tasks import Busy
from hoga.domain.known import Known
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.trading.facade import Desk
from hoga.trading.views import Consent, Denied, MustAsk, Submitted
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.dialog import PlainDialog
from hoga.ui.rescue.summary import at_risk, holding_text, holdings, open_orders

translate = QCoreApplication.translate
CANCELS_TAKE_S = 10.0
"""Wire seconds that the sales wait for the cancels: an open sell holds its shares back."""
_MAN = 10_000


class Sale(Struct, frozen=True):
    """One position to sell: its ticket is consumed once, however often it is pressed."""

    desk: Desk
    ticket: Ticket
    words: str


class CloseAll(QObject):
    """Signals:

    told (str): what it is doing, what it did, and why something was not sold.
    """

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def why_not(self) -> str:
        if self._context.locked:
            return self.tr("The account is locked: Ctrl+L in the desk's window.")
        return "" if any(holdings(desk) for desk in self._context.desks()) else self.tr("Nothing is held.")

    def ask(self) -> CloseDialog:
        """Say what it will do; nothing happens before the stake was typed."""
        dialog = CloseDialog(self._context, self._window)
        dialog.agreed.connect(self.carry_out)
        dialog.open()
        dialog.typed.setFocus()
        return dialog

    def carry_out(self, words: str) -> None:
        """``words`` are what the person saw and agreed to."""
        for desk in self._context.desks():
            self._context.do(f"close {desk.account.connection}", self._close(desk, words), Busy.DROP)

    async def _close(self, desk: Desk, words: str) -> None:
        self._tell(self.tr("Stopping and cancelling …"))
        await desk.stop()
        await desk.cancel_all()
        await self._cancelled(desk)
        await self._sell(self._sales(desk), Consent(frozenset({"STOP_IS_ON"}), words))

    async def _cancelled(self, desk: Desk) -> None:
        """Until nothing is open any more, or for as long as that may take; then what can be sold is sold."""
        if not open_orders(desk):
            return
        ended = asyncio.Event()
        deaf = desk.subscribe(lambda _change: None if open_orders(desk) else ended.set())
        try:
            async with asyncio.timeout(CANCELS_TAKE_S):
                await ended.wait()
        except TimeoutError:
            self._tell(translate("CloseAll", "Some cancels are not answered yet; what can be sold is sold."))
        finally:
            deaf()

    def _sales(self, desk: Desk) -> list[Sale]:
        return [
            Sale(
                desk,
                Ticket(
                    desk.new_ticket_id(), desk.account, held.position.instrument, Side.SELL, OrderType.MARKET,
                    held.sellable, None,
                ),
                holding_text(self._context, held),
            )
            for held in holdings(desk)
            if held.sellable
        ]  # fmt: skip

    async def _sell(self, sales: Sequence[Sale], consent: Consent) -> None:
        """Every sale; what is asked about any of them is asked once, for all of those."""
        sent, refused, asked = 0, list[str](), list[tuple[Sale, MustAsk]]()
        for sale in sales:
            answer = await sale.desk.submit(sale.ticket, consent)
            match answer:
                case Submitted():
                    sent += 1
                case Denied():
                    refused.append(f"{sale.words}: {self._worded(answer.reasons)}")
                case MustAsk():
                    asked.append((sale, answer))
        lines = [translate("CloseAll", "Sales at the market on their way: {count}").format(count=sent), *refused]
        self._tell("\n".join(lines))
        if asked:
            self._ask_about(asked, consent)

    def _ask_about(self, asked: Sequence[tuple[Sale, MustAsk]], before: Consent) -> None:
        words = "\n".join(f"{sale.words}: {self._worded(answer.questions)}" for sale, answer in asked)
        if not shiboken6.isValid(self):
            self._context.say(Event.REFUSED, words, merge="rescue")  # nobody is there to be asked
            return
        dialog = PlainDialog(self._context, self.tr("Sell these all the same?"), self._window)
        dialog.say(words)
        codes = before.codes | {question.code for _, answer in asked for question in answer.questions}
        back = dialog.button(self.tr("Back"), default=True)
        back.clicked.connect(dialog.reject)
        go = dialog.button(self.tr("Sell them: {count}").format(count=len(asked)))
        go.setAutoDefault(True)  # Enter presses what has the focus
        sales = [sale for sale, _ in asked]
        agreed = Consent(codes, f"{before.words}\n{words}")
        go.clicked.connect(lambda: self._context.do("close, agreed", self._sell(sales, agreed), Busy.DROP))
        go.clicked.connect(dialog.accept)
        dialog.open()

    def _tell(self, text: str) -> None:
        """In the window, or beside it when it was put away: that stops nothing."""
        if shiboken6.isValid(self):
            self.told.emit(text)
        else:
            self._context.say(Event.NOTE, text, merge="rescue")

    def _worded(self, messages: Sequence[Message]) -> str:
        return " ".join(self._context.worded(message) for message in messages)


class CloseDialog(PlainDialog):
    """Says what will happen in its order, and to what; the button works once the stake was typed. Signals:

    agreed (str): what was shown and agreed to.
    """

    agreed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Sell everything at the market?"))
        desks = [desk for desk in context.desks() if holdings(desk) or open_orders(desk)]
        self._words = "\n".join(self._of(desk) for desk in desks)
        self.say(self._words)
        self.asked_for = str(max(self._worth() // _MAN, 1))
        self.say(
            self.tr("A market order takes whatever is bid. To go on, type what is at stake in 만: {amount}").format(
                amount=fmt.units(int(self.asked_for))
            )
        )
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(self.tr("What is at stake, in 만"))
        self.typed.textChanged.connect(self._check)
        self.body.addWidget(self.typed)
        back = self.button(self.tr("Back"), default=True)
        back.clicked.connect(self.reject)
        self.go: QPushButton = self.button(self.tr("Stop, cancel, sell everything"))
        self.go.setAutoDefault(True)  # Enter presses what has the focus
        self.go.clicked.connect(self._agree)
        self._check()

    def _of(self, desk: Desk) -> str:
        held, count = holdings(desk), len(open_orders(desk))
        lines = [
            self.tr("{account}: 1. stop everything automatic; 2. cancel {orders} open orders; 3. sell {held} positions "
                    "at the market, worth {worth} at the last prices:").format(
                account=desk.account.label, orders=count, held=len(held), worth=at_risk(self.context, desk)
            ),
            *(f"    {holding_text(self.context, one)}" for one in held),
        ]  # fmt: skip
        return "\n".join(lines)

    def _worth(self) -> int:
        values = (one.value for desk in self.context.desks() for one in holdings(desk))
        return sum(value.value.units for value in values if isinstance(value, Known))

    def _check(self) -> None:
        typed = "".join(letter for letter in self.typed.text() if letter.isdigit())
        self.go.setEnabled(typed == self.asked_for)
        self.go.setToolTip("" if self.go.isEnabled() else self.tr("Type the amount first."))

    def _agree(self) -> None:
        words = self._words
        self.accept()
        self.agreed.emit(words)
