"""The composition root: builds every part once, in order, and tears down in reverse. Nobody imports it but cli."""

from __future__ import annotations

from hoga.app.practice_desk import DeskOptions, OpenDesk, practice_desk
from hoga.app.words import words

__all__ = ["DeskOptions", "OpenDesk", "practice_desk", "words"]
