"""What is said of several connections at once: where quotes come from, and sums over accounts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording

CONNECTIONS: Mapping[str, Wording] = MappingProxyType(
    {
        "SOURCE_FAILED_OVER": Wording(
            "'{chosen}'의 시세가 끊겨 '{active}'의 시세를 씁니다.",
            "Quotes of '{chosen}' have stopped; those of '{active}' are shown.",
            "'{chosen}'이 안정되면 저절로 돌아갑니다.",
            "They return to '{chosen}' by themselves once it is stable.",
        ),
        "SOURCE_DOWN": Wording(
            "'{chosen}'의 시세가 끊겼고, 대신할 연결이 없습니다.",
            "Quotes of '{chosen}' have stopped, and no other connection can stand in.",
            "다른 연결을 켜거나 인터넷 연결을 확인하세요.",
            "Enable another connection, or check the network.",
        ),
        "SOURCE_NOT_OPEN": Wording(
            "시세를 받기로 한 '{chosen}'이 열려 있지 않아 각 계좌의 시세를 씁니다.",
            "'{chosen}', chosen for quotes, is not open: each account shows its own.",
            "연결 관리에서 '{chosen}'을 확인하세요.",
            "Look at '{chosen}' under Connections.",
        ),
        "SOURCE_HEALED": Wording("다시 '{chosen}'의 시세를 씁니다.", "Quotes come from '{chosen}' again."),
        "ACCOUNTS_MISSING": Wording(
            "합계에서 빠진 계좌: {accounts} ({why})",
            "Not in the sum: {accounts} ({why})",
            "그 계좌가 연결되면 합계가 나옵니다.",
            "The sum is there once that account is.",
        ),
        "OTHER_CURRENCY": Wording("원화가 아닙니다 ({currency}).", "It is not in won ({currency})."),
        "NO_ACCOUNTS": Wording(
            "열린 계좌가 없습니다.", "No account is open.", "연결을 하나 켜세요.", "Enable a connection."
        ),
    }
)
