"""Choosing studies: what is shown, with which settings and colours. Every change is seen in the chart at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hoga.ui.chart.studies.kinds import KINDS
from hoga.ui.chart.studies.shelf import COLOURS, MOST, Shelf, Shown
from hoga.ui.chart.studies.study import Setting
from hoga.ui.chart.studies.words import colour_name, kind_name, part_name, short_name
from hoga.ui.check import CheckBox
from hoga.ui.context import Context
from hoga.ui.painting import grid


class StudiesDialog(QDialog):
    """Stays beside the chart while it is looked at. Signals:

    changed: the shelf is another now.
    """

    changed = Signal()

    def __init__(self, context: Context, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._shelf = context, shelf
        self.list = QListWidget(self)
        self.kind = QComboBox(self)
        self.add, self.remove, self.restore = QPushButton(self), QPushButton(self), QPushButton(self)
        self.profile = CheckBox(self)
        self.form = QWidget(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show_settings())
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.restore.clicked.connect(self._restore)
        self.profile.toggled.connect(self._set_profile)
        self.buttons.rejected.connect(self.close)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self._show_settings)
        self.retranslate()
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        row, left, whole, foot = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self), QHBoxLayout()
        adding = QHBoxLayout()
        adding.addWidget(self.kind, 1)
        adding.addWidget(self.add)
        left.addLayout(adding)
        left.addWidget(self.list, 1)
        left.addWidget(self.remove)
        left.addWidget(self.profile)
        self._right = QVBoxLayout()
        self._right.addWidget(self.form)
        self._right.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(self._right, 4)
        foot.addWidget(self.restore)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        whole.addLayout(row, 1)
        whole.addLayout(foot)
        self.setMinimumSize(grid(self, 130), grid(self, 85))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Studies"))
        chosen = max(self.kind.currentIndex(), 0)
        self.kind.clear()
        for kind in KINDS:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setCurrentIndex(chosen)
        self.kind.setAccessibleName(self.tr("Study to add"))
        self.list.setAccessibleName(self.tr("Studies in the chart"))
        self.add.setText(self.tr("Add"))
        self.remove.setText(self.tr("Remove"))
        self.restore.setText(self.tr("As at first"))
        self.restore.setToolTip(self.tr("The moving averages of 5, 20 and 60 bars."))
        self.profile.setText(self.tr("Volume by price"))
        self.profile.setToolTip(self.tr("How much was traded at which price, of the candles that are seen."))
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        self.show_shelf()

    def show_shelf(self) -> None:
        """The list anew, after the shelf was changed elsewhere too."""
        row = self.list.currentRow()
        with QSignalBlocker(self.list), QSignalBlocker(self.profile):
            self.list.clear()
            for shown in self._shelf.entries:
                self.list.addItem(f"{short_name(shown.study)} · {kind_name(shown.study.kind)}")
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
            self.profile.setChecked(self._shelf.profile)
        self._show_settings()

    # --- the chosen study -------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Shown | None:
        row = self.list.currentRow()
        return self._shelf.entries[row] if 0 <= row < len(self._shelf.entries) else None

    def _show_settings(self) -> None:
        fresh = QWidget(self)
        form, shown = QFormLayout(fresh), self.chosen
        form.setContentsMargins(grid(self, 3), 0, 0, 0)
        if shown is not None:
            for setting in shown.study.settings:
                form.addRow(part_name(setting.name), self._number(shown, setting))
            for at, name in enumerate(shown.study.line_names):
                form.addRow(part_name(name), self._colours(shown, at, name))
        self._right.replaceWidget(self.form, fresh)
        self.form.hide()
        self.form.deleteLater()
        self.form = fresh
        full = len(self._shelf.entries) >= MOST
        self.add.setEnabled(not full)
        self.add.setToolTip(self.tr("There are as many studies as a chart can show.") if full else "")
        self.remove.setEnabled(shown is not None)
        self.remove.setToolTip("" if shown is not None else self.tr("No study is chosen."))

    def _number(self, shown: Shown, setting: Setting) -> QWidget:
        spin = QDoubleSpinBox(self) if setting.tenths else QSpinBox(self)
        if isinstance(spin, QDoubleSpinBox):
            spin.setDecimals(1)
            spin.setSingleStep(0.1)
            spin.setRange(setting.least, setting.most)
            spin.setValue(shown.study.values[setting.name])
            spin.valueChanged.connect(partial(self._set, shown, setting.name))
        else:
            spin.setRange(int(setting.least), int(setting.most))
            spin.setValue(int(shown.study.values[setting.name]))
            spin.valueChanged.connect(partial(self._set, shown, setting.name))
        spin.setObjectName(f"setting {setting.name}")
        spin.setAccessibleName(part_name(setting.name))
        return spin

    def _colours(self, shown: Shown, at: int, name: str) -> QComboBox:
        box, side = QComboBox(self), grid(self, 3)
        box.setIconSize(QSize(side, side))
        for colour in COLOURS:
            patch = QPixmap(side, side)
            patch.fill(QColor(getattr(self._context.tokens, colour)))
            box.addItem(QIcon(patch), colour_name(colour), colour)
        box.setCurrentIndex(COLOURS.index(shown.colours[at]))
        box.setObjectName(f"colour {name}")
        box.setAccessibleName(self.tr("Colour of {line}").format(line=part_name(name)))
        box.activated.connect(partial(self._paint, shown, at))
        return box

    # --- changes ----------------------------------------------------------------------------------------------------

    def _set(self, shown: Shown, name: str, value: float) -> None:
        self._shelf.change(shown, name, value)
        item = self.list.currentItem()
        if item is not None:
            item.setText(f"{short_name(shown.study)} · {kind_name(shown.study.kind)}")
        self.changed.emit()

    def _paint(self, shown: Shown, at: int, colour: int) -> None:
        shown.colours = (*shown.colours[:at], COLOURS[colour], *shown.colours[at + 1 :])
        self.changed.emit()

    def _add(self) -> None:
        if self._shelf.add(self.kind.currentData()) is not None:
            self.show_shelf()
            self.list.setCurrentRow(self.list.count() - 1)
            self.changed.emit()

    def _remove(self) -> None:
        if self.chosen is not None:
            self._shelf.remove(self.chosen)
            self.show_shelf()
            self.changed.emit()

    def _restore(self) -> None:
        self._shelf.restore()
        self.show_shelf()
        self.changed.emit()

    def _set_profile(self, on: bool) -> None:
        self._shelf.profile = on
        self.changed.emit()
