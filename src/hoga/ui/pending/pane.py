"""The pending tab: every open order, what must be decided, and everything that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId, RequestId, Side
from hoga.ui.biography.drawer import WithBiography
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.pending.columns import pending_columns
from hoga.ui.pending.commands import OrderCommands
from hoga.ui.pending.editor import ChangePanel
from hoga.ui.pending.live import follow_last, grow_older
from hoga.ui.pending.notices import Decisions
from hoga.ui.pending.rows import PendingRow, can_change, is_open, pending_rows
from hoga.ui.pending.slip import CancelSlip
from hoga.ui.pending.words import order_line
from hoga.ui.tables.column import Tone
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import state_word

_TOLD_MS = 8_000


class PendingPane(QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.commands = OrderCommands(context, self)
        self.rows: RowModel[PendingRow] = RowModel(pending_columns(context), lambda row: row.order.id, self)
        self.table: TablePane[PendingRow] = TablePane(context, "pending", self.rows, self)
        self.view = self.table.view
        self.decisions = Decisions(context, self.commands, self)
        self.source = QLabel(self)
        self.told = QLabel(self)
        self.slip = CancelSlip(context, self)
        self.panel = ChangePanel(context, self.commands, self.view)
        self.with_biography = WithBiography(context, self.table, self)
        self.menu: QMenu | None = None
        self._pressed: dict[str, QPushButton] = {}
        self._told_until = QTimer(self)
        self._told_until.setSingleShot(True)
        self._told_until.timeout.connect(self.told.clear)
        self._refresh = Paced(self, self.refresh)
        self._lay_out()
        self._add_actions()
        self._listen()
        self.retranslate()
        self.refresh()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        unit = grid(self)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(unit * 2, unit, unit * 2, unit)
        buttons.setSpacing(unit)
        for id in _BUTTONS:
            button = QPushButton(self)
            button.setAutoDefault(False)
            self._pressed[id] = button
            if id == "pending.withdraw":
                button.hide()
            if id == "pending.cancel_all":
                buttons.addWidget(self.told, 1)
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.source.setWordWrap(True)
        self.source.setContentsMargins(unit * 2, unit, unit * 2, 0)
        for part in (self.source, self.decisions):
            whole.addWidget(part)
        whole.addWidget(self.with_biography, 1)
        whole.addWidget(self.slip)
        whole.addLayout(buttons)
        self.setFocusProxy(self.view)

    def _add_actions(self) -> None:
        add = self._context.actions.add
        modify = add(
            "pending.modify", lambda: self.tr("Change"), self.modify, shortcut="Ctrl+M", where=self, trades=True,
            tooltip=lambda: self.tr("Move the price of the selected order, or take shares off it."),
            why_not=self._why_no_change,
        )  # fmt: skip
        cancel = add(
            "pending.cancel", lambda: self.tr("Cancel selected"), self.cancel_selected, shortcut="Del", where=self.view,
            tooltip=lambda: self.tr("One order is cancelled at once; several are asked about in one sentence first."),
            why_not=self._why_no_cancel,
        )  # fmt: skip
        by = self._add_cancels()
        withdraw = add(
            "pending.withdraw", lambda: self.tr("Take back"), self.withdraw_selected, where=self,
            tooltip=lambda: self.tr("Take back what waits and has not left yet."), why_not=self._why_no_withdraw,
        )  # fmt: skip
        details = add(
            "pending.details", lambda: self.tr("What happened to it?"), self.open_selected, where=self,
            tooltip=lambda: self.tr("Everything on record about this order, step by step (Enter or double click)."),
            why_not=self._why_none_chosen,
        )  # fmt: skip
        add(
            "pending.reconcile", lambda: self.tr("Ask the broker"), self.commands.reconcile, where=self,
            shortcut="F5", tooltip=lambda: self.tr("Read the broker's list of orders and the balance now."),
        )  # fmt: skip
        self.table.menu_actions = (modify, cancel, withdraw, details, *by)
        for id, button in self._pressed.items():
            self._context.actions.bind(button, id, show_key=True)

    def _add_cancels(self) -> list[QAction]:
        add = self._context.actions.add
        which: list[tuple[str, Callable[[], str], Callable[[], Sequence[PendingRow]]]] = [
            ("pending.cancel_instrument", lambda: self.tr("Cancel this instrument"), self._of_instrument),
            ("pending.cancel_buys", lambda: self.tr("Cancel buys"), lambda: self._of_side(Side.BUY)),
            ("pending.cancel_sells", lambda: self.tr("Cancel sells"), lambda: self._of_side(Side.SELL)),
            ("pending.cancel_all", lambda: self.tr("Cancel all"), self._open_rows),
        ]
        made = []
        for id, text, rows in which:
            made.append(
                add(
                    id, text, partial(self._ask_about, rows), where=self,
                    tooltip=lambda: self.tr("How many orders and how much money is said first."),
                    why_not=partial(self._why_not_these, rows),
                )
            )  # fmt: skip
        add(
            "pending.cancel_menu", lambda: self.tr("Cancel by…"), self.open_cancel_menu, shortcut="Ctrl+Del",
            where=self, tooltip=lambda: self.tr("Cancel by side or by instrument."), why_not=self._why_nothing_open,
        )  # fmt: skip
        self._by = made
        return made

    def _listen(self) -> None:
        context = self._context
        for signal in (
            context.orders_changed, context.health_changed, context.instruments_changed,
            context.language_changed, context.selected,
        ):  # fmt: skip
            signal.connect(self._refresh.ask)
        context.questions_changed.connect(self.decisions.refresh)
        context.orders_changed.connect(self.decisions.refresh)
        context.lock_changed.connect(self.decisions.rebuild)
        context.language_changed.connect(self.retranslate)
        context.frame.connect(self._on_frame)
        context.second.connect(self._on_second)
        self.view.opened.connect(self.with_biography.open)
        self.view.chosen.connect(self._chosen)
        self.rows.rearranged.connect(self._place_panel)
        self.view.verticalScrollBar().valueChanged.connect(self._place_panel)
        self.view.verticalScrollBar().valueChanged.connect(self._on_second)
        self.view.resized.connect(self._place_panel)  # no filter: every key, that which cancels too, would go through
        self.panel.closed.connect(self._back_to_table)
        self.panel.cancel_wanted.connect(self._cancel_one)
        self.slip.confirmed.connect(self.commands.cancel)
        self.slip.closed.connect(self._back_to_table)
        self.commands.told.connect(self.say)
        self.view.empty = self._empty

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Open orders"))
        self._show_source()
        self.panel.refresh()

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the orders anew."""
        keep = [OrderId(key) for key in self.rows.pinned() if isinstance(key, str)]
        self.rows.set_rows(pending_rows(self._context.desk, keep))
        if not self.slip.isHidden():
            self.slip.update_rows(self.rows.all_rows())
        self.panel.refresh()
        self._place_panel()
        self._show_source()
        self._refresh_actions()

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self.isVisible():
            follow_last(self._context, self.view, dirty)

    def _on_second(self, *_scrolled: object) -> None:
        if self.isVisible():
            grow_older(self._context, self.view)

    def _show_source(self) -> None:
        """Where the list comes from, when it is not the broker's own of now."""
        desk = self._context.desk
        text = ""
        if not desk.health().aligned:
            text = self.tr("From our own journal: the broker's list has not been read since the last connection.")
        elif not desk.capabilities.pending_list:
            text = self.tr("From our own journal and the fill notices: this broker has no list of open orders.")
        self.source.setText(text)
        self.source.setVisible(bool(text))
        palette = self.source.palette()
        palette.setColor(palette.ColorRole.WindowText, self._context.tokens.warn)
        self.source.setPalette(palette)

    def _empty(self) -> Empty:
        if self.rows.all_rows():
            return Empty(self.tr("No order fits the filter"), self.tr("Clear the filter box to see them all."))
        if not self._context.desk.health().aligned:
            return Empty(
                self.tr("Reading the broker's list of orders"),
                self.tr("Orders placed elsewhere appear here as soon as it has been read. F5 asks again."),
            )
        return Empty(
            self.tr("No working orders"),
            self.tr("What you place and what has not filled yet waits here. F2 buys, F3 sells."),
        )

    def say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        palette = self.told.palette()
        palette.setColor(palette.ColorRole.WindowText, tone.colour(self._context.tokens))
        self.told.setPalette(palette)
        self.told.setText(text)
        self.told.setToolTip(text)
        self._told_until.start(_TOLD_MS)

    # --- the panel below its row ------------------------------------------------------------------------------------

    def modify(self) -> None:
        row = self._only()
        if row is not None and can_change(row.order):
            self.panel.edit(row.order.id)
            self._place_panel()

    def _place_panel(self, *_changed: object) -> None:
        """Right below its row; above it where there is no room below."""
        if self.panel.order is None:
            return
        place, port = self.rows.place(self.panel.order), self.view.viewport()
        size = self.panel.sizeHint()
        width = min(max(size.width(), port.width() * 3 // 5), port.width())
        height = max(self.panel.heightForWidth(width), size.height())
        top = self.view.rowViewportPosition(place) if place is not None else 0
        under = top + (self.view.rowHeight(place) if place is not None else 0)
        if under + height > port.height() and top - height >= 0:
            under = top - height
        under = max(min(under, port.height() - height), 0)
        self.panel.setGeometry(port.x(), port.y() + under, width, height)

    def _back_to_table(self) -> None:
        self.view.setFocus()

    def _say_if_ended(self, order: OrderId) -> None:
        known = self._context.desk.order(order)
        if known is not None and known.state.over:
            text = self.tr("{order}. {state}: nothing is left to change.")
            self.say(text.format(order=order_line(self._context, known), state=state_word(known.state)), Tone.WARN)

    # --- which orders -----------------------------------------------------------------------------------------------

    def _open_rows(self) -> tuple[PendingRow, ...]:
        return tuple(row for row in self.rows.all_rows() if is_open(row.order) and not row.over)

    def _of_side(self, side: Side) -> tuple[PendingRow, ...]:
        return tuple(row for row in self._open_rows() if row.order.side is side)

    def _of_instrument(self) -> tuple[PendingRow, ...]:
        """Of the selected order's instrument, else of the one that every tab shows."""
        chosen = self.view.selected_rows()
        instrument = chosen[0].order.instrument if chosen else self._context.instrument
        return tuple(row for row in self._open_rows() if row.order.instrument == instrument)

    def _only(self) -> PendingRow | None:
        chosen = self.view.selected_rows()
        return chosen[0] if len(chosen) == 1 else None

    def _chosen(self) -> None:
        only = self._only()
        edited = self.panel.order
        if edited is not None and (only is None or only.order.id != edited):
            self.panel.put_away()
            self._say_if_ended(edited)
        self._refresh_actions()

    # --- commands ---------------------------------------------------------------------------------------------------

    def cancel_selected(self) -> None:
        self.ask_cancel([row for row in self.view.selected_rows() if not row.over])

    def ask_cancel(self, rows: Sequence[PendingRow]) -> None:
        """One order is cancelled at once: speed is safety. More are asked about first, in one sentence."""
        if len(rows) == 1:
            self.commands.cancel([rows[0].order.id])
        elif rows:
            self.panel.put_away()
            self.slip.ask(rows)

    def _ask_about(self, rows: Callable[[], Sequence[PendingRow]]) -> None:
        self.ask_cancel(rows())

    def withdraw_selected(self) -> None:
        for request in self._waiting_chosen():
            self.commands.withdraw(request)

    def open_selected(self) -> None:
        only = self._only()
        if only is not None:
            self.with_biography.open(only.order.id)

    def open_cancel_menu(self) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self)
        self.menu.addActions(self._by)
        self.menu.setActiveAction(self._by[0])
        corner = self._pressed["pending.cancel_instrument"]
        self.menu.popup(corner.mapToGlobal(corner.rect().topLeft()))

    def _cancel_one(self, order: OrderId) -> None:
        self.panel.put_away()
        self.commands.cancel([order])

    def _waiting_chosen(self) -> list[RequestId]:
        chosen = {row.order.id for row in self.view.selected_rows()}
        return [one.request.id for one in self._context.desk.waiting() if one.order.id in chosen]

    # --- why not ----------------------------------------------------------------------------------------------------

    def _refresh_actions(self) -> None:
        self._pressed["pending.withdraw"].setVisible(bool(self._context.desk.waiting()))
        self._context.actions.refresh(*_BUTTONS, "pending.cancel_menu", "pending.details")

    def _why_none_chosen(self) -> str:
        return "" if self._only() is not None else self.tr("Select one order first.")

    def _why_no_change(self) -> str:
        row = self._only()
        if row is None:
            return self.tr("Select one order first.")
        if can_change(row.order):
            return ""
        if row.over:
            return self.tr("It has ended: nothing is left to change.")
        return self.tr("It can be changed once the broker has given it a number.")

    def _why_no_cancel(self) -> str:
        if any(not row.over for row in self.view.selected_rows()):
            return ""
        return self.tr("Select the orders to cancel first.")

    def _why_not_these(self, rows: Callable[[], Sequence[PendingRow]]) -> str:
        return "" if rows() else self.tr("There is no such order.")

    def _why_nothing_open(self) -> str:
        return "" if self._open_rows() else self.tr("There is no open order.")

    def _why_no_withdraw(self) -> str:
        return "" if self._waiting_chosen() else self.tr("None of the selected orders is waiting to be sent.")


_BUTTONS = (
    "pending.modify",
    "pending.cancel",
    "pending.cancel_instrument",
    "pending.cancel_buys",
    "pending.cancel_sells",
    "pending.withdraw",
    "pending.cancel_all",
)
