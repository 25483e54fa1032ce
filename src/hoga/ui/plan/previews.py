"""What was previewed: one plan for each account, exactly as it would be approved, and the draft it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.plan import Issue, Leg, Plan, Severity
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.preview import PlanPreview, preview_of
from hoga.plans.settings import ExecutionSettings
from hoga.ui.plan.accounts import PlanAccount
from hoga.ui.plan.draft import Draft


@dataclass(frozen=True)
class Entry:
    """One account's. ``plan`` None: none can be made, ``issues`` say why. ``moved``: why it was planned anew when it
    was to be approved. ``approved``: it runs already."""

    account: PlanAccount
    plan: Plan | None
    issues: tuple[Issue, ...]
    moved: tuple[Message, ...] = ()
    approved: bool = False

    @property
    def shown(self) -> PlanPreview | None:
        return preview_of(self.plan) if self.plan is not None else None

    @property
    def approvable(self) -> bool:
        return self.plan is not None and self.plan.approvable and not self.approved


@dataclass(frozen=True)
class Previewed:
    """``draft`` None: it is the preview of a schedule, which nothing in the editor changes."""

    draft: Draft | None
    settings: ExecutionSettings | None
    entries: tuple[Entry, ...]

    def stale(self, draft: Draft) -> bool:
        """Whether something was changed since: then it must not be approved."""
        return self.draft is not None and self.draft != draft


def entry_of(account: PlanAccount, draft: Draft) -> Entry:
    """The plan of an account as it was read, with a draft's targets. Nothing newer is mixed in: what is shown is what
    the saved inputs say."""
    if account.trouble is not None or account.read is None:
        trouble = account.trouble or Message("PLAN_ACCOUNT_UNREAD", {"why": Message("NOT_READ_YET")})
        return Entry(account, None, (Issue(Severity.ERROR, trouble),))
    try:
        plan = make_plan(draft.applied(account.read, account.read.at))
    except NoPlan as error:
        return Entry(account, None, error.issues)
    return Entry(account, plan, plan.issues)


class Ceilings(Struct, frozen=True):
    """What approving lets a plan do at most. ``sell_won`` is at expected prices: selling has no ceiling of its own in
    won."""

    sells: tuple[Leg, ...]
    buys: tuple[Leg, ...]

    @property
    def sell_shares(self) -> int:
        return sum(leg.ceiling_shares for leg in self.sells)

    @property
    def buy_shares(self) -> int:
        return sum(leg.ceiling_shares for leg in self.buys)

    @property
    def sell_won(self) -> int:
        return sum(leg.amount for leg in self.sells)

    @property
    def buy_won(self) -> int:
        return sum(leg.ceiling_won or leg.amount for leg in self.buys)


def ceilings_of(plan: Plan) -> Ceilings:
    return Ceilings(
        tuple(leg for leg in plan.legs if leg.side is Side.SELL),
        tuple(leg for leg in plan.legs if leg.side is Side.BUY),
    )
