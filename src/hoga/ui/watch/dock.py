"""The watch list's pane: search box, groups, rows; torn off or put back, moved by mouse or keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.watch.faces import Faces
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.pasted import read_pasted

if TYPE_CHECKING:
    from hoga.ui.watch.table.pane import WatchTable

FIRST = 12
"""A newcomer's list: the most popular instruments of the master."""
_MOST_OF_WINDOW = 64
"""Percent of its width for the table."""


class WatchDock(QDockWidget):
    """``search`` is the box that opens the palette. ``groups``: lists that another window shows, too."""

    def __init__(self, context: Context, parent: QWidget | None = None, groups: Groups | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._resting = False
        self.setObjectName("watch")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._no_title = QWidget(self)
        self.setTitleBarWidget(self._no_title)
        self.topLevelChanged.connect(self._floated)
        self.groups = groups if groups is not None else Groups(context.state, self)
        self.feed = WatchFeed(context, self)
        body = QWidget(self)
        self.search = QPushButton(body)
        self.search.setObjectName("search")
        self.chooser = QComboBox(body)
        self.more = QToolButton(body)
        self.more.setText("⋯")
        self.more.clicked.connect(self._open_menu)
        self.as_table = QToolButton(body)
        self.as_table.setCheckable(True)
        self.faces = Faces(context, self.groups, self.feed, body)
        self.view = self.faces.view
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu_at)
        self.feed.reading.connect(self._reading)
        self.empty = QLabel(self.view)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out(body)
        self.setWidget(body)
        self._register()
        self.faces.made.connect(self._table_made)
        self.faces.turned.connect(self._turned)
        self.chooser.activated.connect(self.groups.show)
        self.groups.changed.connect(self._changed)
        self.groups.listed.connect(self._list_groups)
        context.instruments_changed.connect(self._first_list)
        context.language_changed.connect(self.retranslate)
        self.visibilityChanged.connect(self._watch)
        self.faces.restore()
        self.retranslate()
        self._first_list()

    def _lay_out(self, body: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(grid(self))
        top.addWidget(self.chooser, 1)
        top.addWidget(self.as_table)
        top.addWidget(self.more)
        column = QVBoxLayout(body)
        gap = grid(self, 2)
        column.setContentsMargins(gap, gap, gap, 0)
        column.setSpacing(gap)
        column.addWidget(self.search)
        column.addLayout(top)
        column.addWidget(self.faces, 1)

    def wanted_width(self, window: int) -> int:
        """Room for a name, a price and a change, but never more than its part of the window's width."""
        return min(self.fontMetrics().horizontalAdvance("0") * 34, window * 22 // 100)

    def _register(self) -> None:
        add = self._context.actions.add
        self._register_for(self.view)
        add("watch.table", lambda: self.tr("Watch list as a table"), lambda: self.faces.turn(not self.faces.as_table),
            shortcut="Ctrl+Shift+B", tooltip=lambda: self.tr("More figures of each instrument: volume, amount, best "
            "ask and bid, strength, time, open, high, low. Again: back to the list."))  # fmt: skip
        add("watch.import", lambda: self.tr("Add from a CSV file…"), self.choose_file)
        add("watch.add", lambda: self.tr("Add the shown instrument"), self.add_shown, shortcut="Ctrl+D")
        add("watch.new", lambda: self.tr("New group…"), self._ask_new)
        add("watch.rename", lambda: self.tr("Rename the group…"), self._ask_rename)
        add("watch.drop", lambda: self.tr("Remove the group"), self.groups.remove_group)
        self._context.actions.bind(self.search, "search", show_text=False)
        self._context.actions.bind(self.as_table, "watch.table", show_text=False)

    def _register_for(self, view: QWidget) -> None:
        """The keys that the face hears while it has the focus."""
        add, faces = self._context.actions.add, self.faces
        add("watch.remove", lambda: self.tr("Remove from the list"), self.remove, shortcut="Del", where=view)
        add("watch.up", lambda: self.tr("Move up"), lambda: faces.move(-1), shortcut="Alt+Up", where=view,
            why_not=faces.why_not_move)  # fmt: skip
        add("watch.down", lambda: self.tr("Move down"), lambda: faces.move(1), shortcut="Alt+Down", where=view,
            why_not=faces.why_not_move)  # fmt: skip
        add("watch.paste", lambda: self.tr("Add from the clipboard"), self.paste, shortcut="Ctrl+V", where=view)

    def _open_menu(self) -> None:
        self._menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _open_menu_at(self, at: QPoint) -> None:
        self._menu().popup(self.view.mapToGlobal(at))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in (
            ("watch.add", "watch.remove", "watch.up", "watch.down"),
            ("watch.paste", "watch.import"),
            ("watch.new", "watch.rename", "watch.drop"),
            ("watch.table",),
        ):
            for id in group:
                if (action := self._context.actions.action(id)) is not None:
                    menu.addAction(action)
            menu.addSeparator()
        return menu

    # --- the list ---------------------------------------------------------------------------------------------------

    def add(self, instruments: tuple[InstrumentId, ...]) -> None:
        self.groups.add(instruments)

    def add_one(self, instrument: InstrumentId) -> None:
        self.add((instrument,))

    def add_shown(self) -> None:
        if (shown := self._context.instrument) is not None:
            self.add_one(shown)

    def remove(self) -> None:
        self.groups.remove(self.faces.chosen())

    def paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text())

    def take_text(self, text: str) -> None:
        """Add what a text names, and say what was not understood."""
        pasted = read_pasted(text, self._context.search.find)
        new = self.groups.add(pasted.found)
        said = self.tr("{new} added, {old} were there already.").format(new=len(new), old=len(pasted.found) - len(new))
        if pasted.unknown:
            lines = ", ".join(pasted.unknown[:5])
            said += "\n" + self.tr("Not understood ({count}): {lines}").format(count=len(pasted.unknown), lines=lines)
        self._context.say(Event.NOTE, said, merge="watch.import", account="")

    def choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Add from a CSV file"), "", self.tr("Lists (*.csv *.txt *.tsv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Add what a file names; Korean programs write them in UTF-8 or CP949."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(1_000_000)
        except OSError as error:
            self._context.say(Event.NOTE, self.tr("Could not be read: {why}").format(why=error.strerror), sticky=True)
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp949", errors="replace")
        self.take_text(text)

    def _ask_new(self) -> None:
        self._ask_name(self.tr("New group"), "", self.groups.new_group)

    def _ask_rename(self) -> None:
        name = self.groups.all[self.groups.shown].name
        self._ask_name(self.tr("Rename the group"), name, self.groups.rename)

    def _ask_name(self, title: str, text: str, then: object) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name of the group"))
        dialog.setTextValue(text)
        dialog.textValueSelected.connect(then)
        dialog.open()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _first_list(self) -> None:
        instruments = self._context.instruments
        if self.groups.fresh and instruments:
            self.groups.add(tuple(one.id for one in instruments[:FIRST]))
        self._changed()

    def _changed(self) -> None:
        self._watch()
        self._place_empty()

    def _watch(self, _seen: bool = True) -> None:
        """Data comes for the rows while they are seen, and stops when nobody looks."""
        if self.isHidden() or self._resting:
            self.feed.close()
        else:
            self.feed.watch(self.groups.instruments)

    def rest(self, resting: bool) -> None:
        """Resting it asks for no data, though it is not hidden itself."""
        self._resting = resting
        self._watch()

    def close_for_good(self) -> None:
        self.visibilityChanged.disconnect(self._watch)
        self.feed.close()

    def _reading(self, busy: bool) -> None:
        self.view.setProperty("busy", busy)

    def _list_groups(self) -> None:
        self.chooser.clear()
        for group in self.groups.all:
            self.chooser.addItem(group.name or self.tr("Watch list"))
        self.chooser.setCurrentIndex(self.groups.shown)

    def _place_empty(self) -> None:
        self.empty.setVisible(not self.groups.instruments)
        area = self.view.viewport().rect()
        self.empty.setGeometry(area.adjusted(grid(self, 2), 0, -grid(self, 2), 0))

    def _table_made(self, table: WatchTable) -> None:
        view = table.view
        self._register_for(view)
        table.menu_actions = [
            action for action in view.actions() if action.objectName() in ("watch.remove", "watch.up", "watch.down")
        ]
        view.head.sortIndicatorChanged.connect(self._ask_moves)

    def _ask_moves(self, *_sorted: object) -> None:
        self._context.actions.refresh("watch.up", "watch.down")

    def _turned(self, table: bool) -> None:
        """A table wants room: as much as its columns need, but no more than its part of the window."""
        self.as_table.setChecked(table)
        self._ask_moves()
        host = self.parentWidget()
        if self.isFloating():
            self.resize(self._face_width(self.screen().availableGeometry().width()), self.height())
        elif isinstance(host, QMainWindow) and host.dockWidgetArea(self) != Qt.DockWidgetArea.NoDockWidgetArea:
            host.resizeDocks([self], [self._face_width(host.width())], Qt.Orientation.Horizontal)

    def _face_width(self, room: int) -> int:
        if self.faces.as_table and self.faces.table is not None:
            return min(self.faces.table.wanted_width() + 2 * grid(self, 2), room * _MOST_OF_WINDOW // 100)
        return self.wanted_width(room)

    def _floated(self, floating: bool) -> None:
        self.setTitleBarWidget(None if floating else self._no_title)  # type: ignore[arg-type]  # None is Qt's own bar

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Watch list"))
        hint = self._context.actions.hint("search")
        self.search.setText(f"{self.tr('Find: name, initials, code')}   {hint}".rstrip())
        self.chooser.setAccessibleName(self.tr("Group"))
        self.as_table.setText("▦")
        self.as_table.setChecked(self.faces.as_table)
        self.more.setAccessibleName(self.tr("Groups and import"))
        self.more.setToolTip(self.tr("Groups and import"))
        self.view.setAccessibleName(self.tr("Watch list"))
        self.empty.setText(self.tr("This group is empty. Find an instrument, or paste a list of codes or names."))
        self._list_groups()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "empty"):
            self._place_empty()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_empty()
