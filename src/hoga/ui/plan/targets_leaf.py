"""The targets as one edits them: the line that adds, equal weights, the table, its tools, and the sum of weights."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.plans.inputs import Inputs, Weighting
from hoga.ui.check import CheckBox
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.painting import grid
from hoga.ui.plan.adding import AddEdit
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.targets_model import TargetsModel, rows_of
from hoga.ui.plan.targets_view import TargetsView
from hoga.ui.plan.words import part_words
from hoga.ui.plan.wrapping import WrapLayout

_TOOLS = ("plan.current", "plan.rescale", "plan.remove", "plan.paste", "plan.csv_in", "plan.csv_out")
_WHOLE = 1_000_000


class TargetsLeaf(QWidget):
    """``show_draft`` whenever the draft, the account or what is said of its rows may be another."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.model = TargetsModel(context, draft, self)
        self.table = TargetsView(context, self.model, self)
        self.add = AddEdit(context, parent)
        self.equal = CheckBox(self)
        self.sum = QLabel(self)
        self.buttons = {name: QToolButton(self) for name in _TOOLS}
        self.empty = QLabel(self)
        self._lay_out()

    def _lay_out(self) -> None:
        unit = grid(self)
        line = QHBoxLayout()
        line.setSpacing(unit)
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self.add, 1)
        line.addWidget(self.equal)
        tools = WrapLayout(unit)
        for button in self.buttons.values():
            tools.addWidget(button)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        column.addLayout(line)
        column.addLayout(tools)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.sum)

    def retranslate(self) -> None:
        self.add.retranslate()
        self.equal.setText(self.tr("Equal weights"))
        self.equal.setToolTip(self.tr("Every managed instrument gets the same part, exactly."))
        self.equal.setAccessibleName(self.equal.text())
        self.table.setAccessibleName(self.tr("Targets"))
        self.model.retell()
        self.table.remeasure()
        self.dress()

    def dress(self) -> None:
        dress.ink(self.empty, self._context.tokens.dim)
        self.model.retell()

    def show_draft(
        self, draft: Draft, inputs: Inputs | None, notes: Mapping[str, tuple[str, bool]], *, reading: bool
    ) -> None:
        """``inputs`` are the account's now; ``notes`` what is to be said of rows, and whether it is wrong;
        ``reading``: rows come as soon as the account is read."""
        names = {code: self._context.name(InstrumentId(code)) for code in draft.codes}
        names = {code: "" if name == code else name for code, name in names.items()}
        self.model.show_rows(draft, rows_of(draft, inputs, names, notes, self.tr("Cash")))
        self.equal.setChecked(draft.rules.weighting is Weighting.EQUAL)
        there = bool(draft.targets)
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        self.empty.setText(self._nothing_yet(reading))
        self._show_sum(draft)

    def _nothing_yet(self, reading: bool) -> str:
        if reading:
            return self.tr("Reading what the account holds…")
        return self.tr(
            "Here stand the instruments and what each should be worth. Begin with what you hold (From holdings), "
            "add one by name, or paste rows from a spreadsheet."
        )

    def _show_sum(self, draft: Draft) -> None:
        total, tokens = draft.sum, self._context.tokens
        over = total > _WHOLE
        text = self.tr("Sum {sum} · cash {cash}").format(
            sum=part_words(total, 4), cash=part_words(max(_WHOLE - total, 0), 4)
        )
        if over:
            text = self.tr("Sum {sum}: {over} too much").format(
                sum=part_words(total, 4), over=part_words(total - _WHOLE, 4)
            )
        self.sum.setText(text)
        self.sum.setVisible(bool(draft.targets))
        dress.ink(self.sum, tokens.bad if over else tokens.text)
