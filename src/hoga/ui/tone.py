"""How a thing stands, as a mark whose shape says it without colour."""

from __future__ import annotations

from enum import Enum

from hoga.ui.theme.tokens import Tokens


class Tone(Enum):
    """How a part stands. Each has a mark of its own shape; PLAIN has none."""

    PLAIN = ""
    GOOD = "full"
    WAIT = "half"
    BAD = "cross"
    OFF = "ring"

    def colour(self, tokens: Tokens) -> str:
        return {Tone.GOOD: tokens.good, Tone.WAIT: tokens.warn, Tone.BAD: tokens.bad}.get(self, tokens.dim)
