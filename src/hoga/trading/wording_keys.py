"""What is said of keys as they are typed, pasted and found in files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.trading.terms import Told

KEYS: Mapping[str, Wording] = MappingProxyType(
    {
        "KEYS_EMPTY": Told("비어 있습니다.", "Empty.", "값을 붙여 넣으세요.", "Paste the value."),
        "KEYS_NOT_ASCII": Told(
            "{place}번째 글자는 키에 쓰이지 않습니다.",
            "Letter {place} cannot be part of it.",
            "증권사 화면에서 다시 복사하세요.",
            "Copy it anew from the broker's page.",
        ),
        "KEYS_LENGTH": Told(
            "{wanted}자여야 하는데 {length}자입니다.",
            "{length} letters, and it has {wanted}.",
            "끝까지 복사했는지 확인하세요.",
            "Was all of it copied?",
        ),
        "KEYS_LENGTH_UNUSUAL": Told(
            "{length}자입니다. 보통은 {usual}자입니다.",
            "{length} letters; usually there are {usual}.",
            "끝까지 복사했는지 확인하세요.",
            "Was all of it copied?",
        ),
        "KEYS_TOO_LONG": Told(
            "{length}자입니다. 키링에는 {most}자까지 들어갑니다.",
            "{length} letters; a keyring takes {most}.",
            "복사한 값을 확인하세요.",
            "Check what was copied.",
        ),
        "KEYS_SWAPPED": Told(
            "앱키와 시크릿이 서로 바뀐 것 같습니다.",
            "App key and secret seem to have changed places.",
            "두 칸의 값을 서로 바꾸세요.",
            "Swap the two.",
        ),
        "KEYS_OF_KIWOOM": Told(
            "키움 키처럼 보입니다.", "This looks like a key of Kiwoom.", "증권사를 확인하세요.", "Check the broker."
        ),
        "KEYS_OF_KIS": Told(
            "한국투자증권 키처럼 보입니다.",
            "This looks like a key of KIS.",
            "증권사를 확인하세요.",
            "Check the broker.",
        ),
        "KEYS_ACCOUNT_LETTERS": Told(
            "숫자가 아닌 글자가 있습니다.",
            "There is something that is no digit.",
            "계좌번호 앞 8자리와 뒤 2자리만 입력하세요.",
            "Enter the 8 and 2 digits alone.",
        ),
        "KEYS_ACCOUNT_SHORT": Told(
            "뒤 2자리가 없습니다.",
            "The last two digits are missing.",
            "위탁 종합계좌는 보통 01입니다. 예: 12345678-01",
            "For a stock account they are usually 01: 12345678-01.",
        ),
        "KEYS_ACCOUNT_LENGTH": Told(
            "10자리(8+2)여야 하는데 {length}자리입니다.",
            "{length} digits, and an account number has 10 (8+2).",
            "계좌번호를 다시 확인하세요.",
            "Check the account number.",
        ),
        "KEYS_ACCOUNT_LOOKS_PAPER": Told(
            "50으로 시작하는 계좌는 보통 모의투자 계좌입니다.",
            "A number that begins with 50 is usually a paper account's.",
            "실전 계좌가 맞는지 확인하세요.",
            "Check that it is the real one.",
        ),
        "KEYS_ID_MISSING": Told(
            "HTS ID가 없으면 체결 통보를 받지 못합니다.",
            "Without the HTS id no fill notices come.",
            "KIS 앱에 로그인할 때 쓰는 ID를 입력하세요.",
            "Enter the id that the KIS app is logged into with.",
        ),
        "KEYS_ID_SHORT": Told(
            "HTS ID는 {least}자 이상입니다.",
            "An HTS id has {least} letters or more.",
            "ID를 확인하세요.",
            "Check the id.",
        ),
        "KEYS_FILE_UNREADABLE": Told(
            "파일({file})을 읽지 못했습니다: {why}",
            "The file ({file}) could not be read: {why}",
            "파일과 권한을 확인하세요.",
            "Look at the file and its permissions.",
        ),
        "KEYS_FILE_TOO_LARGE": Told(
            "{file}은(는) 키 파일치고 너무 큽니다.",
            "{file} is too large for a file of keys.",
            ".env, secret.json, kis_devlp.yaml 같은 파일을 고르세요.",
            "Choose a .env, secret.json or kis_devlp.yaml.",
        ),
        "KEYS_FILE_NOTHING": Told(
            "{file}에서 앱키와 시크릿을 찾지 못했습니다.",
            "No app key and secret were found in {file}.",
            ".env, python-kis의 비밀 파일, kis_devlp.yaml을 읽을 수 있습니다. 직접 붙여 넣어도 됩니다.",
            "A .env, a secret file of python-kis and a kis_devlp.yaml can be read; or paste them.",
        ),
        "KEYS_FILE_KEPT": Told(
            "원본 파일({file})을 지우지 못했습니다: {why}",
            "The file ({file}) could not be deleted: {why}",
            "직접 지우세요.",
            "Delete it yourself.",
        ),
    }
)
