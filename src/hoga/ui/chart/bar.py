"""The chart's buttons: periods, back to the newest candle, the menu; and the strip that says what went wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from hoga.ui.chart.commands import WITH_KEYS, timeframe_id
from hoga.ui.chart.texts import long_name, short_name
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from hoga.ui.painting import bold, grid, small


class ChartBar(QWidget):
    """Signals:

    menu_wanted: the menu button was pressed.
    """

    menu_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget, *, mini: bool) -> None:
        super().__init__(parent)
        self._context = context
        self.layout_ = QHBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        self._buttons: dict[Timeframe, QToolButton] = {}
        self._group: QButtonGroup | None = None
        self._drop: QToolButton | None = None
        self._timeframe = Timeframe.M1
        if not mini:
            self._make_buttons()
        self._make_drop()
        self.newest = self._tool(parent, "chart.newest", "⇥")
        self.more = self._tool(parent, "", "⋯")
        self.more.clicked.connect(self.menu_wanted)

    def finish(self) -> None:
        """Put the buttons that stand at the right behind whatever was added to ``layout_``."""
        self.layout_.addWidget(self.newest)
        self.layout_.addWidget(self.more)

    def bind(self) -> None:
        """Let the buttons stand for their actions, once these are registered."""
        for timeframe, button in self._buttons.items():
            self._context.actions.bind(button, timeframe_id(timeframe), show_text=False)
        self._context.actions.bind(self.newest, "chart.newest", show_text=False)
        self.retranslate()

    def choose(self, timeframe: Timeframe) -> None:
        self._timeframe = timeframe
        if timeframe in self._buttons:
            self._buttons[timeframe].setChecked(True)
        elif self._group is not None:
            # No button stands for it: the list beside them says it.
            self._group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)
        self.retranslate()

    def retranslate(self) -> None:
        for timeframe, button in self._buttons.items():
            button.setText(short_name(timeframe))
        if self._drop is not None:
            self._drop.setText(self.tr("Other") if self._timeframe in self._buttons else short_name(self._timeframe))
            self._drop.setAccessibleName(self.tr("Period"))
            self._drop.setToolTip(long_name(self._timeframe))
            for entry, timeframe in zip(self._drop.menu().actions(), Timeframe, strict=True):
                entry.setText(long_name(timeframe))
        self.more.setToolTip(self.tr("What can be done on the chart (also by a right click)"))
        self.more.setAccessibleName(self.tr("Chart menu"))
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.fit()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self._group = group = QButtonGroup(self)
        for timeframe in WITH_KEYS:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            group.addButton(button)
            self._buttons[timeframe] = button
            self.layout_.addWidget(button)

    def _make_drop(self) -> None:
        self._drop = QToolButton(self)
        self._drop.setAutoRaise(True)
        self._drop.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._drop)
        for timeframe in Timeframe:
            menu.addAction(long_name(timeframe)).triggered.connect(partial(self._trigger, timeframe))
        self._drop.setMenu(menu)
        self.layout_.addWidget(self._drop)

    def _trigger(self, timeframe: Timeframe, _checked: bool = False) -> None:
        self._context.actions.trigger(timeframe_id(timeframe))

    def _tool(self, parent: QWidget, name: str, sign: str) -> QToolButton:
        button = QToolButton(parent)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setText(sign)
        return button

    def fit(self) -> None:
        """Small letters, but at least a comfortable height to press. The font may be another one now."""
        font = small(self.font())
        for button in (*self._buttons.values(), self.newest, self.more, *((self._drop,) if self._drop else ())):
            # The chosen period is told from a focused one by its letters.
            button.setFont(bold(font) if button is self._buttons.get(self._timeframe) else font)
            button.setMinimumHeight(grid(self, 6))
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class TroubleStrip(QWidget):
    """One line under the chart: bars are shown, but a read failed. With a way to try again."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.words = QLabel(self)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(grid(self, 2), grid(self), grid(self), grid(self))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.setAutoFillBackground(True)
        self.dress()
        self.hide()

    def say(self, text: str) -> None:
        """An empty text hides the strip."""
        self.words.setText(text)
        self.words.setToolTip(text)
        self.setVisible(bool(text))

    def dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._context.tokens.warn_ground)
        palette.setColor(QPalette.ColorRole.WindowText, self._context.tokens.warn)
        self.setPalette(palette)
