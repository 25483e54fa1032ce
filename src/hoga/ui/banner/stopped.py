"""While the stop switch is pressed: since when, what that means, and both ways on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui import format as fmt
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context
from hoga.ui.stopping import all_stopped, stopped_since


class Stopped(Strip):
    """Stands until it is released; nothing puts it away."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.DANGER, parent)
        context.actions.bind(self.button(), "cancel.all", show_key=True)
        context.actions.bind(self.button(), "release")

    def refresh(self) -> None:
        since = stopped_since(self._context)
        self.setVisible(since is not None)
        if since is None:
            return
        orders = [order for desk in self._context.desks() for order in desk.orders() if not order.state.over]
        head = self.tr("STOPPED since {time}: nothing automatic leaves.").format(time=fmt.clock(since))
        if not all_stopped(self._context):
            head = f"{head} {self.tr('Not every account could be stopped yet: press again.')}"
        rest = self.tr("No order works at the broker.")
        if orders:
            rest = self.tr("Orders that still work at the broker: {count}. They stay until you cancel them.").format(
                count=len(orders)
            )
        self.text.setText(f"{head} {rest}")
