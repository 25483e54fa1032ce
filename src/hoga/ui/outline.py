"""How the window looked when it was left: what the next start draws before there is anything to show.

Places and names only. No price, no amount and no order is kept: what is not known yet is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from hoga.ui.state import StateStore

if TYPE_CHECKING:
    from hoga.ui.window import DeskWindow

_NAME, _VERSION = "outline", 1
_MOST = 60
"""Names of the watch list: more than a screen is high."""
Box = tuple[int, int, int, int]


class Outline(msgspec.Struct, frozen=True):
    """``boxes`` of left, top, width and height in a window of this size; a part that was not seen has none."""

    width: int
    height: int
    boxes: dict[str, Box]
    account: str
    names: tuple[str, ...]
    watched: tuple[str, ...] = ()
    """The instruments of the names."""

    def box(self, part: str) -> QRect | None:
        kept = self.boxes.get(part)
        return None if kept is None else QRect(*kept)


def outline_of(window: DeskWindow, first: DeskWindow) -> Outline:
    """Of an account's window as it stands; with the account that a start shows first."""
    watch = window.watch
    docked = not watch.isFloating()
    parts: dict[str, QWidget] = {
        "header": window.header,
        "tabs": window.pages.row,
        "page": window.pages.stack,
        "status": window.status,
        **({"search": watch.search, "list": watch.view} if docked else {}),
    }
    boxes = {name: _box(part, window) for name, part in parts.items() if part.isVisible()}
    shown = watch.groups.instruments[:_MOST]
    names, watched = tuple(map(window.context.name, shown)), tuple(map(str, shown))
    return Outline(window.width(), window.height(), boxes, first.header.account_words(), names, watched)


def _box(part: QWidget, window: QWidget) -> Box:
    place = part.mapTo(window, QPoint(0, 0))
    return (place.x(), place.y(), part.width(), part.height())


def keep_outline(state: StateStore, window: DeskWindow, first: DeskWindow) -> None:
    if window.isVisible():
        state.put(_NAME, msgspec.to_builtins(outline_of(window, first)), _VERSION)


def kept_outline(state: StateStore) -> Outline | None:
    """None at the first start, and for what cannot be read."""
    kept: Any = state.get(_NAME, _VERSION)
    try:
        return msgspec.convert(kept, Outline) if kept is not None else None
    except msgspec.ValidationError:
        return None
