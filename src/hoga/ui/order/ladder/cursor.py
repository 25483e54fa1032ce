"""The ladder's keyboard: a cursor that is a price (not a row), and an order taken up to be moved with the arrows."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.ui.order.ladder.press import Act, Column, Press, Spot
from hoga.ui.order.ladder.sight import Sight

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_PAGES = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
_SIDES = {Qt.Key.Key_Left: Side.SELL, Qt.Key.Key_Right: Side.BUY}
BIG_STEP = 10


def own_column(side: Side) -> Column:
    return Column.MY_SELLS if side is Side.SELL else Column.MY_BUYS


class KeyCursor:
    """``units`` is None while nobody uses the keys. ``carried`` is one's order on its way to another price."""

    def __init__(self, sight: Sight, spot_of: Callable[[int, Column], Spot | None]) -> None:
        self._sight, self._spot_of = sight, spot_of
        self.units: int | None = None
        self.side = Side.BUY
        self.carried: Press | None = None

    @property
    def row(self) -> int | None:
        return self._sight.row_of(self.units)

    def spot(self) -> Spot | None:
        """What is painted at the cursor."""
        return None if self.row is None else self._spot_of(self.row, own_column(self.side))

    def leave(self) -> None:
        self.units, self.carried = None, None

    def take_up(self) -> Message | None:
        """Take up the order at the cursor; a message: why not."""
        spot = self.spot()
        if spot is None or spot.chip is None:
            return Message("NO_CHIP_HERE")
        if spot.chip.busy or spot.chip.coming:
            return Message("CHIP_BUSY")
        self.carried = Press(spot, None, dragging=True)
        return None

    def enter(self, quantity_at: Callable[[Side, tuple[int, ...]], int | None]) -> Act | None:
        """As a click at the cursor; with an order taken up, as letting it go there."""
        spot = self.spot()
        if spot is None:
            return None
        if self.carried is not None:
            carried, self.carried = self.carried, None
            return carried.released(spot)
        free = replace(spot, chip=None)  # the key means the price, whether or not an order stands there
        return Press(free, quantity_at(self.side, spot.prices)).released(free)

    def moves(self, event: QKeyEvent) -> bool:
        """Whether a key moves the cursor, and if so move it."""
        key = event.key()
        if key in _SIDES and self.carried is None:
            self.side = _SIDES[Qt.Key(key)]
            self.step(0)
        elif key in _ARROWS:
            big = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(_ARROWS[Qt.Key(key)] * (BIG_STEP if big else 1))
        elif key in _PAGES:
            page = self._sight.rows.count - 2 if self._sight.rows is not None else 1
            self.step(_PAGES[Qt.Key(key)] * max(page, 1))
        else:
            return False
        return True

    def step(self, rows: int) -> None:
        if self._sight.rows is None:
            return
        if self.units is None:
            self.units = self._sight.middle()
        elif rows:
            self.units = self._sight.rows.stepped(self.units, rows)
        if self.units is not None:
            self._sight.show(self.units)


def is_enter(event: QKeyEvent) -> bool:
    """Enter, pressed freshly."""
    return event.key() in _ENTER and not event.isAutoRepeat()
