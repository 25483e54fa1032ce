"""The accounts that a plan may be made for: each with its inputs as last read, brought up to the newest prices and
holdings, so that what the editor says is true now and not when the page was opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.accounts import Stakes
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.positions import Portfolio
from hoga.domain.tables import RuleUnknown
from hoga.domain.values import Currency
from hoga.plans.facade import Plans
from hoga.plans.inputs import AccountState, Asset, Inputs
from hoga.plans.plan import Issue
from hoga.plans.planner import NoPlan, make_plan
from hoga.trading.facade import Desk
from hoga.ui.context import Context
from hoga.ui.plan.draft import Draft

Others: TypeAlias = Callable[[], Sequence[tuple[str, Plans]]]
"""Every open connection by its name, this one among them."""


@dataclass
class PlanAccount:
    """One account. ``read`` is what it looked like when it was last read, ``trouble`` why it could not be."""

    name: str
    plans: Plans
    desk: Desk | None
    chosen: bool = False
    read: Inputs | None = None
    trouble: Message | None = None
    unknown: set[str] = field(default_factory=set)
    """Codes that were asked for and are not traded."""

    @property
    def connection(self) -> str:
        return str(self.plans.connection)

    @property
    def real(self) -> bool:
        """Whether it is real money, as far as is known: an account that is not known counts as real."""
        return self.desk is None or self.desk.account.stakes is Stakes.REAL

    def now(self, draft: Draft) -> Inputs | None:
        """Its inputs at this moment with the targets of a draft; None before it was read once."""
        if self.read is None:
            return None
        if self.desk is None:
            return draft.applied(self.read, self.read.at)
        portfolio = self.desk.portfolio()
        inputs = replace(
            self.read,
            account=_account_now(self.read.account, portfolio),
            assets=tuple(_asset_now(asset, self.desk, portfolio) for asset in self.read.assets),
        )
        return draft.applied(inputs, self.desk.clock.now().astimezone(KST))

    def missing(self, draft: Draft) -> set[str]:
        """Codes of the draft, or held since, that the inputs do not tell of yet."""
        there = {asset.code for asset in self.read.assets} if self.read is not None else set()
        held = held_codes(self.desk.portfolio()) if self.desk is not None else set()
        return (set(draft.codes) | held) - there


def held_codes(portfolio: Portfolio) -> set[str]:
    if not isinstance(portfolio.holdings, Known):
        return set()
    return {one.position.instrument.code for one in portfolio.holdings.value if one.position.quantity}


def _account_now(account: AccountState, portfolio: Portfolio) -> AccountState:
    if not isinstance(portfolio.cash, Known) or not isinstance(portfolio.orderable, Known):
        return account
    won = [one for one in portfolio.cash.value if one.currency is Currency.KRW]
    if not won:
        return account
    return replace(account, settled_d2=won[0].settled_d2.units, orderable=portfolio.orderable.value.units)


def _asset_now(asset: Asset, desk: Desk, portfolio: Portfolio) -> Asset:
    """The newest price and holding; what is not known stays as it was read."""
    last = desk.board.last(InstrumentId(asset.code))
    price = last.value.units if isinstance(last, Known) else asset.price
    held, sellable = asset.held, asset.sellable
    if isinstance(portfolio.holdings, Known):
        mine = [one for one in portfolio.holdings.value if one.position.instrument.code == asset.code]
        held = mine[0].position.quantity.count if mine else 0
        sellable = min(mine[0].sellable.count, held) if mine else 0
    if (price, held, sellable) == (asset.price, asset.held, asset.sellable):
        return asset
    return replace(asset, price=price, held=held, sellable=sellable)


def judged(inputs: Inputs) -> tuple[Issue, ...]:
    """Everything that is to be said about a plan of these inputs."""
    try:
        return make_plan(inputs).issues
    except NoPlan as error:
        return error.issues


class Accounts(QObject):
    """All of them; one at least is chosen. Signals:

    changed: one was read, could not be read, came or went, or was chosen.
    """

    changed = Signal()

    def __init__(self, context: Context, plans: Plans, others: Others, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._own = plans
        self._others = others
        self.all: list[PlanAccount] = []
        self._reads = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.refresh()
        context.language_changed.connect(self.refresh)  # before those who show the names, which are made later

    @property
    def own(self) -> PlanAccount:
        return self.all[0]

    @property
    def reading(self) -> bool:
        return self._reads > 0

    @property
    def chosen(self) -> tuple[PlanAccount, ...]:
        return tuple(one for one in self.all if one.chosen)

    def refresh(self) -> None:
        """Which connections are open now. One's own stands first and is chosen at first."""
        desks = {str(desk.account.connection): desk for desk in (*self._context.desks(), self._context.desk)}
        before = {one.connection: one for one in self.all}
        own = str(self._own.connection)
        named = {str(plans.connection): (name, plans) for name, plans in self._others()}
        named.setdefault(own, (desks[own].account.label if own in desks else own, self._own))
        self.all = []
        for connection in sorted(named, key=lambda one: one != own):
            name, plans = named[connection]
            old = before.get(connection)
            if old is not None and old.plans is plans and old.desk is desks.get(connection):
                old.name = name
                self.all.append(old)
            else:
                chosen = connection == own and not before
                self.all.append(PlanAccount(name, plans, desks.get(connection), old.chosen if old else chosen))
        if not self.chosen:
            self.own.chosen = True

    def choose(self, connection: str, chosen: bool) -> None:
        """The last chosen one stays chosen."""
        for one in self.all:
            if one.connection == connection and (chosen or len(self.chosen) > 1):
                one.chosen = chosen
        self.changed.emit()

    def read(self, draft: Draft) -> None:
        """Read every chosen account with these targets, beside the window."""
        self._context.do(f"plan of {self._own.connection}: read", self.read_now(draft))

    async def read_now(self, draft: Draft) -> None:
        """As ``read``, and wait for it. ``trouble`` says what could not be read."""
        self._reads += 1
        self._quiet.clear()
        self.changed.emit()
        try:
            for one in self.chosen:
                await self._read_one(one, draft)
        finally:
            self._reads -= 1
            if not self._reads:
                self._quiet.set()
            self.changed.emit()

    async def settled(self) -> None:
        """Until no reading is under way."""
        await self._quiet.wait()

    async def _read_one(self, one: PlanAccount, draft: Draft) -> None:
        try:
            one.read = await one.plans.inputs(draft.targets, draft.rules, draft.timing)
        except BrokerError as error:
            one.trouble = error.message
        except RuleUnknown as error:
            one.trouble = Message("PLAN_RULE_UNKNOWN", {"why": str(error)})
        else:
            one.trouble = None
            one.unknown = {asset.code for asset in one.read.assets if not asset.listed}
