"""What the broker's balance shows and our fills do not explain: both numbers, and what it may be (guide G5)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.trading.differences import News
from hoga.trading.narration import of_difference
from hoga.trading.terms import named
from hoga.trading.views import Difference
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context


class BalanceDiffers(Strip):
    """The oldest one until it was seen, then the next. The activity keeps them all."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.WARNING, parent)
        self._look = self.button()
        self._look.clicked.connect(lambda: context.show_tab("activity"))
        self._seen = self.button()
        self._seen.clicked.connect(self.accept)
        context.portfolio_changed.connect(self.refresh)

    def refresh(self) -> None:
        differences = self._context.desk.differences()
        self.setVisible(bool(differences))
        if not differences:
            return
        text = self.sentence(differences[0])
        if len(differences) > 1:
            text = f"{text} {self.tr('And {count} more.').format(count=len(differences) - 1)}"
        self.text.setText(text)
        self._look.setText(self.tr("Activity"))
        self._look.setToolTip(self.tr("It stays on record there."))
        self._seen.setText(self.tr("Seen"))
        self._seen.setToolTip(self.tr("Put this one away; the balance counts from now on."))

    def sentence(self, one: Difference) -> str:
        """Both numbers and what it may be."""
        _, message = of_difference(one, News.FOUND)
        if one.instrument is not None:
            message = named(message, self._context.name(one.instrument))
        return self._context.worded(message)

    def accept(self) -> None:
        """The person has seen the one that is shown."""
        differences = self._context.desk.differences()
        if differences:
            self._context.desk.accept_difference(differences[0].id)
        self.refresh()
