"""What a person asks of open orders, handed to the desk, and what became of it in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from hoga.base.message import Message
from hoga.base.tasks import Busy
from hoga.broker.port import BrokerError
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.tickets import OrderId, RequestId
from hoga.domain.values import Price, Shares
from hoga.trading.facade import Desk
from hoga.trading.views import CancelFilter, Consent, Denied, FollowUp, MustAsk, Submission, TakenBack
from hoga.ui.context import Context
from hoga.ui.loop import let_leave
from hoga.ui.order.reasons import in_words
from hoga.ui.tables.column import Tone


class OrderCommands(QObject):
    """Signals:

    told (str, Tone): what became of a command, for the line of the tab.
    changed (OrderId): a reprice or reduce is on its way.
    stopped (OrderId, str): our rules said no; the words say why.
    asked (OrderId, tuple of Message): it goes only with the person's word on these questions.
    """

    told = Signal(str, object)
    changed = Signal(object)
    stopped = Signal(object, str)
    asked = Signal(object, object)

    def __init__(self, context: Context, parent: QObject | None = None, desk: Desk | None = None) -> None:
        """``desk``: whose orders, where that is not the account of the window."""
        super().__init__(parent)
        self._context = context
        self.desk = desk or context.desk

    def cancel(self, orders: Sequence[OrderId]) -> None:
        """Cancel exactly these, and say how it went."""
        if orders:
            self._do(f"cancel {' '.join(orders)}", self._cancel(tuple(orders)))

    def reprice(self, order: OrderId, limit: Price, consent: Consent) -> None:
        self._do(f"reprice {order}", self._follow(order, self.desk.reprice(order, limit, consent)))

    def reduce(self, order: OrderId, by: Shares) -> None:
        self._do(f"reduce {order}", self._follow(order, self.desk.reduce(order, by)))

    def withdraw(self, request: RequestId) -> None:
        self._do(f"withdraw {request}", self._withdraw(request))

    def resume(self, request: RequestId, consent: Consent) -> None:
        self._do(f"resume {request}", self._resume(request, consent))

    def discard(self, request: RequestId) -> None:
        self._do(f"discard {request}", self.desk.discard(request))

    def answer(self, question: str, number: BrokerNumber | None) -> None:
        self._do(f"answer {question}", self.desk.answer(question, number))

    def reconcile(self) -> None:
        """Ask the broker for its list now."""
        self._do("reconcile by hand", self._reconcile())

    # --- inside -----------------------------------------------------------------------------------------------------

    def _do(self, name: str, work: object) -> None:
        self._context.do(name, work, Busy.DROP, hurry=True)  # type: ignore[arg-type]

    async def _cancel(self, orders: tuple[OrderId, ...]) -> None:
        desk = self.desk
        if len(orders) == 1:
            results: tuple[FollowUp, ...] = (await desk.cancel(orders[0]),)
        else:
            results = await desk.cancel_all(CancelFilter(orders=frozenset(orders)))
        await let_leave()
        text, tone = self._counted(results, len(orders))
        self.told.emit(text, tone)

    def _counted(self, results: Sequence[FollowUp], wanted: int) -> tuple[str, Tone]:
        back = sum(isinstance(result, TakenBack) for result in results)
        denied = [reason for result in results if isinstance(result, Denied) for reason in result.reasons]
        sent = len(results) - back - sum(isinstance(result, Denied | MustAsk) for result in results)
        parts = []
        if sent:
            parts.append(self.tr("Cancels on their way: {count}").format(count=sent))
        if back:
            parts.append(self.tr("Taken back before they left: {count}").format(count=back))
        if wanted > len(results):
            parts.append(self.tr("Ended meanwhile: {count}").format(count=wanted - len(results)))
        if denied:
            parts.append(self.words(denied))
        return " · ".join(parts), Tone.BAD if denied else Tone.DIM

    async def _follow(self, order: OrderId, work: object) -> None:
        result: FollowUp = await work  # type: ignore[misc]
        await let_leave()
        match result:
            case Denied():
                self.stopped.emit(order, self.words(result.reasons))
            case MustAsk():
                self.asked.emit(order, result.questions)
            case _:
                self.changed.emit(order)

    async def _withdraw(self, request: RequestId) -> None:
        why = await self.desk.withdraw(request)
        if why is not None:
            self.told.emit(self.words((why,)), Tone.WARN)

    async def _resume(self, request: RequestId, consent: Consent) -> None:
        result: Submission = await self.desk.resume(request, consent)
        order = OrderId(request.partition("/")[0])
        if isinstance(result, Denied):
            self.stopped.emit(order, self.words(result.reasons))
        elif isinstance(result, MustAsk):
            self.asked.emit(order, result.questions)

    async def _reconcile(self) -> None:
        try:
            await self.desk.reconcile()
        except BrokerError as error:
            self.told.emit(self._context.worded(error.message), Tone.BAD)

    def words(self, reasons: Iterable[Message]) -> str:
        return " ".join(in_words(self._context, reason) for reason in reasons)
