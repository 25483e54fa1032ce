"""The targets as a table: one row an instrument, cash last; weights, roles and switches are edited in place.

Cells follow prices and holdings as they move; only a row that says something else is painted again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from hoga.plans.inputs import WHOLE, Inputs, Role, Target, Weighting
from hoga.plans.weights import base_of, weights_of
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.plan.draft import Draft, with_row
from hoga.ui.plan.words import exact_part_words, part_words, read_part, role_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Q = Qt.ItemDataRole
BARS = int(Qt.ItemDataRole.UserRole) + 1
TONE = int(Qt.ItemDataRole.UserRole) + 2
CASH = ""


class At(IntEnum):
    """The columns."""

    NAME = 0
    NOW = 1
    TARGET = 2
    BAR = 3
    HELD = 4
    ROLE = 5
    SELL_OUT = 6
    COUNTED = 7
    PRICE = 8


_NUMBERS = (At.NOW, At.TARGET, At.HELD, At.PRICE)


class Row(Struct, frozen=True):
    """``now`` and ``target`` are parts per million of the total; None: not known, or outside it. ``said``: what is
    wrong, ``wrong``: so much that nothing can be approved."""

    code: str
    name: str
    held: int | None
    price: int | None
    now: int | None
    target: int | None
    row: Target | None
    said: str = ""
    wrong: bool = False


def rows_of(
    draft: Draft, inputs: Inputs | None, names: Mapping[str, str], said: Mapping[str, tuple[str, bool]], cash: str
) -> tuple[Row, ...]:
    """What the table shows. ``inputs`` have the draft's targets; None: the account was not read yet."""
    base = base_of(inputs, inputs.rules.deposit) if inputs is not None else None
    total = base.total if base is not None else 0
    assets = inputs.by_code if inputs is not None else {}
    wanted = weights_of(inputs).ppm if inputs is not None else _wanted(draft)
    rows = []
    for target in draft.targets:
        asset = assets.get(target.code)
        counts = target.role is Role.MANAGED or target.counted
        now = asset.value * WHOLE // total if asset is not None and counts and total > 0 else None
        text, wrong = said.get(target.code, ("", False))
        rows.append(
            Row(
                target.code,
                names.get(target.code, "") or (asset.name if asset is not None else ""),
                asset.held if asset is not None else None,
                asset.price or None if asset is not None else None,
                now,
                wanted.get(target.code) if target.role is Role.MANAGED else None,
                target,
                text,
                wrong,
            )
        )
    now_cash = (total - base.holdings) * WHOLE // total if base is not None and total > 0 else None
    rows.append(Row(CASH, cash, None, None, now_cash, max(WHOLE - draft.sum, 0) if draft.targets else None, None))
    return tuple(rows)


