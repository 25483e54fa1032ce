"""The limits of risk in words: heading, unit and explanation of each, and a value as it is read and typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from hoga.base.message import Language
from hoga.domain.risk_limits import DEFAULT_LIMITS, LISTS, OwnCross, RiskLimits
from hoga.trading.terms import TERMS
from hoga.ui import format as fmt

NAMES = tuple(name for name in RiskLimits.__struct_fields__ if name not in LISTS)
"""Every limit but the lists, in the order in which they stand."""
CHOSEN = ("own_cross", "slips")
"""Those that are one of a few values."""


def title() -> str:
    return QCoreApplication.translate("LimitText", "Order limits")


def heading(name: str, language: Language) -> str:
    korean, english = TERMS["limit"][name]
    return korean if language is Language.KO else english[0].upper() + english[1:]


def unit(name: str) -> str:
    """Behind the digits of its field."""
    if name.endswith("percent"):
        return "%"
    tr = QCoreApplication.translate
    if name.startswith("cancels"):
        return tr("LimitText", "cancels")
    return tr("LimitText", "orders") if name.startswith(("orders", "open")) else tr("LimitText", "won")


def about(name: str) -> str:
    tr = QCoreApplication.translate
    return {
        "order_ask": tr("LimitText", "An order of more than this is asked about first."),
        "order_typed": tr("LimitText", "From here on the amount is typed before the order goes."),
        "order_refuse": tr("LimitText", "A buy of more than this is refused; a sell is asked about."),
        "position_ask_percent": tr(
            "LimitText", "Of the account in one instrument, open buys and this order included: more is asked about."
        ),
        "position_refuse": tr("LimitText", "In one instrument, open buys and this order included: more is refused."),
        "day_loss": tr(
            "LimitText",
            "Realised and open against yesterday's close, after costs. Asked about from 70 % of it; once it is reached,"
            " only sells pass.",
        ),
        "day_loss_percent": tr(
            "LimitText", "The same, of what the account was worth in the morning. What is reached first counts."
        ),
        "distance_ask_percent": tr(
            "LimitText", "A limit price further than this from the market is asked about: from the last price, or from"
            " the best opposite one where it would trade at once."
        ),
        "distance_refuse_percent": tr("LimitText", "A limit price further than this is refused."),
        "deep_ask_percent": tr(
            "LimitText", "An order that would eat into the book by more than this from its best price is asked about."
        ),
        "volume_percent": tr("LimitText", "Of the average daily volume of 20 sessions: more is asked about."),
        "orders_ask": tr("LimitText", "New orders and reprices within a minute: each one more is asked about."),
        "orders_refuse": tr("LimitText", "New orders and reprices within a minute: more are refused, sells never."),
        "open_ask": tr("LimitText", "Open orders of the account: with more, each new one is asked about."),
        "open_refuse": tr("LimitText", "Open orders of the account: more are refused, sells never."),
        "cancels_tell": tr("LimitText", "Cancels within a minute: with more, the activity says so. They always leave."),
        "blocked": tr("LimitText", "These are not bought, by hand or by a plan. Sells and cancels still go."),
        "allowed": tr("LimitText", "Where there are any, nothing else is bought. Sells and cancels still go."),
        "own_cross": tr("LimitText", "An order that could trade with one of your own on the other side."),
        "slips": tr(
            "LimitText",
            "Asks where price and quantity look swapped, a zero is too many, a sum was typed as shares, or the side or"
            " the code looks wrong.",
        ),
    }[name]  # fmt: skip


def choices(name: str) -> Mapping[object, str]:
    tr = QCoreApplication.translate
    if name == "slips":
        return {True: tr("LimitText", "On"), False: tr("LimitText", "Off")}
    return {
        OwnCross.REFUSE: tr("LimitText", "Refuse"),
        OwnCross.ASK: tr("LimitText", "Ask first"),
        OwnCross.OFF: tr("LimitText", "Off"),
    }


def shown(name: str, value: object) -> str:
    """A value as a sentence names it: ``30,000,000 won``, ``3 %``, ``off``."""
    if name in CHOSEN:
        return choices(name)[value]
    if isinstance(value, tuple):
        return ", ".join(entry.instrument.code for entry in value) or QCoreApplication.translate("LimitText", "empty")
    if not isinstance(value, int):
        return QCoreApplication.translate("LimitText", "not used")
    return f"{fmt.units(value)} {unit(name)}" if unit(name).isascii() else f"{fmt.units(value)}{unit(name)}"


def default_words(name: str) -> str:
    return shown(name, getattr(DEFAULT_LIMITS, name))
