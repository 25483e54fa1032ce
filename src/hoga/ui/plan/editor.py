"""The left half of the plan tab: targets, rules, rounds and course of a plan, edited with every step undone, and judged
while one edits: what is wrong stands at its row or field before anything can be previewed."""

from __future__ import annotations

from enum import Enum
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hoga.base.whole_file import write_whole
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.plans.inputs import Role, Target, Weighting
from hoga.plans.plan import Issue
from hoga.plans.targets_text import read_targets, write_targets
from hoga.plans.weights import from_current, least_deposit, rescaled
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.order import dress
from hoga.ui.painting import grid
from hoga.ui.plan.accounts import Accounts, held_codes, judged
from hoga.ui.plan.adding import AddEdit
from hoga.ui.plan.asking import ask, ask_name
from hoga.ui.plan.draft import Draft, History, with_row, with_rows, with_weights, without
from hoga.ui.plan.form import Form
from hoga.ui.plan.issues import IssueList, Told, told
from hoga.ui.plan.kept import Sets, keep_draft, kept_draft
from hoga.ui.plan.specs import COURSE, RULES, rounds_of
from hoga.ui.plan.targets_model import TargetsModel, rows_of
from hoga.ui.plan.targets_view import TargetsView
from hoga.ui.plan.words import part_words, said
from hoga.ui.tables.chips import Chips

