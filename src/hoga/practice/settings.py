"""The switches of both doors under one roof: Kiwoom's carry ``kiwoom_`` before their names."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.practice.api import Broker
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.kiwoom.settings import KiwoomSettings

_PREFIX = "kiwoom_"


class AllSettings:
    """What ``--settings`` and the control endpoint know."""

    def __init__(self) -> None:
        self.kis = DoorSettings()
        self.kiwoom = KiwoomSettings()

    def update(self, changes: Mapping[str, object]) -> None:
        """Apply all changes or none. Raises ValueError naming what does not exist or does not fit."""
        of_kiwoom = {name.removeprefix(_PREFIX): value for name, value in changes.items() if name.startswith(_PREFIX)}
        of_kis = {name: value for name, value in changes.items() if not name.startswith(_PREFIX)}
        self.kiwoom.checked(of_kiwoom)
        self.kis.update(of_kis)
        self.kiwoom.update(of_kiwoom)

    def clock_ahead(self, broker: Broker) -> float:
        """Seconds by which the broker's hosts are ahead of this machine in the ``Date`` of their answers."""
        return (self.kiwoom if broker is Broker.KIWOOM else self.kis).clock_ahead_seconds

    def as_dict(self) -> dict[str, bool | int | float]:
        of_kiwoom = {f"{_PREFIX}{name}": value for name, value in self.kiwoom.as_dict().items()}
        return {**self.kis.as_dict(), **of_kiwoom}
