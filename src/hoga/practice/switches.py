"""Switches of a door that can be thrown while it runs: by name, checked, all or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import asdict

_MOST_AHEAD = 86_400


class Switches(Struct):
    """The base of a door's settings: each field is true or false, a whole number or a number of seconds.

    ``allowed`` names the fields that take certain values alone.
    """

    allowed: ClassVar[Mapping[str, tuple[int, ...]]] = {}

    def update(self, changes: Mapping[str, object]) -> None:
        """Apply all changes or none. Raises ValueError naming what does not exist or does not fit."""
        for name, value in self.checked(changes).items():
            setattr(self, name, value)

    def as_dict(self) -> dict[str, bool | int | float]:
        return asdict(self)

    def checked(self, changes: Mapping[str, object]) -> Mapping[str, bool | int | float]:
        """The changes as they would be applied. Raises ValueError as ``update`` does."""
        return {name: self._checked(name, value) for name, value in changes.items()}

    def _checked(self, name: str, value: object) -> bool | int | float:
        if name not in self.__struct_fields__:
            raise ValueError(f"no such setting: {name}")
        present = getattr(self, name)
        if isinstance(present, bool):
            if not isinstance(value, bool):
                raise ValueError(f"{name} is true or false, was {value!r}")
            return value
        if isinstance(value, bool) or not isinstance(value, int if isinstance(present, int) else (int, float)):
            raise ValueError(f"{name} is a number, was {value!r}")
        if value < 0 or (name.endswith("_per_second") and value == 0):
            raise ValueError(f"{name} is too small: {value}")
        if name.endswith("_ahead_seconds") and value > _MOST_AHEAD:
            raise ValueError(f"{name} is {_MOST_AHEAD} at most, was {value}")
        if name in self.allowed and value not in self.allowed[name]:
            raise ValueError(f"{name} is one of {', '.join(map(str, self.allowed[name]))}, was {value}")
        return value if isinstance(present, int) else float(value)
