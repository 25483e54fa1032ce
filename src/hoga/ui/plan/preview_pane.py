"""The right half of the plan tab: what would be sold and bought, what stays, when, at what cost; then approving it.

What is shown is the plan that would run, to the last digit of its digest. Anything changed afterwards takes the
approving away until it is previewed again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hoga.base.whole_file import write_whole
from hoga.domain.tickets import Side
from hoga.plans.inputs_file import save
from hoga.plans.plan import Plan
from hoga.plans.preview import Line, as_csv, as_rows
from hoga.ui.context import Context, Event
from hoga.ui.order import dress
from hoga.ui.painting import grid
from hoga.ui.plan.costs_view import CostsView
from hoga.ui.plan.issues import IssueList, Told, told
from hoga.ui.plan.matrix import Matrix
from hoga.ui.plan.preview_rows import (
    LineRow,
    StayRow,
    TimeRow,
    line_columns,
    line_rows,
    stay_columns,
    stay_rows,
    time_columns,
    time_rows,
)
from hoga.ui.plan.previews import Entry, Previewed
from hoga.ui.plan.weights_view import WeightsView
from hoga.ui.plan.words import digest_words, said
from hoga.ui.plan.wrapping import WrapLayout
from hoga.ui.tables.chips import chips_of
from hoga.ui.tables.clip import tsv
from hoga.ui.tables.column import Column, R
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty


class Leaf(Enum):
    SELL = "sell"
    BUY = "buy"
    STAYS = "stays"
    TIMES = "times"
    COSTS = "costs"
    WEIGHTS = "weights"


class PreviewPane(QWidget):
    """``approve_wanted``: the person pressed it; whether it can be is ``why_not_approve``. ``picked`` (Told)."""

    picked = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.previewed: Previewed | None = None
        self.stale = False
        self.sells = self._lines("plan sells")
        self.buys = self._lines("plan buys")
        self.matrices = {Side.SELL: Matrix(context, self), Side.BUY: Matrix(context, self)}
        self.stays: TablePane[StayRow] = self._table("plan stays", stay_columns(), lambda row: row.stays.code)
        self.times: TablePane[TimeRow] = self._table(
            "plan times", time_columns(), lambda row: (row.round.side, row.round.number)
        )
        self.costs = CostsView(context, self)
        self.weights = WeightsView(context, self)
        self.account = QComboBox(self)
        self.account.hide()
        self.account.activated.connect(lambda _place: self._show_entry())
        self.leaves = chips_of(context, Leaf, self._leaf_words, self.turn, self)
        self.stack = QStackedWidget(self)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.digest = QLabel(self)
        self.digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = IssueList(context, self)
        self.list.picked.connect(self.picked)
        self.preview, self.approve = QPushButton(self), QPushButton(self)
        self.tools = {name: QToolButton(self) for name in ("plan.copy", "plan.save_preview", "plan.save_inputs")}
        self._lay_out()
        self._add_actions()
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self.refresh)
        self.retranslate()

    # --- building ---------------------------------------------------------------------------------------------------

    def _table(self, name: str, columns: Sequence[Column[R]], key: Callable[[R], Hashable]) -> TablePane[R]:
        rows: RowModel[R] = RowModel(columns, key, self)
        table: TablePane[R] = TablePane(self._context, name, rows, self)
        table.filter.hide()
        table.above.setContentsMargins(0, 0, 0, 0)
        table.view.empty = self._empty
        return table

    def _lines(self, name: str) -> TablePane[LineRow]:
        return self._table(name, line_columns(), lambda row: row.line.leg.code)

    def _lay_out(self) -> None:
        unit = grid(self)
        top = QHBoxLayout()
        top.setSpacing(unit)
        top.addWidget(self.leaves)
        top.addStretch(1)
        top.addWidget(self.account)
        for leaf in Leaf:
            self.stack.addWidget(self._leaf(leaf))
        about = QHBoxLayout()
        about.setSpacing(unit * 2)
        about.addWidget(self.state, 1)
        about.addWidget(self.digest)
        foot = WrapLayout(unit, right=True)
        for button in (*self.tools.values(), self.preview, self.approve):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit * 2, unit)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        column.addLayout(about)
        column.addWidget(self.list)
        column.addLayout(foot)

    def _leaf(self, leaf: Leaf) -> QWidget:
        if leaf in (Leaf.SELL, Leaf.BUY):
            split = QSplitter(Qt.Orientation.Vertical, self.stack)
            split.addWidget(self.sells if leaf is Leaf.SELL else self.buys)
            split.addWidget(self.matrices[Side.SELL if leaf is Leaf.SELL else Side.BUY])
            split.setStretchFactor(0, 1)
            split.setStretchFactor(1, 1)
            split.setChildrenCollapsible(True)
            return split
        if leaf is Leaf.WEIGHTS:
            area = QScrollArea(self.stack)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setWidget(self.weights)
            return area
        plain: dict[Leaf, QWidget] = {Leaf.STAYS: self.stays, Leaf.TIMES: self.times, Leaf.COSTS: self.costs}
        return plain[leaf]

    def _add_actions(self) -> None:
        add, bind = self._context.actions.add, self._context.actions.bind
        add(
            "plan.copy", lambda: self.tr("Copy"), self.copy, shortcut="Ctrl+Alt+C", where=self,
            tooltip=lambda: self.tr("Copy the whole preview as a table for a spreadsheet."),
            why_not=self._why_no_plan,
        )  # fmt: skip
        add(
            "plan.save_preview", lambda: self.tr("CSV…"), self.ask_csv, shortcut="Ctrl+Alt+S", where=self,
            tooltip=lambda: self.tr("Write the whole preview to a file for a spreadsheet."),
            why_not=self._why_no_plan,
        )  # fmt: skip
        add(
            "plan.save_inputs", lambda: self.tr("Inputs…"), self.ask_inputs, shortcut="Ctrl+Alt+I", where=self,
            tooltip=lambda: self.tr("A file from which “hoga plan --inputs FILE” makes the same plan, same digest."),
            why_not=self._why_no_plan,
        )  # fmt: skip
        for name, button in self.tools.items():
            bind(button, name)

    def retranslate(self) -> None:
        self.leaves.retranslate()
        self.account.setAccessibleName(self.tr("Account shown"))
        self.sells.view.setAccessibleName(self.tr("What is sold"))
        self.buys.view.setAccessibleName(self.tr("What is bought"))
        self.stays.view.setAccessibleName(self.tr("What stays, and why"))
        self.times.view.setAccessibleName(self.tr("Rounds"))
        self.refresh()

    def _leaf_words(self, leaf: Leaf) -> str:
        shown = self.entry.shown if self.entry is not None else None
        counts = {
            Leaf.SELL: len(shown.sells) if shown else 0,
            Leaf.BUY: len(shown.buys) if shown else 0,
            Leaf.STAYS: len(shown.unchanged) if shown else 0,
        }
        words = {
            Leaf.SELL: self.tr("Sell"),
            Leaf.BUY: self.tr("Buy"),
            Leaf.STAYS: self.tr("Unchanged, excluded"),
            Leaf.TIMES: self.tr("Timeline"),
            Leaf.COSTS: self.tr("Costs"),
            Leaf.WEIGHTS: self.tr("Weights"),
        }[leaf]
        return f"{words} {counts[leaf]}" if counts.get(leaf) else words

    def turn(self, leaf: Leaf) -> None:
        self.stack.setCurrentIndex(tuple(Leaf).index(leaf))

    # --- showing ----------------------------------------------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The account that is shown."""
        entries = self.previewed.entries if self.previewed is not None else ()
        place = max(self.account.currentIndex(), 0)
        return entries[place] if place < len(entries) else None

    @property
    def plan(self) -> Plan | None:
        return self.entry.plan if self.entry is not None else None

    def show_previewed(self, previewed: Previewed | None) -> None:
        self.previewed, self.stale = previewed, False
        place = self.account.currentIndex()
        entries = previewed.entries if previewed is not None else ()
        self.account.clear()
        for entry in entries:
            mark = "✔ " if entry.approved else "" if entry.approvable else "✖ "
            self.account.addItem(mark + entry.account.name)
        if entries:
            self.account.setCurrentIndex(min(max(place, 0), len(entries) - 1))
        self.account.setVisible(len(entries) > 1)
        self.refresh()
        self._show_first()

    def _show_first(self) -> None:
        """Where nothing is sold, what is bought comes first."""
        shown = self.entry.shown if self.entry is not None else None
        if shown is not None and self.leaves.buttons[Leaf.SELL].isChecked() and not shown.sells and shown.buys:
            self.leaves.choose(Leaf.BUY)

    def set_stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.stale = stale
            self._show_state()

    def refresh(self) -> None:
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self.entry
        shown, plan = (entry.shown, entry.plan) if entry is not None else (None, None)
        issues = told(self._context, entry.issues) if entry is not None else ()
        notes = {one.code: one.text for one in reversed(issues) if one.code}
        context = self._context
        self.sells.rows.set_rows(line_rows(context, shown.sells if shown else (), notes))
        self.buys.rows.set_rows(line_rows(context, shown.buys if shown else (), notes))
        self.stays.rows.set_rows(stay_rows(context, shown.unchanged if shown else ()))
        prices = [leg.price for leg in plan.legs] if plan is not None else []
        self.times.rows.set_rows(time_rows(shown.timeline if shown else (), prices))
        self._show_matrix(Side.SELL, shown.sells if shown else (), plan)
        self._show_matrix(Side.BUY, shown.buys if shown else (), plan)
        self.costs.show_plan(plan)
        self.weights.show_weights(shown.weights if shown else ())
        moved = tuple(Told(said(context, one), False) for one in (entry.moved if entry else ()))
        self.list.show_told((*moved, *issues))
        self.digest.setText(self.tr("Digest {digest}").format(digest=digest_words(plan.digest)) if plan else "")
        self.digest.setToolTip(plan.digest if plan else "")
        self.leaves.retranslate()
        self._show_state()
        self._context.actions.refresh(*self.tools)

    def _show_matrix(self, side: Side, lines: tuple[Line, ...], plan: Plan | None) -> None:
        rows = line_rows(self._context, lines, {})
        rounds = [one for one in plan.rounds if one.side is side] if plan is not None else []
        minutes = [f"{one.at:%H:%M}" for one in rounds]
        exact = len(set(minutes)) < len(minutes)
        heads = [f"{one.number}\n{one.at:%H:%M:%S}" if exact else f"{one.number}\n{one.at:%H:%M}" for one in rounds]
        matrix = self.matrices[side]
        matrix.show_matrix([row.name for row in rows], heads, [row.line.rounds for row in rows])
        matrix.setVisible(bool(rows))

    def _show_state(self) -> None:
        entry, tokens = self.entry, self._context.tokens
        text, colour = "", tokens.dim
        if entry is not None and entry.approved:
            text, colour = self.tr("Approved: it is under Running."), tokens.good
        elif self.stale:
            text, colour = self.tr("Something was changed after this preview: preview it again."), tokens.bad
        elif entry is not None and entry.plan is not None:
            inputs = entry.plan.inputs
            text = self.tr("As of {at}, {account}.").format(at=f"{inputs.at:%H:%M:%S}", account=entry.account.name)
        self.state.setText(text)
        dress.ink(self.state, colour)
        dress.ink(self.digest, tokens.dim)

    def _empty(self) -> Empty:
        if self.previewed is None:
            return Empty(
                self.tr("Not previewed yet"),
                self.tr(
                    "Set the targets at the left, then press Preview (F5): every order is shown before any is sent."
                ),
            )
        if self.plan is None:
            return Empty(self.tr("No plan can be made"), self.tr("What stands against it is told below."), trouble=True)
        return Empty(self.tr("Nothing here"), self.tr("The plan has no row of this kind."))

    # --- copies -----------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        if self.plan is not None:
            rows = as_rows(self.plan, self._context.words, self._context.language)
            QGuiApplication.clipboard().setText(tsv(rows))

    def ask_csv(self) -> QFileDialog:
        return self._ask_file(self.tr("Preview to which file?"), "plan.csv", "CSV (*.csv)", "csv", self.save_csv)

    def save_csv(self, path: str) -> None:
        if self.plan is None:
            return
        try:
            text = as_csv(self.plan, self._context.words, self._context.language)
            write_whole(Path(path), text.encode("utf-8-sig"))
        except OSError as error:
            self._say_failed(error)
            return
        self._context.say(Event.NOTE, self.tr("The preview was written to {file}.").format(file=Path(path).name))

    def ask_inputs(self) -> QFileDialog:
        return self._ask_file(
            self.tr("Inputs to which file?"), "plan-inputs.json", "JSON (*.json)", "json", self.save_inputs
        )

    def save_inputs(self, path: str) -> None:
        if self.plan is None:
            return
        try:
            save(self.plan.inputs, Path(path))
        except OSError as error:
            self._say_failed(error)
            return
        self._context.say(Event.NOTE, self.tr("The inputs were written to {file}.").format(file=Path(path).name))

    def _ask_file(self, title: str, name: str, kinds: str, suffix: str, taken: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self, title, name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(taken)
        dialog.open()
        return dialog

    def _say_failed(self, error: OSError) -> None:
        text = self.tr("The file could not be written: {why}").format(why=error.strerror)
        self._context.say(Event.NOTE, text, merge="plan.file", sticky=True)

    def _why_no_plan(self) -> str:
        return "" if self.plan is not None else self.tr("Preview a plan first.")
