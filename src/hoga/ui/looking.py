"""A window that only looks on, because another hoga trades on the same folder: it says so, nothing that reaches a
broker can be pressed, and when the other one has ended it offers to open properly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context
from hoga.ui.replay import player_of

COMMANDS = (
    "cancel.all", "stop", "release", "rescue", "queue", "lock", "pending.cancel", "pending.withdraw",
    "order.ladder.cancel", "order.here.cancel",
)  # fmt: skip
"""How the ids begin of actions that reach a broker, or show what only the desk that trades has, and are not locked
with what trades."""


class LookingOn(Strip):
    """The strip of a window that only looks on; in any other it stays hidden."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.WARNING, parent)
        self._context = context
        self.setVisible(context.desk.read_only is not None)
        if context.desk.read_only is None:
            return
        self._replays = player_of(context) is not None
        if self._replays:
            context.actions.look_only(COMMANDS, self._why)
            context.language_changed.connect(self.refresh)
            self.refresh()
            return
        context.actions.add(
            "desk.reopen",
            lambda: self.tr("Open properly"),
            self._reopen,
            tooltip=lambda: self.tr("Close this view and open the desk, to trade here."),
            why_not=self._why_not_yet,
        )
        context.actions.bind(self.button(), "desk.reopen")
        context.actions.look_only(COMMANDS, self._why)
        context.trouble_changed.connect(self.refresh)
        context.language_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self.text.setText(self._why())
        if not self._replays:
            self._context.actions.refresh("desk.reopen")

    def _why(self) -> str:
        """The sentence of now: somebody else trades here, or does no more."""
        said = self._context.free or self._context.desk.read_only
        return self._context.worded(said) if said is not None else ""

    def _why_not_yet(self) -> str:
        return "" if self._context.reopen is not None else self.tr("The other hoga still trades on this folder.")

    def _reopen(self) -> None:
        if self._context.reopen is not None:
            self._context.reopen()
