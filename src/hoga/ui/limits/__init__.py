"""The limits of risk of a connection, as a part of the settings."""

from hoga.ui.limits.editor import LimitsEditor

__all__ = ["LimitsEditor"]
