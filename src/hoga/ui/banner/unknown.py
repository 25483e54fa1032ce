"""An order whose outcome stays unknown: what is being done about it now, how long that takes, what a person can do."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from hoga.broker.port import BrokerError, Stream, StreamHealth
from hoga.trading.views import Unresolved
from hoga.ui import format as fmt
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context, Event
from hoga.ui.order_line import in_a_line
from hoga.ui.rescue.phones import phone_line

ESCALATES_AFTER = timedelta(seconds=10)
"""Most unknown outcomes are settled by the second look, three seconds after the send."""


class UnknownOutcome(Strip):
    """Shown from ``ESCALATES_AFTER`` on, and counts down. What the person is asked about is in another strip."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.WARNING, parent)
        self._ask = self.button()
        self._ask.clicked.connect(self.ask_now)
        self._show = self.button()
        self._show.clicked.connect(lambda: context.show_tab("pending"))
        context.second.connect(self.refresh)

    def refresh(self) -> None:
        desk = self._context.desk
        now = desk.clock.now()
        late = [one for one in desk.unresolved() if not one.asked and now - one.since >= ESCALATES_AFTER]
        self.setVisible(bool(late))
        if not late:
            return
        self._ask.setText(self.tr("Ask now"))
        self._ask.setToolTip(self.tr("Read the broker's list of orders now. Nothing is sent again."))
        self._show.setText(self.tr("Look…"))
        self._show.setToolTip(self.tr("The open orders, with what happened to each."))
        oldest = late[0]
        head = self.tr("Outcome unknown for {age}: {order}.").format(
            age=fmt.age((now - oldest.since).total_seconds(), self._context.language),
            order=in_a_line(self._context, oldest.order),
        )
        more = self.tr("And {count} more.").format(count=len(late) - 1) if len(late) > 1 else ""
        wait = self.tr("Do not enter it again: it may be live.")
        self.text.setText(" ".join(filter(None, (head, more, self._asking(oldest), wait))))

    def _asking(self, one: Unresolved) -> str:
        desk = self._context.desk
        rest = desk.health().streams.get(Stream.REST)
        if rest is not None and rest.health is not StreamHealth.LIVE:
            return self.tr("The broker cannot be asked now; hoga keeps trying. By telephone: {phone}.").format(
                phone=phone_line(desk.account.profile, self._context.language)
            )
        left = (one.absent_from - desk.clock.now()).total_seconds()
        read = self.tr("The broker's list was read {reads} of {needed} times without it.").format(
            reads=min(one.reads, one.reads_needed), needed=one.reads_needed
        )
        if left > 0:
            sure = self.tr("If it does not turn up, that is certain in {left}.").format(
                left=fmt.age(max(left, 1), self._context.language)
            )
        else:
            sure = self.tr("The next complete list decides.")
        return f"{read} {sure}"

    def ask_now(self) -> None:
        async def read() -> None:
            try:
                await self._context.desk.reconcile()
            except BrokerError as error:
                self._context.say(Event.NOTE, self._context.worded(error.message), merge="reconcile")

        self._context.do("reconcile", read())
