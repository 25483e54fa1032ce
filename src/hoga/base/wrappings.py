"""How a known text may look once it has been quoted, escaped or put into an address, any number of times over."""

from __future__ import annotations

import re

_SHORT = 9
"""Texts under this length count only where they stand alone: an id ``kim`` must not eat ``kimchi``."""
# Korean letters may touch it (kim님), and so may what a quoted text has for a line's end or a Korean letter.
_ALONE_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf])|(?<=\\u[0-9a-fA-F]{4}))"
_ALONE_AFTER = r"(?![A-Za-z0-9])"
_CONTROLS = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}


def wrapped(text: str) -> str:
    """A pattern for ``text`` as it is, within JSON, within JSON in JSON, in Python's repr of it or of its bytes, and
    percent-encoded."""
    pattern = "".join(_letter(letter) for letter in text)
    return pattern if len(text) >= _SHORT else f"{_ALONE_BEFORE}{pattern}{_ALONE_AFTER}"


def _letter(letter: str) -> str:
    if letter.isascii() and (letter.isalnum() or letter == "_"):
        return letter
    forms = [_escapable(letter)]
    encoded = letter.encode("utf-8", "surrogatepass")
    forms.append("".join(rf"%(?i:{byte:02x})" for byte in encoded))
    if letter == " ":
        forms.append(r"\+")
    if not letter.isascii() or not letter.isprintable():
        forms += _by_number(letter, encoded)
    if letter in _CONTROLS:
        forms.append(r"\\+" + _CONTROLS[letter])
    return f"(?:{'|'.join(forms)})"


def _escapable(letter: str) -> str:
    """The letter itself, with what backslashes quoting puts before it (they double with each level)."""
    if letter == "\\":
        return r"\\+"
    return (r"\\*" if letter in "\"'/" else "") + re.escape(letter)


def _by_number(letter: str, encoded: bytes) -> list[str]:
    """``\\ud55c``, a surrogate pair, ``\\U0001f600``, ``\\xe9``, and the bytes of UTF-8 as ``\\xed\\x95\\x9c``."""
    units = letter.encode("utf-16-be", "surrogatepass")
    pairs = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
    return [
        "".join(rf"\\+u(?i:{pair})" for pair in pairs),
        rf"\\+U(?i:{ord(letter):08x})",
        rf"\\+x(?i:{ord(letter):02x})",
        "".join(rf"\\+x(?i:{byte:02x})" for byte in encoded),
    ]
