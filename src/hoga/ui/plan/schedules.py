"""Plans by time of day: which are saved, what each does today, and the questions of those due or missed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.plans.daily import PlanSchedule
from hoga.plans.facade import Plans
from hoga.plans.views import DueState, ScheduleView
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.order import dress
from hoga.ui.painting import grid
from hoga.ui.plan.asking import ask
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.schedule_dialog import asked_schedule
from hoga.ui.plan.words import due_words, said
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty

_BUTTONS = (
    "plan.schedule_new", "plan.schedule_edit", "plan.schedule_delete", "plan.schedule_show", "plan.schedule_now",
    "plan.schedule_leave",
)  # fmt: skip
_TONES = {DueState.PREVIEWED: Tone.WARN, DueState.MISSED: Tone.BAD, DueState.NO_PLAN: Tone.BAD,
          DueState.STARTED: Tone.GOOD}  # fmt: skip


class ScheduleRow(Struct, frozen=True):
    view: ScheduleView
    times: str
    repeats: str
    alone: str
    said: str


class Schedules(QWidget):
    """``preview_wanted`` (Plan): show the plan that waits for approval."""

    preview_wanted = Signal(object)

    def __init__(self, context: Context, plans: Plans, draft: Callable[[], Draft], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._plans, self._draft = context, plans, draft
        self.rows: RowModel[ScheduleRow] = RowModel(self._columns(), lambda row: row.view.id, self)
        self.table: TablePane[ScheduleRow] = TablePane(context, "plan schedules", self.rows, self)
        self.table.filter.hide()
        self.table.view.empty = lambda: Empty(
            self.tr("No schedule yet"),
            self.tr(
                "A schedule makes the plan of the editor's targets at a time of day, once or on every trading day."
            ),
        )
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(grid(self))
        self.buttons = {name: QPushButton(self) for name in _BUTTONS}
        for button in self.buttons.values():
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[grid(self, 2)] * 4)
        column.setSpacing(grid(self))
        column.addWidget(self.about)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        self._add_actions()
        self._paced = Paced(self, self.refresh)
        self.table.view.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _key: self.edit())
        context.language_changed.connect(self.retranslate)
        context.lock_changed.connect(lambda _locked: self._chosen())
        self.retranslate()

    def _columns(self) -> tuple[Column[ScheduleRow], ...]:
        return (
            Column("name", lambda: self.tr("Name"), lambda row: Cell(row.view.name, strong=True),
                   lambda row: row.view.name, sample="Every morning, all"),
            Column("times", lambda: self.tr("Starts"), lambda row: Cell(row.times), lambda row: row.times,
                   sample="09:05 · right after the sells"),
            Column("repeats", lambda: self.tr("When"), lambda row: Cell(row.repeats), lambda row: row.repeats,
                   sample="every trading day"),
            Column("alone", lambda: self.tr("By itself"), lambda row: Cell(row.alone), lambda row: row.alone,
                   sample="up to 100,000,000"),
            Column("today", lambda: self.tr("Today"),
                   lambda row: Cell(due_words(row.view.state), tone=_TONES.get(row.view.state, Tone.TEXT),
                                    strong=row.view.state in _TONES),
                   lambda row: row.view.state.value, sample="Waits for your approval"),
            Column("next", lambda: self.tr("Next start"), self._next_cell, lambda row: row.view.next_start,
                   sample="2026-11-24 09:05"),
            Column("said", lambda: self.tr("What to know"), lambda row: Cell(row.said, tip=row.said),
                   lambda row: row.said, flex=True, sample="There is no cash"),
        )  # fmt: skip

    @staticmethod
    def _next_cell(row: ScheduleRow) -> Cell:
        start = row.view.next_start
        return Cell(fmt.DASH if start is None else f"{start.astimezone(KST):%m-%d %H:%M}")

    def _add_actions(self) -> None:
        add, bind = self._context.actions.add, self._context.actions.bind
        add(
            "plan.schedule_new", lambda: self.tr("New from the editor…"), self.new, shortcut="Ctrl+N", where=self,
            tooltip=lambda: self.tr("A schedule with the targets, rules and rounds that stand in the editor now."),
            why_not=lambda: "" if self._draft().targets else self.tr("The editor has no targets."),
        )  # fmt: skip
        add(
            "plan.schedule_edit", lambda: self.tr("Edit…"), self.edit, shortcut="Ctrl+M", where=self,
            tooltip=lambda: self.tr("Times, repeating, limits; and whether it takes the editor's targets anew."),
            why_not=self._why_none,
        )  # fmt: skip
        add(
            "plan.schedule_delete", lambda: self.tr("Delete…"), self.delete, shortcut="Del", where=self,
            tooltip=lambda: self.tr("Plans that it has started go on."), why_not=self._why_none,
        )  # fmt: skip
        add(
            "plan.schedule_show", lambda: self.tr("Show its preview"), self.show_preview, shortcut="Ctrl+Return",
            where=self, why_not=self._why_no_preview,
            tooltip=lambda: self.tr("Read today's plan, and approve it there."),
        )  # fmt: skip
        add(
            "plan.schedule_now", lambda: self.tr("Plan now"), self.plan_now, shortcut="Ctrl+T", where=self,
            tooltip=lambda: self.tr("Make today's plan although its start has passed. It waits for approval."),
            why_not=self._why_not_due,
        )  # fmt: skip
        add(
            "plan.schedule_leave", lambda: self.tr("Leave it out today"), self.leave_out, shortcut="Ctrl+J",
            where=self, why_not=self._why_not_left,
            tooltip=lambda: self.tr("Nothing of it today; the next trading day it is due again."),
        )  # fmt: skip
        for name, button in self.buttons.items():
            bind(button, name)

    def retranslate(self) -> None:
        self.about.setText(
            self.tr(
                "The desk must be open at the start; a start that was missed is told and asked about, never made up "
                "silently. A due plan waits for your approval, unless you let it run by itself within limits."
            )
        )
        dress.ink(self.about, self._context.tokens.dim)
        self.table.view.setAccessibleName(self.tr("Schedules"))
        self.refresh()

    # --- showing ----------------------------------------------------------------------------------------------------

    def ask_refresh(self) -> None:
        self._paced.ask()

    def refresh(self) -> None:
        self.rows.set_rows(self._row(view) for view in self._plans.schedules())
        self._chosen()

    def _row(self, view: ScheduleView) -> ScheduleRow:
        schedule = self._plans.schedule(view.id)
        told = " ".join(said(self._context, issue) for issue in view.issues)
        if schedule is None:
            return ScheduleRow(view, "", "", "", told)
        buys = self.tr("right after the sells") if schedule.buy_at is None else f"{schedule.buy_at:%H:%M}"
        times = f"{schedule.sell_at:%H:%M} · {buys}"
        repeats = self.tr("every trading day") if schedule.on is None else f"{schedule.on:%Y-%m-%d}"
        alone = self.tr("no, it asks")
        if schedule.limits is not None:
            alone = self.tr("up to {won}").format(won=fmt.units(schedule.limits.most_won))
        return ScheduleRow(view, times, repeats, alone, told)

    def chosen(self) -> ScheduleRow | None:
        rows = self.table.view.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def _chosen(self) -> None:
        row = self.chosen()
        self.said.setText(row.said if row is not None else "")
        self.said.setVisible(bool(self.said.text()))
        self._context.actions.refresh(*_BUTTONS)

    def _why_none(self) -> str:
        return "" if self.chosen() is not None else self.tr("Select a schedule first.")

    def _why_no_preview(self) -> str:
        row = self.chosen()
        if row is None:
            return self._why_none()
        return "" if row.view.plan is not None else self.tr("It has no plan today.")

    def _why_not_due(self) -> str:
        row = self.chosen()
        if row is None:
            return self._why_none()
        due = (DueState.MISSED, DueState.PREVIEWED, DueState.NO_PLAN)
        return "" if row.view.state in due else self.tr("It is not due.")

    def _why_not_left(self) -> str:
        row = self.chosen()
        if row is None:
            return self._why_none()
        over = (DueState.STARTED, DueState.LEFT_OUT)
        return self.tr("Today is settled.") if row.view.state in over else ""

    # --- doing ------------------------------------------------------------------------------------------------------

    def new(self) -> None:
        self._context.do("plan: new schedule", self._new())

    async def _new(self) -> None:
        await self._save(await asked_schedule(self._context, None, self._draft(), self))

    def edit(self) -> None:
        row = self.chosen()
        schedule = self._plans.schedule(row.view.id) if row is not None else None
        if schedule is not None:
            self._context.do("plan: edit schedule", self._edit(schedule))

    async def _edit(self, schedule: PlanSchedule) -> None:
        await self._save(await asked_schedule(self._context, schedule, self._draft(), self))

    async def _save(self, schedule: PlanSchedule | None) -> None:
        if schedule is not None:
            await self._say_if(self._plans.save_schedule(schedule))

    def delete(self) -> None:
        row = self.chosen()
        if row is not None:
            self._context.do("plan: delete schedule", self._delete(row))

    async def _delete(self, row: ScheduleRow) -> None:
        text = self.tr("Delete the schedule “{name}”?").format(name=row.view.name)
        if await ask(self._context, self, self.tr("Delete"), text, (self.tr("Delete"),)) == 0:
            await self._say_if(self._plans.remove_schedule(row.view.id))

    def show_preview(self) -> None:
        row = self.chosen()
        if row is not None and row.view.plan is not None:
            self.preview_wanted.emit(row.view.plan)

    def plan_now(self) -> None:
        row = self.chosen()
        if row is not None:
            self._context.do("plan: plan now", self._say_if(self._plans.plan_now(row.view.id)))

    def leave_out(self) -> None:
        row = self.chosen()
        if row is not None:
            self._context.do("plan: leave out", self._say_if(self._plans.leave_out(row.view.id)))

    async def _say_if(self, work: Awaitable[Message | None]) -> None:
        failed = await work
        if failed is not None:
            self._context.say(Event.REFUSED, said(self._context, failed), merge="plan.schedule")
        self.refresh()
