"""The composition root: builds every part once, in order, and tears down in reverse. Nobody imports it but cli."""

from __future__ import annotations

from hoga.app.connections import OpenConnections, open_connections
from hoga.app.options import DeskOptions
from hoga.app.practice_desk import OpenDesk, practice_desk
from hoga.app.words import words

__all__ = ["DeskOptions", "OpenConnections", "OpenDesk", "open_connections", "practice_desk", "words"]
