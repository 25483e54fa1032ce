"""Codes and Korean texts of refusals (kiwoom.md 1.4 to 1.6).

Codes marked *own* have no source: the broker surely refuses, but nobody has published how. A client must not depend on
them; it shows the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.practice.api import Environment, Rejected, RejectReason
from hoga.practice.kiwoom.answers import Refused

_R = RejectReason
_BAD_INPUT = (2, "입력 값 오류입니다")
_BAD_ACCESS = (3, "인증에 실패했습니다")
_TOO_FAST = (5, "허용된 요청 개수를 초과하였습니다")
_BAD_SYMBOL = (7, "종목 정보 오류입니다")
_FAILED = (1, "처리 중 오류가 발생했습니다")
_TRADING_HOST = 20
_NO_ROWS = ("571758", "조회할 자료가 없습니다.")

_PUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        "1501": "API ID가 존재하지 않습니다",
        "1504": "해당 URI에서는 지원하는 API ID가 아닙니다.",
        "1505": "해당 API ID는 존재하지 않습니다.",
        "1511": "필수 입력 값에 값이 존재하지 않습니다.",
        "1512": "Http header에 값이 설정되지 않았거나 읽을 수 없습니다",
        "1513": "Http Header에 authorization 필드가 설정되어 있어야 합니다",
        "1514": "입력으로 들어온 Http Header의 authorization 필드 형식이 맞지 않습니다",
        "1515": "Http Header의 authorization 필드 내 Grant Type이 미리 정의된 형식이 아닙니다",
        "1516": "Http Header의 authorization 필드 내 Token이 정의되어 있지 않습니다",
        "1517": "입력 값 형식이 올바르지 않습니다.",
        "1687": "재귀 호출이 발생하여 API 호출을 제한합니다",
        "1700": "허용된 요청 개수를 초과하였습니다.",
        "1701": "허용된 전체 요청 개수를 초과하였습니다.",
        "1702": "허용된 그룹 요청 개수를 초과하였습니다.",
        "1901": "시장 코드값이 존재하지 않습니다.",
        "1902": "종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다.",
        "1903": "입력한 거래소의 종목 정보가 없습니다.",
        "1999": "예기치 못한 에러가 발생했습니다",
        "8001": "App Key와 Secret Key 검증에 실패했습니다",
        "8002": "App Key와 Secret Key 검증에 실패했습니다",
        "8003": "Access Token을 조회하는데 실패했습니다",
        "8005": "Token이 유효하지 않습니다",
        "8006": "Access Token을 생성하는데 실패했습니다",
        "8009": "Access Token을 발급하는데 실패했습니다",
        "8010": "Token을 발급받은 IP와 서비스를 요청한 IP가 동일하지 않습니다",
        "8011": "Access Token을 발급하는데 실패했습니다. 입력값에 grant_type이 들어오지 않았습니다",
        "8012": "Access Token을 발급하는데 실패했습니다. grant_type의 값이 맞지 않습니다",
        "8015": "Access Token을 폐기하는데 실패했습니다",
        "8016": "Token 폐기 시 입력값에 Token이 들어오지 않았습니다",
        "8020": "입력파라미터로 appkey 또는 secretkey가 들어오지 않았습니다",
        "8030": "투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다",
        "8031": "투자구분(실전/모의)이 달라서 Token를 사용할수가 없습니다",
        "8040": "단말기 인증에 실패했습니다",
        "8050": "지정단말기 인증에 실패했습니다",
        "8103": "토큰 인증 또는 단말기인증에 실패했습니다",
        "8104": "모의투자에서 지원하지 않는 API입니다",
        "8200": "법인고객은 사용할 수 없습니다",
    }
)
"""오류코드 of kiwoom.md 1.5."""

_BAD_INPUT_8000 = frozenset(("8011", "8012", "8016", "8020", "8030", "8104"))

_REAL: Mapping[RejectReason, tuple[str, str]] = MappingProxyType(
    {
        _R.NO_SUCH_ACCOUNT: ("571400", "계좌번호를 확인하십시오"),  # own
        _R.OFF_TICK: ("571557", "주문단가를 잘못입력하셨습니다"),
        _R.OUTSIDE_LIMITS: ("571557", "주문단가를 잘못입력하셨습니다"),
        _R.BAD_QUANTITY: ("571558", "주문수량을 잘못입력하셨습니다"),  # own
        _R.HALTED: ("571440", "거래정지 종목입니다"),  # own
        _R.NO_OPPOSITE_QUOTE: ("571441", "상대호가가 없어 주문할 수 없습니다"),  # own
        _R.NO_OWN_QUOTE: ("571442", "자기호가가 없어 주문할 수 없습니다"),  # own
        _R.TYPE_NOT_ALLOWED: ("407022", "매매구분을 확인하십시요"),
        _R.NO_SUCH_ORDER: ("571418", "원주문번호를 확인하십시오"),  # own
        _R.NOTHING_LEFT: ("506550", "정정/취소할 수량이 없습니다"),
        _R.TOO_MANY: ("506551", "정정/취소수량이 원주문의 미체결수량을 초과했습니다"),  # own
        _R.MARKET_CLOSED: ("571489", "장이 열리지않는 날입니다."),
    }
)

_MOCK: Mapping[RejectReason, tuple[str, str]] = MappingProxyType(
    {
        _R.NO_SUCH_ACCOUNT: ("RC4091", "모의투자 참가기간이 종료된 계좌입니다."),
        _R.OFF_TICK: ("RC4003", "모의투자 호가단위 오류입니다."),
        _R.OUTSIDE_LIMITS: ("RC4027", "모의투자 상/하한가 오류입니다."),
        _R.BAD_QUANTITY: ("RC4028", "모의투자 주문수량 오류입니다."),  # own
        _R.HALTED: ("RC4007", "모의투자 매매제한 종목입니다."),
        _R.NO_OPPOSITE_QUOTE: ("RC4029", "모의투자 상대호가가 없습니다."),  # own
        _R.NO_OWN_QUOTE: ("RC4030", "모의투자 자기호가가 없습니다."),  # own
        _R.TYPE_NOT_ALLOWED: ("RC9000", "모의투자에서는 해당업무가 제공되지 않습니다."),
        _R.NO_SUCH_ORDER: ("RC4032", "모의투자 원주문번호가 존재하지 않습니다."),
        _R.NOTHING_LEFT: ("RC4033", "모의투자 정정/취소할 수량이 없습니다."),
        _R.TOO_MANY: ("RC4033", "모의투자 정정/취소할 수량이 없습니다."),
        _R.MARKET_CLOSED: ("RC4058", "모의투자 장종료 상태입니다."),
    }
)

NOT_ON_MOCK: Mapping[str, str] = MappingProxyType(
    {
        "RC9000": "모의투자에서는 해당업무가 제공되지 않습니다.",
        "RC7006": "모의투자 조회에 실패했습니다.",
    }
)


def published(code: str, detail: str = "", *, status: int = 200) -> Refused:
    """A code of the gateway. ``detail`` is what its text says last: a parameter, an API id."""
    result, head = _family(code)
    text = _PUBLISHED.get(code, "처리 중 오류가 발생했습니다")
    return Refused(result, f"{head}[{code}:{text}{' ' if detail else ''}{detail}]", status=status)


def published_text(code: str) -> str:
    return _PUBLISHED[code]


def _family(code: str) -> tuple[int, str]:
    if code.startswith("15") or code in _BAD_INPUT_8000:
        return _BAD_INPUT
    if code.startswith("8"):
        return _BAD_ACCESS
    if code.startswith("17") or code == "1687":
        return _TOO_FAST
    return _BAD_SYMBOL if code.startswith("190") else _FAILED


def missing(name: str) -> Refused:
    return published("1511", f"필수입력 파라미터={name}")


def malformed(name: str, why: str) -> Refused:
    return published("1517", f"파라미터={name}, 실패사유={why}")


def throttled(api: str) -> Refused:
    return published("1700", f"API ID={api}", status=429)


def from_trading_host(code: str, text: str) -> Refused:
    return Refused(_TRADING_HOST, f"[2000]({code}:{text})")


def not_on_mock(code: str) -> Refused:
    """What the mock says of a call that it lacks: 8104 of the gateway, or RC9000 / RC7006 of the trading host."""
    return from_trading_host(code, NOT_ON_MOCK[code]) if code in NOT_ON_MOCK else published(code)


def no_rows() -> Refused:
    """An empty list, said with a code as the real host may (kiwoom.md 1.6)."""
    return from_trading_host(*_NO_ROWS)


def price_not_taken() -> Refused:
    return from_trading_host("502048", "주문단가를 입력할 수 없는 주문유형입니다")


def not_at_this_time() -> Refused:
    return from_trading_host("521790", "해당 시간에는 주문할 수 없는 매매구분입니다")


def exchange_refusal(rejected: Rejected, environment: Environment, *, buyable: int = 0) -> Refused:
    """The trading host's no, in the environment's own codes and words: HTTP 200, ``return_code`` 20."""
    reason = rejected.reason
    if reason is _R.NO_SUCH_INSTRUMENT:
        return published("1902")
    if reason in (_R.SHARES_SHORT, _R.NOTHING_HELD):
        return from_trading_host("800033", f"매도가능수량이 부족합니다. {rejected.available or 0}주 매도가능")
    if reason is _R.CASH_SHORT:
        if environment is Environment.REAL:
            return from_trading_host("855056", f"매수증거금이 부족합니다. {buyable}주 매수가능")
        return from_trading_host("RC4025", "모의투자 매수증거금이 부족합니다.")
    return from_trading_host(*(_REAL if environment is Environment.REAL else _MOCK)[reason])
