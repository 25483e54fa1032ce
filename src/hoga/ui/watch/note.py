"""How old a watched price is, and how it is kept new: for the list and the table."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from hoga.broker.port import Stream, StreamHealth
from hoga.ui import format as fmt
from hoga.ui.context import Context

translate = QCoreApplication.translate


def note(at: datetime | None, why: str, *, stale: bool, polled: bool) -> str:
    """When the price was true, and how it is kept so; or ``why`` there is none."""
    if at is None:
        return why
    time = fmt.clock(at)
    if stale:
        return translate("WatchModel", "{time}: old, the stream of quotes is not live.").format(time=time)
    if polled:
        text = translate("WatchModel", "{time}: asked every few seconds, no live registration is free.")
        return text.format(time=time)
    return time


def stale(context: Context) -> bool:
    """Whether what is shown may be old: the stream of quotes is not live."""
    live = context.desk.health().streams.get(Stream.QUOTES)
    return live is None or live.health is not StreamHealth.LIVE