JUDGE_MS = 250
"""After the last change, before the whole plan is reckoned for its issues."""


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
        self.sets = Sets(context.state)
        self._loose: tuple[Issue, ...] = ()
        """What could not be read of the last pasted text."""
        self.issues: tuple[Told, ...] = ()
        self.model = TargetsModel(context, self.draft, self)
        self.table = TargetsView(context, self.model, self)
        self.add = AddEdit(context, self)
        self.equal = QCheckBox(self)
        self.sum = QLabel(self)
        self.buttons: dict[str, QToolButton] = {}
        self.sets_button = QToolButton(self)
        self.sets_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sets_menu = QMenu(self.sets_button)
        self.sets_button.setMenu(self.sets_menu)
        self.empty = QLabel(self)
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
        self.leaves: Chips[Leaf] = Chips(
            context,
            {leaf: partial(self._leaf_words, leaf) for leaf in Leaf},
            self.turn,
            self,
        )
        self.stack = QStackedWidget(self)
        self._judge_soon = QTimer(self)
        self._judge_soon.setSingleShot(True)
        self._judge_soon.setInterval(JUDGE_MS)
        self._judge_soon.timeout.connect(self.judge)
        self._asked_for: frozenset[str] = frozenset()
        self._lay_out()
        self._add_actions()
        self._connect()
        self.retranslate()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        unit = grid(self)
        top = QHBoxLayout()
        top.setSpacing(unit)
        top.addWidget(self.leaves)
        top.addStretch(1)
        top.addWidget(self.sets_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit * 2, unit, unit, unit)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.list)
        self.stack.addWidget(self._targets_leaf())
        self.rules.cells.addWidget(self.least, self.rules.end, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for form in (self.rules, self.rounds, self.course):
            self.stack.addWidget(_scrolled(form, self.stack))

    def _targets_leaf(self) -> QWidget:
        leaf, unit = QWidget(self.stack), grid(self)
        line = QHBoxLayout()
        line.setSpacing(unit)
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self.add, 1)
        line.addWidget(self.equal)
        tools = QHBoxLayout()
        tools.setSpacing(unit)
        for name in ("plan.current", "plan.rescale", "plan.remove", "plan.paste", "plan.csv_in", "plan.csv_out"):
            self.buttons[name] = QToolButton(leaf)
            tools.addWidget(self.buttons[name])
        tools.addStretch(1)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        column.addLayout(line)
        column.addLayout(tools)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.sum)
        return leaf

    def _add_actions(self) -> None:
        add, bind = self._context.actions.add, self._context.actions.bind
        add(
            "plan.undo", lambda: self.tr("Undo"), self.undo, shortcut="Ctrl+Z", where=self,
            tooltip=lambda: self.tr("Take the last change of the targets and settings back."),
            why_not=lambda: "" if self.history.can_undo else self.tr("Nothing was changed."),
        )  # fmt: skip
        add(
            "plan.redo", lambda: self.tr("Redo"), self.redo, shortcut=("Ctrl+Y", "Ctrl+Shift+Z"), where=self,
            tooltip=lambda: self.tr("Make the change again that was taken back."),
            why_not=lambda: "" if self.history.can_redo else self.tr("Nothing was taken back."),
        )  # fmt: skip
        add(
            "plan.add", lambda: self.tr("Add an instrument"), self.add.setFocus, shortcut="Ctrl+N", where=self,
            tooltip=lambda: self.tr("Search by name, initials or code."),
        )  # fmt: skip
        add(
            "plan.current", lambda: self.tr("From holdings"), self.take_current, shortcut="Ctrl+G", where=self,
            tooltip=lambda: self.tr("Every holding gets a row, and every managed row the weight that it has now."),
            why_not=self._why_not_read,
        )  # fmt: skip
        add(
            "plan.rescale", lambda: self.tr("Rescale to 100 %"), self.rescale, shortcut="Ctrl+Shift+1", where=self,
            tooltip=lambda: self.tr("Own weights in their proportions, with a sum of exactly 100 %."),
            why_not=self._why_no_rescale,
        )  # fmt: skip
        add(
            "plan.remove", lambda: self.tr("Remove"), self.remove, shortcut="Del", where=self.table,
            tooltip=lambda: self.tr("Take the selected rows out of the targets."),
            why_not=lambda: "" if self.table.selected_codes() else self.tr("Select a row first."),
        )  # fmt: skip
        add(
            "plan.paste", lambda: self.tr("Paste"), self.paste, shortcut="Ctrl+V", where=self.table,
            tooltip=lambda: self.tr("Rows from a spreadsheet: code and weight. Rows that are there get new weights."),
        )  # fmt: skip
        add(
            "plan.csv_in", lambda: self.tr("Open CSV…"), self.ask_csv_in, shortcut="Ctrl+O", where=self,
            tooltip=lambda: self.tr("Replace the targets by those of a file."),
        )  # fmt: skip
        add(
            "plan.csv_out", lambda: self.tr("Save CSV…"), self.ask_csv_out, shortcut="Ctrl+Shift+S", where=self,
            tooltip=lambda: self.tr("Write the targets to a file for a spreadsheet."), why_not=self._why_no_rows,
        )  # fmt: skip
        add(
            "plan.save_set", lambda: self.tr("Save as a named set…"), self.save_set, shortcut="Ctrl+S", where=self,
            tooltip=lambda: self.tr("Keep targets, rules and rounds under a name."), why_not=self._why_no_rows,
        )  # fmt: skip
        add(
            "plan.least_deposit", lambda: self.tr("Find the least deposit that needs no selling"), self.find_deposit,
            shortcut="Ctrl+Shift+D", where=self, why_not=self._why_not_read,
            tooltip=lambda: self.tr("The smallest sum with which no holding is above its target or its band."),
        )  # fmt: skip
        for name, button in self.buttons.items():
            bind(button, name)
        bind(self.least, "plan.least_deposit")

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
        self.sets_menu.aboutToShow.connect(self._fill_sets)
        context.portfolio_changed.connect(self._moved)
        context.second.connect(self._moved)
        context.instruments_changed.connect(self.refresh)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self._dress)

    def retranslate(self) -> None:
        self.leaves.retranslate()
        self.add.retranslate()
        self.equal.setText(self.tr("Equal weights"))
        self.equal.setToolTip(self.tr("Every managed instrument gets the same part, exactly."))
        self.equal.setAccessibleName(self.equal.text())
        self.sets_button.setText(self.tr("Named sets"))
        self.sets_button.setToolTip(self.tr("Targets, rules and rounds under a name: save, load, rename, delete."))
        self.sets_button.setAccessibleName(self.sets_button.text())
        self.empty.setText(
            self.tr(
                "Here stand the instruments and what each should be worth. Begin with what you hold (From holdings), "
                "add one by name, or paste rows from a spreadsheet."
            )
        )
        self.table.setAccessibleName(self.tr("Targets"))
        for form in (self.rules, self.rounds, self.course):
            form.retranslate()
        self.model.retell()
        self.table.remeasure()
        self._dress()
        self.refresh()
        self.judge()

    def _dress(self) -> None:
        dress.ink(self.empty, self._context.tokens.dim)
        self.model.retell()

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

    def take_current(self) -> None:
        """Rows for everything held, and the weights of now."""
        own = self.accounts.chosen[0]
        held = held_codes(own.desk.portfolio()) if own.desk is not None else set()
        if own.read is not None:
            held |= {asset.code for asset in own.read.assets if asset.held}
        draft = self.draft
        for code in sorted(held - set(draft.codes)):
            draft = with_row(draft, Target(code=code))
        inputs = own.now(draft)
        if inputs is None:
            self.accounts.read(draft)
            return
        there = {asset.code for asset in inputs.assets}
        known = replace(inputs, targets=tuple(row for row in inputs.targets if row.code in there))
        self.edit(with_weights(draft, from_current(known)))

    def rescale(self) -> None:
        weights = {row.code: row.weight or 0 for row in self.draft.targets if row.role is Role.MANAGED}
        self.edit(with_weights(self.draft, rescaled(weights)))

    def paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text(), replacing=False)

    def take_text(self, text: str, *, replacing: bool) -> None:
        """Rows from a text; a line that cannot be read is told and never skipped silently."""
        pasted = read_targets(text)
        if pasted.targets:
            base = without(self.draft, self.draft.codes) if replacing else self.draft
            rows = with_rows(base, pasted.targets)
            self.edit(replace(rows, rules=replace(rows.rules, weighting=Weighting.OWN)))
        self._loose = pasted.issues
        if not pasted.targets and not pasted.issues:
            self._context.say(Event.NOTE, self.tr("There are no rows in it."), merge="plan.paste")
        self.judge()

    def ask_csv_in(self) -> QFileDialog:
        dialog = QFileDialog(self, self.tr("Targets from which file?"), "", "CSV (*.csv *.tsv *.txt)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.csv_in)
        return _opened(dialog)

    def csv_in(self, path: str) -> None:
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else self.tr("it is not UTF-8 text")
            self._say_trouble(self.tr("The file could not be read: {why}").format(why=why))
            return
        self.take_text(text, replacing=True)

    def ask_csv_out(self) -> QFileDialog:
        dialog = QFileDialog(self, self.tr("Targets to which file?"), "targets.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.csv_out)
        return _opened(dialog)

    def csv_out(self, path: str) -> None:
        try:
            write_whole(Path(path), write_targets(self.draft.targets).encode("utf-8-sig"))
        except OSError as error:
            self._say_trouble(self.tr("The file could not be written: {why}").format(why=error.strerror))
            return
        self._context.say(Event.NOTE, self.tr("Targets written to {file}.").format(file=Path(path).name))

    def _say_trouble(self, text: str) -> None:
        self._context.say(Event.NOTE, text, merge="plan.file", sticky=True)

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

    # --- named sets -------------------------------------------------------------------------------------------------

    def _fill_sets(self) -> None:
        menu = self.sets_menu
        menu.clear()
        names = self.sets.names()
        save = self._context.actions.action("plan.save_set")
        if save is not None:
            menu.addAction(save)
        menu.addSeparator()
        for name in names:
            menu.addAction(name, partial(self.load_set, name))
        if names:
            menu.addSeparator()
            renaming, deleting = menu.addMenu(self.tr("Rename")), menu.addMenu(self.tr("Delete"))
            for name in names:
                renaming.addAction(name, partial(self.rename_set, name))
                deleting.addAction(name, partial(self.delete_set, name))

    def load_set(self, name: str) -> None:
        draft = self.sets.load(name)
        if draft is not None:
            self.edit(draft)

    def save_set(self) -> None:
        self._context.do("plan: save set", self._save_set())

    async def _save_set(self) -> None:
        title = self.tr("Save as a named set")
        name = await ask_name(self._context, self, title, self.tr("Under which name?"))
        if name and (name not in self.sets.names() or await self._may_replace(name)):
            self.sets.save(name, self.draft)

    async def _may_replace(self, name: str) -> bool:
        text = self.tr("There is a set “{name}”.").format(name=name)
        return await ask(self._context, self, self.tr("Save as a named set"), text, (self.tr("Replace it"),)) == 0

    def rename_set(self, name: str) -> None:
        self._context.do("plan: rename set", self._rename_set(name))

    async def _rename_set(self, name: str) -> None:
        new = await ask_name(self._context, self, self.tr("Rename"), self.tr("What is it called?"), name)
        if new and new != name and not self.sets.rename(name, new):
            self._context.say(Event.NOTE, self.tr("There is a set “{name}”.").format(name=new), merge="plan.sets")

    def delete_set(self, name: str) -> None:
        self._context.do("plan: delete set", self._delete_set(name))

    async def _delete_set(self, name: str) -> None:
        text = self.tr("Delete the set “{name}”? The targets in the editor stay.").format(name=name)
        if await ask(self._context, self, self.tr("Delete"), text, (self.tr("Delete"),)) == 0:
            self.sets.delete(name)

    # --- judging ----------------------------------------------------------------------------------------------------

    @property
    def approvable(self) -> bool:
        """Whether nothing in the draft forbids a preview from being approved, as far as is known now."""
        misread = self.rules.misread or self.rounds.misread or self.course.misread
        return not misread and not any(one.wrong for one in self.issues)

    def judge(self) -> None:
        """Reckon the plan of every chosen account for what is wrong with it."""
        self._judge_soon.stop()
        several = len(self.accounts.chosen) > 1
        found: list[Told] = list(told(self._context, self._loose))
        for one in self.accounts.chosen:
            name = one.name if several else ""
            if one.trouble is not None:
                found.append(Told(_with(name, said(self._context, one.trouble)), True, account=name))
            inputs = one.now(self.draft)
            if inputs is not None:
                late = one.missing(self.draft) - one.unknown
                issues = [i for i in judged(inputs) if not (i.message.code == "PLAN_UNKNOWN_CODE" and i.code in late)]
                found += told(self._context, issues, name)
        if not self.draft.targets:
            found = [one for one in found if one.account or one.code]
        self.issues = tuple(found)
        self.list.show_told(self.issues)
        by_field = {one.field: one.text for one in reversed(self.issues) if one.field}
        for form in (self.rules, self.rounds, self.course):
            for name, row in form.rows.items():
                row.say(by_field.get(name, ""))
        self.leaves.retranslate()
        self.refresh()
        self.judged.emit()

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
        names = {code: self._context.name(InstrumentId(code)) for code in draft.codes}
        names = {code: "" if name == code else name for code, name in names.items()}
        notes = {one.code: (one.text, one.wrong) for one in reversed(self.issues) if one.code}
        cash = self.tr("Cash")
        self.model.show_rows(draft, rows_of(draft, own.now(draft), names, notes, cash))
        self.equal.setChecked(draft.rules.weighting is Weighting.EQUAL)
        for form in (self.rules, self.rounds, self.course):
            form.show_draft(draft)
        there = bool(draft.targets)
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        self._show_sum()
        self._context.actions.refresh(
            "plan.undo", "plan.redo", "plan.rescale", "plan.csv_out", "plan.save_set", "plan.current",
            "plan.least_deposit", "plan.remove",
        )  # fmt: skip

    def _show_sum(self) -> None:
        total, tokens = self.draft.sum, self._context.tokens
        over = total > 1_000_000
        text = self.tr("Sum {sum} · cash {cash}").format(
            sum=part_words(total, 4), cash=part_words(max(1_000_000 - total, 0), 4)
        )
        if over:
            text = self.tr("Sum {sum}: {over} too much").format(
                sum=part_words(total, 4), over=part_words(total - 1_000_000, 4)
            )
        self.sum.setText(text)
        self.sum.setVisible(bool(self.draft.targets))
        dress.ink(self.sum, tokens.bad if over else tokens.text)

    def _moved(self) -> None:
        """Prices, holdings or the clock."""
        if self.isVisible():
            self.refresh()
            self._read_missing()
            if not self._judge_soon.isActive():
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

    def _why_not_read(self) -> str:
        own = self.accounts.chosen[0]
        return "" if own.read is not None else self.tr("The account has not been read yet.")

    def _why_no_rows(self) -> str:
        return "" if self.draft.targets else self.tr("There are no targets.")

    def _why_no_rescale(self) -> str:
        if self.draft.rules.weighting is Weighting.EQUAL:
            return self.tr("Equal weights have a sum of 100 % already.")
        weighed = sum(row.weight or 0 for row in self.draft.targets if row.role is Role.MANAGED)
        return "" if weighed > 0 else self.tr("There are no weights to scale.")


def _with(name: str, text: str) -> str:
    return f"{name}: {text}" if name else text


def _scrolled(form: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(form)
    return area


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
