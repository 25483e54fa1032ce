"""Finding an instrument as one types: by code, Korean name, initials, English name, nickname, or any of them typed with
the keyboard in the wrong language or half composed.

Each way of writing the names is one long text, so a search over 60,000 instruments is a few passes of ``str.find``. The
instruments stand in order of popularity, so what is found first is what most people mean.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources

from hoga.domain import hangul
from hoga.domain.instruments import Instrument, InstrumentId

_CAP = 400
"""Enough of the most popular hits of one kind; a single letter would otherwise bring thousands."""


def fold(text: str) -> str:
    """How names are compared: full-width as plain, no case, no blanks, no punctuation."""
    return hangul.plain(text).casefold()


def nicknames() -> Mapping[str, Sequence[str]]:
    """What people call well-known names (``삼전``, ``하닉``), by code."""
    text = resources.files("hoga.domain").joinpath("data/nicknames.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)["nicknames"]
    return table


class _Column:
    """One way of writing every instrument, as one text with a mark before each entry."""

    _MARK = "\n"

    def __init__(self, entries: Iterable[tuple[int, str]]) -> None:
        starts: list[int] = []
        owners: list[int] = []
        parts: list[str] = []
        position = 0
        for owner, text in entries:
            if not text:
                continue
            starts.append(position)
            owners.append(owner)
            parts.append(self._MARK + text)
            position += len(text) + 1
        self._starts, self._owners = starts, owners
        self._text = "".join(parts) + self._MARK

    def equal(self, query: str) -> Iterator[int]:
        return self._find(f"{self._MARK}{query}{self._MARK}")

    def beginning(self, query: str) -> Iterator[int]:
        return self._find(self._MARK + query)

    def inside(self, query: str) -> Iterator[int]:
        return self._find(query)

    def _find(self, pattern: str) -> Iterator[int]:
        found, at = 0, self._text.find(pattern)
        while at >= 0 and found < _CAP:
            yield self._owners[bisect_right(self._starts, at) - 1]
            found += 1
            at = self._text.find(pattern, at + 1)


class SearchIndex:
    """Instruments by every way in which people name them. Build it once a day; a search takes a few milliseconds.

    ``instruments`` come most popular first (by traded value, or market capitalisation).
    """

    def __init__(self, instruments: Iterable[Instrument], known_as: Mapping[str, Sequence[str]] | None = None) -> None:
        self._all = tuple(instruments)
        known_as = nicknames() if known_as is None else known_as
        korean = [(i, fold(one.name_ko)) for i, one in enumerate(self._all)]
        called = [(i, fold(name)) for i, one in enumerate(self._all) for name in known_as.get(one.code, ())]
        self._codes = _Column((i, one.code.casefold()) for i, one in enumerate(self._all))
        self._korean = _Column(korean)
        self._called = _Column(called)
        self._english = _Column((i, fold(one.name_en)) for i, one in enumerate(self._all))
        self._initials = _Column((i, hangul.initials(name)) for i, name in korean + called)
        self._keys = _Column((i, hangul.keystrokes(name)) for i, name in korean + called)

    def __len__(self) -> int:
        return len(self._all)

    def find(self, text: str, most: int = 20, recent: Sequence[InstrumentId] = ()) -> tuple[Instrument, ...]:
        """The best ``most`` instruments for what was typed so far, best first; ``recent`` ones lead among equals."""
        query = fold(text)
        if not query:
            return tuple(self._recent(recent)[:most])
        ranks: dict[int, int] = {}
        for rank, hits in enumerate(self._ways(query, text)):
            for hit in hits:
                ranks.setdefault(hit, rank)
        order = {instrument: place for place, instrument in enumerate(recent)}
        best = sorted(ranks, key=lambda i: (ranks[i], order.get(self._all[i].id, len(order)), i))
        return tuple(self._all[i] for i in best[:most])

    def _ways(self, query: str, typed: str) -> Iterator[Iterator[int]]:
        """Hits by kind, the surest kind first."""
        yield self._codes.equal(query)
        yield self._korean.equal(query)
        yield self._called.equal(query)
        yield self._english.equal(query)
        if hangul.only_initials(query):
            split = hangul.keystrokes(query)
            yield self._initials.equal(split)
            yield self._initials.beginning(split)
            yield self._initials.inside(split)
        yield self._codes.beginning(query)
        yield self._korean.beginning(query)
        yield self._keys.beginning(hangul.keystrokes(query))
        yield self._called.beginning(query)
        yield self._english.beginning(query)
        yield self._korean.inside(query)
        yield self._mixed(query)
        yield self._english.inside(query)
        yield from self._slips(query, typed)
        yield self._keys.inside(hangul.keystrokes(query))
        yield self._codes.inside(query)

    def _slips(self, query: str, typed: str) -> Iterator[Iterator[int]]:
        """The keyboard was in the other language. Case matters to Hangul keys (``R`` is ㄲ): as typed, not folded."""
        raw = hangul.plain(typed)
        if raw.isascii():
            keys = hangul.typed_in_hangul(raw)
            yield self._keys.beginning(keys)
            if hangul.only_initials(keys):
                yield self._initials.beginning(keys)
        else:
            latin = hangul.typed_in_latin(query)
            if latin.isascii():
                yield self._english.beginning(latin)
                yield self._korean.beginning(latin)
                yield self._codes.beginning(latin)

    def _mixed(self, query: str) -> Iterator[int]:
        """Syllables first, then initials: ``삼성ㅈㅈ``."""
        head = query.rstrip("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ")
        tail = hangul.keystrokes(query[len(head) :])
        if not head or not tail:
            return
        for hit in self._korean.beginning(head):
            rest = fold(self._all[hit].name_ko)[len(head) :]
            if hangul.initials(rest).startswith(tail):
                yield hit

    def _recent(self, recent: Sequence[InstrumentId]) -> list[Instrument]:
        known = {one.id: one for one in self._all}
        return [known[one] for one in recent if one in known]
