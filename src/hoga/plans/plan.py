"""The plan: an immutable value with a digest over everything in it, inputs included. What is approved is this value."""

from __future__ import annotations

from enum import Enum
from hashlib import sha256

import msgspec
from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.inputs import Inputs
from hoga.plans.schedule import Round


class Severity(Enum):
    ERROR = "error"
    """Nothing can be approved before it is mended."""
    WARNING = "warning"


class Issue(Struct, frozen=True):
    """Something to read before approving. ``code`` is the instrument it is about; None: the plan as a whole."""

    severity: Severity
    message: Message
    code: str | None = None


class Leg(msgspec.Struct, frozen=True, gc=False):
    """One instrument, one side. ``ceiling_shares`` and, for buys, ``ceiling_won`` (commission in it) are never passed.

    ``wanted`` is what the target asks for; less in ``shares`` was held back by a rule or by cash. Prices, costs and
    amounts are won; ``spread`` is the cost of crossing half the spread, None without a two-sided book.
    """

    code: str
    side: Side
    shares: int
    wanted: int
    price: int
    worst: int
    amount: int
    commission: int
    tax: int
    spread: int | None
    ceiling_shares: int
    ceiling_won: int | None


class Figures(Struct, frozen=True):
    """The plan's cash in won: ``cash_after`` at expected prices, ``cash_after_worst`` at the worst allowed ones."""

    total: int
    buffer: int
    cash_before: int
    cash_after: int
    cash_after_worst: int
    commission: int
    tax: int
    spread: int
    spread_known: bool


class Stays(Struct, frozen=True):
    """A row without a leg, and why."""

    code: str
    why: Message


class Plan(Struct, frozen=True):
    """Legs count from 0 in this order: sells by code, then buys by code; ``Child.leg`` is that number."""

    inputs: Inputs
    legs: tuple[Leg, ...]
    stays: tuple[Stays, ...]
    rounds: tuple[Round, ...]
    figures: Figures
    issues: tuple[Issue, ...]
    digest: str = ""

    @property
    def approvable(self) -> bool:
        return not any(issue.severity is Severity.ERROR for issue in self.issues)


def digest_of(plan: Plan) -> str:
    """64 hex digits over every field but the digest itself, in one canonical form: change anything, and it changes."""
    whole = {name: getattr(plan, name) for name in plan.__struct_fields__ if name != "digest"}
    return sha256(msgspec.json.encode(whole, order="sorted", enc_hook=plain)).hexdigest()


def plain(value: object) -> object:
    """For ``msgspec.json.encode``: the values of a message are a read-only mapping that it does not know."""
    return dict(value)  # type: ignore[call-overload]


def is_genuine(plan: Plan) -> bool:
    """Whether the plan is what its digest says: asked before approving and before running."""
    return plan.digest == digest_of(plan)
