"""Last prices in the pending table: each frame, for the rows on the screen whose instrument has news."""

from __future__ import annotations

from dataclasses import replace

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.pending.rows import PendingRow
from hoga.ui.tables.view import TableView


def follow_last(context: Context, view: TableView[PendingRow], dirty: frozenset[InstrumentId]) -> int:
    """Returns how many rows show something else now."""
    seen = (view.rows.row(place) for place in view.visible_places())
    board = context.desk.board
    return view.rows.put(
        [replace(row, last=board.last(row.order.instrument)) for row in seen if row.order.instrument in dirty],
        arrange=False,
    )
