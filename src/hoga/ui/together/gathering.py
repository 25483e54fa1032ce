"""Which accounts are looked at together, and when one of them has something new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QObject, Signal

from hoga.domain.accounts import Account, ConnectionId
from hoga.trading.facade import Desk
from hoga.trading.views import Change
from hoga.ui.context import Context
from hoga.ui.tables.column import Cell
from hoga.ui.theme.tokens import STAKES


class Reach(Enum):
    """How far one looks. Stakes are never mixed unless that is asked for."""

    OWN = "own"
    SAME = "same stakes"
    EVERY = "every"


class Gathering(QObject):
    """Signals: changed, when something of one of the accounts is new, while it is ``seen``."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._undo: dict[Desk, Callable[[], None]] = {}
        self._seen = False
        self.reach = Reach.SAME
        if context.accounts is not None:
            context.accounts.changed.connect(self._follow)
        context.second.connect(self._tick)
        held = self._undo  # given back even after this object is gone
        self.destroyed.connect(lambda: _release(held))

    def desks(self) -> tuple[Desk, ...]:
        accounts = self._context.accounts
        if accounts is None or self.reach is Reach.OWN:
            return (self._context.desk,)
        stakes = self._context.desk.account.stakes
        every = self.reach is Reach.EVERY
        return tuple(desk for desk in accounts.desks() if every or desk.account.stakes is stakes)

    def desk(self, connection: ConnectionId) -> Desk | None:
        return next((desk for desk in self.desks() if desk.account.connection == connection), None)

    def name(self, account: Account) -> str:
        """With the stakes where they are mixed."""
        accounts = self._context.accounts
        name = account.label if accounts is None else accounts.name_of(account)
        return f"{STAKES[account.stakes].words} {name}" if self.reach is Reach.EVERY else name

    def cell(self, connection: ConnectionId) -> Cell:
        """Whose a row is."""
        desk = self.desk(connection)
        if desk is None:
            return Cell(connection)
        return Cell(self.name(desk.account), tip=desk.account.label)

    def go_to(self, connection: ConnectionId) -> None:
        """Have the window show that account."""
        if self._context.accounts is not None:
            self._context.accounts.show_account(connection)

    def look(self, seen: bool, reach: Reach | None = None) -> None:
        """Listen while somebody looks."""
        self._seen = seen
        self.reach = reach or self.reach
        self._follow()

    def _follow(self) -> None:
        wanted: Sequence[Desk] = self.desks() if self._seen else ()
        for desk in [desk for desk in self._undo if desk not in wanted]:
            self._undo.pop(desk)()
        for desk in wanted:
            if desk not in self._undo:
                self._undo[desk] = desk.subscribe(self._heard)
        if self._seen:
            self.changed.emit()

    def _heard(self, _change: Change) -> None:
        self.changed.emit()

    def _tick(self) -> None:
        if self._seen:
            self.changed.emit()


def _release(held: dict[Desk, Callable[[], None]]) -> None:
    while held:
        held.popitem()[1]()
