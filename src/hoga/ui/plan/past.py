"""Earlier plans: a list, newest first, and the final report of the chosen one, which can be written to a file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QSplitter, QVBoxLayout, QWidget

from hoga.base.clock import KST
from hoga.base.whole_file import write_whole
from hoga.plans.facade import Plans
from hoga.plans.views import PlanState, RunningPlan
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.plan.report import report_csv
from hoga.ui.plan.run_view import RunView
from hoga.ui.plan.words import bp_words, digest_words, plan_state_words, time_words
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty


class PastRow(Struct, frozen=True):
    """What the list shows of a plan."""

    digest: str
    day: str
    plan: RunningPlan


class Past(QWidget):
    """See the module."""

    def __init__(self, context: Context, plans: Plans, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._plans = context, plans
        self.rows: RowModel[PastRow] = RowModel(self._columns(), lambda row: row.digest, self)
        self.table: TablePane[PastRow] = TablePane(context, "plan past", self.rows, self)
        self.table.view.empty = lambda: Empty(
            self.tr("No plan has ended yet"),
            self.tr("Each plan that has run is kept here with its report: what was approved, and what became of it."),
        )
        self.table.setContentsMargins(grid(self, 2), grid(self), grid(self, 2), 0)
        self.view = RunView(context, "plan report", self)
        self.save = QPushButton(self)
        self.save.setAutoDefault(False)
        self.view.tools.addWidget(self.save)
        self.view.hide()
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(self.view)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        context.actions.add(
            "plan.save_report", lambda: self.tr("Save the report…"), self.ask_file, shortcut="Ctrl+Alt+R", where=self,
            tooltip=lambda: self.tr("Write everything about this plan to a file for a spreadsheet."),
            why_not=lambda: "" if self.view.plan is not None else self.tr("Choose a plan first."),
        )  # fmt: skip
        context.actions.bind(self.save, "plan.save_report")
        self._paced = Paced(self, self.refresh)
        self.table.view.chosen.connect(self._chosen)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def _columns(self) -> tuple[Column[PastRow], ...]:
        def plan(row: PastRow) -> RunningPlan:
            return row.plan

        return (
            Column("day", lambda: self.tr("Day"), lambda row: Cell(row.day), lambda row: plan(row).approved_at,
                   sample="2026-11-24"),
            Column("approved", lambda: self.tr("Approved"), lambda row: Cell(time_words(plan(row).approved_at)),
                   lambda row: plan(row).approved_at, sample="00:00:00"),
            Column("ended", lambda: self.tr("Ended"), lambda row: Cell(time_words(plan(row).ended_at)),
                   lambda row: plan(row).ended_at, sample="00:00:00"),
            Column("state", lambda: self.tr("State"), self._state_cell, lambda row: plan(row).state.value,
                   sample="Stopped"),
            Column("filled", lambda: self.tr("Filled"),
                   lambda row: Cell(f"{plan(row).filled:,} / {plan(row).total:,}",
                                    bar=(plan(row).filled, plan(row).total)),
                   lambda row: plan(row).filled, right=True, sample="100,000 / 100,000"),
            Column("arrival", lambda: self.tr("vs arrival, bp"), lambda row: Cell(bp_words(plan(row).quality.arrival)),
                   lambda row: plan(row).quality.arrival.bp, right=True, sample="+100.00"),
            Column("deviations", lambda: self.tr("Deviations"),
                   lambda row: Cell(fmt.shares(len(plan(row).deviations))), lambda row: len(plan(row).deviations),
                   right=True, sample="1,000"),
            Column("digest", lambda: self.tr("Digest"),
                   lambda row: Cell(digest_words(row.digest), plain=row.digest, tip=row.digest),
                   lambda row: row.digest, flex=True, sample="0000 0000 0000 0000"),
        )  # fmt: skip

    @staticmethod
    def _state_cell(row: PastRow) -> Cell:
        done = row.plan.state is PlanState.DONE and row.plan.filled == row.plan.total
        return Cell(plan_state_words(row.plan.state), tone=Tone.GOOD if done else Tone.WARN)

    def retranslate(self) -> None:
        self.table.view.setAccessibleName(self.tr("Earlier plans"))
        self.refresh()

    def ask_refresh(self) -> None:
        self._paced.ask()

    def refresh(self) -> None:
        self.rows.set_rows(
            PastRow(plan.digest, f"{plan.approved_at.astimezone(KST):%Y-%m-%d}", plan) for plan in self._plans.ended()
        )
        self._chosen()

    def _chosen(self) -> None:
        rows = self.table.view.selected_rows()
        shown = rows[0].plan if len(rows) == 1 else None
        self.view.show_plan(shown)
        self.view.setVisible(shown is not None)
        self._context.actions.refresh("plan.save_report")

    def ask_file(self) -> QFileDialog:
        dialog = QFileDialog(self, self.tr("Report to which file?"), "plan-report.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()
        return dialog

    def save_to(self, path: str) -> None:
        if self.view.plan is None:
            return
        try:
            write_whole(Path(path), report_csv(self._context, self.view.plan))
        except OSError as error:
            text = self.tr("The file could not be written: {why}").format(why=error.strerror)
            self._context.say(Event.NOTE, text, merge="plan.file", sticky=True)
            return
        self._context.say(Event.NOTE, self.tr("The report was written to {file}.").format(file=Path(path).name))
