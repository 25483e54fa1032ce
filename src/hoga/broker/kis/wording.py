"""Every KIS code that has been seen or documented, in a person's words and with what to do (kis.md 1.6, 5.3).

A code that is not here is shown as the broker sent it (``KIS_CODE_UNKNOWN``); nothing is ever guessed about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.broker import code_words as do
from hoga.broker.code_words import CodeBook, Row, worded
from hoga.broker.wording import WORDING as BROKER_WORDING

_HTS = ("연결 설정에서 HTS ID를 확인하세요.", "Check the HTS id in the connection settings.")
_KIS = ("한국투자증권에 문의하세요.", "Ask Korea Investment & Securities.")

_GATEWAY: tuple[Row, ...] = (
    ("EGW00001", "증권사 서버의 일시적 오류입니다.", "A temporary error at the broker.", do.RETRY),
    ("EGW00002", "증권사 서버 오류입니다.", "A server error at the broker.", do.RETRY),
    ("EGW00003", "접근이 거부되었습니다.", "Access was denied.", _KIS),
    ("EGW00004", "이 고객에게 권한이 없습니다.", "This customer has no authority.", _KIS),
    ("EGW00101", "잘못된 요청입니다.", "The request was not valid.", do.REPORT),
    ("EGW00102", "앱키가 없습니다.", "The app key is missing.", do.KEYS),
    ("EGW00103", "앱키가 맞지 않습니다.", "The app key is not valid here.", do.KEYS),
    ("EGW00104", "앱시크릿이 없습니다.", "The app secret is missing.", do.KEYS),
    ("EGW00105", "앱시크릿이 맞지 않습니다.", "The app secret is not valid.", do.KEYS),
    ("EGW00106", "리다이렉트 주소가 없습니다.", "The redirect address is missing.", do.REPORT),
    ("EGW00107", "리다이렉트 주소가 다릅니다.", "The redirect address does not match.", do.REPORT),
    ("EGW00108", "서비스 코드가 맞지 않습니다.", "The service code is not valid.", do.REPORT),
    ("EGW00109", "권한 범위가 없습니다.", "The scope is missing.", do.REPORT),
    ("EGW00110", "권한 범위가 맞지 않습니다.", "The scope is not valid.", do.REPORT),
    ("EGW00111", "상태값이 맞지 않습니다.", "The state is not valid.", do.REPORT),
    ("EGW00112", "인증 허가가 맞지 않습니다.", "The grant is not valid.", do.REPORT),
    ("EGW00113", "응답 종류가 없습니다.", "The response type is missing.", do.REPORT),
    ("EGW00114", "지원하지 않는 응답 종류입니다.", "The response type is not supported.", do.REPORT),
    ("EGW00115", "인증 종류가 없습니다.", "The grant type is missing.", do.REPORT),
    ("EGW00116", "지원하지 않는 인증 종류입니다.", "The grant type is not supported.", do.REPORT),
    ("EGW00117", "토큰 종류가 맞지 않습니다.", "The token type is not valid.", do.REPORT),
    ("EGW00118", "인증 코드가 맞지 않습니다.", "The authorization code is not valid.", do.REPORT),
    ("EGW00119", "인증 코드를 찾을 수 없습니다.", "The authorization code was not found.", do.REPORT),
    ("EGW00120", "인증 코드가 만료되었습니다.", "The authorization code has expired.", do.REPORT),
    ("EGW00121", "접근토큰이 유효하지 않습니다.", "The access token is not valid.", do.TOKEN),
    ("EGW00122", "접근토큰이 없습니다.", "The access token is missing.", do.TOKEN),
    ("EGW00123", "접근토큰이 만료되었습니다.", "The access token has expired.", do.TOKEN),
    ("EGW00124", "세션 키가 맞지 않습니다.", "The session key is not valid.", do.REPORT),
    ("EGW00125", "세션 키를 찾을 수 없습니다.", "The session key was not found.", do.REPORT),
    ("EGW00126", "세션 키가 만료되었습니다.", "The session key has expired.", do.REPORT),
    ("EGW00127", "법인번호가 맞지 않습니다.", "The corporate number is not valid.", _KIS),
    ("EGW00128", "계좌번호가 맞지 않습니다.", "The account number is not valid.", do.ACCOUNT),
    ("EGW00129", "HTS ID가 맞지 않습니다.", "The HTS id is not valid.", _HTS),
    ("EGW00130", "사용자가 맞지 않습니다.", "The user is not valid.", do.KEYS),
    ("EGW00131", "해시키가 맞지 않습니다.", "The hash key is not valid.", do.REPORT),
    ("EGW00132", "내용 형식이 맞지 않습니다.", "The content type is not valid.", do.REPORT),
    ("EGW00133", "접근토큰은 1분에 한 번만 받을 수 있습니다.", "A token may be asked for once a minute.", do.WAIT),
    ("EGW00201", "초당 요청 수를 넘었습니다.", "Too many requests in one second.", do.WAIT),
    ("EGW00202", "증권사 서버가 요청을 전달하지 못했습니다.", "The broker could not route the request.", do.RETRY),
    ("EGW00203", "증권사 업무 서버에 닿지 못했습니다.", "The broker's back end was not reached.", do.RETRY),
    ("EGW00204", "증권사 서버 내부 오류입니다.", "An internal error at the broker.", _KIS),
    ("EGW00205", "인증 방식이 맞지 않습니다.", "The kind of credentials is not valid.", do.REPORT),
    ("EGW00206", "이 API를 쓸 권한이 없습니다.", "No permission for this call.", _KIS),
    ("EGW00207", "이 인터넷 주소는 허용되지 않았습니다.", "This network address is not allowed.", _KIS),
    ("EGW00208", "고객 구분이 맞지 않습니다.", "The customer type is not valid.", do.REPORT),
    ("EGW00209", "일련번호가 맞지 않습니다.", "The sequence number is not valid.", do.REPORT),
    ("EGW00210", "법인은 모의투자를 쓸 수 없습니다.", "Corporate customers cannot use paper trading.", _KIS),
    ("EGW00211", "고객 비밀키가 없습니다.", "The customer key is missing.", _KIS),
    ("EGW00212", "전화번호가 없습니다.", "The telephone number is missing.", _KIS),
    ("EGW00213", "필요한 고객 정보가 없습니다.", "Customer data is missing.", _KIS),
    ("EGW00215", "원장의 초당 요청 수를 넘었습니다.", "Too many requests to the ledger in one second.", do.WAIT),
    ("EGW00300", "증권사 서버가 요청을 전달하지 못했습니다.", "The broker could not route the request.", do.RETRY),
    ("EGW00301", "증권사 안에서 연결이 끊겨 결과를 모릅니다.", "A time-out inside the broker: unknown.", do.ASK_LIST),
    ("EGW00302", "증권사 안에서 시간이 지나 결과를 모릅니다.", "The trade timed out: unknown.", do.ASK_LIST),
    ("EGW00303", "허용되지 않은 법인 주소입니다.", "The corporate address is not allowed.", _KIS),
    ("EGW00304", "법인 고객키가 맞지 않습니다.", "The corporate customer key is not valid.", _KIS),
    ("EGW00310", "거래 ID가 맞지 않습니다.", "The transaction id is not valid.", do.REPORT),
    ("EGW02004", "모의투자 초당 요청 수를 넘었습니다.", "Too many requests to paper trading.", do.WAIT),
    ("EGW02006", "모의투자에 없는 기능입니다.", "Paper trading does not have this.", do.REAL_ONLY),
)

_ORDER_GATEWAY: tuple[Row, ...] = (
    ("OPSQ0001", "주문 서버 호출 전에 오류가 났습니다.", "An error before the order server was called.", do.ASK_LIST),
    ("OPSQ0002", "없는 서비스입니다.", "There is no such service.", do.REPORT),
    *(
        (f"OPSQ000{n}", "주문 서버 처리 중 오류입니다.", "An error inside the order server.", do.ASK_LIST)
        for n in range(3, 10)
    ),
    ("OPSQ0010", "주문 서버의 자원이 부족합니다.", "The order server is short of resources.", do.ASK_LIST),
    ("OPSQ0011", "주문 서버의 자원이 부족합니다.", "The order server is short of resources.", do.ASK_LIST),
    ("OPSQ1002", "주문 서버와 연결이 끊겼습니다.", "The order server lost its connection.", do.ASK_LIST),
    ("OPSQ2000", "계좌번호 항목이 잘못되었습니다.", "The account number field is wrong.", do.ACCOUNT),
    ("OPSQ2001", "필요한 항목이 없습니다.", "A required field is missing.", do.REPORT),
    ("OPSQ2002", "항목의 길이가 맞지 않습니다.", "A field has the wrong length.", do.REPORT),
    ("OPSQ2003", "주문 자료를 만들지 못했습니다.", "The order could not be built.", do.ASK_LIST),
    ("OPSQ3001", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", do.ASK_LIST),
    ("OPSQ3002", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", do.ASK_LIST),
    ("OPSQ3004", "주문 서버의 답을 만들지 못했습니다.", "The order server could not build its answer.", do.ASK_LIST),
    ("OPSQ9995", "요청 본문을 읽지 못했습니다.", "The request body could not be read.", do.REPORT),
    ("OPSQ9996", "요청 머리글을 읽지 못했습니다.", "The request header could not be read.", do.REPORT),
    ("OPSQ9997", "요청 형식이 맞지 않습니다.", "The request format is not valid.", do.REPORT),
    ("OPSQ9998", "일련번호가 맞지 않습니다.", "The sequence number is not valid.", do.REPORT),
    ("OPSQ9999", "거래 ID가 맞지 않습니다.", "The transaction id is not valid.", do.REPORT),
    ("IGW00002", "이 앱키의 계좌가 아닙니다.", "The account does not belong to this app key.", do.ACCOUNT),
    ("IGW00007", "요청 형식이 맞지 않습니다.", "The request format is not valid.", do.REPORT),
    ("IGW00009", "요청 형식이 맞지 않습니다.", "The request format is not valid.", do.REPORT),
)

_BUSINESS: tuple[Row, ...] = (
    ("APBK0013", "주문이 접수되었습니다.", "The order was taken.", do.NOTHING),
    ("APBK0344", "원주문이 없습니다.", "The original order does not exist.", do.PENDING),
    ("APBK0400", "주문 가능 수량을 넘었습니다.", "More shares than can be sold.", do.HELD),
    ("APBK0406", "주문 가격이 상한가보다 높습니다.", "The price is above the upper limit.", do.PRICE),
    ("APBK0506", "호가단위에 맞지 않는 가격입니다.", "The price is off the tick grid.", do.PRICE),
    (
        "APBK0656",
        "그런 종목이 없습니다.",
        "There is no such instrument.",
        ("종목코드를 확인하세요.", "Check the code."),
    ),
    ("APBK0918", "지금은 이 시장의 주문 시간이 아닙니다.", "The market is closed for this session.", do.SESSION),
    ("APBK0919", "지금은 주문할 수 없는 시간이거나 날입니다.", "No orders are taken now.", do.SESSION),
    ("APBK0927", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", do.PENDING),
    ("APBK0952", "주문 가능 금액을 넘었습니다.", "The amount exceeds the orderable cash.", do.LOWER),
    ("APBK1234", "보유 수량이 모자랍니다.", "Not enough shares are held.", do.HELD),
    ("APBK1359", "정정·취소 수량이 남은 수량보다 많습니다.", "More than is left to modify or cancel.", do.PENDING),
    ("APBK1664", "해외시장 주문 시간이 아닙니다.", "The foreign market is not open.", do.SESSION),
    ("APBK1711", "취소주문이 접수되었습니다.", "The cancellation was taken.", do.NOTHING),
    ("APAC0081", "계좌번호가 잘못되었습니다.", "The account number is wrong.", do.ACCOUNT),
    ("APAC0489", "이 계좌로는 쓸 수 없는 서비스입니다.", "This kind of account cannot use the service.", _KIS),
    ("KIOK0420", "조회되었습니다.", "Read.", do.NOTHING),
    ("KIOK0510", "조회되었습니다.", "Read.", do.NOTHING),
    ("KIOK0560", "조회할 내용이 없습니다.", "There is nothing to show.", do.NOTHING),
    ("MCA00000", "정상 처리되었습니다.", "Done.", do.NOTHING),
    ("MCA05762", "다음 자료가 더 있습니다.", "There is more to read.", do.NOTHING),
    ("90020000", "증권사 서비스가 지연되고 있습니다.", "The service is delayed.", do.RETRY),
)

_PAPER: tuple[Row, ...] = (
    ("20310000", "조회되었습니다.", "Read.", do.NOTHING),
    ("40030000", "호가단위에 맞지 않는 가격입니다.", "The price is off the tick grid.", do.PRICE),
    ("40070000", "모의투자에서 거래할 수 없는 종목입니다.", "Not tradable in paper trading.", do.REAL_ONLY),
    ("40100000", "영업일이 아닙니다.", "Not a trading day.", do.SESSION),
    ("40240000", "보유하지 않았거나 보유보다 많은 매도입니다.", "Not held, or more than is held.", do.HELD),
    ("40250000", "주문 가능 금액을 넘었습니다.", "The amount exceeds the orderable cash.", do.LOWER),
    ("40310000", "주문 수량이나 가격이 잘못되었습니다.", "Quantity or price is wrong.", do.LOWER),
    ("40330000", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", do.PENDING),
    ("40570000", "장 시작 전입니다.", "The market has not opened yet.", do.SESSION),
    ("40580000", "장이 끝났습니다.", "The market has closed.", do.SESSION),
    ("40590000", "매도주문이 접수되었습니다.", "The sell order was taken.", do.NOTHING),
    ("40600000", "매수주문이 접수되었습니다.", "The buy order was taken.", do.NOTHING),
    ("40620000", "정정주문이 접수되었습니다.", "The modification was taken.", do.NOTHING),
    ("40630000", "취소주문이 접수되었습니다.", "The cancellation was taken.", do.NOTHING),
    (
        "40910000",
        "이 모의계좌로는 주문할 수 없습니다.",
        "This paper account cannot order.",
        ("모의투자 신청 기간을 확인하세요.", "Check that the paper account is still registered."),
    ),
    ("70070000", "조회할 내역이 없습니다.", "There is nothing to show.", do.NOTHING),
)

_SOCKET: tuple[Row, ...] = (
    ("OPSP0000", "실시간 등록되었습니다.", "Subscribed.", do.NOTHING),
    ("OPSP0001", "실시간 해제되었습니다.", "Unsubscribed.", do.NOTHING),
    ("OPSP0002", "이미 등록되어 있습니다.", "Already subscribed.", do.NOTHING),
    ("OPSP0003", "등록되어 있지 않습니다.", "Was not subscribed.", do.NOTHING),
    ("OPSP0007", "실시간 등록 중 오류입니다.", "The subscription failed inside the broker.", do.RETRY),
    ("OPSP0008", "실시간 등록 한도(41)를 넘었습니다.", "No more than 41 live subscriptions.", do.FEWER_TOPICS),
    ("OPSP0009", "실시간 서버에 전달하지 못했습니다.", "The subscription was not passed on.", do.RETRY),
    ("OPSP0010", "앱키가 맞지 않습니다.", "The app key is not valid.", do.KEYS),
    ("OPSP0011", "실시간 접속키가 맞지 않습니다.", "The key of the live connection is not valid.", do.KEYS),
    ("OPSP8991", "실시간 항목이 맞지 않습니다.", "There is no such live topic.", do.REPORT),
    ("OPSP8992", "실시간 종목이 맞지 않습니다.", "There is no such live key.", do.REPORT),
    *(
        (f"OPSP899{n}", "실시간 요청을 읽지 못했습니다.", "The live request could not be read.", do.REPORT)
        for n in (3, 4, 5)
    ),
    ("OPSP8996", "이 앱키가 다른 곳에서 쓰이고 있습니다.", "This app key is already in use.", do.OTHER_PROGRAM),
    ("OPSP8997", "실시간 요청 종류가 맞지 않습니다.", "The kind of live request is not valid.", do.REPORT),
    ("OPSP8998", "고객 구분이 맞지 않습니다.", "The customer type is not valid.", do.REPORT),
    ("OPSP8999", "실시간 서버의 자원이 부족합니다.", "The live server is short of resources.", do.RETRY),
    ("OPSP9990", "실시간 종목이 없습니다.", "The live key is missing.", do.REPORT),
    ("OPSP9991", "실시간 입력이 없습니다.", "The input of the live request is missing.", do.REPORT),
    ("OPSP9992", "실시간 본문이 없습니다.", "The body of the live request is missing.", do.REPORT),
    ("OPSP9993", "실시간 서버 내부 오류입니다.", "An internal error of the live server.", do.RETRY),
    ("OPSP9994", "앱키를 찾을 수 없습니다.", "The app key was not found.", do.KEYS),
    *(
        (f"OPSP999{n}", "실시간 머리글이 잘못되었습니다.", "The header of the live request is wrong.", do.REPORT)
        for n in (5, 6, 7, 8)
    ),
    ("OPSP9999", "실시간 요청 형식이 맞지 않습니다.", "The live request is not valid JSON.", do.REPORT),
)

_OWN: tuple[Row, ...] = (
    ("CODE_UNKNOWN", "증권사 응답: {code} {text}", "The broker answered: {code} {text}", _KIS),
    ("TOKEN_DEAD", "접근토큰을 새로 받지 못했습니다.", "No new token could be obtained.", do.KEYS),
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
    (
        "NEW_WIDTH",
        "실시간 기록의 항목 수가 바뀌었습니다: {topic} {fields}",
        "Records have a new width: {topic} {fields}",
        do.NOTHING,
    ),
)


WORDING: Mapping[str, Wording] = MappingProxyType(
    {**BROKER_WORDING, **worded("KIS", _GATEWAY, _ORDER_GATEWAY, _BUSINESS, _PAPER, _SOCKET, _OWN)}
)

explain = CodeBook("KIS", WORDING).explain
