"""The rebalancing tab: compose a plan, watch it run, read what became of earlier ones, keep schedules."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoga.plans.facade import Plans
from hoga.plans.plan import Plan
from hoga.ui.context import Context
from hoga.ui.focus import focus_into
from hoga.ui.painting import grid
from hoga.ui.plan.accounts import Accounts, Others
from hoga.ui.plan.composing import Composing
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.editor import Editor
from hoga.ui.plan.news import News
from hoga.ui.plan.past import Past
from hoga.ui.plan.preview_pane import PreviewPane
from hoga.ui.plan.running import Running
from hoga.ui.plan.schedules import Schedules
from hoga.ui.tables.chips import chips_of


class Leaf(Enum):
    COMPOSE = "compose"
    RUNNING = "running"
    SCHEDULES = "schedules"
    PAST = "past"


class PlanPage(QWidget):
    """See the module. It is made of much: with ``at_once`` False only when somebody goes through ``pieces``."""

    def __init__(
        self, context: Context, plans: Plans, others: Others, news: News | None = None, at_once: bool = True
    ) -> None:
        super().__init__()
        self._context, self._plans = context, plans
        self.pieces = self._make(others, news)
        if at_once:
            for _ in self.pieces:
                pass

    def _make(self, others: Others, news: News | None) -> Iterator[None]:
        context, plans = self._context, self._plans
        self.accounts = Accounts(context, plans, others, self)
        yield
        editor = Editor(context, self.accounts, self)
        yield
        pane = PreviewPane(context, self)
        yield
        self.composing = Composing(context, self.accounts, editor, pane, self)
        yield
        self.running = Running(context, plans, self)
        yield
        self.schedules = Schedules(context, plans, self._draft, self)
        yield
        self.past = Past(context, plans, self)
        yield
        self._lay_out()
        self.news = news if news is not None else News(context, plans, self)
        self.composing.started.connect(self._started)
        self.schedules.preview_wanted.connect(self._show_due)
        self._deaf = plans.subscribe(self._heard)
        # A page that goes away with its window must not be told any more.
        self.destroyed.connect(self._deaf)
        context.language_changed.connect(self.retranslate)
        context.second.connect(self._each_second)
        self.setFocusProxy(self._ground(Leaf.COMPOSE))
        self._shown = False

    def _lay_out(self) -> None:
        self.leaves = chips_of(self._context, Leaf, self._leaf_words, self.turn, self)
        self.stack = QStackedWidget(self)
        for part in (self.composing, self.running, self.schedules, self.past):
            self.stack.addWidget(part)
        line = QHBoxLayout()
        line.setContentsMargins(grid(self, 2), grid(self), grid(self, 2), 0)
        line.addWidget(self.leaves)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.stack, 1)

    def retranslate(self) -> None:
        self.leaves.retranslate()

    def _draft(self) -> Draft:
        return self.composing.editor.draft

    def _leaf_words(self, leaf: Leaf) -> str:
        count = 0
        if leaf is Leaf.RUNNING:
            count = len(self._plans.running())
        elif leaf is Leaf.SCHEDULES:
            count = len(self._plans.schedules())
        words = {
            Leaf.COMPOSE: self.tr("Compose"),
            Leaf.RUNNING: self.tr("Running"),
            Leaf.SCHEDULES: self.tr("Schedules"),
            Leaf.PAST: self.tr("Earlier plans"),
        }[leaf]
        return f"{words} {count}" if count else words

    def turn(self, leaf: Leaf) -> None:
        """Keys belong to the leaf that is seen: who turned to it with the pointer stands in it at once."""
        self.stack.setCurrentIndex(tuple(Leaf).index(leaf))
        self.setFocusProxy(self._ground(leaf))
        if self.leaves.buttons[leaf].underMouse():
            focus_into(self)

    def _ground(self, leaf: Leaf) -> QWidget:
        """Where one stands in a leaf at first."""
        grounds: dict[Leaf, QWidget] = {
            Leaf.COMPOSE: self.composing.editor.table if self._draft().targets else self.composing.editor.add,
            Leaf.RUNNING: self.running.view.legs.view,
            Leaf.SCHEDULES: self.schedules.table.view,
            Leaf.PAST: self.past.table.view,
        }
        return grounds[leaf]

    def show_leaf(self, leaf: Leaf) -> None:
        """As if it had been chosen."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.leaves.buttons[leaf].setChecked(True)
        self.turn(leaf)
        if inside:
            focus_into(self)

    def _started(self, digest: str) -> None:
        self.running.refresh()
        self.running.choose(digest)
        self.show_leaf(Leaf.RUNNING)

    def _show_due(self, plan: Plan) -> None:
        self.composing.show_plan(plan)
        self.show_leaf(Leaf.COMPOSE)

    def _heard(self) -> None:
        self.leaves.retranslate()
        self.running.ask_refresh()
        self.schedules.ask_refresh()
        self.past.ask_refresh()
        self.news.look()

    def _each_second(self) -> None:
        if self.isVisible():
            self.accounts.refresh()
            self.composing.show_accounts()
            self.running.ask_refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            if self._plans.running():
                self.show_leaf(Leaf.RUNNING)
            self.accounts.read(self._draft())
