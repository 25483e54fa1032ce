"""A page that shows one account or all of them: a switch in its head, the other table made when first wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from hoga.base.message import Language
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.tables.chips import Chips
from hoga.ui.theme.tokens import STAKES
from hoga.ui.together.gathering import Gathering, Reach


class Scoped(QWidget):
    """``own``: the page of the window's account. ``make_all``: the same of all accounts."""

    def __init__(self, context: Context, own: QWidget, make_all: Callable[[Context, QWidget], QWidget]) -> None:
        super().__init__()
        self._context = context
        self.own = own
        self.all: QWidget | None = None
        self._make_all = make_all
        self.reach = Reach.OWN
        self.chips: Chips[Reach] = Chips(
            context,
            {Reach.OWN: self._own_words, Reach.SAME: self._same_words, Reach.EVERY: self._every_words},
            self.choose,
            self,
        )
        self.whose = QLabel(self)
        self.whose.setText(self.tr("Show"))
        self.head = QWidget(self)
        line = QHBoxLayout(self.head)
        line.setContentsMargins(grid(self, 2), grid(self), grid(self, 2), 0)
        line.addWidget(self.whose)
        line.addWidget(self.chips)
        line.addStretch(1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(own)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(own)
        context.language_changed.connect(self.retranslate)
        if context.accounts is not None:
            context.accounts.changed.connect(self.retranslate)
        self.retranslate()

    def choose(self, reach: Reach) -> None:
        """Show this much."""
        self.reach = reach
        if reach is Reach.OWN:
            self.stack.setCurrentWidget(self.own)
            self.setFocusProxy(self.own)
            return
        if self.all is None:
            self.all = self._make_all(self._context, self)
            self.stack.addWidget(self.all)
        self.stack.setCurrentWidget(self.all)
        self.setFocusProxy(self.all)
        gathering = self.all.findChild(Gathering)
        if gathering is not None:
            gathering.look(self.all.isVisible(), reach)

    def retranslate(self) -> None:
        self.chips.retranslate()
        self.whose.setText(self.tr("Show"))
        accounts = self._context.accounts
        open_ones = accounts.desks() if accounts is not None else ()
        stakes = {desk.account.stakes for desk in open_ones}
        alike = sum(desk.account.stakes is self._context.desk.account.stakes for desk in open_ones)
        self.head.setVisible(len(open_ones) > 1)
        self.chips.buttons[Reach.SAME].setVisible(alike > 1)
        self.chips.buttons[Reach.EVERY].setVisible(len(stakes) > 1)

    def _own_words(self) -> str:
        return self._context.account_name

    def _same_words(self) -> str:
        stakes = STAKES[self._context.desk.account.stakes]
        words = stakes.words if self._context.language is Language.KO else stakes.en
        return self.tr("All {stakes} accounts").format(stakes=words)

    def _every_words(self) -> str:
        return self.tr("All accounts, stakes mixed")
