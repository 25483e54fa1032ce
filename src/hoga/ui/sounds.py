"""Sounds of events: told apart by rhythm, not pitch; real money sounds fuller than practice.

Made as small WAV files once a session and played by what the system has; without a player the system's beep.
"""

from __future__ import annotations

import array
import math
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hoga.domain.accounts import Stakes
from hoga.ui.context import Context, Event, Toast
from hoga.ui.settings_file import SettingsFile, When

RATE = 22_050
RHYTHMS: dict[Event, tuple[int, ...]] = {
    Event.ACCEPTED: (70,),
    Event.PARTLY_FILLED: (70, 60, 70),
    Event.FILLED: (70, 60, 70, 60, 200),
    Event.REFUSED: (260, 90, 260),
    Event.CANCELLED: (200, 70, 70),
    Event.DISCONNECTED: (120, 120, 120, 120, 120, 120, 120),
    Event.UNKNOWN: (70, 60, 70, 60, 70, 60, 260),
    Event.NOTE: (40,),
}
"""Milliseconds of sound and silence in turn."""
_QUIET_S = 0.25
"""The same event again within this time is heard once."""

Player = Callable[[Path], None]


def samples(rhythm: Sequence[int], stakes: Stakes) -> array.array[int]:
    """16-bit samples of one rhythm. Real and paper carry an overtone that practice does not."""
    overtone = {Stakes.REAL: 0.5, Stakes.PAPER: 0.25, Stakes.PRACTICE: 0.0}[stakes]
    out = array.array("h")
    for step, milliseconds in enumerate(rhythm):
        count = RATE * milliseconds // 1000
        if step % 2:
            out.extend([0] * count)
            continue
        edge = RATE * 6 // 1000
        for k in range(count):
            wave_now = math.sin(math.tau * 660 * k / RATE) + overtone * math.sin(math.tau * 1980 * k / RATE)
            swell = min(1.0, k / edge, (count - k) / edge)
            out.append(int(9_000 * wave_now * swell))
    return out


def write_wav(path: Path, rhythm: Sequence[int], stakes: Stakes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        data = samples(rhythm, stakes)
        if sys.byteorder == "big":
            data.byteswap()
        file.writeframes(data.tobytes())


def system_player() -> Player:
    """How this system plays a file without waiting for it."""
    if sys.platform == "win32":
        import winsound

        return lambda path: winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
    names = ("afplay",) if sys.platform == "darwin" else ("pw-play", "paplay", "aplay")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        return lambda path: QApplication.beep()

    def play(path: Path) -> None:
        if not QProcess.startDetached(program, [str(path)])[0]:
            QApplication.beep()

    return play


class Sounds(QObject):
    """Plays the sound of each toast that the settings let through."""

    def __init__(
        self,
        context: Context,
        settings: SettingsFile,
        now: Callable[[], float],
        player: Player | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._stakes = context.desk.account.stakes
        self._now = now
        self._play = player
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._last: dict[Event, float] = {}
        context.toast.connect(self.heard)
        context.sound_wanted.connect(self.play)

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def wanted(self, event: Event, *, in_background: bool) -> bool:
        now = self._settings.now
        if event in now.muted or now.sounds is When.OFF:
            return False
        return now.sounds is When.ALWAYS or in_background

    def play(self, event: Event) -> None:
        """Play one event's sound, unless it was just played."""
        now = self._now()
        if now - self._last.get(event, -math.inf) < _QUIET_S:
            return
        self._last[event] = now
        if self._play is None:
            self._play = system_player()
        self._play(self._file(event))

    def heard(self, toast: Toast) -> None:
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if self.wanted(toast.event, in_background=not active):
            self.play(toast.event)

    def _file(self, event: Event) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="hoga-sounds-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / f"{event.name.lower()}.wav"
        if not path.exists():
            write_wav(path, RHYTHMS[event], self._stakes)
        return path
