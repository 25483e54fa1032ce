"""What a typed text means: instruments first, then actions, working orders and settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from hoga.domain import hangul
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.orders import Order
from hoga.domain.search import fold
from hoga.ui.context import Context
from hoga.ui.order_line import terms
from hoga.ui.quote.words import flag_words

MOST_INSTRUMENTS = 12
MOST_OTHERS = 6


class Kind(Enum):
    INSTRUMENT = "instrument"
    ACTION = "action"
    ORDER = "order"
    SETTING = "setting"


class Hit(Struct, frozen=True):
    """One line of the results. ``key`` is the instrument's, the action's id, the order's id or the setting's name."""

    kind: Kind
    text: str
    beside: str
    key: InstrumentId | str
    why_not: str = ""


def matches(query: str, text: str) -> bool:
    """Every typed word begins a word of ``text``, or the typed initials are those of its beginning.

    A single letter means an instrument: it finds nothing else.
    """
    folded = fold(query)
    if len(folded) < 2:
        return False
    if hangul.only_initials(folded):
        return hangul.initials(fold(text)).startswith(hangul.keystrokes(folded))
    words = [fold(word) for word in text.split()]
    return fold(text).startswith(folded) or all(
        any(word.startswith(fold(part)) for word in words) for part in query.split()
    )


class Finder:
    """``settings`` are (name, heading) of what can be set."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def find(
        self, typed: str, recent: Sequence[InstrumentId], settings: Iterable[tuple[str, str]] = ()
    ) -> tuple[Hit, ...]:
        """``>`` at the beginning asks for actions alone."""
        if typed.startswith(">"):
            return tuple(self._actions(typed[1:].strip(), most=40))
        text = typed.strip()
        found = self._context.search.find(text, MOST_INSTRUMENTS, recent)
        hits = [self._instrument(one) for one in found]
        if text:
            hits += self._actions(text, MOST_OTHERS)
            hits += self._orders(text)
            hits += self._settings(text, settings)
        return tuple(hits)

    def _instrument(self, one: Instrument) -> Hit:
        name = self._context.name(one.id)
        other = one.name_ko if name != one.name_ko else one.name_en
        flags = " ".join(short for short, _ in flag_words(one.flags))
        beside = " · ".join(filter(None, (flags, other if other != name else "", one.market.value, one.code)))
        return Hit(Kind.INSTRUMENT, name, beside, one.id)

    def _actions(self, text: str, most: int) -> list[Hit]:
        actions = self._context.actions
        hits = []
        for id in actions.ids():
            words = actions.text(id)
            if actions.action(id) is not None and (not text or matches(text, words)):
                hits.append(Hit(Kind.ACTION, words, actions.hint(id), id, actions.why_not(id)))
        hits.sort(key=lambda hit: not fold(hit.text).startswith(fold(text)))
        return hits[:most]

    def _orders(self, text: str) -> list[Hit]:
        hits = []
        for order in reversed(self._context.desk.orders()):
            if order.state.over:
                continue
            words, number = self._order_words(order), self._number(order)
            if matches(text, f"{words} {order.instrument.code} {number}"):
                hits.append(Hit(Kind.ORDER, words, number, str(order.id)))
        return hits[:MOST_OTHERS]

    def _order_words(self, order: Order) -> str:
        return terms(
            self._context, order.instrument, order.side, order.type, order.quantity, order.current_limit or order.limit
        )

    @staticmethod
    def _number(order: Order) -> str:
        return str(order.heads[-1].number) if order.heads else ""

    @staticmethod
    def _settings(text: str, settings: Iterable[tuple[str, str]]) -> list[Hit]:
        beside = QCoreApplication.translate("Finder", "Setting")
        return [Hit(Kind.SETTING, words, beside, name) for name, words in settings if matches(text, words)][
            :MOST_OTHERS
        ]
