"""One call of the REST door: its API id, its path, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from msgspec import Struct

from hoga.domain.accounts import WireProfile
from hoga.domain.costs import FeeModel, fee_model
from hoga.practice.api import Environment, Exchange, MarketState, PracticeAccount
from hoga.practice.cursors import page_of
from hoga.practice.kiwoom.answers import Reply, Row
from hoga.practice.kiwoom.codes import Asked, asked_code
from hoga.practice.kiwoom.errors import no_rows
from hoga.practice.kiwoom.fields import Fields
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.ranges import PriceRanges

INFO = "/api/dostk/stkinfo"
MARKET = "/api/dostk/mrkcond"
CHART = "/api/dostk/chart"
ACCOUNT = "/api/dostk/acnt"
ORDER = "/api/dostk/ordr"

T = TypeVar("T")


class Call(Struct, frozen=True):
    """One admitted call. ``cursor`` is the page to go on from, blank for the first."""

    exchange: Exchange
    settings: KiwoomSettings
    ranges: PriceRanges
    environment: Environment
    account: PracticeAccount
    fields: Fields
    cursor: str

    @property
    def is_mock(self) -> bool:
        return self.environment is Environment.PAPER

    @property
    def number(self) -> str:
        """The account's number as the exchange knows it."""
        return self.account.number

    def asked(self, name: str = "stk_cd") -> Asked:
        """The code of a query; it must be there."""
        return asked_code(self.exchange.instruments(), self.fields.required(name))

    def state(self, asked: Asked) -> MarketState | None:
        return None if asked.instrument is None else self.exchange.state(asked.instrument.code)

    def wanted_code(self) -> str | None:
        """The code that an account list is narrowed to: "" for every one, None for one that does not exist."""
        if not self.fields.text("stk_cd"):
            return ""
        found = self.asked().instrument
        return None if found is None else found.code

    def fees(self) -> FeeModel:
        return fee_model(WireProfile.KIWOOM_MOCK if self.is_mock else WireProfile.KIWOOM_REAL)

    def listed(
        self, items: Sequence[T], key: Callable[[T], str], row: Callable[[T], Row], *, newest_first: bool = True
    ) -> tuple[list[Row], str]:
        """One page of an account list and the next cursor. Raises Refused where no rows are said with a code."""
        if not items and self.settings.no_rows_as_code:
            raise no_rows()
        sent, following = page_of(items, key, self.cursor, self.settings.rows_per_page or 1, newest_first=newest_first)
        rows = [row(item) for item in sent]
        if self.settings.blank_rows and rows:
            rows.append(blank_of(rows[-1]))
        return rows, following


def blank_of(row: Row) -> Row:
    """A row of empty texts, as unknown codes get it (kiwoom.md 4.3)."""
    return dict.fromkeys(row, "")


Handler: TypeAlias = Callable[[Call], Reply]


class Operation(Struct, frozen=True):
    """``on_mock`` is the code with which the mock refuses the call; blank where it answers."""

    api: str
    path: str
    answer: Handler
    on_mock: str = ""
