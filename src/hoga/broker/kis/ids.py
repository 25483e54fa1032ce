"""Transaction ids, paths and code tables of KIS (kis.md 4, 5.5). Wire names live in this package and nowhere else."""

from __future__ import annotations

from types import MappingProxyType

from msgspec import Struct

from hoga.domain.accounts import WireProfile
from hoga.domain.tickets import OrderType, Side, TimeInForce

_QUOTATIONS = "/uapi/domestic-stock/v1/quotations/"
_TRADING = "/uapi/domestic-stock/v1/trading/"

TOKEN_PATH = "/oauth2/tokenP"  # noqa: S105 a path, no secret
APPROVAL_PATH = "/oauth2/Approval"


class Operation(Struct, frozen=True):
    """One REST operation: where it is, and its id in both environments. ``paper`` None: paper does not have it."""

    name: str
    path: str
    real: str
    paper: str | None
    post: bool = False

    def id_for(self, profile: WireProfile) -> str | None:
        return self.paper if profile is WireProfile.KIS_PAPER else self.real


def _quote(name: str, path: str, tr: str, *, paper: bool = True) -> Operation:
    """Quote ids are the same in both environments (kis.md 1.2)."""
    return Operation(name, _QUOTATIONS + path, tr, tr if paper else None)


PRICE = _quote("price", "inquire-price", "FHKST01010100")
BOOK = _quote("book", "inquire-asking-price-exp-ccn", "FHKST01010200")
PERIOD_CHART = _quote("period chart", "inquire-daily-itemchartprice", "FHKST03010100")
MINUTES_TODAY = _quote("minutes today", "inquire-time-itemchartprice", "FHKST03010200")
MINUTES_PAST = _quote("minutes of a past day", "inquire-time-dailychartprice", "FHKST03010230", paper=False)
TRADING_DAYS = _quote("trading days", "chk-holiday", "CTCA0903R", paper=False)

BALANCE = Operation("balance", _TRADING + "inquire-balance", "TTTC8434R", "VTTC8434R")
ORDERABLE = Operation("orderable", _TRADING + "inquire-psbl-order", "TTTC8908R", "VTTC8908R")
SELLABLE = Operation("sellable", _TRADING + "inquire-psbl-sell", "TTTC8408R", None)
ORDERS_RECENT = Operation("orders", _TRADING + "inquire-daily-ccld", "TTTC0081R", "VTTC0081R")
ORDERS_OLD = Operation("old orders", _TRADING + "inquire-daily-ccld", "CTSC9215R", "VTSC9215R")

BUY = Operation("buy", _TRADING + "order-cash", "TTTC0012U", "VTTC0012U", post=True)
SELL = Operation("sell", _TRADING + "order-cash", "TTTC0011U", "VTTC0011U", post=True)
CHANGE = Operation("modify or cancel", _TRADING + "order-rvsecncl", "TTTC0013U", "VTTC0013U", post=True)

TRADES_TOPIC = "H0STCNT0"
BOOK_TOPIC = "H0STASP0"
NOTICES_REAL = "H0STCNI0"
NOTICES_PAPER = "H0STCNI9"
NOTICE_TOPICS = frozenset({NOTICES_REAL, NOTICES_PAPER})


def notices_topic(profile: WireProfile) -> str:
    return NOTICES_PAPER if profile is WireProfile.KIS_PAPER else NOTICES_REAL


def order_operation(side: Side) -> Operation:
    return BUY if side is Side.BUY else SELL


ORDER_CODES = MappingProxyType(
    {
        (OrderType.LIMIT, TimeInForce.DAY): "00",
        (OrderType.MARKET, TimeInForce.DAY): "01",
        (OrderType.CONDITIONAL, TimeInForce.DAY): "02",
        (OrderType.BEST, TimeInForce.DAY): "03",
        (OrderType.PRIORITY, TimeInForce.DAY): "04",
        (OrderType.LIMIT, TimeInForce.IOC): "11",
        (OrderType.LIMIT, TimeInForce.FOK): "12",
        (OrderType.MARKET, TimeInForce.IOC): "13",
        (OrderType.MARKET, TimeInForce.FOK): "14",
        (OrderType.BEST, TimeInForce.IOC): "15",
        (OrderType.BEST, TimeInForce.FOK): "16",
    }
)
"""``ORD_DVSN`` of what hoga can order (kis.md 4.4.1)."""

PAPER_ORDER_CODES = frozenset({"00", "01", "02", "03", "04"})
"""The only types that paper takes (kis.md 4.4.1)."""

ORDER_TYPES = MappingProxyType({code: pair for pair, code in ORDER_CODES.items()})
"""The other way round: what hoga can order."""

TYPES_READ = MappingProxyType(
    {
        **ORDER_TYPES,
        "21": (OrderType.MID, TimeInForce.DAY),
        "22": (OrderType.STOP_LIMIT, TimeInForce.DAY),
        "23": (OrderType.MID, TimeInForce.IOC),
        "24": (OrderType.MID, TimeInForce.FOK),
    }
)
"""What lists may hold: orders made elsewhere are of more types than hoga sends."""

CODES_READ = MappingProxyType({pair: code for code, pair in TYPES_READ.items()})

SIDES = MappingProxyType({"01": Side.SELL, "02": Side.BUY})

OWN_CHANNELS = frozenset({"OpnAPI"})
"""What the order list says of orders that came through the API (not documented: as Practice marks them). Where a host
says something else, a first order that is lost becomes a question."""
