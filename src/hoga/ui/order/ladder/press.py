"""What a press means. Everything is bound when the button goes down, to what was painted there: the instrument, the
price, the chip and the quantity. Whatever the market does until the release changes nothing of it."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.ui.order.ladder.chips import Chip


class Column(Enum):
    """From left to right, as Korean programs have it: selling on the left, buying on the right."""

    MY_SELLS = "my sells"
    ASK = "ask quantity"
    PRICE = "price"
    BID = "bid quantity"
    MY_BUYS = "my buys"

    @property
    def side(self) -> Side | None:
        """The side that a click in the column means; the price column means none."""
        if self in (Column.MY_SELLS, Column.ASK):
            return Side.SELL
        return Side.BUY if self in (Column.BID, Column.MY_BUYS) else None


class Spot(Struct, frozen=True):
    """What was painted at a point."""

    instrument: InstrumentId
    prices: tuple[int, ...]
    allowed: bool
    column: Column
    chip: Chip | None = None
    on_cancel: bool = False

    def same_cell(self, other: Spot | None) -> bool:
        return (
            other is not None
            and (self.instrument, self.prices) == (other.instrument, other.prices)
            and self.column.side is other.column.side
        )


class PlaceAt(Struct, frozen=True):
    """A click in a side's columns: one price, or the prices of a grouped row to choose from."""

    instrument: InstrumentId
    side: Side
    prices: tuple[int, ...]
    quantity: int | None


class PickPrice(Struct, frozen=True):
    """A click on the price itself."""

    instrument: InstrumentId
    prices: tuple[int, ...]


class MoveChip(Struct, frozen=True):
    """A chip was dropped on another row."""

    chip: Chip
    prices: tuple[int, ...]


class CancelChip(Struct, frozen=True):
    chip: Chip


class OutsideLimits(Struct, frozen=True):
    prices: tuple[int, ...]


Act: TypeAlias = PlaceAt | PickPrice | MoveChip | CancelChip | OutsideLimits


class Press(Struct, frozen=True):
    """A button that went down. ``quantity`` is the pad's at that moment, ``dragging`` once the pointer has moved away
    with a chip."""

    spot: Spot
    quantity: int | None
    middle: bool = False
    dragging: bool = False

    def released(self, at: Spot | None) -> Act | None:
        """What letting go over ``at`` (what is painted there then) means; None: nothing at all."""
        if self.dragging:
            return self._dropped(at)
        if not self.spot.same_cell(at) or at is None:
            return None
        chip = self.spot.chip
        if self.middle or self.spot.on_cancel:
            both = at.chip is not None and chip is not None and at.chip.orders == chip.orders
            return CancelChip(chip) if chip is not None and both and (self.middle or at.on_cancel) else None
        if chip is not None:
            return None  # a chip is dragged or cancelled; a click on it places nothing
        if not self.spot.allowed:
            return OutsideLimits(self.spot.prices)
        side = self.spot.column.side
        if side is None:
            return PickPrice(self.spot.instrument, self.spot.prices)
        return PlaceAt(self.spot.instrument, side, self.spot.prices, self.quantity)

    def _dropped(self, at: Spot | None) -> Act | None:
        chip = self.spot.chip
        if chip is None or at is None or at.instrument != self.spot.instrument or chip.units in at.prices:
            return None
        return MoveChip(chip, at.prices) if at.allowed else OutsideLimits(at.prices)
