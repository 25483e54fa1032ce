"""One plan as it runs or ran: state in big words, how far, how well, its orders and what went otherwise."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from hoga.base.message import Counted
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.plans.views import Choice, PlanQuestion, PlanState, RunningPlan
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.measures import lettered
from hoga.ui.painting import grid
from hoga.ui.plan.progress import ProgressLine
from hoga.ui.plan.running_rows import LegRow, Step, leg_columns, leg_rows, step_columns, steps_of
from hoga.ui.plan.track_chart import TrackChart
from hoga.ui.plan.words import (
    bp_words,
    choice_words,
    digest_words,
    plan_state_words,
    said,
    side_words,
    time_words,
    won_words,
)
from hoga.ui.plan.wrapping import WrapLayout
from hoga.ui.tables.chips import Chips
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty


class Leaf(Enum):
    CHART = "chart"
    ROUNDS = "rounds"


class QuestionStrip(QWidget):
    """What the plan asks, with a button for each answer. ``answered`` (str, Choice)."""

    answered = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: PlanQuestion | None = None
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(*[grid(self, 2)] * 4)
        self._line.addWidget(self.text, 1)
        self.buttons: dict[Choice, QPushButton] = {}
        self.hide()

    def show_question(self, question: PlanQuestion | None, *, again: bool = False) -> None:
        if question == self._shown and not again:
            return
        self._shown = question
        for button in self.buttons.values():
            button.deleteLater()
        self.buttons = {}
        self.setVisible(question is not None)
        if question is None:
            return
        dress.ground(self, self._context.tokens.warn_ground)
        dress.ink(self.text, self._context.tokens.text)
        self.text.setText(said(self._context, question.text))
        for choice in question.choices:
            button = QPushButton(choice_words(choice), self)
            button.setAutoDefault(False)
            button.setAccessibleDescription(self.text.text())
            button.clicked.connect(lambda _checked=False, choice=choice, id=question.id: self.answered.emit(id, choice))
            button.setEnabled(not self._context.locked)
            self._line.addWidget(button)
            self.buttons[choice] = button


class RunView(QWidget):
    """``show_plan`` with each new picture; rows change in place. ``selected``: another leg or step."""

    selected = Signal()

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.plan: RunningPlan | None = None
        self.state, self.why = QLabel(self), QLabel(self)
        self.figures = QLabel(self)
        lettered(self.state, 1.5, strong=True)
        self.why.setWordWrap(True)
        self.figures.setWordWrap(True)
        for label in (self.state, self.why, self.figures):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.question = QuestionStrip(context, self)
        self.bars = {side: ProgressLine(context, self) for side in (Side.SELL, Side.BUY, None)}
        self.leg_rows: RowModel[LegRow] = RowModel(leg_columns(), lambda row: row.leg.leg, self)
        self.legs: TablePane[LegRow] = TablePane(context, f"{name} legs", self.leg_rows, self)
        self.step_rows: RowModel[Step] = RowModel(step_columns(), lambda row: row.key, self)
        self.steps: TablePane[Step] = TablePane(context, f"{name} rounds", self.step_rows, self)
        self.chart = TrackChart(context, self)
        self.stack = QStackedWidget(self)
        self.leaves: Chips[Leaf] = Chips(
            context,
            {
                Leaf.CHART: lambda: self.tr("Schedule and actual"),
                Leaf.ROUNDS: lambda: self.tr("Rounds, orders, deviations"),
            },
            self.turn,
            self,
        )
        self._lay_out()
        self.legs.view.empty = self.steps.view.empty = lambda: Empty(self.tr("No plan is shown"))
        self.legs.view.chosen.connect(self._leg_chosen)
        self.steps.view.chosen.connect(self.selected)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self.again)
        context.amounts_hidden.connect(lambda _hidden: self.again())
        context.lock_changed.connect(lambda _locked: self.again())
        self.retranslate()

    def _lay_out(self) -> None:
        unit = grid(self)
        head = QVBoxLayout()
        head.setSpacing(0)
        self.top = QHBoxLayout()
        self.top.setSpacing(unit)
        self.top.addWidget(self.state)
        self.tools = WrapLayout(unit, right=True)
        self.top.addLayout(self.tools, 1)
        head.addLayout(self.top)
        head.addWidget(self.why)
        progress = QHBoxLayout()
        progress.setSpacing(unit * 4)
        for bar in self.bars.values():
            progress.addWidget(bar, 1)
        for table in (self.legs, self.steps):
            table.filter.hide()
            table.above.setContentsMargins(0, 0, 0, 0)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, unit, 0, 0)
        column.setSpacing(unit)
        self.below_line = QHBoxLayout()
        self.below_line.setSpacing(unit)
        self.below_line.addWidget(self.leaves)
        self.below_tools = WrapLayout(unit, right=True)
        self.below_line.addLayout(self.below_tools, 1)
        column.addLayout(self.below_line)
        column.addWidget(self.stack, 1)
        for leaf in (self.chart, self.steps):
            self.stack.addWidget(leaf)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.legs)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(unit * 2, unit, unit * 2, unit)
        whole.setSpacing(unit)
        whole.addLayout(head)
        whole.addWidget(self.question)
        whole.addLayout(progress)
        whole.addWidget(self.figures)
        whole.addWidget(split, 1)

    def retranslate(self) -> None:
        self.leaves.retranslate()
        self.legs.view.setAccessibleName(self.tr("Instruments of the plan"))
        self.steps.view.setAccessibleName(self.tr("Rounds, orders, deviations"))
        self.again()

    def turn(self, leaf: Leaf) -> None:
        self.stack.setCurrentIndex(tuple(Leaf).index(leaf))

    def again(self) -> None:
        self.question.show_question(self.plan.question if self.plan is not None else None, again=True)
        self.show_plan(self.plan)

    def show_plan(self, plan: RunningPlan | None) -> None:
        self.plan = plan
        context, tokens = self._context, self._context.tokens
        self.leg_rows.set_rows(leg_rows(context, plan) if plan is not None else ())
        self.step_rows.set_rows(steps_of(context, plan) if plan is not None else ())
        self.chart.show_plan(plan, context.desk.clock.now())
        self.question.show_question(plan.question if plan is not None else None)
        if plan is None:
            for label in (self.state, self.why, self.figures):
                label.setText("")
            return
        self.state.setText(self._state_words(plan))
        colour = {
            PlanState.RUNNING: tokens.good, PlanState.DONE: tokens.good, PlanState.HELD: tokens.warn,
            PlanState.PAUSED: tokens.warn, PlanState.ASKING: tokens.bad, PlanState.STOPPED: tokens.bad,
        }.get(plan.state, tokens.text)  # fmt: skip
        dress.ink(self.state, colour)
        reasons = " ".join(said(context, why) for why in plan.why)
        self.why.setText(" ".join(filter(None, (reasons, self._next_words(plan)))))
        self.why.setVisible(bool(self.why.text()))
        self._show_bars(plan)
        self.figures.setText(self._figures(plan))
        self.figures.setToolTip(plan.digest)

    def _state_words(self, plan: RunningPlan) -> str:
        words = plan_state_words(plan.state)
        return f"{words} · {side_words(plan.side)}" if plan.side is not None and not plan.state.over else words

    def _next_words(self, plan: RunningPlan) -> str:
        if plan.state.over:
            return self.tr("Ended at {at}.").format(at=time_words(plan.ended_at))
        following = plan.next_round
        if plan.state is PlanState.PAUSED:
            return ""
        if plan.state is PlanState.STOPPING:
            shares = sum(leg.working + leg.waiting + leg.in_flight + leg.unknown for leg in plan.legs)
            return self.tr(
                "Nothing more is sent; it has ended when {shares} {shares:share|shares} in open orders have."
            ).format(shares=Counted(shares))
        if following is not None:
            text = self.tr("Next: {side} round {number} at {at}.")
            return text.format(side=side_words(following.side), number=following.number, at=time_words(following.at))
        if plan.next_at is None:
            return ""
        return self.tr("No round is ahead; open orders are looked at again at {at}.").format(
            at=time_words(plan.next_at)
        )

    def _show_bars(self, plan: RunningPlan) -> None:
        for side, bar in self.bars.items():
            legs = [leg for leg in plan.legs if side is None or leg.side is side]
            words = side_words(side) if side is not None else self.tr("All")
            bar.show_progress(
                words, sum(leg.filled for leg in legs), sum(leg.due for leg in legs), sum(leg.ceiling for leg in legs)
            )
            bar.setVisible(bool(legs))

    def _figures(self, plan: RunningPlan) -> str:
        quality = plan.quality
        parts = [self.tr("Digest {digest}").format(digest=digest_words(plan.digest))]
        for words, slip in (
            (self.tr("vs arrival"), quality.arrival), (self.tr("vs TWAP"), quality.twap),
            (self.tr("vs VWAP"), quality.vwap),
        ):  # fmt: skip
            won = "•••" if self._context.hidden else won_words(slip.won)
            parts.append(self.tr("{what} {bp} bp ({won} won)").format(what=words, bp=bp_words(slip), won=won))
        if plan.deviations:
            parts.append(self.tr("Deviations: {count}").format(count=fmt.shares(len(plan.deviations))))
        return "  ·  ".join(parts)

    # --- what is selected -------------------------------------------------------------------------------------------

    def selected_leg(self) -> LegRow | None:
        rows = self.legs.view.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def selected_step(self) -> Step | None:
        rows = self.steps.view.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def _leg_chosen(self) -> None:
        row = self.selected_leg()
        if row is not None:
            self._context.select(InstrumentId(row.leg.code))
        self.selected.emit()
