"""What an operation answers: a reply, or a refusal raised on the way to one (kis.md 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from hoga.practice.api import Environment

Row = dict[str, str]
"""One object of the payload. Every value is text, numbers too (kis.md quirk 1)."""

MESSAGE_BYTES = 80


class Refused(Exception):
    """The answer is no. ``status`` is 200 for the order system's refusals and 500 for the gateway's."""

    def __init__(self, code: str, text: str, *, result: str = "1", status: int = 200) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.result = result
        self.status = status


class Success(Enum):
    """The families of success messages, real and paper (kis.md 1.5; paper codes from recorded answers)."""

    QUOTE = (("MCA00000", "정상처리 되었습니다."), ("MCA00000", "정상처리 되었습니다."), False)
    ACCOUNT = (("KIOK0510", "조회가 완료되었습니다"), ("20310000", "모의투자 조회가 완료되었습니다."), True)
    SELLABLE = (("KIOK0420", "정상적으로 조회되었습니다"), ("20310000", "모의투자 조회가 완료되었습니다."), True)
    MORE = (
        ("KIOK0500", "조회가 계속됩니다..다음버튼을 Click 하십시오."),
        ("20310000", "모의투자 조회가 완료되었습니다."),
        True,
    )
    NOTHING = (("KIOK0560", "조회할 내용이 없습니다"), ("70070000", "모의투자 조회할 내역(자료)이 없습니다."), True)
    BUY = (("APBK0013", "주문 전송 완료 되었습니다."), ("40600000", "모의투자 매수주문이 완료 되었습니다."), False)
    SELL = (("APBK0013", "주문 전송 완료 되었습니다."), ("40590000", "모의투자 매도주문이 완료 되었습니다."), False)
    MODIFY = (("APBK0013", "주문 전송 완료 되었습니다."), ("40620000", "모의투자 정정주문이 완료 되었습니다."), False)
    CANCEL = (("APBK0013", "주문 전송 완료 되었습니다."), ("40630000", "모의투자 취소주문이 완료 되었습니다."), False)

    def __init__(self, real: tuple[str, str], paper: tuple[str, str], padded: bool) -> None:
        self.real = real
        self.paper = paper
        self.padded = padded

    def message(self, environment: Environment) -> tuple[str, str]:
        """Code and text; list queries pad the text with blanks to 80 bytes of the old code page."""
        code, text = self.real if environment is Environment.REAL else self.paper
        return code, padded_text(text, MESSAGE_BYTES) if self.padded else text


def padded_text(text: str, width: int) -> str:
    """Blanks up to ``width`` bytes of CP949, where a Korean syllable takes two."""
    return text + " " * max(0, width - len(text.encode("cp949", "replace")))


class Reply(Struct, frozen=True):
    """A success. ``paging`` is the answer's ``tr_cont``: F, M, D or E, blank where the operation does not page."""

    payload: Mapping[str, object]
    success: Success = Success.QUOTE
    paging: str = ""
    cursors: Mapping[str, str] = field(default_factory=dict)
