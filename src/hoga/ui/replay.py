"""The controls of a recording that is played: go on, stand still, one event on, faster, another moment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import bold, grid

if TYPE_CHECKING:
    from hoga.trading.replay.player import Player

_STEP = timedelta(milliseconds=100)
"""What one step of the slider is worth."""


def player_of(context: Context) -> Player | None:
    """What plays in this window; None on a desk that trades or looks on."""
    if context.desk.read_only is None:
        return None
    from hoga.trading.replay.desk import ReplayDesk  # loaded with the recording; a desk that trades needs none of it

    return context.desk.player if isinstance(context.desk, ReplayDesk) else None


class ReplayBar(QWidget):
    """Hidden in a window that plays nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.player = player_of(context)
        self.mark = QLabel(self)
        self.play_button, self.step_button = QPushButton(self), QPushButton(self)
        self.speed_box, self.slider, self.time = QComboBox(self), QSlider(Qt.Orientation.Horizontal, self), QLabel(self)
        self._lay_out()
        self.setVisible(self.player is not None)
        if self.player is not None:
            self._connect(self.player)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(grid(self, 4), grid(self), grid(self, 2), grid(self))
        for part in (self.mark, self.play_button, self.step_button, self.speed_box):
            row.addWidget(part)
        row.addWidget(self.slider, 1)
        row.addWidget(self.time)
        self.mark.setFont(bold(self.font()))

    def _connect(self, player: Player) -> None:
        context = self._context
        for speed in player.speeds:
            self.speed_box.addItem(f"{speed}×", speed)
        self.slider.setRange(0, (player.tape.last - player.tape.first) // _STEP)
        self.play_button.clicked.connect(lambda _checked=False: player.play(not player.playing))
        self.step_button.clicked.connect(player.step)
        self.speed_box.activated.connect(lambda index: player.set_speed(player.speeds[index]))
        # Where a hand has moved it to; its own following of the tape tells nothing.
        self.slider.actionTriggered.connect(lambda _action: self._seek(player))
        player.changed = self.refresh
        player.rewound = context.rewound.emit
        context.frame.connect(self.refresh)
        context.second.connect(self.refresh)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def _seek(self, player: Player) -> None:
        player.seek(player.tape.first + self.slider.sliderPosition() * _STEP)

    def retranslate(self) -> None:
        self.mark.setText(self.tr("REPLAY"))
        self.step_button.setText(self.tr("One on"))
        self.step_button.setToolTip(self.tr("Stands still after the next trade or book"))
        self.speed_box.setAccessibleName(self.tr("Speed of the replay"))
        self.slider.setAccessibleName(self.tr("Moment of the recording"))
        self.refresh()

    def refresh(self, _dirty: object = None) -> None:
        player = self.player
        if player is None:
            return
        self.play_button.setText(self.tr("Hold") if player.playing else self.tr("Play"))
        self.speed_box.setCurrentIndex(player.speeds.index(player.speed))
        self.time.setText(f"{player.clock.at:%Y-%m-%d %H:%M:%S}")
        if not self.slider.isSliderDown():
            self.slider.setValue((player.clock.at - player.tape.first) // _STEP)
