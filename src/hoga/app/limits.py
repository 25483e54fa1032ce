"""The limits that the settings keep for a connection, read without the window: they hold for a terminal too."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from hoga.app.options import SETTINGS
from hoga.domain.accounts import ConnectionId
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits

_log = logging.getLogger(__name__)


class _Kept(msgspec.Struct):
    """What of the settings file matters here."""

    limits: dict[str, RiskLimits] = {}


def kept_limits(folder: Path, connection: ConnectionId) -> RiskLimits:
    """The defaults where none are kept, and where the file cannot be read: the window sets it aside and says so."""
    try:
        kept = msgspec.json.decode((folder / SETTINGS).read_bytes(), type=_Kept)
    except FileNotFoundError:
        return DEFAULT_LIMITS
    except (OSError, msgspec.MsgspecError) as error:
        _log.warning("the limits could not be read from the settings, the defaults hold: %s", error)
        return DEFAULT_LIMITS
    return kept.limits.get(connection, DEFAULT_LIMITS)
