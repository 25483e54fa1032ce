"""Accounts and stakes. Stakes are part of an account's type: practice and real money cannot be mixed by accident."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NewType

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.values import Currency, Money, Price, Shares

ConnectionId = NewType("ConnectionId", str)
"""One broker, one environment, one account at one address: ``kis-real@practice-3f9a``. Holds no account number."""


class Stakes(Enum):
    """What is at stake. Follows from the host alone: any address that is not the broker's own is PRACTICE."""

    REAL = "real"
    PAPER = "paper"
    PRACTICE = "practice"


class WireProfile(Enum):
    """Which dialect a host speaks: ids, limits and gaps. Says nothing of the stakes."""

    KIS_REAL = "kis-real"
    KIS_PAPER = "kis-paper"
    KIWOOM_REAL = "kiwoom-real"
    KIWOOM_MOCK = "kiwoom-mock"


class Account(Struct, frozen=True):
    """An account as the desk knows it. ``label`` is the masked number (``******56-01``), safe to show and store.

    Only the three subclasses exist; a function that must never see real money asks for ``PracticeAccount``.
    """

    connection: ConnectionId
    label: str
    profile: WireProfile

    @property
    def stakes(self) -> Stakes:
        raise TypeError("an account is a RealAccount, a PaperAccount or a PracticeAccount")


class RealAccount(Account, frozen=True):
    @property
    def stakes(self) -> Stakes:
        return Stakes.REAL


class PaperAccount(Account, frozen=True):
    @property
    def stakes(self) -> Stakes:
        return Stakes.PAPER


class PracticeAccount(Account, frozen=True):
    @property
    def stakes(self) -> Stakes:
        return Stakes.PRACTICE


class HoldingReport(Struct, frozen=True):
    """One holding as the broker reports it."""

    instrument: InstrumentId
    name: str
    quantity: Shares
    sellable: Shares
    cost: Money
    average_price: Decimal
    """Exact as printed (``190963.5714``): an average is no price that can be ordered."""
    last: Price | None
    bought_today: Shares
    sold_today: Shares


class CashReport(Struct, frozen=True):
    """Cash by settlement day. ``settled_d2`` is what remains after everything traded so far settles: *the* cash."""

    currency: Currency
    today: Money
    next_day: Money
    settled_d2: Money


class Balance(Struct, frozen=True):
    """Holdings and cash of one account, read to the last page: a part is never shown as the whole."""

    on: date
    holdings: tuple[HoldingReport, ...]
    cash: tuple[CashReport, ...]
    costs_today: Money
