"""The connections of a desk as windows and terminals see them: which there are, how each fares, and what can be done.

A connection is one account of one broker at one address. It has its own desk, journal, outbox, reconciler and limits;
one that is down never holds up another. ``hoga.app.connections`` is the implementation.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NewType, Protocol

import msgspec
from msgspec import Struct

from hoga.base.message import Message
from hoga.base.secret_store import Secret
from hoga.broker.throttle import Meter
from hoga.domain.accounts import Account, Stakes, WireProfile
from hoga.trading.facade import Desk


def _not_known() -> None:
    return None


Key = NewType("Key", str)
"""Names a connection in settings, secrets and window state for as long as it exists. Holds no account number."""


class Standing(Enum):
    """How a connection fares."""

    DISABLED = "disabled"
    LOCKED = "locked"
    """Real money, not unlocked since the start: nothing of it is connected."""
    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"
    """It could not be opened; ``why`` says what to do. Tried again by itself where that can help."""


class Keep(Enum):
    """Where its secrets are kept."""

    KEYRING = "keyring"
    THIS_RUN = "this run"
    """Gone with the process: asked for when there is no usable keyring."""


class Field(Enum):
    """The secrets that a person types."""

    APP_KEY = "app key"
    APP_SECRET = "app secret"  # noqa: S105 the name of a field
    ACCOUNT = "account"
    HTS_ID = "hts id"


class Addresses(Struct, frozen=True):
    """Another host than the broker's own, which makes the stakes PRACTICE."""

    rest: str
    ws: str


class Details(Struct, frozen=True):
    """What is known of a connection without its secrets: kept in a settings file.

    ``practice``: an account of the embedded exchange; its keys come from there. ``addresses`` None: the broker's own.
    ``label``: the masked account number (``******56-01``), to name it while it is not open; filled in by ``save``.
    """

    key: Key
    name: str
    profile: WireProfile
    practice: bool = False
    enabled: bool = True
    addresses: Addresses | None = None
    keep: Keep = Keep.KEYRING
    label: str = ""

    @property
    def stakes(self) -> Stakes:
        if self.practice or self.addresses is not None:
            return Stakes.PRACTICE
        real = self.profile in (WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL)
        return Stakes.REAL if real else Stakes.PAPER


@dataclass(frozen=True, slots=True)
class Connection:
    """One row. ``account`` and ``desk`` are there once it is OPEN, and stay through outages."""

    details: Details
    standing: Standing
    account: Account | None = None
    desk: Desk | None = None
    why: Message | None = None
    """Why it is not open; for an open one: what is wrong outside its desk (the exchange is gone …)."""
    meter: Callable[[], Meter | None] = field(default=_not_known, compare=False)
    """What of the account's rate budget is left."""
    round_trip: Callable[[], float | None] = field(default=_not_known, compare=False)
    """Wire seconds that the last exchange with the broker took."""


class Draft(Struct, frozen=True):
    """What a person has filled in. An absent secret of an existing connection stays as it is kept."""

    details: Details
    secrets: Mapping[Field, Secret] = msgspec.field(default_factory=dict)


class StepKind(Enum):
    """The steps of a connection test, in order."""

    REACH = "reach"
    CLOCK = "clock"
    TOKEN = "token"  # noqa: S105 the name of a step
    BALANCE = "balance"
    QUOTE = "quote"
    STREAM = "stream"
    FILLS = "fills"


class StepState(Enum):
    RUNNING = "running"
    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Not tried, because an earlier one failed or this host does not have it."""


class Remedy(Enum):
    """What one press could do about a failed step."""

    OTHER_ENVIRONMENT = "other environment"
    """The keys seem to be for the same broker's other host."""


class Step(Struct, frozen=True):
    """``said``: one sentence, and for failures one thing to do (both in the message's wording)."""

    kind: StepKind
    state: StepState
    said: Message | None = None
    remedy: Remedy | None = None


class SourceState(Struct, frozen=True):
    """Where quotes come from. ``active`` differs from ``chosen`` while the chosen one fails. ``chosen`` None: each
    connection's own."""

    chosen: Key | None
    active: Key | None
    why: Message | None = None


Listener = Callable[[], None]


class Connections(Protocol):
    """Everything about connections. Commands raise SecretStoreError or ConnectionRefused, with a message to show."""

    def all(self) -> tuple[Connection, ...]:
        """Every connection, in the person's order."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear that ``all`` or ``source`` has changed; returns how to stop."""
        ...

    async def save(self, draft: Draft) -> Key:
        """Add or change one and (if enabled) open it. Secrets go to the keyring, or stay for this run."""
        ...

    async def delete(self, key: Key) -> None:
        """Close it and delete its secrets. Its journal stays, set aside, and the message of the activity says where."""
        ...

    async def enable(self, key: Key, enabled: bool) -> None: ...

    async def move(self, key: Key, place: int) -> None: ...

    def test(self, draft: Draft, typed: str = "") -> AsyncIterator[Step]:
        """Try it step by step. Nothing is kept and no order is sent. Closing the iterator ends the test.

        A REAL one that is locked is reached for this test alone when ``typed`` are the last four digits of its account.
        """
        ...

    async def unlock(self, key: Key, typed: str) -> None:
        """The deliberate act that lets a REAL connection be built: the last four digits of its account, typed."""
        ...

    async def lock(self, key: Key) -> None: ...

    def source(self) -> SourceState: ...

    async def choose_source(self, key: Key | None) -> None: ...


class ConnectionRefused(Exception):
    """Cannot be done; ``message`` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
