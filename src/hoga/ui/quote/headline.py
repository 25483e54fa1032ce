"""The line above everything: which instrument, what the market says of it, its price now, and how true that is."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from hoga.domain.instruments import Flags, InstrumentId
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.format import Direction
from hoga.ui.header.parts import look_of
from hoga.ui.painting import draw_text, moving_colour
from hoga.ui.quote.facts import NO_FLAGS, Facts
from hoga.ui.quote.pane import LEFT, RIGHT, Pane, copy_menu, draw_clock, draw_pill
from hoga.ui.quote.selected import POLL_EVERY, Freshness
from hoga.ui.quote.words import flag_words, product_word
from hoga.ui.theme.tokens import REPLAY


class HeadLook(Struct, frozen=True):
    """What is painted, as texts; compared to know whether to paint again."""

    name: str = ""
    code: str = ""
    listed: str = ""
    price: str = fmt.DASH
    change: str = ""
    direction: Direction = Direction.FLAT
    flags: Flags = NO_FLAGS
    freshness: Freshness = Freshness.NONE
    note: str = ""


class HeadLine(Pane):
    """Paints itself; the page tells it facts and freshness."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look = HeadLook()
        self._sentence = ""

    def sizeHint(self) -> QSize:
        return QSize(self.unit * 150, self.large.metrics.height() + 3 * self.unit)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.unit * 60, self.sizeHint().height())

    # --- what is told -----------------------------------------------------------------------------------------------

    def show_facts(self, instrument: InstrumentId, facts: Facts) -> None:
        """Take over name, price and flags."""
        known = facts.instrument
        listed = f"{known.market.value} · {product_word(known.product)}" if known else ""
        price = fmt.DASH if facts.last is None else fmt.units(facts.last, facts.currency)
        self._set(
            replace(
                self.look,
                name=self.context.name(instrument),
                code=instrument.code,
                listed=listed,
                price=price,
                change=change_text(facts),
                direction=facts.direction,
                flags=facts.flags,
            )
        )

    def show_freshness(self, freshness: Freshness, *, streaming: bool, age: float | None) -> None:
        note = self._note(freshness, streaming, age)
        self._set(replace(self.look, freshness=freshness, note=note))

    def _note(self, freshness: Freshness, streaming: bool, age: float | None) -> str:
        if freshness is Freshness.LIVE and look_of(self.context.desk) is REPLAY:
            self._sentence = self.tr("A recording is played: this is what the market sent then.")
            return self.tr("replay")
        if freshness is Freshness.LIVE:
            self._sentence = self.tr("Prices stream: what you see is what the market sent last.")
            return self.tr("live")
        if freshness is Freshness.NONE:
            self._sentence = self.tr("No price has been received yet.")
            return self.tr("waiting")
        if freshness is Freshness.POLLED and streaming:
            self._sentence = self.tr("Read just now; the first streamed price has not come yet.")
            return self.tr("just read")
        if freshness is Freshness.POLLED:
            self._sentence = self.tr(
                "Not streamed: the stream is down or the broker's registrations are used up. Read every {n} seconds."
            ).format(n=POLL_EVERY)
            return self.tr("polled")
        self._sentence = self.tr("The price is old and nothing newer came. Do not trade on it.")
        old = fmt.age(max(age or 0.0, 0.0), self.context.language)
        return self.tr("old: {age}").format(age=old)

    def _set(self, look: HeadLook) -> None:
        if look != self.look:
            self.look = look
            self.update()

    def tell_accessible(self) -> None:
        """Put the line into words for screen readers; called now and then, not on every price."""
        look = self.look
        flags = ", ".join(word for word, _ in flag_words(look.flags))
        parts = (look.name, look.code, look.listed, look.price, look.change, flags, look.note)
        self.setAccessibleName(" ".join(filter(None, parts)))
        self.setAccessibleDescription(self._sentence)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, look, unit = self.context.tokens, self.look, self.unit
        painter.fillRect(event.rect(), QColor(tokens.ground))
        if not look.code:
            return
        badges = [word for word, _ in flag_words(look.flags)]
        badge_width = sum(self.tiny.width(word) + unit * 3 for word in badges)
        left, right = unit * 2, self.width() - unit * 2
        room = right - left - self._figures_width(look.change) - badge_width - unit * 7
        change = look.change
        if room < self._note_width("") + unit * 12:
            change = change.partition(" ")[0]
            room = right - left - self._figures_width(change) - badge_width - unit * 7
        # Too narrow: that all is well is said by its sign alone; that something is not keeps its words.
        name = self.large.width(look.name) + self.plain.width(look.code) + unit * 4
        sign = look.freshness is Freshness.LIVE and name > room - self._note_width(look.note)
        note = "" if sign else look.note
        self._paint_note(painter, right, note)
        left = self._paint_names(painter, left, max(room - self._note_width(note), unit * 12))
        left = self._paint_badges(painter, left, badges) + unit * 3
        self._paint_figures(painter, left, change)

    def _paint_names(self, painter: QPainter, left: int, room: int) -> int:
        """Name, code and market; the market gives way first, then the code, then the name's size and its end."""
        tokens, look, unit = self.context.tokens, self.look, self.unit
        code = self.plain.width(look.code) if look.code != look.name else 0
        listed = self.tiny.width(look.listed) if look.listed else 0
        name = self.large.width(look.name)
        if name + code + listed + unit * 4 > room:
            listed = 0
        if name + code + unit * 2 > room:
            code = 0
        face = self.large if name <= room else self.strong
        # Laid out, a text may be a pixel wider than it was measured.
        name = min(face.width(look.name) + 2, max(room, unit * 8))
        painter.setFont(face.font)
        painter.setPen(QColor(tokens.text))
        draw_text(painter, QRect(left, 0, name, self.height()), look.name, LEFT)
        left += name + unit * 2
        painter.setPen(QColor(tokens.dim))
        if code:
            self.plain.draw(painter, QRect(left, 0, code, self.height()), look.code, LEFT)
            left += code + unit * 2
        if listed:
            self.tiny.draw(painter, QRect(left, 0, listed, self.height()), look.listed, LEFT)
            left += listed + unit * 2
        return left

    def _paint_badges(self, painter: QPainter, left: int, words: list[str]) -> int:
        tokens, unit = self.context.tokens, self.unit
        height = self.tiny.metrics.height() + unit
        for word in words:
            area = QRect(left, (self.height() - height) // 2, self.tiny.width(word) + unit * 2, height)
            draw_pill(painter, area, QColor(tokens.warn_ground), QColor(tokens.warn))
            painter.setPen(QColor(tokens.warn))
            self.tiny.draw(painter, area.adjusted(unit, 0, -unit, 0), word, LEFT)
            left = area.right() + unit
        return left

    def _figures_width(self, change: str) -> int:
        return self.large.width(self.look.price) + self.unit * 2 + self.strong.width(change)

    def _paint_figures(self, painter: QPainter, left: int, change: str) -> None:
        tokens, look = self.context.tokens, self.look
        stale = look.freshness in (Freshness.STALE, Freshness.NONE)
        painter.setPen(QColor(tokens.stale) if stale else moving_colour(look.direction, tokens))
        price = self.large.width(look.price)
        self.large.draw(painter, QRect(left, 0, price, self.height()), look.price, LEFT)
        rest = QRect(left + price + self.unit * 2, 0, self.strong.width(change), self.height())
        self.strong.draw(painter, rest, change, LEFT)

    def _note_width(self, note: str) -> int:
        return self.tiny.width(note) + self.unit + self.tiny.metrics.height() * 3 // 4

    def _paint_note(self, painter: QPainter, right: int, note: str) -> None:
        """How true it is, at the right edge with its sign."""
        tokens, look, unit = self.context.tokens, self.look, self.unit
        width = self.tiny.width(note)
        sign = self.tiny.metrics.height() * 3 // 4
        colour = {Freshness.LIVE: tokens.good, Freshness.POLLED: tokens.warn}.get(look.freshness, tokens.stale)
        painter.setPen(QColor(colour))
        self.tiny.draw(painter, QRect(right - width, 0, width, self.height()), note, RIGHT)
        area = QRect(right - width - unit - sign, (self.height() - sign) // 2, sign, sign)
        if look.freshness is Freshness.LIVE:
            dot = sign // 3
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(area.center(), dot, dot)
            painter.restore()
        else:
            draw_clock(painter, area)

    # --- asking -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(), self)
            return True
        return super().event(event)

    def tip(self) -> str:
        """What the flags and the freshness mean."""
        return "\n".join((*(f"{word}: {meaning}" for word, meaning in flag_words(self.look.flags)), self._sentence))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        look = self.look
        entries = (
            (self.tr("Copy price"), fmt.plain(look.price)),
            (self.tr("Copy code"), look.code),
            (self.tr("Copy name"), look.name),
        )
        copy_menu(self, entries, event.globalPos())


def change_text(facts: Facts) -> str:
    """``▲800 (+1.13%)``; a dash where there is no previous close to compare with, nothing without a price."""
    if facts.last is None:
        return ""
    if facts.change is None or facts.base is None:
        return fmt.DASH
    size = fmt.units(abs(facts.change), facts.currency)
    return f"{facts.direction.value}{size} ({fmt.rate(facts.change, facts.base)})"
