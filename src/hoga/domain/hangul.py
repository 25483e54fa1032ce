"""Hangul taken apart: initials (초성), keystrokes, and the keys of the two-set keyboard, so that a name is found
however it was typed: whole, by initials, half composed, or with the keyboard in the wrong language.
"""

from __future__ import annotations

import unicodedata

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
# Letters that take two keystrokes.
_COMPOUND = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
}
_KEYS = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_LETTERS = {jamo: key for key, jamo in _KEYS.items()}
_CONSONANTS = frozenset(_INITIALS)


def plain(text: str) -> str:
    """Letters and digits only, full-width as plain, Hangul composed and single letters as the keyboard makes them.

    Plain NFKC would turn the keyboard's letters (ㅅ, U+3145) into parts of syllables (U+1109).
    """
    out: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if "\u1100" <= character <= "\u1112":
            out.append(_INITIALS[ord(character) - 0x1100])
        elif "ㄱ" <= character <= "ㅣ":
            out.append(character)
        else:
            out += unicodedata.normalize("NFKC", character)
    return "".join(c for c in out if c.isalnum())


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def initials(text: str) -> str:
    """``삼성전자`` -> ``ㅅㅅㅈㅈ``; other characters stay (``SK하이닉스`` -> ``SKㅎㅇㄴㅅ``)."""
    return "".join(_INITIALS[(ord(c) - 0xAC00) // 588] if is_syllable(c) else c for c in text)


def keystrokes(text: str) -> str:
    """``삼성`` -> ``ㅅㅏㅁㅅㅓㅇ``, one character a keystroke: so a name begins with what was typed of it so far."""
    out: list[str] = []
    for character in text:
        if is_syllable(character):
            index = ord(character) - 0xAC00
            parts = _INITIALS[index // 588], _MEDIALS[index % 588 // 28], _FINALS[index % 28]
            out += [_COMPOUND.get(part, part) for part in parts]
        else:
            out.append(_COMPOUND.get(character, character))
    return "".join(out)


def typed_in_hangul(text: str) -> str:
    """Keystrokes of Latin keys as the Hangul keyboard has them: ``tkatjd`` -> ``ㅅㅏㅁㅅㅓㅇ``."""
    return "".join(_KEYS.get(c) or _KEYS.get(c.lower(), c) for c in text)


def typed_in_latin(text: str) -> str:
    """The reverse: what the same keys give on the Latin keyboard, lower case: ``ㅜㅁㅍㄷㄱ`` -> ``naver``."""
    return "".join(_LETTERS.get(c, c) for c in keystrokes(text)).lower()


def only_initials(text: str) -> bool:
    """Whether ``text`` is consonants alone, as one types when searching by initials."""
    split = keystrokes(text)
    return bool(split) and not any(is_syllable(c) for c in text) and all(c in _CONSONANTS for c in split)
