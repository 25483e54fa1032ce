"""What the parts that all adapters share have to say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.broker.code_words import CALLS

WORDING: Mapping[str, Wording] = MappingProxyType(
    {
        **CALLS,
        "STREAM_LOST": Wording(
            "실시간 연결이 끊겼습니다.",
            "The live connection was lost.",
            "hoga가 다시 연결하고 빠진 자료를 채웁니다.",
            "hoga connects again and fills what was missed.",
        ),
        "STREAM_SILENT": Wording(
            "실시간 연결이 {seconds}초 동안 조용했습니다.",
            "Nothing came over the live connection for {seconds} s.",
            "hoga가 다시 연결하고 빠진 자료를 채웁니다.",
            "hoga connects again and fills what was missed.",
        ),
        "STREAM_UNREACHABLE": Wording(
            "실시간 서버에 연결하지 못했습니다.",
            "The live server was not reached.",
            "인터넷 연결을 확인하세요. hoga가 계속 시도합니다.",
            "Check the network; hoga keeps trying.",
        ),
        "STREAM_FAULT": Wording(
            "실시간 자료를 처리하다 오류가 났습니다.",
            "A fault of hoga while reading live data.",
            "hoga가 다시 연결합니다. 되풀이되면 활동 기록을 보내 주세요.",
            "hoga connects again; if it happens again, please report it with the activity log.",
        ),
        "TOKEN_STAYS_DEAD": Wording(
            "증권사가 더는 받지 않는 접근토큰을 다시 내줍니다.",
            "The broker keeps handing out a token that it no longer takes.",
            "몇 시간 뒤에 다시 연결하거나 증권사에서 토큰을 폐기하세요.",
            "Connect again in a few hours, or revoke the token at the broker.",
        ),
        "PRACTICE_FAILED": Wording(
            "연습 거래소가 시작하자마자 끝났습니다({code}).",
            "The practice exchange ended as soon as it was started ({code}).",
            "데이터 폴더의 practice.log에 이유가 있습니다.",
            "The reason is in practice.log in its data folder.",
        ),
        "PRACTICE_SLOW": Wording(
            "연습 거래소가 {seconds}초 안에 준비되지 않았습니다.",
            "The practice exchange was not ready within {seconds} s.",
            "다시 시도하세요. 되풀이되면 데이터 폴더의 practice.log를 보세요.",
            "Try again; if it happens again, look at practice.log in its data folder.",
        ),
        "PRACTICE_SILENT": Wording(
            "연습 거래소가 시각을 알리지 않습니다.",
            "The practice exchange does not tell the time.",
            "바쁘거나 멈춘 것입니다. hoga가 기다리고, 끝났으면 다시 시작합니다.",
            "It is busy or halted; hoga waits, and starts it again if it has ended.",
        ),
        "PRACTICE_RESTARTING": Wording(
            "연습 거래소가 끝나서 다시 시작하고 있습니다.",
            "The practice exchange has ended and is being started again.",
            "주문과 잔고는 그대로입니다. 잠시 기다려 주세요.",
            "Orders and holdings are kept; please wait a moment.",
        ),
        "PRACTICE_MOVED": Wording(
            "연습 거래소가 다른 주소에서 다시 시작되었습니다.",
            "The practice exchange came back at other addresses.",
            "hoga를 다시 시작하면 새 주소로 연결합니다.",
            "Start hoga again to connect there.",
        ),
        "PRACTICE_OTHER_LEDGER": Wording(
            "이 주소에서 다른 장부의 연습 거래소가 답합니다.",
            "A practice exchange with another ledger answers at this address.",
            "이 연결의 주문은 거기에 없습니다. hoga를 다시 시작하세요.",
            "None of this connection's orders are there: start hoga again.",
        ),
        "PRACTICE_GONE": Wording(
            "연습 거래소에 닿지 않습니다.",
            "The practice exchange is out of reach.",
            "hoga를 다시 시작하면 거래소도 다시 시작됩니다.",
            "Start hoga again; it starts the exchange as well.",
        ),
    }
)