def _wanted(draft: Draft) -> dict[str, int]:
    managed = [row for row in draft.targets if row.role is Role.MANAGED]
    if draft.rules.weighting is Weighting.EQUAL:
        return {row.code: WHOLE // len(managed) for row in managed}
    return {row.code: row.weight or 0 for row in managed}


class TargetsModel(QAbstractTableModel):
    """Signals:

    edited (Draft): the person changed a cell.
    misread (str): what was typed is no weight; the sentence says what is.
    """

    edited = Signal(object)
    misread = Signal(str)

    def __init__(self, context: Context, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.draft = draft
        self.rows: tuple[Row, ...] = ()
        self.widest = WHOLE
        """What a whole bar means: the largest weight shown, so that small ones can be told apart."""

    def show_rows(self, draft: Draft, rows: tuple[Row, ...]) -> None:
        """Only what differs is told; a new layout only where rows came, went or moved."""
        self.draft = draft
        before, widest = self.rows, self.widest
        if [row.code for row in before] != [row.code for row in rows]:
            self.beginResetModel()
            self.rows = rows
            self._measure()
            self.endResetModel()
            return
        self.rows = rows
        self._measure()
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new or widest != self.widest:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(At) - 1))

    def _measure(self) -> None:
        self.widest = max([max(row.now or 0, row.target or 0) for row in self.rows] + [1])

    def retell(self) -> None:
        """Another language or look."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(At) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(At) - 1)

    def place(self, code: str) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row.code == code), None)

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(At)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        target = self.rows[index.row()].row if index.isValid() else None
        if target is None:
            return base
        managed, column = target.role is Role.MANAGED, index.column()
        if column == At.ROLE or (column == At.TARGET and managed and not self._equal):
            return base | Qt.ItemFlag.ItemIsEditable
        if (column == At.COUNTED and not managed) or (column == At.SELL_OUT and managed):
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    @property
    def _equal(self) -> bool:
        return self.draft.rules.weighting is Weighting.EQUAL

    def data(self, index: Index, role: int = Q.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Q.DisplayRole, Q.AccessibleTextRole):
            return self._text(row, column)
        if role == Q.EditRole and row.row is not None:
            return exact_part_words(row.row.weight) if column == At.TARGET else row.row.role
        if role == Q.CheckStateRole:
            return self._check(row, column)
        if role == Q.ToolTipRole:
            return row.said or self._tip(row, column)
        if role == Q.TextAlignmentRole:
            right = column in _NUMBERS
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == BARS:
            return row.now, row.target, self.widest
        if role == TONE:
            if row.said and column == At.NAME:
                return "bad" if row.wrong else "warn"
            return "dim" if _aside(row) else "text"
        return None

    def _text(self, row: Row, column: int) -> str:
        match column:
            case At.NAME:
                mark = "⚠ " if row.said else ""
                return mark + (row.name or row.code)
            case At.HELD:
                return "" if row.row is None else fmt.shares(row.held)
            case At.PRICE:
                return "" if row.row is None else fmt.DASH if row.price is None else fmt.units(row.price)
            case At.NOW:
                return part_words(row.now)
            case At.TARGET:
                return self._target_text(row)
            case At.ROLE:
                return "" if row.row is None else role_words(row.row.role)
            case _:
                return ""

    def _target_text(self, row: Row) -> str:
        if row.row is None or self._equal or row.row.role is not Role.MANAGED:
            return part_words(row.target)
        return fmt.DASH if row.row.weight is None else f"{exact_part_words(row.row.weight)} %"

    def _tip(self, row: Row, column: int) -> str:
        if column == At.BAR:
            return self.tr("Above: what it weighs now. Below: its target.")
        if row.row is None:
            return self.tr("What is not asked for by the rows above stays cash.")
        if column == At.TARGET:
            return self.tr("Type a weight in percent, with up to four decimals.")
        return f"{row.name} {row.code}".strip() if column == At.NAME else self._text(row, column)

    def _check(self, row: Row, column: int) -> Qt.CheckState | None:
        if row.row is None:
            return None
        managed = row.row.role is Role.MANAGED
        on = None
        if column == At.COUNTED and not managed:
            on = row.row.counted
        elif column == At.SELL_OUT and managed:
            on = row.row.sell_out
        return None if on is None else Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Q.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        title, about = self._head(At(section))
        if role == Q.DisplayRole:
            return title
        if role == Q.ToolTipRole:
            return about or title
        if role == Q.TextAlignmentRole:
            right = section in _NUMBERS
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _head(self, at: At) -> tuple[str, str]:
        """Title, and what it means."""
        match at:
            case At.NAME:
                return self.tr("Instrument"), ""
            case At.NOW:
                return self.tr("Now"), self.tr("What it is worth, as a part of the total that is planned for.")
            case At.TARGET:
                return self.tr("Target"), self.tr("What it should be worth. Double click or type to change it.")
            case At.BAR:
                return self.tr("Now → target"), self.tr("Above: what it weighs now. Below: its target.")
            case At.HELD:
                return self.tr("Held"), self.tr("Shares in the account now.")
            case At.ROLE:
                return self.tr("Role"), self.tr("Excluded and locked holdings are neither bought nor sold.")
            case At.SELL_OUT:
                return self.tr("To the last"), self.tr("Whether the last share may be sold.")
            case At.COUNTED:
                return self.tr("Counts"), self.tr("Whether an excluded holding is part of the total all the same.")
            case At.PRICE:
                return self.tr("Price"), self.tr("The last price.")

    # --- editing ----------------------------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Q.EditRole) -> bool:
        target = self.rows[index.row()].row if index.isValid() else None
        changed = None if target is None else self._changed(target, index.column(), value, role)
        if changed is None:
            return False
        self.edited.emit(with_row(self.draft, changed))
        return True

    def _changed(self, target: Target, column: int, value: Any, role: int) -> Target | None:
        if role == Q.CheckStateRole:
            on = Qt.CheckState(value) is Qt.CheckState.Checked
            return replace(target, counted=on) if column == At.COUNTED else replace(target, sell_out=on)
        if column == At.ROLE and isinstance(value, Role):
            return replace(target, role=value)
        if column == At.TARGET and isinstance(value, str):
            if not value.strip():
                return replace(target, weight=None)
            weight = read_part(value)
            if weight is not None:
                return replace(target, weight=weight)
            self.misread.emit(
                self.tr("“{text}” is no weight: write percent with up to four decimals.").format(
                    text=value.strip()[:20]
                )
            )
        return None


def _aside(row: Row) -> bool:
    return row.row is None or row.row.role is not Role.MANAGED
