"""One's own working orders on the chart: a line at each price with a tag to take it by, and a ✕ that cancels.

The same chips as on the ladder. A drag is bound to what was painted when the button went down; the price range stands
still until it ends, and the price written beside the pointer is the one that is asked for.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from hoga.domain.tickets import Side
from hoga.ui import format as show
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.layout import Areas
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Carried, Sight
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.view import PriceRange
from hoga.ui.order.ladder.chips import Chip
from hoga.ui.order.ladder.press import CancelChip, MoveChip, OutsideLimits

_REACH = 3
"""Pixels above and below a line where it can be taken."""
_BESIDE = 6
"""So many tags may stand side by side where prices are close."""
_CROSS = "✕"

Act = MoveChip | CancelChip | OutsideLimits


class Tag(Struct, frozen=True):
    """Where one chip is painted. ``row`` is its line's, None where that lies outside the pane; ``cross`` cancels."""

    chip: Chip
    text: str
    box: QRect
    cross: QRect
    row: int | None


def tags_of(sight: Sight, areas: Areas, prices: PriceRange, scales: Scales, texts: Texts) -> tuple[Tag, ...]:
    """Every chip's tag, at the right of the price pane; where tags would cover each other they stand side by side."""
    made: list[Tag] = []
    for chip in sight.orders:
        made.append(_tag(chip, _text(chip, sight, texts), made, (areas, prices, scales)))
    return tuple(made)


def _text(chip: Chip, sight: Sight, texts: Texts) -> str:
    told = texts.hidden if sight.hidden else show.shares(chip.leaves)
    return f"{texts.orders[chip.side]} {told}{' …' if chip.busy else ''}"


