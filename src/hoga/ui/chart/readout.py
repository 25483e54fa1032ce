"""The header's line: the exact values of the bar under the crosshair, or of the newest one."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoga.domain.market_data import Candle
from hoga.domain.values import Currency
from hoga.ui import format as show
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.marks import Mark
from hoga.ui.chart.plan_marks import Round
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.painting import small
from hoga.ui.quote.text_cache import TextCache

_HIDDEN = "•••"


class Piece(Struct, frozen=True):
    """A word and its value. Where there is no room, ``short`` is said instead, and then those with the highest
    ``rank`` go first."""

    word: str
    value: str
    colour: QColor
    rank: int = 0
    short: str = ""

    @property
    def text(self) -> str:
        return f"{self.word} {self.value}" if self.word else self.value


def pieces_of(
    candle: Candle, before: Candle | None, timeframe: Timeframe, texts: Texts, looks: Looks
) -> tuple[Piece, ...]:
    """What the line says of one bar; the change is against the close of the bar before."""
    currency = candle.currency
    change = candle.close_units - before.close_units if before is not None else 0
    ink = looks.moving(change)

    def units(value: int) -> str:
        return show.units(value, currency)

    made = [
        Piece("", texts.moment(candle.start, timeframe), looks.dim, 3),
        Piece(texts.open, units(candle.open_units), looks.text, 4),
        Piece(texts.high, units(candle.high_units), looks.text, 4),
        Piece(texts.low, units(candle.low_units), looks.text, 4),
        Piece(texts.close, units(candle.close_units), ink, short=units(candle.close_units)),
    ]
    if before is not None:
        moved, rate = show.change(change, currency), show.rate(change, before.close_units)
        made.append(Piece("", f"{moved} ({rate})", ink, 1, moved))
    made.append(Piece(texts.volume_word, f"{candle.volume:,}", looks.text, 5))
    return tuple(made)


def pieces_of_marks(marks: tuple[Mark, ...], texts: Texts, looks: Looks, *, hidden: bool) -> tuple[Piece, ...]:
    """Own fills in the bar."""
    made = []
    for mark in marks:
        word, told = texts.sides[mark.side], _HIDDEN if hidden else show.shares(mark.quantity)
        colour = looks.up if mark.side.sign > 0 else looks.down
        made.append(Piece(word, f"{told} @ {mark.price}", colour, 2, f"{word[0]}{told} @ {mark.price}"))
    return tuple(made)


def pieces_of_rounds(
    rounds: tuple[Round, ...], currency: Currency, texts: Texts, looks: Looks, *, hidden: bool
) -> tuple[Piece, ...]:
    """What plans sent in the bar."""
    made = []
    for one in rounds:
        told = _HIDDEN if hidden else f"{one.filled:,}/{show.shares(one.quantity)}"
        where = f" @ {show.units(one.units, currency)}" if one.units is not None else ""
        colour = looks.up if one.side.sign > 0 else looks.down
        short = f"◆{one.number} {told}"
        made.append(Piece(texts.plan_round(one.number, one.side), f"{told}{where}", colour, 2, short))
    return tuple(made)


def fitting(pieces: tuple[Piece, ...], width: int, wide: Callable[[str], int], gap: int) -> tuple[Piece, ...]:
    """Those that fit, in their order: shortened or left out by whole ranks, never half a number."""
    kept = pieces
    for rank in (*sorted({piece.rank for piece in pieces} - {0}, reverse=True), 0):
        for tried in (kept, tuple(map(_shortened, kept))):
            if sum([wide(piece.text) + gap for piece in tried]) - gap <= width:
                return tried
        kept = tuple(piece for piece in kept if piece.rank != rank)
    return kept


def _shortened(piece: Piece) -> Piece:
    return replace(piece, word="", value=piece.short) if piece.short else piece


def copied(candle: Candle, timeframe: Timeframe, texts: Texts) -> str:
    """The bar as one line of a table: plain numbers."""
    numbers = (candle.open_units, candle.high_units, candle.low_units, candle.close_units)
    cells = [texts.moment(candle.start, timeframe), *(_plain(units, candle.currency) for units in numbers)]
    return "\t".join((*cells, str(candle.volume)))


def _plain(units: int, currency: Currency) -> str:
    return show.plain(show.units(units, currency))


class Readout(QWidget):
    """One painted line: pieces from the left, a note (not live, reading) at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pieces: tuple[Piece, ...] = ()
        self._note: Piece | None = None
        self._texts = TextCache(small(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_pieces(self, pieces: tuple[Piece, ...], note: Piece | None) -> None:
        if (pieces, note) != (self._pieces, self._note):
            self._pieces, self._note = pieces, note
            self.update()

    @property
    def text(self) -> str:
        """Everything that would be said if there were room."""
        return "  ".join(piece.text for piece in (*self._pieces, *((self._note,) if self._note else ())))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(small(self.font()))
        return QSize(metrics.height() * 8, metrics.height() + metrics.height() // 3)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, texts = QPainter(self), self._texts
        gap = texts.metrics.height() * 2 // 3
        right = self.width() - gap // 2
        if self._note is not None:
            wide = texts.width(self._note.text)
            self._draw(painter, right - wide, wide, self._note)
            right -= wide + gap
        x = gap // 2
        for piece in fitting(self._pieces, right - x, texts.width, gap):
            wide = texts.width(piece.text)
            self._draw(painter, x, wide, piece)
            x += wide + gap

    def _draw(self, painter: QPainter, x: int, wide: int, piece: Piece) -> None:
        painter.setPen(piece.colour)
        self._texts.draw(painter, QRect(x, 0, max(wide, 0) + 1, self.height()), piece.text, Qt.AlignmentFlag.AlignLeft)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_texts"):
            self._texts = TextCache(small(self.font()))
