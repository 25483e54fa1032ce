"""The settings: everything explained, searchable, in effect at once."""

from hoga.ui.settings.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
