"""The settings in words: heading, explanation and choices of each, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from hoga.base.message import Language
from hoga.domain.risk_limits import LISTS
from hoga.ui.context import Event
from hoga.ui.limits import words as limit_words
from hoga.ui.settings_file import FONT_PERCENTS, LOCK_MINUTES, Settings, Theme, When
from hoga.ui.theme.tokens import UpDown


class Section(Enum):
    LOOK = "look"
    TRADING = "trading"
    LIMITS = "limits"
    SOUNDS = "sounds"
    KEYS = "keys"


class Choice(Struct, frozen=True):
    """A setting with a few values. ``field`` is its name in ``Settings``."""

    field: str
    section: Section
    heading: Callable[[], str]
    about: Callable[[], str]
    values: Callable[[], Mapping[Any, str]]

    @property
    def default(self) -> Any:
        return getattr(Settings(), self.field)


def section_words(section: Section) -> str:
    tr = QCoreApplication.translate
    return {
        Section.LOOK: tr("SettingsText", "Look"),
        Section.TRADING: tr("SettingsText", "Trading"),
        Section.LIMITS: limit_words.title(),
        Section.SOUNDS: tr("SettingsText", "Sounds and toasts"),
        Section.KEYS: tr("SettingsText", "Keys"),
    }[section]


def event_words(event: Event) -> str:
    tr = QCoreApplication.translate
    return {
        Event.ACCEPTED: tr("SettingsText", "Order accepted"),
        Event.PARTLY_FILLED: tr("SettingsText", "Partly filled"),
        Event.FILLED: tr("SettingsText", "Filled"),
        Event.REFUSED: tr("SettingsText", "Refused"),
        Event.CANCELLED: tr("SettingsText", "Cancelled or lapsed"),
        Event.UNKNOWN: tr("SettingsText", "Outcome unknown"),
        Event.DISCONNECTED: tr("SettingsText", "Disconnected"),
        Event.NOTE: tr("SettingsText", "Other notes"),
    }[event]


def choices() -> tuple[Choice, ...]:
    """Every setting that is one of a few values, in the order in which they stand."""
    tr = QCoreApplication.translate
    return (
        Choice(
            "language",
            Section.LOOK,
            lambda: tr("SettingsText", "Language"),
            lambda: tr("SettingsText", "Takes effect at once; nothing restarts."),
            lambda: {Language.KO: "한국어", Language.EN: "English"},
        ),
        Choice(
            "theme",
            Section.LOOK,
            lambda: tr("SettingsText", "Theme"),
            lambda: tr("SettingsText", "Light or dark, or as the system has it."),
            lambda: {
                Theme.SYSTEM: tr("SettingsText", "As the system"),
                Theme.LIGHT: tr("SettingsText", "Light"),
                Theme.DARK: tr("SettingsText", "Dark"),
            },
        ),
        Choice(
            "up_down",
            Section.LOOK,
            lambda: tr("SettingsText", "Colours of up and down"),
            lambda: tr("SettingsText", "Marks and words always say the same as the colour."),
            lambda: {
                UpDown.KOREA: tr("SettingsText", "Red up, blue down (Korea)"),
                UpDown.WORLD: tr("SettingsText", "Green up, red down"),
                UpDown.COLOUR_BLIND: tr("SettingsText", "Orange up, blue down (colour-blind)"),
            },
        ),
        Choice(
            "font_percent",
            Section.LOOK,
            lambda: tr("SettingsText", "Size of text"),
            lambda: tr("SettingsText", "Everything in the window grows with it."),
            lambda: {percent: f"{percent} %" for percent in FONT_PERCENTS},
        ),
        Choice(
            "confirm_practice",
            Section.TRADING,
            lambda: tr("SettingsText", "Orders on Practice"),
            lambda: tr("SettingsText", "Orders with real money are always confirmed on a slip."),
            lambda: {
                False: tr("SettingsText", "Send at once, with an undo that cancels"),
                True: tr("SettingsText", "Confirm on a slip first"),
            },
        ),
        Choice(
            "lock_minutes",
            Section.TRADING,
            lambda: tr("SettingsText", "Lock real money"),
            lambda: tr("SettingsText", "When nobody is at the desk, or the machine slept. Cancelling stays possible."),
            _lock_words,
        ),
        Choice(
            "record_market",
            Section.TRADING,
            lambda: tr("SettingsText", "Record the market"),
            lambda: tr("SettingsText", "Every trade and book that comes is kept on the disk, to play it again."),
            lambda: {False: tr("SettingsText", "Off"), True: tr("SettingsText", "On: 30 days, at most 2 GB")},
        ),
        Choice(
            "sounds",
            Section.SOUNDS,
            lambda: tr("SettingsText", "Sounds"),
            lambda: tr("SettingsText", "Events differ in rhythm; real money sounds fuller than practice."),
            lambda: {
                When.ALWAYS: tr("SettingsText", "Always"),
                When.BACKGROUND: tr("SettingsText", "Only while another program is in front"),
                When.OFF: tr("SettingsText", "Off"),
            },
        ),
    )


def _lock_words() -> dict[int, str]:
    after = QCoreApplication.translate("SettingsText", "After {minutes} minutes")
    never = QCoreApplication.translate("SettingsText", "Never by itself")
    return {minutes: after.format(minutes=minutes) if minutes else never for minutes in LOCK_MINUTES}


def setting_names(language: Language) -> list[tuple[str, str]]:
    """(name, heading) of everything that can be set, for the search box."""
    names = [(choice.field, choice.heading()) for choice in choices()]
    names += [(f"limit.{name}", limit_words.heading(name, language)) for name in (*limit_words.NAMES, *LISTS)]
    names += [(f"event.{event.value}", event_words(event)) for event in Event]
    return [*names, ("keys", section_words(Section.KEYS))]
