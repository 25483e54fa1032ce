"""What a call answers: a reply, or a refusal raised on the way to one (kiwoom.md 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

Row = dict[str, str]
"""One object of a body. Every value is text, numbers too; ``return_code`` alone is a number."""


class Refused(Exception):
    """The answer is no. ``result`` is the ``return_code``; the detail code stands inside the text."""

    def __init__(self, result: int, text: str, *, status: int = 200) -> None:
        super().__init__(f"{result} {text}")
        self.result = result
        self.text = text
        self.status = status


class Said(Enum):
    """Texts of success. They differ by call, and some begin with a blank (quirk 25)."""

    DONE = "정상적으로 처리되었습니다"
    READ = "조회가 완료되었습니다."
    READ_WITH_BLANK = " 조회가 완료되었습니다."


class Reply(Struct, frozen=True):
    """A success. ``next_key`` is blank when no further page follows."""

    payload: Mapping[str, object]
    said: str = Said.DONE.value
    next_key: str = ""
