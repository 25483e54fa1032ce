"""What of another account needs a person's word or eye, said in the window that shows this one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.trading.connections import Connection, Key, Standing
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context


class OtherAccounts(Strip):
    """One line for all others that need something; its button goes to the first of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Weight.WARNING, parent)
        self._context = context
        self._first: Key | None = None
        self._go = self.button()
        self._go.clicked.connect(self._show)
        self.hide()
        if context.accounts is not None:
            context.accounts.changed.connect(self.refresh)
            for signal in (context.second, context.language_changed):
                signal.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        accounts = self._context.accounts
        if accounts is None:
            return
        said = []
        self._first = None
        for row in accounts.rows():
            if row.desk is self._context.desk:
                continue
            needs = self._needs(row)
            if needs:
                said.append(f"{accounts.name(row.details)}: {needs}")
                self._first = self._first or row.details.key
        self.text.setText("  ·  ".join(said))
        self._go.setText(self.tr("Show"))
        self.setVisible(bool(said))

    def _needs(self, row: Connection) -> str:
        """Empty while it gets on by itself."""
        if row.standing is Standing.FAILED:
            return self._context.worded(row.why) if row.why is not None else self.tr("not open")
        if row.desk is None:
            return ""
        health, parts = row.desk.health(), []
        if health.journal is not None:
            parts.append(self._context.worded(health.journal))
        if health.rebuilt is not None:
            parts.append(self.tr("its journal was made anew"))
        if questions := len(row.desk.questions()):
            parts.append(self.tr("orders to decide about: {count}").format(count=questions))
        if health.unknown:
            parts.append(self.tr("outcome unknown: {count}").format(count=health.unknown))
        if offers := len(row.desk.offers()):
            parts.append(self.tr("had not left at the last end: {count}").format(count=offers))
        if row.desk.unresolved():
            parts.append(self.tr("still unresolved: {count}").format(count=len(row.desk.unresolved())))
        return ", ".join(parts)

    def _show(self) -> None:
        accounts = self._context.accounts
        if accounts is not None and self._first is not None:
            accounts.show(self._first)
