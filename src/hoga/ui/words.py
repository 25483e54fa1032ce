"""Messages of the rooms below the window, in words. Adapters' own catalogues are added by the composition root."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Language, Message, Wording, unfolded
from hoga.broker.wording import WORDING as BROKER_WORDING
from hoga.trading.wording import WORDING as TRADING_WORDING

_CATALOGUES: tuple[Mapping[str, Wording], ...] = (TRADING_WORDING, BROKER_WORDING)


def in_words(message: Message, language: Language) -> str:
    """The sentence and, where there is one, what to do about it; the bare code for a message nobody has worded."""
    message = unfolded(message, lambda inner: in_words(inner, language))
    for catalogue in _CATALOGUES:
        wording = catalogue.get(message.code)
        if wording is not None:
            return " ".join(filter(None, (wording.sentence(message, language), wording.action(message, language))))
    return str(message)
