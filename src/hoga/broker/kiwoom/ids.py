"""API ids, paths and code tables of Kiwoom (kiwoom.md 1.2, 4, 5.2)."""

from __future__ import annotations

from types import MappingProxyType

from msgspec import Struct

from hoga.domain.tickets import OrderType, Side, TimeInForce

TOKEN_PATH = "/oauth2/token"  # noqa: S105 a path, no secret
SOCKET_PATH = "/api/dostk/websocket"

_INFO, _MARKET, _CHART = "/api/dostk/stkinfo", "/api/dostk/mrkcond", "/api/dostk/chart"
_ACCOUNT, _ORDER = "/api/dostk/acnt", "/api/dostk/ordr"


class Operation(Struct, frozen=True):
    """One REST call: a path says the category, the id in a header says which call (kiwoom.md 1.2)."""

    name: str
    path: str
    api_id: str


TOKEN = Operation("token", TOKEN_PATH, "au10001")
FACTS = Operation("facts", _INFO, "ka10001")
WATCH = Operation("watch list", _INFO, "ka10095")
LISTED = Operation("symbol list", _INFO, "ka10099")
ONE_LISTED = Operation("symbol", _INFO, "ka10100")
BOOK = Operation("book", _MARKET, "ka10004")
MINUTES = Operation("minutes", _CHART, "ka10080")
DAYS = Operation("days", _CHART, "ka10081")
WEEKS = Operation("weeks", _CHART, "ka10082")
MONTHS = Operation("months", _CHART, "ka10083")
YEARS = Operation("years", _CHART, "ka10094")
NUMBER = Operation("account number", _ACCOUNT, "ka00001")
CASH = Operation("cash", _ACCOUNT, "kt00001")
HOLDINGS = Operation("holdings", _ACCOUNT, "kt00018")
ORDERABLE = Operation("orderable", _ACCOUNT, "kt00011")
ORDERS = Operation("orders", _ACCOUNT, "kt00007")
BUY = Operation("buy", _ORDER, "kt10000")
SELL = Operation("sell", _ORDER, "kt10001")
MODIFY = Operation("modify", _ORDER, "kt10002")
CANCEL = Operation("cancel", _ORDER, "kt10003")

FILLS_TYPE = "00"
BALANCE_TYPE = "04"
TRADES_TYPE = "0B"
BEST_TYPE = "0C"
BOOK_TYPE = "0D"
EXPECTED_TYPE = "0H"
SESSION_TYPE = "0s"
INTERRUPTION_TYPE = "1h"


def order_operation(side: Side) -> Operation:
    return BUY if side is Side.BUY else SELL


ORDER_CODES = MappingProxyType(
    {
        (OrderType.LIMIT, TimeInForce.DAY): "0",
        (OrderType.MARKET, TimeInForce.DAY): "3",
        (OrderType.CONDITIONAL, TimeInForce.DAY): "5",
        (OrderType.BEST, TimeInForce.DAY): "6",
        (OrderType.PRIORITY, TimeInForce.DAY): "7",
        (OrderType.LIMIT, TimeInForce.IOC): "10",
        (OrderType.MARKET, TimeInForce.IOC): "13",
        (OrderType.BEST, TimeInForce.IOC): "16",
        (OrderType.LIMIT, TimeInForce.FOK): "20",
        (OrderType.MARKET, TimeInForce.FOK): "23",
        (OrderType.BEST, TimeInForce.FOK): "26",
    }
)
"""``trde_tp`` of what hoga can order, without a leading zero (kiwoom.md 4.6)."""

ORDER_TYPES_BY_NAME = MappingProxyType(
    {
        "보통": (OrderType.LIMIT, TimeInForce.DAY),
        "시장가": (OrderType.MARKET, TimeInForce.DAY),
        "조건부지정가": (OrderType.CONDITIONAL, TimeInForce.DAY),
        "최유리지정가": (OrderType.BEST, TimeInForce.DAY),
        "최우선지정가": (OrderType.PRIORITY, TimeInForce.DAY),
        "보통(IOC)": (OrderType.LIMIT, TimeInForce.IOC),
        "시장가(IOC)": (OrderType.MARKET, TimeInForce.IOC),
        "최유리(IOC)": (OrderType.BEST, TimeInForce.IOC),
        "보통(FOK)": (OrderType.LIMIT, TimeInForce.FOK),
        "시장가(FOK)": (OrderType.MARKET, TimeInForce.FOK),
        "최유리(FOK)": (OrderType.BEST, TimeInForce.FOK),
        "스톱지정가": (OrderType.STOP_LIMIT, TimeInForce.DAY),
        "스톰지정가": (OrderType.STOP_LIMIT, TimeInForce.DAY),
        "중간가": (OrderType.MID, TimeInForce.DAY),
        "중간가(IOC)": (OrderType.MID, TimeInForce.IOC),
        "중간가(FOK)": (OrderType.MID, TimeInForce.FOK),
    }
)
"""Lists and notices name the type in words (once misspelt, kiwoom.md 4.6), those that hoga does not send as well."""

OWN_CHANNELS = frozenset({"REST API"})
"""What the order list says of orders that came through the API (not documented: as Practice marks them). Where a host
says something else, a first order that is lost becomes a question."""
