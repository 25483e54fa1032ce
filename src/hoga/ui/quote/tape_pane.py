"""The tape with its controls: what is shown by size, what stands out, pause, and how much waits or was missed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from hoga.base.message import Language
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Trade
from hoga.trading.market_board import TradeFeed
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import grid, small
from hoga.ui.quote.flow import Flow
from hoga.ui.quote.selected import Freshness
from hoga.ui.quote.tape import ANY, MOST, Gap, Measure, Size, Tape
from hoga.ui.quote.tape_view import TapeView

_MAN, _EOK = 10_000, 100_000_000
FILTERS = (
    ANY,
    *(Size(Measure.SHARES, least) for least in (10, 100, 1_000, 10_000)),
    *(Size(Measure.UNITS, least) for least in (100 * _MAN, 1_000 * _MAN, _EOK)),
)
BIG = (
    *(Size(Measure.UNITS, least) for least in (1_000 * _MAN, 5_000 * _MAN, _EOK, 5 * _EOK, 10 * _EOK)),
    *(Size(Measure.SHARES, least) for least in (1_000, 10_000, 100_000)),
)
_USUAL_BIG = Size(Measure.UNITS, _EOK)
STATE = "quote/tape"


class _Feed:
    """Held apart from the QObject, so that it can be closed after that is gone."""

    def __init__(self) -> None:
        self.open: TradeFeed | None = None

    def close(self, *_: object) -> None:
        if self.open is not None:
            self.open.close()
            self.open = None


class TapePane(QWidget):
    """Owns the feed of the instrument it is told, and counts the strength of execution over every trade of it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tape = Tape()
        self.flow = Flow()
        self.view = TapeView(context, self.tape, self)
        self._feed = _Feed()
        self._missed = 0
        self.destroyed.connect(self._feed.close)
        self.title = QLabel(self)
        self.counter = QLabel(self)
        self.filter_box = QComboBox(self)
        self.big_box = QComboBox(self)
        self.pause_button = QToolButton(self)
        self.pause_button.setCheckable(True)
        self.pause_button.setAutoRaise(True)
        self._lay_out()
        self._add_actions()
        self._restore()
        self.filter_box.activated.connect(self._filter_chosen)
        self.big_box.activated.connect(self._big_chosen)
        self.view.moved.connect(self._count)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self._space)
        self.retranslate()

    def _lay_out(self) -> None:
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.title)
        self._bar.addWidget(self.counter, 1)
        self._bar.addWidget(self.filter_box)
        self._bar.addWidget(self.big_box)
        self._bar.addWidget(self.pause_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.view, 1)
        self.counter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for box in (self.filter_box, self.big_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._space()

    def _space(self) -> None:
        unit = grid(self)
        self._bar.setContentsMargins(unit * 2, unit // 2, unit, unit // 2)
        self._bar.setSpacing(unit)
        for part in (self.title, self.counter, self.filter_box, self.big_box, self.pause_button):
            font = small(self.font())
            if part.font() != font:
                part.setFont(font)

    def _add_actions(self) -> None:
        self._context.actions.add(
            "tape.pause",
            lambda: self.tr("Go on") if self.tape.paused else self.tr("Pause"),
            self.toggle_pause,
            shortcut="Ctrl+P",
            tooltip=lambda: self.tr("Holds the tape still; what comes meanwhile waits and nothing is lost"),
            where=self,
        )
        self._context.actions.bind(self.pause_button, "tape.pause")

    def retranslate(self) -> None:
        self.title.setText(self.tr("Trades"))
        self._fill(self.filter_box, FILTERS, self.tape.filter)
        self._fill(self.big_box, BIG, self.view.big or _USUAL_BIG, mark="★ ")
        self.filter_box.setAccessibleName(self.tr("Show trades of at least"))
        self.filter_box.setToolTip(self.tr("Show only trades of at least this size"))
        self.big_box.setAccessibleName(self.tr("Big trades"))
        self.big_box.setToolTip(self.tr("Trades of at least this size stand out"))
        self._context.actions.refresh("tape.pause")
        self._count()

    def _fill(self, box: QComboBox, sizes: tuple[Size, ...], chosen: Size, mark: str = "") -> None:
        box.clear()
        for size in sizes:
            box.addItem(mark + self.size_words(size), size)
        box.setCurrentIndex(sizes.index(chosen) if chosen in sizes else 0)

    def size_words(self, size: Size) -> str:
        if size == ANY:
            return self.tr("All sizes")
        if size.measure is Measure.SHARES:
            return self.tr("{n}+ sh").format(n=f"{size.least:,}")
        korean = self._context.language is Language.KO
        if korean and size.least % _EOK == 0:
            return f"{size.least // _EOK:,}억+"
        return f"{fmt.big_won(size.least, self._context.language)}+".replace(".0M", "M")

    # --- what is told -----------------------------------------------------------------------------------------------

    def follow(self, instrument: InstrumentId) -> None:
        """Begin anew with another instrument: every trade from now on."""
        self._feed.close()
        self._feed.open = self._context.desk.board.feed(instrument, MOST)
        self._missed = 0
        self.flow = Flow()
        self.tape.clear()
        self._context.actions.refresh("tape.pause")
        self.pause_button.setChecked(False)
        self.view.update_all()
        self._count()

    def take(self) -> bool:
        """Fetch what came; True if anything did. Cheap: the view paints only when it is visible."""
        feed = self._feed.open
        if feed is None:
            return False
        trades: tuple[Trade, ...] = feed.take()
        if feed.dropped != self._missed:
            self.tape.dropped += feed.dropped - self._missed
            self._missed = feed.dropped
        if not trades:
            return False
        self.flow = self.flow.plus(trades)
        self.tape.add(trades)
        return True

    def show_new(self) -> None:
        """Paint what ``take`` fetched."""
        self.view.refresh()
        self._count()

    def gap(self, gap: Gap) -> None:
        """The stream is back; say where trades are missing."""
        self.tape.add((gap,))
        self.show_new()

    def show_freshness(self, freshness: Freshness) -> None:
        stale = freshness is Freshness.STALE
        if stale != self.view.stale:
            self.view.stale = stale
            self.view.viewport().update()

    def _count(self) -> None:
        """What waits, what lies above, what was missed: in that order of urgency."""
        parts = []
        if self.tape.paused:
            parts.append(self.tr("paused, {n} waiting").format(n=f"{self.tape.waiting:,}"))
        elif not self.view.at_top:
            parts.append(self.tr("{n} newer above").format(n=f"{self.view.verticalScrollBar().value():,}"))
        if self.tape.dropped:
            parts.append(self.tr("{n} missed").format(n=f"{self.tape.dropped:,}"))
        text = " · ".join(parts)
        if text != self.counter.text():
            self.counter.setText(text)
            self.counter.setToolTip(text)

    # --- what a person does -----------------------------------------------------------------------------------------

    def toggle_pause(self) -> None:
        self.tape.pause(not self.tape.paused)
        self.pause_button.setChecked(self.tape.paused)
        self._context.actions.refresh("tape.pause")
        self.show_new()

    def _filter_chosen(self, index: int) -> None:
        self.set_filter(FILTERS[index])

    def set_filter(self, size: Size) -> None:
        self.tape.set_filter(size)
        self.view.to_top()
        self.view.update_all()
        self._count()
        self._keep()

    def _big_chosen(self, index: int) -> None:
        self.view.big = BIG[index]
        self.view.viewport().update()
        self._keep()

    # --- what stays -------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        big = self.view.big or _USUAL_BIG
        value = {"filter": _plain(self.tape.filter), "big": _plain(big)}
        self._context.state.put(STATE, value)

    def _restore(self) -> None:
        kept = self._context.state.get(STATE)
        found = kept if isinstance(kept, dict) else {}
        self.tape.set_filter(_one_of(FILTERS, found.get("filter"), ANY))
        self.view.big = _one_of(BIG, found.get("big"), _USUAL_BIG)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._space()


def _plain(size: Size) -> list[object]:
    return [size.measure.value, size.least]


def _one_of(sizes: tuple[Size, ...], kept: object, usual: Size) -> Size:
    return next((size for size in sizes if _plain(size) == kept), usual)
