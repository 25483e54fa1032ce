"""Any message of any room as a sentence and, where there is one, what to do: the catalogues of all rooms in one."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.app.connection_words import WORDING as TEST_WORDING
from hoga.app.wording import WORDING as APP_WORDING
from hoga.base.message import Language, Message, Wording, unfolded
from hoga.broker.kis.wording import WORDING as KIS_WORDING
from hoga.broker.kiwoom.wording import WORDING as KIWOOM_WORDING
from hoga.broker.wording import WORDING as BROKER_WORDING
from hoga.plans.wording import WORDING as PLANS_WORDING
from hoga.secrets import WORDINGS as SECRETS_WORDING
from hoga.terminal.wording import WORDINGS as TERMINAL_WORDING
from hoga.trading.wording import WORDING as TRADING_WORDING

CATALOGUES: tuple[Mapping[str, Wording], ...] = (
    TRADING_WORDING,
    PLANS_WORDING,
    TERMINAL_WORDING,
    BROKER_WORDING,
    KIS_WORDING,
    KIWOOM_WORDING,
    SECRETS_WORDING,
    APP_WORDING,
    TEST_WORDING,
)


def words(message: Message, language: Language) -> str:
    """The sentence, and what to do after a middle dot; a code that nobody words is shown as it is."""
    message = unfolded(message, lambda reason: words(reason, language).replace(" · ", " "))
    for catalogue in CATALOGUES:
        wording = catalogue.get(message.code)
        if wording is not None:
            return " · ".join(filter(None, (wording.sentence(message, language), wording.action(message, language))))
    return str(message)
