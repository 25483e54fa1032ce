"""Everything that can be done on a chart, as registered actions with keys, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol
from weakref import ref

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from hoga.ui.actions import Actions
from hoga.ui.chart.texts import QT_TRANSLATE_NOOP, long_name
from hoga.ui.chart.timeframe import Timeframe


class Hands(Protocol):
    """What a chart can be told to do."""

    def set_timeframe(self, timeframe: Timeframe) -> None: ...
    def pan_by(self, parts: float) -> None: ...
    def zoom_by(self, factor: float) -> None: ...
    def stretch_by(self, factor: float) -> None: ...
    def to_oldest(self) -> None: ...
    def to_newest(self) -> None: ...
    def recentre(self) -> None: ...
    def step(self, bars: int) -> None: ...
    def pick(self) -> None: ...
    def copy(self) -> None: ...
    def retry(self) -> None: ...
    def choose_studies(self) -> None: ...
    def switch_profile(self) -> None: ...
    def draw_horizontal(self) -> None: ...
    def draw_trend(self) -> None: ...
    def draw_box(self) -> None: ...
    def draw_note(self) -> None: ...
    def write_note(self) -> None: ...
    def measure(self) -> None: ...
    def delete_line(self) -> None: ...
    def undo_line(self) -> None: ...
    def why_no_line(self) -> str: ...
    def why_no_undo(self) -> str: ...
    def why_no_note(self) -> str: ...
    def ask_stretch(self) -> None: ...
    def copy_picture(self) -> None: ...
    def save_picture(self) -> None: ...
    def save_table(self) -> None: ...
    def next_style(self) -> None: ...
    def switch_log(self) -> None: ...
    def switch_raw(self) -> None: ...
    def ask_rival(self) -> None: ...
    def why_no_bars(self) -> str: ...
    def why_no_pick(self) -> str: ...


def timeframe_id(timeframe: Timeframe) -> str:
    return f"chart.period.{timeframe.code}"


class Command(Struct, frozen=True):
    """Words and keys of one action. ``why`` is asked while it may not be possible."""

    id: str
    text: str
    tooltip: str
    keys: tuple[str, ...]
    does: Callable[[Hands], None]
    why: Callable[[Hands], str] = lambda hands: hands.why_no_bars()


_STAGE = (
    Command(
        "chart.left",
        QT_TRANSLATE_NOOP("ChartCommands", "Chart: move left"),
        QT_TRANSLATE_NOOP("ChartCommands", "Older candles. Dragging does the same."),
        ("Left",),
        lambda hands: hands.pan_by(-0.1),
    ),
    Command(
        "chart.right",
        QT_TRANSLATE_NOOP("ChartCommands", "Chart: move right"),
        QT_TRANSLATE_NOOP("ChartCommands", "Newer candles. Dragging does the same."),
        ("Right",),
        lambda hands: hands.pan_by(0.1),
    ),
    Command(
        "chart.zoom_in",
        QT_TRANSLATE_NOOP("ChartCommands", "Zoom in"),
        QT_TRANSLATE_NOOP("ChartCommands", "Fewer, wider candles. The wheel does the same at the pointer."),
        ("+", "="),
        lambda hands: hands.zoom_by(0.8),
    ),
    Command(
        "chart.zoom_out",
        QT_TRANSLATE_NOOP("ChartCommands", "Zoom out"),
        QT_TRANSLATE_NOOP("ChartCommands", "More, narrower candles. The wheel does the same at the pointer."),
        ("-",),
        lambda hands: hands.zoom_by(1.25),
    ),
    Command(
        "chart.taller",
        QT_TRANSLATE_NOOP("ChartCommands", "Stretch prices"),
        QT_TRANSLATE_NOOP("ChartCommands", "Taller candles. Dragging the price axis does the same."),
        ("Ctrl+Up",),
        lambda hands: hands.stretch_by(0.8),
    ),
    Command(
        "chart.flatter",
        QT_TRANSLATE_NOOP("ChartCommands", "Squeeze prices"),
        QT_TRANSLATE_NOOP("ChartCommands", "Flatter candles. Dragging the price axis does the same."),
        ("Ctrl+Down",),
        lambda hands: hands.stretch_by(1.25),
    ),
    Command(
        "chart.oldest",
        QT_TRANSLATE_NOOP("ChartCommands", "Oldest candles"),
        QT_TRANSLATE_NOOP("ChartCommands", "The oldest candles that were read; more are read when you get there."),
        ("Home",),
        lambda hands: hands.to_oldest(),
    ),
    Command(
        "chart.newest",
        QT_TRANSLATE_NOOP("ChartCommands", "Newest candles"),
        QT_TRANSLATE_NOOP("ChartCommands", "Back to now, and follow what comes."),
        ("End",),
        lambda hands: hands.to_newest(),
    ),
    Command(
        "chart.recentre",
        QT_TRANSLATE_NOOP("ChartCommands", "Reset the view"),
        QT_TRANSLATE_NOOP("ChartCommands", "The newest candles at the usual zoom, prices fitted."),
        ("Space",),
        lambda hands: hands.recentre(),
    ),
    Command(
        "chart.previous_bar",
        QT_TRANSLATE_NOOP("ChartCommands", "Crosshair to the candle before"),
        QT_TRANSLATE_NOOP("ChartCommands", "Its values stand above the chart."),
        ("Ctrl+Left",),
        lambda hands: hands.step(-1),
    ),
    Command(
        "chart.next_bar",
        QT_TRANSLATE_NOOP("ChartCommands", "Crosshair to the next candle"),
        QT_TRANSLATE_NOOP("ChartCommands", "Its values stand above the chart."),
        ("Ctrl+Right",),
        lambda hands: hands.step(1),
    ),
    Command(
        "chart.copy",
        QT_TRANSLATE_NOOP("ChartCommands", "Copy this candle"),
        QT_TRANSLATE_NOOP("ChartCommands", "Its values as plain numbers, for a table."),
        ("Ctrl+C",),
        lambda hands: hands.copy(),
    ),
    Command(
        "chart.pick",
        QT_TRANSLATE_NOOP("ChartCommands", "This price into the ticket"),
        QT_TRANSLATE_NOOP("ChartCommands", "Fills the ticket's price; sends nothing. A double click does the same."),
        ("Ctrl+Return",),
        lambda hands: hands.pick(),
        lambda hands: hands.why_no_pick(),
    ),
    Command(
        "chart.studies",
        QT_TRANSLATE_NOOP("ChartCommands", "Studies …"),
        QT_TRANSLATE_NOOP("ChartCommands", "Moving averages, bands, RSI, MACD and others, with their settings."),
        ("Ctrl+Shift+I",),
        lambda hands: hands.choose_studies(),
    ),
    Command(
        "chart.profile",
        QT_TRANSLATE_NOOP("ChartCommands", "Volume by price"),
        QT_TRANSLATE_NOOP("ChartCommands", "How much was traded at which price, of the candles that are seen."),
        ("Ctrl+Shift+V",),
        lambda hands: hands.switch_profile(),
    ),
    Command(
        "chart.horizontal",
        QT_TRANSLATE_NOOP("ChartCommands", "Draw a horizontal line"),
        QT_TRANSLATE_NOOP("ChartCommands", "A click puts it at a price; it stays with the instrument."),
        ("F7",),
        lambda hands: hands.draw_horizontal(),
    ),
    Command(
        "chart.trend",
        QT_TRANSLATE_NOOP("ChartCommands", "Draw a trend line"),
        QT_TRANSLATE_NOOP("ChartCommands", "Two clicks; it stays with the instrument. Drag it or its ends to move it."),
        ("F8",),
        lambda hands: hands.draw_trend(),
    ),
    Command(
        "chart.box",
        QT_TRANSLATE_NOOP("ChartCommands", "Draw a box"),
        QT_TRANSLATE_NOOP(
            "ChartCommands", "Two clicks, corner to corner; it stays with the instrument. Drag an edge or a corner."
        ),
        ("Shift+F8",),
        lambda hands: hands.draw_box(),
    ),
    Command(
        "chart.note",
        QT_TRANSLATE_NOOP("ChartCommands", "Put a note …"),
        QT_TRANSLATE_NOOP(
            "ChartCommands", "A click puts it at a candle and a price; a double click changes its words."
        ),
        ("Shift+F7",),
        lambda hands: hands.draw_note(),
    ),
    Command(
        "chart.edit_note",
        QT_TRANSLATE_NOOP("ChartCommands", "Change the note's words …"),
        QT_TRANSLATE_NOOP("ChartCommands", "Of the note that was clicked last."),
        ("Shift+F2",),
        lambda hands: hands.write_note(),
        lambda hands: hands.why_no_note(),
    ),
    Command(
        "chart.measure",
        QT_TRANSLATE_NOOP("ChartCommands", "Measure"),
        QT_TRANSLATE_NOOP("ChartCommands", "Two clicks: change, per cent, bars and time between them. Esc ends it."),
        ("F9",),
        lambda hands: hands.measure(),
    ),
    Command(
        "chart.delete_line",
        QT_TRANSLATE_NOOP("ChartCommands", "Delete the chosen drawing"),
        QT_TRANSLATE_NOOP("ChartCommands", "A click on a line, a box or a note chooses it."),
        ("Del",),
        lambda hands: hands.delete_line(),
        lambda hands: hands.why_no_line(),
    ),
    Command(
        "chart.undo_line",
        QT_TRANSLATE_NOOP("ChartCommands", "Undo drawing"),
        QT_TRANSLATE_NOOP("ChartCommands", "Lines, boxes and notes as they were before the last change."),
        ("Ctrl+Z",),
        lambda hands: hands.undo_line(),
        lambda hands: hands.why_no_undo(),
    ),
    Command(
        "chart.stretch",
        QT_TRANSLATE_NOOP("ChartCommands", "Show a stretch of time …"),
        QT_TRANSLATE_NOOP("ChartCommands", "Typed: 3d, 1y6M, 2024-03, from..to. Older candles are read as needed."),
        ("Ctrl+G",),
        lambda hands: hands.ask_stretch(),
    ),
    Command(
        "chart.copy_picture",
        QT_TRANSLATE_NOOP("ChartCommands", "Copy the picture"),
        QT_TRANSLATE_NOOP("ChartCommands", "The chart as it is seen, at twice the size."),
        ("Ctrl+Shift+P",),
        lambda hands: hands.copy_picture(),
    ),
    Command(
        "chart.save_picture",
        QT_TRANSLATE_NOOP("ChartCommands", "Save the picture …"),
        QT_TRANSLATE_NOOP("ChartCommands", "The chart as it is seen, at twice the size, as PNG."),
        ("Ctrl+S",),
        lambda hands: hands.save_picture(),
    ),
    Command(
        "chart.save_table",
        QT_TRANSLATE_NOOP("ChartCommands", "Save the candles …"),
        QT_TRANSLATE_NOOP("ChartCommands", "The candles that are seen, as CSV that a spreadsheet opens."),
        ("Ctrl+Shift+S",),
        lambda hands: hands.save_table(),
    ),
    Command(
        "chart.style",
        QT_TRANSLATE_NOOP("ChartCommands", "Candles, line, Heikin-Ashi"),
        QT_TRANSLATE_NOOP("ChartCommands", "The next way to draw the bars. Values are always the real candle's."),
        ("Ctrl+Shift+H",),
        lambda hands: hands.next_style(),
    ),
    Command(
        "chart.log",
        QT_TRANSLATE_NOOP("ChartCommands", "Logarithmic prices"),
        QT_TRANSLATE_NOOP("ChartCommands", "Equal percentages are equally tall."),
        ("Ctrl+Shift+L",),
        lambda hands: hands.switch_log(),
    ),
    Command(
        "chart.raw",
        QT_TRANSLATE_NOOP("ChartCommands", "Adjusted or raw prices"),
        QT_TRANSLATE_NOOP("ChartCommands", "Raw prices are as they were paid, before splits; orders know only these."),
        ("Ctrl+Shift+J",),
        lambda hands: hands.switch_raw(),
    ),
    Command(
        "chart.compare",
        QT_TRANSLATE_NOOP("ChartCommands", "Compare with …"),
        QT_TRANSLATE_NOOP("ChartCommands", "Another instrument or an index fund beside this one, in per cent."),
        ("Ctrl+Shift+Y",),
        lambda hands: hands.ask_rival(),
    ),
)
_RELOAD = Command(
    "chart.reload",
    QT_TRANSLATE_NOOP("ChartCommands", "Read the chart again"),
    QT_TRANSLATE_NOOP("ChartCommands", "Asks the broker for the candles once more."),
    ("F5",),
    lambda hands: hands.retry(),
    lambda hands: "",
)
_MENU = (
    ("chart.pick", "chart.copy"),
    ("chart.studies", "chart.profile"),
    ("chart.style", "chart.log", "chart.raw", "chart.compare"),
    ("chart.horizontal", "chart.trend", "chart.box", "chart.note", "chart.measure"),
    ("chart.edit_note", "chart.delete_line", "chart.undo_line"),
    ("chart.copy_picture", "chart.save_picture", "chart.save_table"),
    ("chart.stretch", "chart.zoom_in", "chart.zoom_out", "chart.recentre"),
    ("chart.oldest", "chart.newest"),
    ("chart.reload",),
)
WITH_KEYS = (
    Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.M60, Timeframe.DAY, Timeframe.WEEK, Timeframe.MONTH,
    Timeframe.YEAR,
)  # fmt: skip
"""Alt+1 to Alt+8."""
NEEDS_BARS = tuple(command.id for command in _STAGE)


def register(actions: Actions, hands: Hands, pane: QWidget, stage: QWidget) -> None:
    """Register everything. Periods and reading anew are heard in the whole ``pane``; keys that a button has a use for
    itself (arrows, Space) only on the ``stage``.

    The registry outlives a chart, so the words it is given name no widget.
    """
    for timeframe in Timeframe:
        place = WITH_KEYS.index(timeframe) + 1 if timeframe in WITH_KEYS else 0
        actions.add(
            timeframe_id(timeframe),
            partial(long_name, timeframe),
            partial(hands.set_timeframe, timeframe),
            shortcut=f"Alt+{place}" if place else (),
            where=pane,
        )
    for command, where in (*((one, stage) for one in _STAGE), (_RELOAD, pane)):
        actions.add(
            command.id,
            partial(_word, command.text),
            partial(command.does, hands),
            shortcut=command.keys,
            tooltip=partial(_word, command.tooltip),
            why_not=partial(_why_not, command, ref(hands)),
            where=where,
        )


def _why_not(command: Command, hands: ref[Hands]) -> str:
    """The registry may ask after the chart is gone."""
    alive = hands()
    return command.why(alive) if alive is not None else ""


def _word(text: str) -> str:
    return QCoreApplication.translate("ChartCommands", text)


def menu(actions: Actions, pane: QWidget, stage: QWidget, chosen: Timeframe) -> QMenu:
    """The chart's own menu; it deletes itself when it closes."""
    made = QMenu(pane)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setToolTipsVisible(True)
    for group in _MENU:
        for id in group:
            for action in (*stage.actions(), *pane.actions()):
                if action.objectName() == id:
                    made.addAction(action)
        made.addSeparator()
    periods = made.addMenu(QCoreApplication.translate("ChartCommands", "Period"))
    for timeframe in Timeframe:
        entry = periods.addAction(long_name(timeframe))
        entry.setCheckable(True)
        entry.setChecked(timeframe is chosen)
        entry.triggered.connect(partial(actions.trigger, timeframe_id(timeframe)))
    return made
