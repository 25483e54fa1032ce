"""What a start of the desk was told."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from hoga.domain.accounts import WireProfile

ENVIRONMENTS = {
    "real": (WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL),
    "paper": (WireProfile.KIS_PAPER, WireProfile.KIWOOM_MOCK),
}
"""The dialects of practice accounts, by their names on the command line."""
SETTINGS = "settings.json"
"""Language, theme, sounds, keys, limits: in the desk's folder, beside its journals."""


class DeskOptions(Struct, frozen=True):
    """Where a desk lives and what it opens. ``practice`` are options handed on to ``hoga practice`` when it starts.

    ``environment`` (a key of ``ENVIRONMENTS``) chooses the dialect of the practice accounts for this start; None: what
    the list of connections says, and for a single desk ``real``. ``own_folder`` keeps the desk's own files elsewhere
    than in ``data``, where the exchange is.
    """

    data: Path
    environment: str | None = None
    practice: tuple[str, ...] = ()
    end_exchange: bool = True
    own_folder: Path | None = None

    @property
    def desk(self) -> Path:
        """The folder with the desk's journals, log and settings."""
        return self.own_folder or self.data / "desk"

    @property
    def exchange(self) -> Path:
        """The folder of the practice exchange."""
        return self.data / "practice"
