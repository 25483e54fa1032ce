"""Composing a plan: the editor at the left, its preview at the right, and the way from there to approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from hoga.plans.plan import Plan
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, NotApproved
from hoga.ui.context import Context, Event
from hoga.ui.order import dress
from hoga.ui.painting import grid
from hoga.ui.plan.accounts import Accounts
from hoga.ui.plan.approval import approved
from hoga.ui.plan.editor import Editor
from hoga.ui.plan.issues import Told
from hoga.ui.plan.preview_pane import PreviewPane
from hoga.ui.plan.previews import Entry, Previewed, entry_of
from hoga.ui.plan.words import said
from hoga.ui.tables.chips import Chip


class Composing(QWidget):
    """``started`` (str): this plan was approved."""

    started = Signal(str)

    def __init__(
        self, context: Context, accounts: Accounts, editor: Editor, pane: PreviewPane, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self.accounts = context, accounts
        self.editor, self.pane = editor, pane
        self.editor.told_elsewhere = self._told_by_preview
        self.chosen = QWidget(self)
        self._chips: dict[str, Chip] = {}
        self._label = QLabel(self.chosen)
        self._line = QHBoxLayout(self.chosen)
        self._line.setContentsMargins(grid(self, 2), grid(self), grid(self, 2), 0)
        self._line.addWidget(self._label)
        self._line.addStretch(1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.editor)
        self.split.addWidget(self.pane)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chosen)
        column.addWidget(self.split, 1)
        self._add_actions()
        self.editor.changed.connect(self._draft_changed)
        self.editor.judged.connect(self._refresh_actions)
        self.pane.picked.connect(self.editor.lead_to)
        accounts.changed.connect(self._refresh_actions)
        context.language_changed.connect(self.retranslate)
        context.lock_changed.connect(lambda _locked: self._refresh_actions())
        self.retranslate()

    def _add_actions(self) -> None:
        actions = self._context.actions
        actions.add(
            "plan.preview", lambda: self.tr("Preview"), self.preview, shortcut="F5", where=self,
            tooltip=lambda: self.tr("Read the account now and show every order of the plan. Nothing is sent."),
            why_not=self.why_no_preview,
        )  # fmt: skip
        actions.add(
            "plan.approve", lambda: self.tr("Approve and run…"), self.approve, shortcut="Ctrl+Return", where=self,
            trades=True, why_not=self.why_not_approve,
            tooltip=lambda: self.tr("Shows the digest and the ceilings, and asks; then the plan runs by itself."),
        )  # fmt: skip
        actions.bind(self.pane.preview, "plan.preview", show_key=True)
        actions.bind(self.pane.approve, "plan.approve")

    def retranslate(self) -> None:
        self._label.setText(self.tr("Accounts:"))
        self.show_accounts()

    def show_accounts(self) -> None:
        """Which accounts there are to choose from; one alone needs no choosing."""
        there = {one.connection: one for one in self.accounts.all}
        for connection in [gone for gone in self._chips if gone not in there]:
            self._chips.pop(connection).deleteLater()
        for connection, one in there.items():
            chip = self._chips.get(connection)
            if chip is None:
                chip = self._chips[connection] = Chip(self._context, self.chosen)
                chip.clicked.connect(lambda checked, connection=connection: self._choose(connection, checked))
                self._line.insertWidget(self._line.count() - 1, chip)
            chip.setText(one.name)
            chip.setChecked(one.chosen)
            chip.setAccessibleName(one.name)
            chip.setToolTip(self.tr("The same targets, with a plan of its own for this account."))
        self.chosen.setVisible(len(there) > 1)

    def _choose(self, connection: str, chosen: bool) -> None:
        self.accounts.choose(connection, chosen)
        self.show_accounts()
        self.pane.set_stale(self.pane.previewed is not None)
        self._refresh_actions()
        if any(one.read is None for one in self.accounts.chosen):
            self.accounts.read(self.editor.draft)

    # --- previewing -------------------------------------------------------------------------------------------------

    def why_no_preview(self) -> str:
        return "" if self.editor.draft.targets else self.tr("There are no targets yet.")

    def preview(self) -> None:
        self._context.do(f"plan of {self.accounts.own.connection}: preview", self._preview())

    async def _preview(self) -> None:
        """What is shown is of the draft that the accounts were read with, whatever is typed meanwhile."""
        draft = self.editor.draft
        self.accounts.refresh()
        self.show_accounts()
        await self.accounts.read_now(draft)
        entries = tuple(entry_of(one, draft) for one in self.accounts.chosen)
        self.show_previewed(Previewed(draft, draft.settings, entries))

    def show_previewed(self, previewed: Previewed) -> None:
        self.pane.show_previewed(previewed)
        self.pane.set_stale(previewed.stale(self.editor.draft))
        self.editor.judge()
        self._refresh_actions()

    def show_plan(self, plan: Plan) -> None:
        """A plan that a schedule has made and that waits for approval: it runs with the schedule's own settings."""
        self.show_previewed(Previewed(None, None, (Entry(self.accounts.own, plan, plan.issues),)))

    def _told_by_preview(self) -> Sequence[Told]:
        """While the preview is of what stands in the editor, it tells of it: nothing is said twice with two numbers."""
        previewed = self.pane.previewed
        fresh = previewed is not None and previewed.draft is not None and not self.pane.stale
        return self.pane.list.shown if fresh and len(self.accounts.chosen) == 1 else ()

    def _draft_changed(self, _draft: object) -> None:
        previewed = self.pane.previewed
        if previewed is not None:
            self.pane.set_stale(previewed.draft is None or previewed.stale(self.editor.draft))
        self.editor.show_issues()
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        self._context.actions.refresh("plan.preview", "plan.approve")
        tokens, button = self._context.tokens, self.pane.approve
        if button.isEnabled():
            dress.filled(button, tokens.accent, tokens.on_accent)
        else:
            dress.plain(button, tokens)

    # --- approving --------------------------------------------------------------------------------------------------

    def why_not_approve(self) -> str:
        previewed = self.pane.previewed
        if previewed is None:
            return self.tr("Preview it first.")
        if self.pane.stale:
            return self.tr("Something was changed after this preview: preview it again.")
        if previewed.draft is not None and (self.editor.rules.misread or self.editor.rounds.misread):
            return self.tr("A field cannot be read: mend it first.")
        if all(entry.approved for entry in previewed.entries):
            return self.tr("It runs already.")
        wrong = [entry for entry in previewed.entries if not entry.approvable and not entry.approved]
        if wrong:
            names = ", ".join(entry.account.name for entry in wrong)
            return self.tr("There are errors to mend first ({accounts}).").format(accounts=names)
        return ""

    def approve(self) -> None:
        self._context.do(f"plan of {self.accounts.own.connection}: approve", self._approve())

    async def _approve(self) -> None:
        """Ask, then hand each plan over as it was seen. A change meanwhile takes the answer back."""
        previewed = self.pane.previewed
        if previewed is None or self.why_not_approve():
            return
        waiting = [entry for entry in previewed.entries if entry.approvable]
        agreed = await approved(self._context, waiting, self)
        if not agreed or self.pane.previewed is not previewed or self._context.locked:
            return
        if self.why_not_approve():
            self._say(self.why_not_approve())
            return
        entries = tuple(
            [await self._approve_one(one, previewed.settings) if one in waiting else one for one in previewed.entries]
        )
        self.pane.show_previewed(replace(previewed, entries=entries))
        self.pane.set_stale(previewed.stale(self.editor.draft))
        self._refresh_actions()
        done = [entry for entry in entries if entry.approved and entry.plan is not None]
        if done and done[0].plan is not None:
            self.started.emit(done[0].plan.digest)

    async def _approve_one(self, entry: Entry, settings: ExecutionSettings | None) -> Entry:
        if entry.plan is None:
            return entry
        answer = await entry.account.plans.approve(entry.plan, settings)
        if isinstance(answer, Approved):
            self._context.say(Event.NOTE, self.tr("The plan is approved."), merge="plan",
                              account=entry.account.name if self._context.several else None)  # fmt: skip
            return replace(entry, approved=True)
        return self._refused(entry, answer)

    def _refused(self, entry: Entry, answer: NotApproved) -> Entry:
        """Nothing runs; where the world has moved, the new preview is shown with why."""
        reasons = " ".join(said(self._context, reason) for reason in answer.reasons)
        self._context.say(
            Event.REFUSED,
            self.tr("Not approved. {why}").format(why=reasons),
            merge="plan.approve",
            account=entry.account.name if self._context.several else None,
        )
        if answer.fresh is None:
            return replace(entry, moved=answer.reasons)
        entry.account.read = answer.fresh.inputs
        return Entry(entry.account, answer.fresh, answer.fresh.issues, answer.reasons)

    def _say(self, text: str) -> None:
        self._context.say(Event.NOTE, text, merge="plan.approve")
