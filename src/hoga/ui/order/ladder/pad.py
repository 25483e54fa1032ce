"""The quantity pad beside the ladder: one quantity per instrument, times one or five, or all that is possible."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.measures import sized
from hoga.ui.order.numbers import Plain, read, whole
from hoga.ui.painting import grid

_STATE, _VERSION = "order/pad", 1
_MOST_KEPT = 200


class Times(Enum):
    ONE = 1
    FIVE = 5
    MAX = 0


class Pad(QWidget):
    """``quantity`` is what a click is for, or None for all that is possible at that price. Never says which side.

    The number is kept for each instrument; one that has none begins with the number used last. Signals:

    changed
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        kept = context.state.get(_STATE, _VERSION)
        self._kept: dict[str, int] = {}
        if isinstance(kept, dict):
            self._kept = {code: n for code, n in kept.items() if isinstance(code, str) and type(n) is int and n > 0}
        self._instrument: InstrumentId | None = None
        self.unit: int | None = 1
        self.times = Times.ONE
        self.edit = NumberEdit(self)
        sized(self.edit, digits=9, fixed=True)
        self.edit.typed.connect(self._typed)
        self.edit.stepped.connect(self._stepped)
        self.chips = {times: QPushButton(self) for times in Times}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(grid(self))
        row.addWidget(self.edit)
        for times, chip in self.chips.items():
            chip.setCheckable(True)
            sized(chip, digits=4.2, fixed=True)
            chip.clicked.connect(self._chosen(times))
            row.addWidget(chip)
        context.selected.connect(self._on_selected)
        if context.instrument is not None:
            self._on_selected(context.instrument)

    @property
    def all_of_it(self) -> bool:
        return self.times is Times.MAX

    @property
    def quantity(self) -> int | None:
        """None: all that is possible, or nothing readable stands in the field."""
        return None if self.unit is None or self.all_of_it else self.unit * self.times.value

    def retranslate(self) -> None:
        self.edit.setAccessibleName(self.tr("Quantity of a click on the ladder"))
        self.edit.setToolTip(self.tr("Shares of one click on the ladder; kept for each instrument."))
        self.edit.set_suffix(self.tr("sh"))
        for times, chip in self.chips.items():
            chip.setText(self.tr("Max") if times is Times.MAX else f"{times.value}×")
            tip = self.tr("All that can be bought or sold at the price clicked")
            chip.setToolTip(tip if times is Times.MAX else self.tr("{n} times the number").format(n=times.value))
            chip.setAccessibleName(chip.toolTip())
        self.refresh()

    def refresh(self) -> None:
        if self.unit is not None:
            self.edit.show_number(f"{self.unit:,}")
        tokens = self._context.tokens
        dress.field_ground(self.edit, tokens.selection if self.unit is not None else tokens.bad_ground, tokens.text)
        for times, chip in self.chips.items():
            with QSignalBlocker(chip):
                chip.setChecked(times is self.times)
            dress.chosen(chip, tokens)

    def _on_selected(self, instrument: InstrumentId) -> None:
        self._instrument = instrument
        self.unit = self._kept.get(instrument.code, self._kept.get("", 1))
        self.times = Times.ONE
        self.refresh()
        self.changed.emit()

    def _typed(self, text: str) -> None:
        size = read(text)
        count = whole(size.value) if isinstance(size, Plain) else None
        self._use(count if count else None)

    def _stepped(self, by: int) -> None:
        self._use(max((self.unit or 0) + by, 1))

    def _use(self, count: int | None) -> None:
        self.unit = count
        if count is not None and self._instrument is not None:
            self._kept.pop(self._instrument.code, None)
            self._kept |= {self._instrument.code: count, "": count}
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._context.state.put(_STATE, dict(self._kept), _VERSION)
        self.refresh()
        self.changed.emit()

    def _chosen(self, times: Times) -> Callable[[], None]:
        def pressed() -> None:
            self.times = times
            self.refresh()
            self.changed.emit()

        return pressed
