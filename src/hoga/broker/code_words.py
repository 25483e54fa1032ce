"""Codes in a person's words: how their tables are written, what one can be asked to do, what every broker may meet.

A code that is in no table is shown as the broker sent it; nothing is ever guessed about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from hoga.base.message import Message, Wording

Row: TypeAlias = tuple[str, str, str, tuple[str, str]]
"""A code, the sentence in Korean and in English, and what to do in both."""

NOTHING = ("", "")
RETRY = ("잠시 후 다시 시도하세요.", "Try again in a moment.")
WAIT = ("hoga가 간격을 두고 다시 보냅니다. 기다려 주세요.", "hoga paces itself and asks again; please wait.")
TOKEN = ("hoga가 접근토큰을 새로 받습니다.", "hoga asks for a new token by itself.")
KEYS = ("연결 설정에서 앱키와 시크릿을 확인하세요.", "Check app key and secret in the connection settings.")
ACCOUNT = ("연결 설정에서 계좌번호를 확인하세요.", "Check the account number in the connection settings.")
REPORT = ("프로그램 오류입니다. 활동 기록을 보내 주세요.", "A fault of hoga: please report it with the activity log.")
ASK_LIST = ("다시 보내지 마세요. hoga가 주문내역으로 확인합니다.", "Do not send it again: hoga asks the order list.")
LOWER = ("수량이나 가격을 낮추세요.", "Lower the quantity or the price.")
PRICE = ("가격을 확인하세요.", "Check the price.")
SESSION = ("장 시간을 확인하고 다시 주문하세요.", "Order again when the market is open.")
HELD = ("보유 수량과 매도 대기 주문을 확인하세요.", "Check what is held and what is already being sold.")
PENDING = ("미체결 목록을 새로 읽고 다시 시도하세요.", "Read the pending orders again, then retry.")
REAL_ONLY = ("실전 계좌에서만 됩니다.", "Only real accounts have it.")
OTHER_PROGRAM = ("같은 앱키를 쓰는 다른 프로그램을 닫으세요.", "Close the other program that uses this app key.")
FEWER_TOPICS = ("보이는 종목을 줄이면 다시 실시간이 됩니다.", "Show fewer instruments to get live data again.")


def worded(prefix: str, *tables: Iterable[Row]) -> dict[str, Wording]:
    """The catalogue of ``tables``; every code begins with ``prefix`` and an underscore."""
    return {
        f"{prefix}_{code}": Wording(ko, en, do_ko, do_en) for table in tables for code, ko, en, (do_ko, do_en) in table
    }


class CodeBook(Struct, frozen=True):
    """One broker's codes. ``CODE_UNKNOWN`` must be among them."""

    prefix: str
    wording: Mapping[str, Wording]

    def explain(self, code: str, text: str) -> Message:
        """The message of a broker's code; an unknown one is shown as it came."""
        if code and (name := f"{self.prefix}_{code}") in self.wording:
            return Message(name, {"code": code, "text": text})
        return Message(f"{self.prefix}_CODE_UNKNOWN", {"code": code, "text": text})


_CALLS: tuple[Row, ...] = (
    (
        "NO_CONNECTION",
        "증권사에 연결하지 못했습니다. 아무것도 보내지 않았습니다.",
        "No connection to the broker; nothing was sent.",
        RETRY,
    ),
    ("NO_ANSWER", "증권사의 답을 받지 못했습니다.", "The broker did not answer.", RETRY),
    ("OUTCOME_NO_ANSWER", "보냈지만 답을 받지 못해 결과를 모릅니다.", "Sent, but no answer came.", ASK_LIST),
    (
        "OUTCOME_UNREADABLE",
        "보냈지만 답을 읽을 수 없어 결과를 모릅니다.",
        "Sent, but the answer is unreadable.",
        ASK_LIST,
    ),
    (
        "OUTCOME_NO_DAY",
        "자정 무렵에 번호 {number}(으)로 접수되었으나 어느 날의 번호인지 답에 없습니다.",
        "Accepted around midnight as number {number}, but the answer does not say of which day.",
        ASK_LIST,
    ),
    (
        "OUTCOME_NO_NUMBER",
        "접수되었다는데 주문번호가 없어 결과를 모릅니다.",
        "Accepted, but without an order number.",
        ASK_LIST,
    ),
    (
        "OUTCOME_CODE",
        "결과를 알 수 없는 답입니다: {code} {text}",
        "The answer leaves it open: {code} {text}",
        ASK_LIST,
    ),
    ("MAINTENANCE", "증권사 서비스가 닫혀 있습니다(점검).", "The service is closed (maintenance).", RETRY),
    (
        "BAD_REPLY",
        "증권사의 답을 읽을 수 없습니다: {where}",
        "The broker's answer is unreadable: {where}",
        ("형식이 바뀌었을 수 있습니다. 새 판을 확인하세요.", "The format may have changed; look for an update."),
    ),
    (
        "REPEATED_PAGE",
        "증권사가 같은 쪽을 되풀이해 목록이 완전하지 않습니다.",
        "The broker repeated a page, so the list is not whole.",
        RETRY,
    ),
    ("TOO_MANY_PAGES", "목록이 너무 길어 끝까지 읽지 못했습니다.", "The list is too long to be read whole.", RETRY),
    (
        "NO_SUCH_INSTRUMENT",
        "그런 종목이 없습니다: {code}",
        "There is no such instrument: {code}",
        ("종목코드를 확인하세요.", "Check the code."),
    ),
    (
        "TYPE_NOT_ON_PAPER",
        "모의투자에서 받지 않는 주문 유형입니다.",
        "Paper trading does not take this order type.",
        ("지정가나 시장가로 주문하세요.", "Use a limit or market order."),
    ),
    (
        "VENUE_NOT_HERE",
        "이 계좌에서는 KRX만 됩니다.",
        "Only KRX is possible here.",
        ("KRX로 보내세요.", "Send it to KRX."),
    ),
    ("TYPE_UNKNOWN", "이 증권사가 받지 않는 주문 유형입니다.", "This broker has no such order type.", NOTHING),
    ("NOT_ON_PAPER", "모의투자에 없는 조회입니다.", "Paper trading does not have this query.", REAL_ONLY),
    ("TOKEN_WAIT", "접근토큰을 {at}에 다시 받을 수 있습니다.", "A token may be asked for again at {at}.", WAIT),
    ("NEW_FIELD", "증권사 답에 새 항목이 있습니다: {where}", "A new field in the broker's answer: {where}", NOTHING),
    (
        "UNREADABLE",
        "증권사 답의 {where} 항목을 읽지 못했습니다.",
        "{where} could not be read ({problem}).",
        ("형식이 바뀌었을 수 있습니다. 새 판을 확인하세요.", "The format may have changed; look for an update."),
    ),
)

CALLS: Mapping[str, Wording] = MappingProxyType(worded("BROKER", _CALLS))
"""What any broker's calls may come to."""
