"""What is said of connections: why one is not open, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording

WORDING: Mapping[str, Wording] = MappingProxyType(
    {
        "HEADLESS_UNKNOWN": Wording(
            "{key} 연결이 없습니다.",
            "There is no connection {key}.",
            "다음 중에서 고르세요: {known}",
            "Choose one of: {known}",
        ),
        "HEADLESS_CLOSED": Wording("{key} 연결을 열 수 없습니다: {why}", "{key} cannot be opened: {why}"),
        "HEADLESS_SILENT": Wording("제때 응답하지 않았습니다.", "It did not answer in time."),
        "CONNECTION_KEYS_MISSING": Wording(
            "이 연결의 키가 없습니다.",
            "The keys of this connection are not there.",
            "연결 관리에서 앱 키, 시크릿 키, 계좌번호를 입력하세요.",
            "Enter app key, secret and account number under Connections.",
        ),
        "CONNECTION_ACCOUNT": Wording(
            "계좌번호 형식이 올바르지 않습니다.",
            "This is no account number.",
            "앞 8자리와 뒤 2자리를 입력하세요. 예: 12345678-01",
            "Enter its 8 and 2 digits: 12345678-01.",
        ),
        "CONNECTION_ADDRESS": Wording(
            "이 주소는 쓸 수 없습니다: {why}",
            "This address cannot be used: {why}",
            "고급 설정의 주소를 고치거나 비우세요.",
            "Correct it under Advanced, or leave it empty.",
        ),
        "CONNECTION_LOCKED": Wording(
            "실전 계좌가 잠겨 있습니다.",
            "The account with real money is locked.",
            "계좌번호 끝 네 자리를 입력해 잠금을 해제하세요.",
            "Unlock it with the last four digits of its number.",
        ),
        "CONNECTION_TEST_LOCKED": Wording(
            "실전 계좌는 확인한 뒤에만 시험할 수 있습니다.",
            "A connection with real money is tested only after a word from you.",
            "계좌번호 끝 네 자리를 입력하고 다시 시험하세요.",
            "Type the last four digits of the account and test again.",
        ),
        "CONNECTION_WRONG_DIGITS": Wording(
            "계좌번호 끝 네 자리와 다릅니다.",
            "These are not the last four digits of the account.",
            "계좌번호를 확인하고 다시 입력하세요.",
            "Look at the account number and type them again.",
        ),
        "CONNECTION_TWICE": Wording(
            "같은 계좌가 이미 '{name}' 연결에 있습니다.",
            "This account is already in the connection '{name}'.",
            "하나만 사용하세요.",
            "Use one of the two.",
        ),
        "CONNECTION_UNKNOWN": Wording(
            "그런 연결이 없습니다.",
            "There is no such connection.",
            "목록을 다시 확인하세요.",
            "Look at the list again.",
        ),
        "CONNECTION_NONE": Wording(
            "켜진 연결이 없습니다.",
            "No connection is enabled.",
            "연결 관리에서 연결을 하나 켜세요.",
            "Enable one under Connections.",
        ),
        "CONNECTION_NOT_ON_PRACTICE": Wording(
            "연습 거래소에 이 종류의 계좌가 없습니다.",
            "The practice exchange has no account of this kind.",
            "다른 종류의 연습 계좌를 쓰세요.",
            "Use a practice account of another kind.",
        ),
        "CONNECTION_DELETED": Wording(
            "연결 '{name}'({account})을 삭제했습니다. 키도 지웠습니다.",
            "The connection '{name}' ({account}) was deleted, and its keys with it.",
        ),
        "CONNECTION_DELETED_JOURNAL": Wording(
            "연결 '{name}'({account})을 삭제하고 키를 지웠습니다. 주문 기록은 {journal}에 남아 있습니다.",
            "The connection '{name}' ({account}) was deleted, and its keys with it. Its orders are kept in {journal}.",
        ),
        "CONNECTIONS_NOT_SAVED": Wording(
            "연결 목록({file})을 저장하지 못했습니다: {why}",
            "The list of connections ({file}) could not be saved: {why}",
            "디스크의 빈 공간과 권한을 확인하세요.",
            "Look at the disk's free space and permissions.",
        ),
        "CONNECTIONS_SET_ASIDE": Wording(
            "연결 목록({file})을 읽을 수 없어 {aside}(으)로 옮기고 기본 연결로 시작했습니다.",
            "The list of connections ({file}) could not be read. It was moved to {aside}; the usual ones are used.",
            "키는 그대로 있습니다. 연결 관리에서 다시 추가하세요.",
            "Your keys are still kept. Add the connections again under Connections.",
        ),
    }
)
