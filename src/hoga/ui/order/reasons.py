"""The order tab's own messages in words. Whatever is not ours is worded by the room it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from hoga.base.message import Message
from hoga.ui.context import Context
from hoga.ui.order.text import translate


def in_words(context: Context, message: Message) -> str:
    """A sentence for any message, ours or another room's, in the chosen language."""
    text = _ours(message.code)
    if text is None:
        return context.worded(message)
    shown = {name: f"{value:,}" if type(value) is int else value for name, value in message.values.items()}
    if "phase" in shown:
        shown["phase"] = phase_word(str(shown["phase"]))
    return text.format(**shown)


def in_lines(context: Context, messages: Iterable[Message]) -> str:
    """One below the other. What several of them end with, as where a limit is set, is said by the last alone."""
    texts = [in_words(context, message) for message in messages]
    split = [text.rpartition(". ") for text in texts]
    lines = []
    for place, (head, dot, end) in enumerate(split):
        again = any(end == later for _, _, later in split[place + 1 :])
        lines.append(f"{head}." if dot and again else texts[place])
    return "\n".join(lines)


def sentence_of(context: Context, message: Message) -> str:
    """The same without what to do about it, for where there is little room."""
    return in_words(context, message).partition(" · ")[0]


def phase_word(phase: str) -> str:
    """A market phase (``hoga.domain.sessions.Phase`` by value) in words."""
    words = {
        "closed": translate("Order", "closed"),
        "daytime": translate("Order", "daytime trading"),
        "pre": translate("Order", "pre-market"),
        "opening auction": translate("Order", "opening auction"),
        "previous close price": translate("Order", "trading at the previous close"),
        "regular": translate("Order", "regular session"),
        "pause": translate("Order", "pause"),
        "closing auction": translate("Order", "closing auction"),
        "closing price entry": translate("Order", "entry for closing-price trading"),
        "closing price": translate("Order", "trading at the close"),
        "after entry": translate("Order", "entry for the after-market"),
        "after": translate("Order", "after-market"),
        "single price": translate("Order", "off-hours single price"),
    }
    return words.get(phase, phase)


def _ours(code: str) -> str | None:
    words = {
        "CHOOSE_INSTRUMENT": translate("Order", "Choose an instrument first (Ctrl+K)."),
        "MASTER_NOT_READ": translate("Order", "The list of instruments is being read; the ticket waits for it."),
        "WAITS_FOR_FIRST_PRICE": translate("Order", "Waits for the first price. Pin a limit price to go ahead."),
        "WAITS_FOR_FRESH_PRICE": translate(
            "Order", "Waits: prices stand still since {seconds} s. Pin a limit price, or wait until they flow again."
        ),
        "WAITS_FOR_BOOK": translate(
            "Order", "Waits: the book shows no such price now. Pin a limit price, or choose another one to follow."
        ),
        "PRICE_MISSING": translate("Order", "Enter a price."),
        "PRICE_NOT_READ": translate("Order", "The price cannot be read: digits, commas, 만 and 억 are understood."),
        "QUANTITY_MISSING": translate("Order", "Enter a quantity."),
        "QUANTITY_NOT_WHOLE": translate("Order", "Only whole shares can be ordered."),
        "QUANTITY_NOT_READ": translate(
            "Order", "The quantity cannot be read: digits, commas, 만, %, M and sums in 원 are understood."
        ),
        "ZERO_SHARES": translate("Order", "This comes to 0 shares: the sum is smaller than one share costs."),
        "KIND_NOT_HERE": translate("Order", "This account's broker takes no such order here."),
        "KIND_NOT_NOW": translate("Order", "Not taken in this phase ({phase}, until {until})."),
        "BIG_AT_MARKET": translate("Order", "A market order of {amount} won, more than {most}."),
        "NEW_INSTRUMENT": translate("Order", "The first order in this instrument."),
        "AFTER_HOURS": translate("Order", "Outside the regular session ({phase})."),
        "PRICES_SILENT": translate("Order", "The price stream is interrupted; the last price is {seconds} s old."),
        "GROUPED_ROW": translate("Order", "This row holds several prices: choose one."),
        "OUTSIDE_LIMITS": translate("Order", "{price} lies outside today's limits."),
        "CHIP_BUSY": translate("Order", "This order is being changed or looked for: wait a moment."),
        "NO_CHIP_HERE": translate("Order", "No order of yours stands at this price."),
        "OTHER_INSTRUMENT": translate("Order", "Another instrument was chosen meanwhile; nothing was sent."),
        "ONE_CLICK_SENDS": translate("Order", "Every click on a level of the ladder sends an order without asking."),
        "NO_PAD_QUANTITY": translate("Order", "Set the quantity beside the ladder first."),
    }
    return words.get(code)
