"""What can be told of while it happens."""

from __future__ import annotations

from enum import Enum


class Event(Enum):
    """What a person hears and sees come: each can be switched off by itself."""

    ACCEPTED = "accepted"
    FILLED = "filled"
    PARTLY_FILLED = "partly filled"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    DISCONNECTED = "disconnected"
    UNKNOWN = "unknown"
    """Nobody can say yet whether an order arrived."""
    NOTE = "note"
