"""Where everything of the book stands: rows and columns as rectangles, and which row a point is in. Pure."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect

from hoga.ui.quote.book_rows import LEVELS

EXTRA_ROWS = 4
"""Heading, middle, totals, balance."""
FEWEST = 1


class Widths(Struct, frozen=True):
    """What the columns need at this font."""

    price: int
    rate: int
    """Beside the price where there is room; else left out."""
    quantity: int
    mine: int
    pad: int


class Geometry(Struct, frozen=True):
    """``shown`` levels a side; level rows count from the top, ``2 * shown`` of them."""

    width: int
    row: int
    shown: int
    mine: int
    quantity: int
    with_rate: bool

    # --- rows -------------------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        return self.row * (2 * self.shown + EXTRA_ROWS)

    @property
    def heading(self) -> QRect:
        return self._row(0)

    @property
    def middle(self) -> QRect:
        return self._row(1 + self.shown)

    @property
    def totals(self) -> QRect:
        return self._row(2 + 2 * self.shown)

    @property
    def balance(self) -> QRect:
        return self._row(3 + 2 * self.shown)

    def top(self, level: int) -> int:
        """The first pixel row of a level."""
        return (1 + level + (level >= self.shown)) * self.row

    def level(self, at: int) -> QRect:
        return self._row(1 + at + (at >= self.shown))

    def level_at(self, point: QPoint) -> int | None:
        """The level row under a point; None in the other rows and outside."""
        if not (0 <= point.x() < self.width and 0 <= point.y() < self.height):
            return None
        row = point.y() // self.row - 1
        if row < 0 or row == self.shown or row > 2 * self.shown:
            return None
        return row - (row > self.shown)

    def _row(self, number: int) -> QRect:
        return QRect(0, number * self.row, self.width, self.row)

    # --- columns of a row -------------------------------------------------------------------------------------------

    def my_sells(self, row: QRect) -> QRect:
        return QRect(0, row.top(), self.mine, row.height())

    def asks(self, row: QRect) -> QRect:
        return QRect(self.mine, row.top(), self.quantity, row.height())

    def price(self, row: QRect) -> QRect:
        left = self.mine + self.quantity
        return QRect(left, row.top(), self.width - 2 * left, row.height())

    def bids(self, row: QRect) -> QRect:
        return QRect(self.width - self.mine - self.quantity, row.top(), self.quantity, row.height())

    def my_buys(self, row: QRect) -> QRect:
        return QRect(self.width - self.mine, row.top(), self.mine, row.height())


def geometry(width: int, height: int, row: int, widths: Widths) -> Geometry:
    """Ten levels a side where rows of ``row`` pixels, the lowest that can be read, fit; else as many of the best ones
    as do. Spare height makes rows up to half as tall again. Narrow, the rate beside the price is left out first, then
    one's own columns."""
    shown = max(FEWEST, min((height // row - EXTRA_ROWS) // 2, LEVELS))
    tall = min(height // (2 * shown + EXTRA_ROWS), row * 3 // 2)
    price, mine = widths.price + widths.rate + widths.pad, widths.mine
    with_rate = True
    if width < price + 2 * (mine + widths.quantity):
        with_rate, price = False, widths.price
    if width < price + 2 * (mine + widths.quantity):
        mine = 0
    spare = max(width - price - 2 * (mine + widths.quantity), 0)
    # Most of what is left goes to the quantities, whose bars show more the longer they are.
    quantity = widths.quantity + spare * 3 // 8
    if width < price + 2 * (mine + widths.quantity):
        quantity = max((width - widths.price) // 2 - mine, 0)
    return Geometry(width, max(tall, row), shown, mine, quantity, with_rate)


def needed(row: int, widths: Widths, levels: int = LEVELS) -> tuple[int, int]:
    """Width and height at which everything shows."""
    width = widths.price + widths.rate + widths.pad + 2 * (widths.mine + widths.quantity)
    return width, row * (2 * levels + EXTRA_ROWS)
