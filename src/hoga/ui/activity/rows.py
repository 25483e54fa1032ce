"""One line of the activity log as a row: worded when it is shown, in the language of then."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId
from hoga.trading.terms import named
from hoga.trading.views import Level, Line
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.words import newest_number, time_cell, translate

Rows = Column["ActivityRow"]
TONES = {Level.INFO: Tone.TEXT, Level.GOOD: Tone.GOOD, Level.WARNING: Tone.WARN, Level.ERROR: Tone.BAD}
_MARKS = {Level.INFO: "·", Level.GOOD: "✓", Level.WARNING: "!", Level.ERROR: "✕"}


class ActivityRow(Struct, frozen=True):
    """``number`` counts lines in the order in which this window heard of them."""

    number: int
    line: Line

    @property
    def order(self) -> OrderId | None:
        return self.line.order

    @property
    def instrument(self) -> InstrumentId | None:
        return self.line.about


def row_text(context: Context, row: ActivityRow) -> str:
    """The line in words, with the instrument's name beside its code."""
    message, about = row.line.message, row.instrument
    return in_words(context, message if about is None else named(message, context.name(about)))


def level_word(level: Level) -> str:
    return {
        Level.INFO: translate("Activity", "Info"),
        Level.GOOD: translate("Activity", "Done"),
        Level.WARNING: translate("Activity", "Warning"),
        Level.ERROR: translate("Activity", "Error"),
    }[level]


def activity_columns(context: Context) -> tuple[Rows, ...]:
    def text(row: ActivityRow) -> str:
        return row_text(context, row)

    def number(row: ActivityRow) -> str:
        order = context.desk.order(row.order) if row.order is not None else None
        return newest_number(order) if order is not None else ""

    def name(row: ActivityRow) -> str:
        return context.name(row.instrument) if row.instrument is not None else ""

    return (
        Column(
            "time", lambda: translate("Activity", "Time"), lambda row: time_cell(row.line.at, milliseconds=True),
            lambda row: (row.line.at, row.number), sample="00:00:00.000",
        ),
        Column(
            "level", lambda: translate("Activity", "Kind"), _level_cell,
            lambda row: tuple(Level).index(row.line.level), sample="! Warning",
        ),
        Column(
            "name", lambda: translate("Activity", "Instrument"), lambda row: Cell(name(row)),
            lambda row: name(row) or None, shown=False, sample="Samsung Electronics",
        ),
        Column(
            "text", lambda: translate("Activity", "What happened"),
            lambda row: Cell(text(row), tone=TONES[row.line.level], tip=text(row)), text, flex=True,
            sample="Accepted: 005930 buy 10 at 71,500, number 10001.",
        ),
        Column(
            "order", lambda: translate("Activity", "Order number"), lambda row: Cell(number(row), tone=Tone.DIM),
            lambda row: number(row) or None, code=True, sample="0000012345",
            about=lambda: translate(
                "Activity", "The broker's number of the order: Enter or a double click opens its biography."),
        ),
        Column(
            "code", lambda: translate("Activity", "Message code"),
            lambda row: Cell(row.line.message.code, tone=Tone.DIM), lambda row: row.line.message.code, shown=False,
            sample="NOT_SENT_AGAIN",
        ),
    )  # fmt: skip


def _level_cell(row: ActivityRow) -> Cell:
    word = level_word(row.line.level)
    return Cell(f"{_MARKS[row.line.level]} {word}", word, tone=TONES[row.line.level])
