"""What a person does to a chart beyond moving it: studies, styles, lines of their own, stretches of time, copies."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.chart.compare_dialog import CompareDialog
from hoga.ui.chart.comparing import Comparing
from hoga.ui.chart.note_dialog import NoteDialog
from hoga.ui.chart.source import ChartSource, Stage
from hoga.ui.chart.stretch_dialog import StretchDialog
from hoga.ui.chart.stretches import Stretch, fitting
from hoga.ui.chart.taking import Taking
from hoga.ui.chart.texts import Texts, long_name
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context

if TYPE_CHECKING:  # brings numpy, which comes after the first paint
    from hoga.ui.chart.canvas import Canvas
    from hoga.ui.chart.studies_dialog import StudiesDialog


class ChartTools(QWidget):
    """The part of a chart's pane that holds the tools. Nothing is done before there is a picture."""

    canvas: Canvas | None
    source: ChartSource
    studies: StudiesDialog | None
    _context: Context
    _texts: Texts
    _taking: Taking
    _wanted: Stretch | None
    _lines_of: InstrumentId | None
    _studies_key: str
    _look_key: str
    _rival_key: str
    _comparing: Comparing

    @property
    def timeframe(self) -> Timeframe:
        return self.source.timeframe

    @abstractmethod
    def set_timeframe(self, timeframe: Timeframe) -> None:
        """Show the same instrument in another period."""

    # --- studies and styles -------------------------------------------------------------------------------------------

    def choose_studies(self) -> None:
        """Open the list of studies, or bring it to the front."""
        if self.canvas is None:
            return
        if self.studies is None:
            from hoga.ui.chart.studies_dialog import StudiesDialog

            self.studies = StudiesDialog(self._context, self.canvas.sight.shelf, self)
            self.studies.changed.connect(self._keep_studies)
            self.studies.destroyed.connect(self._forget_dialog)
        self.studies.show()
        self.studies.raise_()
        self.studies.activateWindow()

    def switch_profile(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.shelf.profile = not self.canvas.sight.shelf.profile
            self._keep_studies()
            if self.studies is not None:
                self.studies.show_shelf()

    def draw_horizontal(self) -> None:
        self._take_tool("HORIZONTAL")

    def draw_trend(self) -> None:
        self._take_tool("TREND")

    def draw_box(self) -> None:
        self._take_tool("BOX")

    def draw_note(self) -> None:
        self._take_tool("NOTE")

    def measure(self) -> None:
        self._take_tool("MEASURE")

    def _take_tool(self, name: str) -> None:
        if self.canvas is not None:
            from hoga.ui.chart.pencil import Tool

            self.canvas.take_tool(Tool[name])

    def write_note(self) -> None:
        """Ask for the words of the note that was just put, or of the chosen one."""
        if self.canvas is None:
            return
        note = self.canvas.pencil.note if self.canvas.pencil.noted is None else None
        dialog = NoteDialog(self._context, note.text if note is not None else "", self)
        dialog.written.connect(self._write_note)
        dialog.rejected.connect(self._leave_note)
        dialog.open()

    def _write_note(self, words: str) -> None:
        if self.canvas is not None:
            self.canvas.pencil.write(words)
            self._keep_lines()

    def _leave_note(self) -> None:
        if self.canvas is not None:
            self.canvas.pencil.noted = None

    def delete_line(self) -> None:
        """The line, box or note that was clicked last."""
        if self.canvas is not None and self.canvas.pencil.chosen is not None:
            self.canvas.sight.drawings.remove(self.canvas.pencil.chosen)
            self.canvas.pencil.chosen = None
            self._keep_lines()

    def undo_line(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.drawings.undo()
            self.canvas.pencil.chosen = None
            self._keep_lines()

    def why_no_line(self) -> str:
        chosen = self.canvas is not None and self.canvas.pencil.chosen is not None
        return "" if chosen else self.tr("Nothing drawn is chosen: click on a line, box or note.")

    def why_no_note(self) -> str:
        chosen = self.canvas is not None and self.canvas.pencil.note is not None
        return "" if chosen else self.tr("No note is chosen: click on one.")

    def why_no_undo(self) -> str:
        possible = self.canvas is not None and self.canvas.sight.drawings.can_undo
        return "" if possible else self.tr("Nothing was drawn yet.")

    def _keep_lines(self) -> None:
        """Lines belong to the instrument, whichever chart they were drawn on."""
        if self.canvas is not None and self.source.instrument is not None:
            drawings = self.canvas.sight.drawings
            self._context.state.put(f"chart/lines/{self.source.instrument}", drawings.kept, drawings.version)
            self.canvas.redraw()
        self._context.actions.refresh("chart.delete_line", "chart.undo_line", "chart.edit_note")

    def _read_lines(self) -> None:
        """The lines of the instrument as they were kept, unless they are the ones that are shown."""
        if self.canvas is None or self.source.instrument is None:
            return
        drawings = self.canvas.sight.drawings
        kept = self._context.state.get(f"chart/lines/{self.source.instrument}", drawings.version)
        if self._lines_of != self.source.instrument or (kept or []) != drawings.kept:
            self._lines_of = self.source.instrument
            self.canvas.sight.drawings = type(drawings)(kept)
            self.canvas.pencil.forget()
        self._context.actions.refresh("chart.delete_line", "chart.undo_line", "chart.edit_note")

    def ask_stretch(self) -> None:
        dialog = StretchDialog(self._context, self)
        dialog.wanted.connect(self.show_stretch)
        dialog.open()

    def show_stretch(self, stretch: Stretch) -> None:
        """Show this time, in a longer period where the chosen one would be endless; read further back as needed."""
        timeframe = fitting(self.timeframe, stretch)
        if timeframe is not self.timeframe:
            self.set_timeframe(timeframe)
        self._wanted = stretch
        self._reach()

    def _reach(self) -> None:
        """The bars of the wanted stretch, as far as they are there; once all are, or no more come, that was it."""
        wanted, source = self._wanted, self.source
        if wanted is None or self.canvas is None or not len(source.bars) or source.stage is not Stage.READY:
            return
        starts = [bar.start for bar in source.bars.shown]
        first, last = (bisect_left(starts, moment) for moment in (wanted.start, wanted.end))
        self.canvas.sight.view.look_at(first, max(last, first + 1))
        self.canvas.redraw()
        if first > 0 or source.exhausted or source.trouble is not None:
            self._wanted = None
        elif source.progress is None:
            source.more()

    def copy_picture(self) -> None:
        if self.canvas is not None:
            self._taking.copy_picture(self.canvas, self._title())

    def save_picture(self) -> None:
        if self.canvas is not None:
            self._taking.save_picture(self.canvas, self._title(), self._file_name())

    def save_table(self) -> None:
        if self.canvas is not None:
            first, last = self.canvas.sight.view.visible
            self._taking.save_table(list(self.source.bars.shown[first:last]), self._file_name())

    def _title(self) -> str:
        """What a picture shows: name, code, period, and when it was taken."""
        instrument = self.source.instrument
        if instrument is None:
            return ""
        now = self._texts.moment(self._context.desk.clock.now(), Timeframe.M1)
        return f"{self._context.name(instrument)} {instrument.code} · {long_name(self.timeframe)} · {now}"

    def _file_name(self) -> str:
        instrument = self.source.instrument
        return f"{instrument.code if instrument is not None else ''}-{self.timeframe.code}"

    def next_style(self) -> None:
        """Candles, line, Heikin-Ashi, and round again."""
        if self.canvas is not None:
            styles = list(type(self.canvas.sight.style))
            self.canvas.sight.style = styles[(styles.index(self.canvas.sight.style) + 1) % len(styles)]
            self._keep_look()

    def switch_log(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.view.log = not self.canvas.sight.view.log
            self._keep_look()

    def switch_raw(self) -> None:
        """Read everything anew, adjusted or as it was paid."""
        if self.canvas is not None:
            self.canvas.sight.raw = not self.canvas.sight.raw
            self._keep_look()
            self.source.adjust(not self.canvas.sight.raw)

    def ask_rival(self) -> None:
        dialog = CompareDialog(self._context, self._comparing.instrument, self)
        dialog.wanted.connect(self.compare_with)
        dialog.open()

    def compare_with(self, instrument: InstrumentId | None) -> None:
        """Show both in per cent; None: this one alone, in prices."""
        self._context.state.put(self._rival_key, str(instrument) if instrument is not None else None)
        self._comparing.choose(instrument)
        self._show_rival()

    def _show_rival(self) -> None:
        if self.canvas is not None:
            self.canvas.sight.rival = self._comparing.rival
            self.canvas.redraw()

    def _keep_look(self) -> None:
        if self.canvas is not None:
            sight = self.canvas.sight
            look = {"style": sight.style.value, "log": sight.view.log, "raw": sight.raw}
            self._context.state.put(self._look_key, look)
            self.canvas.redraw()

    def _keep_studies(self) -> None:
        if self.canvas is not None:
            self._context.state.put(self._studies_key, self.canvas.sight.shelf.kept)
            self.canvas.sight.make_room()
            self.canvas.redraw()

    def _forget_dialog(self) -> None:
        self.studies = None
