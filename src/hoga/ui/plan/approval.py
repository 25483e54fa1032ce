"""Asks before a plan is approved: the digest of what was read, and the ceilings that it can never pass.

With real money the largest sum it may trade is typed, in 만 won (ux.md 3.4, level 3).
"""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from hoga.base.message import Counted
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.plans.plan import Leg, Severity
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.loop import opened
from hoga.ui.order import dress
from hoga.ui.order.dialog import let_read
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.measures import lettered
from hoga.ui.order.numbers import Part, read
from hoga.ui.plain_table import PlainTable
from hoga.ui.plan.issues import told
from hoga.ui.plan.previews import Entry, ceilings_of
from hoga.ui.plan.words import digest_words, side_words
from hoga.ui.tables.sure import SureButton

_MAN = 10_000
_RIGHT = frozenset({2, 3, 4})


class ApprovalDialog(PlainDialog):
    """Accepted: the person agreed to exactly these plans."""

    def __init__(self, context: Context, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName("plan.approval")
        self.setWindowTitle(self.tr("Approve and run"))
        self.setModal(True)
        self.entries = tuple(entries)
        self._waited = False
        self.say(
            self.tr(
                "What you approve is what runs: orders are sent by themselves from its start, and never more shares "
                "or won than the ceilings below."
            )
        )
        for entry in self.entries:
            self._add_entry(entry)
        self.typed = NumberEdit(self)
        self.typed.setObjectName("plan.typed")
        self._typed_label = QLabel(self)
        self._ask_sum()
        self.back = self.button(self.tr("Back"), default=True)
        self.back.clicked.connect(self.reject)
        self.send = SureButton(self)
        self.send.setText(self.tr("Approve and run"))
        self.send.setObjectName("plan.approve_now")
        self.send.clicked.connect(self._approve)
        self._buttons.addWidget(self.send)
        context.lock_changed.connect(lambda _locked: self.refresh())
        self.refresh()

    @property
    def real(self) -> bool:
        return any(entry.account.real for entry in self.entries)

    @property
    def won(self) -> int:
        """The most that all plans together may trade, in won."""
        found = [ceilings_of(entry.plan) for entry in self.entries if entry.plan is not None]
        return sum(one.sell_won + one.buy_won for one in found)

    def _add_entry(self, entry: Entry) -> None:
        plan = entry.plan
        if plan is None:
            return
        ceilings = ceilings_of(plan)
        head = self.say(
            self.tr("{account} · digest {digest}").format(account=entry.account.name, digest=digest_words(plan.digest))
        )
        lettered(head, strong=True)
        head.setToolTip(plan.digest)
        self.say(
            self.tr(
                "Sells at most {sold} {sold:share|shares} (about {sold_won}), buys at most {bought} "
                "{bought:share|shares} for {bought_won} won."
            ).format(
                sold=Counted(ceilings.sell_shares), sold_won=fmt.units(ceilings.sell_won),
                bought=Counted(ceilings.buy_shares), bought_won=fmt.units(ceilings.buy_won),
            )
        )  # fmt: skip
        warnings = [issue for issue in plan.issues if issue.severity is Severity.WARNING]
        if warnings:
            text = "\n".join(f"⚠ {one.text}" for one in told(self.context, warnings))
            dress.ink(self.say(text), self.context.tokens.warn)
        heads = (
            self.tr("Instrument"), self.tr("Side"), self.tr("Shares at most"), self.tr("Worst price"),
            self.tr("Won at most"),
        )  # fmt: skip
        table = PlainTable(heads, self, letters=64, lines=min(len(plan.legs) + 2, 9), wide=0)
        table.setAccessibleName(self.tr("Ceilings"))
        table.show_lines([self._line(entry, leg) for leg in plan.legs], _RIGHT)
        self.body.addWidget(table, 1)

    def _line(self, entry: Entry, leg: Leg) -> tuple[str, ...]:
        asset = entry.plan.inputs.by_code[leg.code] if entry.plan is not None else None
        known = self.context.name(InstrumentId(leg.code))
        name = asset.name if known == leg.code and asset is not None else known
        worst = fmt.units(leg.worst) if leg.side is Side.BUY or leg.worst else fmt.DASH
        return (
            f"{name} {leg.code}", side_words(leg.side), fmt.shares(leg.ceiling_shares), worst,
            fmt.DASH if leg.ceiling_won is None else fmt.units(leg.ceiling_won),
        )  # fmt: skip

    def _ask_sum(self) -> None:
        label = self._typed_label
        label.setText(
            self.tr("Real money. Type the sum of sells and buys, {won} won, in 만 (ten thousand won), rounded down:")
            .format(won=fmt.units(self.won))
        )  # fmt: skip
        label.setWordWrap(True)
        label.setBuddy(self.typed)
        self.typed.set_suffix("만")
        self.typed.setAccessibleName(label.text())
        self.typed.textChanged.connect(lambda _text: self.refresh())
        for widget in (label, self.typed):
            widget.setVisible(self.real)
            self.body.addWidget(widget)

    def refresh(self) -> None:
        ready = self._waited and not self.context.locked and self._sum_typed()
        self.send.setEnabled(ready)
        if ready:
            why = self.send.text()
        elif self.context.locked:
            why = self.tr("The account is locked.")
        elif not self._waited:
            why = self.tr("A moment: read the ceilings first.")
        else:
            why = self._typed_label.text()
        self.send.setToolTip(why)
        tokens = self.context.tokens
        if ready:
            dress.filled(self.send, tokens.accent, tokens.on_accent)
        else:
            dress.plain(self.send, tokens)

    def _sum_typed(self) -> bool:
        if not self.real:
            return True
        typed = read(self.typed.text())
        return typed is not None and not isinstance(typed, Part) and typed.value in (self.won // _MAN, self.won)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        let_read(self, self.back, self._ready)

    def _ready(self) -> None:
        self._waited = True
        self.refresh()

    def _approve(self) -> None:
        self.refresh()
        if self.send.isEnabled():
            self.accept()


async def approved(context: Context, entries: Sequence[Entry], parent: QWidget) -> bool:
    """Whether the person agreed."""
    dialog = ApprovalDialog(context, entries, parent)
    try:
        return await opened(dialog) == QDialog.DialogCode.Accepted
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
