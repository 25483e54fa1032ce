"""Rows by key in an order of their own: changed row by row, sorted and filtered in one pass, never reset.

Qt sees the smallest change there is: one ``dataChanged`` for each row that shows something else, rows that come and go
as such, and a new layout only where the order itself is another. While the order is *held* (the pointer is over the
table) nothing moves: new rows come last, rows that are gone stay until the pointer leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from hoga.ui.tables.column import HIDDEN, Cell, Column, R

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class RowModel(QAbstractTableModel, Generic[R]):
    """See the module. Signals:

    stirred (bool): whether the rows would now stand in another order if it were not held.
    rearranged: rows came, went or moved.
    """

    stirred = Signal(bool)
    rearranged = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: dict[Hashable, R] = {}
        self._shown: list[Hashable] = []
        self._places: dict[Hashable, int] = {}
        self._cells: dict[Hashable, list[Cell | None]] = {}
        self._sort: tuple[Column[R], bool] | None = None
        self._words: tuple[str, ...] = ()
        self._keep: Callable[[R], bool] | None = None
        self._held = False
        self._gone: set[Hashable] = set()
        self._leaving: dict[Hashable, R] = {}
        """Rows that Qt may still ask about while it is being told that they go."""
        self._stirred = False
        self._hidden = False

    # --- rows -------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[R]) -> None:
        """All rows there are, in their natural order."""
        before, self._rows = self._rows, {self._key(row): row for row in rows}
        left = [key for key in self._shown if key not in self._rows] if self._held else []
        self._rows.update((key, before[key]) for key in left)
        gone, self._gone = self._gone, set(left)
        changed = [key for key, row in self._rows.items() if key in before and before[key] != row]
        changed += [key for key in gone ^ self._gone if key in before and key not in changed]
        self._forget_cells(changed)
        self._leaving = {key: row for key, row in before.items() if key not in self._rows}
        self._arrange()
        self._leave()
        self._tell_changed(changed)

    def put(self, rows: Iterable[R], *, live: bool = False) -> int:
        """Newer versions of rows that are there; others are left out. Returns how many show something else.

        ``live``: only market data moved. Then the columns that depend on it alone are worded and painted anew, and
        the rows stay where they are until ``arrange`` is called: what changes many times a second does not dance.
        """
        changed = []
        for row in rows:
            key = self._key(row)
            if key in self._rows and self._rows[key] != row:
                self._rows[key] = row
                changed.append(key)
        if live:
            self._forget_live(changed)
        else:
            self._forget_cells(changed)
            if changed:
                self._arrange()
        self._tell_changed(changed, self._live if live else range(len(self.columns)))
        return len(changed)

    def arrange(self) -> None:
        """Sort and filter anew."""
        self._arrange()

    def all_rows(self) -> tuple[R, ...]:
        return tuple(self._rows.values())

    def shown_keys(self) -> tuple[Hashable, ...]:
        """The rows that are shown, from the top."""
        return tuple(self._shown)

    def row(self, place: int) -> R:
        return self._at(self._shown[place])

    def find(self, key: Hashable) -> R | None:
        return self._rows.get(key)

    def is_gone(self, place: int) -> bool:
        """Whether the row is only still shown because the order is held."""
        return self._shown[place] in self._gone

    def place(self, key: Hashable) -> int | None:
        """Where a row stands; None when it is not shown."""
        return self._places.get(key)

    # --- order, filter, hiding --------------------------------------------------------------------------------------

    @property
    def held(self) -> bool:
        return self._held

    def pinned(self) -> tuple[Hashable, ...]:
        """The rows that keep their place although they may have ended: all that are shown, while the order is held."""
        return tuple(self._shown) if self._held else ()

    def hold(self, held: bool) -> None:
        """Let nothing move, or let it all fall into place."""
        if held != self._held:
            self._held = held
            if not held:
                self._leaving = {key: self._rows.pop(key) for key in self._gone}
                self._gone = set()
                self._arrange()
                self._leave()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the natural order back. A person asked for it, so it happens at once."""
        self._sort = (self.columns[column], order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange(asked=True)

    def sorted_by(self) -> tuple[str, bool] | None:
        """The column's name and whether it falls; None in natural order."""
        return (self._sort[0].name, self._sort[1]) if self._sort else None

    def filter_text(self, text: str) -> None:
        """Show rows of which each word stands in some column."""
        self._words = tuple(text.casefold().split())
        self._arrange(asked=True)

    def filter_rows(self, keep: Callable[[R], bool] | None) -> None:
        self._keep = keep
        self._arrange(asked=True)

    @property
    def filtered(self) -> bool:
        return bool(self._words) or self._keep is not None

    def hide_amounts(self, hidden: bool) -> None:
        if hidden != self._hidden:
            self._hidden = hidden
            self.retell()

    @property
    def amounts_hidden(self) -> bool:
        return self._hidden

    def retell(self) -> None:
        """Every text is another now: language, or hidden amounts."""
        self._cells.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, place: int, column: int) -> Cell:
        """What is shown there; kept until the row changes."""
        key = self._shown[place]
        cells = self._cells.get(key)
        if cells is None:
            cells = self._cells[key] = [None] * len(self.columns)
        cell = cells[column]
        if cell is None:
            of = self.columns[column]
            cell = of.cell(self._at(key))
            if self._hidden and of.amount:
                cell = Cell(HIDDEN, plain=HIDDEN, tip=cell.tip if cell.plain is None else "")
            cells[column] = cell
        return cell

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.cell(index.row(), index.column()).text
        if role == Role.ToolTipRole:
            cell = self.cell(index.row(), index.column())
            return cell.tip or (None if self.columns[index.column()].right else cell.text or None)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.UserRole:
            return self.columns[index.column()].sort(self.row(index.row()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title()
        if role == Role.ToolTipRole and column.about is not None:
            return column.about()
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # --- inside -----------------------------------------------------------------------------------------------------

    def _wanted(self) -> list[Hashable]:
        """The keys to show, sorted; equal ones keep their natural order, unknown ones come last either way."""
        rows = [(key, row) for key, row in self._rows.items() if self._fits(key, row)]
        if self._sort is None:
            return [key for key, _ in rows]
        column, falling = self._sort
        valued = [(column.sort(row), key) for key, row in rows]
        known = [pair for pair in valued if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=falling)
        return [key for _, key in known] + [key for value, key in valued if value is None]

    def _fits(self, key: Hashable, row: R) -> bool:
        if self._keep is not None and not self._keep(row):
            return False
        if not self._words:
            return True
        texts = " ".join(column.cell(row).text for column in self.columns).casefold()
        return all(word in texts for word in self._words)

    def _arrange(self, *, asked: bool = False) -> None:
        wanted = self._wanted()
        if self._held and not asked:
            fresh, there = set(wanted), set(self._shown)
            still = [key for key in self._shown if key in self._rows]
            frozen = still + [key for key in wanted if key not in there]
            self._stir(
                bool(self._gone) or wanted != [key for key in frozen if key in fresh] or len(fresh) != len(frozen)
            )
            wanted = frozen
        else:
            self._stir(False)
        if wanted == self._shown:
            return
        self._remove(set(wanted))
        self._reorder(wanted)
        self._insert(wanted)
        self.rearranged.emit()

    def _stir(self, stirred: bool) -> None:
        if stirred != self._stirred:
            self._stirred = stirred
            self.stirred.emit(stirred)

    def _remove(self, wanted: set[Hashable]) -> None:
        last = len(self._shown) - 1
        while last >= 0:
            if self._shown[last] in wanted:
                last -= 1
                continue
            first = last
            while first > 0 and self._shown[first - 1] not in wanted:
                first -= 1
            self.beginRemoveRows(_NOWHERE, first, last)
            self._show(self._shown[:first] + self._shown[last + 1 :])
            self.endRemoveRows()
            last = first - 1

    def _reorder(self, wanted: list[Hashable]) -> None:
        there = set(self._shown)
        target = [key for key in wanted if key in there]
        if target == self._shown:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [self._shown[index.row()] for index in old]
        self._show(target)
        new = [self.index(self._places[key], index.column()) for key, index in zip(keys, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _insert(self, wanted: list[Hashable]) -> None:
        at = 0
        while at < len(wanted):
            if at < len(self._shown) and self._shown[at] == wanted[at]:
                at += 1
                continue
            end = at
            while end < len(wanted) and wanted[end] not in self._places:
                end += 1
            self.beginInsertRows(_NOWHERE, at, end - 1)
            self._show(self._shown[:at] + wanted[at:end] + self._shown[at:])
            self.endInsertRows()
            at = end

    def _show(self, keys: list[Hashable]) -> None:
        self._shown = keys
        self._places = {key: place for place, key in enumerate(keys)}

    def _at(self, key: Hashable) -> R:
        return self._rows[key] if key in self._rows else self._leaving[key]

    def _leave(self) -> None:
        self._forget_cells(self._leaving)
        self._leaving = {}

    def _forget_cells(self, keys: Iterable[Hashable]) -> None:
        for key in keys:
            self._cells.pop(key, None)

    def _forget_live(self, keys: Iterable[Hashable]) -> None:
        live = [place for place in self._live if self.columns[place].live] or list(self._live)
        for key in keys:
            cells = self._cells.get(key)
            if cells is not None:
                for place in live:
                    cells[place] = None

    @property
    def _live(self) -> range:
        """From the first to the last column that depends on market data; all where none says so."""
        places = [place for place, column in enumerate(self.columns) if column.live]
        return range(places[0], places[-1] + 1) if places else range(len(self.columns))

    def _tell_changed(self, keys: Iterable[Hashable], columns: range | None = None) -> None:
        """One signal for each row."""
        columns = range(len(self.columns)) if columns is None else columns
        for key in keys:
            place = self._places.get(key)
            if place is not None:
                self.dataChanged.emit(self.index(place, columns[0]), self.index(place, columns[-1]))
