"""Several accounts looked at together: sums in won, and what is held of each instrument in all of them.

A sum is only Known when every account's part is. Otherwise it says which account is missing, and what the others come
to. Nothing is converted: a part in another currency is missing from a sum in won. Pure; reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import Account, Stakes
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Holding, Portfolio
from hoga.domain.values import NO_SHARES, Currency, Money, Shares

_SUM = "sum"


class Part(Struct, frozen=True):
    """One account's part. ``name`` is how people call it."""

    name: str
    account: Account
    portfolio: Portfolio


class Total(Struct, frozen=True):
    """``value``: the sum over every account, Unknown while one is missing. ``so_far``: of those that are known."""

    value: Maybe[Money]
    so_far: Money
    missing: tuple[Account, ...] = ()


class HeldTogether(Struct, frozen=True):
    """One instrument in all accounts that hold it. ``average`` is the cost per share over all of them, exact to 4
    decimals; None without shares."""

    instrument: InstrumentId
    name: str
    quantity: Shares
    sellable: Shares
    cost: Money
    value: Total
    open_profit: Total
    realised_today: Total
    held_in: tuple[tuple[Account, Holding], ...]

    @property
    def average(self) -> Decimal | None:
        if not self.quantity:
            return None
        return (self.cost.decimal / self.quantity.count).quantize(Decimal(1).scaleb(-self.cost.currency.scale - 4))


class Together(Struct, frozen=True):
    """All of ``parts``. ``holdings`` are those that are known, by value; ``unread``: accounts whose holdings are not,
    so that the list is not the whole. ``stakes``: more than one, and the sums mix what must be told apart."""

    parts: tuple[Part, ...]
    total: Total
    cash: Total
    orderable: Total
    reserved: Money
    realised_today: Total
    open_profit: Total
    holdings: tuple[HeldTogether, ...]
    unread: tuple[Account, ...]
    stakes: frozenset[Stakes]


def together(parts: Sequence[Part]) -> Together:
    """Everything about several accounts in won. Without parts every sum is Unknown."""
    return Together(
        parts=tuple(parts),
        total=_total(parts, lambda one: one.total),
        cash=_total(parts, _cash),
        orderable=_total(parts, lambda one: one.orderable),
        reserved=_sum(one.portfolio.reserved for one in parts),
        realised_today=_total(parts, lambda one: one.realised_today),
        open_profit=_total(parts, lambda one: one.open_profit),
        holdings=_holdings(parts),
        unread=tuple(one.account for one in parts if isinstance(one.portfolio.holdings, Unknown)),
        stakes=frozenset(one.account.stakes for one in parts),
    )


def _cash(portfolio: Portfolio) -> Maybe[Money]:
    """D+2 cash in won."""
    cash = portfolio.cash
    if isinstance(cash, Unknown):
        return cash
    won = [report.settled_d2 for report in cash.value if report.currency is Currency.KRW]
    return Known(_sum(won), cash.at, cash.source)


def _holdings(parts: Sequence[Part]) -> tuple[HeldTogether, ...]:
    found: dict[InstrumentId, list[tuple[Part, Holding]]] = {}
    for part in parts:
        holdings = part.portfolio.holdings
        for holding in () if isinstance(holdings, Unknown) else holdings.value:
            found.setdefault(holding.position.instrument, []).append((part, holding))
    held = [_held(instrument, rows) for instrument, rows in found.items()]
    return tuple(sorted(held, key=lambda one: (-one.value.so_far.units, one.instrument.code)))


def _held(instrument: InstrumentId, rows: Sequence[tuple[Part, Holding]]) -> HeldTogether:
    holdings = [holding for _, holding in rows]
    currency = holdings[0].position.cost.currency

    def total(of: Callable[[Holding], Maybe[Money]]) -> Total:
        return _added([(part, of(holding)) for part, holding in rows], currency)

    return HeldTogether(
        instrument=instrument,
        name=next((one.position.name for one in holdings if one.position.name), ""),
        quantity=sum((one.position.quantity for one in holdings), NO_SHARES),
        sellable=sum((one.sellable for one in holdings), NO_SHARES),
        cost=_sum((one.position.cost for one in holdings), currency),
        value=total(lambda one: one.value),
        open_profit=total(lambda one: one.open_profit),
        realised_today=total(lambda one: one.realised_today),
        held_in=tuple((part.account, holding) for part, holding in rows),
    )


def _total(parts: Sequence[Part], of: Callable[[Portfolio], Maybe[Money]]) -> Total:
    return _added([(part, of(part.portfolio)) for part in parts], Currency.KRW)


def _added(values: Sequence[tuple[Part, Maybe[Money]]], currency: Currency) -> Total:
    known: list[Known[Money]] = []
    missing: list[tuple[Part, Message]] = []
    for part, value in values:
        if isinstance(value, Unknown):
            missing.append((part, value.why))
        elif value.value.currency is not currency:
            missing.append((part, Message("OTHER_CURRENCY", {"currency": value.value.currency.code})))
        else:
            known.append(value)
    so_far = _sum((value.value for value in known), currency)
    if missing:
        names = ", ".join(part.name for part, _ in missing)
        why = Message("ACCOUNTS_MISSING", {"accounts": names, "why": missing[0][1]})
        return Total(Unknown(why), so_far, tuple(part.account for part, _ in missing))
    if not known:
        return Total(Unknown(Message("NO_ACCOUNTS")), so_far)
    return Total(Known(so_far, min(value.at for value in known), _SUM), so_far)  # as old as its oldest part


def _sum(amounts: Iterable[Money], currency: Currency = Currency.KRW) -> Money:
    return sum(amounts, Money.zero(currency))
