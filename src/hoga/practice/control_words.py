"""Reads what a caller of the control endpoint wishes for; every slip is answered with a sentence, none with a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from hoga.base.clock import KST
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Submit

_E = TypeVar("_E", bound=Enum)
_MOST_DIGITS = 18
_FIRST_YEAR = 1900
"""Before it there is no market, and near year 1 no room for a span of time either."""


class BadWish(ValueError):
    """What was asked for makes no sense; the text says why."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


def text(wish: Mapping[str, Any], name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str) or not value:
        raise BadWish(f"{name} is a text")
    return value


def integer(wish: Mapping[str, Any], name: str) -> int:
    value = wish.get(name)
    if type(value) is not int:
        raise BadWish(f"{name} is a whole number")
    return value


def number(wish: Mapping[str, Any], name: str) -> float:
    value = wish.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadWish(f"{name} is a number")
    return float(value)


def member(wish: Mapping[str, Any], name: str, kind: type[_E], default: _E | None = None) -> _E:
    value = wish.get(name)
    if value is None and default is not None:
        return default
    try:
        return kind(value)
    except ValueError as error:
        raise BadWish(f"{name} is one of: {', '.join(str(each.value) for each in kind)}") from error


def orders_wish(wish: Mapping[str, Any]) -> Submit:
    """``account, code, side, quantity``, and ``limit, type, tif, venue, stop``.

    Without a type, a limit makes a limit order. Raises BadWish.
    """
    limit = integer(wish, "limit") if wish.get("limit") is not None else None
    default = OrderType.MARKET if limit is None else OrderType.LIMIT
    return Submit(
        account=text(wish, "account"),
        code=text(wish, "code"),
        side=member(wish, "side", Side),
        type=member(wish, "type", OrderType, default),
        tif=member(wish, "tif", TimeInForce, TimeInForce.DAY),
        quantity=integer(wish, "quantity"),
        limit=limit,
        venue=member(wish, "venue", Venue, Venue.KRX),
        channel="phone",
        stop=integer(wish, "stop") if wish.get("stop") is not None else None,
    )


def day(query: Mapping[str, str], name: str, default: date) -> date:
    """An ISO date of the query. Raises BadWish."""
    given = query.get(name)
    try:
        return date.fromisoformat(given) if given else default
    except ValueError as error:
        raise BadWish(f"{name} is a date like 2026-11-20") from error


def moment(query: Mapping[str, str], name: str, default: datetime) -> datetime:
    """An ISO moment of the query, Korean time unless it names a zone. Raises BadWish."""
    given = query.get(name)
    if not given:
        return default
    # A plus sign arrives as a blank where the caller did not encode it.
    return parse_moment(given.replace(" ", "+") if "T" in given else given)


def parse_moment(given: str) -> datetime:
    """Raises BadWish."""
    try:
        parsed = datetime.fromisoformat(given)
        moment = parsed.replace(tzinfo=KST) if parsed.tzinfo is None else parsed.astimezone(KST)
    except (ValueError, OverflowError) as error:
        raise BadWish(f"no moment like 2026-11-20T09:00:00: {given}") from error
    if moment.year < _FIRST_YEAR:
        raise BadWish(f"before {_FIRST_YEAR}: {given}")
    return moment


def count(query: Mapping[str, str], name: str, default: int) -> int:
    given = query.get(name)
    if given is None:
        return default
    return whole(given, name)


def whole(given: str, name: str) -> int:
    """Raises BadWish."""
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise BadWish(f"{name} is a whole number >= 0")
    return int(given)
