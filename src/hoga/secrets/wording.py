"""What is said when the secret store cannot do its work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording

_RUN_KO = "이번 실행 동안만 보관할 수 있습니다."
_RUN_EN = "Keys can be kept for this run only."

WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "SECRETS_NO_BACKEND": Wording(
            "이 컴퓨터에는 키를 안전하게 보관할 키링이 없습니다.",
            "This system has no keyring to keep your keys in.",
            "GNOME 키링이나 KWallet을 설치하세요. 그때까지는 " + _RUN_KO,
            "Install GNOME Keyring or KWallet. Until then: " + _RUN_EN,
        ),
        "SECRETS_UNSAFE": Wording(
            "발견된 키링({backend})은 안전하지 않아 사용하지 않습니다.",
            "The keyring found here ({backend}) is not safe and is not used.",
            "PYTHON_KEYRING_BACKEND와 keyringrc.cfg 설정을 확인하세요. 그때까지는 " + _RUN_KO,
            "Look at PYTHON_KEYRING_BACKEND and keyringrc.cfg. Until then: " + _RUN_EN,
        ),
        "SECRETS_LOCKED": Wording(
            "키링이 잠겨 있습니다.",
            "The keyring is locked.",
            "잠금을 풀고 다시 시도하세요.",
            "Unlock it and try again.",
        ),
        "SECRETS_DENIED": Wording(
            "키링 접근이 거부되었습니다.",
            "Access to the keyring was turned down.",
            "다시 시도하고 확인 창에서 허용하세요.",
            "Try again and allow it when asked.",
        ),
        "SECRETS_TIMED_OUT": Wording(
            "키링이 응답하지 않습니다.",
            "The keyring does not answer.",
            "확인 창이 다른 창 뒤에 있는지 살펴보고 다시 시도하세요.",
            "See whether a prompt waits behind another window, then try again.",
        ),
        "SECRETS_TOO_LONG": Wording(
            "키가 너무 깁니다: {length}자 (최대 {most}자).",
            "The key is too long: {length} characters ({most} at most).",
            "복사한 값을 확인하세요.",
            "Check what was copied.",
        ),
        "SECRETS_FAILED": Wording(
            "키링 오류가 발생했습니다 ({kind}).",
            "The keyring failed ({kind}).",
            "다시 시도하세요. 계속되면 키링을 다시 시작하세요.",
            "Try again; if it goes on, restart the keyring.",
        ),
        "SECRETS_PRACTICE_FILE": Wording(
            "연습 거래소 키 파일을 읽거나 쓸 수 없습니다 ({kind}).",
            "The practice keys' file cannot be read or written ({kind}).",
            "{path} 파일을 지우면 새로 만들어집니다.",
            "Delete {path}: it is made anew.",
        ),
    }
)
