"""Keeps secrets out of whatever is stored or logged: texts, mappings and raw replies.

A secret is recognised in three ways. *Learned* literals (the account's own keys, tokens, numbers, ids) never come out,
however they are wrapped. A *name* beside a value tells of the rest; names of a wire are registered by its adapter.
*Shapes* catch what nobody registered. Prices, quantities and order numbers pass unchanged.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Mapping
from typing import Any, cast

from msgspec import Struct

from hoga.base.masks import (
    ACCOUNT_NAMES,
    MASK,
    SECRET_NAMES,
    SHORTEST_SHAPE,
    canonical,
    mask_account,
    mask_pairs,
    mask_shapes,
)
from hoga.base.secret_store import Secret
from hoga.base.wrappings import wrapped

_SHORTEST = 3
_DEEPEST = 40


class Scrubber:
    """Masks secrets. One for the process; adapters teach it as they learn keys, tokens and account numbers.

    ``secret_names`` and ``account_names`` are field names (any case, any separators) beyond the general ones.
    """

    def __init__(self, secret_names: Iterable[str] = (), account_names: Iterable[str] = ()) -> None:
        self._secret = SECRET_NAMES
        self._account = ACCOUNT_NAMES
        self._literals: dict[str, str] = {}
        self._learning = threading.Lock()
        self._compiled = _compile({})
        self.know_names(secret=secret_names, account=account_names)

    def know_names(self, *, secret: Iterable[str] = (), account: Iterable[str] = ()) -> None:
        """From now on the values of fields with these names are masked: wholly, or as account numbers."""
        self._secret |= {canonical(name) for name in secret}
        self._account |= {canonical(name) for name in account}

    def learn(self, secret: str | Secret, mask: str = MASK) -> None:
        """From now on this very text never comes out. Raises ValueError for one under three characters: masking it
        would destroy every text, and no key is so short."""
        plain = secret.reveal() if isinstance(secret, Secret) else secret
        if len(plain) < _SHORTEST:
            raise ValueError(f"a secret has at least {_SHORTEST} characters")
        self._learn({plain: mask})

    def learn_account(self, number: str) -> None:
        """From now on this account number (``50123456-01``, dash optional) shows as ``******56-01``, in every form."""
        digits = "".join(letter for letter in number if letter.isdigit())
        if len(digits) not in (8, 10):
            raise ValueError("an account number has 8 or 8+2 digits")
        forms = {digits[:8]} if len(digits) == 8 else {digits[:8], digits, f"{digits[:8]}-{digits[8:]}"}
        self._learn({form: mask_account(form) for form in forms})

    def _learn(self, more: Mapping[str, str]) -> None:
        with self._learning:
            self._literals = {**self._literals, **more}

    def literals(self, text: str) -> str:
        """Mask learned literals only: the last pass over finished JSON, whose structure it leaves alone."""
        known, compiled = self._literals, self._compiled
        if not known:
            return text
        if compiled.known is not known:
            # Not as soon as something is learned: much is learned at a start, and a pattern is slow to make.
            compiled = self._compiled = _compile(known)
        return compiled.pattern.sub(lambda found: compiled.masks[(found.lastindex or 1) - 1], text)

    def text(self, text: str) -> str:
        """A text of any kind without its secrets. Scrubbing twice changes nothing more."""
        text = self.literals(text)
        if len(text) < SHORTEST_SHAPE and text.isalnum():
            return text  # one plain word or number: neither a shape nor a pair; most values of a reply are such
        return mask_pairs(mask_shapes(text), self._secret, self._account)

    def value(self, value: object) -> Any:
        """A JSON-like value without its secrets: mappings and sequences keep their shape, numbers stay numbers."""
        return self._value(value, 0)

    def raw(self, reply: bytes | str) -> str:
        """A broker's reply as text without its secrets. JSON stays JSON, numbers digit for digit; anything else is
        scrubbed as text, bytes that are no UTF-8 shown as escapes."""
        text = reply.decode("utf-8", "backslashreplace") if isinstance(reply, bytes) else reply
        try:
            parsed = json.loads(text, parse_float=_Number, parse_int=_Number)
        except (ValueError, RecursionError):
            return self.text(text)
        return self.literals(_dump(self.value(parsed)))

    def _value(self, value: object, depth: int) -> Any:
        if depth > _DEEPEST:
            return MASK  # nobody nests so deep in good faith
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(each, depth + 1) for each in value]
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):  # _Number is a str, so it comes further down
            return value if self.literals(str(value)) == str(value) else MASK
        if isinstance(value, _Number):
            return value if self.literals(value) == value else MASK
        if isinstance(value, bytes | bytearray):
            return self.text(bytes(value).decode("utf-8", "backslashreplace"))
        return self.text(value if isinstance(value, str) else str(value))

    def _mapping(self, mapping: Mapping[Any, object], depth: int) -> dict[str, Any]:
        scrubbed: dict[str, Any] = {}
        for key, value in mapping.items():
            name = canonical(str(key))
            shown = self.text(str(key))
            while shown in scrubbed:  # two keys that differ only in what was masked
                shown += "'"
            if name in self._secret:
                scrubbed[shown] = _masked(value, lambda _: MASK)
            elif name in self._account:
                scrubbed[shown] = _masked(value, mask_account)
            else:
                scrubbed[shown] = self._value(value, depth + 1)
        return scrubbed


class _Compiled(Struct, frozen=True):
    """``pattern`` finds what is in ``known``; ``masks`` stand for its groups."""

    known: Mapping[str, str]
    pattern: re.Pattern[str]
    masks: list[str]


def _compile(known: Mapping[str, str]) -> _Compiled:
    # The longest first: an account number goes before its first eight digits.
    ordered = sorted(known.items(), key=lambda item: len(item[0]), reverse=True)
    pattern = re.compile("|".join(f"({wrapped(literal)})" for literal, _ in ordered))
    return _Compiled(known, pattern, [mask for _, mask in ordered])


class _Number(str):
    """A number of a reply, as it was written."""

    __slots__ = ()


def _masked(value: object, mask: Any) -> Any:
    """Everything below a secret's name masked, nothing where there is nothing."""
    if value is None or isinstance(value, bool) or value in ("", {}, []):
        return value
    if isinstance(value, Mapping):
        return {str(index): _masked(each, mask) for index, each in enumerate(value.values())}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(each, mask) for each in value]
    return mask(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _dump(value: object) -> str:
    """JSON text in which a ``_Number`` is written as it came."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_dump(str(key))}:{_dump(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_dump(each) for each in cast("list[object]", value)) + "]"
    return json.dumps(value, ensure_ascii=False)
