"""Every KIS code that has been seen or documented, in a person's words and with what to do (kis.md 1.6, 5.3).

A code that is not here is shown as the broker sent it (``KIS_CODE_UNKNOWN``); nothing is ever guessed about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hoga.base.message import Message, Wording
from hoga.broker.wording import WORDING as BROKER_WORDING

_NOTHING = ("", "")
_RETRY = ("잠시 후 다시 시도하세요.", "Try again in a moment.")
_WAIT = ("hoga가 간격을 두고 다시 보냅니다. 기다려 주세요.", "hoga paces itself and asks again; please wait.")
_TOKEN = ("hoga가 접근토큰을 새로 받습니다.", "hoga asks for a new token by itself.")
_KEYS = ("연결 설정에서 앱키와 시크릿을 확인하세요.", "Check app key and secret in the connection settings.")
_ACCOUNT = ("연결 설정에서 계좌번호를 확인하세요.", "Check the account number in the connection settings.")
_HTS = ("연결 설정에서 HTS ID를 확인하세요.", "Check the HTS id in the connection settings.")
_KIS = ("한국투자증권에 문의하세요.", "Ask Korea Investment & Securities.")
_REPORT = ("프로그램 오류입니다. 활동 기록을 보내 주세요.", "A fault of hoga: please report it with the activity log.")
_ASK_LIST = ("다시 보내지 마세요. hoga가 주문내역으로 확인합니다.", "Do not send it again: hoga asks the order list.")
_LOWER = ("수량이나 가격을 낮추세요.", "Lower the quantity or the price.")
_PRICE = ("가격을 확인하세요.", "Check the price.")
_SESSION = ("장 시간을 확인하고 다시 주문하세요.", "Order again when the market is open.")
_HELD = ("보유 수량과 매도 대기 주문을 확인하세요.", "Check what is held and what is already being sold.")
_PENDING = ("미체결 목록을 새로 읽고 다시 시도하세요.", "Read the pending orders again, then retry.")
_REAL_ONLY = ("실전 계좌에서만 됩니다.", "Only real accounts have it.")
_OTHER_PROGRAM = ("같은 앱키를 쓰는 다른 프로그램을 닫으세요.", "Close the other program that uses this app key.")
_FEWER_TOPICS = ("보이는 종목을 줄이면 다시 실시간이 됩니다.", "Show fewer instruments to get live data again.")

_Row = tuple[str, str, str, tuple[str, str]]

_GATEWAY: tuple[_Row, ...] = (
    ("EGW00001", "증권사 서버의 일시적 오류입니다.", "A temporary error at the broker.", _RETRY),
    ("EGW00002", "증권사 서버 오류입니다.", "A server error at the broker.", _RETRY),
    ("EGW00003", "접근이 거부되었습니다.", "Access was denied.", _KIS),
    ("EGW00004", "이 고객에게 권한이 없습니다.", "This customer has no authority.", _KIS),
    ("EGW00101", "잘못된 요청입니다.", "The request was not valid.", _REPORT),
    ("EGW00102", "앱키가 없습니다.", "The app key is missing.", _KEYS),
    ("EGW00103", "앱키가 맞지 않습니다.", "The app key is not valid here.", _KEYS),
    ("EGW00104", "앱시크릿이 없습니다.", "The app secret is missing.", _KEYS),
    ("EGW00105", "앱시크릿이 맞지 않습니다.", "The app secret is not valid.", _KEYS),
    ("EGW00106", "리다이렉트 주소가 없습니다.", "The redirect address is missing.", _REPORT),
    ("EGW00107", "리다이렉트 주소가 다릅니다.", "The redirect address does not match.", _REPORT),
    ("EGW00108", "서비스 코드가 맞지 않습니다.", "The service code is not valid.", _REPORT),
    ("EGW00109", "권한 범위가 없습니다.", "The scope is missing.", _REPORT),
    ("EGW00110", "권한 범위가 맞지 않습니다.", "The scope is not valid.", _REPORT),
    ("EGW00111", "상태값이 맞지 않습니다.", "The state is not valid.", _REPORT),
    ("EGW00112", "인증 허가가 맞지 않습니다.", "The grant is not valid.", _REPORT),
    ("EGW00113", "응답 종류가 없습니다.", "The response type is missing.", _REPORT),
    ("EGW00114", "지원하지 않는 응답 종류입니다.", "The response type is not supported.", _REPORT),
    ("EGW00115", "인증 종류가 없습니다.", "The grant type is missing.", _REPORT),
    ("EGW00116", "지원하지 않는 인증 종류입니다.", "The grant type is not supported.", _REPORT),
    ("EGW00117", "토큰 종류가 맞지 않습니다.", "The token type is not valid.", _REPORT),
    ("EGW00118", "인증 코드가 맞지 않습니다.", "The authorization code is not valid.", _REPORT),
    ("EGW00119", "인증 코드를 찾을 수 없습니다.", "The authorization code was not found.", _REPORT),
    ("EGW00120", "인증 코드가 만료되었습니다.", "The authorization code has expired.", _REPORT),
    ("EGW00121", "접근토큰이 유효하지 않습니다.", "The access token is not valid.", _TOKEN),
    ("EGW00122", "접근토큰이 없습니다.", "The access token is missing.", _TOKEN),
    ("EGW00123", "접근토큰이 만료되었습니다.", "The access token has expired.", _TOKEN),
    ("EGW00124", "세션 키가 맞지 않습니다.", "The session key is not valid.", _REPORT),
    ("EGW00125", "세션 키를 찾을 수 없습니다.", "The session key was not found.", _REPORT),
    ("EGW00126", "세션 키가 만료되었습니다.", "The session key has expired.", _REPORT),
    ("EGW00127", "법인번호가 맞지 않습니다.", "The corporate number is not valid.", _KIS),
    ("EGW00128", "계좌번호가 맞지 않습니다.", "The account number is not valid.", _ACCOUNT),
    ("EGW00129", "HTS ID가 맞지 않습니다.", "The HTS id is not valid.", _HTS),
    ("EGW00130", "사용자가 맞지 않습니다.", "The user is not valid.", _KEYS),
    ("EGW00131", "해시키가 맞지 않습니다.", "The hash key is not valid.", _REPORT),
    ("EGW00132", "내용 형식이 맞지 않습니다.", "The content type is not valid.", _REPORT),
    ("EGW00133", "접근토큰은 1분에 한 번만 받을 수 있습니다.", "A token may be asked for once a minute.", _WAIT),
    ("EGW00201", "초당 요청 수를 넘었습니다.", "Too many requests in one second.", _WAIT),
    ("EGW00202", "증권사 서버가 요청을 전달하지 못했습니다.", "The broker could not route the request.", _RETRY),
    ("EGW00203", "증권사 업무 서버에 닿지 못했습니다.", "The broker's back end was not reached.", _RETRY),
    ("EGW00204", "증권사 서버 내부 오류입니다.", "An internal error at the broker.", _KIS),
    ("EGW00205", "인증 방식이 맞지 않습니다.", "The kind of credentials is not valid.", _REPORT),
    ("EGW00206", "이 API를 쓸 권한이 없습니다.", "No permission for this call.", _KIS),
    ("EGW00207", "이 인터넷 주소는 허용되지 않았습니다.", "This network address is not allowed.", _KIS),
    ("EGW00208", "고객 구분이 맞지 않습니다.", "The customer type is not valid.", _REPORT),
    ("EGW00209", "일련번호가 맞지 않습니다.", "The sequence number is not valid.", _REPORT),
    ("EGW00210", "법인은 모의투자를 쓸 수 없습니다.", "Corporate customers cannot use paper trading.", _KIS),
    ("EGW00211", "고객 비밀키가 없습니다.", "The customer key is missing.", _KIS),
    ("EGW00212", "전화번호가 없습니다.", "The telephone number is missing.", _KIS),
    ("EGW00213", "필요한 고객 정보가 없습니다.", "Customer data is missing.", _KIS),
    ("EGW00215", "원장의 초당 요청 수를 넘었습니다.", "Too many requests to the ledger in one second.", _WAIT),
    ("EGW00300", "증권사 서버가 요청을 전달하지 못했습니다.", "The broker could not route the request.", _RETRY),
    ("EGW00301", "증권사 안에서 연결이 끊겨 결과를 모릅니다.", "A time-out inside the broker: unknown.", _ASK_LIST),
    ("EGW00302", "증권사 안에서 시간이 지나 결과를 모릅니다.", "The trade timed out: unknown.", _ASK_LIST),
    ("EGW00303", "허용되지 않은 법인 주소입니다.", "The corporate address is not allowed.", _KIS),
    ("EGW00304", "법인 고객키가 맞지 않습니다.", "The corporate customer key is not valid.", _KIS),
    ("EGW00310", "거래 ID가 맞지 않습니다.", "The transaction id is not valid.", _REPORT),
    ("EGW02004", "모의투자 초당 요청 수를 넘었습니다.", "Too many requests to paper trading.", _WAIT),
    ("EGW02006", "모의투자에 없는 기능입니다.", "Paper trading does not have this.", _REAL_ONLY),
)

_ORDER_GATEWAY: tuple[_Row, ...] = (
    ("OPSQ0001", "주문 서버 호출 전에 오류가 났습니다.", "An error before the order server was called.", _ASK_LIST),
    ("OPSQ0002", "없는 서비스입니다.", "There is no such service.", _REPORT),
    *(
        (f"OPSQ000{n}", "주문 서버 처리 중 오류입니다.", "An error inside the order server.", _ASK_LIST)
        for n in range(3, 10)
    ),
    ("OPSQ0010", "주문 서버의 자원이 부족합니다.", "The order server is short of resources.", _ASK_LIST),
    ("OPSQ0011", "주문 서버의 자원이 부족합니다.", "The order server is short of resources.", _ASK_LIST),
    ("OPSQ1002", "주문 서버와 연결이 끊겼습니다.", "The order server lost its connection.", _ASK_LIST),
    ("OPSQ2000", "계좌번호 항목이 잘못되었습니다.", "The account number field is wrong.", _ACCOUNT),
    ("OPSQ2001", "필요한 항목이 없습니다.", "A required field is missing.", _REPORT),
    ("OPSQ2002", "항목의 길이가 맞지 않습니다.", "A field has the wrong length.", _REPORT),
    ("OPSQ2003", "주문 자료를 만들지 못했습니다.", "The order could not be built.", _ASK_LIST),
    ("OPSQ3001", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", _ASK_LIST),
    ("OPSQ3002", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", _ASK_LIST),
    ("OPSQ3004", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", _ASK_LIST),
    ("OPSQ9995", "요청 본문을 읽지 못했습니다.", "The request body could not be read.", _REPORT),
    ("OPSQ9996", "요청 머리글을 읽지 못했습니다.", "The request header could not be read.", _REPORT),
    ("OPSQ9997", "요청 형식이 맞지 않습니다.", "The request format is not valid.", _REPORT),
    ("OPSQ9998", "일련번호가 맞지 않습니다.", "The sequence number is not valid.", _REPORT),
    ("OPSQ9999", "거래 ID가 맞지 않습니다.", "The transaction id is not valid.", _REPORT),
    ("IGW00002", "이 앱키의 계좌가 아닙니다.", "The account does not belong to this app key.", _ACCOUNT),
    ("IGW00007", "요청 형식이 맞지 않습니다.", "The request format is not valid.", _REPORT),
    ("IGW00009", "요청 형식이 맞지 않습니다.", "The request format is not valid.", _REPORT),
)

_BUSINESS: tuple[_Row, ...] = (
    ("APBK0013", "주문이 접수되었습니다.", "The order was taken.", _NOTHING),
    ("APBK0344", "원주문이 없습니다.", "The original order does not exist.", _PENDING),
    ("APBK0400", "주문 가능 수량을 넘었습니다.", "More shares than can be sold.", _HELD),
    ("APBK0406", "주문 가격이 상한가보다 높습니다.", "The price is above the upper limit.", _PRICE),
    ("APBK0506", "호가단위에 맞지 않는 가격입니다.", "The price is off the tick grid.", _PRICE),
    (
        "APBK0656",
        "그런 종목이 없습니다.",
        "There is no such instrument.",
        ("종목코드를 확인하세요.", "Check the code."),
    ),
    ("APBK0918", "지금은 이 시장의 주문 시간이 아닙니다.", "The market is closed for this session.", _SESSION),
    ("APBK0919", "지금은 주문할 수 없는 시간이거나 날입니다.", "No orders are taken now.", _SESSION),
    ("APBK0927", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", _PENDING),
    ("APBK0952", "주문 가능 금액을 넘었습니다.", "The amount exceeds the orderable cash.", _LOWER),
    ("APBK1234", "보유 수량이 모자랍니다.", "Not enough shares are held.", _HELD),
    ("APBK1359", "정정·취소 수량이 남은 수량보다 많습니다.", "More than is left to modify or cancel.", _PENDING),
    ("APBK1664", "해외시장 주문 시간이 아닙니다.", "The foreign market is not open.", _SESSION),
    ("APBK1711", "취소주문이 접수되었습니다.", "The cancellation was taken.", _NOTHING),
    ("APAC0081", "계좌번호가 잘못되었습니다.", "The account number is wrong.", _ACCOUNT),
    ("APAC0489", "이 계좌로는 쓸 수 없는 서비스입니다.", "This kind of account cannot use the service.", _KIS),
    ("KIOK0420", "조회되었습니다.", "Read.", _NOTHING),
    ("KIOK0510", "조회되었습니다.", "Read.", _NOTHING),
    ("KIOK0560", "조회할 내용이 없습니다.", "There is nothing to show.", _NOTHING),
    ("MCA00000", "정상 처리되었습니다.", "Done.", _NOTHING),
    ("MCA05762", "다음 자료가 더 있습니다.", "There is more to read.", _NOTHING),
    ("90020000", "증권사 서비스가 지연되고 있습니다.", "The service is delayed.", _RETRY),
)

_PAPER: tuple[_Row, ...] = (
    ("20310000", "조회되었습니다.", "Read.", _NOTHING),
    ("40030000", "호가단위에 맞지 않는 가격입니다.", "The price is off the tick grid.", _PRICE),
    ("40070000", "모의투자에서 거래할 수 없는 종목입니다.", "Not tradable in paper trading.", _REAL_ONLY),
    ("40100000", "영업일이 아닙니다.", "Not a trading day.", _SESSION),
    ("40240000", "보유하지 않았거나 보유보다 많은 매도입니다.", "Not held, or more than is held.", _HELD),
    ("40250000", "주문 가능 금액을 넘었습니다.", "The amount exceeds the orderable cash.", _LOWER),
    ("40310000", "주문 수량이나 가격이 잘못되었습니다.", "Quantity or price is wrong.", _LOWER),
    ("40330000", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", _PENDING),
    ("40570000", "장 시작 전입니다.", "The market has not opened yet.", _SESSION),
    ("40580000", "장이 끝났습니다.", "The market has closed.", _SESSION),
    ("40590000", "매도주문이 접수되었습니다.", "The sell order was taken.", _NOTHING),
    ("40600000", "매수주문이 접수되었습니다.", "The buy order was taken.", _NOTHING),
    ("40620000", "정정주문이 접수되었습니다.", "The modification was taken.", _NOTHING),
    ("40630000", "취소주문이 접수되었습니다.", "The cancellation was taken.", _NOTHING),
    (
        "40910000",
        "이 모의계좌로는 주문할 수 없습니다.",
        "This paper account cannot order.",
        ("모의투자 신청 기간을 확인하세요.", "Check that the paper account is still registered."),
    ),
    ("70070000", "조회할 내역이 없습니다.", "There is nothing to show.", _NOTHING),
)

_SOCKET: tuple[_Row, ...] = (
    ("OPSP0000", "실시간 등록되었습니다.", "Subscribed.", _NOTHING),
    ("OPSP0001", "실시간 해제되었습니다.", "Unsubscribed.", _NOTHING),
    ("OPSP0002", "이미 등록되어 있습니다.", "Already subscribed.", _NOTHING),
    ("OPSP0003", "등록되어 있지 않습니다.", "Was not subscribed.", _NOTHING),
    ("OPSP0007", "실시간 등록 중 오류입니다.", "The subscription failed inside the broker.", _RETRY),
    ("OPSP0008", "실시간 등록 한도(41)를 넘었습니다.", "No more than 41 live subscriptions.", _FEWER_TOPICS),
    ("OPSP0009", "실시간 서버에 전달하지 못했습니다.", "The subscription was not passed on.", _RETRY),
    ("OPSP0010", "앱키가 맞지 않습니다.", "The app key is not valid.", _KEYS),
    ("OPSP0011", "실시간 접속키가 맞지 않습니다.", "The key of the live connection is not valid.", _KEYS),
    ("OPSP8991", "실시간 항목이 맞지 않습니다.", "There is no such live topic.", _REPORT),
    ("OPSP8992", "실시간 종목이 맞지 않습니다.", "There is no such live key.", _REPORT),
    *(
        (f"OPSP899{n}", "실시간 요청을 읽지 못했습니다.", "The live request could not be read.", _REPORT)
        for n in (3, 4, 5)
    ),
    ("OPSP8996", "이 앱키가 다른 곳에서 쓰이고 있습니다.", "This app key is already in use.", _OTHER_PROGRAM),
    ("OPSP8997", "실시간 요청 종류가 맞지 않습니다.", "The kind of live request is not valid.", _REPORT),
    ("OPSP8998", "고객 구분이 맞지 않습니다.", "The customer type is not valid.", _REPORT),
    ("OPSP8999", "실시간 서버의 자원이 부족합니다.", "The live server is short of resources.", _RETRY),
    ("OPSP9990", "실시간 종목이 없습니다.", "The live key is missing.", _REPORT),
    ("OPSP9991", "실시간 입력이 없습니다.", "The input of the live request is missing.", _REPORT),
    ("OPSP9992", "실시간 본문이 없습니다.", "The body of the live request is missing.", _REPORT),
    ("OPSP9993", "실시간 서버 내부 오류입니다.", "An internal error of the live server.", _RETRY),
    ("OPSP9994", "앱키를 찾을 수 없습니다.", "The app key was not found.", _KEYS),
    *(
        (f"OPSP999{n}", "실시간 머리글이 잘못되었습니다.", "The header of the live request is wrong.", _REPORT)
        for n in (5, 6, 7, 8)
    ),
    ("OPSP9999", "실시간 요청 형식이 맞지 않습니다.", "The live request is not valid JSON.", _REPORT),
)

_OWN: tuple[_Row, ...] = (
    ("CODE_UNKNOWN", "증권사 응답: {code} {text}", "The broker answered: {code} {text}", _KIS),
    (
        "NO_CONNECTION",
        "증권사에 연결하지 못했습니다. 아무것도 보내지 않았습니다.",
        "No connection to the broker; nothing was sent.",
        _RETRY,
    ),
    ("NO_ANSWER", "증권사의 답을 받지 못했습니다.", "The broker did not answer.", _RETRY),
    ("OUTCOME_NO_ANSWER", "보냈지만 답을 받지 못해 결과를 모릅니다.", "Sent, but no answer came.", _ASK_LIST),
    (
        "OUTCOME_UNREADABLE",
        "보냈지만 답을 읽을 수 없어 결과를 모릅니다.",
        "Sent, but the answer is unreadable.",
        _ASK_LIST,
    ),
    (
        "OUTCOME_NO_NUMBER",
        "접수되었다는데 주문번호가 없어 결과를 모릅니다.",
        "Accepted, but without an order number.",
        _ASK_LIST,
    ),
    (
        "OUTCOME_CODE",
        "결과를 알 수 없는 답입니다: {code} {text}",
        "The answer leaves it open: {code} {text}",
        _ASK_LIST,
    ),
    ("MAINTENANCE", "증권사 서비스가 닫혀 있습니다(점검).", "The service is closed (maintenance).", _RETRY),
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
        _RETRY,
    ),
    ("TOO_MANY_PAGES", "목록이 너무 길어 끝까지 읽지 못했습니다.", "The list is too long to be read whole.", _RETRY),
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
    ("TYPE_UNKNOWN", "KIS가 받지 않는 주문 유형입니다.", "KIS has no such order type.", _NOTHING),
    ("NOT_ON_PAPER", "모의투자에 없는 조회입니다.", "Paper trading does not have this query.", _REAL_ONLY),
    ("TOKEN_WAIT", "접근토큰을 {at}에 다시 받을 수 있습니다.", "A token may be asked for again at {at}.", _WAIT),
    ("TOKEN_DEAD", "접근토큰을 새로 받지 못했습니다.", "No new token could be obtained.", _KEYS),
    (
        "HTS_ID_MISSING",
        "HTS ID가 없어 체결 통보를 받지 못합니다.",
        "Without an HTS id there are no fill notices.",
        _HTS,
    ),
    (
        "HTS_ID_WRONG",
        "HTS ID가 틀린 것 같습니다. 체결 통보를 받지 못합니다.",
        "The HTS id seems to be wrong: no fill notices.",
        _HTS,
    ),
    ("NEW_FIELD", "증권사 답에 새 항목이 있습니다: {where}", "A new field in the broker's answer: {where}", _NOTHING),
    (
        "NEW_WIDTH",
        "실시간 기록의 항목 수가 바뀌었습니다: {topic} {fields}",
        "Records have a new width: {topic} {fields}",
        _NOTHING,
    ),
    (
        "UNREADABLE",
        "증권사 답의 {where} 항목을 읽지 못했습니다.",
        "{where} could not be read ({problem}).",
        ("형식이 바뀌었을 수 있습니다. 새 판을 확인하세요.", "The format may have changed; look for an update."),
    ),
)


def _entries() -> Iterator[tuple[str, Wording]]:
    for table in (_GATEWAY, _ORDER_GATEWAY, _BUSINESS, _PAPER, _SOCKET, _OWN):
        for code, ko, en, (do_ko, do_en) in table:
            yield f"KIS_{code}", Wording(ko, en, do_ko, do_en)


WORDING: Mapping[str, Wording] = MappingProxyType({**BROKER_WORDING, **dict(_entries())})


def explain(code: str, text: str) -> Message:
    """The message of a broker's code; an unknown one is shown as it came."""
    if (name := f"KIS_{code}") in WORDING and code:
        return Message(name, {"code": code, "text": text})
    return Message("KIS_CODE_UNKNOWN", {"code": code, "text": text})
