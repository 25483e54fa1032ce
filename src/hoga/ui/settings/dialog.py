"""The settings window: one page to scroll, one line to search it, everything in effect as soon as it is chosen."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hoga.ui.check import CheckBox
from hoga.ui.context import Context, Event
from hoga.ui.limits.editor import LimitsEditor
from hoga.ui.painting import bold, grid
from hoga.ui.preferences import Preferences
from hoga.ui.settings.keys import KeysEditor
from hoga.ui.settings.sections import Choice, Section, choices, event_words, section_words


class SettingsDialog(QDialog):
    """Stays open beside the desk. Built anew when the language changes."""

    def __init__(self, context: Context, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._preferences = preferences
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._area = QScrollArea(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel(self)
        self._nothing.hide()
        self._foot = QHBoxLayout()
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self._area, 1)
        column.addLayout(self._foot)
        self._export = QPushButton(self)
        self._import = QPushButton(self)
        self._close = QPushButton(self)
        for button in (self._export, self._import):
            button.setAutoDefault(False)
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._foot.addWidget(self._close)
        self._export.clicked.connect(self._choose_export)
        self._import.clicked.connect(self._choose_import)
        self._close.clicked.connect(self.close)
        self._build()
        context.language_changed.connect(self._build)
        context.look_changed.connect(self._measure)
        preferences.file.changed.connect(self.refresh)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.search.placeholderText())
        self._nothing.setText(self.tr("No setting is called that."))
        self._export.setText(self.tr("Export…"))
        self._export.setToolTip(self.tr("Into a file, to take elsewhere. There are no secrets in it."))
        self._import.setText(self.tr("Import…"))
        self._close.setText(self.tr("Close"))
        self.boxes: dict[str, QComboBox] = {}
        self.event_boxes: dict[tuple[str, Event], QCheckBox] = {}
        self._lines: list[tuple[str, list[QWidget], Section]] = []
        self._headings: dict[Section, QWidget] = {}
        page = QWidget(self._area)
        rows = QGridLayout(page)
        rows.setContentsMargins(0, 0, grid(self, 2), 0)
        rows.setHorizontalSpacing(grid(self, 4))
        rows.setVerticalSpacing(grid(self, 2))
        rows.setColumnStretch(1, 1)
        for section in (Section.LOOK, Section.TRADING):
            self._section(rows, section)
        self._heading(rows, Section.LIMITS)
        self.limits = LimitsEditor(self._context, self._preferences, page)
        rows.addWidget(self.limits, rows.rowCount(), 0, 1, 3)
        self._section(rows, Section.SOUNDS)
        self._events(rows)
        self._heading(rows, Section.KEYS)
        self.keys = KeysEditor(self._context, self._preferences, page)
        rows.addWidget(self.keys, rows.rowCount(), 0, 1, 3)
        rows.setRowStretch(rows.rowCount(), 1)
        self._turn_to(page)
        self._measure()
        self.refresh()

    def _section(self, rows: QGridLayout, section: Section) -> None:
        self._heading(rows, section)
        for choice in choices():
            if choice.section is section:
                self._choice(rows, choice)

    def _turn_to(self, page: QWidget) -> None:
        """Show ``page`` at the place, and with the keyboard at the choice, where the one before it was."""
        focus, place = self.focusWidget(), self._area.verticalScrollBar().value()
        before = self._area.takeWidget()
        self._area.setWidget(page)
        fields = [field for field in page.findChildren(QWidget) if field.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one, other in pairwise((*fields[-1:], self._export, self._import, self._close)):
            self.setTabOrder(one, other)  # after what can be set, which was made later
        if before is None:
            return
        # Not at once: the list that was chosen from may lie on it, and is still telling of the choice.
        before.hide()
        before.deleteLater()
        self.search.clear()  # words of the other language
        self._area.verticalScrollBar().setValue(place)
        if focus is not None and focus.objectName() in self.boxes:
            self.boxes[focus.objectName()].setFocus()

    def _heading(self, rows: QGridLayout, section: Section) -> None:
        label = QLabel(section_words(section), rows.parentWidget())
        label.setFont(bold(self.font()))
        label.setContentsMargins(0, grid(self, 3), 0, 0)
        self._headings[section] = label
        rows.addWidget(label, rows.rowCount(), 0, 1, 3)

    def _choice(self, rows: QGridLayout, choice: Choice) -> None:
        parent = rows.parentWidget()
        heading = QLabel(choice.heading(), parent)
        box = QComboBox(parent)
        for value, words in choice.values().items():
            default = self.tr(" (default)") if value == choice.default else ""
            box.addItem(words + default, value)
        box.setObjectName(choice.field)
        box.setAccessibleName(choice.heading())
        box.setAccessibleDescription(choice.about())
        box.activated.connect(partial(self._chosen, choice.field))
        heading.setBuddy(box)
        about = self._about(choice.about(), parent)
        line = rows.rowCount()
        rows.addWidget(heading, line, 0)
        rows.addWidget(box, line, 1, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(about, line + 1, 1)
        self.boxes[choice.field] = box
        words = " ".join((choice.heading(), choice.about(), *choice.values().values()))
        self._lines.append((words.casefold(), [heading, box, about], choice.section))

    def _events(self, rows: QGridLayout) -> None:
        parent = rows.parentWidget()
        for event in Event:
            heading = QLabel(event_words(event), parent)
            sound, toast = CheckBox(self.tr("sound"), parent), CheckBox(self.tr("toast"), parent)
            for field, box in (("muted", sound), ("quiet", toast)):
                box.setAccessibleName(f"{event_words(event)}: {box.text()}")
                box.toggled.connect(partial(self._switched, field, event))
                self.event_boxes[field, event] = box
            hear = QPushButton(self.tr("Listen"), parent)
            hear.setAutoDefault(False)
            hear.clicked.connect(partial(self._listen, event))
            both = QHBoxLayout()
            for widget in (sound, toast, hear):
                both.addWidget(widget)
            both.addStretch(1)
            line = rows.rowCount()
            rows.addWidget(heading, line, 0)
            rows.addLayout(both, line, 1)
            words = f"{event_words(event)} {sound.text()} {toast.text()}".casefold()
            self._lines.append((words, [heading, sound, toast, hear], Section.SOUNDS))

    def _about(self, text: str, parent: QWidget | None) -> QLabel:
        label = QLabel(text, parent)
        label.setWordWrap(True)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        return label

    def _measure(self) -> None:
        gap = grid(self, 4)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(gap, gap, gap, gap)
            layout.setSpacing(gap // 2)
        metrics = self.fontMetrics()
        screen = self.screen().availableGeometry()
        self.resize(
            min(metrics.averageCharWidth() * 84, screen.width()), min(metrics.height() * 34, screen.height() * 9 // 10)
        )

    # --- what is set ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is set now, whoever set it."""
        now = self._preferences.now
        for field, box in self.boxes.items():
            wanted = getattr(now, field)
            place = next((k for k in range(box.count()) if box.itemData(k) == wanted), -1)
            if place < 0:
                # A size of one's own, from a file written by hand.
                box.addItem(str(wanted), wanted)
                place = box.count() - 1
            box.setCurrentIndex(place)
        for (field, event), check in self.event_boxes.items():
            check.blockSignals(True)
            check.setChecked(event not in getattr(now, field))
            check.blockSignals(False)

    def show_only(self, text: str) -> None:
        """Search the settings for ``text``."""
        self.search.setText(text)

    def _chosen(self, field: str, place: int) -> None:
        value: Any = self.boxes[field].itemData(place)
        self._preferences.file.change(**{field: value})

    def _switched(self, field: str, event: Event, on: bool) -> None:
        off: frozenset[Event] = getattr(self._preferences.now, field)
        self._preferences.file.change(**{field: off - {event} if on else off | {event}})

    def _listen(self, event: Event) -> None:
        self._context.sound_wanted.emit(event)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        seen: set[Section] = set()
        for words, widgets, section in self._lines:
            shown = wanted in words or wanted in section_words(section).casefold()
            for widget in widgets:
                widget.setVisible(shown)
            if shown:
                seen.add(section)
        if self.keys.filter("" if wanted in section_words(Section.KEYS).casefold() else wanted):
            seen.add(Section.KEYS)
        if self.limits.filter("" if wanted in section_words(Section.LIMITS).casefold() else wanted):
            seen.add(Section.LIMITS)
        for section, heading in self._headings.items():
            heading.setVisible(section in seen)
        self._nothing.setVisible(not seen)

    # --- files ------------------------------------------------------------------------------------------------------

    def _choose_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the settings"), "hoga-settings.json", self._kinds())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        self._open(dialog).fileSelected.connect(self.export_to)

    def _choose_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import settings"), "", self._kinds())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog).fileSelected.connect(self.import_from)

    @staticmethod
    def _open(dialog: QFileDialog) -> QFileDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _kinds(self) -> str:
        return self.tr("Settings (*.json)")

    def export_to(self, path: str) -> None:
        try:
            Path(path).write_bytes(self._preferences.file.export())
        except OSError as error:
            self._fail(self.tr("Could not be written: {why}").format(why=error.strerror))

    def import_from(self, path: str) -> None:
        try:
            self._preferences.file.take_over(Path(path).read_bytes())
        except OSError as error:
            self._fail(self.tr("Could not be read: {why}").format(why=error.strerror))
        except ValueError as error:
            self._fail(self.tr("No settings could be read from it: {why}").format(why=error))

    def _fail(self, text: str) -> None:
        self._context.say(Event.NOTE, text, merge="settings.file", sticky=True)
