"""Typed records of the live types 00, 04, 0B, 0C, 0D, 0H, 0s and 1h: field numbers become names (kiwoom.md 5.3-5.8).

Every value is text; fields that are not named here are skipped while parsing. A missing field stays blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from types import GenericAlias
from typing import Any, Literal, Protocol

import msgspec

from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.messages import Entry, Garbled


def _fid(number: str) -> str:
    found: str = msgspec.field(name=number, default="")
    return found


class OrderPush(msgspec.Struct, gc=False):
    """Type 00. 911 is left out: whether it is of one execution or of the whole order is not known (kiwoom.md 5.3)."""

    account: str = _fid("9201")
    number: str = _fid("9203")
    code: str = _fid("9001")
    state: str = _fid("913")
    quantity: str = _fid("900")
    price: str = _fid("901")
    remaining: str = _fid("902")
    amount: str = _fid("903")
    original: str = _fid("904")
    side_text: str = _fid("905")
    type_text: str = _fid("906")
    side: str = _fid("907")
    time: str = _fid("908")
    execution: str = _fid("909")
    unit_price: str = _fid("914")
    unit_quantity: str = _fid("915")
    fee_today: str = _fid("938")
    tax_today: str = _fid("939")
    reason: str = _fid("919")
    terminal: str = _fid("921")
    venue: str = _fid("2134")


class BalancePush(msgspec.Struct, gc=False):
    """Type 04: a holding after a fill."""

    account: str = _fid("9201")
    code: str = _fid("9001")
    quantity: str = _fid("930")
    average: str = _fid("931")
    cost: str = _fid("932")
    sellable: str = _fid("933")
    side: str = _fid("946")
    last: str = _fid("10")


class TradePush(msgspec.Struct, gc=False):
    """Type 0B. In the order of the wire, in which its fields are found soonest."""

    time: str = _fid("20")
    price: str = _fid("10")
    change: str = _fid("11")
    ask: str = _fid("27")
    bid: str = _fid("28")
    quantity: str = _fid("15")
    day_volume: str = _fid("13")
    day_amount: str = _fid("14")
    open: str = _fid("16")
    high: str = _fid("17")
    low: str = _fid("18")
    session: str = _fid("290")
    day_sold: str = _fid("1030")
    day_bought: str = _fid("1031")
    venue: str = _fid("9081")


class BestPush(msgspec.Struct, gc=False):
    """Type 0C."""

    ask: str = _fid("27")
    bid: str = _fid("28")


class ExpectedPush(msgspec.Struct, gc=False):
    """Type 0H."""

    time: str = _fid("20")
    price: str = _fid("10")
    quantity: str = _fid("15")


class SessionPush(msgspec.Struct, gc=False):
    """Type 0s."""

    phase: str = _fid("215")
    time: str = _fid("20")
    left: str = _fid("214")


class InterruptionPush(msgspec.Struct, gc=False):
    """Type 1h: a volatility interruption; ``kind`` 1 begins, 2 ends."""

    code: str = _fid("9001")
    kind: str = _fid("9068")
    price: str = _fid("1221")
    time: str = _fid("1223")
    until: str = _fid("1224")
    cause: str = _fid("1225")


_LEVELS = range(10)

BookPush: type[msgspec.Struct] = msgspec.defstruct(
    "BookPush",
    [
        (name, str, msgspec.field(name=str(fid), default=""))
        for name, fid in [
            ("time", 21),
            ("session", 215),
            ("expected_price", 291),
            ("expected_quantity", 292),
            ("total_ask", 121),
            ("total_bid", 125),
            *((f"ask_{n}", 41 + n) for n in _LEVELS),
            *((f"bid_{n}", 51 + n) for n in _LEVELS),
            *((f"ask_quantity_{n}", 61 + n) for n in _LEVELS),
            *((f"bid_quantity_{n}", 71 + n) for n in _LEVELS),
        ]
    ],
    gc=False,
)
"""Type 0D: ten levels. What belongs together stands together, for ``decode_stream``."""

_KINDS: Mapping[str, type[msgspec.Struct]] = {
    ids.FILLS_TYPE: OrderPush,
    ids.BALANCE_TYPE: BalancePush,
    ids.TRADES_TYPE: TradePush,
    ids.BEST_TYPE: BestPush,
    ids.BOOK_TYPE: BookPush,
    ids.EXPECTED_TYPE: ExpectedPush,
    ids.SESSION_TYPE: SessionPush,
    ids.INTERRUPTION_TYPE: InterruptionPush,
}
_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}


class Record(Protocol):
    """One record of a push and the code that it was registered under."""

    item: str
    values: msgspec.Struct


def _record_of(name: str, kind: type[msgspec.Struct]) -> type[msgspec.Struct]:
    fields: list[Any] = [("values", kind), ("item", str, "")]
    return msgspec.defstruct(f"{kind.__name__}Record", fields, tag_field="type", tag=name, gc=False)


def _push_of(*records: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    """Reads a push whose every record is one of these and reads as one."""
    listed = GenericAlias(list, (reduce(or_, records),))
    return msgspec.json.Decoder(msgspec.defstruct("Push", [("trnm", Literal["REAL"]), ("data", listed)], gc=False))


_USUAL: Mapping[str, Any] = {"session": Literal["", "1", "2", "3"], "venue": Literal["", "KRX", "NXT", "1", "2"]}
"""What some fields of a trade say in all but a few: of such a text the reader need not make a new one."""

_UsualTrade = msgspec.defstruct(
    "UsualTrade",
    [
        (field.name, _USUAL.get(field.name, str), msgspec.field(name=field.encode_name, default=""))
        for field in msgspec.structs.fields(TradePush)
    ],
    gc=False,
)

_any_push = _push_of(*(_record_of(name, kind) for name, kind in _KINDS.items()))
read_trades: Callable[[str], Any] = _push_of(_record_of(ids.TRADES_TYPE, _UsualTrade)).decode
"""Reads a push of nothing but trades as they usually are; ``data`` are its records, whose values have the fields of
``TradePush`` in its order. Raises msgspec.MsgspecError for any other text.

The type comes after the values: a reader that has no choice of types need not look for it first, which takes as long
as reading does.
"""


def records_of(text: str) -> list[Record] | None:
    """Every record of a push, in one go. None for any other text, and for a push in which something is not as it
    should be: that is for ``messages.read_frame`` and ``read_push``, which tell what, record by record."""
    try:
        return _any_push.decode(text).data  # type: ignore[no-any-return]
    except msgspec.MsgspecError:
        return None


def read_push(entry: Entry) -> msgspec.Struct:
    """The record of one entry. Raises Garbled, also for a type that nobody asked for."""
    decoder = _DECODERS.get(entry.type)
    if decoder is None:
        raise Garbled(entry.type, "nobody asked for this type")
    try:
        record: msgspec.Struct = decoder.decode(entry.values)
    except msgspec.MsgspecError as error:
        raise Garbled(entry.type, "values that are no texts by number") from error
    return record
