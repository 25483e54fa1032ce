"""The chart as the window mounts it: periods, the values of a bar, the picture, and what stands in its place."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from hoga.base.tasks import Busy
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle
from hoga.domain.values import Price
from hoga.ui.chart import commands
from hoga.ui.chart.bar import ChartBar, TroubleStrip
from hoga.ui.chart.comparing import Comparing
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.marks import average_of, last_price, marks_of
from hoga.ui.chart.plan_marks import Round, rounds_of
from hoga.ui.chart.readout import Piece, Readout, copied, pieces_of, pieces_of_marks, pieces_of_rounds
from hoga.ui.chart.source import ChartSource, Stage
from hoga.ui.chart.stretches import Stretch
from hoga.ui.chart.taking import Taking
from hoga.ui.chart.texts import Texts, long_name
from hoga.ui.chart.ticks import ticks_of
from hoga.ui.chart.timeframe import Timeframe, day_of
from hoga.ui.chart.tools import ChartTools
from hoga.ui.chart.waiting import Waiting
from hoga.ui.context import Context
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.order.ladder.chips import Chip, chips_of
from hoga.ui.tables.paced import Paced

if TYPE_CHECKING:  # brings numpy, which comes after the first paint
    from hoga.ui.chart.canvas import Canvas
    from hoga.ui.chart.studies_dialog import StudiesDialog

_CANVAS = "hoga.ui.chart.canvas"


class ChartPane(ChartTools):
    """The live chart of the selected instrument. ``mini``: a small one beside the ticket, with a period of its own.

    The widget property ``busy`` is True while something is still being read.
    """

    def __init__(self, context: Context, *, mini: bool = False) -> None:
        super().__init__()
        self._context = context
        self._mini = mini
        self._key = "chart/mini" if mini else "chart/period"
        self._studies_key = "chart/mini studies" if mini else "chart/studies"
        self._look_key = "chart/mini look" if mini else "chart/look"
        self._rival_key = "chart/mini compare" if mini else "chart/compare"
        self._wanted: Stretch | None = None
        self._taking = Taking(context, self)
        self._lines_of: InstrumentId | None = None
        self.studies: StudiesDialog | None = None
        kept = context.state.get(self._key)
        timeframe = (Timeframe.of(kept) if isinstance(kept, str) else None) or Timeframe.M1
        self.canvas: Canvas | None = None
        self.source = ChartSource(context, timeframe, self)
        self._comparing = Comparing(context, self.source, self)
        look = context.state.get(self._look_key)
        self.source.adjusted = not (isinstance(look, dict) and look.get("raw") is True)
        self._looks = Looks(context.tokens, context.up_down)
        self._texts = Texts(context.language)
        self._build(timeframe)
        self._account = Paced(self, self._on_account)
        self._fill = QTimer(self)
        self._fill.setSingleShot(True)
        self._fill.timeout.connect(self._fill_view)
        self._onward = QTimer(self)
        self._onward.setSingleShot(True)
        self._onward.timeout.connect(self._reach)
        self._connect()
        self._retranslate()
        self.source.choose(context.instrument, timeframe)
        self._comparing.choose(read_instrument(context.state.get(self._rival_key)))
        self._show_stage()

    def _build(self, timeframe: Timeframe) -> None:
        context = self._context
        self._bar = ChartBar(context, self, mini=self._mini)
        self.readout = Readout(self)
        self._stack = QStackedWidget(self)
        self.waiting = Waiting(context, self._stack)
        self._stack.addWidget(self.waiting)
        self._strip = TroubleStrip(context, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        if self._mini:
            self._bar.layout_.addWidget(self.readout, 1)
        else:
            self._bar.layout_.addStretch(1)
            layout.addWidget(self.readout)
        self._bar.finish()
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._strip)
        commands.register(context.actions, self, self, self._stack)
        self._bar.bind()
        self._bar.choose(timeframe)
        for button in (self.waiting.button, self._strip.button):
            context.actions.bind(button, "chart.reload", show_text=False)

    def _connect(self) -> None:
        context = self._context
        self.source.restarted.connect(self._on_restarted)
        self.source.changed.connect(self._on_changed)
        self.source.stage_changed.connect(self._show_stage)
        self._comparing.changed.connect(self._show_rival)
        self.waiting.painted.connect(self._fetch_parts)
        self._bar.menu_wanted.connect(self._menu_at_button)
        context.selected.connect(self._on_selected)
        context.chart_turn.connect(self._on_frame)
        context.orders_changed.connect(self._account.ask)
        context.portfolio_changed.connect(self._account.ask)
        context.instruments_changed.connect(self._on_instruments)
        context.amounts_hidden.connect(self._show_account)
        context.look_changed.connect(self._dress)
        context.language_changed.connect(self._retranslate)

    # --- what the person does (commands.Hands) ------------------------------------------------------------------------

    def set_timeframe(self, timeframe: Timeframe) -> None:
        self._context.state.put(self._key, timeframe.code)
        self._bar.choose(timeframe)
        self.source.choose(self.source.instrument, timeframe)

    def pan_by(self, parts: float) -> None:
        """By parts of the window, to the right."""
        if self.canvas is not None:
            self.canvas.pan(parts * self.canvas.sight.view.span)

    def zoom_by(self, factor: float) -> None:
        if self.canvas is not None:
            self.canvas.zoom(factor)

    def stretch_by(self, factor: float) -> None:
        if self.canvas is not None:
            self.canvas.stretch(factor)

    def to_oldest(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.view.to_oldest()
            self.canvas.after_move()

    def to_newest(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.view.to_newest()
            self.canvas.after_move()

    def recentre(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.view.recentre()
            self.canvas.after_move()

    def step(self, bars: int) -> None:
        if self.canvas is not None:
            self.canvas.step(bars)

    def pick(self) -> None:
        """The price under the crosshair, or where it stands on no price, its bar's close."""
        units = self._pickable()
        if units is not None and self.source.instrument is not None:
            self._context.pick_price(Price(units, self.source.bars[-1].currency), self.source.instrument)

    def copy(self) -> None:
        shown = self._shown_bar()
        if shown is not None:
            QGuiApplication.clipboard().setText(copied(shown[1], self.timeframe, self._texts))

    def retry(self) -> None:
        self.source.retry()

    def why_no_bars(self) -> str:
        return "" if len(self.source.bars) else self.tr("There are no candles yet.")

    def why_no_pick(self) -> str:
        return self.why_no_bars()

    # --- what happened ----------------------------------------------------------------------------------------------

    def _on_selected(self, instrument: InstrumentId) -> None:
        self._wanted = None
        self.source.choose(instrument, self.timeframe)

    def _on_restarted(self) -> None:
        self._show_name()
        if self.canvas is not None:
            self.canvas.sight.begin(self.source.bars)
            self._read_lines()
            self._set_ticks()
            self.canvas.redraw()

    def _on_changed(self, first: int, prepended: int) -> None:
        canvas = self.canvas
        if canvas is None:
            return
        grown = len(self.source.bars) != canvas.sight.view.total
        canvas.sight.sync(first, prepended)
        if grown:
            self._show_account()
        if self.isVisible():
            self._show_last()
            self._show_values()
            canvas.redraw()

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self.source.instrument in dirty and self.isVisible():
            self._show_last()

    def _on_account(self) -> None:
        """A fill is marked with the frame that tells of it: its trade may have been heard and not yet drawn."""
        self.source.catch_up()
        self._show_account()

    def _on_instruments(self) -> None:
        self._set_ticks()
        self._show_name()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _fetch_parts(self) -> None:
        """Once something is on the screen: load numpy, beside the loop where there is one."""
        name = f"parts of chart {id(self):x}"
        if _CANVAS in sys.modules or not _loop_runs():
            self._make_canvas()
        else:
            self._context.tasks.start(name, self._fetch_beside(), busy=Busy.DROP)

    async def _fetch_beside(self) -> None:
        await asyncio.to_thread(import_module, _CANVAS)
        if not self.source.closed:
            self._make_canvas()

    def _make_canvas(self) -> None:
        if self.canvas is not None:
            return
        from hoga.ui.chart.canvas import Canvas
        from hoga.ui.chart.sight import Sight
        from hoga.ui.chart.studies.shelf import Shelf

        context = self._context
        self.canvas = canvas = Canvas(Sight(self.timeframe), self._looks, self._texts, self._stack)
        canvas.sight.shelf = Shelf(context.state.get(self._studies_key))
        canvas.sight.wear(context.state.get(self._look_key))
        self._stack.addWidget(canvas)
        canvas.moved.connect(self._on_moved)
        canvas.pointed.connect(self._show_values)
        canvas.picked.connect(self._on_picked)
        canvas.grabbed.connect(self._set_ticks)
        canvas.acted.connect(context.act_on_chip)
        canvas.drawn.connect(self._keep_lines)
        canvas.noting.connect(self.write_note)
        canvas.sight.begin(self.source.bars)
        self._read_lines()
        self._set_ticks()
        self._show_rival()
        self._show_name()
        self._show_account()
        self._show_stage()

    def _on_moved(self) -> None:
        self._wanted = None  # the person looks elsewhere now
        self._show_values()
        if self.canvas is not None and self.canvas.sight.view.near_oldest:
            self.source.more()

    def _fill_view(self) -> None:
        """A wide chart wants more bars than were read at first."""
        if self.canvas is not None and self.canvas.sight.view.unfilled:
            self.source.more()

    def _on_picked(self, at: QPoint) -> None:
        units = self.canvas.units_at(at) if self.canvas is not None else None
        if units is not None and self.source.instrument is not None:
            self._context.pick_price(Price(units, self.source.bars[-1].currency), self.source.instrument)

    def _show_stage(self) -> None:
        """Picture or what stands in its place, the strip of trouble, and whether anything is still coming."""
        source, bars = self.source, len(self.source.bars)
        reading = source.stage is Stage.OPENING or source.progress is not None
        self.setProperty("busy", reading or (self.canvas is None and source.instrument is not None))
        if self.canvas is not None and bars and source.stage is Stage.READY:
            self._stack.setCurrentWidget(self.canvas)
        else:
            self._stack.setCurrentWidget(self.waiting)
            self._say_waiting()
        if source.stage is Stage.READY and source.progress is None and bars:
            self._fill.start(0)
            if self._wanted is not None:
                self._onward.start(0)
        trouble = source.trouble if bars else None
        self._strip.say(self._context.worded(trouble) if trouble is not None else "")
        self._context.actions.refresh(*commands.NEEDS_BARS)
        self._show_last()
        self._show_values()

    def _say_waiting(self) -> None:
        source, waiting = self.source, self.waiting
        if source.stage is Stage.NOTHING:
            waiting.say(self.tr("Choose an instrument: Ctrl+K"), bones=False)
        elif source.stage is Stage.FAILED and source.trouble is not None:
            waiting.say(self._context.worded(source.trouble), bones=False, button=True)
        elif source.stage is Stage.READY and not len(source.bars) and source.progress is None:
            words = self.tr("No trades yet: {period}. A longer period may show older ones.")
            waiting.say(words.format(period=long_name(source.timeframe)), bones=False, button=True)
        else:
            waiting.say(self.tr("Reading candles …"), bones=True)

    def _show_account(self) -> None:
        """Own fills and what the holding cost."""
        if self.canvas is None:
            return
        sight, source = self.canvas.sight, self.source
        sight.marks = marks_of(self._context.desk.fills(), source.instrument, source.bars)
        sight.rounds = self._rounds()
        sight.average = average_of(self._context.desk.portfolio(), source.instrument)
        sight.orders = self._orders()
        sight.hidden = self._context.hidden
        self._show_values()
        self.canvas.redraw()

    def _rounds(self) -> tuple[Round, ...]:
        """What today's plans sent of the instrument."""
        plans, instrument = self._context.plans, self.source.instrument
        if plans is None or instrument is None:
            return ()
        from hoga.plans.marks import marks

        return rounds_of(marks(plans, instrument, day_of(self._context.desk.clock.now())), self.source.bars)

    def _orders(self) -> tuple[Chip, ...]:
        """Working orders as the ladder has them."""
        instrument = self.source.instrument
        return chips_of(self._context.desk.orders(), instrument) if instrument is not None else ()

    def _show_last(self) -> None:
        if self.canvas is None:
            return
        source = self.source
        last = last_price(self._context.desk.board, source.instrument, source.bars, stale=not source.live)
        if last != self.canvas.sight.last:
            self.canvas.sight.last = last
            self.canvas.redraw()

    def _show_values(self) -> None:
        shown = self._shown_bar()
        pieces: tuple[Piece, ...] = ()
        if shown is not None and self.source.stage is Stage.READY:
            index, candle, before = shown
            pieces = pieces_of(candle, before, self.timeframe, self._texts, self._looks)
            if self.canvas is not None:
                marks = tuple(mark for mark in self.canvas.sight.marks if mark.index == index)
                pieces += pieces_of_marks(marks, self._texts, self._looks, hidden=self._context.hidden)
                rounds = tuple(one for one in self.canvas.sight.rounds if one.index == index)
                pieces += pieces_of_rounds(
                    rounds, candle.currency, self._texts, self._looks, hidden=self._context.hidden
                )
        self.readout.show_pieces(pieces, self._note())

    def _note(self) -> Piece | None:
        """At the right of the line: what is still coming, or that nothing comes."""
        if self.source.stage is Stage.READY and self.source.progress is not None:
            got, wanted = self.source.progress
            return Piece(self.tr("Reading"), f"{got}/{wanted}", self._looks.dim)
        if self.source.stage is Stage.READY and not self.source.live:
            return Piece("○", self._texts.stale, self._looks.stale)
        return None

    def _shown_bar(self) -> tuple[int, Candle, Candle | None] | None:
        """The bar under the crosshair, or the newest one, with its index and the bar before it."""
        bars = self.source.bars
        if not len(bars):
            return None
        cross = self.canvas.sight.cross if self.canvas is not None else None
        index = min(cross.index, len(bars) - 1) if cross is not None else len(bars) - 1
        return index, bars[index], bars[index - 1] if index else None

    def _pickable(self) -> int | None:
        shown = self._shown_bar()
        if shown is None or self.canvas is None:
            return None
        units = self.canvas.picture.cross_units()
        return units if units is not None else self.canvas.sight.ticks.nearest(shown[1].close_units)

    def _set_ticks(self) -> None:
        if self.canvas is not None:
            sight = self.canvas.sight
            sight.ticks = ticks_of(self._context, self.source.instrument)

    # --- how it looks -----------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self._looks = Looks(self._context.tokens, self._context.up_down)
        self._texts = Texts(self._context.language)
        self._bar.fit()
        self._strip.dress()
        self.waiting.update()
        if self.canvas is not None:
            self.canvas.dress(self._looks, self._texts)
        self._show_values()

    def _retranslate(self) -> None:
        self._bar.retranslate()
        for button in (self.waiting.button, self._strip.button):
            button.setText(self.tr("Try again"))
        self.readout.setAccessibleName(self.tr("Values of the candle"))
        self._dress()
        self._show_name()
        self._show_stage()

    def _show_name(self) -> None:
        instrument = self.source.instrument
        name = self._context.name(instrument) if instrument is not None else ""
        self.setAccessibleName(self.tr("Chart of {name}").format(name=name))
        if self.canvas is not None:
            self.canvas.setAccessibleName(self.accessibleName())

    def _menu_at_button(self) -> None:
        self._open_menu(self._bar.more.mapToGlobal(self._bar.more.rect().bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())
        event.accept()

    def _open_menu(self, at: QPoint) -> None:
        commands.menu(self._context.actions, self, self._stack, self.timeframe).popup(at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.source.seen = True
        self._comparing.see(True)
        self.source.catch_up()
        self._read_lines()
        self._show_last()
        self._show_account()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.source.seen = False
        self._comparing.see(False)


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
