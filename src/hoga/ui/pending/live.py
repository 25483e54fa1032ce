"""What moves by itself in the pending table: last prices each frame, ages each second; for the rows on the screen."""

from __future__ import annotations

from msgspec.structs import replace

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.pending.life import life_of
from hoga.ui.pending.rows import PendingRow, age_of
from hoga.ui.tables.view import TableView


def follow_last(context: Context, view: TableView[PendingRow], dirty: frozenset[InstrumentId]) -> int:
    """Returns how many rows show something else now."""
    seen = (view.rows.row(place) for place in view.visible_places())
    board = context.desk.board
    return view.rows.put(
        [replace(row, last=board.last(row.order.instrument)) for row in seen if row.order.instrument in dirty],
        live=True,
    )


def grow_older(context: Context, view: TableView[PendingRow]) -> int:
    """Ages and lives of the rows on the screen; the others are told theirs when they come into sight."""
    now, schedule = context.desk.clock.now(), context.desk.schedule
    seen = [view.rows.row(place) for place in view.visible_places()]
    return view.rows.put(
        [replace(row, age=age_of(row.order, now), life=life_of(row.order, schedule, now)) for row in seen]
    )
