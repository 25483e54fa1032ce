"""The terminal's own sentences, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording

WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "NO_SCREEN": Wording(
            "화면이 없어 창 대신 터미널에서 엽니다",
            "There is no screen here, so the desk opens in the terminal",
            "창을 쓰려면 데스크톱 화면에서 실행하십시오",
            "run it on a desktop to have the window",
        ),
        "NOT_UNDERSTOOD": Wording(
            "알아듣지 못했습니다: {text}", "Not understood: {text}", "?를 입력하면 도움말이 나옵니다", "type ? for help"
        ),
        "QUANTITY_MISSING": Wording(
            "수량이 없습니다", "The quantity is missing", "예: 매수 10 시장가", "for example: buy 10 market"
        ),
        "PRICE_MISSING": Wording(
            "가격이 없습니다",
            "The price is missing",
            "가격을 쓰거나 '시장가'라고 쓰세요. 예: 매수 10 71500",
            "give a price or say 'market'. For example: buy 10 71500",
        ),
        "PRICE_NOT_MEANT": Wording(
            "이 유형({type})에는 가격을 쓰지 않습니다",
            "This type ({type}) takes no price",
            "가격을 지우세요",
            "leave the price out",
        ),
        "TOO_MANY_NUMBERS": Wording(
            "숫자가 너무 많습니다: {text}",
            "Too many numbers: {text}",
            "수량과 가격만 쓰세요",
            "quantity and price only",
        ),
        "NUMBERS_EXPECTED": Wording(
            "숫자 {count}개가 필요합니다",
            "{count} numbers are needed",
            "예: 정정 1 71400",
            "for example: reprice 1 71400",
        ),
        "NAME_MISSING": Wording(
            "종목 이름이 없습니다", "The name is missing", "예: 종목 삼성전자", "for example: show samsung"
        ),
        "NOT_FOUND": Wording(
            "'{text}' 종목이 없습니다",
            "Nothing is called '{text}'",
            "코드나 이름, 초성을 쓰세요",
            "type a code or part of a name",
        ),
        "NO_SUCH_LINE": Wording(
            "미체결 {line}번이 없습니다",
            "There is no working order #{line}",
            "목록의 번호를 쓰세요",
            "use a number of the list",
        ),
        "NO_INSTRUMENT": Wording(
            "먼저 종목을 고르세요", "Choose an instrument first", "예: 삼성전자", "for example: 005930"
        ),
        "MASTER_UNREAD": Wording(
            "종목 목록을 아직 읽지 못했습니다: {why}",
            "The list of instruments could not be read: {why}",
            "",
            "it is being tried again",
        ),
        "SENT": Wording("전송했습니다: {what}", "On its way: {what}"),
        "SENT_ALREADY": Wording("이미 전송한 주문입니다", "This order is already on its way"),
        "TAKEN_BACK": Wording("전송 전에 거두어들였습니다", "Taken back before it left"),
        "REQUESTED": Wording("요청했습니다: {what}", "Asked: {what}"),
        "NOTHING_TO_CANCEL": Wording("취소할 주문이 없습니다", "There is nothing to cancel"),
        "CONFIRM": Wording("{question} 보내려면 y", "{question} Type y to send"),
        "NOT_SENT": Wording("보내지 않았습니다", "Not sent"),
    }
)

HELP_KO = (
    "삼성전자 · 005930 · ㅅㅅㅈㅈ      종목 보기",
    "매수 10 71500 · 매도 10 71500   지정가 주문 (b, s도 됩니다)",
    "매수 10 시장가 · 최유리 · 최우선  가격 없는 주문, 끝에 ioc · fok",
    "정정 1 71400 · 줄이기 1 5 · 취소 1 · 취소 전체",
    "lang en · ? · 종료",
)
HELP_EN = (
    "samsung · 005930               show an instrument",
    "buy 10 71500 · sell 10 71500   limit order (b and s do too)",
    "buy 10 market · best · priority   without a price; add ioc or fok",
    "reprice 1 71400 · reduce 1 5 · cancel 1 · cancel all",
    "lang ko · ? · quit",
)
