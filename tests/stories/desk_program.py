"""A desk without a window, as a process of its own: JSON commands on standard input, one JSON answer a line.

It is the whole desk that ``hoga desk`` opens, view aside: so it can be killed in the middle of anything. Arguments: the
data folder, then options for the exchange that it starts.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hoga.app import DeskOptions, practice_desk
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.views import Denied, Submitted


class Program:
    def __init__(self, desk: ConnectionDesk) -> None:
        self._desk = desk

    async def submit(self, code: str, side: str, quantity: int, limit: int | None) -> Any:
        ticket = Ticket(
            id=self._desk.new_ticket_id(),
            account=self._desk.account,
            instrument=InstrumentId(code),
            side=Side(side),
            type=OrderType.LIMIT if limit else OrderType.MARKET,
            quantity=Shares(quantity),
            limit=Price(limit) if limit else None,
        )
        return self._answer(await self._desk.submit(ticket))

    async def reprice(self, order: str, limit: int) -> Any:
        return self._answer(await self._desk.reprice(OrderId(order), Price(limit)))

    async def reduce(self, order: str, by: int) -> Any:
        return self._answer(await self._desk.reduce(OrderId(order), Shares(by)))

    async def cancel_all(self) -> Any:
        return [self._answer(one) for one in await self._desk.cancel_all()]

    async def orders(self) -> Any:
        return [self._order(order) for order in self._desk.orders()]

    async def account(self) -> Any:
        """What the desk believes of money and shares: null where it does not know."""
        portfolio = self._desk.portfolio()
        holdings, cash = portfolio.holdings, portfolio.cash
        return {
            "holdings": {h.position.instrument.code: h.position.quantity.count for h in holdings.value}
            if isinstance(holdings, Known)
            else None,
            "d2": cash.value[0].settled_d2.units if isinstance(cash, Known) else None,
        }

    async def health(self) -> Any:
        health = self._desk.health()
        return {
            "aligned": health.aligned,
            "unknown": health.unknown,
            "in_flight": health.in_flight,
            "streams": {stream.value: changed.health.value for stream, changed in health.streams.items()},
        }

    async def recovery(self) -> Any:
        report = self._desk.recovery()
        return {"complete": report.complete, "items": [[item.kind.value, item.order] for item in report.items]}

    async def reconcile(self) -> Any:
        await self._desk.reconcile()
        return "done"

    @staticmethod
    def _answer(answer: Any) -> Any:
        if isinstance(answer, Denied):
            return {"denied": [reason.code for reason in answer.reasons], "said": [str(r) for r in answer.reasons]}
        if isinstance(answer, Submitted):
            return {"order": answer.order}
        return {"did": type(answer).__name__}

    @staticmethod
    def _order(order: Order) -> Any:
        return {
            "id": order.id,
            "state": order.state.value,
            "code": order.instrument.code,
            "quantity": order.quantity.count,
            "filled": order.filled.count,
            "leaves": order.leaves.count,
            "limit": order.current_limit.units if order.current_limit else None,
            "foreign": order.foreign,
            "asked": len(order.asked),
            "numbers": [life.number.number for life in order.numbers],
        }


async def _serve(data: Path, exchange: tuple[str, ...]) -> None:
    async with practice_desk(DeskOptions(data, practice=exchange, end_exchange=False)) as opened:
        program = Program(opened.desk)
        await opened.desk.instruments()
        _say("ready")
        while line := await asyncio.to_thread(sys.stdin.readline):
            name, arguments = json.loads(line)
            command: Callable[..., Awaitable[Any]] = getattr(program, name)
            _say(await command(**arguments))


def _say(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), tuple(sys.argv[2:])))
