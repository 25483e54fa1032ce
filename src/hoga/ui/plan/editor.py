"""The left half of the plan tab: targets, rules, rounds and course of a plan, edited with every step undone, and judged
while one edits: what is wrong stands at its row or field before anything can be previewed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hoga.domain.tickets import Side
from hoga.plans.inputs import Role, Target, Weighting
from hoga.plans.plan import Issue
from hoga.plans.weights import least_deposit, rescaled
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.plan.accounts import Accounts
from hoga.ui.plan.draft import Draft, History, with_row, with_weights, without
from hoga.ui.plan.editor_actions import EditorActions
from hoga.ui.plan.form import Form
from hoga.ui.plan.issues import IssueList, Told
from hoga.ui.plan.judging import issues_of
from hoga.ui.plan.kept import keep_draft, kept_draft
from hoga.ui.plan.sets_button import SetsButton
from hoga.ui.plan.specs import COURSE, RULES, rounds_of
from hoga.ui.plan.taking import Taking
from hoga.ui.plan.target_files import TargetFiles
from hoga.ui.plan.targets_leaf import TargetsLeaf
from hoga.ui.tables.chips import chips_of

JUDGE_MS = 250
"""After the last change, before the whole plan is reckoned for its issues."""


JUDGE_EVERY_S = 5


class Leaf(Enum):
    TARGETS = "targets"
    RULES = "rules"
    ROUNDS = "rounds"
    COURSE = "course"


class Editor(QWidget):
    """Signals:

    changed (Draft): another draft than before.
    judged: the issues of the draft may be others.
    """

    changed = Signal(object)
    judged = Signal()

    def __init__(self, context: Context, accounts: Accounts, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.accounts = context, accounts
        self._connection = accounts.own.connection
        self.history = History(kept_draft(context.state, self._connection))
        self._loose: tuple[Issue, ...] = ()
        """What could not be read of the last pasted text."""
        self.issues: tuple[Told, ...] = ()
        self.told_elsewhere: Callable[[], Sequence[Told]] = tuple
        """What is told beside the editor already, of this draft."""
        self.leaf = TargetsLeaf(context, self.draft, self)
        self.model, self.table, self.add, self.equal = self.leaf.model, self.leaf.table, self.leaf.add, self.leaf.equal
        self.sets = SetsButton(context, self._now, self)
        self.files = TargetFiles(context, self._now, self)
        self.holdings = Taking(context, accounts, self._now, self)
        self.rules = Form(context, [(lambda: self.tr("How targets become orders"), RULES)], self._now, self)
        self.rounds = Form(
            context,
            [
                (lambda: self.tr("Rounds that sell"), rounds_of(Side.SELL)),
                (lambda: self.tr("Rounds that buy"), rounds_of(Side.BUY)),
            ],
            self._now,
            self,
        )
        self.course = Form(context, [(lambda: self.tr("How it is carried out"), COURSE)], self._now, self)
        self.least = QPushButton(self)
        self.list = IssueList(context, self)
        self.leaves = chips_of(context, Leaf, self._leaf_words, self.turn, self)
        self.stack = QStackedWidget(self)
        self._judge_soon = QTimer(self)
        self._judge_soon.setSingleShot(True)
        self._judge_soon.setInterval(JUDGE_MS)
        self._judge_soon.timeout.connect(self.judge)
        self._seconds = 0
        self._asked_for: frozenset[str] = frozenset()
        self._lay_out()
        EditorActions(context, self)
        for name, button in self.leaf.buttons.items():
            context.actions.bind(button, name)
        context.actions.bind(self.least, "plan.least_deposit")
        self._connect()
        self.retranslate()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        unit = grid(self)
        top = QHBoxLayout()
        top.setSpacing(unit)
        top.addWidget(self.leaves)
        top.addStretch(1)
        top.addWidget(self.sets)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit * 2, unit, unit, unit)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.list)
        self.stack.addWidget(self.leaf)
        self.rules.add_below(self.least)
        for form in (self.rules, self.rounds, self.course):
            self.stack.addWidget(_scrolled(form, self.stack))

    def _connect(self) -> None:
        context = self._context
        self.model.edited.connect(self.edit)
        self.model.misread.connect(lambda text: context.say(Event.NOTE, text, merge="plan.weight"))
        for form in (self.rules, self.rounds, self.course):
            form.edited.connect(self.edit)
        self.equal.clicked.connect(self._set_equal)
        self.add.wanted.connect(self.add_code)
        self.list.picked.connect(self.lead_to)
        self.table.selectionModel().selectionChanged.connect(lambda *_: context.actions.refresh("plan.remove"))
        self.accounts.changed.connect(self._read)
        self.sets.loaded.connect(self.edit)
        self.files.taken.connect(self.edit)
        self.holdings.taken.connect(self.edit)
        self.holdings.waiting_changed.connect(self.refresh)
        self.files.unread.connect(self._show_unread)
        context.portfolio_changed.connect(self._moved)
        context.second.connect(self._each_second)
        context.instruments_changed.connect(self.refresh)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self.leaf.dress)

    def retranslate(self) -> None:
        self.leaves.retranslate()
        self.leaf.retranslate()
        self.sets.retranslate()
        for form in (self.rules, self.rounds, self.course):
            form.retranslate()
        self.refresh()
        self.judge()

    def _leaf_words(self, leaf: Leaf) -> str:
        return {
            Leaf.TARGETS: self.tr("Targets"),
            Leaf.RULES: self.tr("Rules"),
            Leaf.ROUNDS: self.tr("Rounds"),
            Leaf.COURSE: self.tr("Course"),
        }[leaf] + (" ⚠" if leaf in self._leaves_with_issues() else "")

    def _leaves_with_issues(self) -> set[Leaf]:
        fields = {one.field for one in self.issues if one.wrong and one.field}
        forms = {Leaf.RULES: self.rules, Leaf.ROUNDS: self.rounds, Leaf.COURSE: self.course}
        found = {leaf for leaf, form in forms.items() if fields & set(form.rows) or form.misread}
        if any(one.wrong and not one.field for one in self.issues):
            found.add(Leaf.TARGETS)
        return found

    def turn(self, leaf: Leaf) -> None:
        self.stack.setCurrentIndex(tuple(Leaf).index(leaf))

    # --- the draft --------------------------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        return self.history.now

    def _now(self) -> Draft:
        return self.history.now

    def edit(self, draft: Draft) -> None:
        if self.history.change(draft):
            self._loose = ()
            self._changed()
        else:
            self.refresh()
            self._judge_soon.start()

    def undo(self) -> None:
        if self.history.undo():
            self._changed()

    def redo(self) -> None:
        if self.history.redo():
            self._changed()

    def _changed(self) -> None:
        keep_draft(self._context.state, self._connection, self.draft)
        self.refresh()
        self._judge_soon.start()
        self._read_missing()
        self.changed.emit(self.draft)

    def _set_equal(self, equal: bool) -> None:
        weighting = Weighting.EQUAL if equal else Weighting.OWN
        self.edit(replace(self.draft, rules=replace(self.draft.rules, weighting=weighting)))

    def add_code(self, code: str) -> None:
        """As a row; one that is there is shown."""
        self.turn_to(Leaf.TARGETS)
        if code not in self.draft.codes:
            self.edit(with_row(self.draft, Target(code=code)))
        self.table.choose(code)
        if self.draft.rules.weighting is Weighting.OWN:
            self.table.edit_weight(code)

    def turn_to(self, leaf: Leaf) -> None:
        self.leaves.buttons[leaf].setChecked(True)
        self.turn(leaf)

    def remove(self) -> None:
        self.edit(without(self.draft, self.table.selected_codes()))

    def rescale(self) -> None:
        weights = {row.code: row.weight or 0 for row in self.draft.targets if row.role is Role.MANAGED}
        self.edit(with_weights(self.draft, rescaled(weights)))

    def _show_unread(self, issues: tuple[Issue, ...]) -> None:
        self._loose = issues
        self.judge()

    def find_deposit(self) -> None:
        inputs = self.accounts.chosen[0].now(replace(self.draft, rules=replace(self.draft.rules, deposit=0)))
        if inputs is None or self.accounts.chosen[0].missing(self.draft):
            return
        least = least_deposit(inputs)
        if least is None:
            self._context.say(
                Event.NOTE, self.tr("No sum does it: an instrument with target 0 % is held."), merge="plan.deposit"
            )
            return
        self.edit(replace(self.draft, rules=replace(self.draft.rules, deposit=least)))
        text = self.tr("Put in {won} won, and nothing needs selling.").format(won=fmt.units(least))
        if least == 0:
            text = self.tr("Nothing needs selling as it is.")
        self._context.say(Event.NOTE, text, merge="plan.deposit")

    # --- judging ----------------------------------------------------------------------------------------------------

    @property
    def approvable(self) -> bool:
        """Whether nothing in the draft forbids a preview from being approved, as far as is known now."""
        misread = self.rules.misread or self.rounds.misread or self.course.misread
        return not misread and not any(one.wrong for one in self.issues)

    def judge(self) -> None:
        """Reckon the plan of every chosen account for what is wrong with it."""
        self._judge_soon.stop()
        self.issues = issues_of(self._context, self.accounts, self.draft, self._loose)
        self.show_issues()
        by_field = {one.field: one.text for one in reversed(self.issues) if one.field}
        for form in (self.rules, self.rounds, self.course):
            for name, row in form.rows.items():
                row.say(by_field.get(name, ""))
        self.leaves.retranslate()
        self.refresh()
        self.judged.emit()

    def show_issues(self) -> None:
        """All of them but those that are told elsewhere."""
        there = self.told_elsewhere()
        self.list.show_told([one for one in self.issues if not any(one.same_as(other) for other in there)])

    def lead_to(self, issue: Told) -> None:
        """Show the field or the row that an issue is about."""
        forms = {Leaf.RULES: self.rules, Leaf.ROUNDS: self.rounds, Leaf.COURSE: self.course}
        for leaf, form in forms.items():
            if issue.field in form.rows:
                self.turn_to(leaf)
                form.rows[issue.field].control.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        if issue.code in self.draft.codes:
            self.turn_to(Leaf.TARGETS)
            self.table.choose(issue.code)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        draft, own = self.draft, self.accounts.chosen[0]
        notes = {one.code: (one.text, one.wrong) for one in reversed(self.issues) if one.code}
        self.leaf.show_draft(draft, own.now(draft), notes, reading=self.holdings.waiting)
        for form in (self.rules, self.rounds, self.course):
            form.show_draft(draft)
        self._context.actions.refresh(
            "plan.undo", "plan.redo", "plan.rescale", "plan.csv_out", "plan.save_set", "plan.current",
            "plan.least_deposit", "plan.remove",
        )  # fmt: skip

    def _moved(self) -> None:
        """Prices or holdings."""
        if self.isVisible():
            self.refresh()
            self._read_missing()

    def _each_second(self) -> None:
        """A whole plan takes a while to reckon, so what moves by itself is judged calmly."""
        self._seconds += 1
        self._moved()
        if self.isVisible() and self._seconds % JUDGE_EVERY_S == 0:
            self._judge_soon.start()

    def _read(self) -> None:
        self.refresh()
        self.judge()

    def _read_missing(self) -> None:
        """Codes that came since the account was read are asked for, each set of them once."""
        wanted = frozenset(code for one in self.accounts.chosen for code in one.missing(self.draft) - one.unknown)
        if wanted and wanted != self._asked_for and not self.accounts.reading:
            self._asked_for = wanted
            self.accounts.read(self.draft)


def _scrolled(form: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(form)
    return area
