"""The accounts of one window: what each is called, how it fares, which one is shown.

A view belongs to one account for life. What it may know of the others is here: their names, their desks for what is
looked at together, and how to have another one shown.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from hoga.base.message import Language
from hoga.broker.port import StreamHealth
from hoga.domain.accounts import Account, ConnectionId, Stakes, WireProfile
from hoga.trading.connections import Connection, Connections, Details, Key, SourceState, Standing
from hoga.trading.facade import Desk
from hoga.ui.theme.tokens import STAKES
from hoga.ui.tone import Tone

_BROKERS = {
    WireProfile.KIS_REAL: ("한국투자", "KIS"),
    WireProfile.KIS_PAPER: ("한국투자 모의", "KIS paper"),
    WireProfile.KIWOOM_REAL: ("키움", "Kiwoom"),
    WireProfile.KIWOOM_MOCK: ("키움 모의", "Kiwoom mock"),
}
_UNNAMED = frozenset({"연습 KIS", "연습 키움", "연습 KIS 모의", "연습 키움 모의"})
"""What the practice accounts are called in their list as long as nobody has named them: then the language decides."""


def broker_word(profile: WireProfile, language: Language) -> str:
    return _BROKERS[profile][0 if language is Language.KO else 1]


def called(details: Details, language: Language) -> str:
    """As the person called it, else by its broker."""
    if details.name and not (details.practice and details.name in _UNNAMED):
        return details.name
    return broker_word(details.profile, language)


class Light(Struct, frozen=True):
    """How an account fares, as a mark and in words."""

    tone: Tone
    words: str


class Accounts(QObject):
    """Signals:

    changed: there are others, one of them fares otherwise, or quotes come from elsewhere; ask again.
    wanted (Key): a person wants to see this one.
    """

    changed = Signal()
    wanted = Signal(object)

    def __init__(
        self, connections: Connections, choose_source: Callable[[Key | None], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._connections = connections
        self._choose_source = choose_source
        self.current: Key | None = None
        """Which one the window shows."""
        self.language = Language.KO
        self._deaf: Callable[[], None] | None = connections.subscribe(self.changed.emit)

    def close(self) -> None:
        if self._deaf is not None:
            self._deaf()
            self._deaf = None

    # --- which there are --------------------------------------------------------------------------------------------

    def rows(self) -> tuple[Connection, ...]:
        """Those that are switched on, in the person's order."""
        return tuple(row for row in self._connections.all() if row.standing is not Standing.DISABLED)

    @property
    def several(self) -> bool:
        return len(self.rows()) > 1

    def desks(self) -> tuple[Desk, ...]:
        """Of every open account."""
        return tuple(row.desk for row in self.rows() if row.desk is not None)

    def desk_of(self, connection: ConnectionId) -> Desk | None:
        return next((desk for desk in self.desks() if desk.account.connection == connection), None)

    def row_of(self, connection: ConnectionId) -> Connection | None:
        rows = (row for row in self.rows() if row.account is not None)
        return next((row for row in rows if row.account is not None and row.account.connection == connection), None)

    def practice_that_is_off(self) -> Key | None:
        """The first practice account that is switched off."""
        rows = (row for row in self._connections.all() if row.standing is Standing.DISABLED and row.details.practice)
        return next((row.details.key for row in rows), None)

    def show(self, key: Key) -> None:
        """Let the window show this one."""
        self.wanted.emit(key)

    def show_account(self, connection: ConnectionId) -> None:
        row = self.row_of(connection)
        if row is not None:
            self.show(row.details.key)

    # --- what they are called ---------------------------------------------------------------------------------------

    def name(self, details: Details) -> str:
        """As the person called it, else by its broker; with the masked number where two are called alike."""
        name = self._plain(details)
        alike = sum(self._plain(row.details) == name for row in self.rows())
        label = details.label or next((r.account.label for r in self.rows() if r.details == details and r.account), "")
        return f"{name} {label}".strip() if alike > 1 else name

    def name_of(self, account: Account) -> str:
        row = self.row_of(account.connection)
        return broker_word(account.profile, self.language) if row is None else self.name(row.details)

    def _plain(self, details: Details) -> str:
        return called(details, self.language)

    def line(self, row: Connection) -> str:
        """연습 PRACTICE · 키움 ******56-01."""
        label = row.account.label if row.account is not None else row.details.label
        return f"{STAKES[row.details.stakes].words} · {self._plain(row.details)} {label}".rstrip()

    # --- how they fare ----------------------------------------------------------------------------------------------

    def light(self, row: Connection) -> Light:
        """The gravest that is to be said of it."""
        tr = QCoreApplication.translate
        closed = {
            Standing.LOCKED: Light(Tone.OFF, tr("Accounts", "locked")),
            Standing.OPENING: Light(Tone.WAIT, tr("Accounts", "opening …")),
            Standing.FAILED: Light(Tone.BAD, tr("Accounts", "not open")),
            Standing.DISABLED: Light(Tone.OFF, tr("Accounts", "off")),
        }
        if row.desk is None:
            return closed.get(row.standing, Light(Tone.WAIT, tr("Accounts", "opening …")))
        health = row.desk.health()
        streams = [change.health for change in health.streams.values()]
        if health.journal is not None:
            return Light(Tone.BAD, tr("Accounts", "journal stopped"))
        if StreamHealth.DOWN in streams:
            return Light(Tone.BAD, tr("Accounts", "disconnected"))
        if row.desk.questions():
            return Light(Tone.WAIT, tr("Accounts", "needs your word"))
        if health.unknown:
            return Light(Tone.WAIT, tr("Accounts", "outcome unknown"))
        if not streams or any(one is not StreamHealth.LIVE for one in streams) or not health.aligned:
            return Light(Tone.WAIT, tr("Accounts", "connecting"))
        return Light(Tone.GOOD, tr("Accounts", "live"))

    def failing(self, but: ConnectionId) -> tuple[str, ...]:
        """What is wrong with the others, each in a line; the one of ``but`` says it itself."""
        rows = (row for row in self.rows() if row.account is None or row.account.connection != but)
        lights = ((row, self.light(row)) for row in rows)
        return tuple(f"✕ {self.name(row.details)}: {light.words}" for row, light in lights if light.tone is Tone.BAD)

    def open_orders(self, row: Connection) -> int:
        return 0 if row.desk is None else sum(not order.state.over for order in row.desk.orders())

    def stakes(self) -> frozenset[Stakes]:
        """Of all open accounts."""
        return frozenset(desk.account.stakes for desk in self.desks())

    # --- where quotes come from -------------------------------------------------------------------------------------

    def source(self) -> SourceState:
        return self._connections.source()

    def source_name(self, key: Key | None) -> str:
        row = next((one for one in self._connections.all() if one.details.key == key), None)
        return "" if row is None else self.name(row.details)

    def choose_source(self, key: Key | None) -> None:
        self._choose_source(key)
