"""Every Kiwoom code that has been seen or documented, in a person's words (kiwoom.md 1.4-1.6, 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.broker import code_words as do
from hoga.broker.code_words import CodeBook, Row, worded
from hoga.broker.wording import WORDING as BROKER_WORDING

_KIWOOM = ("키움증권에 문의하세요.", "Ask Kiwoom Securities.")
_CODE = ("종목코드를 확인하세요.", "Check the code.")
_ADDRESS = (
    "키움 REST API 포털에서 이 컴퓨터의 IP를 등록하세요.",
    "Register this computer's IP address at Kiwoom's REST API portal.",
)
_ENVIRONMENT = (
    "실전 키는 실전에, 모의 키는 모의에 쓰세요.",
    "Use real keys on the real host and mock keys on the mock host.",
)

_GATEWAY: tuple[Row, ...] = (
    ("1501", "API ID가 비어 있습니다.", "The API id is missing.", do.REPORT),
    ("1504", "이 주소에는 그런 API가 없습니다.", "This path does not have that call.", do.REPORT),
    ("1505", "그런 API는 없습니다.", "There is no such call.", do.REPORT),
    ("1511", "필요한 항목이 빠졌습니다.", "A required field is missing.", do.REPORT),
    ("1512", "머리글을 읽지 못했습니다.", "A header could not be read.", do.REPORT),
    ("1513", "접근토큰이 빠졌습니다.", "The token is missing.", do.TOKEN),
    ("1514", "접근토큰의 형식이 맞지 않습니다.", "The token is malformed.", do.REPORT),
    ("1515", "접근토큰의 종류가 맞지 않습니다.", "The kind of token is not known.", do.REPORT),
    ("1516", "접근토큰이 비어 있습니다.", "The token is empty.", do.TOKEN),
    ("1517", "항목의 형식이 맞지 않습니다.", "A field has the wrong form.", do.REPORT),
    ("1687", "호출이 너무 잦아 제한되었습니다.", "Calls came too thick and were limited.", do.WAIT),
    ("1700", "이 조회의 허용 횟수를 넘었습니다.", "Too many calls of this kind.", do.WAIT),
    ("1701", "전체 허용 횟수를 넘었습니다.", "Too many calls in all.", do.WAIT),
    ("1702", "조회 묶음의 허용 횟수를 넘었습니다.", "Too many calls of this group.", do.WAIT),
    ("1901", "이 종목의 시장을 알 수 없습니다.", "The market of this code is not known.", _CODE),
    ("1902", "그런 종목이 없습니다.", "There is no such instrument.", _CODE),
    ("1903", "그 거래소에는 이 종목이 없습니다.", "That exchange does not have this instrument.", _CODE),
    ("1999", "증권사 서버 오류입니다.", "An unexpected error at the broker.", do.RETRY),
    ("8001", "앱키와 시크릿키가 맞지 않습니다.", "App key and secret do not fit.", do.KEYS),
    ("8002", "앱키와 시크릿키가 맞지 않습니다.", "App key and secret do not fit.", do.KEYS),
    ("8003", "접근토큰을 찾을 수 없습니다.", "The token was not found.", do.TOKEN),
    ("8005", "접근토큰이 유효하지 않습니다.", "The token is not valid.", do.TOKEN),
    ("8006", "접근토큰을 만들지 못했습니다.", "The token could not be made.", do.RETRY),
    ("8009", "접근토큰을 내주지 못했습니다.", "The token could not be issued.", do.RETRY),
    ("8010", "토큰을 받은 곳과 IP가 다릅니다.", "The token was issued to another address.", do.TOKEN),
    ("8011", "인증 종류가 빠졌습니다.", "The grant type is missing.", do.REPORT),
    ("8012", "인증 종류가 맞지 않습니다.", "The grant type is not valid.", do.REPORT),
    ("8015", "토큰을 폐기하지 못했습니다.", "The token could not be revoked.", do.NOTHING),
    ("8016", "폐기할 토큰이 없습니다.", "There is no token to revoke.", do.NOTHING),
    ("8020", "앱키나 시크릿키가 빠졌습니다.", "App key or secret is missing.", do.KEYS),
    ("8030", "앱키의 실전/모의 구분이 다릅니다.", "The app key is for the other environment.", _ENVIRONMENT),
    ("8031", "토큰의 실전/모의 구분이 다릅니다.", "The token is for the other environment.", _ENVIRONMENT),
    ("8040", "이 컴퓨터의 인증에 실패했습니다.", "This computer is not authenticated.", _ADDRESS),
    ("8050", "등록되지 않은 IP입니다.", "This address is not registered.", _ADDRESS),
    ("8103", "토큰이나 단말 인증에 실패했습니다.", "Token or terminal could not be verified.", do.TOKEN),
    ("8104", "모의투자에 없는 기능입니다.", "The mock does not have this.", do.REAL_ONLY),
    ("8200", "법인은 쓸 수 없습니다.", "Corporate customers cannot use it.", _KIWOOM),
)

_MOCK: tuple[Row, ...] = (
    ("RC4003", "호가 단위에 맞지 않습니다.", "The price is off the tick grid.", do.PRICE),
    ("RC4007", "매매가 제한된 종목입니다.", "Trading in this instrument is restricted.", do.NOTHING),
    ("RC4010", "영업일이 아닙니다.", "Not a business day.", do.SESSION),
    ("RC4025", "매수증거금이 부족합니다.", "Not enough cash to buy.", do.LOWER),
    ("RC4027", "상·하한가를 벗어났습니다.", "The price is outside the day's limits.", do.PRICE),
    ("RC4032", "원주문을 찾을 수 없습니다.", "The original order was not found.", do.PENDING),
    ("RC4033", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", do.PENDING),
    ("RC4057", "장 시작 전입니다.", "The session has not begun.", do.SESSION),
    ("RC4058", "장이 끝났습니다.", "The session has ended.", do.SESSION),
    ("RC4061", "주문번호를 확인하세요.", "The order number is not right.", do.PENDING),
    (
        "RC4091",
        "모의투자 참가 기간이 끝난 계좌입니다.",
        "This mock account has ended.",
        ("키움에서 모의투자를 다시 신청하세요.", "Apply for a new mock account at Kiwoom."),
    ),
    ("RC7006", "모의투자 조회에 실패했습니다.", "The query failed on the mock.", do.REAL_ONLY),
    ("RC9000", "모의투자에서 제공하지 않는 업무입니다.", "The mock does not offer this.", do.REAL_ONLY),
)

_TRADING_HOST: tuple[Row, ...] = (
    ("800033", "매도할 수 있는 수량이 부족합니다.", "Not enough shares to sell.", do.HELD),
    ("855056", "매수증거금이 부족합니다.", "Not enough cash to buy.", do.LOWER),
    ("502048", "이 유형은 가격을 받지 않습니다.", "This order type takes no price.", do.REPORT),
    ("571357", "시간외종가 주문은 가격을 받지 않습니다.", "A closing-price order takes no price.", do.REPORT),
    ("571557", "주문 가격이 잘못되었습니다.", "The order price is wrong.", do.PRICE),
    ("521790", "지금은 받지 않는 주문 유형입니다.", "This order type is not taken now.", do.SESSION),
    ("407022", "받지 않는 매매 구분입니다.", "This kind of order is not possible.", do.SESSION),
    ("505217", "지금은 취소만 됩니다.", "Only cancels are taken now.", do.SESSION),
    ("506550", "정정·취소할 수량이 없습니다.", "Nothing is left to modify or cancel.", do.PENDING),
    ("571412", "SOR 주문만 SOR로 정정·취소됩니다.", "Only a SOR order can be changed over SOR.", do.PENDING),
    ("571435", "원주문이 취소 주문입니다.", "The original is itself a cancel.", do.PENDING),
    ("509193", "서킷브레이커가 발동되었습니다.", "A circuit breaker is active.", do.SESSION),
    ("509247", "파생 ETF 거래 등록이 필요합니다.", "Derivative ETFs need a registration.", _KIWOOM),
    ("571489", "오늘은 장이 열리지 않습니다.", "The market is closed today.", do.SESSION),
    ("571758", "조회할 자료가 없습니다.", "There is nothing to show.", do.NOTHING),
    ("501724", "조회할 자료가 없습니다.", "There is nothing to show.", do.NOTHING),
    ("508540", "해외주식 계좌가 아닙니다.", "Not enabled for overseas stocks.", _KIWOOM),
)

_SOCKET: tuple[Row, ...] = (
    ("R10001", "같은 앱키로 다른 곳에서 접속했습니다.", "This app key connected elsewhere.", do.OTHER_PROGRAM),
    ("R10002", "연결 유지 응답이 없어 끊겼습니다.", "Closed for want of a heartbeat.", do.NOTHING),
    ("R10004", "접속 후 로그인이 없어 끊겼습니다.", "Closed for want of a login.", do.NOTHING),
    ("100013", "로그인 전에 보낸 요청이 무시되었습니다.", "A request before the login was ignored.", do.NOTHING),
    ("805004", "실시간 로그인이 거절되었습니다.", "The live login was refused.", do.TOKEN),
)

_OWN: tuple[Row, ...] = (
    ("CODE_UNKNOWN", "증권사 응답: {code} {text}", "The broker answered: {code} {text}", _KIWOOM),
    (
        "OTHER_ACCOUNT",
        "이 앱키는 다른 계좌({found})의 것입니다.",
        "This app key belongs to another account ({found}).",
        do.ACCOUNT,
    ),
    (
        "PAST_ORDERS_NOT_ON_MOCK",
        "모의투자는 지난 날의 주문을 알려 주지 않습니다.",
        "The mock does not tell the orders of past days.",
        do.NOTHING,
    ),
)

WORDING: Mapping[str, Wording] = MappingProxyType(
    {**BROKER_WORDING, **worded("KIWOOM", _GATEWAY, _MOCK, _TRADING_HOST, _SOCKET, _OWN)}
)

explain = CodeBook("KIWOOM", WORDING).explain