def _tag(chip: Chip, text: str, others: list[Tag], place: tuple[Areas, PriceRange, Scales]) -> Tag:
    areas, prices, scales = place
    height, tall = areas.price.height(), scales.metrics.height() + 2
    row = round(prices.row_of(chip.units, height))
    inside = 0 <= row < height
    if not inside:
        text = f"{text} {'↑' if row < 0 else '↓'}"
    square = 0 if chip.coming else tall
    wide = scales.width(text) + tall + square
    top = min(max(row - tall // 2, 0), height - tall)
    box = QRect(areas.price.right() - wide - tall // 2, top, wide, tall)
    for _ in range(_BESIDE):
        covered = next((one.box for one in others if one.box.intersects(box)), None)
        if covered is None:
            break
        box.moveRight(covered.left() - 2)
    return Tag(chip, text, box, QRect(box.right() + 1 - square, top, square, tall), row if inside else None)


class OrderLines:
    """Draws them; made for each paint."""

    def __init__(self, painter: QPainter, areas: Areas, prices: PriceRange, looks: Looks, scales: Scales) -> None:
        self._painter, self._areas, self._prices = painter, areas, prices
        self._looks, self._scales = looks, scales

    def draw(self, tags: tuple[Tag, ...]) -> None:
        for tag in tags:
            self._line(tag.row, self._ink(tag.chip), dashed=tag.chip.coming)
        for tag in tags:
            self._box(tag.box, tag.cross, tag.text, self._ink(tag.chip), hollow=tag.chip.busy)

    def carry(self, carried: Carried, sight: Sight, texts: Texts) -> None:
        """The line under the hand: where it would go, or that it may not."""
        self._outside(sight)
        if carried.units is None:
            return
        row = round(self._prices.row_of(carried.units, self._areas.price.height()))
        ink = self._ink(carried.chip) if carried.allowed else QColor(self._looks.tokens.bad)
        text = f"{texts.orders[carried.chip.side]} → {show.units(carried.units, sight.currency)}"
        if not carried.allowed:
            text = f"{text}  {texts.outside}"
        self._line(row, ink, dashed=True)
        tall = self._scales.metrics.height() + 2
        wide = self._scales.width(text) + tall
        box = QRect(self._areas.price.right() - wide - tall // 2, row - tall // 2, wide, tall)
        self._box(box, QRect(), text, ink, hollow=False)

    def _outside(self, sight: Sight) -> None:
        """Where it may not go today is hatched."""
        area, limits = self._areas.price, sight.ticks.limits
        if limits.upper is not None:
            self._hatch(0, round(self._prices.row_of(limits.upper.units, area.height())))
        if limits.lower is not None:
            self._hatch(round(self._prices.row_of(limits.lower.units, area.height())), area.height())

    def _hatch(self, first: int, last: int) -> None:
        whole = self._areas.price
        self._painter.fillRect(QRect(0, first, whole.width(), last - first).intersected(whole), self._looks.hatch)

    def _ink(self, chip: Chip) -> QColor:
        return self._looks.up if chip.side is Side.BUY else self._looks.down

    def _line(self, row: int | None, ink: QColor, *, dashed: bool) -> None:
        if row is not None:
            pen = QPen(ink)
            pen.setStyle(Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
            self._painter.setPen(pen)
            self._painter.drawLine(0, row, self._areas.price.width(), row)

    def _box(self, box: QRect, cross: QRect, text: str, ink: QColor, *, hollow: bool) -> None:
        """Filled; an outline while something about the order is under way."""
        painter, ground = self._painter, self._looks.ground
        painter.fillRect(box, ground if hollow else ink)
        letters = ink if hollow else ground
        if hollow:
            painter.setPen(ink)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(letters)
        self._scales.text(painter, box.left() + box.height() // 3, box.top() + 1, text)
        if not cross.isEmpty():
            x = cross.left() + (cross.width() - self._scales.width(_CROSS)) / 2
            self._scales.text(painter, x, cross.top() + 1, _CROSS)


class _Press(Struct, frozen=True):
    tag: Tag
    at: QPoint
    cancels: bool
    bars: Bars


class LineHand:
    """A button that went down on a tag or on its line, until it comes up again or Esc is pressed."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._press: _Press | None = None

    @property
    def busy(self) -> bool:
        return self._press is not None

    def press(self, tags: tuple[Tag, ...], at: QPoint, *, middle: bool = False) -> bool:
        """Whether there is anything to take; a middle click cancels wherever it hits the tag."""
        tag = hit(tags, at)
        if tag is None or (middle and not tag.box.contains(at)):
            return False
        self._press = _Press(tag, at, (middle or tag.cross.contains(at)) and not tag.chip.coming, self._sight.bars)
        return True

    def move(self, at: QPoint, areas: Areas, prices: PriceRange) -> None:
        press = self._press
        if press is None or press.cancels or press.bars is not self._sight.bars:
            return
        sight = self._sight
        if sight.carried is None:
            far = (at - press.at).manhattanLength() >= QApplication.startDragDistance()
            if not far or press.tag.chip.coming:
                return
            sight.held = prices
            sight.carried = Carried(press.tag.chip, None, allowed=True)
        units = None
        if areas.price.adjusted(0, 0, areas.price_axis.width(), 0).contains(at):
            units = sight.ticks.nearest(prices.units_at(at.y(), areas.price.height()))
        allowed = units is None or sight.ticks.allows(units)
        sight.carried = replace(sight.carried, units=units, allowed=allowed)

    def release(self, tags: tuple[Tag, ...], at: QPoint) -> Act | None:
        """What it comes to: a move, a cancel, a price outside the limits, or nothing."""
        press, carried = self._press, self._sight.carried
        self.drop()
        if press is None or press.bars is not self._sight.bars:
            return None  # another instrument or period came under the hand
        if press.cancels:
            tag = hit(tags, at)
            same = tag is not None and tag.chip.orders == press.tag.chip.orders and tag.box.contains(at)
            return (
                CancelChip(press.tag.chip)
                if same and (at - press.at).manhattanLength() < press.tag.box.width()
                else None
            )
        if carried is None or carried.units is None or carried.units == carried.chip.units:
            return None
        return MoveChip(carried.chip, (carried.units,)) if carried.allowed else OutsideLimits((carried.units,))

    def drop(self) -> None:
        """Nothing comes of it; the line is where it was."""
        self._press = self._sight.carried = self._sight.held = None


def hit(tags: tuple[Tag, ...], at: QPoint) -> Tag | None:
    """The tag under a point, or the line."""
    for tag in reversed(tags):
        if tag.box.contains(at):
            return tag
    near = [tag for tag in tags if tag.row is not None and abs(tag.row - at.y()) <= _REACH and not tag.chip.coming]
    return min(near, key=lambda tag: abs((tag.row or 0) - at.y()), default=None)
