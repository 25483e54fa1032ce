"""One operation of the REST door: where it lives, its ids, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from hoga.domain.instruments import Instrument
from hoga.practice.api import Environment, Exchange, MarketState, PracticeAccount
from hoga.practice.kis.answers import Reply
from hoga.practice.kis.codes import QUOTE_MARKETS, SERVED_QUOTE_MARKETS, find_instrument
from hoga.practice.kis.errors import bad_account, foreign_account
from hoga.practice.kis.fields import Fields
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.ranges import PriceRanges

DOMESTIC_QUOTES = "/uapi/domestic-stock/v1/quotations/"
DOMESTIC_TRADING = "/uapi/domestic-stock/v1/trading/"
FOREIGN_QUOTES = "/uapi/overseas-price/v1/quotations/"
FOREIGN_TRADING = "/uapi/overseas-stock/v1/trading/"


class Call(Struct, frozen=True):
    """One admitted call. ``tr`` is the operation's first real id, whichever of its ids the client used."""

    exchange: Exchange
    settings: DoorSettings
    ranges: PriceRanges
    environment: Environment
    accounts: tuple[PracticeAccount, ...]
    tr: str
    fields: Fields
    following: bool
    """Whether the client asked for the next page (``tr_cont: N``)."""

    @property
    def is_paper(self) -> bool:
        return self.environment is Environment.PAPER

    def account(self) -> str:
        """The account of ``CANO`` and ``ACNT_PRDT_CD``.

        Raises Refused: OPSQ2000 when malformed, IGW00002 when it is none of the app key's.
        """
        number, product = self.fields.text("CANO").strip(), self.fields.text("ACNT_PRDT_CD").strip()
        if not (len(number) == 8 and number.isdigit() and len(product) == 2 and product.isdigit()):
            raise bad_account()
        wanted = f"{number}-{product}"
        if wanted not in {account.number for account in self.accounts}:
            raise foreign_account()
        return wanted

    def instrument(self, name: str = "PDNO") -> Instrument | None:
        return find_instrument(self.exchange.instruments(), self.fields.text(name))

    def quoted(self, market: str = "FID_COND_MRKT_DIV_CODE", code: str = "FID_INPUT_ISCD") -> MarketState | None:
        """The state of the quote's instrument; None when it is unknown on that market, which is no error (quirk 6)."""
        division = self.fields.one_of(market, QUOTE_MARKETS)
        found = find_instrument(self.exchange.instruments(), self.fields.required(code))
        if found is None or division not in SERVED_QUOTE_MARKETS:
            return None
        return self.exchange.state(found.code)


Handler: TypeAlias = Callable[[Call], Reply]


class Operation(Struct, frozen=True):
    """``real`` and ``paper`` list every id that names the operation, today's first; no ``paper`` id: not on paper."""

    method: str
    path: str
    real: tuple[str, ...]
    paper: tuple[str, ...]
    answer: Handler
    disputed_on_paper: bool = False


def quote(name: str, tr: str, answer: Handler, *, on_paper: bool = True) -> Operation:
    """A domestic market data query: the same id in both environments."""
    return Operation("GET", DOMESTIC_QUOTES + name, (tr,), (tr,) if on_paper else (), answer)


def on_paper(*real: str) -> tuple[str, ...]:
    """Paper ids: V in place of the first letter (kis.md 1.2)."""
    return tuple("V" + tr[1:] for tr in real)
