"""A table with what belongs around it: the filter box above, the sums of the selection below, copy and export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Generic

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from hoga.base.message import Counted
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.tables.clip import clipboard, csv_bytes
from hoga.ui.tables.column import R
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.sums import sums
from hoga.ui.tables.view import TableView

_CALM_MS = 250
"""Sums of values that change at every frame are shown four times a second."""


class TablePane(QWidget, Generic[R]):
    """``name`` keeps the columns and names the exported file. ``above`` is the row beside the filter box: views add
    their own buttons to it. ``menu_actions`` come first in the context menu, before copying. Signals:

    opened (object): the key of the row whose details are wanted.
    """

    opened = Signal(object)

    def __init__(self, context: Context, name: str, rows: RowModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name = name
        self.rows = rows
        self.view: TableView[R] = self.make_view(name)
        self.menu_actions: Sequence[QAction] = ()
        self.menu: QMenu | None = None
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.rows.filter_text)
        self.held = QLabel("●", self)
        self.footer = QLabel(self)
        self.footer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._add_actions()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_sums)
        self._calmly = QTimer(self)
        self._calmly.setSingleShot(True)
        self._calmly.setInterval(_CALM_MS)
        self._calmly.timeout.connect(self._show_sums)
        self._filled = False
        self._summed_since_shown = False
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self._soon.start)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self.open_menu)
        rows.rearranged.connect(self._came_or_went)
        rows.dataChanged.connect(self._values_changed)
        rows.stirred.connect(self._show_held)
        context.amounts_hidden.connect(self._hide_amounts)
        context.look_changed.connect(self._dress)
        context.language_changed.connect(self.retranslate)
        rows.hide_amounts(context.hidden)
        self._dress()
        self.retranslate()

    def make_view(self, name: str) -> TableView[R]:
        """Called once; a table that changes many times a second paints itself in a way of its own."""
        return TableView(self._context, name, self.rows, self)

    def _lay_out(self) -> None:
        unit = grid(self)
        self.above = QHBoxLayout()
        self.above.setContentsMargins(unit, unit, unit, unit)
        self.above.setSpacing(unit)
        self.above.addWidget(self.filter, 1)
        self.above.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(unit * 2, unit // 2, unit * 2, unit // 2)
        below.addWidget(self.footer, 1)
        below.addWidget(self.held)
        policy = self.held.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.held.setSizePolicy(policy)
        self.held.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.above)
        whole.addWidget(self.view, 1)
        whole.addLayout(below)
        self.setFocusProxy(self.view)

    def _add_actions(self) -> None:
        actions = self._context.actions
        copy = actions.add(
            "table.copy", lambda: self.tr("Copy"), self.copy, shortcut="Ctrl+C", where=self.view,
            tooltip=lambda: self.tr("Copy the selected rows as plain text, columns parted by tabs."),
            why_not=self._nothing_shown,
        )  # fmt: skip
        with_header = actions.add(
            "table.copy_with_header", lambda: self.tr("Copy with header"), self.copy_with_header,
            shortcut="Ctrl+Shift+C", where=self.view, why_not=self._nothing_shown,
            tooltip=lambda: self.tr("Copy the selected rows with the titles of their columns."),
        )  # fmt: skip
        export = actions.add(
            "table.export", lambda: self.tr("Export as CSV…"), self.export, shortcut="Ctrl+E", where=self,
            tooltip=lambda: self.tr("Write all rows shown, with their visible columns, to a file for a spreadsheet."),
            why_not=self._why_no_export,
        )  # fmt: skip
        actions.add(
            "table.filter", lambda: self.tr("Filter"), self._focus_filter, shortcut="Ctrl+F", where=self,
            tooltip=lambda: self.tr("Type to keep only the rows that hold every word."),
        )  # fmt: skip
        self._own_actions = (copy, with_header, export)

    def retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setToolTip(self.tr("Type to keep only the rows that hold every word. Ctrl+F"))
        self.held.setToolTip(self.tr("The order is held while the pointer is over the table."))
        self.held.setAccessibleName(self.held.toolTip())
        self.rows.retell()
        self.view.remeasure()
        self._show_sums()

    # --- copying ----------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        self._copy(header=False)

    def copy_with_header(self) -> None:
        self._copy(header=True)

    def export(self) -> None:
        """Ask where to, without stopping the window."""
        dialog = QFileDialog(self, self.tr("Export as CSV…"), f"{self._name}.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        places = self._visible_columns()
        columns = [self.rows.columns[place] for place in places]
        lines = [self._line(place, places) for place in range(self.rows.rowCount())]
        try:
            Path(path).write_bytes(csv_bytes(columns, [column.title() for column in columns], lines))
        except OSError as error:
            self._context.say(
                Event.NOTE, self.tr("The file could not be written: {why}").format(why=error.strerror), sticky=True
            )
            return
        self._context.say(Event.NOTE, self.tr("{rows} {rows:row|rows} written to {file}.").format(
            rows=Counted(len(lines)), file=Path(path).name))  # fmt: skip

    def _copy(self, *, header: bool) -> None:
        places = self._visible_columns()
        columns = [self.rows.columns[place] for place in places]
        chosen = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        lines = [self._line(place, places) for place in chosen or range(self.rows.rowCount())]
        head = [column.title() for column in columns] if header else None
        QGuiApplication.clipboard().setMimeData(clipboard(columns, lines, head))

    def _visible_columns(self) -> list[int]:
        head = self.view.head
        order = [head.logicalIndex(at) for at in range(head.count())]
        return [place for place in order if not head.isSectionHidden(place)]

    def _line(self, row: int, places: Sequence[int]) -> list[str]:
        return [self.rows.columns[place].copied(self.rows.cell(row, place)) for place in places]

    def _nothing_shown(self) -> str:
        return "" if self.rows.rowCount() else self.tr("There are no rows.")

    def _why_no_export(self) -> str:
        if self._context.hidden:
            return self.tr("Amounts are hidden: show them first (Ctrl+H).")
        return self._nothing_shown()

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # --- menu, footer -----------------------------------------------------------------------------------------------

    def open_menu(self, at: QPoint) -> None:
        """The same actions as the keys."""
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.addActions(list(self.menu_actions))
        if self.menu_actions:
            self.menu.addSeparator()
        self.menu.addActions(list(self._own_actions))
        self.menu.popup(self.view.viewport().mapToGlobal(at))

    def _show_sums(self) -> None:
        chosen = self.view.selected_rows()
        shown = chosen or tuple(self.rows.row(place) for place in range(self.rows.rowCount()))
        if chosen:
            head = self.tr("{count} selected").format(count=len(chosen))
        elif self.rows.filtered:
            every = len(self.rows.all_rows())
            head = self.tr("{shown} of {count} rows").format(shown=len(shown), count=every)
        else:
            head = self.tr("Rows: {count}").format(count=len(shown)) if shown else ""
        parts = sums(self.rows.columns, shown, self._context.language, hidden=self._context.hidden)
        self.footer.setText("   ".join([head, *(f"{title} {text}" for title, text in parts)]))

    def _came_or_went(self) -> None:
        self._soon.start()
        if self._filled != bool(self.rows.rowCount()):
            self._filled = not self._filled
            self._context.actions.refresh("table.copy", "table.copy_with_header", "table.export")

    def _values_changed(self) -> None:
        if not self._summed_since_shown:
            # What a hidden table missed is in the sums at once; only what goes on changing is summed calmly.
            self._summed_since_shown = True
            self._soon.start()
        elif not self._calmly.isActive():
            self._calmly.start()

    def showEvent(self, event: QShowEvent) -> None:
        self._summed_since_shown = False
        self._soon.start()
        super().showEvent(event)

    def _show_held(self, stirred: bool) -> None:
        self.held.setVisible(stirred)

    def _hide_amounts(self, hidden: bool) -> None:
        self.rows.hide_amounts(hidden)
        self._show_sums()
        self._context.actions.refresh("table.export")

    def _dress(self) -> None:
        palette = self.footer.palette()
        palette.setColor(palette.ColorRole.WindowText, self._context.tokens.dim)
        self.footer.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, self._context.tokens.warn)
        self.held.setPalette(palette)
        self.filter.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        self.rows.retell()
