"""Going from one account to another: a list under the header, a key for each of the first nine.

What is typed for one account stays with it; the window shows the other one at the same instrument and tab.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from hoga.domain.known import Known
from hoga.trading.connections import Connection, Standing
from hoga.ui import format as fmt
from hoga.ui.accounts import Accounts, Light
from hoga.ui.context import Context
from hoga.ui.painting import draw_dot, grid
from hoga.ui.theme.tokens import Tokens

CHOOSE = "account.choose"
MOST = 9
_HIDDEN = "•••••"


def light_icon(light: Light, tokens: Tokens, side: int) -> QIcon:
    """The mark of a light: its shape says it without colour."""
    picture = QPixmap(side * 2, side * 2)
    picture.setDevicePixelRatio(2.0)
    picture.fill(QColor(0, 0, 0, 0))
    with QPainter(picture) as painter:
        painter.setPen(QColor(light.tone.colour(tokens)))
        draw_dot(painter, QPoint(side // 2, side // 2), side * 5 // 8, light.tone.value)
    return QIcon(picture)


class Switcher(QObject):
    """The actions ``account.choose`` and ``account.1`` to ``account.9`` of a window; the list opens under ``below``."""

    def __init__(self, context: Context, accounts: Accounts, below: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._accounts = accounts
        self._below = below
        self.menu: QMenu | None = None
        context.actions.add(
            CHOOSE,
            lambda: self.tr("Accounts…"),
            self.open_menu,
            shortcut="Ctrl+Alt+A",
            tooltip=lambda: self.tr("All accounts: how each fares, and which one the window shows."),
        )
        for number in range(1, MOST + 1):
            self._add(number)
        accounts.changed.connect(self._refresh)

    def _add(self, number: int) -> None:
        self._context.actions.add(
            f"account.{number}",
            lambda: self._name(number),
            lambda: self._show(number),
            shortcut=f"Ctrl+Alt+{number}",
            tooltip=lambda: self.tr("Show this account. What is typed for another one stays there."),
            why_not=lambda: "" if self._row(number) is not None else self.tr("There are not so many accounts."),
        )

    def _row(self, number: int) -> Connection | None:
        rows = self._accounts.rows()
        return rows[number - 1] if number <= len(rows) else None

    def _name(self, number: int) -> str:
        row = self._row(number)
        if row is None:
            return self.tr("Account {number}").format(number=number)
        return self.tr("Account: {name}").format(name=self._accounts.line(row))

    def _show(self, number: int) -> None:
        row = self._row(number)
        if row is not None:
            self._accounts.show(row.details.key)

    def _refresh(self) -> None:
        self._context.actions.refresh(*(f"account.{number}" for number in range(1, MOST + 1)))

    # --- the list ---------------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Every account in a line; the arrows and Enter choose."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self._below)
        menu.setToolTipsVisible(True)
        chosen = None
        for number, row in enumerate(self._accounts.rows(), 1):
            action = self._line(menu, number, row)
            chosen = action if row.details.key == self._accounts.current else chosen
        menu.addSeparator()
        for id in ("connections",):
            if (action_of := self._context.actions.action(id)) is not None:
                menu.addAction(action_of)
        if chosen is not None:
            menu.setActiveAction(chosen)
        menu.popup(self._below.mapToGlobal(self._below.rect().bottomLeft()))

    def _line(self, menu: QMenu, number: int, row: Connection) -> QAction:
        light = self._accounts.light(row)
        icon = light_icon(light, self._context.tokens, grid(menu, 4))
        key = self._context.actions.hint(f"account.{number}") if number <= MOST else ""
        action = menu.addAction(icon, "   ".join(self._words(row, light)) + (f"\t{key}" if key else ""))
        action.setCheckable(False)
        font = action.font()
        font.setBold(row.details.key == self._accounts.current)
        action.setFont(font)
        why = row.why
        action.setToolTip(light.words if why is None else self._context.worded(why))
        action.triggered.connect(lambda _checked=False: self._accounts.show(row.details.key))
        return action

    def _words(self, row: Connection, light: Light) -> list[str]:
        """Stakes, name and number; how it fares; open orders; what it is worth."""
        parts = [self._accounts.line(row), light.words]
        if row.standing is Standing.OPEN and row.desk is not None:
            parts.append(self.tr("{count} open").format(count=self._accounts.open_orders(row)))
            total = row.desk.portfolio().total
            worth = fmt.money(total.value) if isinstance(total, Known) else fmt.DASH
            parts.append(_HIDDEN if self._context.hidden and isinstance(total, Known) else worth)
        return parts
