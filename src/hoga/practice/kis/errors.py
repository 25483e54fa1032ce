"""Codes and Korean texts of refusals, real and paper (kis.md 1.6).

Codes marked *own* have no source: the broker surely refuses, but nobody has published how. A client must not depend on
them; it shows the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.practice.api import Environment, RejectReason
from hoga.practice.kis.answers import Refused

_R = RejectReason
_NO_INSTRUMENT = ("1", "APBK0656", "해당종목정보가 없습니다")
_TOO_MANY_SHARES = ("7", "APBK0400", "주문 가능한 수량을 초과했습니다")
_PAPER_NOTHING_HELD = ("1", "40240000", "모의투자 잔고내역이 없습니다.")
_PAPER_NOT_TRADABLE = ("1", "40070000", "모의투자 주문처리가 안되었습니다(매매불가 종목)")
_PAPER_NOTHING_LEFT = ("1", "40330000", "모의투자 정정/취소할 수량이 없습니다.")

_REAL: Mapping[RejectReason, tuple[str, str, str]] = MappingProxyType(
    {
        _R.NO_SUCH_INSTRUMENT: _NO_INSTRUMENT,
        _R.NO_SUCH_ACCOUNT: ("7", "APAC0081", "계좌번호 입력 오류입니다"),
        _R.OFF_TICK: ("7", "APBK0506", "주식주문호가단위 오류입니다."),
        _R.OUTSIDE_LIMITS: ("7", "APBK0507", "주문단가가 상/하한가 범위를 벗어났습니다"),  # own
        _R.BAD_QUANTITY: ("1", "IGW00009", "주문 수량을 확인해주세요."),
        _R.CASH_SHORT: ("7", "APBK0952", "주문가능금액을 초과 했습니다"),
        _R.SHARES_SHORT: _TOO_MANY_SHARES,
        _R.NOTHING_HELD: _TOO_MANY_SHARES,
        _R.HALTED: ("7", "APBK0066", "거래정지 종목입니다"),  # own
        _R.NO_OPPOSITE_QUOTE: ("7", "APBK0513", "상대호가가 없어 주문할 수 없습니다"),  # own
        _R.NO_OWN_QUOTE: ("7", "APBK0514", "자기호가가 없어 주문할 수 없습니다"),  # own
        _R.TYPE_NOT_ALLOWED: ("7", "APBK0515", "해당 호가유형은 주문할 수 없습니다"),  # own
        _R.NO_SUCH_ORDER: ("7", "APBK0344", "원주문정보가 존재하지 않습니다"),
        _R.NOTHING_LEFT: ("7", "APBK0927", "정정취소 가능수량이 없습니다"),
        _R.TOO_MANY: ("7", "APBK1359", "정정취소수량이 주문수량보다 많습니다"),
        _R.MARKET_CLOSED: ("7", "APBK0919", "장운영일자가 주문일과 상이합니다"),
    }
)

_PAPER: Mapping[RejectReason, tuple[str, str, str]] = MappingProxyType(
    {
        _R.NO_SUCH_INSTRUMENT: _PAPER_NOT_TRADABLE,
        _R.NO_SUCH_ACCOUNT: ("1", "40910000", "모의투자 등록 계좌가 아닙니다."),
        _R.OFF_TICK: ("1", "40030000", "모의투자 주문처리가 안되었습니다(호가단위 오류)"),
        _R.OUTSIDE_LIMITS: ("1", "40310000", "모의투자 주문처리가 안되었습니다(상하한가 오류)"),
        _R.BAD_QUANTITY: ("1", "40310000", "모의투자 주문처리가 안되었습니다(주문수량 오류)"),
        _R.CASH_SHORT: ("1", "40250000", "모의투자 주문가능금액이 부족합니다."),
        _R.SHARES_SHORT: _PAPER_NOTHING_HELD,
        _R.NOTHING_HELD: _PAPER_NOTHING_HELD,
        _R.HALTED: _PAPER_NOT_TRADABLE,
        _R.NO_OPPOSITE_QUOTE: ("1", "40310000", "모의투자 주문처리가 안되었습니다(상대호가 없음)"),
        _R.NO_OWN_QUOTE: ("1", "40310000", "모의투자 주문처리가 안되었습니다(자기호가 없음)"),
        _R.TYPE_NOT_ALLOWED: ("1", "40310000", "모의투자 주문처리가 안되었습니다(호가유형 오류)"),
        _R.NO_SUCH_ORDER: _PAPER_NOTHING_LEFT,
        _R.NOTHING_LEFT: _PAPER_NOTHING_LEFT,
        _R.TOO_MANY: _PAPER_NOTHING_LEFT,
        _R.MARKET_CLOSED: ("1", "40580000", "모의투자 장종료 입니다."),
    }
)

_GATEWAY: Mapping[str, str] = MappingProxyType(
    {
        "EGW00102": "AppKey는 필수입니다.",
        "EGW00103": "유효하지 않은 AppKey입니다.",
        "EGW00104": "AppSecret은 필수입니다.",
        "EGW00105": "유효하지 않은 AppSecret입니다.",
        "EGW00115": "grant_type은 필수입니다.",
        "EGW00116": "유효하지 않은 grant_type입니다.",
        "EGW00121": "유효하지 않은 token 입니다.",
        "EGW00122": "token을 찾을 수 없습니다.",
        "EGW00123": "기간이 만료된 token 입니다.",
        "EGW00132": "유효하지 않은 content-type입니다.",
        "EGW00133": "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)",
        "EGW00201": "초당 거래건수를 초과하였습니다.",
        "EGW00205": "credentials_type이 유효하지 않습니다.(Bearer)",
        "EGW00208": "유효하지 않은 custtype입니다.",
        "EGW00310": "유효하지 않은 TR-ID입니다.",
        "EGW02006": "모의투자 TR 이 아닙니다.",
    }
)


def gateway_text(code: str) -> str:
    return _GATEWAY[code]


def gateway_refusal(code: str) -> Refused:
    """The gateway's no, before the call reached what is behind it: HTTP 500 (kis.md 1.5)."""
    return Refused(code, _GATEWAY[code], status=500)


def wrong_path(tr: str) -> Refused:
    """A known TR at another TR's path."""
    return Refused("OPSQ0002", f"없는 서비스 코드 입니다.({tr})")


def exchange_refusal(reason: RejectReason, environment: Environment) -> Refused:
    """The order system's no, in the environment's own codes and words: HTTP 200."""
    result, code, text = (_REAL if environment is Environment.REAL else _PAPER)[reason]
    return Refused(code, text, result=result)


def bad_account() -> Refused:
    """The account fields are malformed."""
    return Refused("OPSQ2000", "ERROR : INPUT INVALID_CHECK_ACNO")


def foreign_account() -> Refused:
    """The account is none of the app key's."""
    return Refused("IGW00002", "앱키에 등록된 계좌번호가 아닙니다.")


def no_information() -> Refused:
    """Nothing known under that code, as product look-ups say it (``rt_cd`` 7)."""
    return Refused("KIOK0560", "조회할 내용이 없습니다", result="7")
