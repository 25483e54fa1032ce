"""Where the four hosts may differ, and why. Whatever else differs from KIS real fails the suite.

kis.md 8 names the gaps of the paper host, kiwoom.md 7.2 those of the mock; the rest is what a wire does not carry.
"""

from __future__ import annotations

from typing import Any

from hoga.domain.accounts import WireProfile
from hoga.domain.tickets import OrderType

PAPER, REAL, MOCK = WireProfile.KIS_PAPER, WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK

_READ_ONLY = (OrderType.STOP_LIMIT, OrderType.MID)
"""Types that hoga reads of orders made elsewhere and does not send to anybody yet."""
_ONLY_DAY = sorted(
    [f"{type.name} {tif}" for type in OrderType for tif in ("FOK", "IOC")] + [f"{type.name} DAY" for type in _READ_ONLY]
)

PERMITTED: dict[tuple[str, str], dict[WireProfile, tuple[Any, str]]] = {
    ("capabilities", "not offered"): {
        PAPER: (_ONLY_DAY, "kis.md 8: five types, none of them IOC or FOK"),
    },
    ("capabilities", "pending list"): {PAPER: (False, "kis.md 8: no pending list")},
    ("capabilities", "sellable query"): {
        PAPER: (False, "kis.md 8: no sellable query"),
        REAL: (False, "kiwoom.md 4.4: the holdings tell it, no call of its own"),
        MOCK: (False, "kiwoom.md 4.4: the holdings tell it, no call of its own"),
    },
    ("capabilities", "trading days"): {
        PAPER: (False, "kis.md 8: no calendar"),
        REAL: (False, "kiwoom.md 4: no call tells trading days"),
        MOCK: (False, "kiwoom.md 4: no call tells trading days"),
    },
    ("capabilities", "past minutes"): {PAPER: (False, "kis.md 8: minutes of today alone")},
    ("capabilities", "registrations"): {
        REAL: (100, "kiwoom.md 3: 100 codes a group"),
        MOCK: (100, "kiwoom.md 3: 100 codes a group"),
    },
    ("capabilities", "reads a second"): {
        PAPER: (1, "kis.md 3: two calls a second, one of them kept for orders"),
        REAL: (5, "kiwoom.md 3: five queries a second"),
        MOCK: (5, "kiwoom.md 3: five queries a second, fewer of one kind"),
    },
    ("types", "not sent"): {
        PAPER: (_ONLY_DAY, "kis.md 8: five types, none of them IOC or FOK"),
    },
    ("quote", "turnover"): {
        REAL: ("million", "kiwoom.md 4.2: in million won"),
        MOCK: ("million", "kiwoom.md 4.2: in million won"),
    },
    ("quote", "tick told"): {
        REAL: (False, "kiwoom.md 4.2: no field tells it"),
        MOCK: (False, "kiwoom.md 4.2: no field tells it"),
    },
    ("quote", "a year's range told"): {
        REAL: (False, "kiwoom.md 4.2: of 250 days, not of 52 weeks"),
        MOCK: (False, "kiwoom.md 4.2: of 250 days, not of 52 weeks"),
    },
    ("candles", "1m turnover"): {
        REAL: ("none", "kiwoom.md 4.3: minute bars have none"),
        MOCK: ("none", "kiwoom.md 4.3: minute bars have none"),
    },
    ("candles", "1d turnover"): {
        REAL: ("million", "kiwoom.md 4.3: in million won"),
        MOCK: ("million", "kiwoom.md 4.3: in million won"),
    },
    ("candles", "minutes of yesterday"): {PAPER: ("NotSupported", "kis.md 8: minutes of today alone")},
    ("order life", "notices"): {
        REAL: (
            ["NEW RECEIVED", "REPRICE RECEIVED", "REPRICE CONFIRMED", *["CANCEL RECEIVED", "CANCEL CONFIRMED"] * 2],
            "kiwoom.md 6.1: a new order is told as accepted, once",
        ),
        MOCK: (
            ["NEW RECEIVED", "REPRICE RECEIVED", "REPRICE CONFIRMED", *["CANCEL RECEIVED", "CANCEL CONFIRMED"] * 2],
            "kiwoom.md 6.1: a new order is told as accepted, once",
        ),
    },
    ("past", "orders of yesterday"): {MOCK: ("NotSupported", "kiwoom.md 7.2: past days are empty, no proof")},
}
