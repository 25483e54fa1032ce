"""What a person has set: one small JSON file with a schema version, and the file's life."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from hoga.base.message import Language, Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits, changes
from hoga.ui.event import Event
from hoga.ui.files import JsonFile
from hoga.ui.theme.tokens import UpDown

SCHEMA = 1
FONT_PERCENTS = (100, 125, 150, 175, 200, 250, 300)
LOCK_MINUTES = (5, 15, 30, 60, 0)


class Theme(Enum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class When(Enum):
    """When a sound is heard."""

    OFF = "off"
    BACKGROUND = "background"
    ALWAYS = "always"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Defaults are what a newcomer gets. ``muted`` events make no sound, ``quiet`` ones show no toast.

    ``confirm_practice``: whether an order on Practice is confirmed on a slip first (ux.md 3.4 level 1) or goes at once
    with a toast that offers to cancel it (level 0). Real and paper are always confirmed. ``limits``: what orders are
    judged by, by connection; one that is not in it has the defaults. ``record_market``: whether trades and books are
    kept on the disk. ``lock_minutes``: after how long without a touch accounts with real money are locked; 0 never.
    """

    version: int = SCHEMA
    language: Language = Language.KO
    theme: Theme = Theme.SYSTEM
    up_down: UpDown = UpDown.KOREA
    font_percent: int = 100
    sounds: When = When.ALWAYS
    muted: frozenset[Event] = frozenset({Event.NOTE})
    quiet: frozenset[Event] = frozenset()
    confirm_practice: bool = False
    record_market: bool = False
    lock_minutes: int = 15
    shortcuts: dict[str, tuple[str, ...]] = {}
    limits: dict[str, RiskLimits] = {}

    def limits_of(self, connection: ConnectionId) -> RiskLimits:
        return self.limits.get(connection, DEFAULT_LIMITS)

    def __post_init__(self) -> None:
        if not 100 <= self.font_percent <= 300:
            raise ValueError(f"the font is scaled from 100 to 300 percent, not {self.font_percent}")
        if self.lock_minutes not in LOCK_MINUTES:
            raise ValueError(f"accounts are locked after one of {LOCK_MINUTES} minutes, not {self.lock_minutes}")


class SettingsFile(QObject):
    """The settings now, and their file. Signals:

    changed (Settings): something was set; what changed takes effect at once.
    trouble (Message): the file could not be written.
    """

    changed = Signal(object)
    trouble = Signal(object)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._file = JsonFile(path, Settings)
        loaded, self.first_trouble = self._file.load()
        if loaded is not None and loaded.version > SCHEMA:
            self.first_trouble = Message("STATE_NEWER", {"file": path.name if path else ""})
            loaded = None
        self._now = loaded or Settings()

    @property
    def now(self) -> Settings:
        return self._now

    def change(self, **fields: Any) -> None:
        """``change(font_percent=150)``. Raises ValueError for what cannot be set."""
        changed = msgspec.structs.replace(self._now, **fields)
        if changed == self._now:
            return
        self._now = changed
        problem = self._file.save(changed)
        self.changed.emit(changed)
        if problem is not None:
            self.trouble.emit(problem)

    def export(self) -> bytes:
        """The settings as a file to take elsewhere. There are no secrets among them."""
        return msgspec.json.format(msgspec.json.encode(self._now), indent=1)

    def take_over(self, data: bytes) -> None:
        """Use exported settings. Raises ValueError when they are none. Limits are taken over where they let through
        nothing more than those of now: looser ones are set by hand."""
        try:
            given = msgspec.json.decode(data, type=Settings)
        except msgspec.MsgspecError as error:
            raise ValueError(f"these are no settings: {error}") from error
        fields = {name: getattr(given, name) for name in Settings.__struct_fields__ if name != "version"}
        self.change(**{**fields, "limits": self._tighter(given.limits)})

    def _tighter(self, given: dict[str, RiskLimits]) -> dict[str, RiskLimits]:
        kept = dict(self._now.limits)
        for connection, limits in given.items():
            if not any(change.loosens for change in changes(kept.get(connection, DEFAULT_LIMITS), limits)):
                kept[connection] = limits
        return kept
