"""The actions of the editor: their words and keys, and why each cannot be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hoga.plans.inputs import Role, Weighting
from hoga.ui.context import Context

if TYPE_CHECKING:
    from hoga.ui.plan.editor import Editor


class EditorActions(QObject):
    """Registered once; the editor asks for a refresh when something may be ready or not any more."""

    def __init__(self, context: Context, editor: Editor) -> None:
        super().__init__(editor)
        self._context, self._editor = context, editor
        self._add_steps(editor)
        self._add_rows(editor)
        self._add_files(editor)

    def _add_steps(self, editor: Editor) -> None:
        add = self._context.actions.add
        add(
            "plan.undo", lambda: self.tr("Undo"), editor.undo, shortcut="Ctrl+Z", where=editor,
            tooltip=lambda: self.tr("Take the last change of the targets and settings back."),
            why_not=lambda: "" if editor.history.can_undo else self.tr("Nothing was changed."),
        )  # fmt: skip
        add(
            "plan.redo", lambda: self.tr("Redo"), editor.redo, shortcut=("Ctrl+Y", "Ctrl+Shift+Z"), where=editor,
            tooltip=lambda: self.tr("Make the change again that was taken back."),
            why_not=lambda: "" if editor.history.can_redo else self.tr("Nothing was taken back."),
        )  # fmt: skip

    def _add_rows(self, editor: Editor) -> None:
        add = self._context.actions.add
        add(
            "plan.add", lambda: self.tr("Add an instrument"), editor.add.setFocus, shortcut="Ctrl+N", where=editor,
            tooltip=lambda: self.tr("Search by name, initials or code."),
        )  # fmt: skip
        add(
            "plan.current", lambda: self.tr("From holdings"), editor.holdings.take, shortcut="Ctrl+G", where=editor,
            tooltip=lambda: self.tr("Every holding gets a row, and every managed row the weight it has now."),
            why_not=lambda: self.tr("The account is being read.") if editor.holdings.waiting else "",
        )  # fmt: skip
        add(
            "plan.rescale", lambda: self.tr("Rescale to 100 %"), editor.rescale, shortcut="Ctrl+Shift+1", where=editor,
            tooltip=lambda: self.tr("Own weights in their proportions, with a sum of exactly 100 %."),
            why_not=self._why_no_rescale,
        )  # fmt: skip
        add(
            "plan.remove", lambda: self.tr("Remove"), editor.remove, shortcut="Del", where=editor.table,
            tooltip=lambda: self.tr("Take the selected rows out of the targets."),
            why_not=lambda: "" if editor.table.selected_codes() else self.tr("Select a row first."),
        )  # fmt: skip

    def _add_files(self, editor: Editor) -> None:
        add = self._context.actions.add
        add(
            "plan.paste", lambda: self.tr("Paste"), editor.files.paste, shortcut="Ctrl+V", where=editor.table,
            tooltip=lambda: self.tr("Rows from a spreadsheet: code and weight. Rows that are there get new weights."),
        )  # fmt: skip
        add(
            "plan.csv_in", lambda: self.tr("Open CSV…"), editor.files.ask_csv_in, shortcut="Ctrl+O", where=editor,
            tooltip=lambda: self.tr("Replace the targets by those of a file."),
        )  # fmt: skip
        add(
            "plan.csv_out", lambda: self.tr("Save CSV…"), editor.files.ask_csv_out, shortcut="Ctrl+Shift+S",
            where=editor, tooltip=lambda: self.tr("Write the targets to a file for a spreadsheet."),
            why_not=self._why_no_rows,
        )  # fmt: skip
        add(
            "plan.save_set", lambda: self.tr("Save as a named set…"), editor.sets.save, shortcut="Ctrl+S", where=editor,
            tooltip=lambda: self.tr("Keep targets, rules and rounds under a name."), why_not=self._why_no_rows,
        )  # fmt: skip
        add(
            "plan.least_deposit", lambda: self.tr("Find the least deposit that needs no selling"), editor.find_deposit,
            shortcut="Ctrl+Shift+D", where=editor, why_not=self._why_not_read,
            tooltip=lambda: self.tr("The smallest sum with which no holding is above its target or its band."),
        )  # fmt: skip

    def _why_not_read(self) -> str:
        own = self._editor.accounts.chosen[0]
        return "" if own.read is not None else self.tr("The account has not been read yet.")

    def _why_no_rows(self) -> str:
        return "" if self._editor.draft.targets else self.tr("There are no targets.")

    def _why_no_rescale(self) -> str:
        if self._editor.draft.rules.weighting is Weighting.EQUAL:
            return self.tr("Equal weights have a sum of 100 % already.")
        weighed = sum(row.weight or 0 for row in self._editor.draft.targets if row.role is Role.MANAGED)
        return "" if weighed > 0 else self.tr("There are no weights to scale.")
