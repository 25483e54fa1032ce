"""Accounts of one's own: added, tested, unlocked and deleted in one dialog, and a word for who has none yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hoga.trading.connections import Connections
from hoga.ui.connect.site import Site
from hoga.ui.context import Context, Event

if TYPE_CHECKING:  # made when it is first wanted
    from hoga.ui.connect.dialog import ConnectionsDialog

ACTION = "connections"
_HINTED = "connections/hinted"


def add_connections(context: Context, connections: Connections, window: QWidget) -> ConnectionsDialog:
    """Make the dialog of a window and register its action: palette, menu and key."""
    from hoga.ui.connect.dialog import ConnectionsDialog

    dialog = ConnectionsDialog(Site.of(context, connections), window)
    add_action(context, dialog.open_list)
    return dialog


def add_action(context: Context, open_list: Callable[[], object]) -> None:
    """Let the window of ``context`` open the dialog, too."""
    tr = QCoreApplication.translate
    context.actions.add(
        ACTION,
        lambda: tr("Connections", "Connections…"),
        open_list,
        shortcut="Ctrl+Shift+A",
        tooltip=lambda: tr("Connections", "Accounts of your own: add, test, unlock, switch off, delete."),
    )


def hint_once(context: Context, connections: Connections) -> None:
    """A newcomer is told once where accounts of one's own are added."""
    if context.state.get(_HINTED) or any(not one.details.practice for one in connections.all()):
        return
    context.state.put(_HINTED, True)
    text = QCoreApplication.translate(
        "Connections", "This is the practice exchange: no real money. Add your own account under Connections ({key})."
    )
    context.say(Event.NOTE, text.format(key=context.actions.hint(ACTION)), merge=_HINTED, account="")


__all__ = ["ACTION", "Site", "add_action", "add_connections", "hint_once"]
