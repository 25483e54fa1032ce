"""Every operation of the door, found by path and id in one environment."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

from hoga.practice.api import Environment
from hoga.practice.kis import (
    balance,
    book,
    capacity,
    charts,
    foreign,
    info,
    minutes,
    orderlists,
    orders,
    prices,
    profits,
)
from hoga.practice.kis.operation import Operation, on_paper
from hoga.practice.kis.settings import DoorSettings

OPERATIONS: tuple[Operation, ...] = (
    *prices.OPERATIONS,
    *book.OPERATIONS,
    *charts.OPERATIONS,
    *minutes.OPERATIONS,
    *info.OPERATIONS,
    *balance.OPERATIONS,
    *capacity.OPERATIONS,
    *orderlists.OPERATIONS,
    *orders.OPERATIONS,
    *profits.OPERATIONS,
    *foreign.OPERATIONS,
)


class Miss(Enum):
    """Why a path and an id name no operation."""

    NO_SUCH_TR = auto()
    OTHER_PATH = auto()
    """The id belongs to another path."""
    NOT_ON_PAPER = auto()


class Catalogue(Struct, frozen=True):
    """Looks operations up as the gateway does; what paper lacks follows the settings of the moment."""

    settings: DoorSettings

    def serves(self, method: str, path: str) -> bool:
        return any(operation.path == path and operation.method == method for operation in OPERATIONS)

    def find(self, environment: Environment, path: str, tr: str) -> Operation | Miss:
        here = [operation for operation in OPERATIONS if tr in self._ids(operation, environment)]
        if not here:
            known = any(
                tr in (*operation.real, *on_paper(*operation.real), *operation.paper) for operation in OPERATIONS
            )
            return Miss.NOT_ON_PAPER if known and environment is Environment.PAPER else Miss.NO_SUCH_TR
        return next((operation for operation in here if operation.path == path), Miss.OTHER_PATH)

    def _ids(self, operation: Operation, environment: Environment) -> tuple[str, ...]:
        if environment is Environment.REAL:
            return operation.real
        if not self.settings.paper_gaps and not operation.paper:
            return (*operation.real, *on_paper(*operation.real))
        if operation.disputed_on_paper and not self.settings.paper_foreign_pending:
            return ()
        return operation.paper
