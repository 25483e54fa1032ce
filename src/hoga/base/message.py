"""Messages to a person: a code with its numbers, worded once in each language.

Rooms below the window know no Qt, so they speak in codes and numbers (``CASH_SHORT need=1204000 have=900000``). A
*wording* turns a code into a sentence and an action in Korean and English; each room keeps a catalogue of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct, field


class Language(Enum):
    KO = "ko"
    EN = "en"


class Message(Struct, frozen=True):
    """Something worth telling: a stable code and the values that belong to it (already formatted, plain numbers, or
    another message as the reason)."""

    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        numbers = " ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} {numbers}".rstrip()


class Wording(Struct, frozen=True):
    """One code in words: what happened, and what to do about it. ``{name}`` stands for a value of the message, and
    ``{name:share|shares}`` for the word that goes with its number: the first where it is one."""

    ko: str
    en: str
    do_ko: str = ""
    do_en: str = ""

    def sentence(self, message: Message, language: Language) -> str:
        return (self.ko if language is Language.KO else self.en).format_map(_Shown(message.values))

    def action(self, message: Message, language: Language) -> str:
        return (self.do_ko if language is Language.KO else self.do_en).format_map(_Shown(message.values))


def unfolded(message: Message, words: Callable[[Message], str]) -> Message:
    """The message with every message among its values put into words: an outer sentence may name an inner reason."""
    if not any(isinstance(value, Message) for value in message.values.values()):
        return message
    inner = {name: words(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return Message(message.code, inner)


class Counted:
    """A value in a text: ``{n}`` shows it, whole numbers with thousands commas; ``{n:share|shares}`` is the word that
    goes with it."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, words: str) -> str:
        if "|" in words:
            one, several = words.split("|")
            return one if str(self._value) == "1" else several
        return format(self._value, words or ("," if type(self._value) is int else ""))

    def __str__(self) -> str:
        return format(self)


class _Shown(dict[str, object]):
    """Values as a person reads them; a missing one shows as a dash."""

    def __getitem__(self, key: str) -> Counted:
        return Counted(self.get(key, "–"))
