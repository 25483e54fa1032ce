"""The fields beside the targets: what each is called, what it means, where in the draft it stands, how it is typed.

``name`` is what the planner's messages call a field (``buffer``, ``sell.rounds``), so that each is told where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from hoga.domain.tickets import Side
from hoga.plans.inputs import OverCap, Style
from hoga.ui.plan.words import over_cap_words, style_words

translate = QCoreApplication.translate
Words = Callable[[], str]


class Kind(Enum):
    WHOLE = "whole"
    PART = "part"
    SWITCH = "switch"
    CHOICE = "choice"
    TIME = "time"


class Spec(Struct, frozen=True):
    """``choices`` are (value, words) of a CHOICE; ``least`` and ``most`` bound what the keys step to."""

    name: str
    path: tuple[str, ...]
    kind: Kind
    label: Words
    about: Words
    unit: Words = str
    choices: Callable[[], tuple[tuple[object, str], ...]] = tuple
    least: int = 0
    most: int = 10**15


def won() -> str:
    return translate("PlanFields", "won")


def seconds() -> str:
    return translate("PlanFields", "s")


def _ticks() -> str:
    return translate("PlanFields", "ticks")


def _percent() -> str:
    return "%"


RULES: tuple[Spec, ...] = (
    Spec(
        "sell", ("rules", "sell"), Kind.SWITCH, lambda: translate("PlanFields", "Sell"),
        lambda: translate("PlanFields", "Holdings above their target are sold."),
    ),
    Spec(
        "buy", ("rules", "buy"), Kind.SWITCH, lambda: translate("PlanFields", "Buy"),
        lambda: translate("PlanFields", "Instruments below their target are bought."),
    ),
    Spec(
        "buffer_part", ("rules", "buffer_part"), Kind.PART, lambda: translate("PlanFields", "Cash kept, part"),
        lambda: translate("PlanFields", "Part of the total that stays cash; the larger of this and the sum holds."),
        _percent, most=999_999,
    ),
    Spec(
        "buffer", ("rules", "buffer"), Kind.WHOLE, lambda: translate("PlanFields", "Cash kept, sum"),
        lambda: translate("PlanFields", "Won that stay cash in any case."), won,
    ),
    Spec(
        "band", ("rules", "band"), Kind.PART, lambda: translate("PlanFields", "Band, of the total"),
        lambda: translate("PlanFields", "A holding off by no more than this part of the total is left alone; 0: off."),
        _percent, most=1_000_000,
    ),
    Spec(
        "band_relative", ("rules", "band_relative"), Kind.PART,
        lambda: translate("PlanFields", "Band, of the target"),
        lambda: translate("PlanFields", "The same as a part of its own target; 0: off."), _percent, most=1_000_000,
    ),
    Spec(
        "least_trade", ("rules", "least_trade"), Kind.WHOLE, lambda: translate("PlanFields", "Smallest trade"),
        lambda: translate("PlanFields", "An instrument whose order would be worth less is left alone."), won,
    ),
    Spec(
        "deposit", ("rules", "deposit"), Kind.WHOLE, lambda: translate("PlanFields", "Put in"),
        lambda: translate("PlanFields", "Money added for this plan: then nothing is sold, only bought."), won,
    ),
    Spec(
        "volume_part", ("rules", "volume_part"), Kind.PART, lambda: translate("PlanFields", "Volume cap"),
        lambda: translate("PlanFields", "Largest order as a part of the average daily volume; 0: no cap."), _percent,
        most=1_000_000,
    ),
    Spec(
        "over_cap", ("rules", "over_cap"), Kind.CHOICE, lambda: translate("PlanFields", "Above the cap"),
        lambda: translate("PlanFields", "What is done about a larger order. It is never cut silently."),
        choices=lambda: tuple((rule, over_cap_words(rule)) for rule in OverCap),
    ),
    Spec(
        "others", ("others_excluded",), Kind.SWITCH, lambda: translate("PlanFields", "Leave other holdings alone"),
        lambda: translate("PlanFields", "Holdings without a row are excluded; they do not count into the total."),
    ),
)  # fmt: skip


def rounds_of(side: Side) -> tuple[Spec, ...]:
    """The rounds of one side."""
    return tuple(_rounds(side))


def _rounds(side: Side) -> Iterator[Spec]:
    key, base = side.value, ("timing", side.value)
    yield Spec(
        f"{key}.start", ("sell_at",) if side is Side.SELL else ("buy_at",), Kind.TIME,
        lambda: translate("PlanFields", "Start"),
        lambda: translate("PlanFields", "Korean time of day. Empty: as soon as it may; buys follow the sells."),
    )  # fmt: skip
    yield Spec(
        f"{key}.rounds", (*base, "rounds"), Kind.WHOLE, lambda: translate("PlanFields", "Rounds"),
        lambda: translate("PlanFields", "Into how many parts each quantity is divided: 1 to 120."), least=1, most=120,
    )  # fmt: skip
    yield Spec(
        f"{key}.spacing_s", (*base, "spacing_s"), Kind.WHOLE, lambda: translate("PlanFields", "Every"),
        lambda: translate("PlanFields", "From the start of one round to the start of the next."), seconds, least=1,
    )  # fmt: skip
    yield Spec(
        f"{key}.style", (*base, "style"), Kind.CHOICE, lambda: translate("PlanFields", "Order"),
        lambda: translate("PlanFields", "How each order is priced when its turn comes."),
        choices=lambda: tuple((style, style_words(style)) for style in Style),
    )  # fmt: skip
    yield Spec(
        f"{key}.ticks", (*base, "ticks"), Kind.WHOLE, lambda: translate("PlanFields", "More eager by"),
        lambda: translate("PlanFields", "Ticks added to that price: a buy higher, a sell lower. Negative: patient."),
        _ticks, least=-100, most=100,
    )  # fmt: skip
    yield Spec(
        f"{key}.collar", (*base, "collar"), Kind.WHOLE, lambda: translate("PlanFields", "Collar"),
        lambda: translate("PlanFields", "Ticks that an order may ever get worse; the ceilings are reckoned there."),
        _ticks, most=100,
    )  # fmt: skip


COURSE: tuple[Spec, ...] = (
    Spec(
        "gap_s", ("timing", "gap_s"), Kind.WHOLE, lambda: translate("PlanFields", "Between two orders"),
        lambda: translate("PlanFields", "Orders of one round never leave closer together than this."), seconds,
        most=3600,
    ),
    Spec(
        "jitter_s", ("timing", "jitter_s"), Kind.WHOLE, lambda: translate("PlanFields", "Random delay"),
        lambda: translate("PlanFields", "Each round starts up to so much late, so that its moment cannot be guessed."),
        seconds, most=3600,
    ),
    Spec(
        "margin_s", ("timing", "margin_s"), Kind.WHOLE, lambda: translate("PlanFields", "Before the close"),
        lambda: translate("PlanFields", "The last order leaves so long before its session ends."), seconds, most=3600,
    ),
    Spec(
        "look_s", ("settings", "look_s"), Kind.WHOLE, lambda: translate("PlanFields", "Look at open orders every"),
        lambda: translate("PlanFields", "Between two looks at orders that are not filled."), seconds, least=1,
    ),
    Spec(
        "reprice_after_s", ("settings", "reprice_after_s"), Kind.WHOLE,
        lambda: translate("PlanFields", "Reprice after"),
        lambda: translate("PlanFields", "An order that stood so long is moved to the current price, in its collar."),
        seconds, least=1,
    ),
    Spec(
        "most_reprices", ("settings", "most_reprices"), Kind.WHOLE,
        lambda: translate("PlanFields", "Reprices at most"),
        lambda: translate("PlanFields", "How often one order is moved."), most=100,
    ),
    Spec(
        "tries", ("settings", "tries"), Kind.WHOLE, lambda: translate("PlanFields", "Tries in a round"),
        lambda: translate("PlanFields", "Orders that one round may send for one instrument when some are refused."),
        least=1, most=20,
    ),
    Spec(
        "retry_after_s", ("settings", "retry_after_s"), Kind.WHOLE,
        lambda: translate("PlanFields", "Try again after"),
        lambda: translate("PlanFields", "Wait after a refusal."), seconds,
    ),
    Spec(
        "sells_wait_s", ("settings", "sells_wait_s"), Kind.WHOLE,
        lambda: translate("PlanFields", "Wait for sells"),
        lambda: translate("PlanFields", "After the last sell round, before you are asked what to do about the rest."),
        seconds,
    ),
    Spec(
        "buys_wait_s", ("settings", "buys_wait_s"), Kind.WHOLE, lambda: translate("PlanFields", "Wait for buys"),
        lambda: translate("PlanFields", "After the last buy round, before the rest is cancelled and told."), seconds,
    ),
    Spec(
        "ask_after_away_s", ("settings", "ask_after_away_s"), Kind.WHOLE,
        lambda: translate("PlanFields", "Ask after away"),
        lambda: translate("PlanFields", "A desk that was away longer while rounds came due asks before it goes on."),
        seconds,
    ),
    Spec(
        "moved_part", ("settings", "moved_part"), Kind.PART, lambda: translate("PlanFields", "May have moved"),
        lambda: translate("PlanFields", "How far prices and cash may move between preview and approval."), _percent,
        most=1_000_000,
    ),
    Spec(
        "through_auction", ("settings", "through_auction"), Kind.SWITCH,
        lambda: translate("PlanFields", "Through the closing auction"),
        lambda: translate("PlanFields", "What still works then takes part in it; off: it is cancelled before."),
    ),
    Spec(
        "stale_s", ("settings", "stale_s"), Kind.WHOLE, lambda: translate("PlanFields", "Price too old after"),
        lambda: translate("PlanFields", "An older price is read again before an order is priced with it."), seconds,
        least=1,
    ),
)  # fmt: skip
