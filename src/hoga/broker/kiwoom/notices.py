"""Type 00 to notices (kiwoom.md 5.3, 6.1): what happened to one number of this account.

Fills are told apart by 909. Price and shares are those of the one execution (914, 915); the totals 910, 911 are not
trusted. A fill that does not say its own share is unclear, and the list is asked.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from hoga.base.clock import KST
from hoga.broker.fields import BadField, nearest_moment, parse_time
from hoga.broker.kiwoom.fields import instrument_code, plain_number
from hoga.broker.kiwoom.messages import Garbled
from hoga.broker.kiwoom.orders import FilledAmounts, request_kind, side_of
from hoga.broker.kiwoom.pushes import OrderPush
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, RequestKind
from hoga.domain.instruments import Venue
from hoga.domain.tickets import Side
from hoga.domain.values import Price, Shares

_SIDES = {"1": Side.SELL, "2": Side.BUY}
_KINDS = {
    "접수": NoticeKind.RECEIVED,
    "확인": NoticeKind.CONFIRMED,
    "체결": NoticeKind.FILLED,
    "거부": NoticeKind.REJECTED,
}
_CANCELLED = "취소"
_VENUES = {"1": Venue.KRX, "2": Venue.NXT}
_PERSONAL = frozenset({"account"})


class NoticeDecoder:
    """Notices of one account; ``account`` is its ten digits. ``amounts`` hears what fills came to."""

    def __init__(self, account: str, amounts: FilledAmounts) -> None:
        self._account = account
        self._amounts = amounts

    def read(self, push: OrderPush, now: datetime) -> OrderNotice | None:
        """None when it is of another account. Raises Garbled when it cannot be read."""
        if "".join(char for char in push.account if char.isdigit()) != self._account:
            return None
        try:
            notice = _notice(push, now)
            if notice.kind is NoticeKind.FILLED and _is_count(push.amount):
                self._amounts.heard(notice.number, _whole(push.amount))
        except (BadField, ValueError) as error:
            raise Garbled("00", "unreadable field") from error
        return notice


def _notice(push: OrderPush, now: datetime) -> OrderNotice:
    at = nearest_moment(parse_time(push.time, "notice"), now)
    day = at.astimezone(KST).date()
    original = _whole(push.original or "0")
    request = request_kind(push.side_text, has_original=False)
    kind = _kind(push, request)
    filled = kind is NoticeKind.FILLED
    price = abs(_whole((push.unit_price if filled else push.price) or "0"))
    quantity = _whole(push.unit_quantity if filled else push.quantity)
    if kind is NoticeKind.REST_CANCELLED:
        quantity = 0  # no field says how many; 0 stands for all that was left
    number = _whole(push.number)
    if number <= 0 or quantity < 0:
        raise ValueError("no order number, or less than nothing")
    return OrderNotice(
        number=BrokerNumber(day, "", number),
        original=BrokerNumber(day, "", original) if original else None,
        kind=kind,
        request=request,
        instrument=instrument_code(push.code),
        side=_SIDES.get(push.side) or side_of(push.side_text, "notice"),
        quantity=Shares(quantity),
        price=Price(price) if price else None,
        at=at,
        execution=push.execution.strip() if filled else "",
        venue=_VENUES.get(push.venue, Venue.KRX),
        raw={name: value for name, value in msgspec.structs.asdict(push).items() if name not in _PERSONAL},
    )


def _kind(push: OrderPush, request: RequestKind | None) -> NoticeKind:
    if push.state == _CANCELLED:
        return NoticeKind.CONFIRMED if request is RequestKind.CANCEL else NoticeKind.REST_CANCELLED
    kind = _KINDS.get(push.state, NoticeKind.UNCLEAR)
    if kind is not NoticeKind.FILLED:
        return kind
    complete = push.execution.strip() and _is_count(push.unit_quantity) and _is_count(push.unit_price)
    return kind if complete and request is not RequestKind.CANCEL else NoticeKind.UNCLEAR


def _is_count(text: str) -> bool:
    return plain_number(text).isdecimal() and _whole(text) > 0


def _whole(text: str) -> int:
    return int(plain_number(text))
