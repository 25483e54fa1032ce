"""What a connection test says: one sentence for each outcome, and for each failure one thing to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Message, Wording
from hoga.broker.trouble import Trouble
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Remedy
from hoga.trading.terms import Told

_REALS = (WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL)
_SAID_OTHERWISE: Mapping[str, str] = MappingProxyType(
    {
        "KIS_EGW00102": "TEST_KEYS_WRONG",
        "KIS_EGW00104": "TEST_KEYS_WRONG",
        "KIS_EGW00105": "TEST_SECRET_WRONG",
        "KIS_EGW00133": "TEST_TOKEN_MINUTE",
        "BROKER_TOKEN_WAIT": "TEST_TOKEN_MINUTE",
        "KIWOOM_8001": "TEST_KEYS_WRONG",
        "KIWOOM_8002": "TEST_KEYS_WRONG",
        "KIWOOM_8020": "TEST_KEYS_WRONG",
        "BROKER_NO_CONNECTION": "TEST_HALF_WAY",
        "STREAM_UNREACHABLE": "TEST_STREAM_UNREACHABLE",
    }
)
"""In a test the keys stand right above: what to do is said more closely than elsewhere."""
_BY_HOST = {"KIS_EGW00103": "TEST_KEY_UNKNOWN", "KIWOOM_8030": "TEST_OTHER_ENVIRONMENT"}
_OTHER_HOST = frozenset(f"{code}_ON_{host}" for code in _BY_HOST.values() for host in ("REAL", "PAPER"))

_TROUBLE: Mapping[Trouble, str] = MappingProxyType(
    {
        Trouble.NO_NAME: "TEST_NO_NETWORK",
        Trouble.NO_WAY: "TEST_NO_NETWORK",
        Trouble.REFUSED: "TEST_REFUSED",
        Trouble.CERTIFICATE: "TEST_CERTIFICATE",
        Trouble.TLS: "TEST_TLS",
        Trouble.SILENCE: "TEST_SILENCE",
        Trouble.CUT: "TEST_CUT",
        Trouble.OTHER: "TEST_NOT_REACHED",
    }
)


def in_test(message: Message, profile: WireProfile) -> Message:
    """A refusal as it is told beside the fields that it speaks of; any other message as it is."""
    if message.code in _BY_HOST:
        host = "REAL" if profile in _REALS else "PAPER"
        return Message(f"{_BY_HOST[message.code]}_ON_{host}", message.values)
    return Message(_SAID_OTHERWISE.get(message.code, message.code), message.values)


def remedy_for(message: Message) -> Remedy | None:
    """What one press could do about it."""
    return Remedy.OTHER_ENVIRONMENT if message.code in _OTHER_HOST else None


def of_trouble(trouble: Trouble, proxy: str = "") -> Message:
    """Why the host was not reached. ``proxy``: this system sends others through one, and hoga goes through none."""
    if proxy and trouble not in (Trouble.CERTIFICATE, Trouble.TLS):
        return Message("TEST_PROXY", {"proxy": proxy})
    return Message(_TROUBLE[trouble])


WORDING: Mapping[str, Wording] = MappingProxyType(
    {
        "TEST_REACHED": Told("증권사 서버에 닿았습니다 ({ms} ms).", "The broker's server answers ({ms} ms)."),
        "TEST_NO_NETWORK": Told(
            "서버를 찾을 수 없습니다. 인터넷 연결이 끊긴 것 같습니다.",
            "The server was not found: there seems to be no network.",
            "네트워크 연결을 확인하고 다시 시험하세요.",
            "Check the network connection, then test again.",
        ),
        "TEST_REFUSED": Told(
            "서버가 연결을 거절했습니다.",
            "The server refused the connection.",
            "점검 시간일 수 있습니다. 증권사 공지를 확인하세요.",
            "It may be maintenance: look at the broker's notices.",
        ),
        "TEST_SILENCE": Told(
            "서버가 응답하지 않습니다.",
            "The server does not answer.",
            "회사나 학교의 방화벽이 막는지 확인하고 다시 시험하세요.",
            "See whether a firewall of this network blocks it, then test again.",
        ),
        "TEST_CUT": Told(
            "서버가 연결을 중간에 끊었습니다.",
            "The connection was cut in the middle.",
            "잠시 후 다시 시험하세요.",
            "Test again in a moment.",
        ),
        "TEST_NOT_REACHED": Told(
            "서버에 연결하지 못했습니다.",
            "The server was not reached.",
            "네트워크 연결을 확인하고 다시 시험하세요.",
            "Check the network connection, then test again.",
        ),
        "TEST_CERTIFICATE": Told(
            "서버의 인증서를 믿을 수 없습니다. 중간에 다른 프로그램이 있을 수 있습니다.",
            "The server's certificate is not trusted: something may stand in between.",
            "컴퓨터의 날짜와, 보안 프로그램의 HTTPS 검사를 확인하세요.",
            "Check this computer's date, and whether security software inspects HTTPS.",
        ),
        "TEST_TLS": Told(
            "안전한 연결을 맺지 못했습니다.",
            "No secure connection could be made.",
            "보안 프로그램이나 회사 네트워크가 HTTPS를 가로채는지 확인하세요.",
            "See whether security software or this network intercepts HTTPS.",
        ),
        "TEST_PROXY": Told(
            "서버에 닿지 않습니다. 이 컴퓨터는 프록시({proxy})를 쓰도록 되어 있습니다.",
            "The server was not reached. This computer is set to use a proxy ({proxy}).",
            "hoga는 프록시를 거치지 않습니다. 직접 연결되는 네트워크에서 쓰세요.",
            "hoga goes through no proxy: use a network with a direct way out.",
        ),
        "TEST_CLOCK_FITS": Told(
            "컴퓨터 시계가 맞습니다 (차이 {seconds}초 이내).", "This computer's clock fits (within {seconds} s)."
        ),
        "TEST_CLOCK_UNTOLD": Told("서버가 시각을 알리지 않습니다.", "The server does not tell its time."),
        "TEST_SECONDS": Told("{count}초", "{count} {count:second|seconds}"),
        "TEST_MINUTES": Told("{count}분", "{count} {count:minute|minutes}"),
        "TEST_CLOCK_OFF_AHEAD": Told(
            "컴퓨터 시계가 {apart} 빠릅니다.",
            "This computer's clock is {apart} fast.",
            "시스템 설정에서 시각 자동 맞춤을 켜세요.",
            "Switch on automatic time in the system's settings.",
        ),
        "TEST_CLOCK_OFF_BEHIND": Told(
            "컴퓨터 시계가 {apart} 느립니다.",
            "This computer's clock is {apart} slow.",
            "시스템 설정에서 시각 자동 맞춤을 켜세요.",
            "Switch on automatic time in the system's settings.",
        ),
        "TEST_CLOCK_HARMS_AHEAD": Told(
            "컴퓨터 시계가 {apart} 빠릅니다. 주문 결과를 시각으로 확인할 수 없습니다.",
            "This computer's clock is {apart} fast: orders could not be told by their time.",
            "거래하기 전에 시스템 설정에서 시각 자동 맞춤을 켜세요.",
            "Switch on automatic time in the system's settings before you trade.",
        ),
        "TEST_CLOCK_HARMS_BEHIND": Told(
            "컴퓨터 시계가 {apart} 느립니다. 주문 결과를 시각으로 확인할 수 없습니다.",
            "This computer's clock is {apart} slow: orders could not be told by their time.",
            "거래하기 전에 시스템 설정에서 시각 자동 맞춤을 켜세요.",
            "Switch on automatic time in the system's settings before you trade.",
        ),
        "TEST_TOKEN": Told("접근토큰이 있습니다 ({until}까지).", "There is a token (until {until})."),
        "TEST_TOKEN_MINUTE": Told(
            "접근토큰은 1분에 한 번만 받을 수 있습니다.",
            "A token may be asked for once a minute.",
            "1분 뒤에 다시 시험하세요.",
            "Test again in a minute.",
        ),
        "TEST_KEYS_WRONG": Told(
            "앱키와 시크릿이 서로 맞지 않습니다.",
            "App key and secret do not fit each other.",
            "증권사 화면에서 두 값을 다시 복사해 붙여 넣으세요.",
            "Copy both anew from the broker's page.",
        ),
        "TEST_SECRET_WRONG": Told(
            "시크릿이 이 앱키의 것이 아닙니다.",
            "The secret does not belong to this app key.",
            "증권사 화면에서 시크릿을 다시 복사해 붙여 넣으세요.",
            "Copy the secret anew from the broker's page.",
        ),
        "TEST_KEY_UNKNOWN_ON_REAL": Told(
            "실전 서버가 이 앱키를 모릅니다.",
            "The real server does not know this app key.",
            "모의투자용 키라면 환경을 모의로 바꾸고, 아니면 앱키를 다시 복사하세요.",
            "If it is a key for paper trading, change to paper; else copy the app key anew.",
        ),
        "TEST_KEY_UNKNOWN_ON_PAPER": Told(
            "모의 서버가 이 앱키를 모릅니다.",
            "The paper server does not know this app key.",
            "실전용 키라면 환경을 실전으로 바꾸고, 아니면 앱키를 다시 복사하세요.",
            "If it is a key for real trading, change to real; else copy the app key anew.",
        ),
        "TEST_OTHER_ENVIRONMENT_ON_REAL": Told(
            "모의투자용 키로 실전 서버에 접속했습니다.",
            "This is a key for paper trading, and this is the real server.",
            "환경을 모의로 바꾸거나 실전용 키를 넣으세요.",
            "Change to paper, or enter a real key.",
        ),
        "TEST_OTHER_ENVIRONMENT_ON_PAPER": Told(
            "실전용 키로 모의 서버에 접속했습니다.",
            "This is a key for real trading, and this is the paper server.",
            "환경을 실전으로 바꾸거나 모의투자용 키를 넣으세요.",
            "Change to real, or enter a key for paper trading.",
        ),
        "TEST_HALF_WAY": Told(
            "서버가 읽을 수 있는 답을 하지 않았습니다.",
            "The server gave no readable answer.",
            "점검 중일 수 있습니다. 잠시 후 다시 시험하세요.",
            "It may be maintenance: test again in a while.",
        ),
        "TEST_BALANCE": Told(
            "계좌 {account}의 잔고를 읽었습니다 (보유 {count}종목).",
            "The balance of account {account} was read ({count} {count:instrument|instruments}).",
        ),
        "TEST_QUOTE": Told("시세를 읽었습니다 ({code} {price}원).", "A quote was read ({code} at {price})."),
        "TEST_STREAM": Told("실시간 시세에 연결되었습니다.", "The live stream is connected."),
        "TEST_STREAM_RUNS": Told(
            "지금 열려 있는 실시간 연결이 살아 있습니다.", "The live connection that is open now is alive."
        ),
        "TEST_STREAM_UNREACHABLE": Told(
            "실시간 서버에 닿지 않습니다.",
            "The live server was not reached.",
            "방화벽이 실시간 포트를 막는지 확인하고 다시 시험하세요.",
            "See whether a firewall blocks the live port, then test again.",
        ),
        "TEST_FILLS": Told("체결 통보를 받고 있습니다.", "Fill notices come."),
        "TEST_NO_NOTICES": Told(
            "체결 통보 등록에 답이 없습니다.",
            "The subscription to fill notices is not answered.",
            "다시 시험하세요. 그래도 안 되면 증권사에 문의하세요.",
            "Test again; if it stays so, ask the broker.",
        ),
        "TEST_TOOK_TOO_LONG": Told(
            "제시간에 답이 오지 않았습니다.",
            "No answer came in time.",
            "다시 시험하세요. 그래도 안 되면 증권사 공지를 확인하세요.",
            "Test again; if it stays so, look at the broker's notices.",
        ),
    }
)  # fmt: skip
