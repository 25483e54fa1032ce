"""Short words of the ladder: marks, columns, and what a press on a place would do."""

from __future__ import annotations

from hoga.domain.tickets import Side
from hoga.ui import format as fmt
from hoga.ui.order.ladder.looks import Mark, RowLook
from hoga.ui.order.ladder.press import Column
from hoga.ui.order.ladder.sight import Sight
from hoga.ui.order.text import side_word, translate


def mark_word(mark: Mark) -> str:
    """Two or three letters: there is little room."""
    return {
        Mark.UPPER: translate("Ladder", "UL"),
        Mark.LOWER: translate("Ladder", "LL"),
        Mark.HIGH: translate("Ladder", "Hi"),
        Mark.LOW: translate("Ladder", "Lo"),
        Mark.OPEN: translate("Ladder", "Op"),
        Mark.CLOSE: translate("Ladder", "Cl"),
        Mark.AVERAGE: translate("Ladder", "Av"),
        Mark.EXPECTED: translate("Ladder", "Ex"),
        Mark.VI: translate("Ladder", "VI"),
    }[mark]


def mark_meaning(mark: Mark) -> str:
    return {
        Mark.UPPER: translate("Ladder", "Today's upper limit"),
        Mark.LOWER: translate("Ladder", "Today's lower limit"),
        Mark.HIGH: translate("Ladder", "The day's high"),
        Mark.LOW: translate("Ladder", "The day's low"),
        Mark.OPEN: translate("Ladder", "The day's open"),
        Mark.CLOSE: translate("Ladder", "Previous close"),
        Mark.AVERAGE: translate("Ladder", "What your shares cost on average"),
        Mark.EXPECTED: translate("Ladder", "Expected price of the auction"),
        Mark.VI: translate("Ladder", "Static VI: about 10 % from the opening price; later auctions move it"),
    }[mark]


def column_word(column: Column) -> str:
    return {
        Column.MY_SELLS: translate("Ladder", "My sells"),
        Column.ASK: translate("Ladder", "Asks"),
        Column.PRICE: translate("Ladder", "Price"),
        Column.BID: translate("Ladder", "Bids"),
        Column.MY_BUYS: translate("Ladder", "My buys"),
    }[column]


def ghost_word(side: Side, quantity: int | None) -> str:
    """What a click here is for, shown under the pointer."""
    return side_word(side) if quantity is None else f"{side_word(side)} {quantity:,}"


def tip_of(look: RowLook, sight: Sight) -> str:
    """A row in words: its price, how far that is from the previous close, its marks."""
    if not look.prices:
        return ""
    price = fmt.units(look.prices[0], sight.currency)
    base = sight.market.base if sight.market is not None else None
    lines = [price if not base else f"{price}  {fmt.rate(look.prices[0] - base, base)}"]
    lines += [mark_meaning(mark) for mark in look.marks]
    return "\n".join(lines)
